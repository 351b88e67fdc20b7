"""Seal the ballots of a file, and tell about it without telling what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sessions.commands.rounds import SealBallot
from sessions.errors import PortfolioError
from sessions.imports.ballots.file import Abstention, AnyBallot, Gathered, Hand, read_any_ballots
from sessions.imports.ballots.values import TOLD_TWICE
from sessions.imports.formats.files import read_bytes, source_name
from sessions.imports.formats.report import Notice
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Participant
from sessions.record.events import Method, RoundOpened
from sessions.rounds.ballot import Choice
from sessions.wording import counted
from tui.ballot.entry_parser import hand, refusal

_EXPECTED: dict[Method, str] = {
    "points": "a column voter, a column a card by its id, a row a voice",
    "ranking": "a column voter and a column ranking, such as P02 > P01=P03, or a column a card with its place",
    "score": "a column voter, a column a card by its id, a row a voice",
    "duel": "a column voter and a column prefers with the card's id",
    "consent": "a column voter, a column hand with 0 to 5, and a column sentence",
}
_PLACE = "a place is a whole number, 1 the best"
_KINDS = (
    ("is not a voice of this session", "not a voice of this session"),
    (TOLD_TWICE, "more than one ballot, of which none is taken"),
    ("is not a card of this session", "it names a card that is not on the ballot"),
    ("is not one of the cards of this duel", "it names a card that is not in this duel"),
    ("on the ballot more than once", "it names a card twice"),
    ("nothing says whose ballot this is", "nothing says whose ballot it is"),
    ("more cells than columns", "there are more cells than columns"),
    ("is neither yes nor no", "whether it abstains is neither yes nor no"),
    ("is not a place; the best is 1", _PLACE),
    ("a place is left empty between two that are filled", "a place is left empty between two that are filled"),
    ("a card is missing beside > or =", "a card is missing beside > or ="),
    ("the sentence of a hand is a text", "the sentence of a hand is a text"),
)
"""How the reader's sentences end, and what is told instead: theirs may quote a card and its figure."""
_ASKED: dict[Method, str] = {
    "points": "points are whole numbers for the cards of this ballot",
    "ranking": "a ranking lists cards of this ballot, the best first",
    "score": "scores are whole numbers from 0 to 5",
    "duel": "the id of one of the two cards was expected",
    "consent": "a hand is a whole number from 0 to 5, with its sentence beside it",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file brings: ballots that may be sealed, what was refused (a line each, without a choice), and how many voices were in before."""

    source: str
    ballots: tuple[SealBallot, ...]
    refused: tuple[str, ...]
    replaced: int


def ballots_in(path: Path, voices: Sequence[Participant], opened: RoundOpened, cards: Sequence[str], inside: Sequence[str] = ()) -> Incoming:
    """Read and check the ballots of a file; `inside` are the voices whose ballots are in already. An abstention is a ballot.

    Raises:
        PortfolioError: it cannot be opened, or is no file of ballots; fit for a screen that everybody sees.
    """
    file = _read(path, voices, opened.method, cards)
    refused = [(notice.line or 0, f"{_place(notice, voices)}: {_kind_of(notice, opened.method)}.") for notice in file.refused]
    ballots = []
    roles = {voice.id: voice.role for voice in voices}
    for voice, ballot in file.ballots.items():
        choice = choice_of(ballot, opened)
        if wrong := refusal(opened, choice):
            line = file.places[voice].line
            refused.append((line or 0, f"{_at(line)}{roles[voice]}: {wrong[0].lower()}{wrong[1:]}"))
        else:
            ballots.append(SealBallot(voice=voice, way="file", **dict(choice)))
    told = tuple(text for _, text in sorted(refused, key=lambda each: each[0]))
    return Incoming(file.source, tuple(ballots), told, sum(each.voice in inside for each in ballots))


def _read(path: Path, voices: Sequence[Participant], method: Method, cards: Sequence[str]) -> Gathered[AnyBallot]:
    data, name = read_bytes(path), source_name(path)
    try:
        return read_any_ballots(data, name, method, voices, cards)
    except PortfolioError as error:
        # The reader quotes what it found, and in a file without a header that is somebody's ballot.
        line = re.search(r"line [0-9]+", str(error).removeprefix(name))
        place = f"{name}, {line[0]}" if line else name
        raise PortfolioError(f"{place}: this is no file of ballots: expected are {_EXPECTED[method]}; or JSON.") from None


def choice_of(ballot: AnyBallot | Abstention, opened: RoundOpened) -> Choice:
    """Return what a file's ballot says in this round."""
    match ballot:
        case Abstention():
            return Choice()
        case Hand(score, words):
            return hand(opened.cards[0], score, words)
        case dict():
            return Choice(scores=ballot) if opened.method == "score" else Choice(points=ballot)
        case str():
            return Choice(prefers=ballot)
    return Choice(ranking=ballot)


def seal_all(live: ReadableSession, incoming: Incoming) -> str:
    """Seal every ballot; say how many.

    Raises:
        RecordError: a ballot could not be written down; those before it are sealed.
    """
    for each in incoming.ballots:
        live.perform(each)
    return told(incoming)


def told(incoming: Incoming) -> str:
    """Return what came of a file: 11 ballots sealed from ballots.csv, 2 refused."""
    sealed = f"{counted(len(incoming.ballots), 'ballot')} sealed from {incoming.source}"
    again = f", {incoming.replaced} in the place of an earlier one" if incoming.replaced else ""
    return f"{sealed}{again}{f', {len(incoming.refused)} refused' if incoming.refused else ''}."


def _place(notice: Notice, voices: Sequence[Participant]) -> str:
    """Name the line and the voice of a refused ballot. A name that is no voice's is not repeated: it may be somebody's ballot."""
    name = notice.path.casefold()
    role = next((voice.role for voice in voices if name and name in (voice.id.casefold(), voice.role.casefold())), "")
    return f"{_at(notice.line)}{role}" if role else f"line {notice.line}" if notice.line else "an entry"


def _at(line: int | None) -> str:
    return f"line {line}, " if line else ""


def _kind_of(notice: Notice, method: Method) -> str:
    """Return what kind of mistake was found."""
    if method == "ranking" and notice.text.endswith("is not a whole number"):
        return _PLACE
    return next((kind for words, kind in _KINDS if notice.text.endswith(words)), _ASKED[method])
