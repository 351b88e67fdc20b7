"""The board as a facilitator meets it: what it draws, what it asks for, what the keys' screen and the mouse can do with it."""

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.color import Color
from textual.geometry import Region

from tui.themes import DARK, GROUNDS, INKS, THEMES, ground_variable, variable_defaults
from tui.widgets.board.board import Board
from tui.widgets.board.face import CardFace
from tui.widgets.board.geometry import Rows
from tui.widgets.board.view import DENSITIES

TITLES = [
    "Contractor CRM replacement",
    "[ERP] clean-up [/] of [@click=app.quit]master[/] data",
    "漢字かな交じりの長い題名がここに入りますので列が動くはずです",
    "👨‍👩‍👧 family ❤️ 🇩🇪 👍🏽",
    "\x1b[31mred\x1b[0m \x9b2J\x00\x07\x7f",
    "two\nlines\tand tabs \u202ebackwards",
    "e" + "\u0301" * 40,
    "x" * 5_000,
    "",
]
TONES = ("start", "wait", "stop", "differ", "plain", "new")


def face_of(position):
    title = TITLES[position % len(TITLES)]
    return CardFace(
        rank=position + 1,
        title=title,
        who=f"VP Sales {title[:9]} · O1",
        worth="$36,000 a month",
        tone=TONES[position % len(TONES)],
        line=f"Yes, but not before week 4 (27 Jul): {title}",
        moved=("▲ from 6", "▼ from 12", "new", "")[position % 4],
        flags=(("talk", "pinned"), ("talk",), ())[position % 3],
        voices=(("● business 2", "● 2", "business"), ("◆ IT 1", "◆ 1", "it")),
        bar=position * 111 % 1001,
        bar_text="16.1",
        extra=(title, "Adopted when 25% of orders repeat"),
    )


class BoardApp(App):
    """A screen with nothing but a board, and a list of what the board said."""

    def __init__(self, count):
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        self.animation_level = "none"
        self.asked, self.said, self.number = [], [], count

    def compose(self):
        yield Board()

    def on_mount(self):
        self.board.show(self.number, self.face)

    @property
    def board(self):
        return self.query_one(Board)

    def face(self, position):
        self.asked.append(position)
        return face_of(position)

    def hear(self, message):
        self.said.append(message)

    on_board_cursor_moved = on_board_dropped = on_board_opened = hear


@asynccontextmanager
async def showing(count=26, size=(80, 24)):
    app = BoardApp(count)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, app.board, pilot


def strips(board):
    return board.render_lines(Region(0, 0, board.size.width, board.size.height))


def text(board):
    return [strip.text for strip in strips(board)]


def place(board, position):
    """The view's line on which a card begins."""
    return Rows(board.count, board.density, int(board.density > 1)).lines(position, position)[0] - board.scroll_offset.y


def whole(board, position):
    return 0 <= place(board, position) <= board.size.height - board.density


@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize("width", [20, 59, 80, 200])
async def test_every_line_is_exactly_as_wide_as_the_board(width, density):
    async with showing(size=(width, 60)) as (_, board, _pilot):
        board.density = density
        for carrying in (False, True):
            board.carrying = carrying
            assert [(strip.cell_length, cell_len(strip.text)) for strip in strips(board)] == [(width, width)] * 60


async def test_a_title_is_shown_as_it_is_written_and_state_in_words():
    async with showing(size=(120, 40)) as (_, board, _pilot):
        assert "[ERP] clean-up [/] of [@click=app.quit]master[/] data" in text(board)[4]
        assert "▸" in text(board)[2]
        board.density = 1
        assert [word in line for word, line in zip(("starts", "waits", "stops", "differs"), text(board), strict=False)] == [True] * 4
        board.carrying = True
        assert "carrying" in text(board)[0]


