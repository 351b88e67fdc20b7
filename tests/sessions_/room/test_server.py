"""The room over HTTP, on a port of its own: what is answered, what is refused, and what every answer carries."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import io
import json
import random
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from room_kit import RoomKit, certified
from support import bare

pytest.importorskip("aiohttp", reason="the extra `room` is not installed")

from aiohttp import ClientError, ClientResponse, ClientSession, Fingerprint
from pydantic import ValidationError

from sessions.room.http import door, polls, server
from sessions.room.http.answers import Connection
from sessions.room.http.door import CUSTOM, SEAT, Door
from sessions.room.http.limits import BURST, FAULTS, Limits, largest_act
from sessions.room.http.polls import Polls
from sessions.room.http.routes import Routes
from sessions.room.http.server import RoomServer
from sessions.room.networks import ranked
from sessions.room.wire import Act
from tui import environment

pytestmark = pytest.mark.system

PATIENCE = 60.0


class Served:
    """A room that is served, and a client that asks it."""

    def __init__(self, kit: RoomKit, server: RoomServer, client: ClientSession) -> None:
        self.kit = kit
        self.server = server
        self.client = client

    async def ask(self, method: str, path: str, token: str = "", body: Any = None, **headers: str) -> ClientResponse:
        """Return the answer to a request as a page makes it; a header can be replaced, or omitted if it is empty."""
        own = {CUSTOM: "1", "Content-Type": "application/json"} if method == "POST" else {}
        own |= {SEAT: token} if token else {}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | io.BytesIO) else json.dumps(body).encode() if body is not None else None
        response = await self.client.request(
            method, f"http://127.0.0.1:{self.server.port}{path}", headers={name: value for name, value in own.items() if value}, data=data
        )
        await response.read()
        return response

    async def vote(self, token: str, points: dict[str, int], act_id: str = "request-0", **headers: str) -> ClientResponse:
        """Vote as the CFO in round 1."""
        what = {"kind": "vote", "voice": "cfo", "choice": {"points": points}}
        return await self.ask("POST", "/act", token, {"id": act_id, "round": 1, "version": 1, "what": what}, **headers)

    async def hold(self, token: str) -> asyncio.Task[ClientResponse]:
        """Ask for news of a state that is the latest, so that the answer waits for some."""
        state = await (await self.ask("GET", "/state", token)).json()
        comes = asyncio.Event()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Polls, "wait", lambda *asked, wait=Polls.wait: comes.set() or wait(*asked))
            held = asyncio.create_task(self.ask("GET", f"/state?since={state['v']}", token))
            await comes.wait()
        await asyncio.sleep(2 * polls.QUIET)
        assert not held.done()
        return held

    @asynccontextmanager
    async def connection(self, sent: bytes = b"") -> AsyncIterator[asyncio.StreamReader]:
        """Send bytes on a new connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(sent)
        try:
            yield reader
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


@asynccontextmanager
async def served(kit: RoomKit | None = None, **options: Any) -> AsyncIterator[Served]:
    """Serve a room with an open vote on loopback; for its limits no time passes, however slowly the requests come."""
    kit = kit or RoomKit().vote_open()
    served = RoomServer(kit.room, port=0, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "Limits", lambda _: Limits(lambda: 0.0))
        await served.start()
    try:
        async with ClientSession() as client:
            yield Served(kit, served, client)
    finally:
        await served.stop()


async def told(response: ClientResponse) -> str:
    """Return the kind of a refusal, whose sentence is fit to be shown."""
    error = (await response.json())["error"]
    assert error["message"].endswith(".")
    return error["kind"]


# --- who may ask for what


