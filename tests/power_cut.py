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
from collections import defaultdict
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from store import NEVER, DeadError, Faulty

from sessions.store.tinydb.lines import CLOSING

Files = tuple[tuple[str, bytes], ...]
"""What is found after a power cut: contents by name."""
Change = tuple[int, bytes | None]
"""A write at an offset, or a cut to a size."""

_SECTOR = 512


class PowerCuts(Faulty):
    """Carries out calls; `found` is what may be found after a power cut at any moment, with the latest that had been told by then."""

    def __init__(self, folder: Path, most: int = 200) -> None:
        super().__init__(NEVER, DeadError())
        self.found: dict[Files, Any] = {}
        self._folder, self._most, self._chance = folder, most, random.Random(0)
        self._told: Any = None
        self._present = folder.exists()
        paths = sorted(folder.iterdir()) if self._present else []
        # What is surely on the disk: the file of each name, and its content.
        self._names = {path.name: number for number, path in enumerate(paths)}
        self._contents = [path.read_bytes() for path in paths]
        # What may be: a name that goes, one that comes, and its file; changes by file.
        self._renamed: list[tuple[str, str, int]] = []
        self._changed: dict[int, list[Change]] = defaultdict(list)
        self._shown = dict(self._names)
        self._fds: dict[int, int | Path] = {}
        self._look()

    def told(self, what: Any) -> None:
        """Note what was shown by now."""
        self._told = what
        self._look()

    def call(self, kind: str, *arguments: Any) -> Any:
        result = None if kind.endswith("sync") else super().call(kind, *arguments)
        match kind, *arguments:
            case "open", path, flags, *_ if flags & os.O_DIRECTORY:
                self._fds[result] = path
            case "open", path, *_ if path.parent == self._folder and path.suffix != ".lock":
                if path.name not in self._shown:
                    self._contents.append(b"")
                    self._rename("", path.name, len(self._contents) - 1)
                self._fds[result] = self._shown[path.name]
            case "close", fd:
                self._fds.pop(fd, None)
            case "pwrite", fd, data, offset if fd in self._fds:
                self._change(self._fds[fd], (offset, bytes(data)))
            case "ftruncate", fd, size:
                self._change(self._fds[fd], (size, None))
            case (("fsync" | "fdatasync"), fd):
                self._sync(self._fds[fd])
            case "replace", source, target:
                self._rename(source.name, target.name, self._shown[source.name])
            case "link", source, target:
                self._rename("", target.name, self._shown[source.name])
            case "unlink", path if path.parent == self._folder and path.name in self._shown:
                self._rename(path.name, "", 0)
        return result

    def _rename(self, *renamed: *tuple[str, str, int]) -> None:
        self._renamed.append(renamed)
        _applied_to(self._shown, renamed)
        self._look()

    def _change(self, file: Any, change: Change) -> None:
        self._changed[file].append(change)
        self._look()

    def _sync(self, what: Any) -> None:
        if what == self._folder:
            for each in self._renamed:
                _applied_to(self._names, each)
            self._renamed.clear()
        elif what == self._folder.parent:
            self._present = True
        else:
            for change in self._changed.pop(what, []):
                self._contents[what] = _changed(self._contents[what], change)
        self._look()

    def _look(self) -> None:
        """Take down all that may be found if the power fails now, or so many cases of it if there are more."""
        for state in self._after_a_cut():
            self.found.pop(state, None)
            self.found[state] = self._told

    def _after_a_cut(self) -> Iterator[Files]:
        if not self._present:
            yield ()
        for kept in self._choices([2] * len(self._renamed)):
            names = dict(self._names)
            for renamed in itertools.compress(self._renamed, kept):
                _applied_to(names, renamed)
            files = sorted(set(names.values()))
            possible = [_outcomes(self._contents[file], self._changed.get(file, [])) for file in files]
            for picks in self._choices([len(each) for each in possible]):
                content = {file: each[pick] for file, each, pick in zip(files, possible, picks, strict=True)}
                yield tuple(sorted((name, content[file]) for name, file in names.items()))

    def _choices(self, sizes: list[int]) -> Iterator[tuple[int, ...]]:
        """Return every combination; of too many, the two plain ones, all that differ from them in one place, and some at random."""
        if prod(sizes) <= self._most:
            yield from itertools.product(*map(range, sizes))
            return
        for plain in ([0] * len(sizes), [min(1, size - 1) for size in sizes]):
            yield tuple(plain)
            for place, size in enumerate(sizes):
                yield from ((*plain[:place], value, *plain[place + 1 :]) for value in range(size))
        for _ in range(self._most):
            yield tuple(self._chance.randrange(size) for size in sizes)


def lay_out(state: Files, folder: Path) -> None:
    """Make a folder that holds what was found, and nothing else."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, content in state:
        (folder / name).write_bytes(content)


def _applied_to(names: dict[str, int], renamed: tuple[str, str, int]) -> None:
    gone, name, file = renamed
    names.pop(gone, None)
    if name:
        names[name] = file


def _changed(content: bytes, change: Change) -> bytes:
    place, data = change
    if data is None:
        return content[:place].ljust(place, b"\0")
    return content[:place].ljust(place, b"\0") + data + content[place + len(data) :]


def _outcomes(content: bytes, changes: list[Change]) -> list[bytes]:
    """Return what a file may hold after changes that were not synced: each change with each outcome, without repetition."""
    assert len(changes) < 5, "hardly anything is brought to the disk: there would be too many outcomes"
    states = [content]
    for place, data in changes:
        each = [[before, _changed(before, (place, None))] if data is None else _written(before, place, data) for before in states]
        states = list(dict.fromkeys(itertools.chain(*each)))
    return states


def _written(content: bytes, offset: int, data: bytes) -> list[bytes]:
    """Dropped, applied, half, zeros in what the file gained, and each sector alone: there, or missing."""
    grown, whole = content.ljust(offset + len(data), b"\0"), _changed(content, (offset, data))
    half = data[: len(data) // 2] if len(data) > len(CLOSING) else data  # the closing alone is torn only if it spans two sectors
    states = [content, whole, _changed(content, (offset, half)), grown]
    for start in range(offset // _SECTOR * _SECTOR, offset + len(data), _SECTOR):
        end = start + _SECTOR
        states += [grown[:start] + whole[start:end] + grown[end:], whole[:start] + grown[start:end] + whole[end:]]
    return states
