"""What the page says in one minute: what is decided, what it is worth, what was delivered, how the room agreed."""

from __future__ import annotations

from sessions.deciding.line import line_rank, line_words
from sessions.deciding.session_plan import first_week
from sessions.deciding.words import WORD_NAMES
from sessions.sequencing.weeks import on_short_start
from sessions.state.session import Session
from sessions.summary.adoption import in_use_told
from sessions.summary.disagreement import ballots_told
from sessions.summary.facts import Decided, Outcome, biggest_move
from sessions.summary.looked_back import looked_back
from sessions.summary.markdown_escape import inline
from sessions.wording import money_sum, ordinal, plural, sentence


def in_one_minute(session: Session, result: Outcome) -> list[str]:
    """Return the most important sentences of the page: what is decided, what it is worth, what was delivered, how the room agreed."""
    lines = [_counts(session, result)]
    if result.undecided and session.decisions:
        lines.append(f"**{plural(len(result.undecided), 'card has', 'cards have')} no decision.**")
    lines += [_line(session), _worth(session, result), _biggest_move(session)]
    return [line for line in (*lines, *in_use_told(session), *looked_back(session), *ballots_told(session)) if line]


def _line(session: Session) -> str:
    if session.line is None or line_rank(session) is None:
        return ""
    return inline(f"The room drew its line itself: {line_words(session, session.line)}.")


def _counts(session: Session, result: Outcome) -> str:
    if not session.decisions:
        return f"Nothing is decided yet: {plural(len(session.order), 'card is', 'cards are')} open."
    parts = []
    if result.now:
        parts.append(f"**{plural(len(result.now), 'project')} {_verb(result.now)} {_first_day(session, result)}**")
    more = " more" if result.now else ""
    if result.later:
        parts.append(f"{len(result.later)}{more} {_verb(result.later)} later this quarter")
    if result.next_quarter:
        parts.append(f"{len(result.next_quarter)} {_verb(result.next_quarter)} next quarter")
    if result.further:
        parts.append(f"{len(result.further)} {_verb(result.further)} after {'it' if result.next_quarter else 'the next quarter'}")
    if result.not_started:
        words = [each.decision.word for each in result.not_started]
        many = len(set(words)) > 1
        kinds = [f"{words.count(word) if many else ''} {name[0].lower()}{name[1:]}".lstrip() for word, name in WORD_NAMES.items() if word in words]
        parts.append(f"**{len(words)} {'does' if len(words) == 1 else 'do'} not start** ({', '.join(kinds)})")
    if result.done:
        parts.append(f"{len(result.done)} {'is' if len(result.done) == 1 else 'are'} done")
    if result.adopting:
        parts.append(f"{len(result.adopting)} {'is' if len(result.adopting) == 1 else 'are'} adopting")
    return f"{', '.join(parts)}."


def _first_day(session: Session, result: Outcome) -> str:
    """Return when the first projects start: a day only if a plan promised one."""
    promised = any(each.decision.week for each in result.now)
    when = on_short_start(session.portfolio, first_week(session)) if promised and session.portfolio.quarter_start else "now"
    continued = sum(each.decision.word == "continue" for each in result.now)
    return when if not continued else f"{when} or {'goes' if len(result.now) == 1 else 'go'} on"


def _verb(cards: list[Decided]) -> str:
    return "starts" if len(cards) == 1 else "start"


def _worth(session: Session, result: Outcome) -> str:
    parts = []
    for cards, what in ((result.now, "what starts or continues now"), (result.waiting, "what starts later")):
        benefits = [each.card.benefit for each in cards]
        amount = inline(money_sum((each.monthly or 0, session.portfolio.currency_of(each.currency)) for each in benefits))
        if amount:
            named = sum(bool(each.monthly) for each in benefits)
            which = "" if named == len(cards) else f" ({named} of {plural(len(cards), 'card')} {'says' if named == 1 else 'say'} so)"
            parts.append(f"{what} is worth {amount} a month{which}")
    return f"By their cards, {', '.join(parts)}." if parts else ""


def _biggest_move(session: Session) -> str:
    move = biggest_move(session)
    if move is None:
        return ""
    text = f"{inline(move.card.title)} moved from {ordinal(move.old)} last quarter to {ordinal(move.new)}"
    return f"{text}: {inline(sentence(move.reason))}" if move.reason else f"{text}."