@pytest.mark.promise("room-R1", "room-R28")
async def test_a_room_listens_on_loopback_until_a_network_is_chosen_and_links_name_that_one() -> None:
    async with served() as room:
        assert listening(room.server.port) == {"127.0.0.1"}
        assert room.server.link("T") == f"http://127.0.0.1:{room.server.port}/#T"
    found = [("127.0.0.1", "lo"), ("93.184.216.34", "eth0")]
    found += [("172.17.0.1", "docker0"), ("10.8.0.2", "tun0"), ("10.0.0.7", "wlan0"), ("169.254.1.1", "en1")]
    found += [("172.20.0.1", "Hyper-V Virtual Ethernet Adapter"), ("10.9.0.2", "WireGuard Tunnel"), ("192.168.1.20", "Intel(R) Wi-Fi 6 AX201 160MHz")]
    assert [(each.ip, each.likely) for each in ranked(found)] == [
        ("10.0.0.7", True), ("192.168.1.20", True), ("93.184.216.34", True), ("172.17.0.1", False), ("10.8.0.2", False), ("169.254.1.1", False),
        ("172.20.0.1", False), ("10.9.0.2", False),
    ]  # fmt: skip
    async with served(names=["room.example"]) as room:
        assert room.server.url == f"http://room.example:{room.server.port}"
        room.server.announce("https://tunnel.example/")
        assert room.server.link("T", watch=True) == "https://tunnel.example/watch#T"
        assert (await room.ask("GET", "/seats", Host="tunnel.example")).status == 200


def listening(port: int) -> set[str]:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    local = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {socket.inet_ntoa(bytes.fromhex(ip)[::-1]) for ip, number in local if int(number, 16) == port}


OPEN = {("GET", "/"), ("GET", "/watch"), ("GET", "/web/{name}"), ("GET", "/seats"), ("POST", "/join")}


@pytest.mark.promise("room-R2", "room-R3")
async def test_every_other_route_needs_the_token_of_a_seat() -> None:
    async with served() as room:
        token = room.kit.room.link("cfo")
        assert len(bytes.fromhex(token)) * 8 == 128
        assert inspect.getsource(environment.token).count("secrets.token_hex") == 1
        table = {(route.method, route.path) for route in Routes(room.kit.room, Door(room.kit.room, *[None] * 3), *[None] * 2).table()}
        assert table >= OPEN
        for method, path in sorted(table - OPEN):
            for wrong in ("", "0" * 32, "\udcff" * 32, token[:-1], token + "0", token.replace("0", "O")):
                answer = await room.ask(method, path, wrong, {} if method == "POST" else None)
                assert (answer.status, await told(answer)) == (401, "token"), path
        assert (await room.ask("GET", f"/state?token={token}#{token}")).status == 401
        what = {"kind": "end"}, {"kind": "admit_all"}, {"kind": "vote", "voice": "cio", "choice": {"points": {}}}
        for number, each in enumerate(what):
            answer = await room.ask("POST", "/act", token, {"id": f"request-{number}", "round": 1, "version": 1, "what": each})
            assert (answer.status, await told(answer)) == (403, "not_yours"), each


@pytest.mark.promise("room-R4")
async def test_the_short_address_leads_no_further_than_to_the_wait_for_the_facilitator() -> None:
    async with served() as room:
        for _ in range(2):  # the first answer was lost
            joined = await (await room.ask("POST", "/join", body={"id": "request-1", "person": "cfo"})).json()
        state = joined["state"]
        assert len(room.kit.room.rows()) == 1
        assert set(state) == {"v", "app", "title", "quarter", "you", "now"}
        assert (await room.ask("GET", "/cards?v=b-0", joined["token"])).status == 403
        assert (await room.ask("GET", "/page.md", joined["token"])).status == 403
        answer = await room.vote(joined["token"], {"P1": 20})
        assert (answer.status, await told(answer)) == (409, "waiting")
        room.kit.room.turn_away(state["you"]["seat"])
        assert (await (await room.ask("GET", "/state", joined["token"])).json())["you"]["state"] == "out"


