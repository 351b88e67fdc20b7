"""The past of a session under way: packed or not, every event is in its place, and the history over it is the same."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest
from support import FakeClock, Room, folded

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, EditCard, MoveCard, NoteOnCard, Redo, Undo, WithdrawCard
from sessions.commands.people import ChooseAsker
from sessions.errors import SessionError
from sessions.live.session import DictUrn, ListLog, LiveSession
from sessions.portfolio.models import Project
from sessions.record import events as ev
from sessions.record.events import Recorded
from sessions.state.history import Past
from sessions.state.session import effective

WORDS = "Ünï, “said” \\ \U0001f6a2\u2028 "


def some_events(count: int) -> list[Recorded]:
    """Return events of several kinds, with words beyond ASCII, as a record has them."""
    kinds: tuple[ev.Event, ...] = (
        ev.CardMoved(card="A", old=1, new=2, reason=WORDS),
        ev.NoteAdded(card="B", text=f"{WORDS}\nC"),
        ev.AskerChosen(old="", person="cio"),
        ev.CardAdded(card=Project(id="Ü", title=WORDS, fields=(("Field", "value"),)), rank=1),
        ev.Undone(undoes=1),
    )
    return [Recorded(seq, "2026-06-30T09:00:00Z", "ü", seq * 7, kinds[seq % len(kinds)]) for seq in range(1, count + 1)]


def past_of(recordeds: Iterable[Recorded], opened: int, block: int) -> Past:
    """Return a past of which so many events were there at the start."""
    all_ = list(recordeds)
    past = Past(all_[:opened], block)
    for each in all_[opened:]:
        past.append(each)
    return past


@pytest.mark.parametrize("opened", [0, 1, 5])
@pytest.mark.parametrize("count", [5, 6, 9, 10, 11, 14, 40])
@pytest.mark.parametrize("block", [1, 2, 3, 128])
def test_every_event_is_in_its_place(opened: int, count: int, block: int) -> None:
    events = some_events(count)
    past = past_of(events, opened, block)
    assert len(past) == count
    assert list(past) == events
    assert list(reversed(past)) == events[::-1]
    assert [past[place] for place in range(-count, count)] == events * 2
    for cut in (slice(None), slice(3, None), slice(-3, None), slice(None, None, -2), slice(4, 2), slice(2, 100, 3)):
        assert past[cut] == events[cut]
    for place in (count, -count - 1):
        with pytest.raises(IndexError):
            past[place]


def test_only_what_does_not_name_the_text_is_left_out() -> None:
    events = some_events(40)
    past = past_of(events, 3, 4)
    packed = range(4, 36)
    for text, kind in (("A", ev.CardMoved), ("B", ev.NoteAdded), ("Ü", ev.CardAdded), ("undone", ev.Undone), (WORDS, ev.CardMoved)):
        found = list(past.some(range(40, 0, -1), text))
        assert found == [each for each in found if each in events]
        assert {each.seq for each in found if each.seq in packed} >= {
            each.seq for each in events if each.seq in packed and isinstance(each.event, kind)
        }
    assert {each.seq for each in past.some(packed, "card_added")} == {seq for seq in packed if seq % 5 == 3}
    assert list(past.some([7, 3, 39])) == [events[6], events[2], events[38]]


def test_a_walk_goes_on_while_events_are_added() -> None:
    events = some_events(60)
    past = past_of(events[:9], 1, 2)
    walk = past.some(range(9, 0, -1))
    seen = [next(walk)]
    for each in events[9:]:
        past.append(each)
    assert [*seen, *walk] == events[8::-1]


SESSION: tuple[Command, ...] = (
    MoveCard(card="B", to=1),
    NoteOnCard(card="B", text=WORDS, explains_move=True),
    MoveCard(card="C", to=1),
    ChooseAsker(person=""),
    EditCard(card=Project(id="A", title="Edited")),
    Undo(),
    Undo(),
    Redo(),
    AddCard(card=Project(id="", title="New"), rank=1),
    Undo(),
    MoveCard(card="A", to=1),
    WithdrawCard(card="C", reason="x"),
    Undo(),
    Undo(),
    Redo(),
    Redo(),
)


def test_the_history_over_a_packed_past_is_that_of_the_record(bare_room: Room) -> None:
    for command in SESSION * 3:
        with suppress(SessionError):  # the card may be gone by now; what counts is what was recorded
            bare_room.do(command)
        session, again = bare_room.session, folded(bare_room.log.records)
        assert session == again
        assert list(session.history()) == list(again.history())
        assert list(session.taken_back()) == list(again.taken_back())
        for card in "ABC":
            assert session.last_move(card) == again.last_move(card)
        for kind in (ev.CardMoved, ev.CardAdded, ev.CardWithdrawn):
            assert effective(session, kind) == effective(again, kind)


def test_all_can_be_taken_back_and_brought_back(bare_room: Room) -> None:
    bare_room.do(*(MoveCard(card="A", to=2 - turn % 2) for turn in range(1, 200)))
    board, held = bare_room.board, list(bare_room.session.history())
    assert len(held) == 198
    bare_room.do(*[Undo()] * 198)
    assert not list(bare_room.session.history())
    assert list(bare_room.session.taken_back()) == held[::-1]
    bare_room.do(*[Redo()] * 198)
    assert bare_room.board == board
    assert list(bare_room.session.history()) == held


class CountingLog(ListLog):
    """A log that counts the records only, so that what the session itself holds is measured; some may be there already."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    @property
    def count(self) -> int:
        return self._count

    def append(self, record: dict[str, Any]) -> None:
        self._count += 1


def test_what_lies_behind_takes_few_bytes(bare_room: Room) -> None:
    there = list(bare_room.live.recordeds)
    live = LiveSession(there, CountingLog(len(there)), DictUrn(), FakeClock())

    def moves(count: int) -> int:
        for turn in range(count):
            live.perform(Undo() if turn % 5 == 4 and live.session.done else MoveCard(card="A", to=1 + live.session.rank("A") % 2, reason="said"))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = moves(1_000)
        after = moves(5_000)
    finally:
        tracemalloc.stop()
    assert len(live.recordeds) == len(there) + 6_000, "each of them happened"
    # Numbers and packed records, and the latest events in another place of their block: as objects they took 700 bytes each.
    assert (after - before) / 5_000 < 60
