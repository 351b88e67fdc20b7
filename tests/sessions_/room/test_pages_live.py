"""The pages against the room itself: every kind of ballot is filled in on a phone, arrives as it was meant, and the page follows to the end."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from room_kit import RoomKit
from support import sample

from sessions.commands.decisions import Decide
from sessions.commands.people import AddParticipant
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.proposed_moves import SetFreeMode
from sessions.commands.rounds import OpenRound, RevealBallots
from sessions.room.following import Following
from sessions.room.http.server import RoomServer
from sessions.rounds.methods.registry import spec_of

BALLOTS = {
    "points": (("More for Checkout", "More for Checkout", "More for Returns"), {"points": {"P1": 10, "P4": 5}}),
    "ranking": (("Add Returns", "Add Checkout"), {"ranking": (("P4",), ("P1",))}),
    "approval": (("Returns",), {"points": {"P4": 1}}),
    "score": (("4",), {"scores": {"P1": 4}}),
    "duel": (("Price lists",), {"prefers": "P2"}),
    "consent": (("5 fully",), {"scores": {"P1": 5}}),
}
CARDS = {"score": ("P1",), "duel": ("P2", "P1"), "consent": ("P1",)}


@asynccontextmanager
async def served_page(kit: RoomKit) -> AsyncIterator[tuple[RoomKit, RoomServer, Any]]:
    """Serve a room, and open a browser's page for it."""
    async with served_browser(kit) as (server, browser):
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(20_000)
        yield kit, server, page


