"""What the ballot screen says, in words. Nothing here knows a choice."""

from __future__ import annotations

from textual.content import Content

from sessions.commands.ballots import side_name
from sessions.portfolio.models import Side
from sessions.state import SIDES, Round, Session
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap

SECRET = "Nothing is shown before the reveal; then every ballot stands in the record with the name of its voice."
HOST = "Until then the ballots are kept in a file that only this computer's user can read."


def counted(number: int, thing: str) -> str:
    """Give `1 card`, `24 cards`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def list_of(words: list[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sides_in(session: Session, round_: Round) -> str:
    """Say how many voices of each side are in: business 3/6 · IT 2/5."""
    parts = []
    for side in SIDES:
        voices = session.voices(side)
        if voices:
            parts.append(f"{side_name(side)} {sum(voice.id in round_.seals for voice in voices)}/{len(voices)}")
    return " · ".join(parts)


def rules(round_: Round) -> str:
    """Say what a voice may give."""
    opened = round_.opened
    return f"{counted(len(opened.cards), 'card')} · {counted(opened.budget, 'point')} a voice, at most {opened.cap} on one card"


def not_in(session: Session, round_: Round) -> list[str]:
    """Give the roles of the voices that are not in."""
    return [voice.role for voice in session.voices() if voice.id not in round_.seals]


def reveal_lines(session: Session, round_: Round, obstacles: tuple[str, ...]) -> list[str]:
    """Say what a reveal does now: who is in, who is not, what speaks against it."""
    missing = not_in(session, round_)
    lines = [f"In: {sides_in(session, round_)}."]
    lines.append(f"Not in, and not counted: {list_of(missing)}." if missing else "Every voice is in.")
    lines += [f"Against it: {list_of(list(obstacles))}."] if obstacles else []
    return [*lines, "", "All ballots are opened at once and recorded by name. This cannot be taken back."]


def default_cap(session: Session) -> int:
    """Give the cap that a new ballot proposes (METHOD 3.2)."""
    return min(DEFAULT_BUDGET, ballot_cap(len(session.order)))


def welcome(session: Session) -> Content:
    """Say what will happen, while no ballot is open."""
    if session.closed:
        return Content.assemble(("No ballot is open.\n\n", "bold"), "The session is closed; what was revealed is told by its replay.")
    sides: tuple[tuple[Side, int], ...] = tuple((side, len(session.voices(side))) for side in SIDES)
    voices = " and ".join(f"{number} {side_name(side)}" for side, number in sides if number)
    if not voices or not session.order:
        lack = "Nobody has a vote yet: add people first (m on the board)." if not voices else "There is no card to vote on yet."
        return Content.assemble(("No ballot is open.\n\n", "bold"), lack)
    return Content.assemble(
        ("No ballot is open.\n\n", "bold"),
        f"Each of {counted(len(session.voices()), 'voice')} ({voices}) spreads points over {counted(len(session.order), 'card')}, ",
        f"usually {DEFAULT_BUDGET} and at most {default_cap(session)} on one card, so that one favourite cannot be carried to the top.\n\n",
        f"{SECRET} {HOST}\n\n",
        ("enter", "bold $accent"),
        " opens the ballot",
        ("\nr", "bold $accent") if session.round else "",
        "     shows the latest reveal again" if session.round else "",
    )
