"""Which card of the earlier session a card is: by an id that both files gave, else by the same title; the room is asked about any other match."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from sessions.portfolio.models import Project
from sessions.record.events import Unclear
from sessions.state.session import Session

By = Literal["id", "title", "asked"]

_MADE_BY_0_1 = re.compile(r"C\d{2,}")
"""The ids that release 0.1 made up; its records do not say which they are."""


class Match(NamedTuple):
    """A card that is `was` of the earlier session."""

    card: str
    was: str
    by: By


class Matching(NamedTuple):
    """How the cards of two sessions belong together, by the ids that each has there.

    `new` are cards that the earlier session does not have, `gone` those that only it has; a card that an unclear one may be is neither.
    """

    matched: tuple[Match, ...]
    unclear: tuple[Unclear, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def candidates(self) -> frozenset[str]:
        """Return the earlier cards that unclear ones may be."""
        return frozenset(candidate for each in self.unclear for candidate in each.candidates)


_IGNORED = {code: None for code in range(128) if unicodedata.category(chr(code))[0] in "ZPC"}
"""Spacing and punctuation of ASCII."""


def title_key(title: str) -> str:
    """Return a title as it is compared: without case, spacing and punctuation; one that has nothing else as it is."""
    if title.isascii():
        return title.translate(_IGNORED).lower() or title.lower()
    text = unicodedata.normalize("NFKC", title).casefold()
    return "".join(each for each in text if unicodedata.category(each)[0] not in "ZPC") or text


def made_up(session: Session) -> frozenset[str]:
    """Return the ids of a session's cards that Quarterdeck made up."""
    guessed = session.schema_version < 2
    cards = session.cards.values()
    return frozenset(card.id for card in cards if card.made_id or (guessed and _MADE_BY_0_1.fullmatch(card.id)))


def match_cards(
    earlier: Sequence[Project], cards: Sequence[Project], made: Collection[str] = (), answers: Mapping[str, str] | None = None
) -> Matching:
    """Match cards with those of the earlier session, whose made-up ids are `made`. The order of the cards does not matter.

    `answers` say which earlier card an unclear one is, or that it is new (empty); an answer that is not possible is ignored.
    """
    left = {card.id: title_key(card.title) for card in earlier}
    matched = {card.id: Match(card.id, card.id, "id") for card in cards if not card.made_id and card.id in left and card.id not in made}
    for each in matched.values():
        del left[each.was]
    by_title = _by_title(left.items())
    open_cards = _by_title((card.id, title_key(card.title)) for card in cards if card.id not in matched)
    unclear, new = dict[str, Unclear](), set[str]()
    for key, names in open_cards.items():
        candidates = by_title.get(key, [])
        if len(names) == len(candidates) == 1:
            matched[names[0]] = Match(names[0], candidates[0], "title")
        elif candidates:
            unclear |= _ask(names, candidates, answers or {}, matched, new)
        else:
            new.update(names)
    known = {each.was for each in matched.values()} | {candidate for each in unclear.values() for candidate in each.candidates}
    return Matching(
        matched=tuple(matched[card.id] for card in cards if card.id in matched),
        unclear=tuple(unclear[card.id] for card in cards if card.id in unclear),
        new=tuple(card.id for card in cards if card.id in new),
        gone=tuple(card.id for card in earlier if card.id not in known),
    )


def _by_title(titles: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups = defaultdict[str, list[str]](list)
    for name, key in titles:
        groups[key].append(name)
    return groups


def _ask(names: Sequence[str], candidates: Sequence[str], answers: Mapping[str, str], matched: dict[str, Match], new: set[str]) -> dict[str, Unclear]:
    """Take the answers on cards of one title, and return what stays unclear."""
    for name in names:
        answer = answers.get(name)
        if answer == "":
            new.add(name)
        elif answer is not None and answer in candidates and answer not in {each.was for each in matched.values()}:
            matched[name] = Match(name, answer, "asked")
    taken = {each.was for each in matched.values()}
    left = tuple(candidate for candidate in candidates if candidate not in taken)
    others = [name for name in names if name not in matched and name not in new]
    if not left:
        new.update(others)
        return {}
    return {name: Unclear(card=name, candidates=left) for name in others}


def series_of(session: Session) -> str:
    """Return the id of the first session of a session's series: its own if it follows on none."""
    return (session.past.series or session.past.session) if session.past else session.after or session.id


def earlier_ids(session: Session) -> dict[str, str]:
    """Return the earlier session's id of each card that it had: as matched, as the room said about unclear ones, and of those still here."""
    if session.past is None:
        return {}
    found = {each.card: each.was for each in session.past.matched}
    found |= {card: was for card, was in session.links.items() if was}
    return found | {card: card for card, each in session.fates.items() if each.fate == "here"}


def still_gone(session: Session) -> tuple[str, ...]:
    """Return the cards that only the earlier session has, by its order: without those that an unclear card is, or still may be."""
    past = session.past
    if past is None:
        return ()
    taken = set(session.links.values())
    taken |= {candidate for each in past.unclear if each.card not in session.links and each.card in session.cards for candidate in each.candidates}
    return tuple(card for card in past.gone if card not in taken)
