"""What the screens of questions about no card share: one picture, hands or secret ballots, the reveal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.commands.rounds import OpenRound
from sessions.guide.step import StepKind
from sessions.live.ports import ReadableSession
from sessions.record.events import Method
from sessions.state.rounds import Round
from tui.host.actions import bindings, writing_at
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.stages.picture import Block
from tui.voting.hands_asked import count_hands
from tui.voting.reason_asked import with_reason
from tui.widgets.lines import Lines

_WRITES = writing_at("together")


class TogetherScreen(LiveScreen[None]):
    """Questions of one method: before they are asked, while people answer, and what came of it."""

    PLACES: ClassVar[tuple[str, ...]] = ("together",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    METHOD: ClassVar[Method]
    STEP: ClassVar[StepKind]
    """The step of the meeting that asks these questions."""
    CSS = """
    TogetherScreen { background: $background; }
    #together { height: 1fr; margin: 1 3 0 3; }
    """
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {
        "collect_ballots": ("ask", ""),
        "reveal": ("reveal", ""),
    }

    def __init__(self, live: ReadableSession, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._lines = Lines(id="together")

    def compose(self) -> ComposeResult:
        """Lay out the lines at the top, the picture, and the keys."""
        yield self.top_bar
        yield self._lines
        yield KeyBar()

    def leave(self) -> None:
        """Go back, and stop offering the questions in this phase: leaving them skips them."""
        self.quarterdeck.progress(self.live).offered.add((self.session.phase, self.STEP))
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to ask what is not asked yet, and to reveal what was answered."""
        if action in _WRITES and not self.writable:
            return False
        round_, other = self.open_round, self.session.open_round
        match action:
            case "reveal":
                return round_ is not None and bool(round_.seals)
            case "hands":
                return not round_.seals if round_ else other is None
            case "ask" | "ballots":
                return round_ is not None or other is None
            case "edit":
                return self.can_edit and round_ is None and other is None
        return True

    can_edit: ClassVar[bool] = False
    """Whether there is something to choose before the questions are asked."""

    @property
    def open_round(self) -> Round | None:
        """Return the open round of these questions."""
        round_ = self.session.open_round
        return round_ if round_ is not None and round_ in self.session.asked(self.METHOD) else None

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: how many are in, or who is here."""
        return Spot("vote" if self.open_round else "room")

    @property
    def following(self) -> tuple[str, str] | None:
        """Return what pages show while this is in front: the vote while one is open."""
        return ("vote" if self.session.open_round else "board"), ""

    def request(self) -> OpenRound:
        """Return the command that asks the questions."""
        return OpenRound(method=self.METHOD)

    def picture(self, width: int, height: int) -> Block:
        """Draw the questions as they are now."""
        raise NotImplementedError

    @property
    def invites(self) -> bool:
        """Return whether people who could answer together have no devices in the room yet."""
        return not self.seated and not self.session.closed

    def _draw(self) -> None:
        width, height = self._lines.content_size
        if width and height:
            self._lines.show_lines(self.picture(width, height))
        for bar in self.query(KeyBar):
            bar.refresh()

    # --- what the keys do

    @work
    async def action_ask(self) -> None:
        """Ask on people's devices if some of them joined, else by raised hands; while people answer, take the next answer."""
        if self.open_round or self.seated:
            await self._secretly()
        else:
            await self._by_hands()

    @work
    async def action_hands(self) -> None:
        """Count raised hands."""
        await self._by_hands()

    @work
    async def action_ballots(self) -> None:
        """Ask by secret ballots, and show who has answered."""
        await self._secretly()

    async def _by_hands(self) -> None:
        request = await self._with_reason() if self.open_round is None else self.request()
        if request is not None:
            await count_hands(self, request, lambda: self._open(request))

    async def _secretly(self) -> None:
        if self.open_round is None:
            if (request := await self._with_reason()) is not None:
                self._open(request)
        else:
            self.quarterdeck.go.ballot(self.live, act="next_ballot")

    def _open(self, request: OpenRound) -> bool:
        """Open the round; if no one has a device, go to the ballots at this keyboard."""
        if not self.do(request):
            return False
        if not self.seated:
            self.quarterdeck.go.ballot(self.live, act="next_ballot")
        return True

    async def _with_reason(self) -> OpenRound | None:
        """Return the request with the reason that asking once more needs; None if no one gives one."""
        return await with_reason(self.app, self.session, self.request(), "Ask once more?", "why the questions are asked again")

    def action_edit(self) -> None:
        """Choose what is asked, if there is something to choose."""

    def action_reveal(self) -> None:
        """Reveal the answers, which asks."""
        self.quarterdeck.go.ballot(self.live, reveal=True)
