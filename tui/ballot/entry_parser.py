"""What a voice types into its ballot, unseen: cards by their numbers and figures, or one of a few words, as the round's method asks.

A refusal is shown on a screen that everybody is watching. So it names a kind of mistake and a rule that all know, and never a
card, a figure or anything else that was typed. No widget lives here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sessions.record.events import Method, RoundOpened
from sessions.rounds.ballot import Choice, check_choice
from sessions.voting.consent import MOST_FINGERS, stance
from sessions.voting.scores import HIGHEST
from sessions.wording import counted

HOW: Mapping[Method, str] = {
    "points": "pairs like 3 25, 1 20, or none, or abstain",
    "ranking": "numbers like 3 1=4 7, or none, or abstain",
    "score": "a score from 0 to 5, or - for no opinion, or abstain",
    "duel": "1 or 2, or abstain",
    "consent": "a hand from 0 to 5, and the sentence of a low one, or abstain",
}
"""How a ballot is written."""
HOW_MANY = "pairs like 3 4, 5 -, or none, or abstain"
"""How the scores of several cards are written."""
NOT_ON_LIST = "A number or id that is not on the list."
TWICE = "One card is named twice."
NOT_WHOLE = "Points are whole numbers, 0 or more."
NOT_A_SCORE = f"A score is a whole number from 0 to {HIGHEST}, or - for no opinion."
NOT_A_HAND = f"A hand is a whole number from 0 to {MOST_FINGERS}, first of all."

_ABSTAIN = frozenset({"abstain", "abstains", "abstained"})
_NONE = frozenset({"none", "none of these", "nothing"})
_NO_OPINION = "-"
_FIGURE = re.compile(r"[+-]?[0-9]+|-")
_HAND = re.compile(rf"([0-{MOST_FINGERS}])(?![0-9])[\s,;:.-]*(.*)", re.DOTALL)
_LONGEST_FIGURE = 9
"""Digits of a figure that is still believed; a longer one is over every budget."""


class EntryRefusedError(ValueError):
    """What was typed is no ballot. Its text says what kind of mistake it is, fit for a screen that everybody sees."""


def how(method: Method, cards: int) -> str:
    """Return how a ballot of so many cards is written."""
    return HOW_MANY if method == "score" and cards > 1 else HOW[method]


def unreadable(method: Method, cards: int = 1) -> str:
    """Refuse what cannot be read."""
    return f"It could not be read: write {how(method, cards)}."


def nothing_typed(method: Method, cards: int = 1) -> str:
    """Refuse an empty line."""
    return f"Nothing is sealed yet: type {how(method, cards)}."


def read_entry(typed: str, method: Method, cards: Sequence[str]) -> Choice:
    """Read what a voice typed. A card is named by its number on the list (its place in `cards`, 1 first) or by its id.

    Raises:
        EntryRefusedError: it cannot be read; whether it keeps the round's rules is for `refusal` to say.
    """
    words = " ".join(typed.split()).casefold()
    if not words:
        raise EntryRefusedError(nothing_typed(method, len(cards)))
    if words in _ABSTAIN:
        return Choice()
    return _READERS[method](typed, words, _List(method, cards))


class _List:
    """The cards of a ballot, by the names under which they can be typed."""

    def __init__(self, method: Method, cards: Sequence[str]) -> None:
        self.cards = cards
        self._known = {card.casefold(): card for card in cards} | {str(number): card for number, card in enumerate(cards, 1)}
        self._unreadable = unreadable(method, len(cards))

    def __contains__(self, name: str) -> bool:
        return name.strip().casefold() in self._known

    def card(self, name: str) -> str:
        """Return the card of a name."""
        if not name.strip():
            raise self.unreadable()
        if name not in self:
            raise EntryRefusedError(NOT_ON_LIST)
        return self._known[name.strip().casefold()]

    def unreadable(self) -> EntryRefusedError:
        """Return the refusal of what cannot be read."""
        return EntryRefusedError(self._unreadable)

    def amounts(self, typed: str) -> dict[str, str]:
        """Read pairs of a card and a figure, the figure as it stands there."""
        found: dict[str, str] = {}
        for part in re.split(r"[,;\n]+", typed):
            for name, figure in self._pairs([piece for word in part.split() for piece in re.split(r"[:=]", word) if piece]):
                card = self.card(name)
                if card in found:
                    raise EntryRefusedError(TWICE)
                found[card] = figure
        return found

    def _pairs(self, words: list[str]) -> list[tuple[str, str]]:
        """Return the pairs between two commas: usually one; more where the commas were forgotten."""
        if len(words) == 1 or (words and not _FIGURE.fullmatch(words[-1])):
            raise self.unreadable()
        if len(words) % 2 == 0 and all(_FIGURE.fullmatch(word) for word in words[1::2]):
            return list(zip(words[::2], words[1::2], strict=True))
        return [(" ".join(words[:-1]), words[-1])] if words else []


# --- one reader a method


def _points(typed: str, words: str, on: _List) -> Choice:
    if words in _NONE:
        return Choice(points={})
    given = on.amounts(typed)
    if _NO_OPINION in given.values():
        raise EntryRefusedError(NOT_WHOLE)
    points = {card: _number(figure) for card, figure in given.items()}
    return Choice(points={card: figure for card, figure in points.items() if figure})


def _ranking(typed: str, words: str, on: _List) -> Choice:
    if words in _NONE:
        return Choice(ranking=())
    tiers = tuple(tuple(on.card(name) for name in tier) for tier in _tiers(typed, on))
    if not tiers:
        raise on.unreadable()
    named = [card for tier in tiers for card in tier]
    if len(set(named)) < len(named):
        raise EntryRefusedError(TWICE)
    return Choice(ranking=tiers)


def _tiers(typed: str, on: _List) -> Iterator[list[str]]:
    """Return the names of each place, the best first; `=` joins those that share one."""
    for part in re.split(r"[,;>\n]+", re.sub(r"\s*=\s*", "=", typed)):
        whole = part.split("=")
        if all(name in on for name in whole):
            yield whole  # ids may have spaces in them
        else:
            yield from (word.split("=") for word in part.split())


def _scores(typed: str, words: str, on: _List) -> Choice:
    if words in _NONE:
        return Choice(scores={})
    alone = on.cards[0] if len(on.cards) == 1 and _FIGURE.fullmatch(words) else ""
    given = {alone: words} if alone else on.amounts(typed)
    scores = {card: _number(figure) for card, figure in given.items() if figure != _NO_OPINION}
    if any(not 0 <= score <= HIGHEST for score in scores.values()):
        raise EntryRefusedError(NOT_A_SCORE)
    return Choice(scores=scores)


def _duel(_typed: str, words: str, on: _List) -> Choice:
    if words in _NONE or words == _NO_OPINION:
        return Choice()
    return Choice(prefers=on.card(words))


def _consent(typed: str, words: str, on: _List) -> Choice:
    if words == _NO_OPINION:
        return Choice()
    match = _HAND.match(typed.strip())
    if match is None:
        raise EntryRefusedError(NOT_A_HAND)
    return hand(on.cards[0], int(match[1]), match[2])


_READERS: Mapping[Method, Callable[[str, str, _List], Choice]] = {
    "points": _points, "ranking": _ranking, "score": _scores, "duel": _duel, "consent": _consent,
}  # fmt: skip


def hand(card: str, fingers: int, words: str) -> Choice:
    """Return a hand. A sentence is kept only where one is owed: so whoever owes none can type one, and nobody sees who owes one."""
    return Choice(scores={card: fingers}, words=" ".join(words.split()) if stance(fingers) else "")


def _number(text: str) -> int:
    digits = text.lstrip("+-")
    size = int(digits) if len(digits) <= _LONGEST_FIGURE else 10**_LONGEST_FIGURE
    return -size if text.startswith("-") else size


# --- the rules of the round


def refusal(opened: RoundOpened, choice: Choice) -> str:
    """Return which kind of rule a ballot breaks, or nothing where it may be cast (METHOD 3.2 to 3.5)."""
    if not check_choice(opened, choice):
        return ""
    named = [*(choice.points or ()), *(choice.scores or ()), *(card for tier in choice.ranking or () for card in tier)]
    named += [choice.prefers] if choice.prefers is not None else []
    if any(card not in opened.cards for card in named):
        return NOT_ON_LIST
    if len(set(named)) < len(named):
        return TWICE
    if opened.method == "points" and choice.points is not None:
        return _refused_points(opened, choice.points.values())
    if opened.method == "ranking" and 0 < opened.limit < len(named):
        return f"More than {counted(opened.limit, 'card')}."
    return {"score": NOT_A_SCORE, "consent": NOT_A_HAND}.get(opened.method, unreadable(opened.method, len(opened.cards)))


def _refused_points(opened: RoundOpened, given: Collection[int]) -> str:
    if any(each < 0 for each in given):
        return NOT_WHOLE
    if any(each > opened.cap for each in given):
        return f"More than the cap of {opened.cap} points on one card."
    return f"More points than the budget of {opened.budget}."
