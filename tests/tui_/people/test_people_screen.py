"""The people screen: attendance, proxies, the decider, someone new, continuing without a quorum."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_stage, press, said, shown, words
from support import Room, bare, sample, small
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound
from tui.people.screen import PeopleScreen
from tui.widgets.listing import Listing


async def choose(pilot: Pilot[None], who: str, *keys: str) -> None:
    """Select a person, and press keys."""
    pilot.app.screen.query_one(Listing).choose(who)
    await press(pilot, *keys)


async def write(pilot: Pilot[None], *lines: str) -> None:
    """Type lines into the form for people, and enter on an empty one."""
    await press(pilot, "+")
    pilot.app.screen.query_one(TextArea).insert("\n".join([*lines, ""]))
    await press(pilot, "enter")


async def test_people_are_grouped_by_side_with_role_seat_and_quorum_and_going_on_without_it_takes_a_reason() -> None:
    room = Room(sample())
    async with on_stage(PeopleScreen(room.live), (80, 40)) as pilot:
        assert "quorum" not in shown(pilot)
        assert "Too few" not in shown(pilot), "before the session opens nobody can be missing"
        room.do(StartPhase(phase="open"))
        await pilot.pause()
        text = shown(pilot)
        await press(pilot, "Q", *"the train stands", "enter")
        assert "decisions are provisional: the train stands" in words(pilot)
        await press(pilot, "A", "Q")
        assert isinstance(pilot.app.screen, PeopleScreen)
    assert room.session.quorum_override == "the train stands"
    for part in ("● Business: no one here yet", "◆ IT: no one here yet", "Too few to decide yet."):
        assert part in text
    lines = [line.strip(" ▌") for line in text.splitlines()]
    (coo,) = (place for place, line in enumerate(lines) if line.startswith("COO") and "decides" in line and "expected" in line)
    (lead,) = (place for place, line in enumerate(lines) if line.startswith("PMO Lead") and "facilitates" in line)
    assert lines.index("● Business") < coo < lines.index("◆ IT") < lines.index("No side") < lead


async def test_proxies_the_decider_and_what_people_are_is_put_right() -> None:
    room = Room(small()).everybody()
    async with on_stage(PeopleScreen(room.live)) as pilot:
        assert "IT: 2 of 2 here (1 is enough)" in shown(pilot)
        assert "Business: 3 of 3 here (2 are enough)" in shown(pilot)
        await choose(pilot, "cfo", "space", "F")
        assert "VP Sales" in shown(pilot)
        await press(pilot, *"vp", "enter")
        assert "spoken for by VP Sales" in shown(pilot)
        await choose(pilot, "vp-sales", "space")
        assert "is the proxy of CFO" in said(pilot)
        await choose(pilot, "vp-sales", "d")
        assert "VP Sales decides" in shown(pilot)
        await choose(pilot, "cio", "d")
        assert "Who decides?" in shown(pilot)
        await press(pilot, *"cfo", "enter")
        await choose(pilot, "coo", "e")
        pilot.app.screen.query_one(Input).value = "Chief Operating Officer"
        await press(pilot, "enter")
        assert "Chief Operating Officer" in shown(pilot)
        told = said(pilot)
        await choose(pilot, "cfo", "e", "enter")
        assert said(pilot) == told
        await choose(pilot, "cio", "e", "down", "right", "down")
        assert "another" in shown(pilot)
        await press(pilot, *"board", "enter")
        assert room.session.people["cio"].side == "board"
        await press(pilot, "e", "end", "down", "down", "right", "right", "enter")
    assert (room.session.proxies, room.session.decider) == ({"cfo": "vp-sales"}, "cfo")
    assert room.session.people["coo"].seat == "voter", "a former decider"
    assert (room.session.people["cio"].seat, room.session.people["cio"].side) == ("facilitator", "")


async def test_people_are_added_by_lines_all_or_none_and_the_first_voter_of_the_business_is_asked_to_decide() -> None:
    room = Room(bare(people=()))
    async with on_stage(PeopleScreen(room.live)) as pilot:
        assert "No decider yet" in shown(pilot)
        await write(pilot, "CIO", "CEO, busines", "Head of Law, board")
        for part in ("Line 1: “CIO” needs a side: business or IT.", "Line 2: “busines” is not a side"):
            assert part in words(pilot)
        await press(pilot, "escape")
        assert "What is typed would be lost · esc again leaves" in shown(pilot)
        assert not room.session.people

        pilot.app.screen.query_one(TextArea).text = "CIO\nHead of Law, board\nClerk facilitator"
        await press(pilot, "tab", "right", "right")
        assert "3 people: CIO (IT), Head of Law (board), Clerk (facilitates)" in words(pilot)
        await press(pilot, "ctrl+s")
        assert pilot.app.screen.query_one(Listing).chosen == "clerk"
        people = room.session.people
        assert {each.role: (each.side, each.votes) for each in people.values()} == {
            "CIO": ("it", True), "Head of Law": ("board", True), "Clerk": ("", False),
        }  # fmt: skip
        await write(pilot, "CFO business")
        assert "Does the CFO decide?" in shown(pilot)
        await press(pilot, "n")
        assert "No decider yet · d chooses one" in shown(pilot)
        await write(pilot, "cfo business", "COO business")
        assert "Line 1: cfo is already among the people" in words(pilot)
        pilot.app.screen.query_one(TextArea).text = "COO business"
        await press(pilot, "ctrl+s")
        assert "Who decides?" in shown(pilot)
        await press(pilot, *"coo", "enter")
        assert "COO decides" in shown(pilot)


async def test_a_file_of_people_is_taken_in_by_role_and_says_what_it_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.csv").write_text("role,side,seat\nCFO,business,\nCIO,IT,observer\nCEO,business,\nClerk,,facilitator\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    room = Room(small()).everybody()
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await press(pilot, "f", *"nothing.csv", "enter")
        assert "nothing.csv" in words(pilot)
        pilot.app.screen.query_one(Input).value = "people.csv"
        await press(pilot, "enter")
        for part in ("2 people join: CEO (business), Clerk (facilitates).", "1 person changes: CIO (IT, observes).", "1 person is already here."):
            assert part in words(pilot)
        await press(pilot, "enter", "f")
        pilot.app.screen.query_one(Input).value = "people.csv"
        await press(pilot, "enter")
        assert "Everybody in this file is already here." in said(pilot)
        assert not room.session.people["cio"].votes
        assert room.session.people["clerk"].side == ""
        await press(pilot, "u")
        assert room.session.people["cio"].votes
        assert "clerk" not in room.session.people
        await write(pilot, "Head of Risk it")
        room.do(OpenRound())
        await press(pilot, "u")
        assert "Head of Risk stays: a ballot was opened for them." in said(pilot)
