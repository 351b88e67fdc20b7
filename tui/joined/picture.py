"""What a participant's terminal, or the audience's window, shows of a state: one thing large, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.wording import clock_name, tenths
from tui.sides import looks, shaped_name
from tui.stages.picture import LETTER, TALL, Block, Row, blank, count_of, headed, large, line, rows_left, stacked
from tui.text import fit, length, plain, wrap
from tui.widgets.lines import Part

_STRONG, _QUIET, _NAME = "bold", "$text-muted", "bold $accent"
_LAST_MINUTE = 60
_OPEN = {"open": "waits for the facilitator", "accepted": "accepted", "declined": "declined", "undone": "accepted, then undone"}


def picture(state: Mapping[str, Any], passed: float, width: int, height: int) -> Block:
    """Draw a state, `passed` seconds after it came."""
    now = state["now"]
    drawn = _KINDS.get(now["kind"], _sentence)(state, width, height)
    name, *body = drawn
    phase = now["phase_name"] if now["kind"] != "closed" else ""
    head = headed(name or _text(phase, _NAME, width, 1), _clock(now["clock"], passed), width, height)
    return stacked([head, *body], height)


def standing(state: Mapping[str, Any], width: int) -> Block:
    """Return the seat's own ballots and proposals, a line each."""
    lines: Block = []
    round_ = state.get("round") or {}
    for ballot in state["you"].get("voices", ()) if state["now"]["kind"] == "vote" else ():
        whose = f"The ballot for {ballot['role']}" if ballot["proxy"] else "Your ballot"
        told, style = ("is in; enter changes it", "$success") if ballot["voted"] else ("is not in yet: enter", "$warning")
        if round_.get("over"):
            told = "is in" if ballot["voted"] else "is not in: the time to vote is over"
        lines.append(line(f"{whose} {told}", style, width))
    for each in state.get("proposals", ()):
        reason = f", because {each['reason']}" if each["reason"] else ""
        lines.append(line(f"Your proposal {each['title']} → {each['rank']}{reason}: {_OPEN[each['status']]}", _QUIET, width))
    return lines[-6:]


def _clock(clock: Mapping[str, Any] | None, passed: float) -> Part:
    if clock is None:
        return "", ""
    left = clock["left"] - (int(passed) if clock["running"] else 0)
    style = "$error" if left <= 0 else "$warning" if left <= _LAST_MINUTE else "$foreground" if clock["running"] else _QUIET
    return (clock_name(left) if left >= 0 else f"+{clock_name(-left)}"), style


def _text(text: str, style: str, width: int, most: int) -> Block:
    return [line(each, style, width) for each in wrap(plain(text), width, most)] if text else []


def _large(text: str, style: str, blocks: list[Block], width: int, height: int) -> Block:
    """Draw a text as large as the others leave room for."""
    return large(plain(text), style, width, min(18, rows_left(blocks, height)))


