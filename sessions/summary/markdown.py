"""The summary: one page of Markdown that says what was decided, for those who were there and those who were not (METHOD 2.7).

The same session gives the same bytes, wherever and whenever. Every text that came from a user goes through `inline`.
"""

from __future__ import annotations

from sessions.deciding.must import must_cards, must_facts
from sessions.deciding.overrides import override_clause, overrides
from sessions.deciding.session_plan import session_plan
from sessions.deciding.words import WORD_NAMES, comes_back
from sessions.portfolio.models import Benefit
from sessions.quarters.ending import left_open
from sessions.replay.narration_rounds import WEIGHTING_NAMES
from sessions.sequencing.plan import Plan
from sessions.sequencing.weeks import short_start
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.summary.changes import changed_before, changed_in_session
from sessions.summary.disagreement import reasons_told, where_we_disagreed
from sessions.summary.facts import Decided, Outcome, minutes_used, outcome, revealed_rounds, weighting_taken
from sessions.summary.markdown_escape import inline, money
from sessions.summary.minute import in_one_minute
from sessions.summary.objectives import what_we_work_for
from sessions.summary.page import bullets, in_a_row, section, table
from sessions.summary.people import who_was_there
from sessions.summary.picture import plan_picture
from sessions.summary.plan import could_start, no_longer_kept, ready_by
from sessions.summary.two_questions import two_questions
from sessions.wording import day_name, iso_date, listed, plural, sentence, side_name

ACROSS = ("In one minute", "The two questions", "Starts now", "Starts later", "Does not start", "Delivered, not done yet", "Done")
"""The first sections, which take the whole width of a printed page; the others are in columns."""
ROW_LIMIT, LARGE_LIMIT, LARGE = 25, 15, 60
"""Rows of a table, and those of a portfolio with more than `LARGE` cards: what is beyond them, and every single move, is in the export."""
NAMES_LIMIT = 60
"""Cards that start now and are named below a full table."""
UNDECIDED_LIMIT = 25
"""Cards without a decision that are named: those of one page."""
SHORT_LIMIT = 12
"""Entries of any other list: a page is to be read."""


def summary(session: Session) -> str:
    """Return the page: first what was decided, then how it came about. Sections with nothing in them are omitted."""
    result, plan = outcome(session), session_plan(session)
    lines = [f"# {inline(session.title)}: what we decided", "", _about(session), ""]
    lines += section("In one minute", bullets(in_one_minute(session, result)))
    lines += section("The two questions", *two_questions(session))
    lines += section("Starts now", *_starts(session, plan, result))
    lines += section("Starts later", _waits(session, result), bullets(no_longer_kept(session, plan, result), SHORT_LIMIT))
    lines += section("Does not start", *_does_not_start(session, result))
    lines += section("Delivered, not done yet", _adopting(result))
    lines += section("Done", _done(session, result))
    lines += section("The plan", plan_picture(session))
    lines += section("Must", bullets(_musts(session), SHORT_LIMIT))
    lines += section("Actions", bullets(_actions(session), ROW_LIMIT))
    lines += section("Where we disagreed", *where_we_disagreed(session))
    lines += section("Reasons given with the ballots", bullets(reasons_told(session), SHORT_LIMIT))
    lines += section("Decided against a rule", bullets(_overrides(session), SHORT_LIMIT))
    lines += section("What we work for", what_we_work_for(session))
    lines += changed_before(session)
    lines += section("Changed in this session", bullets(changed_in_session(session)))
    lines += section("Left for another day", bullets(_parked(session), SHORT_LIMIT))
    lines += section("Who was there", who_was_there(session))
    lines += section("Not decided", _undecided(session, plan, result))
    return "\n".join([*lines, _last_line(session, plan), ""])


# --- the head of the page


def _about(session: Session) -> str:
    portfolio = session.portfolio
    used = minutes_used(session)
    parts = [
        inline(portfolio.name),
        inline(iso_date(portfolio.session_date or session.opened_at[:10])),
        f"{used} of {session.minutes} min" if used else f"{session.minutes} min",
        f"decider: {inline(session.role(session.decider))}" if session.decider else "",
        _voices(session),
        WEIGHTING_NAMES[weighting] if (weighting := weighting_taken(session)) else "",
        "" if session.closed else f"not closed yet: phase {PHASE_NAMES[session.phase]}",
    ]
    return " · ".join(part for part in parts if part) + _provisional(session)


def _voices(session: Session) -> str:
    if not session.presence:
        return ""
    sides = [f"{quorum.counted} of {quorum.voices} {side_name(side)}" for side, quorum in session.quorum().items()]
    if not sides:
        return ""
    proxies = sum(session.presence[person] == "proxy" for person in session.presence if session.people[person].votes)
    return f"{listed(sides)} voters present{f' ({proxies} by proxy)' if proxies else ''}"


def _provisional(session: Session) -> str:
    count = sum(decision.provisional for decision in session.decisions.values())
    if not count and not session.quorum_override:
        return ""
    missing = f" of {listed([side_name(side) for side in session.quorum_missing])}" if session.quorum_missing else ""
    which = "all decisions are" if _all_provisional(session) else f"{plural(count, 'decision is', 'decisions are')}"
    reason = f" Reason: {inline(sentence(session.quorum_override))}" if session.quorum_override else ""
    return f"\n\n**Without a quorum{missing}: {which} provisional.**{reason}"


# --- what was decided


