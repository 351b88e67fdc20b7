"""The parts of a reveal: the drawing of a card's spread, the columns, the words, and what each kind of round shows or keeps to itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import larkfield_votes as votes
import pytest
from stage import on_stage, press, revealed_room, shown
from support import Room, bare, person, sample

from sessions.commands.base import Command
from sessions.commands.cards import EditCard
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.rounds.reveal import RevealResult
from sessions.voting.biases import OwnShare
from tui.cards.face import MoveMarks, VoteSummary, card_face, vote_summary
from tui.reveal.screen import RevealScreen
from tui.reveal.sheet import IN_ORDER, RevealSheet
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


def sheet_of(room: Room, width: int = 116, **given: bool) -> RevealSheet:
    return RevealSheet(reading_of(room), room.session, "sides", width, roomy=True, **given)


def lines_of(sheet: RevealSheet) -> list[str]:
    return [text_of(sheet.line(place, sheet.width)) for place in range(len(sheet.values))]


def ranked() -> Room:
    """Reveal the sample's rankings."""
    room = Room(sample(), title="Q3").everybody()
    voices = {person.role: person.id for person in room.session.people.values()} | {person: person for person in room.session.people}
    room.do(OpenRound(method="ranking"))
    room.do(*[SealBallot(round=1, voice=voices[voice], ranking=ranking) for voice, ranking in votes.RANKINGS.items()], RevealBallots(round=1))
    return room


# --- the drawing


@pytest.mark.parametrize(
    ("business", "it", "drawn"),
    [
        (FIRST, LAST, "●━━━━━━━━━◆"),
        (MIDDLE, MIDDLE, "─────●◆────"),
        (Fraction(8, 10), Fraction(5, 10), "──●━━◆─────"),
    ],
)
def test_the_distance_between_the_sides_is_the_length_of_the_line(business: Fraction, it: Fraction, drawn: str) -> None:
    assert text_of(spread({"business": business, "it": it}, BOTH, 11, apart=True)) == drawn


# --- the lines


@pytest.mark.parametrize("figures", [False, True])
@pytest.mark.parametrize("width", [56, 76, 116])
@pytest.mark.parametrize("make", [revealed_room, ranked])
def test_a_card_stands_the_same_in_both_parts_and_its_title_is_never_cut(make: Any, width: int, figures: bool) -> None:
    room = make()
    long = "Integrated financial and materiel management solution for every department and agency of the whole government"
    room.do(EditCard(card=room.session.cards["P15"].model_copy(update={"title": long})))
    sheet = sheet_of(room, width, figures=figures)
    told = lines_of(sheet)
    assert all(len(line) <= width for line in told)
    title = slice(sheet.columns.lead, sheet.columns.lead + (sheet.figures or sheet.columns).title)
    places = {value: place for place, value in enumerate(sheet.values) if value}
    assert figures or told[places["P15"]] == told[places[f"{IN_ORDER}P15"]]
    for value, here in places.items():
        assert " ".join(" ".join(line[title] for line in told[here : here + 6]).split()).startswith(sheet.reading.title(value.removeprefix(IN_ORDER)))


@pytest.mark.parametrize("width", [76, 116])
def test_no_side_of_many_is_cut(width: int) -> None:
    sides = ("business", "it", "board", "field-operations", "legal-and-compliance")
    people = tuple(person(f"{side}-{number}", side) for side in sides for number in range(2))
    room = Room(bare(people=people)).everybody()
    votes = [SealBallot(round=1, voice=each.id, points={"ABCD"[place % 4]: 9}) for place, each in enumerate(people)]
    room.do(OpenRound(), *votes, RevealBallots(round=1))
    sheet = sheet_of(room, width)
    assert all(len(line) <= width for line in lines_of(sheet))
    told = " ".join(" ".join(lines_of(sheet)).split())
    for each in (*[card.why for card in sheet.reading.worth_talking], "field operations", "legal and compliance"):
        assert each in told


# --- on the board


def face(room: Room, card: str, voices: VoteSummary) -> Any:
    return card_face(room.session, card, room.session.rank(card), voices, marks=MoveMarks(frozenset()))


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


def test_a_card_to_which_a_side_gave_nothing_has_a_dash_on_the_board_and_on_the_reveal_and_no_mark() -> None:
    room = four(points("coo", A=9, B=5, C=5), points("cfo", A=9), points("cio", A=9, D=5), points("architect", A=9))
    told = face(room, "C", vote_summary(room.session, room.live.results)).voices
    assert [words for words, _, _ in told] == ["● business 2", "◆ IT –"]
    spot = sheet_of(room).spots.of("C")
    assert spot.places == (2, None)
    assert set(spot.positions) == {"business"}


def four(*ballots: Command, **rules: Any) -> Room:
    """Reveal some ballots on four bare cards."""
    room = Room(bare()).everybody()
    room.do(OpenRound(**rules), *ballots, RevealBallots(round=1))
    return room


def points(voice: str, **given: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=given)


async def test_a_ranking_shows_borda_and_duels_and_who_wins_every_one() -> None:
    async with on_stage(RevealScreen(ranked().live), (120, 60)) as pilot:
        assert "duels" not in shown(pilot)
        await press(pilot, "%")
        text = shown(pilot)
    assert "“Contractor CRM replacement” wins every duel." in text
    assert "ranking (the first 10 cards), by side" in text
    order = text.split("The group's order")[1]
    first, second = order.splitlines()[1:3]
    assert "+446 wins every duel" in first
    assert "+456 wins 22 duels" in second


async def test_a_room_with_a_side_too_small_to_be_told_apart_shows_no_sides_and_says_why() -> None:
    ballots = (points("coo", A=9), points("cfo", A=8), points("vp-sales", B=7), points("cio", C=6), points("architect", C=5))
    async with on_stage(RevealScreen(four(*ballots, anonymity="secret").live), (90, 40)) as pilot:
        text = shown(pilot)
    assert "only the whole room is shown" in text
    assert "Most of the room would start none of the first 3." in text
    below_the_head = text.split("Talk about")[1]
    for word in ("business", "IT ", "◆", "●"):
        assert word not in below_the_head
    assert "of the 5 want it now." in below_the_head


def test_a_sponsors_share_is_told_where_it_is_large() -> None:
    assert own_share_words(OwnShare(19, 25), 25) == "19 of its 25 points come from its sponsor"
    assert own_share_words(OwnShare(13, 27), 25) == ""
