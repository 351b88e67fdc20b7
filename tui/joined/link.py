"""The connection to a room: one held question for the state, and acts that are sent until they are answered."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientSSLError, ClientTimeout

Status = Literal["connected", "catching up", "not connected", "elsewhere", "gone"]
State = dict[str, Any]

_HELD = ClientTimeout(total=30, connect=5)
"""A question is held for 20 s at most; after this it is lost."""
_SHORT = ClientTimeout(total=10, connect=5)
_LONGEST_PAUSE = 4.0
_FOREIGN = (401, 403)
_LATER = (429, 502, 504)
"""Answers after which the same request is sent again."""


class RefusedError(Exception):
    """The room refused something; the text is its sentence."""


class Link:
    """A seat's connection. `heard` is called with each new state, `changed` with the state of the connection."""

    def __init__(self, base: str, heard: Callable[[State], None], changed: Callable[[Status], None]) -> None:
        self.base = base
        self.token = ""
        self._heard = heard
        self._changed = changed
        self._http = ClientSession()
        self._version = 0
        self._status: Status = "catching up"
        self._following: asyncio.Task[None] | None = None
        self._lists: dict[str, State] = {}

    async def __aenter__(self) -> Link:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop following, and close the connection."""
        self.stop()
        await self._http.close()

    @property
    def status(self) -> Status:
        """Return the state of the connection."""
        return self._status

    # --- coming in

    async def seats(self) -> State:
        """Return the people of the session, and what else tells who may come in. Raises RefusedError."""
        return await self._ask("GET", "/seats")

    async def join(self, request: Mapping[str, object]) -> State:
        """Ask for a seat, keep its token, and return its first state. Raises RefusedError."""
        joined = await self._ask("POST", "/join", {"id": secrets.token_hex(12), **request})
        self.token = joined["token"]
        state: State = joined["state"]
        return state

    async def now(self) -> State:
        """Return the state of the seat whose token is known. Raises RefusedError."""
        return await self._ask("GET", "/state?since=0")

    # --- following

    def start(self) -> None:
        """Begin to follow the room, or start over."""
        self.stop()
        self._version = 0
        self._change("catching up")
        self._following = asyncio.create_task(self._follow())

    def stop(self) -> None:
        """Stop following."""
        if self._following:
            self._following.cancel()
            self._following = None

    async def _follow(self) -> None:
        failures = 0
        while True:
            try:
                async with self._http.get(f"{self.base}/state", params={"since": self._version}, headers=self._headers(), timeout=_HELD) as answer:
                    if answer.status in _FOREIGN:
                        self._change("gone")
                        return
                    answer.raise_for_status()
                    state = await answer.json()
            except (ClientError, TimeoutError, OSError, ValueError):
                failures += 1
                self._change("not connected" if failures > 1 else "catching up")
                await _pause(failures)
                continue
            failures = 0
            self._change("connected")
            self._take(state)
            if state["you"]["state"] == "elsewhere":
                self._change("elsewhere")
                return

    def _take(self, state: State) -> None:
        self._version = state["v"]
        self._heard(state)

    def _change(self, status: Status) -> None:
        if status != self._status:
            self._status = status
            self._changed(status)

    # --- acting

    async def act(self, what: Mapping[str, object], *, number: int | None = None, size: int = 0) -> None:
        """Do something in the room; it is sent again until the room answers. `size` is the least length of what is sent. Raises RefusedError."""
        content = {"id": secrets.token_hex(12), "round": number, "version": self._version, "what": what}
        told = await self._ask("POST", "/act", content, size)
        if "state" in told and told["state"]["v"] >= self._version:
            self._take(told["state"])

    async def cards(self, version: str) -> list[State]:
        """Return the cards of a list. Raises RefusedError."""
        told: list[State] = (await self.list(version))["cards"]
        return told

    async def list(self, version: str) -> State:
        """Return a list of cards with the teams that may work on them; each version is requested once. Raises RefusedError."""
        if version not in self._lists:
            self._lists = {version: await self._ask("GET", f"/cards?v={version}")}
        return self._lists[version]

    async def page(self) -> str:
        """Return the page of a closed session. Raises RefusedError."""
        try:
            async with self._http.get(f"{self.base}/page.md", headers=self._headers(), timeout=_SHORT) as answer:
                if answer.status == HTTPStatus.OK:
                    return await answer.text()
        except (ClientError, TimeoutError, OSError, ValueError):
            pass
        raise RefusedError("The page did not arrive: try again.")

    def _headers(self) -> dict[str, str]:
        return {"X-Quarterdeck": "1", **({"X-Quarterdeck-Seat": self.token} if self.token else {})}

    async def _ask(self, method: str, path: str, content: object = None, size: int = 0) -> State:
        """Ask until there is an answer. Raises RefusedError."""
        body = body_of(content, size) if content is not None else None
        headers = self._headers() | ({"Content-Type": "application/json"} if body else {})
        failures = 0
        while True:
            try:
                async with self._http.request(method, f"{self.base}{path}", data=body, headers=headers, timeout=_SHORT) as answer:
                    status, told = answer.status, await answer.json()
                if not isinstance(told, dict):
                    raise RefusedError("What answers at this address is not a room.")
                if status < 400:
                    return told
                if status not in _LATER:
                    raise RefusedError(str(told.get("error", {}).get("message", "")) or "The room did not accept that.")
            except ClientSSLError:
                raise RefusedError("This computer does not trust the certificate of the room: name its file in SSL_CERT_FILE.") from None
            except ValueError:
                raise RefusedError("What answers at this address is not a room.") from None
            except (ClientError, TimeoutError, OSError) as error:
                if not self._version and method == "GET":
                    raise RefusedError(f"No one answers at {self.base}: check the address, and that this computer is in the same network.") from error
                self._change("catching up" if not failures else "not connected")
            failures += 1
            await _pause(failures)


def body_of(content: object, size: int = 0) -> bytes:
    """Return what is sent, filled up with spaces: all ballots of a round are equally long, so that their length tells nothing."""
    return json.dumps(content, ensure_ascii=False).encode(errors="replace").ljust(size)


async def _pause(failures: int) -> None:
    await asyncio.sleep(min(_LONGEST_PAUSE, 0.15 * 2**failures) * (0.7 + 0.6 * secrets.randbelow(100) / 100))
