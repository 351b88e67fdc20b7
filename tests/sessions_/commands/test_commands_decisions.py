"""Commands on decisions: decide, record dissent, and accept the proposals together (METHOD 2.4, 4.4)."""

from __future__ import annotations

import pytest
from stage import revealed_room
from support import Room, sample, small, with_cards

from sessions.commands.acceptance import acceptance
from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import NotADateError
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import AcceptProposals, Decide, DecisionIncompleteError
from sessions.commands.people import MarkAttendance, OverrideQuorum
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.errors import SessionError
from sessions.portfolio.models import Portfolio, Project
from sessions.record import events as ev
from sessions.record.events import Decision, DecisionsMade
from sessions.rounds.undiscussed import undiscussed


def decided(room: Room, command: Decide) -> Decision:
    event = room.one(command, ev.DecisionsMade)
    (decision,) = event.decisions
    assert room.session.decisions[command.card] == decision
    return decision


def command(word: str, **fields: object) -> Decide:
    return Decide.model_validate({"card": "P1", "word": word, **fields})


@pytest.mark.parametrize(
    ("asked", "sentence", "week", "until"),
    [
        (command("continue"), "Continue.", 1, ""),
        (command("start"), "Start on Monday 6 July.", 1, ""),
        (command("start_after", week=7, why="Web is on #1."), "Yes, from 17 August. Web is on #1.", 7, ""),
        (command("hold", until="2026-09-29", missing="funding"), "On hold until 29 September 2026: needs funding.", None, "2026-09-29"),
        (command("not_now", until="2026-09-29"), "Not now until 29 September 2026.", None, "2026-09-29"),
        (command("not_now"), "Not now.", None, ""),
        (command("return", until="2026-09-29", missing="a sponsor"), "Sent back until 29 September 2026: needs a sponsor.", None, "2026-09-29"),
        (command("stop", why="Bought."), "Stopped: a new card is needed to bring it back. Bought.", None, ""),
    ],
    ids=lambda value: value.word if isinstance(value, Decide) else "",
)
def test_every_word_has_its_sentence(live: Room, asked: Decide, sentence: str, week: int | None, until: str) -> None:
    decision = decided(live, asked)
    assert (decision.word, decision.sentence, decision.week, decision.until) == (asked.word, sentence, week, until)
    assert (decision.provisional, decision.proposed) == (False, False)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (command("start_after"), "needs the day from which it starts"),
        (command("return", until="2026-09-29", missing=" "), "needs what is missing"),
        (command("accept_below_target"), "“Accepted as it is” needs its reason"),
        (command("accept_below_target", why="Half is enough."), "comes after the delivery"),
        (command("done"), "first record that Checkout was delivered"),
        (command("start_after", week=0), "29 June is outside the plan, which goes from 6 July to 29 March 2027"),
        (command("continue", week=-3), "8 June is outside the plan"),
    ],
)
def test_what_a_word_needs_must_be_given(live: Room, asked: Decide, words: str) -> None:
    live.refuses(asked, DecisionIncompleteError, words)


# --- rules that need a reason


@pytest.mark.parametrize(
    ("sponsor", "rule", "word"),
    [
        ("", "it has no sponsor", "start"),
        ("VP Retail (left)", "its sponsor, VP Retail (left), is not there any more", "start"),
        ("Head of HR", "its sponsor, Head of HR, is neither present nor represented", "start_after"),
    ],
)
def test_a_start_without_a_sponsor_needs_a_reason_which_is_recorded(sponsor: str, rule: str, word: str) -> None:
    room = Room(with_cards(small(), P1={"sponsor": sponsor})).everybody()
    asked = command(word, week=2)
    room.refuses(asked, ReasonNeededError, "Checkout", rule, "needs a reason")
    room.refuses(asked.model_copy(update={"override": " "}), ReasonNeededError)
    decision = decided(room, asked.model_copy(update={"override": " The COO takes it over. "}))
    assert (decision.rules, decision.override, decision.provisional) == ((rule,), "The COO takes it over.", False)


def test_a_sponsor_is_there_by_proxy_and_not_otherwise(live: Room) -> None:
    live.do(MarkAttendance(people=("vp-sales",), presence="away"))
    live.refuses(command("start"), ReasonNeededError, "VP Sales, is neither present nor represented")
    live.do(MarkAttendance(people=("vp-sales",), presence="proxy", proxy="cfo"))
    assert decided(live, command("start")).rules == ()


def test_without_a_quorum_every_decision_needs_a_reason_and_is_provisional(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cfo", "vp-sales"), presence="present"))
    asked = command("stop", why="x")
    room.refuses(asked, ReasonNeededError, "there is no quorum of IT")
    room.refuses(AcceptProposals(), SessionError, "there is no quorum of IT")
    decision = decided(room, command("stop", why="x", override="The CIO agrees by phone."))
    assert (decision.rules, decision.provisional) == (("there is no quorum of IT",), True)
    room.do(OverrideQuorum(reason="holidays"))
    decision = decided(room, asked)
    assert (decision.rules, decision.override, decision.provisional) == ((), "", True)
    assert all(each.provisional for each in room.one(AcceptProposals(), ev.DecisionsMade).decisions)
    room.everybody()
    assert not decided(room, asked).provisional


# --- proposals


def test_the_proposals_are_accepted_in_one_event_but_for_those_that_break_a_rule() -> None:
    room = Room(with_cards(small(), P1={"sponsor": "Head of HR"})).everybody()
    room.do(Decide(card="P2", word="stop", why="x"))
    room.refuses(AcceptProposals(cards=("P1",)), SessionError, "Checkout", "neither present nor represented", "Decide on it with a reason")
    event = room.one(AcceptProposals(), ev.DecisionsMade)
    assert [(each.card, each.word, each.proposed) for each in event.decisions] == [("P3", "start", True), ("P4", "start", True)]
    assert (room.session.decisions["P2"].word, room.session.undecided) == ("stop", ("P1",))
    room.do(Decide(card="P1", word="start", override="x"))
    room.refuses(AcceptProposals(), SessionError, "Every card has its decision.")


# --- dissent


def test_dissent_needs_who_what_and_the_answer(live: Room) -> None:
    for field, words in (("who", "who disagrees"), ("text", "the harm or the worry"), ("answer", "with its answer")):
        fields = {"who": "CIO", "text": "a", "answer": "b", field: " "}
        live.refuses(RecordDissent.model_validate({"card": "P1", "stance": "concern", **fields}), ReasonNeededError, words)


def test_a_day_or_a_week_that_is_over_is_no_promise(live: Room) -> None:
    live.refuses(command("not_now", until="2020-09-29"), NotADateError, "29 Sep 2020 is past: give a day that is still to come")
    room = Room(small().model_copy(update={"session_date": "2026-08-05"})).everybody()
    room.refuses(command("start_after", week=3), DecisionIncompleteError, "20 July is past: the card can start from 10 August on")


# --- proposals accepted together (METHOD 4.4)


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
