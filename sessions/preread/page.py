"""The pre-read: what people should have read before the meeting, so that none of its time goes into presentations (METHOD 2.1).

What is due, what changed, the cards and what each lacks, the two questions, and how to vote. The cards are in the order of their titles, so that
nothing looks like a ranking. The same session gives the same bytes; every text that came from a user goes through `inline`.
"""

from __future__ import annotations

from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Participant, Project
from sessions.preread.lacks import Lacks
from sessions.preread.voting import how_to_vote
from sessions.quarters.adoption import due
from sessions.quarters.again import again
from sessions.quarters.belonging import belonging
from sessions.quarters.changes import changes_since
from sessions.quarters.changes_words import Group, change_groups, days_words
from sessions.quarters.ending import day_named, left_open
from sessions.quarters.sponsors import new_sponsors
from sessions.record.events import Delivered
from sessions.rounds.methods.pulse import FOCUS, VALUE
from sessions.state.session import Session
from sessions.summary.changes import changed_before
from sessions.summary.markdown import summary
from sessions.summary.markdown_escape import inline, money
from sessions.summary.page import bullets, section, table
from sessions.wording import day_name, iso_date, listed, ordinal, plural, sentence

_ROWS, _LINES = 100, 24
_FENCE = "```"


def preread(session: Session, earlier: Session | None = None) -> str:
    """Return the page as Markdown; `earlier` is the session before it, whose own page is added for people who were not there."""
    lines = [f"# {inline(session.title)}: please read this before we meet", "", _about(session), ""]
    lines += section("What is due", bullets(_due(session), _LINES))
    lines += section("What changed", *_changed(session)) if session.past else changed_before(session)
    lines += section("What we work for", bullets(_objectives(session), _LINES))
    lines += section("The cards, and what each lacks", _cards_told(session), _cards(session))
    lines += section("The two questions", [f"1. {VALUE.text}", f"2. {FOCUS.text}"], [_ANSWERED])
    lines += section("How to vote", bullets([inline(each) for each in how_to_vote(session)]))
    lines += _for_new_people(session, earlier)
    return "\n".join(lines).rstrip("\n") + "\n"


_ANSWERED = "Everybody answers both at the beginning and at the end, from 1 (not at all) to 5 (fully). Only means are shown, never who answered what."


def _about(session: Session) -> str:
    day = session.portfolio.session_date
    parts = [inline(session.quarter), inline(iso_date(day)) if day else "", f"{session.minutes} min", plural(len(session.order), "card")]
    asks = "Nothing on this page is presented in the meeting. Sponsors fill in what their cards lack before it begins."
    return f"{' · '.join(part for part in parts if part)}\n\n{asks}"


# --- what is due


def _due(session: Session) -> list[str]:
    past = session.past
    if past is None:
        return []
    quarter = inline(past.quarter or past.title)
    its = belonging(session)
    decided, back = {each.card: each for each in past.decisions}, again(session)["due"]
    promised = [card for card in back if its[card].was in decided and decided[its[card].was].word == "start_after"]
    lines = [
        f"**{inline(session.cards[card].title)}** is back from {quarter}: {inline(sentence(its[card].back))}" for card in back if card not in promised
    ]
    if promised:
        days = {card: iso_date(day_named(decided[its[card].was], past.quarter_start)) for card in promised}
        lines.append(f"Promised to start by now: {'; '.join(_on(session, card, day) for card, day in days.items())}.")
    if past.decisions:
        lines.append(f"{plural(len(past.decisions), 'decision')} of {quarter}: was each kept, missed, reversed or overtaken?")
    lines += [_reading(each) for each in due(session)]
    actions, parked = left_open(session)
    lines += [f"Action: {inline(each.what.rstrip('. '))} ({inline(each.who)}, {inline(iso_date(each.by_when))})." for each in actions]
    lines += [f"Parked question: {inline(each.text)}" for each in parked]
    fresh = [each for each in new_sponsors(session) if each.open]
    told = [f"**{inline(session.cards[each.card].title)}**: does {inline(each.sponsor)} confirm it, or hand it back?" for each in fresh]
    return [*lines, *told]


