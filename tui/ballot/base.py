"""The room during a ballot: what the open round asks, what was announced, who has voted and who has not. Only the picture; no key acts here.

Nothing on it depends on anyone's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from sessions.guide.step import StepKind
from sessions.portfolio.models import Participant
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.words import heading
from sessions.state.rounds import Round
from tui.ballot.count import VoteCount
from tui.host.actions import Action, bindings, writing_at
from tui.host.key_bar import KeyBar, offered
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.text import fit, safe
from tui.voting import ballot_words as texts
from tui.voting.drawing.people_lines import by_side, draw_with, values
from tui.widgets.listing import Line, Listing, Piece

_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (70, "-wide"), (110, "-broad")]
_NEEDS_A_ROUND = frozenset({"from_file", "drop", "hands", "missing", "other_ways"})
_WRITES = writing_at("ballot")
_STATE_CELLS = 12
_BESIDE = _STATE_CELLS + 21
"""Cells beside a role: enough for the note on who votes last."""


class BallotBase(LiveScreen[None]):
    """The open round of a live session, of any method, or what opening a ballot will do."""

    PLACES: ClassVar[tuple[str, ...]] = ("ballot",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    SPOT = Spot("vote")
    FOLLOWING = ("vote", "")
    CSS_PATH = "ballot.tcss"
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {
        "open_ballot": ("enter_ballot", ""),
        "collect_ballots": ("next_ballot", ""),
        "reveal": ("reveal", ""),
    }

    _listed = 0

    def compose(self) -> ComposeResult:
        """Lay out the header, what was announced, the voters or what will happen, the news, and the keys."""
        yield self.top_bar
        with Horizontal(id="ballot-top"):
            yield Static("", id="ballot-name")
            yield Static("", id="ballot-sides")
        yield Static("", id="ballot-rules")
        yield Static("", id="ballot-announced")
        with Horizontal(id="ballot-room"):
            yield Listing(id="ballot-voices")
            yield VoteCount(id="ballot-count")
        with VerticalScroll(id="ballot-welcome", can_focus=False):
            yield Static("", id="ballot-about")
        yield Static("", id="ballot-news")
        yield KeyBar(self._offered)

    @property
    def writable(self) -> bool:
        """Return whether ballots are accepted: after the close too, if a round is open then."""
        return super().writable or (not self.read_only and self.session.closed and self.round is not None)

    @property
    def round(self) -> Round | None:
        """Return the open round, or None."""
        return self.session.open_round

    def _offered(self) -> list[Action]:
        actions = offered(self)
        if self.round is None:
            return [each._replace(short="open a ballot") if each.name == "enter_ballot" else each for each in actions]
        return actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer keys for a round only while one is open, hands only if the method counts them, and the reveal only with ballots."""
        round_ = self.round
        if action == "reveal":
            return (self.session.round if round_ is None else not self.read_only) not in (None, False)
        if action in _WRITES and not self.writable:
            return False
        if action == "hands" and round_ is not None:
            return spec_of(round_.opened.method).takes_hands(round_.opened)
        return action not in _NEEDS_A_ROUND or round_ is not None

    def _draw(self) -> None:
        round_, session = self.round, self.session
        for name in ("room", "rules", "announced", "sides"):
            self.query_one(f"#ballot-{name}").display = round_ is not None
        self.query_one("#ballot-welcome").display = round_ is None
        self.query_one("#ballot-name", Static).update(safe(heading(session, round_.opened) if round_ else "Ballots"))
        listing = self.query_one(Listing)
        if round_ is None:
            self.query_one("#ballot-about", Static).update(texts.welcome(session))
            listing.show((), lambda _place, _width: ())
        else:
            self.query_one("#ballot-sides", Static).update(safe(texts.voted(session, round_)))
            self.query_one("#ballot-rules", Static).update(safe(texts.rules(session, round_)))
            self.query_one("#ballot-announced", Static).update(texts.announced(round_))
            self.query_one(VoteCount).follow(session, round_)
            lines = by_side(session.voters())
            listing.show(values(lines), draw_with(lines, self._columns, beside=_BESIDE))
            if self._listed != round_.opened.round:
                self._listed = round_.opened.round
                listing.choose(self.next_voice(round_))
            listing.focus()
        self.query_one(KeyBar).refresh()

    def next_voice(self, round_: Round, after: str = "") -> str:
        """Return who is likely to vote next here: the next one not in, the decider last (METHOD 2.3), then those away, then those with a device.

        Once all are in, it is the same one.
        """
        order = [voice.id for _, voice in by_side(self.session.voters()) if voice]
        here = order.index(after) + 1 if after in order else 0
        waiting = [voice for voice in order[here:] + order[:here] if voice not in round_.seals]
        seated = self.seated
        away = {voice for voice in waiting if self.session.presence.get(voice) == "away"}
        return min(waiting, key=lambda voice: (voice in seated, voice in away, voice == self.session.decider), default=after)

    def _columns(self, voice: Participant, width: int) -> Line:
        """Return whether a voter has voted, and how. If people vote on devices, the screen shows only how many have voted; `m` names the others."""
        round_, seated = self.round, self.seated
        if seated:
            return [Piece(fit("on a device" if voice.id in seated else "", width), "muted")]
        inside = round_ is not None and voice.id in round_.seals
        asides = " · ".join(texts.asides(self.session, round_, voice)) if round_ else ""
        return [
            Piece(fit("● has voted" if inside else "○ to vote", min(_STATE_CELLS, width)), "start" if inside else "muted", bold=inside),
            Piece(fit(asides, max(0, width - _STATE_CELLS)), "muted"),
        ]

    def _show_news(self, text: str) -> None:
        self.query_one("#ballot-news", Static).update(safe(text))
