"""A room under load: sixty pages, ten changes a second, ballots all at once, memory, and connections that mean harm.

Clients are processes of their own. The floor of an update is a bare aiohttp server that publishes as many versions to as many pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from sessions.commands.rounds import RevealBallots
from sessions.library.library import OpenSession
from sessions.room.fitting import encoded
from sessions.room.http.tls import Tls, tls_of
from tests.benchmarks.room_serving import Bare, Clients, Voted, last_page, percentile, resident, serving, session, voting
from tests.benchmarks.samples import folder
from tests.benchmarks.table import Row

PAGES, RATE, SECONDS, RUNS = 60, 10, 12, 4
BATCH_S = 0.2


def updates() -> list[Row]:
    """Sixty pages hear of ten changes a second."""
    ours, floors = list[Voted](), list[float]()
    for _ in range(RUNS):
        with folder() as path, session(path, PAGES) as opened:
            mine, text = asyncio.run(_updates(opened))
        ours.append(mine)
        floors.append(asyncio.run(_bare(text)))
    published = [each.published for each in ours]
    ratios = [mine / floor for mine, floor in zip(published, floors, strict=True)]
    return [
        Row("published version to the last of 60 pages, p99", median(published), median(floors), 1.5, remark=f"worst run {max(ratios):.2f}, of 2"),
        Row("the same, the worst run", max(ratios), 1.0, 2.0, unit="x"),
        Row("commit to the last of 60 pages, p99, against 300 ms", median(each.committed for each in ours), 300, 1.0),
    ]


async def _updates(opened: OpenSession) -> tuple[Voted, bytes]:
    async with serving(opened) as served:
        voted, _ = await voting(served, RATE, SECONDS)
        return voted, encoded(served.room.state(served.room.seats.all[0])).partition(b",")[2]


async def _bare(text: bytes) -> float:
    floor = Bare(text)
    async with floor.serving(), Clients("pages", base=floor.url, tokens=[str(number) for number in range(PAGES)]) as pages:
        await asyncio.sleep(1)
        for _ in range(int(SECONDS / BATCH_S)):
            floor.publish()
            await asyncio.sleep(BATCH_S)
        await asyncio.sleep(0.5)
        return percentile(last_page(floor.published, await pages.end()), 99)


def ballots() -> list[Row]:
    """Sixty ballots come within two seconds, on this disk and on one that is slower by 10 ms for each fsync."""
    rows = []
    for words, fsync in (("", 0.0), (", 10 ms more for an fsync", 0.01)):
        with folder() as path, session(path, PAGES, fsync) as opened:
            acks, lag, reveal = asyncio.run(_ballots(opened))
        rows += [
            Row(f"60 ballots in 2 s{words}: acknowledged, p99, of 300 ms", acks, 300, 1.0),
            Row(f"60 ballots in 2 s{words}: the loop lags, of 100 ms", lag, 100, 1.0),
            Row(f"reveal to the last of 60 pages{words}, of 100 ms", reveal, 100, 1.0),
        ]
    return rows


async def _ballots(opened: OpenSession) -> tuple[float, float, float]:
    lags: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.005)
            lags.append((time.monotonic() - begun - 0.005) * 1000)

    live = opened.live
    async with serving(opened) as served, Clients("pages", base=served.server.url, tokens=list(served.seats().values())) as pages:
        await asyncio.sleep(1)
        watching = asyncio.create_task(watch())
        choice = {live.session.order[0]: 20}
        async with Clients("votes", base=served.server.url, seats=served.seats(), choice=choice, seconds=2.0) as voters:
            took = await voters.end()
        watching.cancel()
        assert len(took) == len(live.session.rounds[0].seals) == PAGES
        await asyncio.sleep(0.5)
        live.perform(RevealBallots(round=1))
        revealed = served.room.version, time.monotonic_ns()
        await asyncio.sleep(1)
        seen = await pages.end()
    return percentile([each / 1e6 for each in took], 99), max(lags), last_page([revealed], seen)[0]


def memory() -> list[Row]:
    """Every seat that is held costs memory, with TLS much more."""
    return [
        Row("memory of a participant, of 16 kB", _in_child(_memory, ""), 16, 1.0, unit="kB"),
        Row("memory of a participant with TLS, of 320 kB", _in_child(_memory, "tls"), 320, 1.0, unit="kB"),
    ]


def _in_child(measure: object, word: str) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(measure, word).result()  # type: ignore[arg-type, no-any-return]


def _memory(word: str) -> float:
    with folder() as path, session(path, 200) as opened:
        tls = None
        if word:
            key, certificate = path / "key.pem", path / "cert.pem"
            command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=room", "-keyout", key, "-out", certificate]
            subprocess.run(command, check=True, capture_output=True)
            key.chmod(0o600)
            tls = tls_of(certificate, key)
        return asyncio.run(_held(opened, tls))


async def _held(opened: OpenSession, tls: Tls | None) -> float:
    async with serving(opened, tls) as served:
        tokens = list(served.seats().values())
        async with Clients("pages", base=served.server.url, tokens=tokens[:20]):
            await asyncio.sleep(1)
            gc.collect()
            before = resident()
            async with Clients("pages", base=served.server.url, tokens=tokens[20:]):
                await asyncio.sleep(2)
                gc.collect()
                return (resident() - before) / len(tokens[20:])


def attacks() -> list[Row]:
    """A thousand silent connections and 200 slow ones come again and again while people follow and newcomers look in."""
    quiet, looked = _in_child(_attacked, "quiet 0"), _in_child(_attacked, "newcomers 0")
    rows = []
    for words, limit in (("", 0), (", 1,024 descriptors", 1024)):
        rows += [
            Row(f"1,200 hostile connections{words}: version to 60 pages", _in_child(_attacked, f"attacked {limit}"), quiet, 1.5),
            Row(f"1,200 hostile connections{words}: a newcomer", _in_child(_attacked, f"newcomers-attacked {limit}"), looked, 1.5),
        ]
    return rows


def _attacked(words: str) -> float:
    what, limit = words.split()
    with folder() as path, session(path, PAGES) as opened:
        return asyncio.run(_under_attack(opened, int(limit), attacked="attacked" in what, newcomers=what.startswith("newcomers")))


async def _under_attack(opened: OpenSession, limit: int, *, attacked: bool, newcomers: bool) -> float:
    attackers = Clients("hostile", silent=1000, slow=200)
    async with contextlib.AsyncExitStack() as stack:
        if attacked:
            await attackers.spawn()  # before the limit, which it would inherit
        if limit:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        served = await stack.enter_async_context(serving(opened))
        if attacked:
            attackers.asked["port"] = served.server.port
            await stack.enter_async_context(attackers)
        voted, looked = await voting(served, RATE, SECONDS, beside=Clients("newcomers", base=served.server.url))
        Path(opened.ref.key).read_bytes()  # other files can still be opened
    return percentile([each / 1e6 for each in looked], 99) if newcomers else voted.published


ROWS = (updates, ballots, memory, attacks)
