"""A whole meeting, led by someone who knows only `enter`, `]` and `esc`, and types names, ballots, hands and a number."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from stage import disk_library, press, running, shown, words
from textual.pilot import Pilot

from sessions.live.session import LiveSession
from tui.app.app import QuarterdeckApp
from tui.library.new_session import NewSessionScreen
from tui.summary.screen import SummaryScreen

PEOPLE = ("CFO business", "COO business", "VP Stores business", "CIO IT", "Architect IT")
BALLOTS = ("1 25, 2 25", "3 25", "2 25, 4 10", "12 25, 1 5", "5 25, 11 5")
ONLY = {"enter": "enter", "esc": "escape", "]": "]"}
MOST = 46
"""Keys from the file to the page, besides names, ballots, the digits of hands and the number of the line."""


class Facilitator:
    """Presses one of three keys, counts them, and looks at the line at the top before `]`."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.pressed: Counter[str] = Counter()

    @property
    def now(self) -> str:
        """The line at the top."""
        return next((row.strip() for row in shown(self.pilot).splitlines() if row.startswith(" Now")), "")

    @property
    def live(self) -> LiveSession:
        """The session that is under way."""
        app = self.pilot.app
        assert isinstance(app, QuarterdeckApp)
        return app.open_sessions[-1].live

    async def press(self, *keys: str, step: str) -> None:
        """Press some of the three keys in a step of the meeting."""
        for key in keys:
            if key == "]":
                assert "→  ]" in self.now, f"{step}: the line at the top does not name ]: {self.now}"
            await press(self.pilot, ONLY[key])
            self.pressed[step] += 1

    async def type(self, text: str, step: str) -> None:
        """Type something for the room; the enter after it counts."""
        await press(self.pilot, *text)
        await self.press("enter", step=step)


async def test_a_meeting_from_twelve_titles_to_the_page_by_three_keys(tmp_path: Path) -> None:
    file = tmp_path / "titles.csv"
    file.write_text("Project\n" + "".join(f'"{number} stores, new tills"\n' for number in range(1, 13)), encoding="utf-8")
    async with running(disk_library(tmp_path), NewSessionScreen(file)) as pilot:
        one = Facilitator(pilot)
        await one.press("enter", step="new")
        assert "12 projects, no one invited yet  →  ] add people" in one.now

        await one.press("]", step="people")
        for person in PEOPLE:
            await press(pilot, *person, "enter")
        await one.press("enter", "enter", step="people")
        assert one.live.session.decider == "cfo"
        assert "12 projects and 5 people: ready  →  ] open the session" in one.now
        await one.press("]", step="phases")
        assert "Before we begin: the two questions  →  ] ask them" in one.now
        await one.press("]", "esc", step="questions")
        assert "Business 3 of 3, IT 2 of 2 here: enough" in one.now
        await one.press("]", step="phases")
        assert one.live.session.phase == "vote", "titles alone are not read aloud"

        await one.press("]", "enter", step="open the ballot")
        for ballot in BALLOTS:
            await press(pilot, "enter", *ballot, "enter", "enter")
        assert "All 5 have voted  →  ] reveal" in one.now
        await one.press("]", "enter", step="reveal")
        assert one.live.session.phase == "reveal"
        await one.press("]", "enter", step="reveal")

        for before, after in (("44142", "33143"), ("55242", "44243")):
            await one.press("]", "]", step="talk")
            await one.type(before, step="talk")
            assert "The lowest speaks first, then the highest" in one.now
            await one.press("]", step="talk")
            await one.type(after, step="talk")
            assert "What is the outcome?" in one.now
            await one.press("]", "enter", "enter", step="talk")
        talks = one.live.session.talks
        assert [each.closed.outcome for each in talks if each.closed] == ["kept", "kept"]
        await one.press("esc", "]", step="talk")

        assert "How many can we start?  →  ] draw the line" in one.now
        await one.press("]", step="sequence")
        await one.type("7", step="sequence")
        assert "We can do 7 projects: all above the line starts" in one.now
        await one.press("]", step="sequence")

        await one.press("]", step="decide")
        await one.press("enter", step="decide")
        session = one.live.session
        assert [session.decisions[card].word for card in session.order if card in session.decisions].count("start") >= 4
        while one.live.session.phase == "decide":
            await one.press("]", step="decide")
            assert one.pressed["decide"] < 6

        assert "The two questions again, after all of this  →  ] ask them" in one.now
        await one.press("]", "esc", step="questions")
        assert "How do business and IT work together?  →  ] ask both sides" in one.now
        await one.press("]", "esc", step="questions")
        assert "When do we meet next?" in one.now
        await one.press("]", step="close")
        assert "looked at again then." in words(pilot)
        await one.press("esc", step="close")
        await one.press("]", "enter", step="close")
        assert one.live.session.closed
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert one.pressed.total() <= MOST, dict(one.pressed)
