"""The cards on which the room differs and that it has not discussed: they are not decided together with others (METHOD 4.4)."""

from __future__ import annotations

from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session


def undiscussed(session: Session, reading: RevealResult | None = None) -> tuple[str, ...]:
    """Return the cards to discuss after the latest reveal that were not discussed, by rank; `reading` is that reveal, if it was read already."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        return ()
    reading = reading or RevealResult(session, round_)
    wanted = {each.card for each in reading.worth_talking} - session.discussed
    return tuple(card for card in session.order if card in wanted)
