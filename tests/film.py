"""The demo as one animated picture for the README: screenshots of the app in a row, joined by CSS; `pictures` calls it.

What several frames share is drawn once: the film is a pile of lines, each visible while it is on the screen. It loads nothing from elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree as ET

from disk import DiskLibrary
from stage import press, running

from sessions.commands.base import Command
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.sample import PORTFOLIO, sample_portfolio
from sessions.sample.demo import TITLE, ScriptClock, play, script
from tui.board.screen import SessionScreen
from tui.environment import token

SIZE = (100, 30)
STEPS = ("Rank", "Vote", "Reveal", "Decide")
WIDE, HIGH, TITLE_BAR = 10, 20, 44
"""Units of a cell, and of the bar above the screen."""
_CELL, _LINE = 12.2, 24.4
"""Pixels of a cell in a screenshot of Textual."""
_STYLE = re.compile(r"\.terminal-\d+-(r\d+) \{ ([^}]*?);? *\}")
_NARROW = re.compile(r"(?<!\xa0)\xa0(?!\xa0)")
"""A space that stays one when it may break."""
_GROUND = "#0f1218"


class Frame(NamedTuple):
    """A screenshot: for how many seconds it is visible, at which step, and the key that led to it."""

    picture: str
    seconds: float
    step: str
    key: str = ""


async def take(folder: Path) -> None:
    """Save the film."""
    (folder / "demo.svg").write_text(film(await frames()), encoding="utf-8")


async def frames() -> list[Frame]:
    """Play the meeting of the demo, and take the frames: move a card, vote, reveal, decide."""
    taken: list[Frame] = []
    clock = ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC))
    steps = [*script()]
    back, cards = (steps.index(next(each for each in steps if each[1] == StartPhase(phase=phase))) for phase in ("look_back", "cards"))
    del steps[back:cards]
    with TemporaryDirectory() as folder:
        library = DiskLibrary(Path(folder), clock, token)
        with library.create(sample_portfolio(), title=TITLE, source=PORTFOLIO) as opened:

            def perform(until: Command | type[Command]) -> None:
                """Carry out the script, up to and with a command."""
                while True:
                    step = steps.pop(0)
                    play(opened.live, clock, [step])
                    if step[1] == until or type(step[1]) is until:
                        return

            perform(StartPhase(phase="cards"))
            async with running(library, SessionScreen(opened), SIZE) as pilot:
                pilot.app.keep_open(opened)  # type: ignore[attr-defined]

                async def show(seconds: float, step: str, *keys: str, name: str = "") -> None:
                    await press(pilot, *keys)
                    await pilot.pause(0.2)
                    taken.append(Frame(pilot.app.export_screenshot(), seconds, step, name))

                await show(2, "Rank", "tab", "g")
                await show(0.5, "Rank", "j", name="j")
                await show(0.5, "Rank", "j", name="j")
                await show(0.8, "Rank", "j", name="j")
                await show(0.8, "Rank", "K", name="K")
                await show(1.8, "Rank", "K", name="K")
                perform(StartPhase(phase="vote"))
                play(opened.live, clock, [steps.pop(0)])
                await show(1.6, "Vote")
                for count, seconds in ((2, 0.6), (3, 0.6), (3, 0.6), (3, 1.8)):
                    for _ in range(count):
                        perform(SealBallot)
                    await show(seconds, "Vote")
                perform(RevealBallots)
                await show(3.6, "Reveal", "r", name="r")
                await press(pilot, "escape")
                perform(StartPhase(phase="decide"))
                await show(2.2, "Decide")
                await show(2, "Decide", "d", name="d")
                await show(1.6, "Decide", "enter", name="enter")
                await show(2.6, "Decide", "D", name="D")
                await show(3, "Decide", "enter", name="enter")
    return taken


def film(taken: Sequence[Frame]) -> str:
    """Return frames as one picture that plays them, over and over."""
    width, height = SIZE[0] * WIDE + 2 * WIDE, SIZE[1] * HIGH + TITLE_BAR + WIDE
    styles: dict[str, str] = {}
    seen: dict[str, set[int]] = defaultdict(set)
    for number, frame in enumerate(taken):
        for line in (*_bar(frame), *_lines(frame.picture, styles)):
            seen[line].add(number)
    groups: dict[frozenset[int], list[str]] = defaultdict(list)
    for line, numbers in seen.items():
        groups[frozenset(numbers)].append(line)
    always = groups.pop(frozenset(range(len(taken))), [])
    total = sum(frame.seconds for frame in taken)
    rules = [f".{name}{{{css}}}" for css, name in styles.items()]
    body = []
    for count, (numbers, lines) in enumerate(groups.items()):
        rules.append(_keyframes(f"f{count}", numbers, taken, total) + f".f{count}{{animation-name:f{count}}}")
        body.append(f'<g class="f{" p" * (0 in numbers)} f{count}">{"".join(lines)}</g>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
text{{font:16.4px Menlo,Consolas,"DejaVu Sans Mono",monospace}}rect{{shape-rendering:crispEdges}}
.now,.then,.key{{font-size:20px;font-weight:bold;fill:#8ab4ff}}.then{{fill:#4d5468}}.key{{fill:{_GROUND}}}
.f{{visibility:hidden;animation:{total:g}s step-end infinite}}.p{{visibility:visible}}
@media(prefers-reduced-motion:reduce){{.f{{animation:none}}}}
{"".join(rules)}
</style>
<rect width="{width}" height="{height}" rx="10" fill="{_GROUND}"/>
<g transform="translate({WIDE} {TITLE_BAR})">{"".join(always)}{"".join(body)}</g>
</svg>
"""


