"""Who a ballot file names, and which cards: as people write them, found by id and, for voters, by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from sessions.imports.ballots.values import ABSTAIN, Abstention, GivenReason, Wrong
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.vocabulary import SIDES, read_flag, read_word
from sessions.portfolio.models import Participant
from sessions.sanitize import clean, quoted
from sessions.wording import side_name, slug

VOTER = ("voter", "voice", "participant")
"""Names under which a file says whose ballot it holds."""


class VoterNames:
    """The voters whose ballots are expected. None: everyone named may vote, because no people are known."""

    def __init__(self, people: Sequence[Participant] | None) -> None:
        self._known: Mapping[str, str] | None = None
        if people is not None:
            voting = [person for person in people if person.votes]
            self._known = {person.role.casefold(): person.id for person in voting} | {person.id.casefold(): person.id for person in voting}
        self._sides = {person.id: person.side for person in people or ()}
        self.alone = ""
        """The one voter whose file this is, if known beforehand."""

    def find(self, name: str) -> str | None:
        """Return the id of a voter by its id or role; None for anyone without a vote here."""
        if self._known is None:
            return clean(name, ID_LIMIT) or None
        return self._known.get(name.strip().casefold())

    def missing(self, name: str) -> Wrong:
        """Return the refusal of a name without a vote here."""
        if not name.strip():
            return Wrong("nothing says whose ballot this is", "no_voter")
        return Wrong(f"{quoted(name)} is not a voter of this session", "not_a_voter")

    def wrong_side(self, voice: str, text: str) -> Wrong | None:
        """Return what is wrong with the side that a file gives a voter, or None; an empty one says nothing."""
        if not text.strip():
            return None
        side, own = side_id(text), self._sides.get(voice)
        if not side or (self._sides and side not in self._sides.values()):
            return Wrong(f"{quoted(text)} is not a side", "side")
        if own is not None and side != own:
            return Wrong(f"{quoted(text)} is not the side of this voter, which is {side_name(own)}", "side")
        return None

    def named_by(self, source: str) -> VoterNames:
        """Return the voters with the only one that a file's name mentions: `cfo.csv`, `ballot cfo.json`."""
        if self._known is None:
            return self
        words = f"-{slug(PurePath(source).stem, 1000)}-"
        named = {voice: len(name) for name, voice in self._known.items() if slug(name, 1000) and f"-{slug(name, 1000)}-" in words}
        longest = [voice for voice, length in named.items() if length == max(named.values())]
        if len(longest) == 1:
            self.alone = longest[0]
        return self


class Cards:
    """The cards of a ballot: found as written, ignoring case if that matches only one, or by their number on the ballot.

    Where ids themselves are numbers, a bare number is an id.
    """

    def __init__(self, ids: Iterable[str], numbers: Mapping[str, int] | None = None) -> None:
        self._ids = dict.fromkeys(ids)
        folded = Counter(card.casefold() for card in self._ids)
        self._numbers = {str(number): card for card, number in (numbers or {}).items()}
        self._folded = {card.casefold(): card for card in self._ids if folded[card.casefold()] == 1}
        if not any(card.isdecimal() for card in self._ids):
            self._folded = self._numbers | self._folded

    def by_id(self) -> Cards:
        """Return the same cards, found by their ids only."""
        return Cards(self._ids)

    def by_number(self) -> Cards:
        """Return the same cards, found by their numbers on the ballot only; by their ids if no ballot numbers them."""
        found = Cards(())
        found._folded = self._numbers
        return found if self._numbers else self

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def find(self, name: str) -> str | None:
        """Return the id of the card that is written so, or None."""
        name = name.strip()
        return name if name in self._ids else self._folded.get(name.casefold())

    def named(self, names: Iterable[str]) -> set[str]:
        """Return the names that belong to a card."""
        return {name for name in names if name in self}

    def some(self) -> str:
        """Return how a card is named, with a few as an example."""
        if self._numbers:
            return f"number or id, as {', '.join(list(self._numbers)[:3])}"
        return f"id, as {', '.join(sorted(self._ids)[:3]) or 'P01'}"


def unknown_card(name: str) -> Wrong:
    """Return the refusal of a name that is not a card of the ballot."""
    return Wrong(f"{quoted(name)} is not a card of this session", "unknown_card")


def side_id(text: str) -> str:
    """Return a side as a file writes it: business or it under their many names, else its slug. Empty for an empty text."""
    return read_word(text, SIDES) or slug(text, ID_LIMIT)


def abstention(text: str, column: str) -> Abstention | Wrong | None:
    """Read an abstention; None if the text is not one."""
    flag = read_flag(text)
    if flag is None:
        return Wrong(f"{quoted(text)} in {column} is neither yes nor no", "abstention")
    return ABSTAIN if flag else None


def reason_given(text: str, about: str, cards: Cards) -> GivenReason | Wrong | None:
    """Read a line of reason about a card; None without a text."""
    if not text.strip():
        return None
    card = cards.find(about)
    if card is None:
        return unknown_card(about) if about.strip() else Wrong("nothing says which card the reason is about", "reason")
    return GivenReason(card, " ".join(clean(text, len(text) + 1).split()))