async def test_ten_thousand_cards_are_asked_for_only_where_they_are_seen():
    async with showing(10_000, size=(120, 40)) as (app, board, pilot):
        assert set(app.asked) == set(range(10))
        app.asked.clear()
        board.cursor = 5_000
        await pilot.pause()
        assert len(app.asked) <= 11
        app.asked.clear()
        board.step(1)
        await pilot.pause()
        assert len(app.asked) <= 2


async def test_the_view_follows_the_cursor_with_a_card_of_context():
    async with showing() as (app, board, pilot):
        for cursor in (*range(1, 26), *range(24, -1, -1)):
            board.cursor = cursor
            await pilot.pause()
            assert all(whole(board, at) for at in (cursor - 1, cursor, cursor + 1) if 0 <= at < 26)
        assert [message.position for message in app.said] == [*range(1, 26), *range(24, -1, -1)]


async def test_the_mouse_chooses_and_opens():
    async with showing() as (app, board, pilot):
        await pilot.click(Board, offset=(10, 9))
        assert board.cursor == 2
        await pilot.click(Board, offset=(10, 13), times=2)
        await pilot.pause()
        assert [message.position for message in app.said if isinstance(message, Board.Opened)] == [3]
        assert not [message for message in app.said if isinstance(message, Board.Dropped)]


@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize(("source", "target"), [(3, 0), (0, 3), (1, 2)])
async def test_the_mouse_drags_a_card(source, target, density):
    async with showing(4) as (app, board, pilot):
        board.density = density
        await pilot.pause()
        plain = text(board)  # the cursor is on the first card, as it is again at the end
        await pilot.mouse_down(Board, offset=(10, place(board, source)))
        await pilot.hover(Board, offset=(10, place(board, target)))
        marked = "\n".join(text(board))
        assert ("▲ here" if target < source else "▼ here") in marked
        assert ("━" * 40 in marked) == (density > 1 and target > 0)
        await pilot.mouse_up(Board, offset=(10, place(board, target)))
        await pilot.pause()
        dropped = app.said[-1]
        assert isinstance(dropped, Board.Dropped)
        assert (dropped.source, dropped.target) == (source, target)
        board.cursor = 0
        assert text(board) == plain
        assert "here" not in "\n".join(text(board))


async def test_a_drag_is_put_back_by_escape_by_leaving_and_by_coming_home():
    async with showing() as (app, board, pilot):
        board.focus()

        async def drag():
            await pilot.mouse_down(Board, offset=(10, 0))
            await pilot.hover(Board, offset=(10, 8))
            assert "here" in "\n".join(text(board))

        await drag()
        await pilot.press("escape")
        assert "here" not in "\n".join(text(board))
        await pilot.mouse_up(Board, offset=(10, 8))
        await drag()
        board.post_message(events.MouseMove(board, 10, 99, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=10, screen_y=99))
        await pilot.pause()
        assert "here" not in "\n".join(text(board))
        await pilot.mouse_up(Board, offset=(10, 0))
        await drag()
        await pilot.hover(Board, offset=(10, 1))
        await pilot.mouse_up(Board, offset=(10, 1))
        await pilot.pause()
        assert not [message for message in app.said if isinstance(message, Board.Dropped)]


def contrast(first, second):
    """The contrast ratio of WCAG 2.1."""

    def luminance(colour):
        parts = [part / 255 for part in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_keep_their_contrast_on_every_ground(theme):
    colours = {**variable_defaults(dark=theme.dark), **theme.variables, "background": theme.background}
    for ground in GROUNDS:
        for ink in set(INKS) - {"faint", "bar"}:  # these are for lines and bars
            assert contrast(colours[f"card-{ink}"], colours[ground_variable(ground)]) >= 4.5, (ground, ink)
    for name in ("foreground", "primary", "secondary", "success", "warning", "error"):
        for ground in ("background", "surface", "panel"):
            assert contrast(getattr(theme, name), getattr(theme, ground)) >= 4.5, (name, ground)
