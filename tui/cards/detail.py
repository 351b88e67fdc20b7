"""The detail of a card: everything that the record holds on it, in the order in which a room asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.content import Content

from sessions.deciding.must import must_facts
from sessions.deciding.proposals import proposal_for
from sessions.deciding.sponsors import uses_sponsors
from sessions.deciding.words import words_of
from sessions.portfolio.benefits import ARROW, is_rewritten
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Project
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import also_short, deadline_note, gap_note, pulled_note, runs_on_note, sentence
from sessions.sequencing.weeks import deadline_day
from sessions.state.moved_cards import MovedCards
from sessions.state.session import Session
from sessions.wording import capital, money_name, place_name, tenths, worth_name
from tui.cards.checker import CheckerCache
from tui.cards.earlier import asked_and_now
from tui.cards.face import TONES, MoveMarks, VoteSummary
from tui.cards.plan_words import cut_line, tone_of
from tui.cards.weeks_sketch import sketch
from tui.sides import looks, shaped_name
from tui.text import plain, safe
from tui.widgets.board.face import DECIDED

_PROPOSED_AT_ONCE = 500
_CHECK_COLOURS = {"red": "$card-differ", "amber": "$card-wait", "grey": "$text-muted"}
_TONE_COLOURS = {"start": "$card-start", "wait": "$card-wait", "stop": "$card-stop", "late": "$card-differ"}
_PROPOSED = "italic $text-muted"
"""The look of a sentence that is not decided: dim, while a decision is solid."""

Part = Content | tuple[str, str] | str
Section = Callable[[Session, Project, VoteSummary], Iterator[Part]]


def detail(session: Session, card_id: str, voices: VoteSummary, plan: Plan | None = None, checkers: CheckerCache | None = None) -> Content:
    """Return the detail of a card as one text; with the plan, if there is one, when it starts and why not sooner."""
    card = session.cards[card_id]
    rank = session.rank(card_id)
    parts: list[Part] = [(f"#{rank}  ", "bold $accent"), (plain(card.title), "bold"), "\n"]
    rule = cut_line(session, plan) if plan else None
    if change := MoveMarks(MovedCards().of(session), rule.position + 1 if rule else None).words(session, card_id, rank):
        parts.append(f"{change}\n")
    checkers = checkers or CheckerCache()
    if earlier := checkers.earlier.of(session).get(card_id):
        parts += [(f"{plain(earlier.ranked)}\n", "$text-muted")] if earlier.ranked else []
        parts += [(f"{capital(plain(earlier.back))}\n", "$card-wait")] if earlier.back else []
    planned = partial(_planned, plan=plan) if plan and not plan.empty else _nothing
    about: tuple[Section, ...] = (_parts, _people, _benefit, _adoption)
    stands: tuple[Section, ...] = (partial(_decision, plan=plan), planned)
    # When the room sequences and decides, it asks when the card starts before it asks what the card is.
    first = (*stands, *about) if session.phase in ("sequence", "decide") else (*about, *stands)
    checks: Section = partial(_checks, checker=checkers.checker(session))
    sections: tuple[Section, ...] = (*first, _votes, _work, _history, checks, _fields)
    for section in sections:
        lines = list(section(session, card, voices))
        if lines:
            parts += ["\n", *lines]
    return Content.assemble(*parts)


def _row(label: str, text: str, style: str = "") -> Iterator[Part]:
    yield (f"{plain(label)}  ", "$text-muted")
    yield (plain(text), style) if style else safe(plain(text))
    yield "\n"


def _parts(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    if session.done:
        from tui.cards.happened import merged_from  # noqa: PLC0415 - as below

        for titles in merged_from(session, card.id):
            yield from _row("Parts", "; ".join(titles))


def _people(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    sponsor = card.sponsor or "no sponsor yet"
    person = next((each for each in session.people.values() if each.role.casefold() == card.sponsor.casefold()), None)
    if person and person.new_in_role:
        sponsor += ", new in role"
    if card.sponsor or uses_sponsors(session):
        yield from _row("Sponsor", sponsor, "" if card.sponsor else "$warning")
    if card.it_partner:
        yield from _row("IT partner", card.it_partner)
    if card.objective:
        objective = next((each for each in session.objectives if each.id == card.objective), None)
        text = objective.text if objective and objective.text != card.objective else ""
        yield from _row("Objective", f"{card.objective} {text}".strip())


def _benefit(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    chain = (card.benefit.change, card.benefit.effect, card.benefit.business_effect)
    if new_words := is_rewritten(card):
        for label, words in zip(("Asked as", "Now"), asked_and_now(session, card), strict=True):
            yield from _row(label, words)
    for text in () if new_words else (card.benefit.text, ARROW.join(filter(None, chain))):
        if text:
            yield safe(text)
            yield "\n"
    if value := worth_name(card.benefit.monthly, session.portfolio.currency_of(card.benefit.currency)):
        yield (f"{plain(value)}\n", "bold $card-start")
    if card.order_taker_version and not card.benefit.text and not any(chain):
        yield from _row("Asked as", f"“{card.order_taker_version}”")
    if card.kind == "direction":
        yield from _row("Changes the direction", "needs the consent of every side to start")
    if card.arguments_for:
        yield from _row("For", card.arguments_for)
    if card.arguments_against:
        yield from _row("Against", card.arguments_against)
    if card.description:
        yield safe(card.description)
        yield "\n"
    if card.budget:
        yield from _row("Budget", money_name(card.budget.amount, card.budget.currency or session.portfolio.currency))
    if card.note:
        yield from _row("Note", card.note)


def _adoption(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    adoption = card.adoption
    if adoption.measure:
        now = f" (now {adoption.baseline})" if adoption.baseline else ""
        reaches = f" reaches {adoption.target}" if adoption.target else ""
        by = f" by {adoption.by}" if adoption.by else ""
        owner = f", {adoption.plan_owner}" if adoption.plan_owner else ""
        yield from _row("Adopted when", f"{adoption.measure}{reaches}{now}{by}{owner}")


def _decision(session: Session, card: Project, _: VoteSummary, *, plan: Plan | None) -> Iterator[Part]:
    if card.id in session.delivered:
        from tui.cards.delivery import delivery_rows  # noqa: PLC0415 - few cards were delivered

        for label, text, style in delivery_rows(session, card.id):
            yield from _row(label, text, style)
    decision = session.decisions.get(card.id)
    if decision:
        yield (f"{DECIDED} {plain(words_of(session, decision))}\n", f"bold {_TONE_COLOURS.get(TONES[decision.word], '')}")
        if decision.owner:
            yield from _row("Owner", decision.owner)
        if decision.override:
            yield from _row("Overridden", f"{'; '.join(decision.rules)}: {decision.override}", "$warning")
        if decision.provisional:
            yield ("provisional: decided without a quorum\n", "$warning")
    elif not session.closed and (proposal := _proposal(session, card.id, plan)):
        yield from _row("Proposed", proposal, _PROPOSED)
    for dissent in session.dissents:
        if dissent.card == card.id:
            yield from _row(dissent.stance.capitalize(), f"{dissent.who}: {dissent.text} → {dissent.answer}")


def _proposal(session: Session, card: str, plan: Plan | None) -> str:
    """Return the proposed decision's sentence, if it is not the plan's. On a large board it would need extra plans: there only `d` shows it."""
    if len(session.order) > _PROPOSED_AT_ONCE:
        return ""
    proposal = proposal_for(session, card, plan)
    known = sentence(plan, card) if plan and not plan.empty and card in plan.placements else ""
    return words_of(session, proposal) if proposal and proposal.sentence != known else ""


def _nothing(_session: Session, _card: Project, _: VoteSummary) -> Iterator[Part]:
    yield from ()


def _planned(session: Session, card: Project, _: VoteSummary, *, plan: Plan) -> Iterator[Part]:
    if (placed := plan.placements.get(card.id)) is None or placed.status in ("out", "done"):
        return
    late = deadline_note(plan, card.id)
    decision, said = session.decisions.get(card.id), sentence(plan, card.id)
    label = "Waits" if not decision and (placed.start is None or placed.start > plan.first_week) else "Plan"
    if not decision or decision.sentence != said:
        yield from _row(label, said, _TONE_COLOURS.get(tone_of(plan, placed), "") if decision or late else _PROPOSED)
    if late:
        yield (f"! {capital(late)}\n", "bold $card-differ")
    notes = (gap_note(plan, card.id), pulled_note(plan, card.id), runs_on_note(plan, card.id))
    for note in (also_short(plan, card.id), *(f"{capital(note)}." for note in notes if note)):
        if note:
            yield (f"{plain(note)}\n", "$text-muted")
    if drawn := list(sketch(plan, card.id)):
        yield "\n"
        yield from drawn


def _votes(session: Session, card: Project, voices: VoteSummary) -> Iterator[Part]:
    first = voices.words.get(card.id, "")
    if not first:
        return
    shown = looks(voices.ranks)
    places = [f"{shaped_name(side, shown[side])} {place_name(ranks.get(card.id))}" for side, ranks in voices.ranks.items()]
    yield from _row("Votes", " · ".join([first, *places]))


def _work(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    teams = {team.id: team.name for team in session.portfolio.teams}
    for work in card.work:
        crew = f", {tenths(work.crew)} {'person' if work.crew == 10 else 'people'} at a time" if work.crew else ""
        weeks = "person-week" if work.effort == 10 else "person-weeks"
        yield from _row(teams.get(work.team, work.team), f"{tenths(work.effort)} {weeks}{crew}")
    for need in card.needs:
        needed = f"#{session.rank(need)} {session.cards[need].title}" if need in session.cards else need
        yield from _row("Needs", needed)
    if card.must:
        yield from _row("Must", " · ".join(f"{name.lower()} {text}" for name, text in must_facts(session, card) if name != "Rule"))
    elif deadline := deadline_day(session.portfolio, card):
        yield from _row("Deadline", deadline)
    if card.rule:
        yield from _row("Rule", card.rule)


def _history(session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    if session.done:
        from tui.cards.happened import happened  # noqa: PLC0415 - in a new session nothing has

        for label, text in happened(session, card.id):
            yield from _row(label, text)


def _checks(_session: Session, card: Project, _: VoteSummary, *, checker: Checker) -> Iterator[Part]:
    for check in checker.check(card):
        yield ("· ", "$text-muted")
        yield (f"{plain(check.sentence)}\n", _CHECK_COLOURS[check.colour])


def _fields(_session: Session, card: Project, _: VoteSummary) -> Iterator[Part]:
    told = "" if card.must else card.deadline  # the row of the deadline says it
    for name, value in card.fields:
        if value and not (told and value.startswith(told)):
            yield from _row(name, value, "$text-muted")