@pytest.mark.promise("room-R6", "room-R7", "room-R8")
async def test_only_a_page_of_the_room_or_a_terminal_may_ask() -> None:
    async with served() as room:
        token, port = room.kit.room.link("cfo"), room.server.port
        for host, status in (("evil.example", 421), (f"evil.example:{port}", 421), ("127.0.0.1:1", 421), ("", 421), (f"LOCALHOST:{port}", 200)):
            assert (await room.ask("GET", "/state", token, Host=host or " ")).status == status, host
            assert (await room.ask("GET", "/nothing", Host=host or " ")).status == (404 if status == 200 else 421)
        foreign = ("null", "http://[", "http://evil.example", f"ftp://127.0.0.1:{port}")
        origins = {f"http://127.0.0.1:{port}": 200, "": 200, **dict.fromkeys(foreign, 403)}
        for number, (origin, status) in enumerate(origins.items()):
            assert (await room.vote(token, {"P1": 20}, f"request-{number}", Origin=origin)).status == status, origin
        assert (await room.vote(token, {"P1": 20}, X_Quarterdeck="")).status == 403
        assert (await room.vote(token, {"P1": 20}, Content_Type="text/plain")).status == 415
        preflight = await room.ask("OPTIONS", "/act", Origin="http://evil.example")
        assert preflight.status == 405
        assert not [name for name in preflight.headers if name.startswith("Access-Control")]


@pytest.mark.promise("room-R5", "room-R8", "room-R22")
async def test_every_answer_forbids_what_a_page_never_needs() -> None:
    async with served() as room:
        token = room.kit.room.link("cfo")
        answers = [await room.ask("GET", path, token) for path in ("/", "/watch", "/web/app.js", "/web/../room.py", "/seats", "/state", "/none")]
        answers.append(await room.vote(token, {"P1": 20}, Cookie="seat=1"))
        for answer in answers:
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Content-Security-Policy"] == "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert token.encode() not in await answer.read()
        assert [answer.status for answer in answers[:4]] == [200, 200, 200, 404]
        assert token not in json.dumps(room.kit.session.log.records)
        own = {line for line in answers[0].raw_headers if line[0] not in (b"Date", b"Content-Type", b"Content-Length")}
        host = f" HTTP/1.1\r\nHost: 127.0.0.1:{room.server.port}".encode()
        strange = {b"rubbish": 400, b"GET / HTTP/9.9": 400, b"GET /" + b"x" * 3000 + host: 400}
        strange |= {b"BREW /" + host: 400, b"DELETE /" + host: 405}
        strange |= {b"GET /" + host + b"\r\n" + more: status for more, status in ((b"Expect: tea", 417), (b"A: " + b"x" * 5000, 400))}
        for sent, status in strange.items():
            async with room.connection(sent + b"\r\nConnection: close\r\n\r\n") as answer:
                told = (await asyncio.wait_for(answer.read(), PATIENCE)).partition(b"\r\n\r\n")[0]
            assert int(told.split()[1]) == status, (sent, told)
            assert own <= {tuple(line.split(b": ", 1)) for line in told.split(b"\r\n")[1:]}, (sent, told)
            assert b"aiohttp" not in told, "an answer says no more than it must"


# --- what is malformed, too much or too slow


