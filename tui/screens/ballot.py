"""The ballot: who is in and who is not. Nothing on this screen depends on what anybody chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from sessions.commands import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.ballots import BallotRefusedError, reveal_obstacles
from sessions.live import LiveSession
from sessions.portfolio.models import Participant
from sessions.record.events import Recorded
from sessions.state import Round, Session
from tui.actions import Action, actions_at, bindings, writing_at
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Field, Form
from tui.dialogs.secret_ballot import SecretBallot
from tui.screens.ballot_import import ballots_in, seal_all
from tui.screens.ballot_texts import HOST, SECRET, default_cap, list_of, reveal_lines, rules, sides_in, welcome
from tui.screens.host import Host, host
from tui.screens.reveal import RevealScreen
from tui.screens.room_lines import by_side, draw_with, role_in, values
from tui.text import fit, safe
from tui.widgets.key_bar import KeyBar
from tui.widgets.listing import Line, Listing, Piece

_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (70, "-wide")]
_NEEDS_A_ROUND = frozenset({"from_file", "drop"})
_WRITES = writing_at("ballot")


class BallotScreen(Screen[None]):
    """The ballots of a live session. With `reveal` it begins by asking for the reveal."""

    PLACES: ClassVar[tuple[str, ...]] = ("ballot",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "ballot.tcss"
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS

    def __init__(self, live: LiveSession, *, reveal: bool = False, read_only: bool = False) -> None:
        super().__init__()
        self.live = live
        self._read_only = read_only
        self._reveal_first = reveal
        self._stop: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Lay out the header, the voices or what will happen, the news, and the keys."""
        with Horizontal(id="ballot-top"):
            yield Static("", id="ballot-name")
            yield Static("", id="ballot-sides")
        yield Static("", id="ballot-rules")
        yield Listing(id="ballot-voices")
        with VerticalScroll(id="ballot-welcome", can_focus=False):
            yield Static("", id="ballot-about")
        yield Static("", id="ballot-news")
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Draw, and draw again whenever something happens."""
        self._stop = self.live.watch(self._happened)
        self._draw()
        if self._reveal_first and self.round and not self._read_only:
            self.action_reveal()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._stop()

    @property
    def session(self) -> Session:
        """Give the session as it is now."""
        return self.live.session

    @property
    def round(self) -> Round | None:
        """Give the open round, or None."""
        latest = self.session.round
        return latest if latest and latest.open else None

    @property
    def quarterdeck(self) -> Host:
        """Give the app, as screens know it."""
        return host(self.app)

    def _happened(self, _session: Session, _recorded: tuple[Recorded, ...]) -> None:
        self._draw()

    def _offered(self) -> list[Action]:
        actions = [each for each in actions_at("ballot", "everywhere") if self.check_action(each.name, ())]
        if self.round is None:
            return [replace(each, short="open a ballot") if each.name == "enter_ballot" else each for each in actions]
        return actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs an open ballot only while there is one, and the reveal while there is something to see."""
        if action == "reveal":
            return self.session.round is not None and (self.round is None or not self._read_only)
        if action in _WRITES and (self._read_only or self.session.closed):
            return False
        return action not in _NEEDS_A_ROUND or self.round is not None

    def _draw(self) -> None:
        round_, session = self.round, self.session
        listing = self.query_one(Listing)
        listing.display = round_ is not None
        self.query_one("#ballot-welcome").display = round_ is None
        self.query_one("#ballot-name", Static).update(safe(f"Ballot {round_.opened.round}" if round_ else "Ballots"))
        self.query_one("#ballot-sides", Static).update(safe(f"in: {sides_in(session, round_)}" if round_ else ""))
        self.query_one("#ballot-rules", Static).update(safe(f"{rules(round_)}\n{SECRET}" if round_ else ""))
        self.query_one("#ballot-rules").display = round_ is not None
        if round_ is None:
            self.query_one("#ballot-about", Static).update(welcome(session))
            listing.show((), lambda _place, _width: ())
        else:
            lines = by_side(session.voices())
            listing.show(values(lines), draw_with(lines, self._columns))
            listing.focus()
        self.query_one(KeyBar).refresh()

    def _columns(self, voice: Participant, width: int) -> Line:
        """Say whether a voice is in, and its seat."""
        inside = self.round is not None and voice.id in self.round.seals
        return [
            Piece("● in      " if inside else "○ not in  ", "start" if inside else "muted", bold=inside),
            Piece(fit(" · ".join(self._asides(voice)), max(0, width - 10)), "muted"),
        ]

    def _asides(self, voice: Participant) -> list[str]:
        seat, presence = role_in(self.session, voice), self.session.presence.get(voice.id, "")
        away = {"away": "away", "proxy": f"spoken for by {self.session.role(self.session.proxies.get(voice.id, ''))}"}
        return [each for each in ("" if seat == "votes" else seat, away.get(presence, "")) if each]

    def _tell(self, text: str) -> None:
        self.query_one("#ballot-news", Static).update(safe(text))

    # --- what the keys do

    @work
    async def action_enter_ballot(self) -> None:
        """Enter the chosen voice's ballot; where no ballot is open, open one."""
        if self.round is None:
            await self._open()
            return
        voice = self.session.people.get(self.query_one(Listing).chosen)
        if voice is None:
            return
        cards = {card: self.session.cards[card].title for card in self.round.opened.cards if card in self.session.cards}
        command = await self.app.push_screen_wait(SecretBallot(self.round.opened, voice.id, voice.role, cards))
        if command is not None:
            self._seal(command, voice)

    def _seal(self, command: SealBallot, voice: Participant) -> None:
        def seal() -> None:
            try:
                self.live.perform(command)
            except BallotRefusedError:
                # Its sentence names cards and points: that is not for a shared screen.
                self._tell(f"{voice.role}: the ballot was not kept, enter it again.")
            else:
                self._tell(f"{voice.role}: in")

        if not self.quarterdeck.attempt(seal):
            self._tell("")

    async def _open(self) -> None:
        if not self.session.voices() or not self.session.order:
            return
        fields = [
            Field("budget", "Points a voice", "100", limit=6),
            Field("cap", "Most on one card", str(default_cap(self.session)), limit=6),
        ]
        answer = await self.app.push_screen_wait(Form("Open a ballot", fields, about=f"{SECRET} {HOST}", check=_wrong_with))
        if answer:
            command = OpenRound(budget=int(answer["budget"]), cap=int(answer["cap"]))
            if self.quarterdeck.attempt(lambda: self.live.perform(command)):
                self._tell("")

    @work
    async def action_from_file(self) -> None:
        """Take ballots from a file."""
        about = "A CSV with a row a voice and a column a card, or JSON. Nothing of what is in it is shown."
        typed = await self.app.push_screen_wait(Ask("Ballots from a file", about=about, placeholder="ballots.csv", limit=1000))
        round_ = self.round
        if not typed or round_ is None:
            return

        def take() -> None:
            voices = self.session.voices()
            file = ballots_in(Path(typed).expanduser(), voices, round_.opened.cards)
            self._tell(seal_all(self.live, round_.opened, file, voices))

        self.quarterdeck.attempt(take)

    @work
    async def action_reveal(self) -> None:
        """Reveal the open ballot in two steps, or show the latest reveal."""
        round_ = self.round
        if round_ is None:
            self.app.switch_screen(RevealScreen(self.live, read_only=self._read_only))
            return
        if not round_.seals:
            self._tell("No ballot is in yet: there is nothing to reveal.")
            return
        reason, obstacles = "", reveal_obstacles(self.session)
        if obstacles:
            about = f"Revealing now needs a reason, which is recorded: {list_of(list(obstacles))}."
            typed = await self.app.push_screen_wait(Ask("Reveal all the same?", about=about, placeholder="why now"))
            if not typed:
                return
            reason = typed
        lines = reveal_lines(self.session, round_, obstacles)
        if not await self.app.push_screen_wait(Confirm("Reveal the ballots?", lines, yes="reveals", key="r")):
            return
        if self.quarterdeck.attempt(lambda: self.live.perform(RevealBallots(override=reason))):
            self.app.switch_screen(RevealScreen(self.live))

    @work
    async def action_drop(self) -> None:
        """Give the ballot up."""
        about = "What was sealed is destroyed unseen. This cannot be taken back."
        reason = await self.app.push_screen_wait(Ask("Give this ballot up?", about=about, placeholder="why, in one sentence"))
        if reason and self.quarterdeck.attempt(lambda: self.live.perform(DropRound(reason=reason))):
            self._tell("The ballot was given up; what was sealed is destroyed.")


def _wrong_with(answer: dict[str, str]) -> str:
    """Say what is wrong with budget and cap, or nothing."""
    if not all(answer[name].isascii() and answer[name].isdecimal() for name in ("budget", "cap")):
        return "Both are whole numbers, such as 100 and 25."
    if not 1 <= int(answer["cap"]) <= int(answer["budget"]):
        return "The budget is at least 1 point, and the cap between 1 and the budget."
    return ""
