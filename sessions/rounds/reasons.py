"""The lines of reason that voters sealed with their ballots, shown as was announced (METHOD 2.6)."""

from __future__ import annotations

from typing import NamedTuple

from sessions.portfolio.models import Side
from sessions.record.events import RevealedBallot
from sessions.rounds.methods.sides_told import side_orders
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import side_name


class Reason(NamedTuple):
    """A line of reason about a card. `who` is the voter's role in a round by name, else someone, of its `side` if the sides may be shown apart."""

    card: str
    text: str
    who: str
    side: Side = ""


def reasons(session: Session, round_: Round) -> tuple[Reason, ...]:
    """Return the reasons of a revealed round by the numbers of their cards. Within a card their order says nothing about the voters."""
    if round_.revealed is None:
        return ()
    numbers, apart = round_.opened.numbered, bool(side_orders(round_))
    found = [
        Reason(each.reason_card, each.reason, _who(session, round_, each, apart=apart), each.side if apart else "")
        for each in round_.revealed.ballots
        if each.reason
    ]
    return tuple(sorted(found, key=lambda each: (numbers.get(each.card, 0), each.who, each.text)))


def _who(session: Session, round_: Round, ballot: RevealedBallot, *, apart: bool) -> str:
    if round_.opened.anonymity == "named" and ballot.voice:
        return session.role(ballot.voice)
    return f"somebody from {side_name(ballot.side)}" if apart and ballot.side else "somebody"
