"""Titles on the board: whole if there is room, else cut between words, and never beside free columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stage import on_board
from textual.geometry import Region

from sessions.imports.portfolio import load_portfolio
from sessions.portfolio.models import Portfolio, Project
from sessions.sample import sample_portfolio
from sessions.sanitize import ELLIPSIS
from tui.cards.detail_pane import DetailPane
from tui.text import fixed_width
from tui.widgets.board.board import Board

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "canada-it-2022.csv"
SIZES = [(80, 24), (120, 40), (200, 60)]
FREE = 8
"""So many free cells that a title may not be cut. A word is cut only if dropping it would leave that many."""


def titles_only() -> Portfolio:
    return Portfolio(projects=tuple(Project(id=each.id, title=each.title) for each in sample_portfolio().projects))


def real_projects() -> Portfolio:
    if not DATA.exists():
        pytest.skip("the 495 real projects are not beside the repository")
    return load_portfolio(DATA).portfolio


def rows_at(board: Board, position: int) -> list[str]:
    """Return the rows of a card as they are drawn, without its rank."""
    top = board._rows.top(position) - board.scroll_offset.y
    lines = board.render_lines(Region(0, top, board.size.width, board._rows.rows))
    return [strip.text.rstrip("▐ ").ljust(board.size.width - 1)[max(2, len(str(board.count))) + 5 :] for strip in lines]


def wrong_with(title: str, rows: list[str]) -> str:
    """Return what is wrong with a drawn title, or nothing."""
    title = " ".join(fixed_width(title).split())
    drawn = [" ".join(row.split("   ")[0].split()) for row in rows]
    if any(text.startswith(title) for text in (" ".join(rows[0].split()), " ".join([drawn[0], " ".join(rows[1].split())]) if rows[1:] else "")):
        return ""
    cut = next((row for row in rows[:2] if ELLIPSIS in row), "")
    if not cut:
        return f"not whole, and not cut: {title!r} is {drawn}"
    if "  " * (FREE // 2) in cut:
        return f"cut beside free columns: {cut!r}"
    kept = cut[: cut.index(ELLIPSIS)].strip()
    between_words = any(f"{kept}{after}" in title for after in " ,;:–—-&(")
    return "" if between_words or len(kept.split()[-1]) >= FREE - 1 else f"cut in a word: {cut!r}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("portfolio", [sample_portfolio, titles_only, pytest.param(real_projects, marks=pytest.mark.system)])
async def test_no_title_is_cut_while_its_row_has_free_columns(tmp_path: Path, portfolio: Callable[[], Portfolio], size: tuple[int, int]) -> None:
    async with on_board(tmp_path, portfolio(), size=size) as (pilot, opened):
        board, faults = pilot.app.screen.query_one(Board), []
        for position, card in enumerate(opened.live.session.order):
            board.cursor = position
            await pilot.pause() if position % board.page_size == 0 else None
            faults.append(wrong_with(opened.live.session.cards[card].title, rows_at(board, position)))
        assert not list(filter(None, faults))
        assert not (portfolio is titles_only and pilot.app.screen.query_one(DetailPane).display), "a card that has only a title has no detail"
