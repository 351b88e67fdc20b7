"""A log and an urn in memory, for tests and for sessions that are not meant to last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any


class ListLog:
    """A log in memory."""

    def __init__(self, records: Sequence[dict[str, Any]] = ()) -> None:
        self.records: list[dict[str, Any]] = list(records)

    @property
    def count(self) -> int:
        """Return the number of records."""
        return len(self.records)

    def append_all(self, records: Sequence[dict[str, Any]]) -> None:
        """Keep records."""
        self.records += records


class DictUrn:
    """An urn in memory, whose seals count up."""

    def __init__(self) -> None:
        self.ballots: dict[tuple[int, str], dict[str, Any]] = {}

    def batch(self) -> AbstractContextManager[None]:
        """Do nothing: memory has no writes to save."""
        return nullcontext()

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and return its seal."""
        seal = f"{len(self.ballots) + 1:064x}"
        self.ballots[round_number, seal] = ballot
        return seal

    def keep_latest(self, round_number: int, voice: str, seal: str) -> None:
        """Do nothing: a seal is never reused."""

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voter."""
        return {voice: ("", self.ballots[round_number, seal]) for voice, seal in seals.items()}

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key[0] != round_number}
