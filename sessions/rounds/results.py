"""The results of a session's revealed rounds, computed once for all screens that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.state.rounds import Round
from sessions.state.session import Session

if TYPE_CHECKING:
    from sessions.rounds.reveal import RevealResult


class ResultCache:
    """The latest result of each round."""

    def __init__(self) -> None:
        self._latest: dict[int, RevealResult] = {}

    def latest(self, session: Session) -> RevealResult | None:
        """Return the result of the latest round that asked for an order, or None while it is not revealed."""
        return self.result(session, session.round) if session.round and session.round.revealed else None

    def result(self, session: Session, round_: Round) -> RevealResult:
        """Return the result of a revealed round: the same one while nothing that it looks at has changed. Moves and the clock change nothing."""
        # A session without a reveal waits for nothing that reads one.
        from sessions.rounds.reveal import RevealResult  # noqa: PLC0415

        latest = self._latest.get(round_.opened.round)
        if latest is None or latest.revealed is not round_.revealed or not _same_cards(latest.session, session):
            latest = self._latest[round_.opened.round] = RevealResult(session, round_)
        return latest


def _same_cards(one: Session, other: Session) -> bool:
    same = one.cards is other.cards and one.teams is other.teams and one.decisions is other.decisions and one.people is other.people
    return same and one.line == other.line and one.planned("talk") == other.planned("talk")
