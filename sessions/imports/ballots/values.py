"""What a file of ballots is read into: a ballot per voter, and what was refused with its place.

A ballot's type depends on the method; figures are as they were written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Generic, Literal, NamedTuple, TypeVar

from sessions.imports.formats.report import Notice, Place
from sessions.voting.ranking import Ranking

RefusalKind = Literal[
    "not_a_voter", "no_voter", "two_ballots", "unknown_card", "card_twice", "extra_cells", "abstention", "figure", "place", "empty_place",
    "missing_card", "words", "reason", "empty", "side", "form", "rule", "none",
]  # fmt: skip
"""What is wrong with a ballot, without a card, a figure or a name: `form` is anything else that the method does not ask for."""
PUBLIC: Mapping[RefusalKind, str] = {
    "not_a_voter": "not a voter of this session",
    "no_voter": "nothing says whose ballot it is",
    "two_ballots": "more than one ballot, of which none is taken",
    "unknown_card": "it names a card that is not on the ballot",
    "card_twice": "it names a card twice",
    "extra_cells": "there are more cells than columns",
    "abstention": "whether it abstains is neither yes nor no",
    "none": "none of these goes with no card",
    "place": "a place is a whole number, 1 the best",
    "empty_place": "a place is left empty between two that are filled",
    "missing_card": "a card is missing beside > or =",
    "words": "the sentence of a hand is a text",
    "reason": "a reason is one line about one card of the ballot",
    "empty": "nothing is filled in (to abstain, write yes under abstain)",
    "side": "the side is not that of the voter",
}
"""A refusal for a shared screen. Of the other kinds the method says what it asks for."""


class Abstention(Enum):
    """A voter who abstained."""

    ABSTAIN = "abstain"


ABSTAIN = Abstention.ABSTAIN

Amounts = dict[str, int]
"""Figures by card id."""
Points = Amounts
"""Points by card id. A card that is not named got none; an empty ballot says that no card should get any."""
Scores = Amounts
"""Scores from 0 to 5 by card id. A card that is not named: the voter has no opinion on it."""


class Hand(NamedTuple):
    """A raised hand in a consent round: 0 objects, 5 agrees fully; `words` is the sentence that a low hand owes."""

    score: int
    words: str = ""


class GivenReason(NamedTuple):
    """A voter's line of reason, and the id of the card that it is about."""

    card: str
    text: str


AnyBallot = Points | Ranking | str | Hand
"""A ballot of any method; that of a duel is the id of the card preferred."""
B_co = TypeVar("B_co", covariant=True)
TWO_BALLOTS = "this voter has more than one ballot; none of them counts"


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a ballot is refused: the kind for a shared screen, a text that may quote the file, and the column, if one is to blame."""

    text: str
    kind: RefusalKind = "form"
    field: str = ""


@dataclass(frozen=True, slots=True)
class Refused(Notice):
    """A refused ballot with its place."""

    kind: RefusalKind = "form"
    field: str = ""


@dataclass(frozen=True, slots=True)
class Gathered(Generic[B_co]):
    """The ballots of a file by the voter's id, and those that were refused with their line or path and the reason.

    `sides` is what the file itself says about the voters' sides (a session knows better); `places` where each ballot is; `reasons` the card and the
    text of each voter's line of reason.
    """

    source: str
    ballots: Mapping[str, B_co | Abstention]
    refused: tuple[Refused, ...]
    sides: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    reasons: Mapping[str, GivenReason] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    """How many equal voters a ballot is from, if that is more than one."""

    def checked(self, fault: Callable[[B_co], str]) -> Gathered[B_co]:
        """Refuse the ballots in which a rule of voting finds a fault, each with its place. Nothing is rescaled."""
        told = {voice: fault(ballot) for voice, ballot in self.ballots.items() if not isinstance(ballot, Abstention)}
        return self.refusing({voice: Wrong(why, "rule") for voice, why in told.items() if why})

    def sentences(self) -> list[str]:
        """Return one sentence per refused ballot: its place and the reason."""
        return [f"{self.source}, {notice.sentence()}." for notice in self.refused]

    def refusing(self, why: Mapping[str, Wrong]) -> Gathered[B_co]:
        """Refuse the ballots of these voters, each for its reason."""
        places = {voice: self.places.get(voice, Place(None, voice)) for voice in self.ballots if voice in why}
        refused = {
            voice: Refused(place.line, place.path or voice, why[voice].text, why[voice].kind, why[voice].field) for voice, place in places.items()
        }
        kept = {voice: ballot for voice, ballot in self.ballots.items() if voice not in refused}
        told = sorted([*self.refused, *refused.values()], key=lambda notice: notice.line or 0)
        return replace(self, ballots=kept, refused=tuple(told))


class Entry(NamedTuple, Generic[B_co]):
    """One ballot as a reader finds it: its place, its voter (empty if that is not known), its side, the ballot or what is wrong, the reason."""

    place: Place
    voice: str
    side: str
    ballot: B_co | Abstention | Wrong
    reason: GivenReason | None = None


def gather(source: str, entries: Iterable[Entry[B_co]]) -> Gathered[B_co]:
    """Gather entries. Two ballots of one voter are both refused: either could be the intended one."""
    ballots = dict[str, B_co | Abstention]()
    sides, places, reasons = dict[str, str](), dict[str, Place](), dict[str, GivenReason]()
    refused: list[Refused] = []
    twice: set[str] = set()
    for place, voice, side, ballot, reason in entries:
        if isinstance(ballot, Wrong):
            refused.append(Refused(place.line, place.path, ballot.text, ballot.kind, ballot.field))
        elif voice in ballots or voice in twice:
            twice.add(voice)
            ballots.pop(voice, None)
            refused.append(Refused(place.line, place.path, TWO_BALLOTS, "two_ballots"))
        else:
            ballots[voice], places[voice] = ballot, place
            sides |= {voice: side} if side else {}
            reasons |= {voice: reason} if reason else {}
    return Gathered(source, ballots, tuple(refused), sides, {voice: places[voice] for voice in ballots}, reasons)


def at_most_once(files: Sequence[Gathered[B_co]]) -> list[Gathered[B_co]]:
    """Refuse the ballots of voters that have one in more than one of the files, as within a file."""
    seen = Counter(voice for file in files for voice in file.ballots)
    return [file.refusing({voice: Wrong(TWO_BALLOTS, "two_ballots") for voice in file.ballots if seen[voice] > 1}) for file in files]
