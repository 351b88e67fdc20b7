"""The warnings before a session closes: what is undecided, what is still open, what deserves a thought."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.commands.phases import closing_obstacles
from sessions.quarters.questions import open_questions
from sessions.rounds.consent import answered_without_consent, directions_without_consent
from sessions.rounds.reveal import RevealResult
from sessions.rounds.undiscussed import undiscussed
from sessions.state.session import Session
from sessions.wording import plural

_MOST = 12
_LEAST = 2
_TOLD_AGAIN = 3
_FRAME, _AROUND_A_LIST = 10, 3
"""Lines of the question around its lists, and of each list around its cards."""


def closing_lines(session: Session, height: int, reading: RevealResult | None = None) -> list[str]:
    """Return the lines of the question for a screen of that height: obstacles first, then what the room left open, then what is worth a thought."""
    obstacles, undecided = closing_obstacles(session), _titles(session, session.undecided)
    directions = _titles(session, directions_without_consent(session))
    differing, answered = _titles(session, undiscussed(session, reading)), _titles(session, answered_without_consent(session))
    rest = [title for title in undecided if title not in differing]
    lists = [each for each in (obstacles, differing, rest, answered, directions) if each]
    most = max(_LEAST, min(_MOST, (height - _FRAME) // max(1, len(lists)) - _AROUND_A_LIST))
    have = "has" if len(undecided) == 1 else "have"
    still_open = f"{plural(len(undecided), 'card')} {have} no decision{_above(undecided, rest)}"
    were = "was" if len(differing) == 1 else "were"
    parts = [
        _list("Not settled (c on the card shows it):", obstacles, most),
        _list(f"{plural(len(differing), 'card')} the room differs on {were} not discussed (i discusses):", differing, most),
        _list(f"{still_open}:", rest, most) or [f"{still_open}." if undecided else "Every card has its decision."],
        _list("Decided without consent, with the decider's answer:", answered, most),
        _list("Changes the direction, and starts without the consent of every side:", directions, most),
        [*_unsaid(session), *_unasked(session)],
        [] if session.actions else ["No action was agreed yet (o agrees one)."],
    ]
    lines = [line for part in parts if part for line in [*part, ""]]
    return [*lines, "The page comes next. Closed by mistake? The library reopens it."]


def _unsaid(session: Session) -> list[str]:
    """Return how many decisions of the earlier session have no confirmed outcome."""
    left = sum(each.card not in session.outcomes for each in session.past.decisions) if session.past else 0
    return [f"{plural(left, 'outcome')} of the session before not confirmed: recorded as open (, looks back)."] if left else []


def _unasked(session: Session) -> list[str]:
    """Return what a session that follows another one asks at its end, or leaves unanswered from its beginning."""
    if session.past is None:
        return []
    left = len(open_questions(session))
    lines = [f"{plural(left, 'question')} on what changed not answered (; asks {'it' if left == 1 else 'them'})."] if left else []
    if session.voters() and not any(each.opened.when == "close" for each in session.asked("pulse")):
        lines.append("The two questions were not asked at the end (ctrl+o asks them).")
    if len(session.sides) > 1 and not session.asked("partnership"):
        lines.append("No one said how business and IT work together (ctrl+e asks both sides).")
    return lines


def _above(titles: Sequence[str], rest: Sequence[str]) -> str:
    """Return how many of some cards the list above names; `rest` are the others."""
    named = len(titles) - len(rest)
    if not named:
        return ""
    return f", {named} of them named above" if rest else ", all named above" if named > 1 else ", named above"


def reason_about(obstacles: Sequence[str]) -> str:
    """Return why closing needs a reason, and what becomes of it."""
    told = "\n".join(_shortened(obstacles, _TOLD_AGAIN))
    return f"{told}\n\nThe reason is in the record, with what was not settled."


def _titles(session: Session, cards: Sequence[str]) -> list[str]:
    return [f"#{session.rank(card)} {session.cards[card].title}" for card in cards]


def _list(head: str, lines: Sequence[str], most: int) -> list[str]:
    return [head, *_shortened(lines, most)] if lines else []


def _shortened(lines: Sequence[str], most: int) -> list[str]:
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return [f"  {line}" for line in (*lines[:most], *more)]
