"""The lines at the top of every screen of a session: session and clock, the phases, and what the room does now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.geometry import Size

from sessions.guide.room import has_result
from sessions.guide.step import Step
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.wording import clock_name, side_name
from tui.sides import looks
from tui.text import fit, length, plain
from tui.widgets.lines import Lines, Part, cells_of

NARROW = 100
"""Columns below which the save state is in the second line."""


ROOMY, LOW = 30, 24
"""Heights: from the first on the bar has an empty line below it; below the second only what the room does now is left."""


def top_lines(height: int) -> int:
    """Return how many lines the bar takes of a screen of this height."""
    return 4 if height >= ROOMY else 3 if height >= LOW else 1


def session_title(session: Session) -> str:
    """Return a session's title, and its quarter unless the title has it."""
    quarter = "" if session.quarter in session.title else session.quarter
    return plain(" · ".join(part for part in (session.title, quarter) if part))


def title_line(session: Session, elapsed: int, width: int, note: str) -> list[Part]:
    """Return the first line: name and session on the left; phase, clock, voters and saved on the right, less of it if it is narrow."""
    right = _clock(session, elapsed) + _voices(session, width) + [(f"   {note}", "$warning" if "read" in note else "$success")]
    name = [("Quarterdeck", "bold $accent"), ("  ", "")]
    read_only = right[-1:] if "read" in note else []
    if width < 60:
        right, name = _clock(session, elapsed) + read_only, []
    elif width < NARROW:
        right = _clock(session, elapsed) + _voices(session, width) + read_only
        name = [] if read_only else name
    room = width - cells_of(name) - cells_of(right) - 2
    title = session_title(session)
    title = title if cell_len(title) <= room else fit(title, max(0, room))
    told = next((f"   {each}" for each in delivered_words(session) if cell_len(title) + len(each) + 3 <= room), "")
    gap = " " * max(1, width - cells_of(name) - cell_len(title) - len(told) - cells_of(right))
    return [*name, (title, "$foreground"), (told, "$text-muted"), (gap, ""), *right]


def _clock(session: Session, elapsed: int) -> list[Part]:
    if session.closed:
        return [("closed", "bold $text-muted")]
    name = (f"● {PHASE_NAMES[session.phase]}", "bold $warning")
    timer = session.timer
    if not timer.planned:
        return [name]
    used = timer.used_at(elapsed)
    share = used * 10 // timer.planned
    style = "bold $error" if used >= timer.planned else "bold $warning" if share >= 8 else "bold"
    over = f" +{clock_name(used - timer.planned)} over" if used > timer.planned else ""
    paused = "" if timer.since is not None else " paused"
    shown = clock_name(min(used, timer.planned))
    return [name, (f"  {shown} / {clock_name(timer.planned)}{over}{paused}", style)]


def _voices(session: Session, width: int) -> list[Part]:
    """Return the voters present, before the session opens those invited: per side if that leaves room for the rest, else in total."""
    quorums, invited = session.quorum(), session.phase == "prepare"
    parts: list[Part] = []
    shown = looks(quorums)
    for side, quorum in quorums.items():
        met = invited or quorum.met
        count = f"{quorum.voices}" if invited else f"{quorum.counted}/{quorum.voices}"
        name = f"{plain(side_name(side))} {count}"
        parts += [("   ", ""), (f"{shown[side].shape} ", shown[side].style), (name, "$text-muted" if met else "$warning")]
        if not met:
            parts.append((" no quorum", "$warning"))
    if cells_of(parts) <= width * 3 // 5:
        return parts
    met = invited or all(quorum.met for quorum in quorums.values())
    counted, voices = (sum(getattr(quorum, what) for quorum in quorums.values()) for what in ("counted", "voices"))
    count = f"{voices}" if invited else f"{counted}/{voices}"
    return [("   ", "$text-muted"), (f"{count} voters{'' if met else ' no quorum'}", "$text-muted" if met else "$warning")]


def phase_line(session: Session, width: int, note: str, notice: str = "") -> list[Part]:
    """Return the second line: the phases, ticked if something was done, if narrow only around the current one; and what is saved.

    A request from outside comes before everything at its right.
    """
    phases = session.phases
    at = phases.index(session.phase)
    visited = {phase for phase in session.phase_use if has_result(session, phase)}
    shown = list(phases if session.phase == "prepare" else phases[1:])
    parts: list[Part] = []
    full = sum(len(PHASE_NAMES[phase]) + 5 for phase in shown)
    if full + (cell_len(note) if width < NARROW else 0) > width:
        shown = [phase for phase in shown if abs(phases.index(phase) - at) <= 1]
    for phase in shown:
        name = PHASE_NAMES[phase]
        if phase == session.phase:
            parts.append((f"● {name}   ", "bold $warning"))
        elif phase in visited:
            parts.append((f"✓ {name}   ", "$text-muted"))
        else:
            parts.append((f"  {name}   ", "$text-muted"))
    right: list[Part] = [(note, "$success")] if width < NARROW and "read" not in note else []
    if cells_of(parts) + cells_of(right) + len(counter := decided_words(session)) + 3 <= width:
        right = [(counter, "bold"), ("   " if counter and right else "", ""), *right]
    if notice:
        right = [(fit(notice, min(width, length(notice))), "bold $accent")]
        parts = parts if cells_of(parts) + cells_of(right) <= width else []
    room = width - cells_of(parts) - cells_of(right)
    return [*parts, (" " * room, ""), *right] if right and room >= 0 else parts


