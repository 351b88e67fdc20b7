"""Moves that people propose from their own devices: the first one is in the line above the keys until it is answered."""

from __future__ import annotations

from rich.cells import cell_len

from sessions.state.proposed_moves import ProposedMove
from sessions.state.session import Session
from tui.board.base import SessionBase
from tui.text import fit, length, plain
from tui.widgets.lines import Part

_KEYS: tuple[Part, ...] = (("  !", "bold $accent"), (" accept", ""), ("  b", "bold $accent"), (" decline", ""))


def proposal_parts(session: Session, proposal: ProposedMove, width: int) -> list[Part]:
    """Return who proposes what and why, in one line of at most so many cells, and the keys that answer."""
    proposed, more = proposal.proposed, len(session.open_proposals) - 1
    card = session.cards.get(proposed.card)
    way = f" {session.rank(proposed.card)} → {proposed.rank}" if card else " is no longer on the board"
    keys = [*((("  ", ""), (f"{more} more", "$text-muted")) if more else ()), *_KEYS]
    who = f"{plain(session.role(proposed.person))}: "
    room = max(1, width - cell_len(who + way) - sum(cell_len(text) for text, _ in keys))
    title = card.title if card else proposed.card
    reason = f", {plain(proposed.reason)}" if proposed.reason else ""
    # The title before the reason, but never without a word of why.
    shown = fit(title, min(length(title), max(room * 2 // 3, room - length(reason)))).rstrip()
    why = fit(reason, min(length(reason), room - cell_len(shown))).rstrip()
    return [(who, "bold $accent"), (shown, "bold"), (way, "bold"), (why, ""), *keys]


class Proposing(SessionBase):
    """The part of the session screen that answers proposed moves."""

    @property
    def proposed(self) -> ProposedMove | None:
        """Return the proposed move that is shown; None while there is none to answer."""
        return next(iter(self.session.open_proposals), None) if self.writable else None

    def action_accept_move(self) -> None:
        """Accept the proposed move, which moves the card."""
        self._answer(accept=True)

    def action_decline_move(self) -> None:
        """Decline the proposed move; the board stays."""
        self._answer(accept=False)

    def _answer(self, *, accept: bool) -> None:
        from sessions.commands.proposed_moves import AnswerProposal

        proposal = self.proposed
        if proposal and self.do(AnswerProposal(proposal=proposal.proposed.proposal, accept=accept)):
            self.select(proposal.proposed.card)

    def is_hidden(self, action: str) -> bool:
        """Return whether an action has nothing to work on now."""
        return action in ("accept_move", "decline_move") and self.proposed is None
