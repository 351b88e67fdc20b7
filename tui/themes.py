"""The two themes, and the colours of a card, each of which says one thing.

Green starts, amber waits, grey stops, red marks disagreement or the end of the capacity, blue is the focus; orchid is business and teal is IT
(`tui.sides`). Text and ground keep the contrast of WCAG AA (4.5 : 1) or better, because people read the screen on a projector and in a video
call. A word or a glyph says everything that a colour says.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Literal, NamedTuple

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

DARK = "quarterdeck-dark"
LIGHT = "quarterdeck-light"

Ground = Literal["page", "card", "focus", "carry"]
"""The background of a text: the space between the cards, a card, the selected card, the card that is picked up."""

Ink = Literal["text", "muted", "faint", "start", "wait", "stop", "differ", "new", "focus", "bar", "business", "it"]
"""What a text says. `faint` and `bar` are for lines and bars, never for words."""

GROUNDS: tuple[Ground, ...] = ("page", "card", "focus", "carry")
INKS: tuple[Ink, ...] = ("text", "muted", "faint", "start", "wait", "stop", "differ", "new", "focus", "bar", "business", "it")

_DARK = {
    "card-ground": "#181c26",
    "card-focus-ground": "#25304a",
    "card-carry-ground": "#2c3f6c",
    "card-text": "#eceff6",
    "card-muted": "#a7afc0",
    "card-faint": "#495065",
    "card-start": "#93d27c",
    "card-wait": "#eab35e",
    "card-stop": "#a7afc0",
    "card-differ": "#ff949b",
    "card-new": "#71d7d8",
    "card-focus": "#8ab4ff",
    "card-bar": "#b3bccd",
    "card-business": "#e58cf0",
    "card-it": "#35d0ba",
}
_LIGHT = {
    "card-ground": "#fbfcfe",
    "card-focus-ground": "#d9e5fd",
    "card-carry-ground": "#bdd2fb",
    "card-text": "#141821",
    "card-muted": "#475064",
    "card-faint": "#c3cad6",
    "card-start": "#1f6420",
    "card-wait": "#7b4700",
    "card-stop": "#475064",
    "card-differ": "#a31329",
    "card-new": "#00585f",
    "card-focus": "#1746b8",
    "card-bar": "#667085",
    "card-business": "#8a2394",
    "card-it": "#00635a",
}


def _theme(name: str, cards: Mapping[str, str], page: str, panel: str, bar: str, bar_hover: str, *, dark: bool) -> Theme:
    """Return a theme in the colours of its cards, with those of the page, of panels and of the scrollbar."""
    return Theme(
        name=name,
        primary=cards["card-focus"],
        secondary=cards["card-new"],
        accent=cards["card-focus"],
        success=cards["card-start"],
        warning=cards["card-wait"],
        error=cards["card-differ"],
        foreground=cards["card-text"],
        background=page,
        surface=cards["card-ground"],
        panel=panel,
        dark=dark,
        variables={
            **cards,
            # Textual 8.2 leaves `boost` transparent if a theme sets its panel.
            "boost": cards["card-focus-ground"],
            "text-muted": cards["card-muted"],
            "block-cursor-background": cards["card-focus-ground"],
            "block-cursor-foreground": cards["card-text"],
            "scrollbar": bar,
            "scrollbar-hover": bar_hover,
            "scrollbar-active": cards["card-focus"],
            **dict.fromkeys(("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active"), page),
        },
    )


THEMES = (
    _theme(DARK, _DARK, "#0f1218", "#202634", "#2c3446", "#495065", dark=True),
    _theme(LIGHT, _LIGHT, "#eceff4", "#e2e7ef", "#c3cad6", "#9aa4b6", dark=False),
)


def variable_defaults(*, dark: bool) -> dict[str, str]:
    """Return the card colours for a theme that has none of its own; for `App.get_theme_variable_defaults`."""
    return dict(_DARK if dark else _LIGHT)


class Palette(NamedTuple):
    """The styles of the cards in one theme: every ink on every ground, ready made, because a key repaints in one frame."""

    styles: Mapping[tuple[Ground, Ink], Style]
    bold: Mapping[tuple[Ground, Ink], Style]
    italic: Mapping[tuple[Ground, Ink], Style]

    def style(self, ground: Ground, ink: Ink = "text", *, bold: bool = False, italic: bool = False) -> Style:
        """Return the style of a text in `ink` on `ground`; bold wins over italic."""
        return (self.bold if bold else self.italic if italic else self.styles)[ground, ink]


def palette(variables: Mapping[str, str]) -> Palette:
    """Make the palette from an app's theme variables (`App.theme_variables`); the dark theme fills what a theme lacks."""
    colours = {name: Color.parse(value).rich_color for name, value in {"background": "#0f1218", **_DARK, **_own(variables)}.items()}
    styles = {(ground, ink): Style(color=colours[f"card-{ink}"], bgcolor=colours[ground_variable(ground)]) for ground, ink in product(GROUNDS, INKS)}
    bold, italic = ({place: style + more for place, style in styles.items()} for more in (Style(bold=True), Style(italic=True)))
    return Palette(styles, bold, italic)


def _own(variables: Mapping[str, str]) -> dict[str, str]:
    """Pick the variables that the cards are drawn with."""
    return {name: value for name, value in variables.items() if name == "background" or name in _DARK}


def ground_variable(ground: Ground) -> str:
    """Name the theme variable that holds the colour of a ground."""
    return {"page": "background", "card": "card-ground"}.get(ground, f"card-{ground}-ground")


def put_on(app: App[None], theme: str) -> None:
    """Register our themes with an app, and set one before its first style sheet is parsed: another one would have all of them parsed again."""
    for each in THEMES:
        app.register_theme(each)
    app.set_reactive(App.theme, LIGHT if theme == LIGHT else DARK)
    app.stylesheet.set_variables(app.get_css_variables())
