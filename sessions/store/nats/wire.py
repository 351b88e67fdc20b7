"""The connection to the servers: one thread with one event loop. All others ask it, and wait for an answer for a limited time."""

from __future__ import annotations

import asyncio
import atexit
import binascii
import json
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Final, TypeVar

import nats
from nats import errors

from sessions.errors import RecordError
from sessions.store.nats.address import Address
from sessions.store.nats.login import Login, why_not_connected
from sessions.store.nats.roles import WHO_AM_I

T = TypeVar("T")

NOBODY: Final = 503
"""The code of a refusal because no server takes a subject: there is no such stream, or its servers have no leader for the moment."""
ANSWER: Final = 1.0
"""Seconds that one question to a server may take."""
_CONNECT: Final = 4.0
_LOOK: Final = 0.5
"""Seconds between two looks at a connection."""
_BEAT: Final = 10
"""Looks without any answer before the client asks the server for one."""
_POLL: Final = 0.02


class NoAnswerError(RecordError):
    """The server did not answer in time, so that what was asked has happened, or has not."""


class RefusedError(RecordError):
    """The server refused something; `code` is its number for why."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


class _Client(nats.NATS):  # type: ignore[misc]  # an extra, whose types are not checked
    """A client that sends a server nothing until a connection that must be encrypted is; nats.NATS itself does not insist."""

    secured = False

    def _connect_command(self) -> bytes:
        if self.secured and not self._server_info.get("tls_required"):
            raise errors.SecureConnRequiredError
        command: bytes = super()._connect_command()
        return command


class Wire:
    """The connection to the servers of one library. It begins with the first question, and comes back by itself after it was lost."""

    def __init__(self, address: Address, login: Login) -> None:
        self.address = address
        self.times = 0
        """How often the connection began: what was proved about the server before is proved again."""
        self._login = login
        self._loop: asyncio.AbstractEventLoop | None = None
        self.client: Any = None
        """The connection, for the thread that keeps it."""
        self._silent = self._answered = False
        self._forbidden = ""
        self._stranger = False
        """Whether the server refused to let this user in again."""
        self._beating: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Return whether the server can be asked: there is a connection, and the last question was answered."""
        return self.client is not None and self.client.is_connected and not self._silent

    @property
    def away(self) -> str:
        """Return the sentence that the library cannot be reached."""
        why = "does not know these credentials any more" if self._stranger else "cannot be reached"
        return f"The library {self.address} {why}: nothing can be recorded until it answers again"

    def ask(self, question: Callable[[], Coroutine[Any, Any, T]], seconds: float = 3 * ANSWER) -> T:
        """Return the answer to a question within this time. Raises NoAnswerError, or RecordError if there is no connection."""
        loop = self._loop or self._begin()
        answer = asyncio.run_coroutine_threadsafe(question(), loop)
        try:
            return answer.result(seconds)
        except (TimeoutError, CancelledError):
            self._silent = True
            raise NoAnswerError(f"The library {self.address} did not answer in time") from None
        finally:
            answer.cancel()  # it took too long, or ctrl+c was pressed

    def soon(self, work: Coroutine[Any, Any, None]) -> Callable[[], object]:
        """Start something in the thread of the connection; return what stops it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop or self._begin()).cancel

    def _begin(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        threading.Thread(target=_run, args=(loop,), name="quarterdeck-nats", daemon=True).start()
        connecting = asyncio.run_coroutine_threadsafe(self._connect(), loop)
        try:
            connecting.result(_CONNECT + 1)
        except BaseException as error:
            connecting.cancel()
            loop.call_soon_threadsafe(loop.stop)
            if isinstance(error, TimeoutError):
                raise NoAnswerError(why_not_connected(self.address, error)) from None
            raise
        self._loop = loop
        atexit.register(self.close)
        return loop

    async def _connect(self) -> None:
        failed: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
        left = len(self.address.hosts)
        client = _Client()
        client.secured = self.address.scheme == "tls"

        async def note(error: Exception) -> None:
            nonlocal left
            text = str(error).lower()
            if "permissions violation" in text:
                self._forbidden = text
            elif "authorization violation" in text and self.client:
                self._stranger = True
            elif not client.is_connected:
                left -= 1
                if left <= 0 and not failed.done():
                    failed.set_result(error)

        async def came_back() -> None:
            self.times += 1
            self._stranger = False

        connecting = asyncio.ensure_future(
            client.connect(
                self.address.servers,
                error_cb=note,
                reconnected_cb=came_back,
                name="quarterdeck",
                connect_timeout=2,
                reconnect_time_wait=0.25,
                max_reconnect_attempts=-1,
                ping_interval=5,
                max_outstanding_pings=2,
                pending_size=0,  # nothing waits here to be sent later: what was not sent was not recorded
                **self._login.options(self.address),
            )
        )
        await asyncio.wait({connecting, failed}, timeout=_CONNECT, return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done() or connecting.exception():
            connecting.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await client.close()
            problem = failed.result() if failed.done() else connecting.exception() if connecting.done() and not connecting.cancelled() else None
            raise RecordError(why_not_connected(self.address, problem))
        self.client = client
        self.times = 1
        self._beating = asyncio.ensure_future(self._beat())

    async def _beat(self) -> None:
        """Notice when a server takes everything in and answers nothing, and when it answers again."""
        waited = 0
        while True:
            await asyncio.sleep(_LOOK)
            waited = 0 if self._answered else waited + 1
            self._answered = False
            if self.client.is_connected and (self._silent or waited >= _BEAT):
                # Not the client's own ping: one that gets no answer in time ends its reading for good.
                with suppress(RecordError):
                    await self.request(WHO_AM_I)

    async def until_connected(self) -> None:
        """Wait until the server can be asked again."""
        while not self.connected:
            await asyncio.sleep(_POLL)

    async def request(self, subject: str, data: bytes = b"", headers: Mapping[str, str] | None = None, seconds: float = ANSWER) -> bytes:
        """Return the answer to a message. Raises NoAnswerError, or RefusedError if this user may not send it."""
        self._forbidden = ""
        try:
            message = await self.client.request(subject, data, timeout=seconds, headers=headers)
        except errors.NoRespondersError:
            raise RefusedError(f"Nothing at {self.address} takes {subject}: make the library with `quarterdeck library init`", NOBODY) from None
        except errors.MaxPayloadError:
            raise RefusedError("The record is larger than the server takes in one message: raise `max_payload` there") from None
        except (errors.Error, OSError) as error:
            if subject.lower() in self._forbidden:
                raise RefusedError(f"These credentials may not use {subject} at {self.address}", 403) from None
            self._silent = self._silent or isinstance(error, errors.TimeoutError)
            raise NoAnswerError(f"The library {self.address} did not answer in time") from None
        self._silent, self._answered = False, True
        answer: bytes = message.data
        return answer

    async def send(self, subject: str, data: bytes, headers: Mapping[str, str] | None = None, reply: str = "") -> None:
        """Send a message without waiting; answers go to the inbox `reply`. Raises NoAnswerError if there is no connection."""
        try:
            await self.client.publish(subject, data, reply=reply, headers=headers)
        except (errors.Error, OSError):
            raise NoAnswerError(self.away) from None

    async def api(self, name: str, body: object = None) -> dict[str, Any]:
        """Return the answer of JetStream to a call. Raises NoAnswerError or RefusedError."""
        data = json.dumps(body).encode() if body is not None else b""
        return checked(await self.request(f"$JS.API.{name}", data, seconds=2 * ANSWER))

    async def answers(self, subject: str, enough: Callable[[list[bytes]], bool], seconds: float = ANSWER) -> list[bytes]:
        """Return the answers of several servers to one question, as soon as they are enough, or those that came in time."""
        found: list[bytes] = []
        done = asyncio.Event()

        async def take(message: Any) -> None:  # noqa: ANN401 - as above
            if message.data:
                found.append(message.data)
            if not message.data or enough(found):  # no one answers: an empty message says so
                done.set()

        inbox = self.client.new_inbox()
        subscription = await self.client.subscribe(inbox, cb=take)
        try:
            await self.send(subject, b"", reply=inbox)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(done.wait(), seconds)
        finally:
            with suppress(errors.Error, OSError):
                await subscription.unsubscribe()
        return found

    def close(self) -> None:
        """End the connection and its thread; harmless when done twice."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        atexit.unregister(self.close)
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(ANSWER)
        loop.call_soon_threadsafe(loop.stop)

    async def _end(self) -> None:
        if self._beating:
            self._beating.cancel()
        await self.client.close()


def checked(answer: bytes) -> dict[str, Any]:
    """Return an answer of JetStream. Raises RefusedError if it is a refusal."""
    try:
        found = json.loads(answer)
    except (ValueError, binascii.Error):
        raise RefusedError("The server gave an answer that is not one of JetStream") from None
    if problem := found.get("error"):
        raise RefusedError(str(problem.get("description", "refused")), int(problem.get("err_code", 0)))
    return dict(found)


def _is_news(record: logging.LogRecord) -> bool:
    return "eof_received" not in str(record.msg)  # said whenever an encrypted connection ends, and means nothing


def _run(loop: asyncio.AbstractEventLoop) -> None:
    logging.getLogger("nats.aio.client").setLevel(logging.CRITICAL)  # our own errors say what goes wrong
    logging.getLogger("asyncio").addFilter(_is_news)
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        with suppress(Exception):
            loop.run_until_complete(asyncio.sleep(0))
        loop.close()
