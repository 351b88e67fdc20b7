"""The README's pictures of the room's pages, taken in Chromium from the sample portfolio and its ballots; `pictures` calls it."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from room_kit import RoomKit

from sessions.commands.housekeeping import RenameSession
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.room.following import Following
from sessions.room.http.server import RoomServer
from sessions.sample import sample_ballots, sample_portfolio

PHONE = {"width": 390, "height": 760}
PROJECTOR = {"width": 1280, "height": 720}
HERE = ("coo", "cfo", "cio", "director-applications")
POINTS = {"P02": 5, "P01": 3, "P10": 2, "P04": 2, "P03": 4}
"""How often the voter of the picture presses the plus of a card."""
FRAME = """<style>body { margin: 0; display: inline-flex; gap: 28px; background: none; }
img { display: block; height: %dpx; border-radius: 22px; border: 2px solid #8089a1; }</style>"""
AS_WEBP = """async () => { const image = document.querySelector('img'); await image.decode();
const canvas = document.createElement('canvas'); canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
canvas.getContext('2d').drawImage(image, 0, 0); return canvas.toDataURL('image/webp', 0.85).split(',')[1]; }"""


async def take(folder: Path) -> None:
    """Save the pictures: three phones, and the audience's window."""
    kit = RoomKit(sample_portfolio())
    room, session = kit.room, kit.session
    session.do(RenameSession(title="Larkfield Supply"))
    server = RoomServer(room, port=0)
    await server.start()
    for person in HERE:
        kit.seat(person)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        phone = await opened(browser, server.url, PHONE)
        join = await phone.screenshot()
        await phone.get_by_role("button", name="VP Sales").click()
        room.admit_all()
        audience = await opened(browser, server.link(room.watch_link(), watch=True), PROJECTOR, dark=True)
        session.everybody().do(StartPhase(phase="open"), StartPhase(phase="vote"), OpenRound())
        for card, presses in POINTS.items():
            for _ in range(presses):
                await phone.get_by_role("button", name=f"More for {session.session.title_of(card)}", exact=True).click()
        await phone.evaluate("window.scrollTo(0, 0)")
        points = await phone.screenshot()
        await phone.get_by_role("button", name="Hand in").click()
        await phone.get_by_text("Your ballot is in").wait_for()
        ballots = sample_ballots().ballots
        voters = [voter.id for voter in session.session.voters() if voter.id != "vp-sales"]
        session.do(*(SealBallot(round=1, voice=voter, points=given if isinstance(given := ballots[voter], dict) else None) for voter in voters))
        session.do(RevealBallots(round=1), StartPhase(phase="reveal"))
        room.follow(Following("reveal"))
        for page in (phone, audience):
            await page.get_by_text("Look up" if page is phone else "The group's order").wait_for()
        reveal, window = await phone.screenshot(), await audience.screenshot()
        canvas = await browser.new_page(viewport={"width": 1400, "height": 900})
        await save(canvas, folder / "phones.webp", join, points, reveal, height=PHONE["height"])
        await save(canvas, folder / "audience.webp", window, height=PROJECTOR["height"])
        await browser.close()
    await server.stop()


async def opened(browser: Browser, address: str, size: Any, *, dark: bool = False) -> Page:
    """Return a page on a device of this size."""
    context = await browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
    page = await context.new_page()
    await page.goto(address)
    await page.locator("main[data-page] h1, main ul").first.wait_for()
    await page.wait_for_load_state("networkidle", timeout=1000) if "#" not in address else None
    return page


async def save(page: Page, path: Path, *pictures: bytes, height: int) -> None:
    """Save pictures side by side as one WebP."""
    shown = [f'<img src="data:image/png;base64,{base64.b64encode(each).decode()}">' for each in pictures]
    await page.set_content(FRAME % height + "".join(shown))
    joined = await page.locator("body").screenshot(omit_background=True)
    await page.set_content(f'<img src="data:image/png;base64,{base64.b64encode(joined).decode()}">')
    path.write_bytes(base64.b64decode(await page.evaluate(AS_WEBP)))
