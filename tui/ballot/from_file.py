"""Seal the ballots of a file, and tell about it without telling what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sessions.commands.rounds import SealBallot
from sessions.errors import PortfolioError, SessionError
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.table import CutOffError
from sessions.imports.ballots.values import Abstention, AnyBallot, Gathered
from sessions.imports.formats.files import read_bytes, source_name
from sessions.imports.formats.report import Notice
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Participant
from sessions.record.events import RoundOpened
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.registry import spec_of
from sessions.wording import plural
from tui.ballot.entry_parser import refusal


@dataclass(frozen=True, slots=True)
class Incoming:
    """The ballots in a file: those that may be sealed, the refusals (one line each, without a choice), and how many voters had voted before."""

    source: str
    ballots: tuple[SealBallot, ...]
    refused: tuple[str, ...]
    replaced: int


def ballots_in(path: Path, voices: Sequence[Participant], opened: RoundOpened, cards: Sequence[str], inside: Sequence[str] = ()) -> Incoming:
    """Read and check the ballots of a file; `inside` are those who have voted already. An abstention is a ballot.

    Raises:
        PortfolioError: it cannot be opened, or is no file of ballots; fit for a screen that everybody sees.
    """
    spec = spec_of(opened.method)
    file = _read(path, voices, spec.reader, opened, cards)
    refused = [(refused.line or 0, f"{_place(refused, voices)}: {spec.reader.public(refused.kind)}.") for refused in file.refused]
    ballots = []
    roles = {voice.id: voice.role for voice in voices}
    for voice, ballot in file.ballots.items():
        choice = Choice() if isinstance(ballot, Abstention) else spec.choice_read(ballot, opened)
        if (reason := file.reasons.get(voice)) and not choice.abstains:
            choice = choice.model_copy(update={"reason": reason.text, "reason_card": reason.card})
        if wrong := refusal(opened, choice):
            line = file.places[voice].line
            refused.append((line or 0, f"{_at(line)}{roles[voice]}: {wrong[0].lower()}{wrong[1:]}"))
        else:
            ballots.append(SealBallot(round=opened.round, voice=voice, way="file", **dict(choice)))
    told = tuple(text for _, text in sorted(refused, key=lambda each: each[0]))
    return Incoming(file.source, tuple(ballots), told, sum(each.voice in inside for each in ballots))


def _read(path: Path, voices: Sequence[Participant], reader: BallotReader, opened: RoundOpened, cards: Sequence[str]) -> Gathered[AnyBallot]:
    data, name = read_bytes(path), source_name(path)
    try:
        return read_ballots(data, name, reader, voices, cards, numbers=opened.numbered)
    except CutOffError:
        raise
    except PortfolioError as error:
        # The reader quotes what it found, and in a file without a header that is someone's ballot.
        line = re.search(r"line [0-9]+", str(error).removeprefix(name))
        place = f"{name}, {line[0]}" if line else name
        raise PortfolioError(f"{place}: this is no file of ballots: expected are {reader.file_form}; or JSON.") from None


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
    """Return what came of a file: 11 ballots sealed from ballots.csv, 2 refused."""
    sealed = f"{plural(len(incoming.ballots), 'ballot')} sealed from {incoming.source}"
    again = f", {incoming.replaced} in the place of an earlier one" if incoming.replaced else ""
    return f"{sealed}{again}{f', {len(incoming.refused)} refused' if incoming.refused else ''}."


def _place(notice: Notice, voices: Sequence[Participant]) -> str:
    """Name the line and the voter of a refused ballot. A name that is no voter's is not repeated: it may be someone's ballot."""
    name = notice.path.casefold()
    role = next((voice.role for voice in voices if name and name in (voice.id.casefold(), voice.role.casefold())), "")
    return f"{_at(notice.line)}{role}" if role else f"line {notice.line}" if notice.line else "an entry"


def _at(line: int | None) -> str:
    return f"line {line}, " if line else ""
