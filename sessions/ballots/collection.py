"""Seal the ballots in files, and report on them without showing what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sessions.commands.rounds import SealBallot
from sessions.errors import PortfolioError, SessionError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.table import CutOffError
from sessions.imports.ballots.values import PUBLIC, Abstention, AnyBallot, Gathered, Refused
from sessions.imports.formats.files import read_bytes, source_name
from sessions.imports.formats.unread import UnreadError
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Participant
from sessions.record.events import RoundOpened
from sessions.rounds.ballot import check_choice
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.registry import spec_of
from sessions.wording import plural, sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A ballot that was refused: its line and column, its voter's role (empty if it is no voter's), and why, without the choice.

    `empty` is a form that is not filled in.
    """

    line: int | None
    field: str
    who: str
    why: str
    empty: bool = False

    def sentence(self, source: str = "") -> str:
        """Return it as a sentence; after a file's name with the column too."""
        parts = (source, f"line {self.line}" if self.line else "", self.field if source else "", self.who)
        return sentence(f"{', '.join(filter(None, parts)) or 'an entry'}: {self.why}")


@dataclass(frozen=True, slots=True)
class Incoming:
    """The ballots in a file: those that may be sealed, the refusals, and how many of their voters had voted before."""

    source: str
    ballots: tuple[SealBallot, ...]
    refused: tuple[Refusal, ...]
    replaced: int

    @property
    def blank(self) -> bool:
        """Return whether it is a form that is not filled in yet."""
        return not self.ballots and bool(self.refused) and all(each.empty for each in self.refused)


def ballots_in(path: Path, voices: Sequence[Participant], opened: RoundOpened, inside: Iterable[str] = ()) -> Incoming:
    """Read and check the ballots of a file; `inside` are those who have voted already. An abstention is a ballot.

    Raises:
        PortfolioError: it cannot be opened, or holds no ballots; fit for a screen that everybody sees.
    """
    spec = spec_of(opened.method)
    file = _read(path, voices, spec.reader, opened)
    refused = [Refusal(each.line, each.field, _role(each, voices), spec.reader.public(each.kind), each.kind == "empty") for each in file.refused]
    ballots = []
    roles = {voice.id: voice.role for voice in voices}
    for voice, ballot in file.ballots.items():
        choice = Choice() if isinstance(ballot, Abstention) else spec.choice_read(ballot, opened)
        if (reason := file.reasons.get(voice)) and not choice.abstains:
            choice = choice.model_copy(update={"reason": reason.text, "reason_card": reason.card})
        if fault := check_choice(opened, choice):
            refused.append(Refusal(file.places[voice].line, "", roles[voice], f"{fault.public[:1].lower()}{fault.public[1:]}"))
        else:
            ballots.append(SealBallot(round=opened.round, voice=voice, way="file", **dict(choice)))
    voted = set(inside)
    told = tuple(sorted(refused, key=lambda each: each.line or 0))
    return Incoming(file.source, tuple(ballots), told, sum(each.voice in voted for each in ballots))


def ballots_or_refusal(path: Path, voices: Sequence[Participant], opened: RoundOpened, inside: Iterable[str] = ()) -> Incoming:
    """Return the ballots of a file like `ballots_in`; one that cannot be read is refused as a whole."""
    try:
        return ballots_in(path, voices, opened, inside)
    except PortfolioError as error:
        name = source_name(path)
        return Incoming(name, (), (Refusal(None, "", "", str(error).removeprefix(name).lstrip(":, ")),), 0)


def whole_files(files: Sequence[Incoming], voices: Sequence[Participant]) -> list[Incoming]:
    """Return files of which each is taken whole or not at all. A voter with a ballot in two of them has none."""
    seen = Counter(each.voice for file in files for each in file.ballots)
    twice = {voice.id: Refusal(None, "", voice.role, PUBLIC["two_ballots"]) for voice in voices if seen[voice.id] > 1}
    found = []
    for file in files:
        refused = (*file.refused, *(twice[each.voice] for each in file.ballots if each.voice in twice))
        found.append(replace(file, refused=refused, ballots=() if refused else file.ballots))
    return found


def _read(path: Path, voices: Sequence[Participant], reader: BallotReader, opened: RoundOpened) -> Gathered[AnyBallot]:
    data, name = read_bytes(path), source_name(path)
    try:
        return read_ballots(data, name, reader, voices, opened.items, numbers=opened.numbered)
    except (CutOffError, UnreadError):
        raise
    except PortfolioError as error:
        # The reader quotes what it found, and in a file without a header that is someone's ballot.
        place = f"{name}, line {error.line}" if error.line else name
        raise PortfolioError(f"{place}: this holds no ballots: expected {reader.file_form}; or JSON.") from None


def seal_all(live: ReadableSession, incoming: Incoming) -> str:
    """Seal every ballot, all with one write, and return how many.

    Raises:
        SessionError: a ballot was refused; the others are sealed.
        RecordError: the ballots could not be written; none is sealed.
    """
    for answer in live.perform_all(incoming.ballots):
        if isinstance(answer, SessionError):
            raise answer
    return seal_summary(incoming)


def seal_summary(incoming: Incoming) -> str:
    """Return the outcome of a file: 11 ballots sealed from ballots.csv, 2 refused."""
    sealed = f"{plural(len(incoming.ballots), 'ballot')} sealed from {incoming.source}"
    again = f", {incoming.replaced} in the place of an earlier one" if incoming.replaced else ""
    return f"{sealed}{again}{f', {len(incoming.refused)} refused' if incoming.refused else ''}."


def _role(refused: Refused, voices: Sequence[Participant]) -> str:
    """Return the voter of a refused ballot. A name that is not a voter's is not repeated: it may be someone's ballot."""
    name = refused.path.casefold()
    return next((voice.role for voice in voices if name and name in (voice.id.casefold(), voice.role.casefold())), "")
