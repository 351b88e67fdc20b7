"""The routes of a room. Those under `open` are for everybody; every other one needs the token of a seat."""

from __future__ import annotations

from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from sessions.errors import RecordError, SessionError
from sessions.room.http.answers import ACT_STEP, RefusedError, json_answer
from sessions.room.http.door import Door, body_of
from sessions.room.http.files import Files
from sessions.room.http.hosts import LOOPBACK
from sessions.room.http.limits import STEP, largest_act
from sessions.room.http.polls import Polls
from sessions.room.refused import NOT_YOURS, refusal_of
from sessions.room.room import Room
from sessions.room.seats import Seat
from sessions.room.wire import Act, Join
from sessions.summary.html import as_html
from sessions.summary.markdown import summary

M = TypeVar("M", bound=BaseModel)


class Routes:
    """What a room answers."""

    def __init__(self, room: Room, door: Door, polls: Polls, files: Files) -> None:
        self._room = room
        self._polls = polls
        self._files = files
        self._door = door

    def table(self) -> list[web.RouteDef]:
        """Return every route."""
        door = self._door
        return [
            web.get("/", door.open(self._page), allow_head=False),
            web.get("/watch", door.open(self._page), allow_head=False),
            web.get("/web/{name}", door.open(self._file), allow_head=False),
            web.get("/seats", door.open(self._seats), allow_head=False),
            web.post("/join", door.open(self._join, slowly=True)),
            web.get("/state", door.for_seats(self._state), allow_head=False),
            web.get("/cards", door.for_seats(self._cards), allow_head=False),
            web.post("/act", door.for_seats(self._act)),
            web.get("/page.html", door.for_seats(self._summary), allow_head=False),
            web.get("/page.md", door.for_seats(self._summary), allow_head=False),
        ]

    async def _page(self, _: web.Request) -> web.Response:
        return self._files.answer("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return self._files.answer(request.match_info["name"])

    async def _seats(self, _: web.Request) -> web.Response:
        session, room = self._room.live.session, self._room
        people = [
            {"id": person.id, "role": person.role, "side": person.side, "free": room.is_free(person.id)}
            for person in session.people.values()
            if person.id != session.facilitator and person.seat != "facilitator"
        ]
        return json_answer({"title": session.title, "quarter": session.quarter, "locked": room.locked, "sides": room.sides, "people": people})

    async def _join(self, request: web.Request) -> web.Response:
        join = await _read(request, Join, STEP)
        # A tunnel brings a whole room from this machine itself.
        address = "" if request.remote in LOOPBACK else request.remote or ""
        try:
            seat, token = self._room.ask(
                person=join.person, role=join.role, side=join.side, watch=join.watch, request=join.id, address=address
            )
        except (SessionError, RecordError) as error:
            raise RefusedError(409, *refusal_of(error)) from None
        return json_answer({"token": token, "state": self._room.state(seat)})

    async def _state(self, request: web.Request, seat: Seat) -> web.Response:
        known = request.query.get("since", "")
        since = int(known) if known.isdecimal() and known.isascii() and len(known) < 20 else -1
        outcome = await self._polls.wait(seat.id, since)
        seat = self._door.seat(request)  # it may have been let in, sent out or reissued in the meantime
        self._room.touch(seat)
        return json_answer(self._room.state(seat, "elsewhere" if outcome == "elsewhere" else ""))

    async def _cards(self, request: web.Request, seat: Seat) -> web.Response:
        _must_be_in(seat)
        try:
            return json_answer(self._room.cards(seat, request.query.get("v", "")))
        except SessionError as error:
            raise RefusedError(409, *refusal_of(error)) from None

    async def _act(self, request: web.Request, seat: Seat) -> web.Response:
        act = await _read(request, Act, largest_act(self._room.live.session))
        try:
            await self._room.act(seat, act)
        except (SessionError, RecordError) as error:
            kind, words = refusal_of(error)
            status = 503 if isinstance(error, RecordError) else 403 if kind == NOT_YOURS else 409
            return RefusedError(status, kind, words).answer(state=self._room.state(self._door.seat(request)))
        return json_answer({"done": True, "state": self._room.state(self._door.seat(request))}, step=ACT_STEP)

    async def _summary(self, request: web.Request, seat: Seat) -> web.Response:
        _must_be_in(seat)
        session = self._room.live.session
        if not session.closed:
            raise RefusedError(409, "open", "The page is there when the session is closed.")
        page = summary(session)
        if request.path.endswith(".md"):
            return web.Response(text=page, content_type="text/markdown")
        return web.Response(text=as_html(session, page), content_type="text/html")


def _must_be_in(seat: Seat) -> None:
    if seat.state != "in":
        raise RefusedError(403, "waiting", "You are not let in yet: wait for the facilitator.")


async def _read(request: web.Request, model: type[M], largest: int) -> M:
    try:
        return model.model_validate_json(await body_of(request, largest))
    except ValidationError:
        raise RefusedError(400, "body", "The room does not understand this: load the page again.", faulty=True) from None
