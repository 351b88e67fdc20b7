"""What the record says beside the answers on the partnership (METHOD 6.7; claim 29)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sessions.portfolio.checks import completeness, has_benefit
from sessions.portfolio.models import Portfolio
from sessions.quarters.adoption import adopted, looked_at
from sessions.quarters.look_back import outcomes_of
from sessions.quarters.partnership import partnership_round
from sessions.quarters.promises import decisions_kept
from sessions.quarters.trend.stability import stability
from sessions.state.session import Session
from sessions.wording import plural


def evidence(session: Session) -> dict[str, str]:
    """Return by item what the record says beside the answers; no item about which it says nothing."""
    told = {item: find(session) for item, find in _EVIDENCE.items()}
    return {item: text for item, text in told.items() if text}


def _direction(session: Session) -> str:
    new = [each.id for each in session.objectives if each.new]
    served = {card.objective for card in session.cards.values()}
    came = sum(each in served for each in new)
    return f"{came} of {plural(len(new), 'new objective')} came with cards" if new else ""


def _seat(session: Session) -> str:
    round_ = partnership_round(session)
    return round_.opened.about if round_ else ""


def _order(session: Session) -> str:
    found, same = decisions_kept(outcomes_of(session).values()), stability(session) if session.past else None
    told = [f"{found.words} decisions kept"] if found.of else []
    told += [f"{len(same.big)} of {plural(len(same.common), 'card')} moved far"] if same else []
    return "; ".join(told)


def _language(session: Session) -> str:
    counts = completeness(Portfolio(projects=session.board))
    worth, whole = counts["benefit"], counts["complete"]
    return f"{worth} of {plural(counts['cards'], 'card')} have a figure in their benefit, {whole} have every part" if counts["cards"] else ""


def _sponsorship(session: Session) -> str:
    found = adopted(looked_at(session))
    return f"{found.adopted} of {found.of} delivered are in use" if found.of else ""


def _initiative(session: Session) -> str:
    cards = [card for card in session.cards.values() if card.origin == "it"]
    return f"{sum(map(has_benefit, cards))} of {plural(len(cards), 'IT card')} have a figure in their benefit" if cards else ""


_EVIDENCE: Mapping[str, Callable[[Session], str]] = {
    "direction": _direction,
    "seat": _seat,
    "order": _order,
    "language": _language,
    "sponsorship": _sponsorship,
    "initiative": _initiative,
}
