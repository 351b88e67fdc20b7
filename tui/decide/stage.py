"""Deciding as a list: how many cards are decided, then every card with its decision, its proposal, or that the room differs on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from sessions.commands.acceptance import Acceptance, acceptance
from sessions.deciding.proposals import proposals_for
from sessions.deciding.words import word_counts
from sessions.live.ports import ReadableSession
from sessions.record.events import Decision
from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session
from tui.decide.rows import Row, RowColumns, columns_for, row_line
from tui.widgets.big_text import big_text
from tui.widgets.board.cut_line import Rule, rule_text
from tui.widgets.lines import Lines, Part
from tui.widgets.listing import Line, Listing, Piece

_BIG_ROWS, _BIG_FROM = 5, 90
"""Rows of the counter in block letters, and the columns from which there is room for it and for what D would do."""
_TALL = 28
"""Rows of the stage from which the counter may take its rows."""
_BAR = 24
_ASIDE = 40
_PROPOSED_UP_TO = 2000
"""Open cards up to which every proposal is worked out; above, `d` shows that of one card."""


class Standing(NamedTuple):
    """What is proposed for the open cards, and what accepting the rest would do."""

    proposals: Mapping[str, Decision]
    rest: Acceptance


def standing(session: Session, reading: RevealResult | None, cards: Sequence[str]) -> Standing:
    """Return the state of the open ones of these cards."""
    still_open = [card for card in cards if card not in session.decisions]
    if not still_open or len(still_open) > _PROPOSED_UP_TO:
        return Standing({}, Acceptance((), (), ()))
    return Standing({each.card: each for each in proposals_for(session, still_open)}, acceptance(session, still_open, reading=reading))


def counter(session: Session) -> str:
    """Return how many cards are decided: 9 of 24."""
    return f"{len(session.order) - len(session.undecided)} of {len(session.order)}"


def head_lines(session: Session, rest: Acceptance, width: int, *, big: bool) -> list[list[Part]]:
    """Return the lines above the list: the counter, large if there is room, with what D would do beside it."""
    if not big:
        accepts = f"   D accepts {len(rest.decisions)}" if rest.decisions else ""
        differ = "differs" if len(rest.differing) == 1 else "differ"
        apart = f"{' ·' if accepts else '  '} {len(rest.differing)} {differ}, left out" if rest.differing else ""
        return [[(f"{counter(session)} decided", "bold"), (accepts, "$text-muted"), (apart, "$card-differ")]]
    block = big_text(counter(session), width - _ASIDE - _BAR - 8, _BIG_ROWS)
    cells = max(cell_len(row) for row in block)
    done = _BAR * (len(session.order) - len(session.undecided)) // max(1, len(session.order))
    middle: list[list[Part]] = [[], [("decided", "bold")], [], [("━" * done, "$card-bar"), ("━" * (_BAR - done), "$card-faint")], []]
    lines, aside = [], _aside(rest)
    for place in range(_BIG_ROWS):
        letters = block[place] if place < len(block) else ""
        line: list[Part] = [(" " + letters.ljust(cells), "bold"), (" " * 4, ""), *middle[place]]
        line.append((" " * (_BAR + 4 - sum(cell_len(text) for text, _ in middle[place])), ""))
        lines.append([*line, *aside[place : place + 1]])
    return lines


def _aside(rest: Acceptance) -> list[Part]:
    """Return what D would do, line by line, and what it would not."""
    counts = word_counts([each.word for each in rest.decisions])
    parts: list[Part] = [("D would accept the rest:", "$text-muted"), ("  " + ", ".join(counts[:3]), "")] if counts else []
    parts += [("  " + ", ".join(counts[3:]), "")] if counts[3:] else []
    if rest.differing:
        parts.append((f"  {len(rest.differing)} that {'differs is' if len(rest.differing) == 1 else 'differ are'} left out", "$card-differ"))
    if rest.own:
        parts.append((f"  {len(rest.own)} {'needs' if len(rest.own) == 1 else 'need'} your decision", "$card-wait"))
    return parts


class DecideStage(Vertical):
    """The list and the lines above it. Its list sends `Listing.Chosen` when another card is selected."""

    DEFAULT_CSS = """
    DecideStage { height: 1fr; width: 1fr; }
    DecideStage > Lines { height: 1; margin: 0 1 1 1; }
    DecideStage.-big > Lines { height: 5; margin: 1 1 1 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.list = Listing()
        self._head = Lines()
        self._session: Session | None = None
        self._cards: tuple[str, ...] = ()
        self._standing = Standing({}, Acceptance((), (), ()))
        self._rule: Rule | None = None
        self._ruled = -1
        """The place of the line in the list, -1 without one."""
        self._columns: tuple[int, RowColumns] | None = None

    def compose(self) -> ComposeResult:
        """Lay out counter and list."""
        yield self._head
        yield self.list

    def show(
        self, session: Session, cards: tuple[str, ...], reading: RevealResult | None = None, rule: Rule | None = None, selected: str = ""
    ) -> None:
        """Show some cards of a session by rank: `rule` is the line across the board, if there is one."""
        self._session, self._cards, self._rule, self._columns = session, cards, rule, None
        self._standing = standing(session, reading, cards)
        values = list(cards)
        self._ruled = bisect_right(cards, rule.position, key=session.rank) if rule else -1
        if rule:
            values.insert(self._ruled, "")
        self.list.show(values, self._draw)
        self.list.choose(selected)
        self._show_head()

    def follow(self, live: ReadableSession, selected: str, rule: Rule | None, cards: tuple[str, ...]) -> None:
        """Show a live session as it is now."""
        session = live.session
        if session is not self._session or rule != self._rule or cards != self._cards:
            round_ = session.latest_order
            result = live.results.result(session, round_) if round_ else None
            self.show(session, cards, result if result and result.ready else None, rule, selected)
        else:
            self.list.choose(selected)

    def _show_head(self) -> None:
        if self._session and self.size.width:
            big = self.size.width >= _BIG_FROM and self.size.height >= _TALL
            self.set_class(big, "-big")
            self._head.show_lines(head_lines(self._session, self._standing.rest, self.size.width - 2, big=big))

    def on_resize(self) -> None:
        """Show the counter as large as the window allows."""
        self._show_head()

    def _draw(self, place: int, width: int) -> Line:
        assert self._session is not None
        rule = self._rule
        if rule and place == self._ruled:
            return [Piece(rule_text(rule, width), "differ", bold=True)]
        card = self._cards[place - (rule is not None and place > self._ruled)]
        if self._columns is None or self._columns[0] != width:
            self._columns = width, columns_for(self._session, [self._row(each) for each in self._cards], width)
        return row_line(self._session, self._row(card), self._columns[1])

    def _row(self, card: str) -> Row:
        assert self._session is not None
        differing: Sequence[str] = self._standing.rest.differing
        alone = "its file calls it done: d decides" if self._session.cards[card].state == "done" else "open: d decides"
        return Row(card, self._session.decisions.get(card), self._standing.proposals.get(card), card in differing, alone)
