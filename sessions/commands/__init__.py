"""What people ask for, and what becomes of it: `decide(session, command, hands)` gives events, or a SessionError named after the broken rule.

A command is a plain value; deciding changes nothing. One module for each part of a session: cards, people, phases, ballots, decisions, plans.
"""

from sessions.commands.ballots import DropRound, KeepBoard, OpenRound, RevealBallots, SealBallot, TakeGroupOrder
from sessions.commands.base import Command, Hands, decide
from sessions.commands.cards import (
    AddCard,
    AgreeAction,
    EditCard,
    MoveCard,
    NoteOnCard,
    ParkQuestion,
    Redo,
    SplitCard,
    Undo,
    WithdrawCard,
)
from sessions.commands.decisions import AcceptProposals, Decide, RecordDissent
from sessions.commands.people import AddParticipant, ChangeParticipant, ChooseAsker, MarkAttendance, NameDecider, OverrideQuorum
from sessions.commands.phases import AddTime, CloseSession, StartPhase, StartTimer, StopTimer
from sessions.commands.plans import EditTeam, KeepWhatIf

__all__ = [
    "AcceptProposals",
    "AddCard",
    "AddParticipant",
    "AddTime",
    "AgreeAction",
    "ChangeParticipant",
    "ChooseAsker",
    "CloseSession",
    "Command",
    "Decide",
    "DropRound",
    "EditCard",
    "EditTeam",
    "Hands",
    "KeepBoard",
    "KeepWhatIf",
    "MarkAttendance",
    "MoveCard",
    "NameDecider",
    "NoteOnCard",
    "OpenRound",
    "OverrideQuorum",
    "ParkQuestion",
    "RecordDissent",
    "Redo",
    "RevealBallots",
    "SealBallot",
    "SplitCard",
    "StartPhase",
    "StartTimer",
    "StopTimer",
    "TakeGroupOrder",
    "Undo",
    "WithdrawCard",
    "decide",
]
