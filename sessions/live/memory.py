"""A log and an urn in memory, for tests and for sessions that are not meant to last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sessions.errors import RecordError


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
        self._voters: dict[str, str] = {}
        """Who sealed what, by seal; it never shrinks, so that no seal comes twice."""

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Restore the earlier ballots if the block raises."""
        before = self.ballots
        self.ballots = dict(before)
        try:
            yield
        except BaseException:
            self.ballots = before
            raise

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and return its seal."""
        seal = f"{len(self._voters) + 1:064x}"
        self._voters[seal] = voice
        self.ballots[round_number, seal] = ballot
        return seal

    def keep_latest(self, round_number: int, voice: str, seal: str) -> None:
        """Forget the voter's other ballots of the round. Raises RecordError if this one is not here."""
        if (round_number, seal) not in self.ballots:
            raise RecordError(f"the ballot of {voice!r} for round {round_number} is not here: ask for it again")
        earlier = {key for key in self.ballots if key[0] == round_number and key[1] != seal and self._voters[key[1]] == voice}
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key not in earlier}

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voter."""
        return {voice: ("", self.ballots[round_number, seal]) for voice, seal in seals.items()}

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key[0] != round_number}
