"""The ballot screen for every method and every way in: opened in a form, entered, counted as hands, read from files, revealed, cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import PEOPLE, room_for
from record_release import earlier
from stage import Floor, on_stage, press, shown, voting_room, words
from support import Room, bare, person, small
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.record.events import BallotSealed, Method, RoundDropped, RoundOpened
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.words import ANNOUNCED
from tui.ballot.open_form import OpenBallot
from tui.ballot.screen import BallotScreen
from tui.reveal.screen import RevealScreen
from tui.voting.methods.registry import view_of
from tui.widgets.listing import Listing


def sealed(room: Room, voice: str) -> dict[str, object]:
    round_ = room.session.rounds[-1]
    return room.urn.open_seals(round_.opened.round, {voice: round_.seals[voice]})[voice][1]


def dialog_words(pilot: Pilot[None]) -> str:
    """Return the words of the dialog alone."""
    return " ".join(" ".join(str(each.render()) for each in pilot.app.screen.query("Static, KeyHints")).split())


# --- opening


async def test_the_sentence_that_is_announced_is_shown_before_opening_and_stays() -> None:
    room = Room(bare()).everybody()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        assert "5 people vote in silence on 4 cards. Business and IT count the same." in words(pilot)
        await press(pilot, "enter", "down", "down", "down")
        assert "Vote on" not in dialog_words(pilot), "nothing came before this session"
        for anonymity in ("side", "named", "secret", "side", "named"):
            assert ANNOUNCED[anonymity] in dialog_words(pilot)
            await press(pilot, "right")
        await press(pilot, "enter")
        assert ANNOUNCED["secret"] in words(pilot)
        room.do(SealBallot(round=1, voice="coo", points={}))
        await pilot.pause()
        assert ANNOUNCED["secret"] in words(pilot)
    assert room.session.open_round is not None
    assert room.session.open_round.opened.anonymity == "secret"


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (("down", "ctrl+u", "x"), "Points per person is a whole number"),
        (("down", "end", "0"), "No one could give 1000 points: at most 25 on each of 5 cards are 125."),
        (("down", "down", "down", "down", *"60"), "Type shares as 60:40 business:IT"),
    ],
)
async def test_what_is_wrong_is_said_in_the_form(keys: tuple[str, ...], sentence: str) -> None:
    room = Room(bare("A B C D E")).everybody()
    async with on_stage(BallotScreen(room.live), (60, 20)) as pilot:
        await press(pilot, "enter", *keys, "enter")
        assert isinstance(pilot.app.screen, OpenBallot)
        assert sentence in words(pilot)
    assert not room.session.rounds


# --- what the screen names


async def test_proxies_away_voices_and_the_decider_are_marked() -> None:
    room = voting_room()
    room.do(MarkAttendance(people=("cfo",), presence="away"), MarkAttendance(people=("vp-sales",), presence="proxy", proxy="vp-marketing"))
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        for role, mark in (("COO", "decides, votes last"), ("CFO", "away"), ("VP Sales", "spoken for by VP Marketing")):
            assert mark in next(line for line in shown(pilot).splitlines() if role in line)
        pilot.app.screen.query_one(Listing).choose("vp-sales")
        await press(pilot, "enter")
        assert "The ballot of VP Sales, entered by VP Marketing" in dialog_words(pilot)
        await press(pilot, *"none", "enter", "enter")
        assert "entered by VP Marketing" in next(line for line in shown(pilot).splitlines() if "VP Sales" in line and "voted " in line)
    event = room.last
    assert isinstance(event, BallotSealed)
    assert (event.way, event.entered_by) == ("proxy", "vp-marketing")


# --- entered unseen


@pytest.mark.parametrize(
    ("method", "typed", "form"),
    [
        ("points", "3 25, 1 20", {"points": {"P03": 25, "P01": 20}}),
        ("ranking", "3 1=4 2", {"ranking": [["P03"], ["P01", "P04"], ["P02"]]}),
        ("duel", "3", {"prefers": "P03"}),
        ("consent", "2 nobody can test it", {"scores": {"P02": 2}, "words": "nobody can test it"}),
        ("approval", "3, p01", {"points": {"P03": 1, "P01": 1}}),
    ],
)
async def test_a_ballot_of_every_method_is_sealed_as_typed(method: Method, typed: str, form: dict[str, object]) -> None:
    room = room_for(method)
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "enter", *typed, "enter", *["enter"] * view_of(method).takes_reason)
        assert "CFO has voted." in shown(pilot)
    assert sealed(room, "cfo") == form


# --- hands


@pytest.mark.parametrize(
    ("method", "keys", "hands"),
    [
        ("score", [*"4", "backspace", *"5", "down", *"1", "enter"], {"business": [5], "it": [1]}),
        ("consent", [*"53", "enter"], {"business": [5, 3]}),
        ("duel", ["0", "0", "2", "1"], {"business": ["P03", "P03"], "it": ["P03"]}),
        ("approval", ["1", "0", "down", "2", "1"], {"business": {"P01": 1, "P03": 2}, "it": {"P03": 1}}),
    ],
)
async def test_hands_are_typed_into_boxes_and_one_enter_counts_them(method: Method, keys: list[str], hands: dict[str, object]) -> None:
    room = room_for(method)
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "h", *keys)
        assert room.session.open_round is not None
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RevealScreen if room.session.rounds[-1].opened.asks_order else Floor)
        await press(pilot, "%")
        assert ("75%" in shown(pilot)) == (method == "approval")
    revealed = room.session.rounds[-1].revealed
    assert revealed is not None
    assert revealed.hands
    counts: dict[str, Any] | None = spec_of(method).hands_by_card(revealed.ballots)
    if counts is None:
        given = [(each.side, each.prefers or dict(each.scores)["P02"]) for each in revealed.ballots if each.prefers or each.scores]
        counts = {side: sorted((hand for its, hand in given if its == side), reverse=True) for side in hands}
    assert counts == hands


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("score", [("enter", "No hand is typed yet."), ("7", "A hand is a figure from 0 to 5"), ("44444", "Every voter's hand is typed")]),
        (
            "duel",
            [
                ("3", "Business has 2 voters: 3 is too many."),
                (["1", "down", "left", "2"], "Business has 2 voters, 1 left: 2 is too many."),
                ("enter", "2 is not counted · enter counts without it"),
                ("1", ""),
                ("enter", "2 hands missing · enter counts without them"),
            ],
        ),
    ],
)
async def test_what_is_wrong_with_hands_is_said_and_leaving_keeps_the_round_open(method: Method, told: list[tuple[Any, str]]) -> None:
    room = room_for(method)
    async with on_stage(BallotScreen(room.live), (60, 20)) as pilot:
        await press(pilot, "h")
        for keys, sentence in told:
            await press(pilot, *([keys] if keys == "enter" else keys))
            assert sentence in words(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, BallotScreen)
    assert room.session.open_round is not None


async def test_the_box_that_is_typed_and_the_keys_are_on_the_screen_with_many_cards() -> None:
    people = (*PEOPLE, *(person(f"VP {number}", "business") for number in range(10)))
    room = Room(bare(" ".join(f"P{number:03}" for number in range(1, 41)), people=people)).everybody()
    room.do(OpenRound(method="approval"))
    async with on_stage(BallotScreen(room.live), (60, 20)) as pilot:
        await press(pilot, "h", *["pagedown"] * 20, "1", "2", "3")
        text = shown(pilot)
        assert all(each in text for each in ("40  P040", "[12]", "3 is too many", "enter counts"))


# --- files


async def from_file(room: Room, text: str, folder: Path, *keys: str) -> str:
    """Take ballots from a file; return the words of the dialog that asks, or of the screen if none does."""
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "f")
        pilot.app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        text = dialog_words(pilot)
        await press(pilot, *keys)
    return text


# --- the end of a round


@pytest.mark.parametrize(("method", "screen"), [("points", BallotScreen), ("consent", Floor)])
async def test_a_round_is_given_up_with_a_reason(method: Method, screen: type[Screen[Any]]) -> None:
    room = room_for(method)
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "backspace", *"too early", "enter")
        assert isinstance(pilot.app.screen, screen)
    assert room.last == RoundDropped(round=1, reason="too early")


async def test_a_ranking_with_shares_is_opened_in_the_form() -> None:
    room = Room(bare()).everybody()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "enter", "right", "down", "down", "right", "down", *"60:40", "enter")
    assert isinstance(room.last, RoundOpened)
    assert (room.last.method, room.last.anonymity, room.last.limit, room.last.shares) == ("ranking", "named", 0, (("business", 60), ("it", 40)))


async def test_what_is_wrong_in_a_file_is_told_line_by_line_before_it_is_sealed(tmp_path: Path) -> None:
    room = room_for("ranking")
    text = "voter,ranking\nCOO,P03\nCFO,P03 P03\nCIO,P77\nArchitect,= P01"
    told = await from_file(room, text, tmp_path, "escape")
    for line in ("line 3, CFO: it names a card twice.", "line 4, CIO: it names a card that is not", "line 5, Architect: a card is missing"):
        assert line in told
    assert "1 ballot can be sealed" in told
    assert "enter seals the 1 ballot that can be" in told
    assert "P77" not in told
    assert not room.session.rounds[-1].seals
    await from_file(room, text, tmp_path, "enter")
    assert list(room.session.rounds[-1].seals) == ["coo"]


# --- after an earlier session, the room chooses what it votes on again


async def test_a_ballot_can_be_about_what_is_new_changed_or_due() -> None:
    its = Room(small(), past=earlier().model_copy(update={"unclear": ()})).everybody()
    async with on_stage(BallotScreen(its.live), (80, 24)) as pilot:
        await press(pilot, "enter")
        assert "● all  ○ 3 new  ○ 1 changed" in shown(pilot)
        await press(pilot, *["down"] * 6, "right", "enter")
    event = its.last
    assert isinstance(event, RoundOpened)
    assert event.cards == ("P2", "P3", "P4")
