"""What both pictures have in common: how many have answered, a side's figures."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.rounds.words import ANNOUNCED, question, voted_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import plural
from tui.stages.bars import side_bars
from tui.stages.picture import TALL, Block, large, line, rows_left, sentence, stacked
from tui.text import wrap


def asked_picture(
    session: Session, head: Block, asked: Sequence[tuple[str, str]], below: Sequence[str], width: int, height: int, *, invites: bool
) -> Block:
    """Draw what is asked before it is: each question in letters as large as they all fit, else in a few large words; `below` in plain lines.

    `invites` says which key lets all answer together, from devices of their own.
    """
    voters = session.voters()
    who = f"{plural(len(voters), 'person answers', 'people answer')}. No one learns who gave which answer, and the file does not keep it."
    who += " On their own devices all answer together: I invites them." if invites else ""
    told: Block = [line(each, "$text-muted", width) for each in wrap(who if voters else "No one has a vote yet: add people first.", width, 2)]
    list_: Block = [line(each, "bold", width) for each in below]
    room = rows_left([head, list_, told], height) // len(asked) - 1
    drawn = [sentence(text, "$foreground", width, room) for text, _ in asked]
    if not all(drawn):
        drawn = [_short(*each, width, room) for each in asked]
    return stacked([head, *drawn, list_, told], height)


def _short(text: str, short: str, width: int, room: int) -> Block:
    """Draw a question in a few large words, with its text below them."""
    rows: Block = [line(row, "bold", width) for row in wrap(text, width, 3)] if text != short else []
    return [*large(short, "$foreground", width, max(1, room - len(rows) - 1)), *([()] if rows else []), *rows]


def answering_picture(session: Session, head: Block, round_: Round, texts: Sequence[str], width: int, height: int) -> Block:
    """Draw how many have answered, by side, below what they are asked."""
    voters = session.voters()
    done = sum(each.id in round_.seals for each in voters)
    asked: Block = [line(row, "bold", width) for text in texts for row in wrap(text, width, 2)]
    asked += [line(each, "$text-muted", width) for each in question(round_.opened).lines]
    told = [line(each, "$text-muted", width) for each in wrap(ANNOUNCED[round_.opened.anonymity], width, 2)]
    bars = side_bars(voted_by_side(session, round_), width, 2 if height >= TALL else 1)
    all_in = done == len(voters)
    room = min(9, rows_left([head, asked, bars, told], height))
    count = large("All have answered" if all_in else f"{done} of {len(voters)} have answered", "$success" if all_in else "$foreground", width, room)
    return stacked([head, asked, count, bars, told], height)
