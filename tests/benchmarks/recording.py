"""What it costs to record one event in a log of any length, beside the least that makes bytes durable: one write, one fdatasync."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

from sessions.store.tinydb.journal import Journal
from tests.benchmarks.samples import QuickFiles, folder, moved
from tests.benchmarks.table import Row, in_turn, wall_time

LENGTHS = (100, 10_000, 100_000)
ROUNDS = 300
_CLOSING = b"}}"


def _journal(path: Path, length: int) -> Callable[[], float]:
    """Make a journal of that many events; return what appends one more. What decides an event is not what records it."""
    with Journal.create(path, holder="benchmark", ops=QuickFiles()) as quick:
        for seq in range(1, length + 1):
            quick.append(moved(seq).as_record())
    journal = Journal.open(path)

    def append() -> float:
        event = moved(journal.next_seq)
        return wall_time(lambda: journal.append(event.as_record()))()

    return append


def _raw(path: Path, size: int, line: int) -> Callable[[], float]:
    """Return what writes one more line of that length to a file of that size, and makes it durable."""
    path.write_bytes(b"x" * size)
    fd = os.open(path, os.O_RDWR)
    os.fsync(fd)
    data, end = b"x" * line + b"\n" + _CLOSING, [size]

    def append() -> None:
        os.pwrite(fd, data, end[0])
        os.fdatasync(fd)
        end[0] += line + 1

    return wall_time(append)


def record_one_event() -> list[Row]:
    """Time each append, ours and the floor's in turn."""
    with folder() as path:
        ours = [_journal(path / f"{length}.json", length) for length in LENGTHS]
        size = (path / f"{LENGTHS[1]}.json").stat().st_size
        raw = _raw(path / "raw", size, size // LENGTHS[1])
        gc.collect()
        gc.disable()
        floor, *times = in_turn([raw, *ours], ROUNDS)
        gc.enable()
    rows = [Row(f"record one event, {length:,} before it", took, floor, 1.3) for length, took in zip(LENGTHS, times, strict=True)]
    return [*rows, Row(f"the same, {LENGTHS[-1]:,} against {LENGTHS[0]}", times[-1], times[0], 1.3)]


ROWS = (record_one_event,)
