"""The words about any round: its name, its announcement, and who has voted. Plain sentences, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.portfolio.models import Participant, Side
from sessions.record.events import Anonymity, RoundOpened
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.sides_told import FEWEST_OF_A_SIDE
from sessions.rounds.methods.spec import Question
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import listed, side_name

ANONYMITY_NAMES: Mapping[Anonymity, str] = {"named": "by name", "side": "by side", "secret": "secret"}
ANNOUNCED: Mapping[Anonymity, str] = {
    "named": "Afterwards the room sees every ballot with the name of its voter.",
    "side": "Afterwards the room sees totals by side and reasons, not names. (The session file keeps the names.)",
    "secret": "Afterwards no one can tell whose a ballot was: it has no name, and no side if a side has fewer than 3 ballots.",
}
"""The announcement before the first ballot (METHOD 2.6)."""


def round_title(opened: RoundOpened) -> str:
    """Return what a round is called inside a sentence: score round."""
    return spec_of(opened.method).title


def question(opened: RoundOpened) -> Question:
    """Return what a round asks a voter."""
    return spec_of(opened.method).question(opened)


def heading(session: Session, opened: RoundOpened) -> str:
    """Return the name of an open round: Score round 1 on “CRM”."""
    return spec_of(opened.method).heading(session, opened)


def heading_revealed(session: Session, opened: RoundOpened) -> str:
    """Return the name of a revealed round: Ballot 1, points."""
    return spec_of(opened.method).heading_revealed(session, opened)


def titles_of(session: Session, round_: Round) -> dict[str, str]:
    """Return the titles of a round's cards by id, in the order of their numbers.

    A withdrawn card has left the ballot of an order; any other round is still about it. Questions have their own texts.
    """
    cards = round_.opened.numbered
    if round_.opened.asks_order:
        return {card: session.cards[card].title for card in cards if card in session.cards}
    spec = spec_of(round_.opened.method)
    return {item: spec.item_text(session, item) for item in cards}


def voted_by_side(session: Session, round_: Round) -> dict[Side, tuple[int, int]]:
    """Return how many voters of each side are in, and how many it has; of the whole room, as "", if a side's count would name its only voter."""
    voices = {side: session.voters(side) for side in session.sides}
    if len(voices) < 2 or min(map(len, voices.values())) < FEWEST_OF_A_SIDE:
        voices = {"": session.voters()}
    return {side: (sum(voice.id in round_.seals for voice in its), len(its)) for side, its in voices.items()}


def sides_in(session: Session, round_: Round) -> str:
    """Return how many voters of each side are in: business 3/6 · IT 2/5; or of the whole room: 5/11."""
    return " · ".join(f"{side_name(side)} {voted}/{of}".strip() for side, (voted, of) in voted_by_side(session, round_).items())


def waited_for(session: Session, round_: Round) -> tuple[Participant, ...]:
    """Return the voters whose ballot is missing, without those who are away."""
    return tuple(each for each in session.voters() if each.id not in round_.seals and session.presence.get(each.id) != "away")


def provisional(session: Session) -> list[str]:
    """Return the warning of a provisional result if a side has no quorum."""
    lacking = listed([side_name(side) for side in session.quorum_missing])
    return [f"There is no quorum of {lacking}: the result is marked provisional."] if lacking else []
