"""The forms for a card: add, edit, split. They turn lines of text into a Project, and a Project into lines.

A benefit is entered in the four parts of its chain (METHOD 1.1). A single sentence is shown in the part
that it fills, until someone splits it.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from sessions.errors import QuarterdeckError
from sessions.imports.money import parse_money
from sessions.imports.vocabulary import KINDS, read_flag, read_word
from sessions.portfolio.benefits import benefit_sentence
from sessions.portfolio.checks import benefit_depth
from sessions.portfolio.models import TITLE_LIMIT, Adoption, Benefit, Project
from sessions.state.session import Session
from tui.dialogs.form import Field, Form, field_rows
from tui.text import plain, safe

KIND_NAMES = ("grow", "run", "comply", "direction")
_TEXTS = (
    "title", "sponsor", "it_partner", "objective", "rule", "rule_by", "rule_owner", "order_taker_version", "arguments_for", "arguments_against",
    "description", "note",
)  # fmt: skip
"""Fields of a card that a line of the form holds as they are."""
_PARTS = ("change", "effect", "business_effect")
_DIRECTION = ("arguments_for", "arguments_against")
"""Lines for cards that change the direction."""


class CardForm(Form):
    """The form of a card. The benefit grows as a sentence while it is typed; a change of direction asks for reasons for and against."""

    def __init__(self, title: str, session: Session, card: Project) -> None:
        super().__init__(title, card_fields(session, card), check=wrong_with)
        self._card, self._currency = card, session.portfolio.currency

    def body(self) -> ComposeResult:
        """Lay out the fields, and the benefit as a sentence below its parts."""
        with VerticalScroll(can_focus=False, id="fields"):
            for field in self._fields:
                yield from field_rows([field])
                if field.name == "monthly":
                    yield Static("", id="benefit-told")

    def on_mount(self) -> None:
        """Show the benefit as it is."""
        self.grow()

    @on(Input.Changed)
    def grow(self) -> None:
        """Show the benefit as it would read, and the lines that belong to what is typed."""
        typed = {field.name: self.query_one(f"#field-{field.name}", Input).value.strip() for field in self._fields}
        self.query_one("#benefit-told", Static).update(safe(plain(benefit_told(self._card, typed, self._currency))))
        for name in _DIRECTION:
            row = self.query_one(f"#field-{name}", Input).parent
            if isinstance(row, Widget):
                row.display = read_word(typed["kind"], KINDS) == "direction"


def benefit_told(card: Project, typed: Mapping[str, str], currency: str) -> str:
    """Return the benefit as it would read, and how many of its four parts it has."""
    try:
        benefit = _benefit(card, typed)
    except (QuarterdeckError, ValueError):
        benefit = _benefit(card, {**typed, "monthly": ""})
    words, parts = benefit_sentence(benefit, benefit.currency or currency), benefit_depth(card.model_copy(update={"benefit": benefit}))
    return f"{words}  ·  {'in business terms' if parts == 4 else f'{parts} of 4 parts'}" if words else ""


def card_fields(session: Session, card: Project) -> list[Field]:
    """Return the lines of a card's form."""
    named = {each.sponsor for each in session.cards.values() if each.sponsor}
    roles = tuple(sorted({*(person.role for person in session.people.values()), *named}))
    objectives = tuple(objective.id for objective in session.objectives)
    benefit, adoption = card.benefit, card.adoption
    monthly, parts = _typed_worth(benefit), _shown_parts(benefit)
    return [
        Field("title", "Title", card.title, "what is to be accomplished", limit=TITLE_LIMIT),
        Field("sponsor", "Business sponsor", card.sponsor, "a role of the business", roles),
        Field("it_partner", "IT partner", card.it_partner, "", roles),
        Field("objective", "Objective", card.objective, ", ".join(objectives), objectives),
        Field("change", "Benefit: what changes", parts["change"], "the new servers do not crash", limit=1000),
        Field("effect", "  in figures", parts["effect"], "3 hours less downtime a month", limit=1000),
        Field("business_effect", "  for the business", parts["business_effect"], "no orders are lost", limit=1000),
        Field("monthly", "  worth a month", monthly, "15000, $15k"),
        Field("order_taker_version", "First asked as", card.order_taker_version, "filled by itself when the benefit is reworded", limit=1000),
        Field("measure", "Adopted when", adoption.measure, "what shows that people use it"),
        Field("baseline", "  now", adoption.baseline),
        Field("target", "  target", adoption.target),
        Field("by", "  by", adoption.by, "2026-12-31"),
        Field("plan_owner", "Adoption plan owner", adoption.plan_owner, "", roles),
        Field("must", "Must", "yes" if card.must else "", "yes, if a rule demands it by a day", ("yes",)),
        Field("rule", "Must rule", card.rule, "what demands it, and what happens otherwise", limit=1000),
        Field("rule_by", "Must by", card.rule_by, "2026-12-31"),
        Field("rule_owner", "Must owner", card.rule_owner, "who answers for it", roles),
        Field("kind", "Kind", card.kind, ", ".join(KIND_NAMES), KIND_NAMES),
        Field("arguments_for", "  what is for it", card.arguments_for, "what speaks for the change of direction", limit=2000),
        Field("arguments_against", "  and against it", card.arguments_against, "what speaks against it", limit=2000),
        Field("description", "Description", card.description, limit=2000),
        Field("note", "Note", card.note, limit=1000),
    ]


