"""Write docs/keys.md, the table of all keys, from the registry: `python -m tests.key_table`."""

from __future__ import annotations

from pathlib import Path

from tui.host.actions import actions_at
from tui.host.places import PLACES

FILE = Path(__file__).parent.parent / "docs" / "keys.md"
_HEAD = """# Keys

Inside a live session a key means one thing on every screen; the library and the replay have keys of their own. `]` takes the step that the
line at the top names. `?` shows the keys of the screen in front, and the id in the last column binds an action to other keys in the config.
"""


def key_table() -> str:
    """Return the page: a table for each place."""
    parts = [_HEAD]
    for place, name in PLACES.items():
        rows = [f"| {_cell(f'`{each.shown}`')} | {_cell(each.help)} | `{each.id}` |" for each in actions_at(place)]
        parts.append("\n".join([f"## {name}\n", "| key | does | id |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(key_table(), encoding="utf-8")
