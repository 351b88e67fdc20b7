"""Seal the ballots of a file, and tell about it without telling what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sessions.commands import SealBallot
from sessions.errors import PortfolioError
from sessions.live import LiveSession
from sessions.portfolio.ballots_file import Abstention, BallotsFile, read_ballots
from sessions.portfolio.files import read_bytes, source_name
from sessions.portfolio.models import Participant
from sessions.portfolio.report import Notice
from sessions.record.events import RoundOpened
from tui.dialogs.ballot_words import refusal

_SHOWN = 4
"""Refusals that are told one by one."""


def ballots_in(path: Path, voices: Sequence[Participant], cards: Sequence[str]) -> BallotsFile:
    """Read the ballots of a file.

    Raises:
        PortfolioError: it cannot be opened, or is no file of ballots; fit for a screen that everybody sees.
    """
    data, name = read_bytes(path), source_name(path)
    try:
        return read_ballots(data, name, voices, cards)
    except PortfolioError as error:
        # The reader quotes what it found, and in a file without a header that is somebody's ballot.
        line = re.search(r"line [0-9]+", str(error).removeprefix(name))
        place = f"{name}, {line[0]}" if line else name
        raise PortfolioError(
            f"{place}: this is no file of ballots: expected are a column voter, a column a card by its id, a row a voice; or JSON."
        ) from None


def seal_all(live: LiveSession, opened: RoundOpened, file: BallotsFile, voices: Sequence[Participant]) -> str:
    """Seal every ballot that may be cast; say how many, and who was refused for which kind of mistake. An abstention is a ballot.

    Raises:
        RecordError: a ballot could not be written down; those before it are sealed.
    """
    roles = {voice.id: voice.role for voice in voices}
    refused = [f"{_whose(notice, voices)}: {_kind_of(notice)}" for notice in file.refused]
    sealed = 0
    for voice, ballot in file.ballots.items():
        points = None if isinstance(ballot, Abstention) else ballot
        wrong = refusal(points, opened.cards, opened.budget, opened.cap) if points else ""
        if wrong:
            refused.append(f"{roles[voice]}: {wrong[0].lower()}{wrong[1:].removesuffix('.')}")
        else:
            live.perform(SealBallot(voice=voice, points=points))
            sealed += 1
    told = f"{sealed} {'ballot' if sealed == 1 else 'ballots'} sealed{f', {len(refused)} refused' if refused else ''}"
    more = [f"and {len(refused) - _SHOWN} more"] if len(refused) > _SHOWN else []
    return f"{told}{': ' if refused else '.'}{'; '.join([*refused[:_SHOWN], *more])}"


def _whose(notice: Notice, voices: Sequence[Participant]) -> str:
    """Name the voice of a refused row, or its line."""
    name = notice.path.casefold()
    role = next((voice.role for voice in voices if name and name in (voice.id.casefold(), voice.role.casefold())), "")
    return role or (f"line {notice.line}" if notice.line else "an entry")


def _kind_of(notice: Notice) -> str:
    """Say what kind of mistake was found. The reader's own sentence may quote a card and its points."""
    if not notice.path:
        return "not a voice of this session"
    if "more than one ballot" in notice.text:
        return "more than one ballot"
    if notice.text.endswith("is not a card of this session"):
        return "it names a card that is not on the ballot"
    return "points are whole numbers for the cards of this ballot"