@asynccontextmanager
async def served_browser(kit: RoomKit) -> AsyncIterator[tuple[RoomServer, Any]]:
    """Serve a room, and start a browser that finds it."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed (group system)")
    server = RoomServer(kit.room, port=0, names=["room.test"])
    await server.start()
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--host-resolver-rules=MAP room.test 127.0.0.1"])
        yield server, browser
        await browser.close()
    await server.stop()


@pytest.mark.system
async def test_a_phone_votes_in_every_way_and_follows_to_the_page() -> None:
    async with served_page(RoomKit()) as (kit, server, page):
        session, room = kit.session, kit.room
        await page.goto(server.url)
        await page.get_by_role("button", name="VP Sales").click()
        await page.get_by_role("heading", name="asks to join").wait_for()
        room.admit_all()
        await page.get_by_role("heading", name="has not begun").wait_for()
        session.everybody().do(StartPhase(phase="vote"), Decide(card="P1", word="start"))
        for number, (method, (presses, choice)) in enumerate(BALLOTS.items(), 1):
            session.do(OpenRound.model_validate({"method": method, "cards": CARDS.get(method, ())}))
            for press in presses:
                await page.get_by_role("button", name=press).or_(page.get_by_label(press)).first.click()
            await page.get_by_role("button", name="Hand in").click()
            await page.get_by_role("heading", name="Your ballot is in").wait_for()
            session.do(RevealBallots(round=number, override="The test has one voter."))
            revealed = session.session.rounds[-1].revealed
            assert revealed
            (ballot,) = [each for each in revealed.ballots if not each.abstained]
            assert spec_of(method).choice(ballot).model_dump(exclude_none=True, exclude_defaults=True) == choice
        session.do(StartPhase(phase="reveal"))
        room.follow(Following("card", "P2"))
        await page.get_by_role("heading", name="Price lists").wait_for()
        room.curtain(drawn=True)
        await page.get_by_role("heading", name="The host is preparing").wait_for()
        room.curtain(drawn=False)
        await page.get_by_role("button", name="Propose a move").click()
        await page.get_by_label("To rank").fill("3")
        await page.get_by_label("Because").fill("it saves a day")
        await page.get_by_role("button", name="Propose it").click()
        await page.get_by_text("not answered yet").wait_for()
        assert [each.proposed.reason for each in session.session.open_proposals] == ["it saves a day"]
        session.do(StartPhase(phase="close"), CloseSession(leave_undecided=True, override="A test."))
        async with page.expect_download() as download:
            await page.get_by_role("button", name="Download the page").click()
        saved = await (await download.value).path()
        assert saved.read_text(encoding="utf-8").startswith("<!")


@pytest.mark.system
async def test_the_facilitators_page_lets_in_and_says_how_long_a_vote_is_open() -> None:
    async with served_page(RoomKit(meeting=False)) as (kit, server, page):
        session, room = kit.session, kit.room
        session.do(OpenRound())
        asking, _ = room.ask(role="Head of Risk", side="business")
        await page.goto(server.link(room.facilitator_link()))
        await page.get_by_role("button", name="Let Head of Risk in").click()
        await page.get_by_text("Asks to join").wait_for(state="detached")
        assert [seat.state for seat in room.seats.all if seat.id == asking.id] == ["in"]
        await page.get_by_label("Open until").fill("Tuesday 09:00")
        await page.get_by_role("button", name="Set").click()
        await page.get_by_text("Open until Tuesday 09:00").wait_for()
        await page.get_by_text("End the vote before that").click()
        await page.get_by_role("button", name="End the vote").click()
        await page.get_by_role("button", name="Press again").click()
        await page.get_by_text("The vote is over").wait_for()
        assert session.session.open_round
        assert session.session.open_round.over


PACE = 1.0
"""Seconds between two taps of somebody who has made up their mind."""


@pytest.mark.slow
async def test_twelve_people_vote_on_24_cards_within_the_phase() -> None:
    kit = RoomKit(sample())
    session, room = kit.session, kit.room
    session.do(AddParticipant(role="Head of Risk", side="business"), StartPhase(phase="open"), StartPhase(phase="vote"))
    cards = list(session.session.order)
    async with served_browser(kit) as (server, browser):

        async def vote(voter: int, role: str) -> float:
            page = await (await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)).new_page()
            begun = time.monotonic()
            await page.goto(server.url)
            await page.get_by_role("button", name=role, exact=True).tap()
            await page.get_by_role("button", name="Hand in").wait_for()
            for card in (cards[(voter * 5 + step) % len(cards)] for step in range(4) for _ in range(5)):  # 25 points on each of four cards
                await asyncio.sleep(PACE)
                await page.get_by_role("button", name=f"More for {session.session.title_of(card)}", exact=True).tap()
            await page.get_by_role("button", name="Hand in").tap()
            await page.get_by_role("heading", name="Your ballot is in").wait_for()
            return time.monotonic() - begun

        session.do(OpenRound())
        stop = room.watch(lambda: room.admit_all() if any(row.state == "asking" for row in room.rows()) else None)
        took = await asyncio.gather(*(vote(number, voter.role) for number, voter in enumerate(session.session.voters())))
        stop()
    assert len(took) == 12
    assert len(session.session.rounds[-1].seals) == 12
    assert max(took) < 600, "a phase has ten minutes"
    print(f"twelve ballots on {len(cards)} cards, {PACE} s between taps: the first was in after {min(took):.0f} s, the last after {max(took):.0f} s")


@pytest.mark.system
async def test_people_change_what_is_theirs_from_their_phone() -> None:
    async with served_page(RoomKit()) as (kit, server, page):
        session, room = kit.session, kit.room
        session.everybody().do(StartPhase(phase="open"), SetFreeMode(people=("vp-sales",)))
        await page.goto(server.link(room.link("vp-sales")))
        await page.get_by_role("button", name="Move a project").click()
        await page.get_by_label("Project").select_option(label="4. Returns")
        await page.get_by_label("To rank").fill("1")
        await page.get_by_role("button", name="Move it").click()
        await page.get_by_role("button", name="Benefit of your projects").click()
        assert await page.get_by_label("Project").locator("option").all_inner_texts() == ["Returns", "Checkout"]  # as their sponsor
        await page.get_by_label("What changes").fill("Half as many calls")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("button", name="Move a project").wait_for()
        await page.goto("about:blank")
        await page.goto(server.link(room.link("cio")))
        await page.get_by_role("button", name="Effort of the projects").click()
        assert await page.get_by_label("Team").locator("option").all_inner_texts() == ["Web", "Mobile"]  # which has no work on it yet
        await page.get_by_label("Team").select_option(label="Mobile")
        await page.get_by_label("Effort in person-weeks").fill("2,5")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("button", name="Effort of the projects").wait_for()
        cards = session.session.cards
        assert session.board == "P4 P1 P2 P3"
        assert (cards["P4"].benefit.text, cards["P4"].work[0].effort) == ("Half as many calls", 40)
        assert [(work.team, work.effort) for work in cards["P4"].work] == [("WEB", 40), ("MOB", 25)]
