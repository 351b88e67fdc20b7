"""What the rounds about single cards said: scores before and after the talk, duels, consent (METHOD 2.4, 3.4, 3.5). Pure views over a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sessions.deciding.proposals import STARTS
from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot, RoundOpened, Weighting
from sessions.state.session import Round, Session
from sessions.voting.agreement import krippendorff_alpha
from sessions.voting.consent import ConsentResult, Stance, stance, tally_consent
from sessions.voting.duel import DuelResult, Hands, tally_duel
from sessions.voting.scores import Movement, Pull, ScoreResult, least_movement, movement, pull_check, tally_scores
from sessions.wording import side_name


def ballots_of(round_: Round) -> tuple[RevealedBallot, ...]:
    """Return the ballots that a round revealed, without those that abstained."""
    return tuple(each for each in round_.revealed.ballots if not each.abstained) if round_.revealed else ()


def scores_by_side(round_: Round, card: str) -> dict[Side, list[int | None]]:
    """Return each side's scores of a card; None is "no opinion"."""
    found: dict[Side, list[int | None]] = {}
    for each in ballots_of(round_):
        found.setdefault(each.side, []).append(dict(each.scores).get(card))
    return found


def score_number(session: Session, opened: RoundOpened) -> int:
    """Return which of its card's score rounds a round is, also one that is open or was given up: 1 before the talk, 2 after it."""
    return 1 + sum(each.opened.round < opened.round for each in session.rounds_on(opened.cards[0], "score"))


def without_opinion(round_: Round, ballots: tuple[RevealedBallot, ...]) -> int:
    """Count the ballots of a score round that give no card a score, and are no abstentions; none in any other round."""
    return sum(round_.opened.method == "score" and not each.abstained and not each.scores for each in ballots)


def scores_by_voice(round_: Round, card: str) -> dict[str, int | None]:
    """Return the scores of a card by voice; empty where the record does not hold whose they are."""
    return {each.voice: dict(each.scores).get(card) for each in ballots_of(round_) if each.voice}


def weighting_of(round_: Round) -> Weighting:
    """Return how a round's voices are counted: by sides, unless the sides are not told apart."""
    return "person" if any(not each.side for each in ballots_of(round_)) else "sides"


