"""The pictures of the README, taken from the demo: `PYTHONPATH=.:tests python -m pictures`."""

from __future__ import annotations

import asyncio
import re
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from film import take as take_film
from stage import disk_library, press, running

from tui.board.screen import SessionScreen
from tui.host.shared import RoomOptions
from tui.library.demo import make_demo

FOLDER = Path(__file__).parent.parent / ".github"
SIZE = (120, 40)
PICTURES: dict[str, tuple[str, ...]] = {"decide": (), "reveal": ("r",), "join": ("I",), "look_back": (",",), "trend": ("ctrl+t",)}
"""Each picture and the keys that lead to it from the demo's first screen."""
_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def take(name: str, keys: tuple[str, ...]) -> None:
    """Save one picture."""
    with TemporaryDirectory() as folder:
        library = disk_library(Path(folder))
        with library.open(make_demo(library)) as opened:
            async with running(library, SessionScreen(opened), SIZE) as pilot:
                pilot.app.keep_open(opened)  # type: ignore[attr-defined]
                pilot.app.room_options = RoomOptions(address="192.168.1.20")  # type: ignore[attr-defined]
                await press(pilot, *keys)
                await pilot.pause(0.2)
                picture = pilot.app.export_screenshot(title="Quarterdeck")
    # The font is the reader's own: the picture loads nothing from elsewhere.
    picture = re.sub(r"<!--.*?-->", "", picture)
    picture = _FONT.sub("", picture).replace("Fira Code", "Menlo, Consolas, DejaVu Sans Mono")
    (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    if find_spec("playwright"):  # the group system; the pictures of the screens need nothing
        from page_pictures import take as take_pages

        asyncio.run(take_pages(FOLDER))
    asyncio.run(take_film(FOLDER))
    for name, keys in PICTURES.items():
        asyncio.run(take(name, keys))
