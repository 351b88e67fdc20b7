"""What a card still lacks, in a few words for its sponsor: the checks of METHOD 1.2."""

from __future__ import annotations

from sessions.deciding.sponsors import roles_gone
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Project
from sessions.quarters.belonging import belonging
from sessions.quarters.sponsors import unconfirmed
from sessions.state.session import Session

_WORDS: dict[str, str] = {
    "K-SPONSOR": "a sponsor",
    "K-SPONSOR-LEFT": "a new sponsor",
    "K-SPONSOR-NEW": "a word of its new sponsor",
    "K-SPONSOR-AWAY": "a sponsor in the room",
    "K-PARTNER": "an IT partner",
    "K-WHY": "what it is worth",
    "K-ADOPT": "how its use is measured",
    "K-PLAN": "an owner of its adoption",
    "K-OBJ": "an objective",
    "K-EFFORT": "an effort",
    "K-TEAM0": "people in its team",
    "K-CREW": "a team that is large enough",
    "K-DEP": "a card that it needs",
    "K-RANKDEP": "a place below the card that it needs",
    "K-STALE": "a reason to keep it",
    "K-DUP": "a title of its own",
}


class Lacks:
    """What the cards of a session lack."""

    def __init__(self, session: Session) -> None:
        past = session.past
        still = {card: each.still for card, each in belonging(session).items()}
        new = unconfirmed(session) if past else None
        cards = session.board
        portfolio = session.portfolio.model_copy(update={"projects": cards, "participants": tuple(session.people.values()), "teams": session.teams})
        self._checker = Checker(portfolio, order=session.order, still=still, left=roles_gone(session), unconfirmed=new)

    def of(self, card: Project) -> list[str]:
        """Return what a card lacks, the worst first; nothing of one that is done."""
        if card.state in ("adopt", "done"):
            return []
        weights = {"red": 0, "amber": 1, "grey": 2}
        found = sorted(self._checker.check(card), key=lambda check: weights[check.colour])
        words = _WORDS | ({"K-WHY": "what will be better"} if card.benefit.monthly else {})
        return list(dict.fromkeys(words.get(check.id, check.sentence.rstrip(".")) for check in found))