def _title(session: Session, each: Decided) -> str:
    title = inline(each.card.title)
    if each.decision.word == "continue":
        title = f"{title} (continues)"
    # If all decisions are provisional the head of the page says so, once.
    return f"{title} (provisional)" if each.decision.provisional and not _all_provisional(session) else title


def _all_provisional(session: Session) -> bool:
    return all(decision.provisional for decision in session.decisions.values())


def _money(session: Session, benefit: Benefit) -> str:
    return "" if benefit.monthly is None else money(benefit.monthly, session.portfolio.currency_of(benefit.currency))


def _limit(session: Session) -> int:
    return ROW_LIMIT if len(session.order) <= LARGE else LARGE_LIMIT


def _starts(session: Session, plan: Plan, result: Outcome) -> tuple[list[str], list[str]]:
    """Return a table of what starts now, and the titles of what has no row in it."""
    limit = _limit(session)
    rows = [
        (
            str(each.rank),
            _title(session, each),
            inline(each.card.sponsor),
            _money(session, each.card.benefit),
            ready_by(session, plan, each),
            inline(each.decision.why),
        )
        for each in result.now[:limit]
    ]
    more = [f"#{each.rank} {_title(session, each)}" for each in result.now[limit:]]
    names = [f"Also: {in_a_row(more, NAMES_LIMIT)}."] if more else []
    return table(("#", "Project", "Sponsor", "Worth a month", "In use by", "Note"), rows, limit), bullets(names)


def _waits(session: Session, result: Outcome) -> list[str]:
    rows = [
        (
            str(each.rank),
            _title(session, each),
            inline(each.card.sponsor),
            short_start(session.portfolio, each.decision.week or 1),
            inline(each.decision.why),
        )
        for each in result.waiting
    ]
    return table(("#", "Project", "Sponsor", "Starts", "Waits for"), rows, _limit(session))


def _does_not_start(session: Session, result: Outcome) -> tuple[list[str], list[str]]:
    """Return a table of the cards that have more than their word and day, and a line for each word and day with the others."""
    rows, plain = [], dict[str, list[str]]()
    for each in result.not_started:
        decision, word = each.decision, WORD_NAMES[each.decision.word]
        why, again = _why(each), inline(comes_back(session, decision))
        if why or decision.word == "stop" or decision.owner not in ("", each.card.sponsor):
            day = _day(decision.until or session.next_session) or "next session"
            rows.append((_title(session, each), word, why, inline(decision.owner), inline(day) if again else "as a new card"))
        else:
            plain.setdefault(f"{word}, looked at again {again}", []).append(f"#{each.rank} {_title(session, each)}")
    lines = [f"{word}: {in_a_row(cards, UNDECIDED_LIMIT)}." for word, cards in plain.items()]
    return table(("Project", "Decision", "Why", "Who", "Comes back"), rows, _limit(session)), bullets(lines)


def _why(each: Decided) -> str:
    decision = each.decision
    parts = [sentence(decision.why)] if decision.why else []
    parts += [sentence(f"Needs {decision.missing}")] if decision.missing else []
    return inline(" ".join(parts))


def _undecided(session: Session, plan: Plan, result: Outcome) -> list[str]:
    """Return the cards without a decision as one paragraph."""
    cards = []
    for rank, card in result.undecided:
        when = could_start(session, plan, card.id)
        cards.append(f"#{rank} {inline(card.title)}{f' ({when})' if when else ''}")
    return [f"{in_a_row(cards, UNDECIDED_LIMIT)}."] if cards else []


def _done(session: Session, result: Outcome) -> list[str]:
    rows = [(_title(session, each), WORD_NAMES[each.decision.word], _why(each)) for each in result.done]
    return table(("Project", "Decision", "Why"), rows, ROW_LIMIT)


def _adopting(result: Outcome) -> list[str]:
    return table(("Project", "Decision", "Why"), [(inline(each.card.title), "Adopting", _why(each)) for each in result.adopting], ROW_LIMIT)


def _musts(session: Session) -> list[str]:
    """Return each must card with its rule, its date and its owner."""
    lines = []
    for card in must_cards(session):
        facts = [inline(f"{name}: {text}") for name, text in must_facts(session, session.cards[card])]
        lines.append(f"#{session.rank(card)} {inline(session.cards[card].title)}. {' · '.join(facts)}")
    return lines


def _day(text: str) -> str:
    """Return a date as a table has room for it: 29 Sep 2026; another text as it is."""
    return text if iso_date(text) == text else day_name(text)


# --- what the room should not forget


def _overrides(session: Session) -> list[str]:
    return [f"{inline(override_clause(session, each))}. Reason: {inline(sentence(each.reason))}" for each in overrides(session)]


def _actions(session: Session) -> list[str]:
    actions = sorted((*left_open(session)[0], *session.actions), key=lambda action: action.by_when)
    return [f"**{inline(each.who)}**{f', {inline(_day(each.by_when))}' if each.by_when else ''}: {inline(each.what)}" for each in actions]


def _parked(session: Session) -> list[str]:
    return [inline(f"{session.title_of(each.card)}: {each.text}" if each.card else each.text) for each in (*left_open(session)[1], *session.parked)]


def _last_line(session: Session, plan: Plan) -> str:
    day = session.next_session
    parts = [f"Next session: {inline(iso_date(day))}."] if day else []
    parts_of_it = "ballots and order" if plan.empty else "ballots, order and plan"
    full = f"The full {parts_of_it}" if revealed_rounds(session) else "The full order and record"
    parts.append(f"{full} are in the session file.")
    return " ".join(parts)
