"""The base of the screens that show a session: drawn again after every change, with one way to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Generic, TypeVar

from textual import events, on, work
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from sessions.commands.base import Command
from sessions.guide.next_step import next_step
from sessions.guide.step import NOTHING, Known, Step, StepKind
from sessions.live.ports import ReadableSession
from sessions.record.codec import Recorded
from sessions.state.session import Session
from tui.host.actions import bindings_of
from tui.host.calm import Calm
from tui.host.host import Host, host
from tui.host.navigation import Spot
from tui.host.top_bar import TopBar, top_lines

AnswerT = TypeVar("AnswerT")


class LiveScreen(Screen[AnswerT], Generic[AnswerT]):
    """A screen on a session. Subclasses yield `top_bar` first, and override `_draw`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("session.next_phase", "session.invite", "card.story")
    SPOT: ClassVar[Spot] = Spot()
    FOLLOWING: ClassVar[tuple[str, str] | None] = None
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {}
    """The steps that `]` takes on this screen: the action, and the word for it if it is another one than elsewhere. The board takes the others."""

    def __init__(self, live: ReadableSession, *, read_only: bool = False) -> None:
        super().__init__()
        self.live = live
        self.top_bar = TopBar()
        self.bars_above: list[TopBar] = []
        """The bars over the dialogs above this screen."""
        self._read_only = read_only
        self._behind = False
        self._stop: Callable[[], None] = lambda: None
        self._late: tuple[Recorded, ...] = ()
        """What others recorded since they were drawn last."""
        self._calm = Calm(self, self.catch_up)

    def on_mount(self) -> None:
        """Draw, and draw again after every change until the screen is gone."""
        self._stop = self.live.watch(self._hear)
        self.set_interval(1.0, self.tick)
        self.show_top()
        self._draw()

    def on_resize(self) -> None:
        """Draw what fits the new size."""
        self._draw()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._stop()

    def _hear(self, session: Session, recorded: tuple[Recorded, ...]) -> None:
        """Draw what the facilitator did immediately, and what comes from devices a few times a second."""
        if self not in self.app.screen_stack:
            return  # `]` left it, and what is recorded now is the board's
        self._late += recorded
        if any(each.by == session.facilitator for each in recorded):
            self.catch_up()
        else:
            self._calm.soon()

    def catch_up(self) -> None:
        """Draw what was held back: a key must act on what is shown."""
        late, self._late = self._late, ()
        if late:
            if any(each.event.kind in ("undone", "round_dropped") for each in late):
                self.quarterdeck.progress(self.live).forget(self.session.phase)
            self._heard(self.session, late)

    def _heard(self, session: Session, recorded: tuple[Recorded, ...]) -> None:
        self._happened(session, recorded)
        self.show_top()

    def tick(self) -> None:
        """Draw what changes with time alone."""
        if self.session.timer.since is not None and self.session.timer.planned:
            self.show_top()

    # --- what the room does now

    @property
    def step(self) -> Step:
        """Return what the room does next."""
        session = self.session
        progress = self.quarterdeck.progress(self.live)
        return next_step(session, self.known(progress.read), progress.skipped(session.phase))

    @property
    def lead_key(self) -> str:
        """Return the key that takes the step: `]`, unless a list is answered line by line."""
        return "]"

    def known(self, read: set[str]) -> Known:
        """Return what the guide needs besides the session."""
        if not read and not self.session.rounds:
            return NOTHING
        from sessions.guide.known import known_of  # noqa: PLC0415 - loads the ballots

        return known_of(self.session, self.live.results, read)._replace(seated=self.seated)

    @property
    def seated(self) -> frozenset[str]:
        """Return who has joined from a device of their own."""
        return self.quarterdeck.shared.seated if self.quarterdeck.shared else frozenset()

    def show_top(self) -> None:
        """Show session, phase, clock, what is saved, and what the room does now; under a dialog the step that it belongs to, without a key."""
        asking = isinstance(self.app.screen, ModalScreen)
        step = (self.quarterdeck.progress(self.live).taken(self.session.seq) if asking else None) or self.step
        act = (self.STEPS[step.kind][1] if step.kind in self.STEPS else "") or step.act
        takes = not asking and (self.writable or self.session.closed)
        self.lead_pages()
        for bar in (self.top_bar, *self.bars_above):
            bar.show(self.session, self.live.elapsed, self.saved, step, act if takes else "", self.notice, self.lead_key)

    def lead_pages(self) -> None:
        """Have the pages of the room show what the screen in front shows."""
        if (shared := self.quarterdeck.shared) and (shown := self.following):
            front = next((each for each in reversed(self.app.screen_stack) if getattr(each, "following", None)), self)
            if front is self:
                shared.follow(*shown)

    @property
    def notice(self) -> str:
        """Return what someone outside asks, in a few words."""
        return self.quarterdeck.shared.notice if self.quarterdeck.shared else ""

    @on(events.ScreenSuspend)
    def behind(self) -> None:
        """Remember that something is above the screen."""
        self._behind = True

    @on(events.ScreenResume)
    def back_in_front(self) -> None:
        """Show at the top what can be done now that no dialog is above the screen: the step that it belonged to is over."""
        if self._behind:
            self.quarterdeck.progress(self.live).let_go()
        if self.top_bar.is_attached:
            self.show_top()

    def bar_above(self) -> TopBar | None:
        """Return another bar, which shows the same over a dialog; None if the screen has no bar."""
        if not self.top_bar.is_attached:
            return None
        bar = TopBar()
        self.bars_above = [*(each for each in self.bars_above if each.is_attached), bar]
        self.show_top()
        return bar

    @property
    def room(self) -> Size:
        """Return the size of the screen below the lines at the top."""
        width, height = self.size
        return Size(width, max(1, height - top_lines(height)))

    @property
    def saved(self) -> str:
        """Return what is saved, in two words."""
        if self.read_only:
            # What another window records from now on is not seen here.
            return "read-only" if self.session.closed else f"read-only, as of #{self.session.seq}"
        return f"saved #{self.session.seq}"

    async def action_next_phase(self) -> None:
        """Take the step that the line at the top names; the last one of a phase starts the next phase."""
        step = self.step
        if not self.writable and not self.session.closed:
            self.quarterdeck.toast("The meeting is led in another window.")
            return
        self.quarterdeck.progress(self.live).take(self.session.phase, step, self.session.seq)
        if step.kind in self.STEPS:
            await self.run_action(self.STEPS[step.kind][0])
        else:
            self.quarterdeck.go.lead(step)
        self.show_top()

    def _happened(self, _session: Session, _recorded: tuple[Recorded, ...]) -> None:
        self._draw()

    def _draw(self) -> None:
        """Show the session as it is now."""

    @property
    def session(self) -> Session:
        """Return the session as it is now."""
        return self.live.session

    @property
    def quarterdeck(self) -> Host:
        """Return the app, as screens know it."""
        return host(self.app)

    @property
    def read_only(self) -> bool:
        """Return whether the session can only be read here."""
        return self._read_only

    @property
    def writable(self) -> bool:
        """Return whether the session can be changed here now."""
        return not self.read_only and not self.session.closed

    @property
    def takes_late(self) -> bool:
        """Return whether it was closed and still takes in what may come after its end: answers on the partnership, and readings."""
        return not self.read_only and self.session.closed and not self.live.followed

    def do(self, command: Command) -> bool:
        """Carry a command out and return whether that worked; show the sentence of the rule that it breaks."""
        return self.quarterdeck.attempt(lambda: self.live.perform(command))

    @property
    def following(self) -> tuple[str, str] | None:
        """Return what the pages of the room show while this screen is in front, and its card; None leaves them as they are."""
        return self.FOLLOWING

    def action_invite(self) -> None:
        """Show how people join from their own devices."""
        self.quarterdeck.go.invite(self.live, read_only=self.read_only)

    def action_story(self) -> None:
        """Show the story of the selected card, where cards are selected."""
        if card := self.story_card:
            self.quarterdeck.go.story(self.live, card, read_only=self.read_only)

    @property
    def story_card(self) -> str:
        """Return the card whose story the key shows: the selected one, empty if none is."""
        return self.spot.card

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here."""
        return self.SPOT

    def show_spotlight(self) -> None:
        """Show it large, for the projector."""
        self._spotlight()

    @work
    async def _spotlight(self) -> None:
        card = await self.quarterdeck.go.spotlight(self.live, self.spot, read_only=self.read_only)
        self.select(card or "")

    def select(self, card: str) -> None:
        """Select the card that the projector showed last, where cards are selected."""

    def discuss(self, card: str) -> None:
        """Open the first discussion of a card, if it is due, and show the card's discussion."""
        open_discussion(self.quarterdeck, self.live, card, read_only=self.read_only)
        self.quarterdeck.go.discussion(self.live, card, read_only=self.read_only)


def open_discussion(quarterdeck: Host, live: ReadableSession, card: str, *, read_only: bool) -> None:
    """Open the first discussion of a card, if it is due and the session can be changed."""
    from sessions.commands.talks import OpenTalk, is_due  # noqa: PLC0415 - loads every ballot type, and the board is a live screen

    if not read_only and not live.session.closed and is_due(live.session, card):
        quarterdeck.attempt(lambda: live.perform(OpenTalk(card=card)))
