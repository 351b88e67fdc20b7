"""What-ifs under a name: kept with the session, three at most, and tried on the plan again."""

from __future__ import annotations

from plans import ranked_sample
from support import Room

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import MoveCard, Redo, Undo
from sessions.commands.plans import WhatIfRefusedError
from sessions.commands.what_ifs import ForgetWhatIf, NameWhatIf
from sessions.deciding.named_what_ifs import as_change, as_recorded
from sessions.errors import SessionError
from sessions.record.events import TriedChange, WhatIfNamed
from sessions.sequencing.changes import Change, Crew, Drop, Move, People, Reorder, Split

EVERY: tuple[Change, ...] = (
    Move("P04", 1), Reorder(("P02", "P01")), People("WEB", -5, 2, 8), Drop("P09"), Split("P01", "CRM", "P99", "The rest"), Crew("P01", "CRM", 15),
)  # fmt: skip


def named(name: str, *changes: Change) -> NameWhatIf:
    return NameWhatIf(name=name, sentence="tried", changes=tuple(as_recorded(each) for each in changes or EVERY[:1]))


def test_every_change_comes_back_as_it_was_recorded() -> None:
    room = Room(ranked_sample())
    room.one(named("All of it", *EVERY), WhatIfNamed)
    (kept,) = room.reopened().session.what_ifs
    assert tuple(as_change(each) for each in kept.changes) == EVERY


def test_three_are_kept_one_of_the_same_name_is_replaced_and_undo_brings_each_back() -> None:
    room = Room(ranked_sample())
    room.do(named("A"), named("B"), named("C"))
    room.refuses(named("D"), SessionError, "3 what-ifs are put aside already")
    room.do(named("b", Drop("P09")), ForgetWhatIf(name="a"))
    assert [each.name for each in room.session.what_ifs] == ["b", "C"]
    room.do(Undo())
    assert [each.name for each in room.session.what_ifs] == ["A", "b", "C"]
    room.do(Undo())
    assert [each.name for each in room.session.what_ifs] == ["A", "B", "C"]
    room.do(Redo(), Redo())
    assert [each.name for each in room.session.what_ifs] == ["b", "C"]
    room.refuses(ForgetWhatIf(name="a"), SessionError, "No what-if is called a.")


def test_what_does_not_fit_the_board_is_refused() -> None:
    room = Room(ranked_sample())
    room.do(MoveCard(card="P04", to=1))
    for change in (Move("P77", 1), People("NONE", 10), Reorder(("P01", "P77"))):
        room.refuses(named("A", change), WhatIfRefusedError, "The board has changed since the what-if")
    room.refuses(named("P01"), SessionError, "P01 is the id of a card")
    room.refuses(named(" "), ReasonNeededError, "A what-if needs a name")
    room.refuses(NameWhatIf(name="A", sentence="x", changes=()), SessionError, "Try something first")
    assert isinstance(as_recorded(EVERY[0]), TriedChange)
