"""Consent on a decision: its sentence, the room's hands by side, and the sentences that low hands owe (METHOD 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from sessions.commands.consent import AnswerConsent
from sessions.commands.rounds import OpenRound
from sessions.guide.step import Step, StepKind
from sessions.live.ports import ReadableSession
from sessions.rounds.methods.consent import SPEC as CONSENT
from sessions.wording import plural
from tui.consent import words
from tui.consent.asks import ask_answer, ask_sentence
from tui.consent.sheet import body
from tui.consent.view import ConsentView
from tui.host.actions import Action, bindings, writing_at
from tui.host.key_bar import KeyBar, offered
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.text import safe, wrap
from tui.voting.anonymity import AskAnonymity
from tui.voting.hands_asked import count_hands, would_open
from tui.widgets.listing import Listing

_WRITES = writing_at("consent")
_ROOMY = 30
_LOW = 16
"""Heights: from the first on there is air between the parts, below the second the decision gets two lines."""
_AROUND = 9
"""Cells around the decision's sentence: its margins, its border and its padding."""
_LONGEST_LINE = 100


class ConsentScreen(ListedScreen):
    """Consent on the decision on a card of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("consent",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "consent.tcss"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {"score_card": ("hands", "")}

    def __init__(self, live: ReadableSession, card_id: str, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.card_id = card_id

    @property
    def following(self) -> tuple[str, str]:
        """Return what pages show while this is in front: the decision on the card."""
        return "decide", self.card_id

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the hands on the decision."""
        return Spot("hands", self.card_id)

    def compose(self) -> ComposeResult:
        """Lay out the card and who decides, the decision, the hands and the sentences, and the keys."""
        yield self.top_bar
        with Horizontal(id="consent-top"):
            yield Static("", id="consent-name")
            yield Static("", id="consent-decider")
        yield Static("", id="consent-decision")
        yield Listing(id="consent-body")
        yield KeyBar(self._offered)

    @property
    def step(self) -> Step:
        """Return what the room does next: show hands on the decision; if it is not settled by them, what is missing."""
        step, view = super().step, self.view
        consent = view.consent
        if not self.writable or self.session.open_round:
            return step
        if consent is None:
            asks = view.askable and view.card is not None
            return Step("score_card", "No one has shown a hand on it yet", "count the hands", card=self.card_id) if asks else step
        if view.owed:
            return step._replace(sentence=f"{plural(len(view.owed), 'sentence')} to write down", act="write it down")
        answer = view.answerable and not consent.round.answer
        return step._replace(sentence=f"No consent: amend it, or {words.decider(self.session)} answers") if answer else step

    @property
    def lead_key(self) -> str:
        """Return the key that takes the step: a sentence is written down with enter."""
        return "enter" if self.writable and self.view.consent and self.view.owed and not self.view.open_round else super().lead_key

    @property
    def view(self) -> ConsentView:
        """Return the session as it is now, seen from the card."""
        return ConsentView(self.live.session, self.card_id)

    # --- what is drawn

    def _draw(self) -> None:
        view, (width, height) = self.view, self.room
        self.set_class(height >= _ROOMY, "-roomy")
        rank = f"#{self.session.rank(view.id)} " if view.card else ""
        self.query_one("#consent-name", Static).update(safe(f"Consent on {rank}{view.title}"))
        self.query_one("#consent-decider", Static).update(safe(words.decides(self.session)))
        used = self._draw_decision(view) + (4 if height >= _ROOMY else 1)
        lines = body(view, max(1, width - 5), height - used - 1, writable=self.writable)
        listing = self.listing
        listing.show([value for value, _ in lines], lambda place, _width: lines[place][1])
        # If no sentence is owed, nothing can be chosen, and the keys that choose scroll.
        listing.can_focus = bool(view.owed)
        self.set_focus(listing if view.owed else None)
        self.query_one(KeyBar).refresh()

    def _draw_decision(self, view: ConsentView) -> int:
        """Show the decision's sentence, and return its lines."""
        width, height = self.room
        decision = view.decision
        said = decision.sentence or words.word_of(decision) if decision else words.undecided(view)
        both = decision is None and view.askable  # what is for it and what is against it
        room = 5 if height >= _ROOMY or both else 2 if height < _LOW else 3
        static = self.query_one("#consent-decision", Static)
        lines = wrap(said, min(width - _AROUND, _LONGEST_LINE), room)
        static.update(safe("\n".join(lines)))
        static.set_class(decision is None, "-none")
        return len(lines)

    def _offered(self) -> list[Action]:
        actions = offered(self)
        if self.view.decision is None:
            return [each._replace(shown="d", short="decide") if each.name == "amend" else each for each in actions]
        return actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        if action not in _WRITES:
            return True
        view = self.view
        if not self.writable or view.card is None:
            return False
        possible = {
            "hands": view.askable and not (view.open_round and view.open_round.seals),
            "ballots": view.askable,
            "reveal": view.open_round is not None,
            "write": bool(view.owed),
            "answer": view.answerable,
        }
        return possible.get(action, True)

    # --- what the keys do

    @work
    async def action_hands(self) -> None:
        """Ask for consent by raised hands: nothing is recorded before they are counted."""
        await count_hands(self, OpenRound(method=CONSENT.name, anonymity="side", cards=(self.card_id,)), self.action_ballots)

    @work
    async def action_ballots(self) -> None:
        """Ask for consent by masked ballots, or continue with them."""
        if self.view.open_round is None and not await self._open_masked():
            return
        self.quarterdeck.go.ballot(self.live)

    async def _open_masked(self) -> bool:
        if would_open(self, OpenRound(method=CONSENT.name, cards=(self.card_id,))) is None:
            return False
        about = "Every voter enters a hand unseen, from 0 to 5. What the reveal will show is announced now."
        anonymity = await self.app.push_screen_wait(AskAnonymity("Consent by secret vote", about))
        return anonymity is not None and self.do(OpenRound(method=CONSENT.name, anonymity=anonymity, cards=(self.card_id,)))

    def action_reveal(self) -> None:
        """Reveal the masked ballots, which asks."""
        self.quarterdeck.go.ballot(self.live, reveal=True)

    @work
    async def action_write(self) -> None:
        """Write down the chosen sentence that a low hand owes, or the first one."""
        view, chosen = self.view, self.listing.chosen
        if not view.owed:
            return
        owed = view.owed[min(int(chosen or 1), len(view.owed)) - 1]
        command = await ask_sentence(self.app, view, owed)
        if command is not None:
            self.do(command)

    @work
    async def action_amend(self) -> None:
        """Amend the decision, or decide on the card."""
        command = await self.quarterdeck.go.decision(self.live, self.card_id)
        if command is not None:
            self.do(command)

    @work
    async def action_answer(self) -> None:
        """Close the decision with the decider's written answer."""
        answer = await ask_answer(self.app, self.view)
        if answer:
            self.do(AnswerConsent(card=self.card_id, answer=answer))
