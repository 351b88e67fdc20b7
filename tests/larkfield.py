"""A whole meeting on the sample portfolio, performed command by command: what the tests of replay, summary and export look at.

Imported as `larkfield`, as `support` is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from larkfield_votes import SCORES_1, SCORES_2
from support import FIXTURES, Room, sample

from sessions.commands.agreements import SetNextSession
from sessions.commands.base import Command
from sessions.commands.cards import AgreeAction, EditCard, MoveCard, NoteOnCard, ParkQuestion, SplitCard, Undo
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import ChooseAsker, MarkAttendance
from sessions.commands.phases import AddTime, CloseSession, StartPhase, StopTimer
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.imports.ballots.values import ABSTAIN
from sessions.record.events import Phase
from sessions.sample import sample_ballots
from sessions.sequencing.changes import Split, parts

RECORDED = json.loads((FIXTURES / "session_2026-Q3.json").read_text(encoding="utf-8"))
"""What the sample meeting agreed in the end."""

MOVES = {
    "P03": ("vp-operations", "three hours of downtime a month cost $15,000 of orders"),
    "P09": ("cfo", "the rule holds from 2026-09-20"),
    "P10": ("coo", "the board approved the Northwest region"),
    "P05": ("vp-operations", "no mobile team until the funding is found"),
}

MISSING = {"P05": "capacity", "P18": "a sponsor", "P14": "a sponsor and a business benefit"}
OWNERS = {"P05": "VP Operations", "P24": "COO", "P18": "VP Operations", "P14": "Head of Data & BI", "P19": "COO", "P22": "CFO"}
"""Who brings back what does not start."""

TALKED = ("P15", "P03", "P06", "P09")
"""The cards that the room discusses: the first of the attention list."""
CONSENT = ("P01", "P15", "P24", "P14")
"""The contested decisions, each with a consent round."""

AWAY = {"P12", "P13"}
"""Cards of the Head of Customer Service, who has to leave before the decisions."""


def meeting(*, close: bool = True) -> Room:
    """Hold the meeting, and return the room as it is left."""
    room = Room(sample(), title="IT portfolio session 2026-Q3")
    _phase(room, "open", MarkAttendance(presence="present"))
    _phase(room, "cards", *_read_the_cards(room))
    _phase(room, "vote", OpenRound(), *_ballots())
    _phase(room, "reveal", RevealBallots(round=1), TakeGroupOrder())
    _phase(room, "talk", ParkQuestion(text="Who owns supplier lead-time data?"), AddTime())
    _talk(room)
    _split(room)
    _order_by_hand(room)
    _phase(room, "decide", MarkAttendance(people=("head-of-customer-service",), presence="away"), *_decisions())
    for card in CONSENT:
        number = len(room.session.rounds) + 1
        _minute(room, OpenRound(method="consent", cards=(card,)), *_fists(number, card), RevealBallots(round=number))
    _minute(room, *_dissents())
    actions = RECORDED["actions"]
    _phase(room, "close", *[AgreeAction(what=each["text"], who=each["owner"], by_when=each["due"], card=each["card"]) for each in actions])
    _minute(room, ParkQuestion(text="Is three people in Web the right size with Northwest coming?"), StopTimer())
    room.do(SetNextSession(day="2026-09-29"))
    if close:
        _minute(room, CloseSession())
    return room


def _minute(room: Room, *commands: Command) -> None:
    """Perform commands, half a minute apart."""
    for command in commands:
        room.clock.advance(30)
        seconds = int(room.clock.monotonic - 1000)
        room.clock.wall = f"2026-06-30T{9 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
        room.do(command)


def _phase(room: Room, phase: Phase, *commands: Command) -> None:
    _minute(room, StartPhase(phase=phase), *commands)


def _read_the_cards(room: Room) -> list[Command]:
    cards = room.session.cards
    benefit = cards["P19"].benefit.model_copy(update={"text": "Leaders see the same figures as the branches, every Monday"})
    return [
        ChooseAsker(person="coo"),
        EditCard(card=cards["P19"].model_copy(update={"benefit": benefit})),
        MoveCard(card="P24", to=1, reason="it is what customers ask for"),
        Undo(),
        ChooseAsker(),
    ]


def _ballots() -> list[Command]:
    return [SealBallot(round=1, voice=voice, points=None if ballot is ABSTAIN else ballot) for voice, ballot in sample_ballots().ballots.items()]


def _split(room: Room) -> None:
    split = Split("P01", "CRM", "P25", "Segment lists inside the CRM")
    first, second = parts(room.session.cards["P01"], split, ())
    _minute(room, SplitCard(card="P01", first=first.model_copy(update={"note": "without the part inside the CRM"}), second=second))


def _order_by_hand(room: Room) -> None:
    for rank, card in enumerate(RECORDED["final_order"], 1):
        asker, reason = MOVES.get(card, ("", ""))
        _minute(room, ChooseAsker(person=asker), MoveCard(card=card, to=rank, reason="" if card == "P10" else reason))
        if card == "P10":
            _minute(room, NoteOnCard(card=card, text=reason, explains_move=True))
    _minute(room, ChooseAsker())


def _decisions() -> Iterator[Command]:
    for each in RECORDED["decisions"]:
        card, word = each["card"], each["kind"]
        yield Decide(
            card=card,
            word=word,
            week=each["promised_start_week"] if word == "start_after" else None,
            until=each.get("until", ""),
            missing=MISSING.get(card, ""),
            owner=OWNERS.get(card, ""),
            why="" if word in ("start", "start_after") else each["text"],
            override="agreed with the Head of Customer Service on the phone" if card in AWAY else "",
        )


def _dissents() -> list[Command]:
    return [
        RecordDissent.model_validate({**each, "answer": each["answer"].replace("; decider confirmed RETURN", "; the decider confirmed")})
        for each in RECORDED["dissent"]
    ]


def _talk(room: Room) -> None:
    """Score the cards that the room discusses, before the discussion and after it; one of them it cannot agree on."""
    for scores in (SCORES_1, SCORES_2):
        number = len(room.session.rounds) + 1
        ballots = {voice: {card: given for card in TALKED if (given := scores[card][voice])} for voice in scores["P15"]}
        seals = [SealBallot(round=number, voice=voice, scores=given, way="file") for voice, given in ballots.items() if given]
        _minute(room, OpenRound(method="score", cards=TALKED), *seals, RevealBallots(round=number))
        if scores is SCORES_1:
            _minute(room, OpenTalk(card="P15"))
    _minute(room, CloseTalk(outcome="differ", note="remote staff first"))


def _fists(number: int, card: str) -> list[Command]:
    return [SealBallot(round=number, voice=voice, scores={card: fist}) for voice, fist in RECORDED["consent_scores"][card].items()]
