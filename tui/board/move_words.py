"""The words about moves in the line above the keys: the first proposed move until it is answered, else the last one made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from sessions.state.session import Session
from sessions.wording import because
from tui.text import fit, length, plain
from tui.widgets.lines import Part

if TYPE_CHECKING:
    from sessions.state.proposed_moves import ProposedMove

_KEYS: tuple[Part, ...] = (("  !", "bold $accent"), (" accept", ""), ("  b", "bold $accent"), (" decline", ""))


def proposal_parts(session: Session, proposal: ProposedMove, width: int) -> list[Part]:
    """Return who proposes what and why, in one line of at most `width` cells, and the keys that answer."""
    proposed, more = proposal.proposed, len(session.open_proposals) - 1
    card = session.cards.get(proposed.card)
    way = f" {session.rank(proposed.card)} → {proposed.rank}" if card else " is no longer on the board"
    keys = [*((("  ", ""), (f"{more} more", "$text-muted")) if more else ()), *_KEYS]
    who = f"{plain(session.role(proposed.person))}: "
    room = max(1, width - cell_len(who + way) - sum(cell_len(text) for text, _ in keys))
    title = card.title if card else proposed.card
    reason = because(plain(proposed.reason))
    # The title takes precedence, but always leaves room for some of the reason.
    shown = fit(title, min(length(title), max(room * 2 // 3, room - length(reason)))).rstrip()
    why = fit(reason, min(length(reason), room - cell_len(shown))).rstrip()
    return [(who, "bold $accent"), (shown, "bold"), (way, "bold"), (why, ""), *keys]


def last_move_parts(session: Session, writable: bool) -> list[Part]:
    """Return the last move again, so that it stays visible: 4 ▲ from 6; one from a device with who moved the card."""
    if (done := session.done) is None:
        return []
    from sessions.record.events import CardMoved

    if not isinstance(done.recorded.event, CardMoved):
        return []
    move, by = done.recorded.event, done.recorded.by
    sign = "▲" if move.new < move.old else "▼"
    title = plain(session.title_of(move.card))
    who = [(f"{plain(session.role(by))}: ", "bold $accent")] if by != session.facilitator else []
    hint = [("  n says why · u undoes it", "$text-muted")] if writable else []
    return [*who, (f"{title}  ", ""), (f"{move.new} {sign} from {move.old}", "bold $card-new"), *hint]
