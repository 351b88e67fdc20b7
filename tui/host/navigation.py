"""Navigation between the features. Features ask the host for them, so that no feature imports another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from textual.widget import Widget

from sessions.commands.base import Command
from sessions.guide.step import Step
from sessions.library.library import Entry, OpenSession, SessionRef
from sessions.live.ports import ReadableSession
from sessions.record.codec import Recorded
from sessions.sequencing.plan import Plan
from sessions.state.session import Session


class Spot(NamedTuple):
    """What the projector shows. Without a card it begins with the first one.

    `vote` is how many have voted, `scores` and `hands` are those on a card, `room` is who is here and for what, `end` what was agreed.
    """

    view: Literal["card", "vote", "scores", "hands", "room", "end"] = "card"
    card: str = ""


class Navigation(Protocol):
    """The screens and dialogs of the features. What is awaited must be awaited in a worker: its result is the answer to a dialog."""

    def board(self, opened: OpenSession, *, tip: str = "", replace: bool = False) -> None:
        """Show a session and hold it open; with `replace`, instead of the screen in front."""

    def new_session(self, after: SessionRef | None = None) -> None:
        """Begin a session from a file, or after another one. Raises QuarterdeckError if that one cannot be followed."""

    def demo(self) -> None:
        """Open the demo in a library of its own. Raises RecordError."""

    def replay(self, recordeds: Sequence[Recorded]) -> None:
        """Replay a session."""

    def history(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what was done in a session."""

    def story(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Show the life of a card over the quarters of its series."""

    def trend(self, entry: Entry) -> None:
        """Show the trend of the series of a session of the library."""

    def session_trend(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the trend up to an open session."""

    def summary(self, session: Session) -> None:
        """Show the summary of a session."""

    def stage(self, live: ReadableSession) -> Widget | None:
        """Return the stage of a session's phase, a `host.stage.Stage`, or None if it shows the board."""

    def invite(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show how people join a session from their own devices; opens its room first."""

    def lead(self, step: Step) -> None:
        """Go back to the board, which takes a step of the meeting."""

    def people(self, live: ReadableSession, *, read_only: bool = False, act: str = "") -> None:
        """Show the people of a session; with `act`, begin with that action."""

    def objectives(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the objectives of a session."""

    def changed(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what changed since the session before, and the questions it leaves open."""

    def look_back(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what became of the decisions of the session before, and of what was delivered."""

    def ballot(self, live: ReadableSession, *, reveal: bool = False, read_only: bool = False, act: str = "") -> None:
        """Show the open round; with `reveal`, ask for its reveal first; with `act`, begin with that action."""

    def pulse(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the two questions and what the room answered."""

    def partnership(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show how both sides see their partnership."""

    def reveal(self, live: ReadableSession, *, read_only: bool = False, replace: bool = False, act: str = "") -> None:
        """Show the latest order that was revealed; with `replace`, instead of the screen in front; with `act`, begin with that action."""

    def discussion(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Discuss a card."""

    def consent(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Ask for consent to the decision on a card."""

    def what_if(self, live: ReadableSession, card: str, *, writable: bool = True) -> None:
        """Try changes to the plan, beginning with a card."""

    async def spotlight(self, live: ReadableSession, spot: Spot, *, read_only: bool = False) -> str | None:
        """Fill the screen with one thing, for the projector. Its answer is the card that was shown last."""

    async def plan(self, live: ReadableSession, card: str, *, writable: bool = True) -> str | None:
        """Show the plan. Its answer is the card to select on the board, if any."""

    async def reasons(self, session: Session, plan: Plan, card: str, *, writable: bool, quick: bool) -> tuple[Command, str] | None:
        """Show why a card waits. The answer is the command of the selected remedy and its effect in words; `quick` plans need no waiting."""

    async def work(self, live: ReadableSession, card: str) -> None:
        """Edit the work of a card."""

    async def adoption(self, live: ReadableSession, card: str) -> None:
        """Ask when a card was delivered; for a delivered one, how far people use it."""

    async def line(self, session: Session) -> Command | None:
        """Ask how many projects can start. The answer is the command that draws the line."""

    async def decision(self, live: ReadableSession, card: str) -> Command | None:
        """Ask for the decision on a card."""

    async def acceptance(self, live: ReadableSession, cards: Sequence[str] = ()) -> Command | None:
        """Show what accepting the proposals of these open cards, or of all, would do. The answer is the command for those that are accepted."""
