"""Lines, and what stays unchanged: the picture after every change is the one that a fresh widget would draw."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from tui.themes import DARK, LIGHT, THEMES
from tui.widgets.lines import Lines, Part


class Stage(App[None]):
    CSS = "Lines { height: 2; padding: 0 1; background: $surface; }"

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK


def picture(widget: Lines) -> list[Strip]:
    return widget.render_lines(Region(0, 0, widget.size.width + 2, 2))


ONE: list[list[Part]] = [[("saved ", "$text-muted"), ("#1", "bold $success")], [("wide 漢字 and é", "")]]
TWO: list[list[Part]] = [[("saved ", "$text-muted"), ("#2, and more", "bold $success")], [("wide 漢字 and é", "")]]
LONG: list[list[Part]] = [[("x" * 500, "$error")], []]


async def test_every_change_gives_the_picture_that_a_fresh_widget_draws_and_another_theme_and_size_draw_all_anew() -> None:
    stage = Stage()
    async with stage.run_test(size=(40, 6)) as pilot:
        widget = stage.query_one(Lines)
        for lines in (ONE, TWO, LONG, [], TWO[:1], ONE):
            widget.show_lines(lines)
            await pilot.pause()
            shown = picture(widget)
            widget.refresh()
            assert shown == picture(widget)
            assert [strip.cell_length for strip in shown] == [40, 40]
            assert shown[0].text.strip() == "".join(words for words, _ in lines[0])[:38] if lines else not shown[0].text.strip()
        stage.theme = LIGHT
        await pilot.pause()
        light = picture(widget)
        assert [strip.text for strip in light] == [strip.text for strip in shown]
        assert [list(strip) for strip in light] != [list(strip) for strip in shown]
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert [strip.cell_length for strip in picture(widget)] == [30, 30]
        await widget.remove()
        widget.notify_style_update()
        assert len(picture(widget)) == 2, "the frame that was under way can still be drawn"
