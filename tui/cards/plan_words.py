"""What the plan says about a card and across the board, in words that are ready to be read (METHOD 5.3, 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sessions.deciding.line import above_line, line_words
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import deadline_note, pulled_note, runs_on_note, runs_out_notes, sentence, team_name
from sessions.sequencing.weeks import short_start
from sessions.sequencing.workload import PINNED
from sessions.state.session import Session
from sessions.wording import capital, listed
from tui.widgets.board.cut_line import Rule
from tui.widgets.board.face import PLAN_FLAG, TOO_LATE, Tone

if TYPE_CHECKING:
    from sessions.record.agreed import Decision

PROMISES = frozenset({"start", "start_after"})
"""Decision words that name a week."""

_RUNS_OUT = " runs out at "


class PlanWords(NamedTuple):
    """What the plan adds to a card's face."""

    tone: Tone = "plain"
    line: str = ""
    short: str = ""
    """The start in a word or two, for the card of one row: now, 17 Aug, cannot."""
    flags: tuple[str, ...] = ()
    proposes: bool = False
    """Whether the line says when the card starts, and nothing that is wrong with it."""


def words_on(plan: Plan, card: str) -> PlanWords:
    """Return when an undecided card starts and why not sooner; nothing if the plan does not know it or is empty."""
    placed = plan.placements.get(card)
    if plan.empty or placed is None:
        return PlanWords()
    tone = tone_of(plan, placed)
    said = _in_short(plan, placed) or sentence(plan, card)
    if late := deadline_note(plan, card):
        joint = ". " if said[:1].isupper() else " · "
        return PlanWords(tone, f"{capital(late)}{joint}{said}", short_of(plan, placed), (TOO_LATE,))
    # That it fits in a gap is its flag.
    notes = [note for note in (pulled_note(plan, card), runs_on_note(plan, card)) if note]
    line = " · ".join([said.removesuffix("."), *notes]) if notes else said
    return PlanWords(tone, line, short_of(plan, placed), _flags(plan, placed), placed.start is not None)


def _in_short(plan: Plan, placed: Placement) -> str:
    """Return when a waiting card starts, and why not sooner: from 17 Aug · waits for #1 (CRM)."""
    if placed.start in (None, plan.first_week) or placed.interrupted:
        return ""
    why = placed.why
    ranks = listed([f"#{plan.at(each).rank}" for each in why.cards if each in plan.placements])
    teams = listed([team_name(plan, team) for team in why.teams])
    match why.kind:
        case "team" if ranks:
            because = f"waits for {ranks} ({teams})"
        case "team":
            because = f"too few people in {teams} before"
        case "needs":
            because = f"needs {ranks}"
        case _:
            because = ""
    return " · ".join(part for part in (f"from {short_start(plan.workload.portfolio, placed.start)}", because) if part)


def tone_of(plan: Plan, placed: Placement) -> Tone:
    """Return the tone of a card: green starts, amber waits, grey cannot, red is too late for its deadline."""
    if placed.late:
        return "late"
    if placed.start is None:
        return "stop"
    return "start" if placed.start == plan.first_week else "wait"


def short_of(plan: Plan, placed: Placement) -> str:
    """Return the start in a word or two."""
    if placed.start is None:
        return "cannot" if placed.status == "cannot" else ""
    return "now" if placed.start == plan.first_week else short_start(plan.workload.portfolio, placed.start)


def promise_flags(plan: Plan, card: str, decision: Decision) -> tuple[str, ...]:
    """Return short notes that a card which is to start misses its deadline, and that the plan breaks a promised week."""
    placed = plan.placements.get(card)
    if plan.empty or placed is None or decision.word not in PROMISES:
        return ()
    late = (TOO_LATE,) if placed.late else ()
    if decision.week in (None, placed.start):
        return late
    return (*late, f"{PLAN_FLAG}{'never' if placed.start is None else short_start(plan.workload.portfolio, placed.start)}",)


def _flags(plan: Plan, placed: Placement) -> tuple[str, ...]:
    if plan.fits_in_gap(placed.card):
        return ("fits in a gap",)
    # Cards in flight and must cards do not yield to others.
    if placed.pulled_by and placed.lane > PINNED:
        return (f"with #{plan.at(placed.pulled_by).rank}",)
    return ()


def cut_line(session: Session, plan: Plan, *, faint: bool = False) -> Rule | None:
    """Return the line above the first card that does not start: the end of the quarter by the plan, or the room's own; None if all start."""
    if plan.empty:
        return _drawn_line(session)
    if plan.cut_rank is None:
        return None
    return Rule(plan.cut_rank - 1, f"{session.quarter or 'The quarter'} ends here", _runs_out(runs_out_notes(plan)), faint)


def _drawn_line(session: Session) -> Rule | None:
    if session.line is None:
        return None
    return Rule(above_line(session, session.line).projects, "Start above, not now below", (line_words(session, session.line),))


def _runs_out(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return "runs out" once: Web & Commerce runs out at #8, Data & BI at #10."""
    first = next((place for place, note in enumerate(notes) if _RUNS_OUT in note), len(notes))
    return (*notes[: first + 1], *(" at ".join(note.rsplit(_RUNS_OUT, 1)) for note in notes[first + 1 :]))