@pytest.mark.promise("room-R9")
async def test_a_body_is_plain_json_and_short() -> None:
    async with served() as room:
        token = room.kit.room.link("cfo")
        for size in (5_000, 10_000_000):
            assert (await room.ask("POST", "/act", token, io.BytesIO(b" " * size))).status == 413
        assert (await room.ask("POST", "/act", token, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")).status == 400
        assert (await room.ask("GET", "/state", token, Upgrade="websocket", Connection="Upgrade")).status == 400
        assert (await room.vote(token, {"P1": 20})).status == 200
        head = f"POST /act HTTP/1.1\r\nHost: 127.0.0.1:{room.server.port}\r\n{SEAT}: {token}\r\n{CUSTOM}: 1\r\nContent-Type: application/json\r\n"
        chunks = b"1000\r\n" + b" " * 4096 + b"\r\n"
        async with room.connection(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks * 3) as answer:
            assert (await answer.readline()).split()[1] == b"413"


def test_a_full_ballot_of_the_largest_portfolio_fits() -> None:
    kit = RoomKit(bare(" ".join(f"PROJECT-{number:04}" for number in range(495)))).vote_open("approval")
    what = {"kind": "vote", "voice": "vp-sales", "choice": {"points": dict.fromkeys(kit.session.session.order, 1)}, "reason": "é" * 200}
    body = json.dumps({"id": "r" * 64, "round": 1, "version": 2**50, "what": what}, separators=(",", ":"))
    assert len(body) < largest_act(kit.session.session) <= 32_768
    assert Act.model_validate_json(body)
    assert largest_act(RoomKit().vote_open().session.session) == 4096


async def test_what_comes_slowly_or_is_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.1)
    monkeypatch.setattr(server, "HEAD", 0.1)
    async with served() as room:
        head = f"POST /join HTTP/1.1\r\nHost: 127.0.0.1:{room.server.port}\r\n{CUSTOM}: 1\r\nContent-Type: application/json\r\n"
        for sent, answered in ((b"GET / HT", b""), (f"{head}Content-Length: 99\r\n\r\n{{".encode(), b"408")):
            async with room.connection(sent) as answer:
                assert answered in await asyncio.wait_for(answer.read(), PATIENCE)


@pytest.mark.promise("room-R10")
async def test_what_is_not_understood_is_refused_and_pauses_the_seat_in_the_end() -> None:
    async with served() as room:
        token, chance = room.kit.room.link("cfo"), random.Random(7)
        whole = json.dumps({"id": "request-1", "round": 1, "version": 1, "what": {"kind": "vote", "voice": "cfo", "choice": {"points": {"P1": 20}}}})
        bodies = [b"", b"[]", b"{}", b"\xff", b"[" * 4000, whole.replace("vote", "reveal").encode(), whole.replace("20", "1e400").encode()]
        bodies += [whole.replace(*each).encode() for each in (('"version"', '"more": 1, "version"'), ("20", '"20"'), ("20", "true"))]
        for body in bodies[:FAULTS]:
            answer = await room.ask("POST", "/act", token, body)
            assert (answer.status, await told(answer)) == (400, "body"), body
        paused = await room.vote(token, {"P1": 20})
        assert (paused.status, paused.headers["Retry-After"]) == (429, "30")
        assert (await room.ask("GET", "/state", room.kit.room.link("cio"))).status == 200
        room.kit.room.reissue("cfo")
        for _ in range(2000):
            spoilt = bytearray(whole.encode())
            for _ in range(chance.randrange(1, 5)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            try:
                Act.model_validate_json(bytes(spoilt))
            except ValidationError:
                continue


@pytest.mark.promise("room-R11")
async def test_a_seat_that_floods_is_slowed_and_nobody_else() -> None:
    async with served() as room:
        flooding, other = room.kit.room.link("cfo"), room.kit.room.link("cio")
        statuses = [(await room.ask("GET", "/state", flooding)).status for _ in range(int(BURST) + 30)]
        assert statuses.count(429) > 0
        assert set(statuses[: int(BURST)]) == {200}
        assert (await room.ask("GET", "/state", other)).status == 200
        asked = [(await room.ask("POST", "/join", body={"id": "request-1", "person": "nobody"})).status for _ in range(int(BURST) + 30)]
        assert 429 in asked
        assert (await room.ask("GET", "/")).status == 200


@pytest.mark.promise("room-R12", "room-R14")
async def test_a_second_poll_of_a_seat_ends_the_first_and_no_poll_waits_for_another() -> None:
    async with served() as room:
        token = room.kit.room.link("cfo")
        first, second = await room.hold(token), await room.hold(token)
        assert (await (await first).json())["you"]["state"] == "elsewhere"
        room.kit.room.curtain(True)
        assert (await (await second).json())["now"]["kind"] == "curtain"
        assert (await room.ask("GET", f"/state?since={room.kit.room.version + 999}", token)).status == 200


async def test_pages_hear_of_many_changes_at_most_five_times_a_second() -> None:
    async with served() as room:
        token, loop = room.kit.room.link("cfo"), asyncio.get_running_loop()

        async def change() -> None:
            while True:
                room.kit.room.curtain(not room.kit.room.curtained)
                await asyncio.sleep(0.01)

        version, begun, changing = 0, loop.time(), asyncio.create_task(change())
        for _ in range(5):
            version = (await (await room.ask("GET", f"/state?since={version}", token)).json())["v"]
        changing.cancel()
        assert loop.time() - begun > 3 * polls.QUIET, "the first answer comes immediately, and the second soon"


@pytest.mark.promise("room-R12")
async def test_who_asks_and_never_reads_holds_neither_memory_nor_anybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """The buffers of both systems are full, and then those of the program."""
    monkeypatch.setattr(door, "PATIENCE", 3.0)
    held, made = list[Connection](), Connection.connection_made
    monkeypatch.setattr(Connection, "connection_made", lambda self, transport: (held.append(self), made(self, transport)))
    async with served() as room:
        asking, loop = f"GET /web/style.css HTTP/1.1\r\nHost: 127.0.0.1:{room.server.port}\r\n\r\n".encode() * 1000, asyncio.get_running_loop()
        other = await room.hold(room.kit.room.link("cio"))
        held.clear()
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.setblocking(False)
            await loop.sock_connect(deaf, ("127.0.0.1", room.server.port))
            await loop.sock_sendall(deaf, asking)
            async with asyncio.timeout(PATIENCE):
                while not (held and held[0].transport and held[0].transport.get_write_buffer_size()):
                    await asyncio.sleep(0.01)
            (connection,) = held
            room.kit.room.curtain(True)
            assert (await other).status == 200
            assert connection.transport is not None, "the other one need not wait until this one is given up"
            most = 0
            async with asyncio.timeout(PATIENCE):
                while connection.transport is not None:
                    most = max(most, connection.transport.get_write_buffer_size())
                    await asyncio.sleep(0.01)
            assert 0 < most < 200_000, "no more than an answer waits"


@pytest.mark.promise("room-R13")
async def test_many_silent_connections_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "most_connections", lambda: 20)
    async with served() as room:
        token = room.kit.room.link("cfo")
        held = await room.hold(token)
        async with AsyncExitStack() as silent:
            readers = [await silent.enter_async_context(room.connection()) for _ in range(40)]
            for _ in range(5):
                async with ClientSession() as newcomer, newcomer.get(f"http://127.0.0.1:{room.server.port}/seats") as answer:
                    assert answer.status == 200
            room.kit.room.curtain(True)
            assert (await (await held).json())["now"]["kind"] == "curtain"
            async with asyncio.timeout(PATIENCE):
                while sum(reader.at_eof() for reader in readers) < 20:
                    await asyncio.sleep(0.01)


# --- votes, tokens, the end


@pytest.mark.promise("room-R20", "room-R25")
async def test_a_token_that_is_taken_away_holds_no_more_at_once_and_the_port_closes() -> None:
    kit = RoomKit().vote_open()
    async with served(kit) as room:
        token, port = kit.room.link("cfo"), room.server.port
        held = await room.hold(token)
        kit.room.reissue("cfo")
        assert (await held).status == 401
        assert (await room.vote(token, {"P1": 20})).status == 401
        waiting = await room.hold(kit.room.link("cio"))
        await room.server.stop()
        assert (await waiting).status == 200, "it is answered, and not broken off after a while"
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", port)
    assert kit.file.read()


@pytest.mark.promise("room-R24")
async def test_tls_is_at_least_1_2_and_tells_its_fingerprint(tmp_path: Path) -> None:
    tls = await asyncio.to_thread(certified, tmp_path)
    async with served(tls=tls) as room:
        answer = await room.client.get(f"{room.server.url}/seats", ssl=Fingerprint(bytes.fromhex(tls.fingerprint.replace(":", ""))))
        assert answer.status == 200
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, OSError)):
            await asyncio.open_connection("127.0.0.1", room.server.port, ssl=old)
        with pytest.raises(ClientError):
            await room.ask("GET", "/seats")  # no downgrade to plain HTTP
