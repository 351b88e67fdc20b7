"""The room in plain words: each side and how many of it are enough, who decides, and what the quarter is for."""

from __future__ import annotations

from sessions.portfolio.models import Objective, Side
from sessions.record.choices import Phase
from sessions.state.session import Session
from sessions.wording import capital, listed, plural, side_name


def side_words(session: Session, side: Side) -> str:
    """Return how many voters of a side are here, and how many are enough: Business: 3 of 3 here (2 are enough)."""
    quorum, name = session.quorum()[side], capital(side_name(side))
    if not quorum.counted:
        return f"{name}: no one here yet"
    enough = "1 is enough" if quorum.needed == 1 else f"{quorum.needed} are enough"
    return f"{name}: {quorum.counted} of {quorum.voices} here ({enough})"


def quorum_words(session: Session) -> str:
    """Return whether enough of each side are here, or which side lacks some."""
    few = [side for side, quorum in session.quorum().items() if not quorum.met]
    if not few:
        return "enough of each side are here" if len(session.sides) > 1 else "enough are here"
    needed = listed([f"{side_name(side)} needs {session.quorum()[side].needed}" for side in few])
    return f"too few to decide: {needed}"


def decider_words(session: Session) -> str:
    """Return who decides."""
    return f"{session.role(session.decider)} decides" if session.decider else "No decider yet"


def has_result(session: Session, phase: Phase) -> bool:
    """Return whether a phase that has a result has one: the ballots of a vote, the outcomes of a discussion."""
    match phase:
        case "vote" | "reveal":
            rounds = (each for each in session.rounds if each.opened.asks_order and not each.dropped)
            return any(each.revealed or (phase == "vote" and each.seals) for each in rounds)
        case "talk":
            return any(talk.closed for talk in session.talks)
        case "decide":
            return bool(session.decisions)
        case _:
            return True


def objectives_words(session: Session) -> str:
    """Return how many objectives there are, and whether the decider confirmed their order."""
    if not session.objectives:
        return "No objectives yet"
    count = plural(len(session.objectives), "objective")
    return f"{count}, confirmed by the {session.role(session.decider)}" if session.objectives_confirmed else f"{count}, order not confirmed yet"


def served_by(session: Session, objective: str) -> int:
    """Return how many cards serve an objective."""
    return sum(card.objective == objective for card in session.cards.values())


def objectives_of_cards(session: Session) -> tuple[Objective, ...]:
    """Return the objectives that only cards name, in the order of the cards: those of a file without a list of them."""
    known = {each.id for each in session.objectives}
    named = dict.fromkeys(session.cards[card].objective for card in session.order)
    return tuple(Objective(id=each, rank=0, text=each) for each in named if each and each not in known)
