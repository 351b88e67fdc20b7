"""What was delivered and is in use, as the page tells it in one minute (METHOD 6.5, 6.6)."""

from __future__ import annotations

from sessions.deciding.adopting import figures, status
from sessions.quarters.adoption import adopted, due, looked_at, value_realised
from sessions.state.session import Session
from sessions.summary.markdown_escape import inline, money
from sessions.summary.page import in_a_row
from sessions.wording import plural

_NAMES = 5


def in_use_told(session: Session) -> list[str]:
    """Return how many of the delivered projects are in use, which are not, and what they bring; nothing if none was delivered."""
    delivered = looked_at(session)
    if not delivered:
        return []
    counts, worth = adopted(delivered), value_realised(delivered, session.portfolio.currency)
    below = [f"{inline(each.card.title)} {inline(figures(each))}" for each in delivered if status(each) == "below"]
    accepted = [inline(each.card.title) for each in delivered if status(each) == "accepted"]
    parts = [f"**{counts.adopted} {'is' if counts.adopted == 1 else 'are'} in use**"]
    parts += [f"{len(below)} not yet ({in_a_row(below, _NAMES)})"] if below else []
    parts += [f"{len(accepted)} accepted below target ({in_a_row(accepted, _NAMES)})"] if accepted else []
    parts += [f"{counts.unmeasured} not measured"] if counts.unmeasured else []
    told = [f"Delivered: {plural(counts.of, 'project')}, {', '.join(parts)}."]
    if worth.promised:
        currency = session.portfolio.currency
        share = (200 * worth.realised + worth.promised) // (2 * worth.promised)
        unknown = f"; {worth.unmeasured} of {worth.of} not known" if worth.unmeasured else ""
        got, promised = money(worth.realised, currency), money(worth.promised, currency)
        told.append(f"They bring {got} of the {promised} a month that was promised ({share}%){unknown}.")
    waiting = [inline(each.card.title) for each in due(session)] if session.closed else []
    return told + ([f"A reading is due for {in_a_row(waiting, _NAMES)}."] if waiting else [])
