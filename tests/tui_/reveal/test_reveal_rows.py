"""The parts of a reveal: the drawing of a card's spread, the columns, the words, and what each kind of round shows or keeps to itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import larkfield_votes as votes
import pytest
from stage import on_stage, revealed_room, shown
from support import Room, bare, sample

from sessions.commands.base import Command
from sessions.commands.cards import EditCard, WithdrawCard
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.rounds.reveal import RevealResult
from sessions.voting.biases import OwnShare
from tui.cards.face import VoteSummary, card_face, vote_summary
from tui.reveal.order_table import OrderTable, RevealRow, order_rows
from tui.reveal.screen import RevealScreen
from tui.reveal.talk_table import TalkTable
from tui.reveal.words import own_share_words
from tui.sides import looks
from tui.voting.drawing.spread import spread
from tui.widgets.listing import Line

FIRST, LAST, MIDDLE = Fraction(1), Fraction(0), Fraction(1, 2)
BOTH = looks(("business", "it"))


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line)


def reading_of(room: Room) -> RevealResult:
    round_ = room.session.round
    assert round_
    return RevealResult(room.session, round_)


def rows_of(room: Room) -> dict[str, RevealRow]:
    return {row.card: row for row in order_rows(reading_of(room), room.session, "sides")}


def table_of(room: Room) -> OrderTable:
    return OrderTable(order_rows(reading_of(room), room.session, "sides"), reading_of(room))


def ranked() -> Room:
    """Reveal the sample's rankings."""
    room = Room(sample(), title="Q3").everybody()
    voices = {person.role: person.id for person in room.session.people.values()} | {person: person for person in room.session.people}
    room.do(OpenRound(method="ranking"))
    room.do(*[SealBallot(round=1, voice=voices[voice], ranking=ranking) for voice, ranking in votes.RANKINGS.items()], RevealBallots(round=1))
    return room


# --- the drawing


@pytest.mark.parametrize(
    ("business", "it", "ends", "drawn"),
    [
        (FIRST, LAST, None, "●─────────◆"),
        (FIRST, MIDDLE, None, "●────◆     "),
        (MIDDLE, MIDDLE, None, "     ●◆    "),
        (FIRST, FIRST, (FIRST, MIDDLE), "●◆····     "),
        (Fraction(8, 10), Fraction(5, 10), (FIRST, Fraction(3, 10)), "··●──◆··   "),
    ],
)
def test_the_distance_between_the_sides_is_the_length_of_the_line(
    business: Fraction, it: Fraction, ends: tuple[Fraction, Fraction] | None, drawn: str
) -> None:
    assert text_of(spread({"business": business, "it": it}, ends, BOTH, 11, "text")) == drawn


# --- the columns


@pytest.mark.parametrize("width", [56, 116])
@pytest.mark.parametrize("make", [revealed_room, ranked])
def test_a_figure_stands_below_itself_in_both_lists(width: int, make: Any) -> None:
    room = make()
    order, talk = table_of(room), TalkTable(reading_of(room), room.session)
    assert order.columns(width).__dict__ == talk.columns(width).__dict__
    columns = order.columns(width)
    table, start = columns.table, columns.lead + columns.title + columns.figures
    assert {len(text_of(order.line(place, width))) for place, line in enumerate(order.lines) if isinstance(line, RevealRow)} <= {table, table - 1}
    row = next(place for place, value in enumerate(order.values) if value == "P15")
    end = table - columns.mark
    assert text_of(talk.line(0, width))[start:end] == text_of(order.line(row, width))[start:end]


# --- the rows


def test_a_card_withdrawn_since_keeps_its_row_and_has_no_rank_on_the_board() -> None:
    room = revealed_room()
    room.do(WithdrawCard(card="P04", reason="merged"))
    row = rows_of(room)["P04"]
    assert row.board is None
    assert row.title.endswith("(withdrawn)")
    assert row.spot.shares == ("–", "–")


def test_a_card_with_a_red_check_on_which_the_sides_agree_is_not_drawn_as_a_difference() -> None:
    room = revealed_room()
    room.do(EditCard(card=room.session.cards["P01"].model_copy(update={"sponsor": ""})))
    spots = {card: row.spot for card, row in rows_of(room).items()}
    assert (spots["P01"].talk, spots["P01"].apart) == (True, False)
    assert (spots["P15"].talk, spots["P15"].apart) == (True, True)


# --- on the board


def face(room: Room, card: str, voices: VoteSummary) -> Any:
    return card_face(room.session, card, room.session.rank(card), voices)


def test_the_board_flags_the_cards_to_talk_about_until_they_were() -> None:
    room = revealed_room()
    voices = vote_summary(room.session, room.live.results)
    assert voices.talk == {"P15", "P03", "P06", "P09", "P11"}
    assert "talk" in face(room, "P15", voices).flags
    assert "talk" not in face(room, "P02", voices).flags
    room.do(OpenTalk(card="P15"))
    assert "talk" in face(room, "P15", voices).flags
    room.do(CloseTalk(outcome="kept"))
    assert "talk" not in face(room, "P15", voices).flags


def four(*ballots: Command, **rules: Any) -> Room:
    """Reveal some ballots on four bare cards."""
    room = Room(bare()).everybody()
    room.do(OpenRound(**rules), *ballots, RevealBallots(round=1))
    return room


def points(voice: str, **given: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=given)


async def test_a_ranking_shows_borda_and_duels_and_who_wins_every_one() -> None:
    async with on_stage(RevealScreen(ranked().live), (120, 60)) as pilot:
        text = shown(pilot)
    assert "“Contractor CRM replacement” wins every duel." in text
    assert "ranking (the first 10 cards), by side" in text
    order = text.split("The group's order")[1]
    first, second = order.splitlines()[1:3]
    assert "+446 wins every duel" in first
    assert "+456 wins 22 duels" in second


async def test_a_secret_round_with_few_ballots_of_a_side_shows_no_sides_and_says_why() -> None:
    ballots = (points("coo", A=9), points("cfo", A=8), points("vp-sales", B=7), points("cio", C=6), points("architect", C=5))
    async with on_stage(RevealScreen(four(*ballots, anonymity="secret").live), (120, 40)) as pilot:
        text = shown(pilot)
    assert "fewer than 3 of a side: the sides are not shown apart" in text
    below_the_head = text.split("Discuss")[1]
    for word in ("business", "IT ", "%  ", "─●", "●─"):
        assert word not in below_the_head
    assert "Agreement: " in text
    assert "among themselves" not in text
    assert "of the 5" in below_the_head


@pytest.mark.parametrize(("own", "total", "told"), [(19, 25, "19 of its 25 points come from its sponsor"), (13, 27, "")])
def test_a_sponsors_share_is_told_where_it_is_large(own: int, total: int, told: str) -> None:
    assert own_share_words(OwnShare(own, total), 25) == told