def shares_of(round_: Round) -> Mapping[str, int] | None:
    """Return the sides' shares of a round, or None where they count equally."""
    voting = {each.side for each in ballots_of(round_)}
    return {side: share for side, share in round_.opened.shares if side in voting} or None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or the highest score of a round and who gave it, as far as the round tells: roles, sides, or nobody."""

    score: int
    who: tuple[str, ...]


class Scores:
    """The score rounds on a card, at most two: before the talk, and after it."""

    def __init__(self, session: Session, card: str) -> None:
        self._session = session
        self.card = card
        self.rounds = session.rounds_on(card, "score")[:2]

    @cached_property
    def results(self) -> tuple[ScoreResult, ...]:
        """Return what each round says; where one of them does not tell the sides apart, none does: else they could not be compared."""
        if self._side_by_side:
            return tuple(tally_scores(scores, weighting_of(each), shares_of(each)) for each, scores in zip(self.rounds, self._given, strict=True))
        return tuple(tally_scores(scores, "person") for scores in self._given)

    @cached_property
    def _side_by_side(self) -> bool:
        return all(each.side for round_ in self.rounds for each in ballots_of(round_))

    @cached_property
    def _given(self) -> tuple[dict[Side, list[int | None]], ...]:
        """Return the scores of each round by side, or all of them together where a round does not tell the sides apart."""
        found = tuple(scores_by_side(each, self.card) for each in self.rounds)
        if self._side_by_side:
            return found
        return tuple({"": [score for scores in its.values() for score in scores]} for its in found)

    @cached_property
    def movement(self) -> Movement | None:
        """Return how many moved between the rounds: exactly where the voices are known, else at least so many. None before the second."""
        if len(self.rounds) < 2:
            return None
        first, second = (scores_by_voice(each, self.card) for each in self.rounds)
        if first and second:
            return movement(first, second)
        return least_movement(*self._given)

    @cached_property
    def pull(self) -> Pull | None:
        """Return whether the talk pulled the room to the decider, where the record holds whose scores they are (METHOD 2.5)."""
        if len(self.rounds) < 2 or any(each.opened.anonymity != "named" for each in self.rounds):
            return None
        first, second = (scores_by_voice(each, self.card) for each in self.rounds)
        return pull_check(first, second, self._session.decider)

    def extremes(self, place: int = 0) -> tuple[Extreme, Extreme] | None:
        """Return the lowest and the highest score of a round, who speak first (METHOD 2.2); None where no two scores differ."""
        if place >= len(self.rounds):
            return None
        given = [(score, each) for each in ballots_of(self.rounds[place]) if (score := dict(each.scores).get(self.card)) is not None]
        low, high = min((score for score, _ in given), default=0), max((score for score, _ in given), default=0)
        if low == high:
            return None
        named = self.rounds[place].opened.anonymity == "named"
        return Extreme(low, self._who(given, low, named=named)), Extreme(high, self._who(given, high, named=named))

    def _who(self, given: list[tuple[int, RevealedBallot]], score: int, *, named: bool) -> tuple[str, ...]:
        told = [
            self._session.role(each.voice) if named and each.voice else f"a voice of {side_name(each.side)}" if each.side else ""
            for its, each in given
            if its == score
        ]
        return tuple(dict.fromkeys(each for each in told if each))


def score_agreement(session: Session, place: int) -> Fraction | None:
    """Return Krippendorff's alpha of all cards' first (0) or second (1) score rounds (METHOD 4.5); None where it is not defined."""
    cards = dict.fromkeys(card for each in session.rounds if each.revealed and each.opened.method == "score" for card in each.opened.cards)
    units = []
    for card in cards:
        rounds = session.rounds_on(card, "score")
        if place < len(rounds):
            scores = scores_by_side(rounds[place], card).values()
            units.append([score for side in scores for score in side if score is not None])
    return krippendorff_alpha(units)


def duel_of(round_: Round, ballots: tuple[RevealedBallot, ...] | None = None) -> DuelResult:
    """Return what a duel says, by its revealed ballots or by these."""
    lower = round_.opened.cards[0]
    counted: dict[str, list[int]] = {}
    for each in ballots_of(round_) if ballots is None else ballots:
        hands = counted.setdefault(each.side, [0, 0, 0])
        hands[2 if each.abstained else 0 if each.prefers == lower else 1] += 1
    voting = {side for side, hands in counted.items() if hands[0] + hands[1]}
    shares = {side: share for side, share in round_.opened.shares if side in voting} or None
    return tally_duel({side: Hands(*hands) for side, hands in counted.items()}, "sides" if all(counted) else "person", shares)


def duel_told(result: DuelResult) -> str:
    """Return the hands of a duel by side: business 4 to 2, IT 1 to 3."""
    return ", ".join(f"{side_name(side)} {hands.lower} to {hands.upper}".strip() for side, hands in result.hands.items())


@dataclass(frozen=True, slots=True)
class Consent:
    """The latest consent round on a card.

    `holds`: the decision it was about still stands; `owed` are the low hands without their sentence, by side.
    """

    round: Round
    result: ConsentResult
    holds: bool
    owed: tuple[tuple[Side, Stance], ...]

    @property
    def refused(self) -> bool:
        """Return whether the decision stands without consent, neither amended nor answered by the decider in writing."""
        return self.holds and not self.result.passed and not self.round.answer

    @property
    def settled(self) -> bool:
        """Return whether nothing is left to do: the decision is not refused, and no sentence is owed."""
        return not self.owed and not self.refused


def consent_of(session: Session, card: str) -> Consent | None:
    """Return the latest consent round on a card, or None."""
    rounds = session.rounds_on(card, "consent")
    if not rounds:
        return None
    round_ = rounds[-1]
    fists = {side: [fist for fist in given if fist is not None] for side, given in scores_by_side(round_, card).items()}
    decision = session.decisions.get(card)
    owed = [(side, owes) for side, given in fists.items() for fist in sorted(given) if (owes := stance(fist))]
    for dissent in session.dissents:
        if dissent.round == round_.opened.round and dissent.card == card:
            _take_one(session, owed, dissent.who, dissent.stance)
    holds = decision is not None and decision.sentence == round_.opened.about
    return Consent(round_, tally_consent(fists), holds, tuple(owed))


def _take_one(session: Session, owed: list[tuple[Side, Stance]], who: str, given: Stance) -> None:
    """Take a recorded sentence off those that are owed, of that person's side where the role is known, or where only the side is named.

    Who objects may have shown one or two fingers.
    """
    sides = {person.side for person in session.people.values() if person.role.casefold() == who.casefold()}
    sides |= {side for side in session.sides if who.casefold() == f"a voice of {side_name(side)}".casefold()}
    stances = (given, "concern") if given == "objection" else (given,)
    fitting = (each for stance in stances for each in owed if each[1] == stance and (not sides or not each[0] or each[0] in sides))
    match = next(fitting, None)
    if match:
        owed.remove(match)


def unsettled(session: Session) -> tuple[str, ...]:
    """Return the cards whose decision did not get consent and was neither amended nor answered, or lacks a sentence, by rank."""
    return tuple(card for card in session.order if (consent := consent_of(session, card)) and not consent.settled)


def directions_without_consent(session: Session) -> tuple[str, ...]:
    """Return the cards that change the direction and start without the consent of all sides, by rank (METHOD 1, row 34)."""
    return tuple(card for card in session.order if _changes_direction(session, card) and not _has_consent(session, card))


def _changes_direction(session: Session, card: str) -> bool:
    decision = session.decisions.get(card)
    return session.cards[card].kind == "direction" and decision is not None and decision.word in STARTS


def _has_consent(session: Session, card: str) -> bool:
    consent = consent_of(session, card)
    return consent is not None and consent.holds and consent.result.passed and _all_sides(session, consent)


def _all_sides(session: Session, consent: Consent) -> bool:
    # Where a secret round tells no sides apart, all of them were in it.
    return "" in consent.result.means or set(session.sides) <= set(consent.result.means)