def _keyframes(name: str, numbers: frozenset[int], taken: Sequence[Frame], total: float) -> str:
    """Return the rule that makes something visible during some of the frames."""
    stops, now, was = "", 0.0, None
    for number, frame in enumerate(taken):
        if (visible := number in numbers) != was:
            stops += f"{now / total * 100:.3g}%{{visibility:{'visible' if visible else 'hidden'}}}"
        now, was = now + frame.seconds, visible
    return f"@keyframes {name}{{{stops}}}"


def _bar(frame: Frame) -> Iterator[str]:
    """Return what is above the screen: the steps of a meeting, and the key that was pressed."""
    for place, step in enumerate(STEPS):
        yield f'<text class="{"now" if step == frame.step else "then"}" x="{WIDE + place * 110}" y="-15">{step}</text>'
    if frame.key:
        letters = len(frame.key) * 12
        right = SIZE[0] * WIDE - 10
        yield f'<rect x="{right - letters - 20}" y="-35" width="{letters + 20}" height="28" rx="5" fill="#8ab4ff"/>'
        yield f'<text class="key" x="{right - letters - 10}" y="-15" textLength="{letters}">{frame.key}</text>'


def _lines(picture: str, styles: dict[str, str]) -> Iterator[str]:
    """Return the lines of a screenshot, each with its place; their styles become classes in `styles`."""
    classes = {name: styles.setdefault(css, f"s{len(styles)}") for name, css in _STYLE.findall(picture)}
    grounds: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for each in ET.fromstring(picture).iter():
        tag, at = each.tag.rpartition("}")[2], each.attrib
        if tag == "rect" and "shape-rendering" in at:
            row, cell, wide = (round(float(at[name]) / size) for name, size in (("y", _LINE), ("x", _CELL), ("width", _CELL)))
            if at["fill"] != _GROUND:
                rects = grounds[row]
                if rects and rects[-1][2] == at["fill"] and rects[-1][0] + rects[-1][1] == cell:
                    cell, wide = rects[-1][0], rects.pop()[1] + wide
                rects.append((cell, wide, at["fill"]))
        elif tag == "text" and "clip-path" in at and "line" in at["clip-path"]:
            row, cell, name = round(float(at["y"]) / _LINE - 0.8), round(float(at["x"]) / _CELL), classes[at["class"].rpartition("-")[2]]
            for piece in re.finditer(r"(█+)|(▀+)|(▄+)|[^█▀▄\s](?:[^█▀▄]*[^█▀▄\s])?", each.text or ""):
                at_x, wide = (cell + piece.start()) * WIDE, len(piece[0]) * WIDE
                if piece[1] or piece[2] or piece[3]:  # as shapes: between letters there are seams
                    half = "" if piece[1] else f' y="{0 if piece[2] else HIGH // 2}"'
                    texts[row].append(f'<rect class="{name}" x="{at_x}"{half} width="{wide}" height="{HIGH if piece[1] else HIGH // 2}"/>')
                else:
                    texts[row].append(f'<text class="{name}" x="{at_x}" y="15" textLength="{wide}">{escape(_NARROW.sub(" ", piece[0]))}</text>')
    for row in sorted({*grounds, *texts}):
        under = (f'<rect x="{cell * WIDE}" width="{wide * WIDE}" height="{HIGH}" fill="{fill}"/>' for cell, wide, fill in grounds[row])
        yield f'<g transform="translate(0 {row * HIGH})">{"".join([*under, *texts[row]])}</g>'
