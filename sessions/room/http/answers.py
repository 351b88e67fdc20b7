"""Answers as JSON, and refusals as one sentence."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic_core import to_json

ACT_STEP = 4096
"""Answers to acts are filled up to whole steps, so that their length shows nothing of what was done."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "quarterdeck",
}
"""What every answer carries."""


class RefusedError(Exception):
    """A request is refused: with this status, this kind and this sentence. `faulty`: it was malformed; `wait`: seconds until another may come."""

    def __init__(self, status: int, kind: str, sentence: str, *, faulty: bool = False, wait: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.kind = kind
        self.faulty = faulty
        self.wait = wait

    def answer(self, **more: Any) -> web.Response:  # noqa: ANN401 - plain JSON
        """Return the refusal as an answer."""
        response = json_answer({"error": {"kind": self.kind, "message": str(self)}, **more}, self.status)
        if self.wait:
            response.headers["Retry-After"] = str(self.wait)
        return response


def json_answer(value: dict[str, Any], status: int = 200, *, step: int = 1) -> web.Response:
    """Return plain values as JSON, filled up with spaces to whole steps."""
    body = to_json(value)
    return web.Response(body=body.ljust(-(-len(body) // step) * step), status=status, content_type="application/json")


async def mark(_: web.Request, response: web.StreamResponse) -> None:
    """Add what every answer carries, even to one that aiohttp makes."""
    response.headers.update(HEADERS)


class Connection(web.RequestHandler):
    """A connection that refuses what is not HTTP in the same form as everything else."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Return the answer to what cannot be read, or failed; the connection ends with it."""
        if request.writer.output_size:
            raise ConnectionError("an answer is under way")
        response = RefusedError(status, "unknown", "The room does not understand this: open its address again.").answer()
        response.headers.update(HEADERS)
        response.force_close()
        return response
