"""What the consent screen looks at: the decision, the latest round on it, who still owes a sentence, what was written down. No widget, no words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sessions.portfolio.models import Project, Side
from sessions.record.events import Decision, DissentRecorded, RevealedBallot
from sessions.rounds.consent import Consent, consent_of, consent_rounds
from sessions.rounds.methods.consent import SPEC as CONSENT
from sessions.rounds.methods.revealed import ballots_of
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import Stance, stance


@dataclass(frozen=True, slots=True)
class Owed:
    """A reason that a low hand owes: its side, its stance, its role if the round was named, and the words on the ballot."""

    side: Side
    stance: Stance
    role: str = ""
    words: str = ""


class ConsentView:
    """A session seen from one card's decision."""

    def __init__(self, session: Session, card: str) -> None:
        self.session = session
        self.id = card

    @property
    def card(self) -> Project | None:
        """Return the card, or None if it has left the board."""
        return self.session.cards.get(self.id)

    @property
    def title(self) -> str:
        """Return the card's title, also of one that has left the board."""
        return self.session.title_of(self.id)

    @property
    def decision(self) -> Decision | None:
        """Return the decision on the card."""
        return self.session.decisions.get(self.id)

    @property
    def askable(self) -> bool:
        """Return whether consent can be asked: on the decision, or on a change of direction before it."""
        return self.decision is not None or (self.card is not None and self.card.kind == "direction")

    @property
    def open_round(self) -> Round | None:
        """Return the consent round on this card that is open."""
        return self.session.open_round_on(self.id, CONSENT.name)

    @cached_property
    def consent(self) -> Consent | None:
        """Return the latest consent round on the card that was revealed, and what is left to do after it."""
        return consent_of(self.session, self.id)

    @cached_property
    def earlier(self) -> tuple[Round, ...]:
        """Return the consent rounds on the card before the latest one."""
        return consent_rounds(self.session, self.id)[:-1]

    @property
    def answerable(self) -> bool:
        """Return whether the decider can close the decision with an answer: it did not get consent and is still valid."""
        consent = self.consent
        return consent is not None and consent.holds and not consent.result.passed and self.open_round is None

    @property
    def written(self) -> tuple[DissentRecorded, ...]:
        """Return the sentences on the card that were written down."""
        return tuple(each for each in self.session.dissents if each.card == self.id)

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        """Return the reasons owed, objections first, with the words on a ballot if the round shows its side."""
        consent = self.consent
        if consent is None:
            return ()
        low = self._low_hands(consent)
        owed = sorted(consent.owed, key=lambda each: each[1] != "objection")
        return tuple(self._owed(consent, side, owes, low) for side, owes in owed)

    def _low_hands(self, consent: Consent) -> list[RevealedBallot]:
        """Return the low hands of a round whose sentence is not written down yet, the lowest first."""
        number = consent.round.opened.round
        done = {(each.who.casefold(), each.text) for each in self.written if each.round == number}
        roles, texts = {who for who, _ in done}, {text for _, text in done}
        low = [each for each in ballots_of(consent.round) if stance(self._fist(each))]
        named = consent.round.opened.anonymity == "named"
        left = [each for each in low if each.words not in texts and not (named and self._role(each).casefold() in roles)]
        return sorted(left, key=self._fist)

    def _owed(self, consent: Consent, side: Side, owes: Stance, low: list[RevealedBallot]) -> Owed:
        hand = next((each for each in low if side in ("", each.side) and stance(self._fist(each)) == owes), None)
        if hand is None:
            return Owed(side, owes)
        low.remove(hand)
        named = consent.round.opened.anonymity == "named"
        return Owed(side, owes, self._role(hand) if named else "", hand.words)

    def _fist(self, ballot: RevealedBallot) -> int:
        """Return the fingers of a ballot; one that says nothing of this card owes nothing."""
        return dict(ballot.scores).get(self.id, 5)

    def _role(self, ballot: RevealedBallot) -> str:
        return self.session.role(ballot.voice) if ballot.voice else ""
