"""The demo: the sample portfolio's session, played to the point at which a newcomer sees the most.

People are in, cards were moved for a reason before the vote, ballots were revealed, the group's order lies on the board as it was voted, the
reasons for it are noted, and the first decisions are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sessions.commands.base import Command
from sessions.commands.cards import AgreeAction, MoveCard, NoteOnCard, ParkQuestion
from sessions.commands.decisions import AcceptProposals
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import ChooseAsker, MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.live.session import LiveSession
from sessions.sample import sample_ballots
from sessions.sample.earlier import answers, earlier_data, look_back

TITLE = "Larkfield Supply"
_Raised = tuple[tuple[int, ...], tuple[int, ...]]
"""The hands of business and of IT."""
TIP = "Try: K up · w why it waits · x what if · d decide · u undo"


class ScriptClock:
    """A clock that moves only when told, for a meeting that is played back."""

    def __init__(self, begin: datetime) -> None:
        self._begin = begin
        self._seconds = 0

    def now(self) -> str:
        """Return the time in UTC as ISO text."""
        return (self._begin + timedelta(seconds=self._seconds)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def seconds(self) -> float:
        """Return the seconds since the meeting began."""
        return self._seconds

    def wait(self, seconds: int) -> None:
        """Move on."""
        self._seconds += seconds


def script() -> list[tuple[int, Command]]:
    """Return the demo's commands, each with the seconds that pass before it."""
    ballots, known = sample_ballots().ballots, earlier_data()["now"]
    steps: list[tuple[int, Command]] = [
        (0, StartPhase(phase="open")),
        (40, MarkAttendance(presence="present")),
        *answers("pulse", 1, known["pulse"]["open"], "open"),
        (140, StartPhase(phase="look_back")),
        *look_back(known),
        (220, StartPhase(phase="cards")),
        (310, ParkQuestion(text="Who owns supplier lead-time data?", card="P18")),
        (60, ChooseAsker(person="vp-operations")),
        (5, MoveCard(card="P07", to=6, reason="the delivery date needs a true stock figure first")),
        (60, ChooseAsker(person="head-of-customer-service")),
        (5, MoveCard(card="P13", to=11, reason="agents see no orders on the phone today")),
        (130, StartPhase(phase="vote")),
        (5, OpenRound()),
    ]
    for voice, ballot in ballots.items():
        steps.append((45, SealBallot(round=2, voice=voice, points=dict(ballot) if isinstance(ballot, dict) else None)))
    steps += [
        (30, StartPhase(phase="reveal")),
        (10, RevealBallots(round=2)),
        (90, TakeGroupOrder()),
        (60, StartPhase(phase="talk")),
        *_talks(),
        (20, ChooseAsker(person="vp-operations")),
        (5, NoteOnCard(card="P03", text="Three hours of downtime a month cost $15,000 of orders")),
        (20, ChooseAsker(person="coo")),
        (5, NoteOnCard(card="P10", text="The board approved the Northwest region in May")),
        (20, StartPhase(phase="sequence")),
        (300, AgreeAction(what="Funding proposal for mobile contractors", who="VP Operations", by_when="2026-08-31", card="P05")),
        (120, StartPhase(phase="decide")),
        (60, AcceptProposals(cards=("P02", "P03", "P09"))),
        (50, AcceptProposals(cards=("P10",))),
        (40, ChooseAsker(person="vp-marketing")),
        (10, NoteOnCard(card="P04", text="Contractors ask for it weekly")),
    ]
    return steps


def _talks() -> list[tuple[int, Command]]:
    """Return the discussions of the three cards on which the room differs most: hands before, hands after, and how it ended."""
    steps: list[tuple[int, Command]] = []
    number = 2
    for card, before, after, end in _TALKED:
        steps.append((10, OpenTalk(card=card)))
        for pause, (business, it) in ((20, before), (160, after)):
            number += 1
            steps.append((pause, OpenRound(method="score", cards=(card,))))
            steps.append((15, CountHands(round=number, hands={"business": business, "it": it})))
        steps.append((10, end))
    return steps


_TALKED: tuple[tuple[str, _Raised, _Raised, CloseTalk], ...] = (
    ("P15", ((1, 3, 1, 1, 2, 1), (4, 4, 3, 4, 5)), ((2, 4, 2, 2, 2, 2), (4, 3, 3, 3, 5)), CloseTalk(outcome="differ", note="Remote staff first")),
    ("P03", ((2, 2, 2, 1, 3, 2), (5, 5, 5, 4, 4)), ((4, 4, 4, 3, 4, 4), (5, 5, 5, 4, 4)), CloseTalk(outcome="kept")),
    ("P06", ((4, 3, 4, 3, 5, 5), (3, 2, 2, 2, 2)), ((4, 4, 4, 3, 5, 5), (4, 4, 3, 3, 3)), CloseTalk(outcome="kept")),
)
"""The sample's scores of three cards, as hands by side (METHOD 7: `scores_r1.csv`, `scores_r2.csv`)."""


def play(live: LiveSession, clock: ScriptClock, steps: Iterable[tuple[int, Command]]) -> None:
    """Play commands in a session that was just begun, each after the seconds before it."""
    for pause, command in steps:
        clock.wait(pause)
        live.perform(command)
