"""The score rounds on a card, before the discussion and after it (METHOD 2.4, 3.4): who moved, who gave the extremes, how far the room agrees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot
from sessions.rounds.methods.revealed import ballots_of, scores_by_side, shares_of, weighting_of
from sessions.rounds.methods.score import SCORE_ROUNDS
from sessions.rounds.methods.score import SPEC as SCORE
from sessions.rounds.methods.sides_told import tells_sides
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.scores import Movement, Pull, ScoreResult, least_movement, movement, pull_check, tally_scores
from sessions.wording import side_name


def score_rounds(session: Session, card: str) -> tuple[Round, ...]:
    """Return the revealed score rounds on a card, the earliest first."""
    return session.rounds_on(card, SCORE.name)


def scored_cards(session: Session) -> tuple[str, ...]:
    """Return the cards that were scored, in the order of their first scores."""
    return tuple(dict.fromkeys(card for each in session.rounds_of(SCORE.name) for card in each.opened.cards))


def scores_by_voice(round_: Round, card: str) -> dict[str, int | None]:
    """Return the scores of a card by voter; empty if the record does not hold whose they are."""
    return {each.voice: dict(each.scores).get(card) for each in ballots_of(round_) if each.voice}


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or the highest score of a round and who gave it, as far as the round reveals it: roles, sides, or nothing."""

    score: int
    who: tuple[str, ...]


class Scores:
    """The score rounds on a card, at most two: before the discussion, and after it."""

    def __init__(self, session: Session, card: str) -> None:
        self._session = session
        self.card = card
        self.rounds = score_rounds(session, card)[:SCORE_ROUNDS]

    @cached_property
    def results(self) -> tuple[ScoreResult, ...]:
        """Return the result of each round; if one does not tell the sides apart, none does, so that they compare."""
        if self._side_by_side:
            return tuple(tally_scores(scores, weighting_of(each), shares_of(each)) for each, scores in zip(self.rounds, self._given, strict=True))
        return tuple(tally_scores(scores, "person") for scores in self._given)

    @cached_property
    def _side_by_side(self) -> bool:
        return all(tells_sides(round_) for round_ in self.rounds)

    @cached_property
    def _given(self) -> tuple[dict[Side, list[int | None]], ...]:
        """Return the scores of each round by side, or all of them together if a round does not tell the sides apart."""
        found = tuple(scores_by_side(each, self.card) for each in self.rounds)
        if self._side_by_side:
            return found
        return tuple({"": [score for scores in its.values() for score in scores]} for its in found)

    @cached_property
    def movement(self) -> Movement | None:
        """Return how many moved between the rounds: exactly if the voters are known, else at least how many. None before the second."""
        if len(self.rounds) < 2:
            return None
        first, second = (scores_by_voice(each, self.card) for each in self.rounds)
        if first and second:
            return movement(first, second)
        return least_movement(*self._given)

    @cached_property
    def pull(self) -> Pull | None:
        """Return whether the discussion pulled the room to the decider, if the record names the voters (METHOD 2.5)."""
        if len(self.rounds) < 2 or any(each.opened.anonymity != "named" for each in self.rounds):
            return None
        first, second = (scores_by_voice(each, self.card) for each in self.rounds)
        return pull_check(first, second, self._session.decider)

    def extremes(self, place: int = 0) -> tuple[Extreme, Extreme] | None:
        """Return the lowest and the highest score of a round, who speak first (METHOD 2.2); None if no two scores differ."""
        if place >= len(self.rounds):
            return None
        given = [(score, each) for each in ballots_of(self.rounds[place]) if (score := dict(each.scores).get(self.card)) is not None]
        low, high = min((score for score, _ in given), default=0), max((score for score, _ in given), default=0)
        if low == high:
            return None
        named = self.rounds[place].opened.anonymity == "named"
        return Extreme(low, self._who(given, low, named=named)), Extreme(high, self._who(given, high, named=named))

    def _who(self, given: list[tuple[int, RevealedBallot]], score: int, *, named: bool) -> tuple[str, ...]:
        apart = self._side_by_side
        told = [
            self._session.role(each.voice) if named and each.voice else f"somebody from {side_name(each.side)}" if apart and each.side else ""
            for its, each in given
            if its == score
        ]
        return tuple(dict.fromkeys(each for each in told if each))