def wrong_with(answer: Mapping[str, str]) -> str:
    """Return what is wrong with a card's form, or an empty text."""
    if not answer["title"]:
        return "A card needs a title."
    if read_flag(answer["must"]) is None:
        return "Must is yes, or empty."
    if answer["kind"] and read_word(answer["kind"], KINDS) is None:
        return f"The kind is {', '.join(KIND_NAMES[:-1])} or {KIND_NAMES[-1]}."
    try:
        parse_money(answer["monthly"])
    except (QuarterdeckError, ValueError) as error:
        return f"Worth a month: {error}"
    return ""


def card_from(card: Project, answer: Mapping[str, str]) -> Project:
    """Return a card with the form's lines in it."""
    was = card.adoption.model_dump()
    adoption = {name: _as_typed(was[name], answer[name]) for name in ("measure", "baseline", "target", "by", "plan_owner")}
    texts = {name: _as_typed(getattr(card, name), answer[name]) for name in _TEXTS}
    return card.model_copy(
        update={
            **texts,
            "must": bool(read_flag(answer["must"])),
            "kind": read_word(answer["kind"], KINDS) or card.kind,
            "benefit": _benefit(card, answer),
            "adoption": Adoption(**{**was, **adoption}),
        }
    )


def _typed_worth(benefit: Benefit) -> str:
    """Return the amount per month as it can be typed: EUR 15000."""
    return "" if benefit.monthly is None else f"{benefit.currency} {benefit.monthly}".strip()


def _shown_parts(benefit: Benefit) -> dict[str, str]:
    """Return the parts as the form shows them: a single sentence with a figure as the effect, one without as the change."""
    parts = {part: getattr(benefit, part) for part in _PARTS}
    if benefit.text and not any(parts.values()):
        parts["effect" if any(map(str.isdecimal, benefit.text)) else "change"] = benefit.text
    return parts


def _benefit(card: Project, answer: Mapping[str, str]) -> Benefit:
    """Return the benefit as it was typed: a sentence that no one split stays one."""
    was, shown = card.benefit, _shown_parts(card.benefit)
    typed = {part: _as_typed(shown[part], answer[part]) for part in _PARTS}
    sentence = next((part for part in _PARTS if shown[part] and not getattr(was, part)), "")
    if typed == shown:
        parts = {"text": was.text, **{part: getattr(was, part) for part in _PARTS}}
    elif sentence and not any(typed[part] for part in _PARTS if part != sentence):
        parts = {"text": typed[sentence], **dict.fromkeys(_PARTS, "")}
    else:
        parts = {"text": "", **typed}
    return _monthly(card, answer).model_copy(update=parts)


def _monthly(card: Project, answer: Mapping[str, str]) -> Benefit:
    """Return the benefit with the amount per month: as it was typed, else as a new benefit names it in its own words."""
    typed, shown = _worth(card, answer["monthly"]), _shown_parts(card.benefit)
    if typed.monthly is not None or card.benefit.monthly is not None or all(answer[part] == plain(shown[part]).strip() for part in _PARTS):
        return typed
    from sessions.imports.money_in_words import worth_in

    found = worth_in(" ".join(answer[part] for part in _PARTS))
    return typed.model_copy(update={"monthly": found.amount, "currency": found.currency}) if found else typed


def _as_typed(old: str, typed: str) -> str:
    """Return the text of a line. An unchanged one keeps the line ends that a single line cannot show."""
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
