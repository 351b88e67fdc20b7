"""Choosing a file: by browsing folders, and by typing a path that completes itself. File names are shown as they are, never parsed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import ClassVar

from rich.text import Text, TextType
from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import DirectoryTree

from tui.paths import is_folder
from tui.text import cell, safe_input

KINDS = (".csv", ".json", ".tsv", ".txt", ".xlsx", ".xml")
"""Endings of the files that may hold a portfolio."""
_MOST = 20_000
"""Names of one folder that are looked at: beyond, what is typed is not completed."""


class FilePicker(DirectoryTree, inherit_bindings=False):
    """The folders, and the files that may hold a portfolio."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", show=False),
        Binding("k,up", "up", show=False),
        Binding("enter,l,right", "select_cursor", show=False),
        Binding("left,h,backspace", "above", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
    ]

    def process_label(self, label: TextType) -> Text:
        """Return a file's name as one clean line."""
        return cell(label if isinstance(label, str) else label.plain)

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what is hidden, and files that hold no portfolio."""
        return [path for path in paths if not path.name.startswith(".") and (path.suffix.lower() in KINDS or is_folder(path))]

    def browse(self, folder: Path) -> None:
        """Show another folder."""
        self.path = folder

    def action_above(self) -> None:
        """Show the folder above."""
        self.browse(Path(self.path).absolute().parent)

    def action_up(self) -> None:
        """Go up; from the first line, to the field above."""
        if self.cursor_line <= 0:
            self.screen.focus_previous()
        else:
            self.action_cursor_up()


class PathSuggester(Suggester):
    """Completes a path as far as the first name that fits."""

    def __init__(self, folder: Path) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = folder

    async def get_suggestion(self, value: str) -> str | None:
        """Return the path that begins with what was typed: a folder with its slash, or a file that may hold a portfolio."""
        path = await asyncio.to_thread(completed, value, self._folder)
        return safe_input(path) if path else None


def completed(value: str, folder: Path) -> str | None:
    """Complete a typed path with the first name, in the order of letters, that continues it; None if there is none."""
    head, name = os.path.split(value)
    if not value or value == "~":
        return None
    names: list[str] = []
    with suppress(OSError, ValueError, RuntimeError), os.scandir(folder / Path(head).expanduser()) as entries:
        for entry in islice(entries, _MOST):
            if entry.name.startswith(name) and (name.startswith(".") or not entry.name.startswith(".")):
                if entry.is_dir():
                    names.append(entry.name + "/")
                elif entry.name.lower().endswith(KINDS):
                    names.append(entry.name)
    return value + min(names, key=str.casefold)[len(name) :] if names else None
