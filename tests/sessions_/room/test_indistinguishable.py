"""Two votes that differ only in the choices: every byte on the disk or in an answer is the same until the reveal.

Chance is handed in, and the same for both: salts, tokens, and what a hash over a fresh salt gives. Only the urn, the private file of sealed
ballots, may differ, and not in its length. Of two secret votes that swap their choices, nothing ever differs.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import CHOICES, opening
from disk import DiskLibrary
from store import Quick
from support import PEOPLE, FakeClock, bare

pytest.importorskip("aiohttp", reason="the extra `room` is not installed")

from aiohttp import ClientSession, web_response

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import RevealBallots
from sessions.record.events import METHODS, Anonymity, Method
from sessions.room.http.door import CUSTOM, SEAT
from sessions.room.http.server import RoomServer
from sessions.room.room import Room
from sessions.room.seats import Seats
from sessions.rounds.methods.registry import spec_of

pytestmark = pytest.mark.system

Choice = dict[str, Any]
VOTERS = ("cfo", "vp-sales")
REASONS: tuple[Choice, Choice] = ({}, {"reason": "it pays back in a month", "reason_card": "P01"})


async def told(folder: Path, method: Method, anonymity: Anonymity, choices: tuple[Choice, Choice]) -> tuple[list[object], list[object]]:
    """Serve a vote of two, and return all files and answers, up to the reveal and after it."""
    folder.mkdir()
    clock, count, answers = FakeClock(), itertools.count(1), list[object]()
    library = DiskLibrary(folder, clock, lambda length: f"{next(count):0{length}x}", holder="a test", ops=Quick())
    with library.create(bare("P01 P02 P03 P04", people=PEOPLE), quarter="2026-Q3") as opened:
        live, room = opened.live, Room(opened.live, Seats(opened.handle.seats, lambda length: f"{next(count):0{length}x}"), clock)
        live.perform_all([MarkAttendance(presence="present"), *opening(method, anonymity)])
        tokens = {person: room.link(person) for person in (*VOTERS, "cio")}
        tokens |= {"host": room.facilitator_link(), "wall": room.watch_link()}
        server = RoomServer(room, port=0)
        await server.start()
        async with ClientSession(f"http://127.0.0.1:{server.port}") as client:

            async def asked(path: str, who: str, body: object = None) -> Any:
                headers = {SEAT: tokens[who], CUSTOM: "1", "Content-Type": "application/json"}
                data = json.dumps(body).encode().ljust(4096) if body else None
                async with client.request("POST" if body else "GET", path, headers=headers, data=data) as answer:
                    answers.append((path, who, answer.status, answer.reason, answer.raw_headers, await answer.read()))
                    assert answer.status == 200, answers[-1]
                    return await answer.json()

            async def look() -> int:
                states = [await asked("/state", who) for who in tokens]
                for state, who in zip(states, tokens, strict=True):
                    await asked(f"/cards?v={state['listv']}", who)
                await asked("/seats", "wall")
                return int(states[0]["v"])

            version = await look()
            for number, (voter, choice, reason) in enumerate(zip(VOTERS, choices, REASONS, strict=True)):
                chosen = {"kind": "vote", "voice": voter, "choice": choice, **(reason if method == "points" else {})}
                await asked("/act", voter, {"id": f"request-{number}", "round": 1, "version": version, "what": chosen})
                version = (await asked(f"/state?since={version}", "cio"))["v"]  # a poll that was held, or would have been
                await look()
            assert [path for path in folder.iterdir() if path.suffix == ".urn"]
            sealed = [*answers, *files(folder)]
            answers.clear()
            live.perform(RevealBallots(round=1, override="a test"))
            await look()
            assert not [path for path in folder.iterdir() if path.suffix == ".urn"]
        await server.stop()
    return sealed, [*answers, *files(folder)]


def files(folder: Path) -> list[object]:
    """Return the files with their rights; of an urn only its length."""
    found = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(path.name, about.st_mode, about.st_size if path.suffix == ".urn" else path.read_bytes()) for path, about in found]


@pytest.fixture(autouse=True)
def chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand in the hash of a fresh salt, which looks like chance; and the time of day of the answers."""
    for place in ("store.tinydb.urn", "rounds.seals"):
        monkeypatch.setattr(f"sessions.{place}.seal_of", lambda salt, _: hashlib.sha256(salt.encode()).hexdigest())
    monkeypatch.setattr(web_response, "rfc822_formatted_time", lambda: "Tue, 30 Jun 2026 09:00:00 GMT")


@pytest.mark.promise("room-R16", "room-R17", "room-R18")
@pytest.mark.parametrize("anonymity", ["named", "secret"])
@pytest.mark.parametrize("method", METHODS)
async def test_two_votes_that_differ_only_in_the_choices_are_the_same_bytes(tmp_path: Path, method: Method, anonymity: Anonymity) -> None:
    one, other = CHOICES[method]
    first, revealed = await told(tmp_path / "first", method, anonymity, (one, other))
    second, revealed_otherwise = await told(tmp_path / "second", method, anonymity, (other, one))
    assert first == second
    assert len(first) > 35
    # For a secret vote and for questions not even the reveal says who answered what.
    assert (revealed == revealed_otherwise) is (anonymity == "secret" or spec_of(method).adds_up)