def decided_words(session: Session) -> str:
    """Return how many cards are decided, unless the line below says it: 9 of 24 decided."""
    many, decided = len(session.order), sum(card in session.cards for card in session.decisions)
    return f"{decided} of {many} decided" if decided and session.phase != "decide" else ""


def delivered_words(session: Session) -> tuple[str, ...]:
    """Return how many cards were delivered and are in use, and the same in short: delivered 4, adopted 2; 2 of 4 in use; 2/4 in use."""
    if not session.delivered:
        return ()
    from sessions.quarters.adoption import adopted, looked_at  # noqa: PLC0415 - few sessions have a delivery when they begin

    counts = adopted(looked_at(session))
    used, every = counts.adopted, counts.of
    return (f"delivered {every}, adopted {used}", f"{used} of {every} in use", f"{used}/{every} in use") if every else ()


def now_line(step: Step, width: int, *, act: str, key: str = "]") -> list[Part]:
    """Return the third line: the state of the meeting, and what the key that leads does next; without `act` the state alone."""
    told = plain(step.sentence)
    room = width - len("Now  ")
    way: list[Part] = []
    if act:
        arrow, verb = "  →  ", plain(act)
        left = max(room - len(arrow) - 1 - len(key) - cell_len(told), min(room // 3, cell_len(verb)))
        way = [(arrow, "$text-muted"), (key, "bold $accent"), (f" {verb if cell_len(verb) <= left else fit(verb, left).rstrip()}", "")]
    room = max(0, room - cells_of(way))
    return [("Now  ", "bold $accent"), (told if cell_len(told) <= room else fit(told, room).rstrip(), "bold"), *way]


LAST = 60
"""Seconds before the end of a phase from which a bar shows how few are left."""


def seconds_left(session: Session, elapsed: int) -> int:
    """Return the seconds that are left in the last minute of the phase, 0 before it and after the end."""
    timer = session.timer
    left = timer.planned - timer.used_at(elapsed)
    return left if timer.planned and 0 < left <= LAST and not session.closed else 0


def last_minute(left: int, width: int) -> list[Part]:
    """Return a line that is as full as the last minute of the phase."""
    told = f" {clock_name(left)} left "
    full = max(0, min(width - len(told), width * left // LAST))
    return [("━" * full, "bold $warning"), (told, "bold $warning"), ("━" * (width - full - len(told)), "$card-faint")]


def filled(parts: list[Part], left: int, width: int) -> list[Part]:
    """Return a line with the bar of the last minute behind it, for a screen that has no other line to spare."""
    told = f"  {clock_name(left)} left "
    room = max(0, width - cells_of(parts) - len(told))
    full, drawn = width * left // LAST, list[Part]()
    for text, style in [*parts, (" " * room, ""), (told, "bold $warning")]:
        inside = 0
        while inside < len(text) and cell_len(text[: inside + 1]) <= full:
            inside += 1
        full -= cell_len(text[:inside]) if inside == len(text) else full
        drawn += [(text[:inside], "bold $background on $warning"), (text[inside:], style)]
    return [part for part in drawn if part[0]]


class TopBar(Lines):
    """The three lines, redrawn when the session changes and every second while the timer runs. On a low screen only the last one is left."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: auto; padding: 0 1; background: $background; }
    """

    _shown: tuple[Session, int, str, Step, str, str, str] | None = None

    def show(self, session: Session, elapsed: int, note: str, step: Step, act: str, notice: str = "", key: str = "]") -> None:
        """Show a session at a second, its next step and the key for it, and what someone outside asks. Draws only what visibly changed."""
        self._shown = session, elapsed, note, step, act, notice, key
        self._arrange()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that a screen of this height has for the bar."""
        return top_lines(viewport.height)

    def on_resize(self) -> None:
        """Lay out again what fits the new size."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.content_size.width
        if self._shown is None or not width:
            return
        session, elapsed, note, step, act, notice, key = self._shown
        left = seconds_left(session, elapsed)
        if self.app.size.height < LOW:
            room = width - (len("  0:00 left ") if left else 0)
            # On a low screen who asks takes the place of what the room does now, until they have an answer.
            now = [(fit(notice, min(length(notice), room)), "bold $accent")] if notice else now_line(step, room, act=act, key=key)
            self.show_lines([filled(now, left, width) if left else now])
            return
        phases = last_minute(left, width) if left and not notice else phase_line(session, width, note, notice)
        self.show_lines([title_line(session, elapsed, width, note), phases, now_line(step, width, act=act, key=key)])
