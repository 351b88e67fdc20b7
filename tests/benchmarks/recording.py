"""What it costs to record one event in a log of any length, beside the least that makes bytes durable: one write, one fdatasync."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sessions.record.events import CardMoved, Recorded
from sessions.store.tinydb.journal import Journal
from tests.benchmarks.samples import QuickFiles, folder
from tests.benchmarks.table import Row, turned

LENGTHS = (100, 10_000, 100_000)
ROUNDS = 300
_CLOSING = b"}}"

Append = Callable[[], None]
"""Adds one record; it is on the disk when this returns."""
Next = Callable[[], Append]
"""Makes the next event, untimed: what decides it is not what records it."""


def _event(seq: int) -> Recorded:
    move = CardMoved(card=f"P{seq % 60:05}", old=seq % 60 + 1, new=seq % 59 + 1, asked_by="coo", reason="the contract ends in September")
    return Recorded(seq, "2026-06-30T09:00:00Z", "pmo", seq * 3, move)


def _journal(path: Path, length: int) -> Next:
    """Make a journal of that many events; return what appends one more."""
    with Journal.create(path, holder="benchmark", ops=QuickFiles()) as quick:
        for seq in range(1, length + 1):
            quick.append(_event(seq).as_record())
    journal = Journal.open(path)

    def next_() -> Append:
        event = _event(journal.next_seq)
        return lambda: journal.append(event.as_record())

    return next_


def _raw(path: Path, size: int, line: int) -> Next:
    """Return what writes one more line of that length to a file of that size, and makes it durable."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT)
    with path.open("wb") as file:
        file.write(b"x" * size)
        file.flush()
        os.fsync(file.fileno())
    data, end = b"x" * line + b"\n" + _CLOSING, [size]

    def append() -> None:
        os.pwrite(fd, data, end[0])
        os.fdatasync(fd)
        end[0] += line + 1

    return lambda: append


def record_one_event() -> list[Row]:
    """Time each append, ours and the floor's in turn; wall time counts, for it is the disk that is waited for."""
    with folder() as path:
        ours = [_journal(path / f"{length}.json", length) for length in LENGTHS]
        size = (path / f"{LENGTHS[1]}.json").stat().st_size
        contestants = [_raw(path / "raw", size, size // LENGTHS[1]), *ours]
        times: list[list[tuple[float, float]]] = [[] for _ in contestants]
        gc.collect()
        gc.disable()
        for number in range(ROUNDS):
            for index in turned(len(contestants), number):
                append = contestants[index]()
                wall, cpu = time.perf_counter_ns(), time.process_time_ns()
                append()
                times[index].append(((time.perf_counter_ns() - wall) / 1e6, (time.process_time_ns() - cpu) / 1e6))
        gc.enable()
    floor, *walls = [median(wall for wall, _ in some[10:]) for some in times]
    cpu_floor, *cpus = [median(cpu for _, cpu in some[10:]) for some in times]
    rows = [
        Row(f"record one event, {length:,} before it", wall, floor, 1.3, series="record one event", size=length, of="events")
        for length, wall in zip(LENGTHS, walls, strict=True)
    ]
    rows.append(Row(f"the same, {LENGTHS[-1]:,} against {LENGTHS[0]}", walls[-1], walls[0], 1.3))
    return rows + [Row(f"the same in CPU time, {length:,}", cpu, cpu_floor, 0) for length, cpu in zip(LENGTHS, cpus, strict=True)]


ROWS = (record_one_event,)
"""What is measured, in the order of the table."""
