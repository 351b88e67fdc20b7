"""The words of a replay at one event: its position, and for ballots before the reveal only who has voted, after it their proof."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from sessions.rounds.seals import proof_told, prove
from sessions.rounds.words import heading_revealed
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.wording import plural
from tui.host.top_bar import session_title
from tui.text import fit


class RoundLine(NamedTuple):
    """The line, and whether it reports a problem. The text is empty if no ballot was held."""

    text: str
    wrong: bool = False


def latest_revealed(session: Session) -> Round | None:
    """Return the round that was revealed last."""
    return next((each for each in reversed(session.rounds) if each.revealed), None)


def round_line(session: Session) -> RoundLine:
    """Return what there is to say about the ballots at this moment."""
    if session.open_round:
        return RoundLine(_open(session, session.open_round))
    round_ = latest_revealed(session)
    if round_ is None or round_.revealed is None:
        return RoundLine("")
    proof = prove(round_)
    name = heading_revealed(session, round_.opened)
    if proof is None:
        what = "Hands were counted in front of everybody, so there is nothing to prove." if round_.revealed.hands else "Nothing was sealed."
        return RoundLine(f"{what}  {name}")
    return RoundLine(f"{'✓' if proof.holds else '!'} {proof_told(session, round_)}  {name}", not proof.holds)


def _open(session: Session, round_: Round) -> str:
    """Return who has voted, and nothing else."""
    roles, count = [session.role(voice) for voice in round_.seals], len(round_.opened.voices)
    if not roles:
        told = "no one has voted yet"
    elif len(roles) == count:
        told = f"all {plural(count, 'voter')} are in"
    else:
        told = f"{len(roles)} of {plural(count, 'voter')} in: {', '.join(roles)}"
    return f"{heading_revealed(session, round_.opened)}, open · {told}"


def top_line(session: Session, time: str, width: int) -> Content:
    """Return the header: replay, session, phase and time; parts that do not fit are dropped."""
    name, phase = "Replay  ", f"● {'Closed' if session.closed else PHASE_NAMES[session.phase]}   "
    room = width - cell_len(name) - cell_len(time)
    if room < cell_len(phase):
        return Content.assemble((name, "bold $accent"), (fit(time, max(0, min(cell_len(time), width - cell_len(name)))), "$text-muted"))
    room = max(0, room - cell_len(phase) - 2)
    return Content.assemble((name, "bold $accent"), fit(session_title(session), room), "  ", (phase, "bold $warning"), (time, "$text-muted"))
