"""What people ask for, and what becomes of it: `decide(session, command, hands)` gives events, or a SessionError named after the broken rule.

A command is a plain value; deciding changes nothing. One module for each part of a session,
loaded when one of its commands is first named: a session that is only opened decides nothing.
"""

from typing import TYPE_CHECKING

from sessions.late import late

if TYPE_CHECKING:
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
    from sessions.commands.group_order import KeepBoard, TakeGroupOrder
    from sessions.commands.people import AddParticipant, ChangeParticipant, ChooseAsker, MarkAttendance, NameDecider, OverrideQuorum
    from sessions.commands.phases import AddTime, CloseSession, StartPhase, StartTimer, StopTimer
    from sessions.commands.plans import EditTeam, KeepWhatIf
    from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
    from sessions.commands.talks import AnswerConsent, CloseTalk, OpenTalk

__all__ = [
    "AcceptProposals",
    "AddCard",
    "AddParticipant",
    "AddTime",
    "AgreeAction",
    "AnswerConsent",
    "ChangeParticipant",
    "ChooseAsker",
    "CloseSession",
    "CloseTalk",
    "Command",
    "CountHands",
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
    "OpenTalk",
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

_PARTS = {
    "sessions.commands.rounds": "CountHands DropRound OpenRound RevealBallots SealBallot",
    "sessions.commands.base": "Command Hands decide",
    "sessions.commands.cards": "AddCard AgreeAction EditCard MoveCard NoteOnCard ParkQuestion Redo SplitCard Undo WithdrawCard",
    "sessions.commands.decisions": "AcceptProposals Decide RecordDissent",
    "sessions.commands.group_order": "KeepBoard TakeGroupOrder",
    "sessions.commands.people": "AddParticipant ChangeParticipant ChooseAsker MarkAttendance NameDecider OverrideQuorum",
    "sessions.commands.phases": "AddTime CloseSession StartPhase StartTimer StopTimer",
    "sessions.commands.plans": "EditTeam KeepWhatIf",
    "sessions.commands.talks": "AnswerConsent CloseTalk OpenTalk",
}

if not TYPE_CHECKING:  # a checker of types knows each name, and that there are no others
    __getattr__ = late(_PARTS)
