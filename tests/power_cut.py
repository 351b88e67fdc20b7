"""A model of a disk that may lose its power at any moment: what was done to it, and everything that may be found on it afterwards.

The model is weak on purpose (RELIABILITY 1.2): of all writes and cuts of a file since its last fsync, each may be dropped, applied, applied in part,
or leave zeros; of all changes of a folder since its last fsync, each may be dropped or applied, in any combination. Real disks are kinder.
The model ignores lock notes: they decide nothing.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

from store import DeadError, Faulty

from sessions.store.tinydb.lines import CLOSING

Files = tuple[tuple[str, bytes], ...]
"""What is found after a power cut: contents by name."""
Step = tuple[Any, ...]

_SECTOR = 512


class RecordingFiles(Faulty):
    """Carries out calls, and notes them; `told` marks what was shown meanwhile."""

    def __init__(self, folder: Path) -> None:
        super().__init__(10**9, DeadError())
        self.folder = folder
        self.steps: list[Step] = []
        self._files = {path: number for number, path in enumerate(sorted(folder.iterdir()))} if folder.exists() else {}
        self.start = {number: (path.name, path.read_bytes()) for path, number in self._files.items()}
        self._numbers = itertools.count(len(self._files))
        self._fds: dict[int, int | str] = {}

    def told(self, what: Any) -> None:
        self.steps.append(("told", what))

    def call(self, kind: str, *arguments: Any) -> Any:
        result = None if kind.endswith("sync") else super().call(kind, *arguments)
        self.steps += self._steps(kind, arguments, result)
        return result

    def _steps(self, kind: str, arguments: tuple[Any, ...], result: Any) -> Iterator[Step]:
        match kind, *arguments:
            case "open", path, flags, *_ if flags & os.O_DIRECTORY:
                self._fds[result] = str(path)
            case "open", path, *_ if path.parent == self.folder and path.suffix != ".lock":
                if path not in self._files:
                    self._files[path] = next(self._numbers)
                    yield "name", path.name, self._files[path]
                self._fds[result] = self._files[path]
            case "close", fd:
                self._fds.pop(fd, None)
            case "pwrite", fd, data, offset if fd in self._fds:
                yield "write", self._fds[fd], offset, bytes(data)
            case "ftruncate", fd, size:
                yield "cut", self._fds[fd], size
            case (("fsync" | "fdatasync"), fd):
                yield "sync", self._fds[fd]
            case "replace", source, target:
                self._files[target] = self._files.pop(source)
                yield "rename", source.name, target.name, self._files[target]
            case "link", source, target:
                self._files[target] = self._files[source]
                yield "name", target.name, self._files[target]
            case "unlink", path if path in self._files:
                del self._files[path]
                yield "unname", path.name
            case "mkdir", folder:
                yield "mkdir", str(folder)


@dataclass
class Disk:
    """What is surely on the disk, and what may be."""

    folder: Path
    names: dict[str, int]
    contents: dict[int, bytes]
    present: bool
    renamed: list[Step] = field(default_factory=list)
    changed: dict[int, list[Step]] = field(default_factory=dict)

    def do(self, step: Step) -> None:
        match step:
            case "sync", int(number):
                for change in self.changed.pop(number, []):
                    self.contents[number] = _applied(self.contents.get(number, b""), change)
            case "sync", where if where == str(self.folder):
                for each in self.renamed:
                    _rename(self.names, each)
                self.renamed.clear()
            case "sync", where:
                self.present = self.present or where == str(self.folder.parent)
            case (("write" | "cut"), number, *_):
                self.changed.setdefault(number, []).append(step)
            case (("name" | "rename" | "unname"), *_):
                self.renamed.append(step)

    def after_a_cut(self, most: int, chance: random.Random) -> Iterator[Files]:
        """Return what may be found if the power fails now: all of it, or at most so many cases of it if there are more."""
        if not self.present:
            yield ()
        for kept in _choices([2] * len(self.renamed), most, chance):
            names = dict(self.names)
            for step in itertools.compress(self.renamed, kept):
                _rename(names, step)
            found = sorted(set(names.values()))
            possible = [_outcomes(self.contents.get(number, b""), self.changed.get(number, [])) for number in found]
            for picks in _choices([len(each) for each in possible], most, chance):
                content = {number: each[pick] for number, each, pick in zip(found, possible, picks, strict=True)}
                yield tuple(sorted((name, content[number]) for name, number in names.items()))


def power_cuts(files: RecordingFiles, most: int = 200, seed: int = 0) -> Iterator[tuple[Files, Any]]:
    """Return everything that may be found after a power cut at any step, once, with the latest that had been told at that moment."""
    chance, start = random.Random(seed), files.start.items()
    disk = Disk(files.folder, {name: number for number, (name, _) in start}, {number: data for number, (_, data) in start}, present=bool(start))
    found: dict[Files, Any] = {}
    told: Any = None
    for step in [("begin",), *files.steps]:
        if step[0] == "told":
            told = step[1]
        disk.do(step)
        for state in disk.after_a_cut(most, chance):
            found.pop(state, None)
            found[state] = told
    yield from found.items()


def lay_out(state: Files, folder: Path) -> None:
    """Make a folder that holds what was found, and nothing else."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, content in state:
        (folder / name).write_bytes(content)


def _rename(names: dict[str, int], step: Step) -> None:
    match step:
        case ("name", name, number):
            names[name] = number
        case ("rename", source, target, number):
            names.pop(source, None)
            names[target] = number
        case ("unname", name):
            names.pop(name, None)


def _applied(content: bytes, step: Step) -> bytes:
    match step:
        case "write", _, offset, data:
            return content[:offset].ljust(offset, b"\0") + data + content[offset + len(data) :]
        case _, _, size:
            return content[:size].ljust(size, b"\0")
    raise AssertionError(step)


def _outcomes(content: bytes, steps: list[Step]) -> list[bytes]:
    """Return what a file may hold after steps that were not synced: each step with each outcome, without repetition."""
    states = [content]
    for step in steps:
        each = _written if step[0] == "write" else lambda before, cut: [before, _applied(before, cut)]
        states = list(dict.fromkeys(after for before in states for after in each(before, step)))
    return states


def _written(content: bytes, step: Step) -> list[bytes]:
    """Dropped, applied, half, zeros in what the file gained, and each sector alone: there, or missing."""
    kind, number, offset, data = step
    grown, whole = content.ljust(offset + len(data), b"\0"), _applied(content, step)
    half = data[: len(data) // 2] if len(data) > len(CLOSING) else data  # the closing alone is torn only if it spans two sectors
    states = [content, whole, _applied(content, (kind, number, offset, half)), grown]
    for start in range(offset // _SECTOR * _SECTOR, offset + len(data), _SECTOR):
        end = start + _SECTOR
        states += [grown[:start] + whole[start:end] + grown[end:], whole[:start] + grown[start:end] + whole[end:]]
    return states


def _choices(sizes: list[int], most: int, chance: random.Random) -> Iterator[tuple[int, ...]]:
    """Return every combination; of too many, the two plain ones, all that differ from them in one place, and some at random."""
    if prod(sizes) <= most:
        yield from itertools.product(*map(range, sizes))
        return
    for plain in ([0] * len(sizes), [min(1, size - 1) for size in sizes]):
        yield tuple(plain)
        for place, size in enumerate(sizes):
            yield from ((*plain[:place], value, *plain[place + 1 :]) for value in range(size))
    for _ in range(most):
        yield tuple(chance.randrange(size) for size in sizes)
