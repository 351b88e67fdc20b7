"""What the discussion screen looks at: one card, what the ballots said about it, its score rounds, its duel, and how far the discussion has come.

Pure reading of a session; no widget, no key.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from sessions.portfolio.models import Project
from sessions.rounds.methods.card import CardSpec
from sessions.rounds.methods.duel import SPEC as DUEL
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.reveal import RevealResult, ToTalk
from sessions.rounds.scores import Scores
from sessions.state.rounds import Round, Talk
from sessions.state.session import Session

Step = Literal["score", "talk", "outcome", "over"]
"""What is to be done: score the card for the first time, talk and score it again, say the outcome, or nothing any more."""


class TalkView:
    """A card as the room discusses it. `reading` is that of the latest revealed order, None while it is not read or if there is none."""

    def __init__(self, session: Session, card: str, reading: RevealResult | None) -> None:
        self.session = session
        self.id = card
        self.reading = reading

    @cached_property
    def card(self) -> Project:
        """Return the card, also if it has left the board since; of an unknown one only its id."""
        withdrawn = self.session.withdrawn.get(self.id)
        return self.session.cards.get(self.id) or (withdrawn.card if withdrawn else Project(id=self.id, title=self.id))

    @property
    def rank(self) -> int | None:
        """Return the card's rank, None if it has left the board."""
        return self.session.rank(self.id) if self.id in self.session.cards else None

    @property
    def withdrawn(self) -> bool:
        """Return whether the card has left the board since."""
        return self.id in self.session.withdrawn

    @cached_property
    def talk(self) -> Talk | None:
        """Return the latest discussion of the card, current or ended."""
        return next((each for each in reversed(self.session.talks) if each.card == self.id), None)

    @property
    def is_running(self) -> bool:
        """Return whether the room discusses this card now."""
        return self.session.talk is not None and self.session.talk.card == self.id

    @property
    def other_talk(self) -> str:
        """Return the other card under discussion, or an empty text."""
        talk = self.session.talk
        return talk.card if talk and talk.card != self.id else ""

    @cached_property
    def scores(self) -> Scores:
        """Return the card's score rounds."""
        return Scores(self.session, self.id)

    @cached_property
    def duel(self) -> Round | None:
        """Return the latest duel that the card was in."""
        return next(reversed(self.session.rounds_on(self.id, DUEL.name)), None)

    @property
    def open_here(self) -> Round | None:
        """Return the open score round or duel on this card alone or its neighbour: one that hands can answer."""
        round_ = self.session.open_round
        if round_ is None or self.id not in round_.opened.cards:
            return None
        spec = spec_of(round_.opened.method)
        return round_ if spec.in_discussion and spec.takes_hands(round_.opened) else None

    def can_ask(self, spec: CardSpec) -> bool:
        """Return whether hands can answer a round of this method now: one that is open on the card without a sealed ballot, or a new one."""
        if self.session.open_round is None:
            return True
        round_ = self.session.open_round_on(self.id, spec.name)
        return round_ is not None and self.open_here is round_ and not round_.seals

    @property
    def step(self) -> Step:
        """Return how far the discussion has come."""
        if self.talk and self.talk.closed and not self.is_running:
            return "over"
        if not self.scores.rounds:
            return "score"
        return "talk" if len(self.scores.rounds) == 1 else "outcome"

    @cached_property
    def to_talk(self) -> ToTalk | None:
        """Return why the card is worth discussing, if ballots show it."""
        return next((each for each in self.reading.to_talk if each.card == self.id), None) if self.reading else None

    @cached_property
    def next_card(self) -> str:
        """Return the next card of the attention list that was not discussed, from this card on and then from its beginning; or an empty text."""
        cards = [each.card for each in self.reading.worth_talking] if self.reading else []
        at = cards.index(self.id) + 1 if self.id in cards else 0
        done = self.session.discussed | {self.id}
        return next((card for card in (*cards[at:], *cards[:at]) if card not in done and card in self.session.cards), "")