def _on(session: Session, card: str, day: str) -> str:
    return f"**{inline(session.cards[card].title)}**{f' ({inline(day)})' if day else ''}"


def _reading(delivered: Delivered) -> str:
    adoption = delivered.card.adoption
    asked = f"; {inline(adoption.measure)}{f', target {inline(adoption.target)}' if adoption.target else ''}" if adoption.measure else ""
    owner = inline(adoption.plan_owner or delivered.card.sponsor)
    title = inline(delivered.card.title)
    return f"How far is **{title}** in use? Delivered on {day_name(delivered.date)}{asked}{f' ({owner})' if owner else ''}."


def _changed(session: Session) -> list[list[str]]:
    """Return what changed since the earlier session, subject by subject."""
    changes = changes_since(session)
    if changes is None:
        return []
    groups, when = change_groups(session, changes), inline(days_words(changes))
    return [[f"{when}."], *(_group(each) for each in groups)] if groups else [[f"{when}, nothing changed."]]


def _group(group: Group) -> list[str]:
    return [f"**{group.heading}**", "", *bullets([inline(each) for each in group.lines], _LINES)]


def _objectives(session: Session) -> list[str]:
    return [f"{ordinal(each.rank)}: {inline(each.text)}{f' ({inline(each.owner)})' if each.owner else ''}" for each in session.objectives]


# --- the cards


def _cards_told(session: Session) -> list[str]:
    lacks = Lacks(session)
    lacking = sum(bool(lacks.of(card)) for card in session.cards.values())
    complete = "Every card is complete." if not lacking else f"{plural(lacking, 'card lacks', 'cards lack')} something."
    return [f"In the order of their titles: nothing is ranked before the vote. {complete}"] if session.order else []


def _cards(session: Session) -> list[str]:
    lacks, marks = Lacks(session), again(session)
    cards = sorted(session.cards.values(), key=lambda card: (card.title.casefold(), card.id))
    rows = [
        [
            inline(card.title),
            inline(card.sponsor),
            inline(benefit_words(card.benefit) or card.description),
            _worth(session, card),
            ", ".join("back" if name == "due" else name for name, its in marks.items() if card.id in its),
            ", ".join(inline(each) for each in lacks.of(card)) or ("(done)" if card.state == "done" else ""),
        ]
        for card in cards
    ]
    return table(["Project", "Sponsor", "For the business", "Worth a month", "Since last time", "Lacks"], rows, _ROWS)


def _worth(session: Session, card: Project) -> str:
    benefit = card.benefit
    return money(benefit.monthly, session.portfolio.currency_of(benefit.currency)) if benefit.monthly else ""


# --- for people who were not there


def new_people(session: Session) -> tuple[Participant, ...]:
    """Return the people who were not in the earlier session, or are new in their role; none in a first session."""
    past = session.past
    if past is None:
        return ()
    before = {each.role.casefold() for each in past.participants} | {each.id for each in past.participants}
    return tuple(each for each in session.people.values() if each.new_in_role or not {each.id, each.role.casefold()} & before)


def _for_new_people(session: Session, earlier: Session | None) -> list[str]:
    """Return the page of the earlier session, its headings one level lower, for those who are new."""
    new, past = new_people(session), session.past
    if not new or past is None:
        return []
    quarter = inline(past.quarter or past.title)
    whose = f"For {listed([inline(each.role) for each in new])}, who {'is' if len(new) == 1 else 'are'} new: the page of {quarter}."
    heading = f"Last time: {quarter}"
    if earlier is None:
        return section(heading, [f"{whose.removesuffix('.')} is not here, because that session cannot be read."])
    page = summary(earlier).splitlines()
    return [*section(heading, [whose]), *_lowered(page)]


def _lowered(lines: list[str]) -> list[str]:
    """Return one of our pages with its headings one level lower; blocks of code stay as they are."""
    fenced, found = False, []
    for line in lines:
        fenced ^= line.startswith(_FENCE)
        found.append(f"#{line}" if line.startswith("#") and not fenced else line)
    return found
