"""Writes the golden sessions of a release, by hand, once, when it is made.

    PYTHONPATH=.:tests python -m record_release tests/fixtures/releases/0.2.0

`test_versions` opens them with every later version. What this writes is never written again for the same release.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from disk import DiskLibrary, path_of
from support import FakeClock, Room, bare, small

from sessions.commands.agreements import DrawLine, SetNextSession
from sessions.commands.base import Command
from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, NoteOnCard, ParkQuestion, Redo, SplitCard, Undo, WithdrawCard
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession, TakeOver
from sessions.commands.objectives import ConfirmObjectives, NamedObjective, SetObjectives
from sessions.commands.people import (
    AddParticipant,
    AddPeople,
    ChangeParticipant,
    ChooseAsker,
    MarkAttendance,
    MergePeople,
    NameDecider,
    OverrideQuorum,
)
from sessions.commands.phases import AddTime, CloseSession, SetPhaseMinutes, SetVotingTime, StartPhase, StartTimer, StopTimer
from sessions.commands.plans import EditTeam, KeepWhatIf
from sessions.commands.proposed_moves import AnswerProposal, ProposeMove, SetFreeMode, WithdrawProposal
from sessions.commands.quarters.adoption import AcceptBelowTarget, DeliverCard, MeasureAdoption
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.quarters.sponsors import AnswerSponsor
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.several_cards import MergeCards, MoveCards
from sessions.commands.talks import CloseTalk, OpenTalk, PutOffTalk
from sessions.commands.what_ifs import ForgetWhatIf, NameWhatIf
from sessions.live.session import LiveSession
from sessions.portfolio.models import Participant, Project, Team, Value
from sessions.record.events import KINDS, ActionAgreed, CardOutcome, Decision, Matched, Past, QuestionParked, TriedChange, Unclear


def shape() -> dict[str, dict[str, Any]]:
    """Return every field that is recorded, by class: its value if a record omits it, or that it must not."""
    found: dict[str, dict[str, Any]] = {}
    for kind, event in KINDS.items():
        _shape_of(event, kind, found)
    return found


def _shape_of(cls: type[Value], name: str, found: dict[str, dict[str, Any]]) -> None:
    if name in found:
        return
    fields = found.setdefault(name, {})
    for field, info in cls.model_fields.items():
        default = "required" if info.is_required() else info.get_default(call_default_factory=True)
        fields[field] = json.loads(json.dumps(default.model_dump(mode="json") if isinstance(default, Value) else default))
        for part in _values_in(info.annotation):
            _shape_of(part, part.__name__, found)


def _values_in(annotation: Any) -> list[type[Value]]:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return [annotation]
    return [value for part in get_args(annotation) for value in _values_in(part)]


def earlier() -> Past:
    """Return what the session brings along from the one before it."""
    titles = {"X1": "Scanning", "X2": "Tills", "P1": "Checkout", "P2": "Lists"}
    cards = tuple(Project(id=card, title=title, sponsor="CFO") for card, title in titles.items())
    decisions = tuple(Decision(card=card, word=word, sentence="") for card, word in (("X1", "start"), ("P1", "continue")))
    return Past(
        session="2026-q2-abcd",
        title="Q2",
        quarter="2026-Q2",
        date="2026-03-31",
        order=tuple(card.id for card in cards),
        cards=cards,
        decisions=decisions,
        matched=(Matched(card="P1", was="P1", by="id"),),
        unclear=(Unclear(card="P2", candidates=("P2", "X2")),),
        gone=("X1", "X2"),
        actions=(ActionAgreed(what="Ask the suppliers", who="COO", by_when="2026-05-15"),),
        parked=(QuestionParked(text="Who pays?"),),
    )


def every_command(live: LiveSession) -> Iterator[Command]:
    """Return the commands of the session in which every event happens, each when those before it were performed."""
    # The session before this one.
    yield ConfirmOutcomes(outcomes=(CardOutcome(card="X1", outcome="kept"), CardOutcome(card="P1", outcome="missed", cause="capacity", note="late")))
    yield LinkCard(card="P2", was="P2")
    yield AnswerFate(card="X1", fate="delivered", date="2026-05-18")
    yield AnswerFate(card="X2", fate="merged", into="P1")
    yield MeasureAdoption(card="X1", value="41", date="2026-06-26", by="CFO", monthly=6500)
    yield AcceptBelowTarget(card="X1", sentence="good enough")
    yield AnswerSponsor(card="P1", confirmed=True)
    yield AnswerLeftover(what="action", number=1, answer="done")
    yield DeliverCard(card="P4", date="2026-06-12")
    yield Undo()
    # The room, the board and three ways to vote.
    order, cards = live.session.order, tuple(live.session.cards.values())
    yield OverrideQuorum(reason="holidays")
    # The room draws its line if there is nothing to plan by.
    yield KeepWhatIf(sentence="without work", order=order, cards=tuple(card.model_copy(update={"work": ()}) for card in cards))
    yield DrawLine(projects=2)
    yield SetNextSession(day="2026-09-29")
    yield SetObjectives(objectives=(NamedObjective(text="Sell more"), NamedObjective(text="Deliver faster", owner="COO")))
    yield ConfirmObjectives()
    yield KeepWhatIf(sentence="with work", order=order, cards=cards)
    yield StartPhase(phase="open")
    yield AddParticipant(role="Legal Counsel", side="business")
    yield AddPeople(people=(AddParticipant(role="Head of Risk", side="it", seat="observer"), AddParticipant(role="Clerk", seat="observer")))
    yield MergePeople(people=(Participant(id="clerk", role="Clerk", side="it", seat="observer", votes=False, note="a note"),))
    yield ChangeParticipant(person="guest", role="Guest Speaker", side="business", seat="observer")
    yield MarkAttendance(presence="present")
    yield MarkAttendance(people=("vp-sales",), presence="proxy", proxy="cfo")
    yield NameDecider(person="cfo")
    yield AddTime()
    yield SetPhaseMinutes(minutes={"open": 6, "talk": 25})
    yield StopTimer()
    yield StartTimer()
    yield ChooseAsker(person="coo")
    yield MoveCard(card="P3", to=1, reason="first")
    yield SetFreeMode(people=("cfo", "cio"))
    yield ProposeMove(card="P3", rank=2, reason="it sells")
    yield WithdrawProposal(proposal=1)
    yield ProposeMove(card="P3", rank=3, reason="it sells")
    yield AnswerProposal(proposal=2, accept=True)
    yield Undo()
    yield ProposeMove(card="P1", rank=4)
    yield AnswerProposal(proposal=3, accept=False)
    yield NoteOnCard(card="P3", text="a note with <b> & [red]", against=True)
    yield ParkQuestion(text="who pays?", card="P2")
    yield AddCard(card=Project(id="P9", title="Another", sponsor="CFO", needs=("P1",)), rank=2)
    yield EditCard(card=live.session.cards["P2"].model_copy(update={"title": "Price lists anew", "note": "n"}))
    yield SplitCard(card="P1", first=Project(id="", title="Checkout I"), second=Project(id="", title="Checkout II"))
    yield MoveCards(cards=("P9", "P3"), to=3)
    yield MergeCards(cards=("P9", "P3"), title="Two in one")
    yield Undo()
    yield WithdrawCard(card="P9", reason="not now")
    yield Undo()
    yield Redo()
    yield EditTeam(team=Team(id="MOB", name="Mobile", people=20, by_week=((2, 10),)))
    yield NameWhatIf(name="Mobile first", sentence="2 people more", changes=(TriedChange(kind="people", team="MOB", by=20),))
    yield NameWhatIf(name="Third", sentence="#3 first", changes=(TriedChange(kind="move", card="P3", to=1), TriedChange(kind="order", order=order)))
    yield ForgetWhatIf(name="third")
    yield StartPhase(phase="vote")
    yield OpenRound()
    yield SealBallot(round=1, voice="coo", points={"P2": 24})
    yield SealBallot(round=1, voice="cio", points={"P3": 20, "P2": 5})
    yield SealBallot(round=1, voice="cfo", points=None)
    yield SealBallot(round=1, voice="coo", points={"P3": 11})
    yield RevealBallots(round=1, override="go")
    yield TakeGroupOrder()
    yield KeepBoard(reason="seen")
    yield OpenRound(method="ranking", anonymity="named")
    yield SealBallot(round=2, voice="coo", ranking=(("P2",), ("P3", "P4")))
    yield SealBallot(round=2, voice="cio", ranking=(("P4",),))
    yield RevealBallots(round=2, override="go")
    yield OpenRound(method="score", cards=("P2",), anonymity="secret")
    yield SealBallot(round=3, voice="coo", scores={"P2": 4})
    yield SealBallot(round=3, voice="cio", scores={"P2": 1})
    yield RevealBallots(round=3, override="go")
    yield OpenRound(cards=("P2", "P3"))
    yield SealBallot(round=4, voice="cio", points={"P2": 9})
    yield SetVotingTime(round=4, until="Tuesday")
    yield SetVotingTime(round=4, over=True)
    yield DropRound(round=4, reason="again")
    # The discussion, the decisions and the end.
    first, second, *_ = order = live.session.order
    yield StartPhase(phase="talk")
    yield OpenTalk(card="P1")
    yield PutOffTalk()
    yield OpenTalk(card="P2")
    yield OpenRound(method="score", cards=("P2",))
    yield CountHands(round=5, hands={"business": (5, 3), "it": (0, None)})
    yield CloseTalk(outcome="differ", note="agreed to differ")
    yield OpenRound(method="duel", cards=(second, first), override="needed")
    yield SealBallot(round=6, voice="coo", prefers=first)
    yield SealBallot(round=6, voice="cio", prefers=second)
    yield RevealBallots(round=6, override="go")
    yield StartPhase(phase="decide")
    yield Decide(card="P3", word="start", week=1, override="so be it")
    yield Decide(card="P4", word="hold", until="2026-09-29", missing="a sponsor", why="none", override="x")
    yield OpenRound(method="consent", cards=("P3",))
    yield SealBallot(round=7, voice="coo", scores={"P3": 4})
    yield SealBallot(round=7, voice="cio", scores={"P3": 1}, words="too early")
    yield RevealBallots(round=7, override="go")
    yield AnswerConsent(card="P3", answer="we will see")
    yield AnswerConsent(card="P3", answer="we will ask")
    yield RecordDissent(card="P3", who="CIO", stance="concern", text="too early", answer="noted")
    yield AgreeAction(what="Ask again", who="CFO", by_when="2026-09-01", card="P4")
    yield KeepWhatIf(sentence="tried", effect="later", order=order[::-1], cards=tuple(live.session.cards.values()))
    yield AcceptProposals(cards=tuple(card for card in order if card not in ("P3", "P4")))
    yield StartPhase(phase="close")
    yield CloseSession(leave_undecided=True, override="late")
    yield RenameSession(title="Q3, the whole of it")
    yield TakeOver(holder="process 7 on a laptop")
    yield ArchiveSession()
    yield ArchiveSession(archived=False)
    yield ReopenSession()
    yield CloseSession(leave_undecided=True, override="late")


def play(live: LiveSession, clock: FakeClock) -> None:
    """Hold the session in which every event happens."""
    for command in every_command(live):
        clock.advance(7)
        live.perform(command)


def every_event() -> Room:
    """Return the session, in memory, in which every event happens."""
    room = Room(small(), past=earlier())
    play(room.live, room.clock)
    return room


def main(folder: Path) -> None:
    """Write a session with every event, a session in the middle of a vote with its urn, and what every omitted field means."""
    clock, numbers = FakeClock(), itertools.count()
    library = DiskLibrary(folder, clock, lambda length: hashlib.sha256(b"%d" % next(numbers)).hexdigest()[:length])
    with library.create(small(), title="Golden [/] Zürich ☃", quarter="2026-Q3", source="portfolio.csv", read=("4 cards",), past=earlier()) as opened:
        play(opened.live, clock)
        print("events that it lacks:", set(KINDS) - {each.event.kind for each in opened.live.recordeds})
    path_of(opened).rename(folder / "every-event.json")
    with library.create(bare(), title="Voting", quarter="2026-Q3") as opened:
        for command in (MarkAttendance(presence="present"), OpenRound()):
            opened.live.perform(command)
        for voice, points in (("coo", {"A": 25}), ("cio", {"B": 25, "C": 1}), ("cfo", None)):
            opened.live.perform(SealBallot(round=1, voice=voice, points=points))
    path_of(opened).rename(folder / "voting.json")
    path_of(opened).with_suffix(".urn").rename(folder / "voting.urn")
    (folder / "fields.json").write_text(json.dumps(shape(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
