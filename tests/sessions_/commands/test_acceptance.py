"""Accepting proposals together: what is shown before is what is recorded, and what the room differs on stays out (METHOD 4.4)."""

from __future__ import annotations

import pytest
from stage import revealed_room
from support import Room, sample, small

from sessions.commands.acceptance import acceptance
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.errors import SessionError
from sessions.portfolio.models import Portfolio, Project
from sessions.record.events import DecisionsMade
from sessions.rounds.undiscussed import undiscussed


def test_a_card_that_the_room_differs_on_is_accepted_only_after_its_discussion_or_by_name() -> None:
    room = revealed_room()
    differing = undiscussed(room.session)
    assert len(differing) > 1
    assert not {each.card for each in room.one(AcceptProposals(), DecisionsMade).decisions} & set(differing)
    assert set(room.session.undecided) >= set(differing)
    room.do(*[Decide(card=card, word="stop", why="x") for card in room.session.undecided if card not in differing])
    room.refuses(AcceptProposals(), SessionError, "The room differs on what is left")
    first, second, *_ = differing
    room.do(OpenTalk(card=first), CloseTalk(outcome="kept"))
    assert first not in undiscussed(room.session)
    assert [each.card for each in room.one(AcceptProposals(), DecisionsMade).decisions] == [first]
    room.do(Decide(card=second, word="stop", why="Too small."))
    assert second in undiscussed(room.session), "deciding is not discussing"


@pytest.mark.parametrize("make", [revealed_room, lambda: Room(small()).everybody(), lambda: Room(sample())], ids=["voted", "small", "no quorum"])
def test_every_open_card_is_shown_once_and_what_is_shown_is_recorded(make: object) -> None:
    room: Room = make()  # type: ignore[operator]
    found = acceptance(room.session)
    shown = [*(each.card for each in found.decisions), *found.differing, *(card for card, _ in found.own)]
    assert sorted(shown) == sorted(room.session.undecided)
    if found.decisions:
        assert room.one(AcceptProposals(), DecisionsMade).decisions == found.decisions
    else:
        room.refuses(AcceptProposals(), SessionError, found.own[0][1])


def test_a_card_that_its_file_calls_done_is_not_sent_back_and_says_so() -> None:
    cards = (Project(id="A", title="A", sponsor="COO"), Project(id="B", title="B", state="done"), Project(id="C", title="C", needs=("B",)))
    room = Room(Portfolio(projects=cards, session_date="2026-06-30")).everybody()
    assert dict(acceptance(room.session).own)["B"] == "its file calls it done"
    room.do(Decide(card="B", word="done"))


def test_a_line_that_is_left_out_counts_as_open_for_the_others() -> None:
    room = Room(sample()).everybody()
    everything = acceptance(room.session)
    left = [each.card for each in everything.decisions if each.word in ("return", "not_now")][:2]
    found = acceptance(room.session, without=left)
    accepted = tuple(each.card for each in found.decisions)
    assert set(accepted) == {each.card for each in everything.decisions} - set(left)
    assert room.one(AcceptProposals(cards=accepted), DecisionsMade).decisions == found.decisions
    assert set(room.session.undecided) >= set(left)