def _sentence(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    """Draw what the room does, and who is here."""
    closed = state["now"]["kind"] == "closed"
    here = _text("ctrl+s saves the page of the session.", _STRONG, width, 1) if closed else _bars(state.get("here") or {}, width, height, " here")
    return [[], _large(state["now"]["sentence"], "$foreground", [here, blank(LETTER)], width, height), here]


def _bars(counts: Mapping[str, Any], width: int, height: int, after: str = "") -> Block:
    """Draw how many of each side, a block for each person, higher if there is room."""
    shown = looks(counts)
    labels = {side: shaped_name(side, shown[side]) for side in counts}
    label = max(map(length, labels.values()), default=0) + 2
    drawn: Block = []
    most = max((of for _, of in counts.values()), default=1)
    each = max(1, min(width // 14, (width - label - 14 - len(after)) // max(1, most)))
    for side, (done, of) in counts.items():
        block = "█" * (each - 1) + " " if each > 1 else "█"
        bar: Row = ((block * done, shown[side].style), (block * (of - done), "$card-faint"), (" " * each * (most - of), ""))
        drawn.append(((fit(labels[side], label), f"bold {shown[side].style}"), *bar, (f"  {done} of {of}{after}", _STRONG)))
        drawn += [((" " * label, ""), *bar), ()] if height >= TALL else []
    return drawn


def _vote(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    round_ = state["round"]
    head = _text(round_["title"], _NAME, width, 2)
    asked = [*_text(round_["about"], _STRONG, width, 3), *_text(round_["question"], _STRONG, width, 2), *_text(round_["rules"], _STRONG, width, 2)]
    until = "The time to vote is over." if round_["over"] else f"Until {round_['until']}" if round_["until"] else ""
    told = [*_text(until, "$warning", width, 1), *_text(round_["told"], _QUIET, width, 2)]
    bars = _bars(round_["in"], width, height)
    done, of = (sum(each[place] for each in round_["in"].values()) for place in (0, 1))
    figure, words = (count_of(done, of), "have voted") if done < of else ("All have voted", "")
    rows = LETTER if height >= TALL else 1
    around = [head, bars, [*asked, *told], blank(2 * rows)]
    count = _large(figure, "$success" if done == of else "$foreground", around, width, height)
    below = [(), *large(words, _QUIET, width, rows)] if words else []
    return [head, [*count, *below], bars, [*asked, *told]]


def _reveal(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    reveal = state["reveal"]
    if not reveal:
        return _sentence(state, width, height)
    rows: Block = []
    for each in reveal["lines"]:
        rows += [_numbered(each["number"], each["title"], _STRONG, width), _numbered("", each["sentence"], _QUIET, width)]
    if not rows:
        rows = [_numbered(place, each["title"], "", width) for place, each in enumerate(reveal["order"], 1)]
    said = reveal["headline"] or state["now"]["sentence"]
    rows = rows[: max(2, height - LETTER - 4)]
    above = _text("Talk about these" if reveal["lines"] else "The order of the room", _NAME, width, 1)
    return [[], _large(said, "$foreground", [[*above, *rows]], width, height), [*above, *rows]]


def _numbered(number: int | str, text: str, style: str, width: int) -> Row:
    return ((f"{number:>3}  ", "bold $accent"), *line(text, style, width - 5))


def _card(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    card = state["card"]
    if not card:
        return _sentence(state, width, height)
    effort = ", ".join(f"{each['name']} {tenths(each['tenths'])}" for each in card["effort"])
    facts = [
        *_text(f"Sponsor: {card['sponsor']}" if card["sponsor"] else "", _STRONG, width, 1),
        *_text(card["benefit"], "", width, 4),
        *_text(card["worth"], _STRONG, width, 1),
        *_text(f"Person-weeks: {effort}" if effort else "", "", width, 2),
        *_text(f"Needs {', '.join(card['needs'])}" if card["needs"] else "", _QUIET, width, 2),
    ]
    more = _text(card["description"], _QUIET, width, 6)
    head = _text(f"#{card['number']}", _NAME, width, 1)
    return [head, _large(card["title"], "$foreground", [head, facts, more], width, height), facts, more]


def _talk(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    talk = state["talk"]
    if not talk:
        return _sentence(state, width, height)
    head = _text(f"The room talks about #{talk['number']}", _NAME, width, 1)
    said = _text(talk["sentence"], _STRONG, width, 3)
    return [head, _large(talk["title"], "$foreground", [head, said], width, height), said]


def _decide(state: Mapping[str, Any], width: int, height: int) -> list[Block]:
    decided = state["decided"]
    if not decided:
        return _sentence(state, width, height)
    last, card = decided["last"], state["card"]
    told = [*_text(last["title"], _STRONG, width, 1), *_text(last["words"], "$success", width, 3)] if last else []
    now = _text(f"Now: #{card['number']} {card['title']}", _STRONG, width, 2) if card and not (last and last["title"] == card["title"]) else []
    figure = count_of(decided["done"], decided["of"])
    words: Block = [line("decided", _QUIET, width)]
    return [[], [*_large(figure, "$foreground", [told, now, blank(2)], width, height), *words], now, told]


_KINDS = {"vote": _vote, "reveal": _reveal, "card": _card, "talk": _talk, "decide": _decide}
