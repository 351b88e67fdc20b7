"""A room on a session in memory, its clock set by hand and its tokens counted, for the tests of what devices do."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Room as Session
from support import small

from sessions.commands.rounds import OpenRound
from sessions.portfolio.models import Portfolio
from sessions.room.http.tls import Tls, tls_of
from sessions.room.room import Room
from sessions.room.seats import Seat, Seats
from sessions.room.wire import Act
from sessions.store.memory import MemorySeats


class RoomKit:
    """A session, its room, and the seats that were let in, by person."""

    def __init__(self, portfolio: Portfolio | None = None, *, meeting: bool = True) -> None:
        self.session = Session(portfolio or small())
        self.file = MemorySeats()
        self.counted = counted()
        self.meeting = meeting
        self.open()

    def open(self) -> RoomKit:
        """Open the room, or open it again as after a restart, one second later."""
        self.session.clock.wall = f"2026-06-30T09:00:{next(self.counted) % 60:02}Z"
        seats = Seats(self.file, lambda length: f"{next(self.counted):0{length}x}")
        self.room = Room(self.session.live, seats, self.session.clock, meeting=self.meeting)
        return self

    def vote_open(self, method: str = "points", **fields: Any) -> RoomKit:
        """Let everybody be present and open a round."""
        self.session.everybody().do(OpenRound.model_validate({"method": method, **fields}))
        return self

    def seat(self, person: str) -> Seat:
        """Let a person in, unless they are, and return their seat."""
        seated = self.room.seats.of_person(person)
        if seated is None:
            asking, _ = self.room.ask(person=person)
            self.room.admit(asking.id)
        return self.room.seats.of_person(person) or seated or asking

    async def do(self, seat: Seat, act_id: str = "", /, **what: Any) -> None:
        """Let a seat do something in the latest round, as its page shows it now."""
        await self.room.act(seat, act(what, act_id or f"request-{next(self.counted)}", len(self.session.session.rounds), self.room.version))

    async def vote(self, person: str, act_id: str = "", *, voice: str = "", choice: dict[str, Any] | None = None, **reason: str) -> None:
        """Let a person vote."""
        await self.do(self.seat(person), act_id, kind="vote", voice=voice or person, choice=choice, **reason)


def act(what: dict[str, Any], act_id: str = "request-0", round_number: int | None = 1, version: int = 0) -> Act:
    """Return an act as it comes in."""
    return Act.model_validate({"id": act_id, "round": round_number, "version": version, "what": what}, strict=False)


def certified(folder: Path) -> Tls:
    """Return a self-signed certificate with its key; skip the test without openssl."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=room", "-out", certificate, "-keyout", key]
    subprocess.run(made, check=True, capture_output=True)
    key.chmod(0o600)
    return tls_of(certificate, key)


def counted() -> Iterator[int]:
    """Count up from 1."""
    return itertools.count(1)
