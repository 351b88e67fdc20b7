"""The forms for a card: add, edit, split. They turn lines of text into a Project, and a Project into lines."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.errors import QuarterdeckError
from sessions.imports.money import parse_money
from sessions.imports.vocabulary import read_flag
from sessions.portfolio.models import TITLE_LIMIT, Adoption, Benefit, Project
from sessions.state.session import Session
from tui.dialogs.form import Field
from tui.text import plain

_TEXTS = ("title", "sponsor", "it_partner", "objective", "rule", "rule_by", "rule_owner", "description", "note")
"""Fields of a card that a line of the form holds as they are."""


def card_fields(session: Session, card: Project) -> list[Field]:
    """Return the lines of a card's form."""
    named = {each.sponsor for each in session.cards.values() if each.sponsor}
    roles = tuple(sorted({*(person.role for person in session.people.values()), *named}))
    objectives = tuple(objective.id for objective in session.objectives)
    benefit, adoption = card.benefit, card.adoption
    monthly = _typed_worth(benefit)
    return [
        Field("title", "Title", card.title, "what is to be accomplished", limit=TITLE_LIMIT),
        Field("sponsor", "Business sponsor", card.sponsor, "a role of the business", roles),
        Field("it_partner", "IT partner", card.it_partner, "", roles),
        Field("objective", "Objective", card.objective, ", ".join(objectives), objectives),
        Field("benefit", "Benefit", benefit.text, "what changes for the business, with a number", limit=1000),
        Field("monthly", "Worth a month", monthly, "15000, $15k"),
        Field("measure", "Adopted when", adoption.measure, "what shows that people use it"),
        Field("baseline", "  now", adoption.baseline),
        Field("target", "  target", adoption.target),
        Field("by", "  by", adoption.by, "2026-12-31"),
        Field("plan_owner", "Adoption plan owner", adoption.plan_owner, "", roles),
        Field("must", "Must", "yes" if card.must else "", "yes, if a rule demands it by a day", ("yes",)),
        Field("rule", "Must rule", card.rule, "what demands it, and what happens otherwise", limit=1000),
        Field("rule_by", "Must by", card.rule_by, "2026-12-31"),
        Field("rule_owner", "Must owner", card.rule_owner, "who answers for it", roles),
        Field("description", "Description", card.description, limit=2000),
        Field("note", "Note", card.note, limit=1000),
    ]


def wrong_with(answer: Mapping[str, str]) -> str:
    """Return what is wrong with a card's form, or an empty text."""
    if not answer["title"]:
        return "A card needs a title."
    if read_flag(answer["must"]) is None:
        return "Must is yes, or empty."
    try:
        parse_money(answer["monthly"])
    except (QuarterdeckError, ValueError) as error:
        return f"Worth a month: {error}"
    return ""


def card_from(card: Project, answer: Mapping[str, str]) -> Project:
    """Return a card with the form's lines in it."""
    benefit = _monthly(card, answer).model_dump() | {"text": _as_typed(card.benefit.text, answer["benefit"])}
    was = card.adoption.model_dump()
    adoption = {name: _as_typed(was[name], answer[name]) for name in ("measure", "baseline", "target", "by", "plan_owner")}
    texts = {name: _as_typed(getattr(card, name), answer[name]) for name in _TEXTS}
    return card.model_copy(
        update={**texts, "must": bool(read_flag(answer["must"])), "benefit": Benefit(**benefit), "adoption": Adoption(**{**was, **adoption})}
    )


def _typed_worth(benefit: Benefit) -> str:
    """Return the amount a month as it can be typed: EUR 15000."""
    return "" if benefit.monthly is None else f"{benefit.currency} {benefit.monthly}".strip()


def _monthly(card: Project, answer: Mapping[str, str]) -> Benefit:
    """Return the benefit with the amount a month: as it was typed, else as a new benefit names it in its own words."""
    typed = _worth(card, answer["monthly"])
    if typed.monthly is not None or card.benefit.monthly is not None or answer["benefit"] == plain(card.benefit.text).strip():
        return typed
    from sessions.imports.money_in_words import worth_in

    found = worth_in(answer["benefit"])
    return typed.model_copy(update={"monthly": found.amount, "currency": found.currency}) if found else typed


def _as_typed(old: str, typed: str) -> str:
    """Return what a line says now. One that was left alone keeps the line ends that a single line cannot show."""
    return old if plain(old).strip() == typed else typed


def split_fields(card: Project) -> list[Field]:
    """Return the lines of the form that splits a card: the two titles, and what each part is worth."""
    monthly = _typed_worth(card.benefit)
    return [
        Field("first", "First part", card.title, "what stays on this card", limit=TITLE_LIMIT),
        Field("first_monthly", "  worth a month", monthly),
        Field("second", "Second part", "", "what becomes a card of its own", limit=TITLE_LIMIT),
        Field("second_monthly", "  worth a month", "", "leave empty if it has no benefit of its own"),
    ]


def wrong_with_split(answer: Mapping[str, str]) -> str:
    """Return what is wrong with a split, or an empty text."""
    if not answer["first"] or not answer["second"]:
        return "Both parts need a title."
    if answer["first"].casefold() == answer["second"].casefold():
        return "The two parts have the same title: say how they differ."
    for name in ("first_monthly", "second_monthly"):
        try:
            parse_money(answer[name])
        except (QuarterdeckError, ValueError) as error:
            return f"Worth a month: {error}"
    return ""


def parts_of(card: Project, answer: Mapping[str, str]) -> tuple[Project, Project]:
    """Return the two parts of a split card. The work stays with the first part; the second has what the first had otherwise."""
    first = card.model_copy(update={"title": answer["first"], "benefit": _worth(card, answer["first_monthly"])})
    changes = {"id": "", "title": answer["second"], "benefit": _worth(card, answer["second_monthly"]), "work": (), "previous_rank": None}
    return first, card.model_copy(update=changes)


def _worth(card: Project, text: str) -> Benefit:
    budget = parse_money(text) if text else None
    if budget is None:
        return card.benefit.model_copy(update={"monthly": None, "currency": ""})
    return card.benefit.model_copy(update={"monthly": budget.amount, "currency": budget.currency or card.benefit.currency})
