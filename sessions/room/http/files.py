"""The page and its files, by an allow list: what is not in the folder `web` when the room opens is never served."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

WEB = Path(__file__).parent.parent / "web"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


class Files:
    """The files of the page, read once."""

    def __init__(self, folder: Path = WEB) -> None:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        self._files = {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in paths if path.suffix in TYPES}

    def answer(self, name: str) -> web.Response:
        """Return a file. Raises HTTPNotFound for any other name."""
        if name not in self._files:
            raise web.HTTPNotFound
        body, kind = self._files[name]
        return web.Response(body=body, content_type=kind, charset="utf-8" if kind.startswith("text/") else None)
