"""Consent on decisions (METHOD 2.4): whether it was given, which sentences are owed, and what is not resolved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sessions.deciding.words import STARTS
from sessions.portfolio.models import Side
from sessions.record.events import DissentRecorded
from sessions.rounds.methods.consent import DIRECTION
from sessions.rounds.methods.consent import SPEC as CONSENT
from sessions.rounds.methods.revealed import ballots_of, given_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import ENOUGH, ConsentResult, Stance, stance, tally_consent
from sessions.wording import listed, mean_name, plural, side_name


def consent_rounds(session: Session, card: str) -> tuple[Round, ...]:
    """Return the revealed consent rounds on a card, the earliest first."""
    return session.rounds_on(card, CONSENT.name)


@dataclass(frozen=True, slots=True)
class Consent:
    """The latest consent round on a card.

    `holds`: the decision it was about is still valid; `owed` are the low hands without their sentence, by side.
    """

    round: Round
    result: ConsentResult
    holds: bool
    owed: tuple[tuple[Side, Stance], ...]

    @property
    def refused(self) -> bool:
        """Return whether the decision lacks consent, neither amended nor answered by the decider in writing."""
        return self.holds and not self.result.passed and not self.round.answer

    @property
    def resolved(self) -> bool:
        """Return whether nothing is left to do: the decision is not refused, and no sentence is owed."""
        return not self.owed and not self.refused


def consent_of(session: Session, card: str) -> Consent | None:
    """Return the latest consent round on a card, or None."""
    rounds = consent_rounds(session, card)
    if not rounds:
        return None
    round_ = rounds[-1]
    fists = given_by_side(round_, card)
    decision, result = session.decisions.get(card), tally_consent(fists)
    owed = [(side, owes) for side, given in fists.items() for fist in sorted(given) if (owes := stance(fist))]
    for dissent in session.dissents:
        if dissent.round == round_.opened.round and dissent.card == card:
            _take_one(session, owed, dissent.who, dissent.stance)
    about = round_.opened.about
    holds = decision is not None and (decision.sentence == about or (about == DIRECTION and decision.word in STARTS and result.passed))
    return Consent(round_, result, holds, tuple(owed))


def _take_one(session: Session, owed: list[tuple[Side, Stance]], who: str, given: Stance) -> None:
    """Remove a recorded reason from those owed by the person's side, known from the role or named alone.

    An objector may have shown one or two fingers.
    """
    sides = {person.side for person in session.people.values() if person.role.casefold() == who.casefold()}
    # “A voice of IT” is how 0.1 named someone from IT.
    alone = {side: (f"somebody from {side_name(side)}", f"a voice of {side_name(side)}") for side in session.sides}
    sides |= {side for side, names in alone.items() if who.casefold() in map(str.casefold, names)}
    stances = (given, "concern") if given == "objection" else (given,)
    fitting = (each for stance in stances for each in owed if each[1] == stance and (not sides or not each[0] or each[0] in sides))
    match = next(fitting, None)
    if match:
        owed.remove(match)


def unresolved(session: Session) -> tuple[str, ...]:
    """Return the cards whose decision did not get consent and was neither amended nor answered, or lacks a sentence, by rank."""
    return tuple(card for card in session.order if (consent := consent_of(session, card)) and not consent.resolved)


def answered_without_consent(session: Session) -> tuple[str, ...]:
    """Return the cards whose decision holds without consent, with the decider's written answer, by rank."""
    found = ((card, consent_of(session, card)) for card in session.order)
    return tuple(card for card, each in found if each and each.holds and not each.result.passed and each.round.answer)


def directions_without_consent(session: Session) -> tuple[str, ...]:
    """Return the cards that change the direction and start without the consent of all sides, by rank (METHOD 1, row 34)."""
    return tuple(card for card in session.order if _changes_direction(session, card) and not _has_consent(session, card))


def direction_refused(session: Session, card: str) -> str:
    """Return why a change of direction may not start yet, or an empty text: in its latest consent round every side agrees (METHOD 1, claim 34)."""
    consent = consent_of(session, card) if session.cards[card].kind == "direction" else None
    if session.cards[card].kind != "direction" or (
        consent and consent.result.passed and _all_sides(session, consent) and (consent.holds or consent.round.opened.about == DIRECTION)
    ):
        return ""
    return "it changes the direction and was not agreed to by every side" if consent else "it changes the direction and has had no consent round"


def _changes_direction(session: Session, card: str) -> bool:
    decision = session.decisions.get(card)
    return session.cards[card].kind == "direction" and decision is not None and decision.word in STARTS


def _has_consent(session: Session, card: str) -> bool:
    consent = consent_of(session, card)
    return consent is not None and consent.holds and consent.result.passed and _all_sides(session, consent)


def _all_sides(session: Session, consent: Consent) -> bool:
    """Return whether every side was in the round; if it holds no sides, all of them were."""
    took_part = {each.side for each in ballots_of(consent.round)}
    return "" in took_part or set(session.sides) <= took_part


# --- in words


def passed_words(result: ConsentResult) -> str:
    """Return whether a round gave consent, and if not, why not: No consent: IT averages 2.5 and there is 1 objection."""
    if not result.means:
        return "No consent: no one raised a hand."
    if result.passed:
        each = "no one objects" if len(result.means) < 2 else "no one objects, and each side can live with it"
        return f"Consent: {each}."
    against = [f"{side_name(side) or 'the room'} averages {mean_words(mean)}" for side, mean in result.means.items() if mean < ENOUGH]
    objections = f"there {'is' if result.objections == 1 else 'are'} {plural(result.objections, 'objection')}"
    return f"No consent: {listed([*against, *([objections] if result.objections else [])])}."


def dissent_lines(dissent: DissentRecorded) -> tuple[str, str]:
    """Return who said what on a decision, and the answer."""
    changed = " (the decision was changed)" if dissent.changed else ""
    return f"{dissent.who}, {dissent.stance}: {dissent.text}", f"→ {dissent.answer}{changed}"


def mean_words(mean: Fraction) -> str:
    """Return a mean to one decimal, never rounded up to a threshold that it misses."""
    shown = mean_name(mean)
    return f"just below {ENOUGH}" if mean < ENOUGH and shown == mean_name(Fraction(ENOUGH)) else shown
