"""The detail of a card: everything that the record holds on it, in the order in which a room asks."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sessions.phrases import money_name, ordinal
from sessions.portfolio.checks import check_card
from sessions.portfolio.models import Portfolio, Project
from sessions.proposals import propose
from sessions.record.events import CardEdited, CardMoved, CardSplit, NoteAdded
from sessions.state import Session
from sessions.wording import tenths, worth
from tui.faces import TONES, Voices, moved
from tui.text import plain, safe

MOVES_SHOWN = 3
_CHECK_COLOURS = {"red": "$card-differ", "amber": "$card-wait", "grey": "$text-muted"}
_TONE_COLOURS = {"start": "$card-start", "wait": "$card-wait", "stop": "$card-stop"}

Part = Content | tuple[str, str] | str


def detail(session: Session, card_id: str, voices: Voices) -> Content:
    """Give the detail of a card as one text."""
    card = session.cards[card_id]
    rank = session.rank(card_id)
    parts: list[Part] = [(f"#{rank}  ", "bold $accent"), (plain(card.title), "bold"), "\n"]
    if change := moved(session, card_id, rank):
        parts.append((f"{change}\n", "$card-new"))
    for section in (_people, _benefit, _adoption, _decision, _votes, _work, _history, _checks, _fields):
        lines = list(section(session, card, voices))
        if lines:
            parts += ["\n", *lines]
    return Content.assemble(*parts)


def _row(label: str, text: str, style: str = "") -> Iterator[Part]:
    yield (f"{label}  ", "$text-muted")
    yield (plain(text), style) if style else safe(plain(text))
    yield "\n"


def _people(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    sponsor = card.sponsor or "no sponsor yet"
    person = next((each for each in session.people.values() if each.role.casefold() == card.sponsor.casefold()), None)
    if person and person.new_in_role:
        sponsor += ", new in role"
    yield from _row("Sponsor", sponsor, "" if card.sponsor else "$warning")
    if card.it_partner:
        yield from _row("IT partner", card.it_partner)
    if card.objective:
        objective = next((each for each in session.portfolio.objectives if each.id == card.objective), None)
        text = objective.text if objective and objective.text != card.objective else ""
        yield from _row("Objective", f"{card.objective} {text}".strip())


def _benefit(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    benefit = card.benefit
    for text in (benefit.text, benefit.change, benefit.effect, benefit.business_effect):
        if text:
            yield safe(text)
            yield "\n"
    if value := worth(card, session.portfolio.currency):
        yield (f"{value}\n", "bold $card-start")
    if card.description:
        yield safe(card.description)
        yield "\n"
    if card.order_taker_version:
        yield from _row("Was worded", f"“{card.order_taker_version}”")
    if card.budget:
        yield from _row("Budget", money_name(card.budget.amount, card.budget.currency or session.portfolio.currency))
    if card.note:
        yield from _row("Note", card.note)


def _adoption(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    adoption = card.adoption
    if adoption.measure:
        now = f" (now {adoption.baseline})" if adoption.baseline else ""
        by = f" by {adoption.by}" if adoption.by else ""
        owner = f", {adoption.plan_owner}" if adoption.plan_owner else ""
        yield from _row("Adopted when", f"{adoption.measure}: {adoption.target}{now}{by}{owner}")


def _decision(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    decision = session.decisions.get(card.id)
    if decision:
        yield (f"{plain(decision.sentence)}\n", _TONE_COLOURS.get(TONES[decision.word], ""))
        if decision.owner:
            yield from _row("Owner", decision.owner)
        if decision.override:
            yield from _row("Overridden", f"{'; '.join(decision.rules)}: {decision.override}", "$warning")
        if decision.provisional:
            yield ("provisional: decided without a quorum\n", "$warning")
    elif not session.closed and (proposal := propose(session, card.id)):
        yield from _row("Proposed", proposal.sentence)
    for dissent in session.dissents:
        if dissent.card == card.id:
            yield from _row(dissent.stance.capitalize(), f"{dissent.who}: {dissent.text} → {dissent.answer}")


def _votes(session: Session, card: Project, voices: Voices) -> Iterator[Part]:
    if card.id not in voices.means:
        return
    names = {"business": "business", "it": "IT"}
    places = [f"{names[side]} {ordinal(ranks[card.id])}" for side, ranks in voices.ranks.items() if card.id in ranks]
    yield from _row("Votes", " · ".join([f"{tenths(voices.means[card.id])} points a voice", *places]))


def _work(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    teams = {team.id: team.name for team in session.portfolio.teams}
    for work in card.work:
        crew = f", {tenths(work.crew)} people at once" if work.crew else ""
        yield from _row(teams.get(work.team, work.team), f"{tenths(work.effort)} person-weeks{crew}")
    for need in card.needs:
        needed = f"#{session.rank(need)} {session.cards[need].title}" if need in session.cards else need
        yield from _row("Needs", needed)
    if card.deadline_week:
        yield from _row("Deadline", f"week {card.deadline_week}")


def _history(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    shown = 0
    reasons = {note.about: note.text for note in session.notes if note.about}
    for recorded in session.history():
        event = recorded.event
        if isinstance(event, CardMoved) and event.card == card.id and shown < MOVES_SHOWN:
            shown += 1
            asked = f", {session.role(event.asked_by)} asked" if event.asked_by else ""
            reason = event.reason or reasons.get(recorded.seq, "")
            yield from _row("Moved", f"{event.old} → {event.new}{asked}{f': “{reason}”' if reason else ''}")
        elif isinstance(event, NoteAdded) and event.card == card.id and not event.about:
            yield from _row("Noted", f"{event.text}{f' ({session.role(event.asked_by)})' if event.asked_by else ''}")
        elif isinstance(event, CardEdited) and event.new.id == card.id:
            yield from _row("Edited", ", ".join(event.changed).replace("_", " "))
        elif isinstance(event, CardSplit) and card.id in (event.first.id, event.second.id):
            yield from _row("Split", f"{event.old.title} into {event.first.title} and {event.second.title}")


def _checks(session: Session, card: Project, _: Voices) -> Iterator[Part]:
    present = {person for person in session.people if session.is_there(person)} or None
    for check in check_card(card, as_it_is(session), present, order=session.order):
        yield ("· ", "$text-muted")
        yield (f"{plain(check.sentence)}\n", _CHECK_COLOURS[check.colour])


def as_it_is(session: Session) -> Portfolio:
    """Give the portfolio as it is now: the cards on the board, the people in the session."""
    cards = tuple(session.cards[card] for card in session.order)
    return session.portfolio.model_copy(update={"projects": cards, "participants": tuple(session.people.values())})


def _fields(_session: Session, card: Project, _: Voices) -> Iterator[Part]:
    for name, value in card.fields:
        if value:
            yield from _row(name, value)


class DetailPane(VerticalScroll, can_focus=False):
    """The pane beside the board."""

    DEFAULT_CSS = """
    DetailPane { width: 38; scrollbar-background: $surface; padding: 1 1 0 2; margin: 0 0 0 2; background: $surface; scrollbar-size-vertical: 1; }
    DetailPane > Static { width: 1fr; height: auto; padding: 0 1 0 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = Static("")

    def compose(self) -> Iterator[Static]:
        """Lay out the one text."""
        yield self._text

    def show(self, content: Content) -> None:
        """Show a card's detail from its beginning."""
        self._text.update(content)
        self.scroll_home(animate=False)
