"""The people screen: attendance, proxies, the decider, somebody new, going on without a quorum."""

from __future__ import annotations

from stage import on_stage, press, said, shown, words
from support import Room, sample, small
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.commands.people import NameDecider
from tui.people.screen import PeopleScreen
from tui.widgets.listing import Listing


def chosen(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(Listing).chosen


async def choose(pilot: Pilot[None], who: str) -> None:
    pilot.app.screen.query_one(Listing).choose(who)
    await pilot.pause()


async def fill(pilot: Pilot[None], *values: str) -> None:
    await pilot.pause()
    for line, value in zip(pilot.app.screen.query(Input), values, strict=True):
        line.value = value
    await press(pilot, "enter")


async def test_people_are_grouped_by_side_with_role_seat_and_quorum() -> None:
    async with on_stage(PeopleScreen(Room(sample()).live), (80, 24)) as pilot:
        text = shown(pilot)
    assert "business 0 of 6, 3 needed" in text
    assert "IT 0 of 5, 3 needed" in text
    assert "No quorum yet." in text
    lines = [line.strip(" ▌") for line in text.splitlines()]
    assert lines.index("● Business") < next(place for place, line in enumerate(lines) if line.startswith("COO")) < lines.index("◆ IT")
    assert any(line.startswith("COO") and "decides" in line and "expected" in line for line in lines)
    assert any(line.startswith("PMO Lead") and "facilitates" in line for line in lines)


async def test_a_proxy_is_chosen_from_those_who_may_hold_one() -> None:
    room = Room(small()).everybody()
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await choose(pilot, "cfo")
        await press(pilot, "space", "F")
        assert "VP Sales" in shown(pilot)
        await press(pilot, *"vp", "enter")
        assert "spoken for by VP Sales" in shown(pilot)
        await choose(pilot, "vp-sales")
        await press(pilot, "space")
        assert "is the proxy of CFO" in said(pilot)
    assert room.session.proxies == {"cfo": "vp-sales"}


async def test_d_names_the_decider_and_refuses_it() -> None:
    room = Room(small()).everybody()
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await press(pilot, "j", "d")
        assert "CFO decides" in shown(pilot)
        await choose(pilot, "cio")
        await press(pilot, "d")
        assert "the decider is a voter of the business side" in said(pilot)
    assert room.session.decider == "cfo"


async def test_somebody_is_added_and_chosen() -> None:
    room = Room(small()).everybody()
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await pilot.press("+")
        await fill(pilot, "Head of Data", "busines", "voter")
        assert "The side is business, IT, or the name of another side." in shown(pilot)
        await fill(pilot, "Head of Data", "it", "king")
        assert "The seat is" in shown(pilot)
        await fill(pilot, "Head of Data", "it", "voter")
        assert chosen(pilot) == "head-of-data"
        assert "IT 3 of 3" in shown(pilot)
    assert room.session.people["head-of-data"].votes


async def test_a_role_is_put_right_and_a_former_decider_is_a_voter() -> None:
    room = Room(small()).everybody()
    room.do(NameDecider(person="cfo"))
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await pilot.press("e")
        await fill(pilot, "Chief Operating Officer", "business", "voter")
        assert "Chief Operating Officer" in shown(pilot)
    assert room.session.people["coo"].seat == "voter"
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await choose(pilot, "cfo")
        await press(pilot, "e", "enter")
        assert said(pilot) == ""


async def test_going_on_without_a_quorum_takes_a_reason() -> None:
    room = Room(small())
    async with on_stage(PeopleScreen(room.live)) as pilot:
        await press(pilot, "Q", *"the train stands", "enter")
        assert "decisions are provisional: the train stands" in words(pilot)
        await press(pilot, "A", "Q")
        assert isinstance(pilot.app.screen, PeopleScreen)
    assert room.session.quorum_override == "the train stands"
