"""The room over HTTP, on a port of its own: what is answered, what is refused, and what every answer carries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from room_kit import RoomKit

pytest.importorskip("aiohttp", reason="the extra `room` is not installed")

from aiohttp import ClientResponse, ClientSession

from sessions.room.http.door import CUSTOM, SEAT
from sessions.room.http.server import RoomServer

pytestmark = pytest.mark.system


class Served:
    """A room that is served, and a client that asks it."""

    def __init__(self, kit: RoomKit, server: RoomServer, client: ClientSession) -> None:
        self.kit = kit
        self.server = server
        self.client = client

    async def ask(self, method: str, path: str, token: str = "", body: Any = None, **headers: str) -> ClientResponse:
        """Return the answer to a request as a page makes it; a header can be replaced, or left out if it is empty."""
        own = {CUSTOM: "1", "Content-Type": "application/json"} if method == "POST" else {}
        own |= {SEAT: token} if token else {}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        response = await self.client.request(
            method, f"http://127.0.0.1:{self.server.port}{path}", headers={name: value for name, value in own.items() if value}, data=data
        )
        await response.read()
        return response

    async def vote(self, token: str, points: dict[str, int], act_id: str = "request-0", **headers: str) -> ClientResponse:
        """Vote as the CFO in round 1."""
        what = {"kind": "vote", "voice": "cfo", "choice": {"points": points}}
        return await self.ask("POST", "/act", token, {"id": act_id, "round": 1, "version": 1, "what": what}, **headers)


@asynccontextmanager
async def served(kit: RoomKit | None = None, **options: Any) -> AsyncIterator[Served]:
    """Serve a room with an open vote on loopback."""
    kit = kit or RoomKit().vote_open()
    server = RoomServer(kit.room, port=0, **options)
    await server.start()
    try:
        async with ClientSession() as client:
            yield Served(kit, server, client)
    finally:
        await server.stop()


async def told(response: ClientResponse) -> str:
    """Return the kind of a refusal, whose sentence is fit to be shown."""
    error = (await response.json())["error"]
    assert error["message"].endswith(".")
    return error["kind"]


async def test_from_the_list_of_roles_to_the_ballot() -> None:
    async with served() as room:
        people = (await (await room.ask("GET", "/seats")).json())["people"]
        assert {"id": "cfo", "role": "CFO", "side": "business", "free": True} in people
        joined = await (await room.ask("POST", "/join", body={"id": "request-1", "person": "cfo"})).json()
        token, state = joined["token"], joined["state"]
        assert state["you"]["state"] == "asking"
        waiting = asyncio.create_task(room.ask("GET", f"/state?since={state['v']}", token))
        await asyncio.sleep(0)
        room.kit.room.admit_all()
        state = await (await waiting).json()
        assert (state["you"]["state"], state["now"]["kind"]) == ("in", "vote")
        cards = await (await room.ask("GET", f"/cards?v={state['round']['listv']}", token)).json()
        assert [card["id"] for card in cards["cards"]] == ["P1", "P2", "P3", "P4"]
        answer = await room.vote(token, {"P1": 20})
        assert (answer.status, (await answer.json())["done"]) == (200, True)
        assert "cfo" in room.kit.session.session.open_round.seals  # type: ignore[union-attr]
        again = await room.vote(token, {"P1": 20})
        assert again.status == 200
        assert len(room.kit.session.log.records) == len({str(record) for record in room.kit.session.log.records})
        refused = await room.vote(token, {"P1": 400}, "request-2")
        assert (refused.status, await told(refused)) == (409, "over_cap")
