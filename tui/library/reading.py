"""What the screen of a new session shows of what was read: the reports, the session before it, and the first cards."""

from __future__ import annotations

from textual.content import Content

from sessions.imports.formats.report import LoadReport, PeopleReport
from sessions.portfolio.models import Portfolio, Project
from sessions.quarters.carry_over import Carried, Origin
from sessions.wording import money_name, worth_name
from tui.text import plain, safe

Keys = tuple[tuple[str, str], ...]

CHOOSING: Keys = (("→", "completes the path"), ("enter", "reads the file"), ("↓", "browse"), ("esc", "back"))
BROWSING: Keys = (("↑ ↓", "choose"), ("enter", "opens"), ("←", "the folder above"), ("esc", "back"))
READY: Keys = (("enter", "begins the session"), ("↓", "next field"), ("F3", "columns"), ("esc", "back to the file"))

LABELS = {"title": "Title", "quarter": "Quarter", "people": "People file"}
HINTS = {"title": "what the session is called", "quarter": "2026-Q4", "people": "optional: who is in the room, as CSV, Excel or JSON"}

_SHOWN = 12
"""Cards that are named before the session begins."""


def report_lines(report: LoadReport | PeopleReport) -> Content:
    """Return a report: the first line, highlighted, says how much was read; what was skipped or guessed follows."""
    first, *others = report.lines()
    lines = [safe(first.text).stylize("bold $foreground")]
    files = {part.lines()[0].text for part in report.parts} if isinstance(report, LoadReport) else set()
    for line in others:
        style = "$foreground" if line.text in files else "$warning" if line.kind == "skipped" else ""
        lines += [*([Content("")] if line.text in files else []), safe(line.text).stylize(style)]
    return Content("\n").join(lines)


def first_titles(report: LoadReport | None, carried: Carried | None) -> Content:
    """Return the first cards as the board will number them, with their figures, so that a wrong column is noticed before the session begins."""
    portfolio = carried.portfolio if carried else report.portfolio if report else Portfolio()
    cards = portfolio.projects
    origins = {each.card: each for each in carried.report.cards} if carried else {}
    lines = [Content("")]
    for rank, card in enumerate(cards[:_SHOWN], 1):
        aside = _aside(origins[card.id], card.previous_rank, rank) if card.id in origins else ""
        asides = " · ".join(filter(None, (aside, figures(card, portfolio))))
        lines.append(Content.assemble((f"{rank:>3}  {plain(card.title)}", "$foreground"), (f"  {asides}" if asides else "", "$text-muted")))
    if len(cards) > _SHOWN:
        lines.append(Content(f"     and {len(cards) - _SHOWN:,} more"))
    return Content("\n").join(lines)


def figures(card: Project, portfolio: Portfolio) -> str:
    """Return a card's sponsor, amounts, objective and state, as far as it has them."""
    budget = f"budget {money_name(card.budget.amount, portfolio.currency_of(card.budget.currency))}" if card.budget else ""
    worth = worth_name(card.benefit.monthly, portfolio.currency_of(card.benefit.currency))
    state = "" if card.state == "new" else card.state.replace("_", " ")
    return plain(" · ".join(filter(None, (card.sponsor, budget, worth, card.objective and f"for {card.objective}", state))))


def _aside(origin: Origin, before: int | None, rank: int) -> str:
    """Return what is worth knowing of a card beside its title; nothing if it has the place that it had."""
    if origin.candidates:
        return "which one?"
    if origin.was is None:
        return "new"
    return "delivered before" if not before else f"was #{before}" if before != rank else ""


def key_line(keys: Keys) -> Content:
    """Return the line that says what the keys do."""
    return Content.assemble(*(part for key, word in keys for part in ((key, "bold $accent"), (f" {word}  ", ""))))
