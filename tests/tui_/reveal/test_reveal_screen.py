"""The reveal: what it says first, the few cards to discuss, the group's order, and what the room makes of it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

import larkfield_votes as votes
import pytest
from stage import on_stage, press, revealed_room, said, screen_of, shown, voting_room, words
from support import FIXTURES, Room, bare, person, sample
from textual.pilot import Pilot

from sessions.commands.cards import EditCard, Undo, WithdrawCard
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.record.events import BoardKept, GroupOrderTaken
from sessions.rounds.results import ResultCache
from sessions.rounds.reveal import RevealResult
from sessions.voting.biases import OwnShare
from tui.cards.face import MoveMarks, VoteSummary, card_face, vote_summary
from tui.reveal.screen import RevealScreen
from tui.reveal.sheet import IN_ORDER, RevealSheet, card_of
from tui.reveal.words import own_share_words
from tui.sides import looks
from tui.talk.screen import TalkScreen
from tui.voting.drawing.spread import spread
from tui.widgets.listing import Line, Listing

EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))["points_r1"]
TO_TALK = (
    "Staff sign-in with second factor",
    "Server operating system upgrade",
    "Promised delivery date at checkout",
    "Electronic invoicing rule",
    "Northwest branch network",
)


def four(*ballots: SealBallot, **rules: Any) -> Room:
    """Reveal some ballots on four bare cards."""
    room = Room(bare()).everybody()
    room.do(OpenRound(**rules), *ballots, RevealBallots(round=1))
    return room


def points(voice: str, **given: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=given)


def listing(pilot: Pilot[None], name: str = "list") -> Listing:
    return pilot.app.screen.query_one(f"#reveal-{name}", Listing)


def cards_of(pilot: Pilot[None], *, order: bool = True) -> list[str]:
    """Return the cards of the order, or those to talk about, from the first to the last."""
    return [card_of(value) for value in listing(pilot).values if value and value.startswith(IN_ORDER) == order]


# --- what the eye meets


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_screen_alone_says_what_the_ballots_say_and_which_five_cards_to_talk_about(size: tuple[int, int]) -> None:
    async with on_stage(RevealScreen(revealed_room().live), size) as pilot:
        text = words(pilot)
        assert cards_of(pilot, order=False) == ["P15", "P03", "P06", "P09", "P11"]
        await press(pilot, "%")
        for figure in ("(0.56)", "tau 0.18", "attention", "0.74", "points (100 per voter, at most 25 on a card)"):
            assert figure in words(pilot)
        await press(pilot, "%")
        assert "tau" not in shown(pilot)
    assert "Business and IT agree on 3 of the first 7." in text
    told = text.split("Talk about these 5.")[1]
    for title in TO_TALK:
        assert title in told
    for why in ("All 4 IT want it now, none of the 6 business does.", "5 of the 6 business want it now, none of the 4 IT does."):
        assert why in told
    assert not re.search(r"%(?! figures)|tau|attention", text)


async def test_small_screens_show_the_order_in_the_rows_that_are_left_and_the_rest_below() -> None:
    async with on_stage(RevealScreen(four(points("coo", A=9), points("cio", B=9), points("architect", C=9)).live), (80, 24)) as pilot:
        assert "The group's order" in shown(pilot)
    room = revealed_room()
    room.do(StartPhase(phase="reveal"))
    async with on_stage(RevealScreen(room.live), (80, 24)) as pilot:
        assert shown(pilot).count("agree on 3 of the first 7") == 1
        assert "Close call at 7: “Staff sign-in with second factor” or “Promised delivery date at checkout”, as people are counted." in words(pilot)
        await press(pilot, *["j"] * 5)
        assert "The group's order" in shown(pilot)
        assert "Contractor CRM replacement" in shown(pilot)


# --- the order


async def test_a_large_reveal_shows_its_order_first_and_reads_the_rest_beside_it() -> None:
    room = Room(bare(" ".join(f"C{number}" for number in range(1, 201)))).everybody()
    room.do(
        OpenRound(), SealBallot(round=1, voice="coo", points={"C7": 3}), SealBallot(round=1, voice="cio", points={"C9": 3}), RevealBallots(round=1)
    )
    screen = RevealScreen(room.live)
    async with on_stage(screen, (120, 40)) as pilot:
        room.live.results = ResultCache()
        screen._draw()
        assert "C7" in cards_of(pilot)
        assert cards_of(pilot, order=False) == []
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "C7" in cards_of(pilot, order=False)
        assert listing(pilot).chosen == cards_of(pilot, order=False)[0]
        assert "Working out" not in shown(pilot)


async def test_what_hangs_on_one_ballot_comes_beside_the_reveal_and_is_told_without_a_name() -> None:
    async with on_stage(RevealScreen(revealed_room().live), (120, 60)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(pilot)
    assert "2 cards would cross the line without one of the ballots." in text
    assert "Without one of the ballots it would not be in the first 7." in text
    assert "Without one of the ballots it would be in the first 7." in text


# --- above the list


async def test_the_turnout_names_abstentions_missing_voices_and_the_override() -> None:
    room = voting_room()
    room.do(
        SealBallot(round=1, voice="coo", points={"P01": 25}),
        SealBallot(round=1, voice="cfo", points=None),
        RevealBallots(round=1, override="IT is on a plane"),
    )
    async with on_stage(RevealScreen(room.live), (80, 24)) as pilot:
        text = words(pilot)
        assert "missing: VP Sales" in text
        assert "revealed all the same: IT is on a plane" in text
        await press(pilot, "%")
        assert "business 2 of 6, IT 0 of 5 · 1 voter abstained" in words(pilot)


async def test_when_all_abstained_it_says_so_and_offers_no_order() -> None:
    room = voting_room()
    room.do(*[SealBallot(round=1, voice=voice.id, points=None) for voice in room.session.voters()], RevealBallots(round=1))
    events = len(room.live.recordeds)
    async with on_stage(RevealScreen(room.live)) as pilot:
        assert "Everybody abstained" in shown(pilot)
        assert "O use it" not in shown(pilot)
        await press(pilot, "O", "b", "#", "%", "tab", "enter")
        screen_of(pilot, RevealScreen)
    assert len(room.live.recordeds) == events


# --- what the room makes of it


async def test_the_order_is_taken_as_it_is_counted_after_a_look_at_its_moves_in_one_event_that_can_be_undone() -> None:
    room = revealed_room()
    before = room.session.order
    screen = RevealScreen(room.live)
    room.do(*(EditCard(card=card.model_copy(update={"must": True})) for card in room.session.cards.values()))
    async with on_stage(screen) as pilot:
        assert cards_of(pilot) == EXPECTED["sides"]["order"]
        await press(pilot, "#")
        assert cards_of(pilot) == EXPECTED["person"]["order"]
        assert "Counting: one person, one vote." in shown(pilot)
        await press(pilot, "O")
        text = words(pilot)
        assert re.search(r"Take this order\? \d+ cards move, 4 cross the line\. 2 musts would be", text)
        assert re.search(r"Must below the line: #\d [A-Z]", text)
        assert "(into the first 7)" in text
        await press(pilot, "escape")
        assert room.session.order == before
        await press(pilot, "O", "enter")
        assert pilot.app.screen is not screen
        assert "u undoes it" in said(pilot)
    taken = room.last
    assert isinstance(taken, GroupOrderTaken)
    assert taken.weighting == "person"
    assert list(room.session.order) == EXPECTED["person"]["order"]
    room.do(Undo())
    assert room.session.order == before


@pytest.mark.parametrize("reason", ["", "we talk first"])
async def test_b_keeps_the_board_with_or_without_a_reason(reason: str) -> None:
    room = revealed_room()
    before = room.session.order
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "b", *reason, "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert room.last == BoardKept(round=1, reason=reason)
    assert room.session.order == before


async def test_an_order_that_a_side_made_alone_is_taken_for_a_reason_only() -> None:
    room = voting_room()
    voices = {"coo": {"P03": 25}, "cio": None, "security-lead": None}
    room.do(*[SealBallot(round=1, voice=voice, points=points) for voice, points in voices.items()], RevealBallots(round=1))
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "O", "enter")
        assert "All counted ballots came from one side" in shown(pilot)
        await pilot.press("escape")
        assert room.session.order[0] == "P01"
        await press(pilot, "O", "enter", *"trust", "enter")
    assert room.session.order[0] == "P03"
    assert isinstance(room.last, GroupOrderTaken)
    assert room.last.override == "trust"


async def test_enter_opens_the_talk_about_the_chosen_card_unless_it_has_left_the_board() -> None:
    room = revealed_room()
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "j", "tab", "enter")
        screen_of(pilot, TalkScreen)
        assert TO_TALK[1] in shown(pilot)
        await press(pilot, "escape")
        room.do(WithdrawCard(card="P02", reason="merged"))
        listing(pilot).choose(f"{IN_ORDER}P02")
        await press(pilot, "enter")
        assert "(withdrawn)" in shown(pilot)
        screen_of(pilot, RevealScreen)
        assert "has left the board" in said(pilot)


def agree(room: Room) -> Room:
    """Have all five vote alike."""
    room.do(StartPhase(phase="vote"), OpenRound())
    number = len(room.session.rounds)
    room.do(*(SealBallot(round=number, voice=each.id, points={"B": 25, "A": 10, "D": 5}) for each in room.session.voters()))
    room.do(RevealBallots(round=number))
    return room


@pytest.mark.parametrize(("keys", "notes"), [([*"too dear", "enter"], ["Against it: too dear"]), (["escape"], [])], ids=["noted", "skipped"])
async def test_where_all_agree_in_a_first_ballot_one_reason_against_the_first_card_is_looked_for(keys: list[str], notes: list[str]) -> None:
    room = agree(Room(bare()).everybody())
    async with on_stage(RevealScreen(room.live), (80, 24)) as pilot:
        assert "look for a reason against it" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "One reason against “B”" in shown(pilot)
        await press(pilot, *keys)
        assert "use the group's order" in shown(pilot)
    assert [note.text for note in room.session.notes if note.card == "B"] == notes
    async with on_stage(RevealScreen(agree(room).live)) as pilot:
        assert "look for a reason against it" not in shown(pilot)


# --- the parts: the drawing of a spread, the lines, the columns, and what kinds of round keep to themselves


FIRST, LAST, MIDDLE = Fraction(1), Fraction(0), Fraction(1, 2)
BOTH = looks(("business", "it"))


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line)


def sheet_of(room: Room, width: int = 116, **given: bool) -> RevealSheet:
    round_ = room.session.round
    assert round_
    return RevealSheet(RevealResult(room.session, round_), room.session, "sides", width, roomy=True, **given)


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
