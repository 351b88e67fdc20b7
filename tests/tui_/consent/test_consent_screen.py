"""Consent on a decision, and closing a session in which something was not settled: what is asked, shown, recorded, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, on_stage, press, shown, words
from support import Room, bare, small, with_cards
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import Undo
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide, acceptable
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.record.events import BallotsRevealed, ConsentAnswered, DecisionsMade, DissentRecorded, RoundOpened, SessionClosed
from sessions.rounds.consent import consent_of, directions_without_consent
from tui.ballot.screen import BallotScreen
from tui.consent.screen import ConsentScreen
from tui.voting.anonymity import AskAnonymity


def decided() -> Room:
    """Return a room that decided on card B."""
    room = Room(bare()).everybody()
    room.do(Decide(card="B", word="start_after", week=4, why="the fair"))
    return room


def asked(business: tuple[int | None, ...], it: tuple[int | None, ...]) -> Room:
    """Return a room that raised hands for the decision on card B."""
    room = decided()
    room.do(OpenRound(method="consent", cards=("B",)), CountHands(round=1, hands={"business": business, "it": it}))
    return room


def on(room: Room) -> ConsentScreen:
    return ConsentScreen(room.live, "B")


async def fill(pilot: Pilot[None], **fields: str) -> None:
    """Type into the fields of a form, and accept it."""
    for name, text in fields.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = text
    await press(pilot, "enter")


# --- what the eye meets


async def test_without_a_decision_it_says_to_decide_first_and_d_does_it() -> None:
    room = Room(bare()).everybody()
    async with on_stage(on(room)) as pilot:
        assert "decide first (d)" in words(pilot)
        assert "d decide" in shown(pilot)
        await press(pilot, "h", "v", "enter", "R")
        assert isinstance(pilot.app.screen, ConsentScreen)
        await press(pilot, "d", "7", *"no money", "enter")
        assert isinstance(room.last, DecisionsMade)
        assert "Stopped" in words(pilot)


@pytest.mark.parametrize(
    ("business", "it", "told"),
    [
        ((5, 4, 3), (4, 3), "Consent: no one objects, and each side can live with it. Settled."),
        ((0, 0, 5), (2, 2), "No consent: business averages 1.7, IT averages 2.0 and there are 2 objections."),
        ((None, None), (None,), "No consent: no one raised a hand."),
    ],
)
async def test_it_says_whether_it_passed_and_why_not(business: tuple[int | None, ...], it: tuple[int | None, ...], told: str) -> None:
    async with on_stage(on(asked(business, it))) as pilot:
        assert told in words(pilot)


# --- asking


async def test_h_counts_hands_and_records_nothing_before_enter() -> None:
    room = decided()
    async with on_stage(on(room)) as pilot:
        before = len(room.live.recordeds)
        assert "No one has shown a hand on it yet → ] count the hands" in words(pilot)
        await press(pilot, "]", *"554", "down", *"31")
        assert "mean 4.7" in words(pilot)
        assert len(room.live.recordeds) == before
        await press(pilot, "enter")
        opened, revealed = (recorded.event for recorded in room.live.recordeds[before:])
        assert isinstance(opened, RoundOpened)
        assert (opened.method, opened.anonymity, opened.cards) == ("consent", "side", ("B",))
        assert isinstance(revealed, BallotsRevealed)
        assert revealed.hands
        assert "No consent: IT averages 2.0." in words(pilot)
        assert "Now 1 sentence to write down → enter write it down" in words(pilot)


async def test_v_announces_and_opens_masked_ballots_and_r_reveals_them() -> None:
    room = decided()
    async with on_stage(on(room)) as pilot:
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, AskAnonymity)
        assert "Every voter enters a hand unseen" in words(pilot)
        assert "Announced: Afterwards" in words(pilot)
        await press(pilot, "right", "right", "enter")
        assert isinstance(pilot.app.screen, BallotScreen)
        assert isinstance(room.last, RoundOpened)
        assert room.last.anonymity == "secret"
        await press(pilot, "escape")
        assert "The round is open" in words(pilot)
        for voice, fist in (("coo", 5), ("cfo", 4), ("cio", 5), ("architect", 3)):
            room.do(SealBallot(round=1, voice=voice, scores={"B": fist}))
        await pilot.pause()
        assert "Consent:" not in words(pilot)
        await press(pilot, "r", "r")
        assert isinstance(pilot.app.screen, ConsentScreen)
        assert "Consent: no one objects" in words(pilot)


# --- the sentences that are owed


async def test_enter_writes_the_owed_sentences_down_one_after_the_other() -> None:
    room = asked((5, 5, 2), (4, 0))
    async with on_stage(on(room)) as pilot:
        assert "Not settled yet: 2 sentences to write down (enter); then amend the decision (e), or COO answers in writing (R)." in words(pilot)
        await press(pilot, "enter")
        assert "An objection of somebody from IT" in words(pilot)
        await fill(pilot, who="Architect", text="Nobody can run it", answer="A supplier does until May")
        assert room.last == DissentRecorded(
            card="B", who="Architect", stance="objection", text="Nobody can run it", answer="A supplier does until May", round=1
        )
        assert "Architect, objection: Nobody can run it → A supplier does until May" in words(pilot)
        await press(pilot, "enter")
        await fill(pilot, who="CFO", text="It is dear", answer="It is")
        consent = consent_of(room.session, "B")
        assert consent is not None
        assert consent.owed == ()
        assert "To write down" not in shown(pilot)


async def test_secret_tells_neither_side_nor_words_of_so_few() -> None:
    room = decided()
    room.do(OpenRound(method="consent", anonymity="secret", cards=("B",)))
    for voice, fist, text in (("coo", 5, ""), ("cfo", 2, "too dear"), ("cio", 0, "no people")):
        room.do(SealBallot(round=1, voice=voice, scores={"B": fist}, words=text))
    room.do(RevealBallots(round=1))
    async with on_stage(on(room)) as pilot:
        text = words(pilot)
    assert "All voters" in text
    assert "the room averages 2.3" in text
    for hidden in ("CFO", "CIO", "too dear", "no people", "IT,", "Business"):
        assert hidden not in text


# --- amending, answering


async def test_an_amended_decision_settles_it_and_marks_what_is_written_after() -> None:
    room = asked((5, 5, 5), (4, 0))
    async with on_stage(on(room)) as pilot:
        await press(pilot, "e", "7", *"no money", "enter")
        assert "Stopped" in words(pilot)
        await press(pilot, "enter")
        await fill(pilot, who="CIO", text="Nobody can run it", answer="It is stopped")
        event = room.last
        assert isinstance(event, DissentRecorded)
        assert event.changed
        assert "Settled: the decision was amended" in words(pilot)
        assert "the decision was changed" in words(pilot)


async def test_read_only_offers_nothing_that_writes() -> None:
    room = asked((5, 5, 2), (4, 0))
    before = len(room.live.recordeds)
    async with on_stage(ConsentScreen(room.live, "B", read_only=True)) as pilot:
        await press(pilot, *"hvreR", "enter")
        assert isinstance(pilot.app.screen, ConsentScreen)
        assert "h hands" not in shown(pilot)
    assert len(room.live.recordeds) == before


# --- a change of direction, and the end of the session


async def test_the_decider_answers_in_writing_and_that_closes_it() -> None:
    room = asked((5, 5, 5), (2, 2))
    room.do(
        RecordDissent(card="B", who="CIO", stance="concern", text="x", answer="y"),
        RecordDissent(card="B", who="Architect", stance="concern", text="x", answer="y"),
    )
    async with on_stage(on(room)) as pilot:
        assert "Not settled yet: amend the decision (e), or COO answers in writing (R)." in words(pilot)
        await press(pilot, "R")
        assert "in the name of COO" in words(pilot)
        await press(pilot, *"The law asks for it", "enter")
        assert room.last == ConsentAnswered(round=1, card="B", answer="The law asks for it")
        assert "Settled: closed without consent, COO answered in writing." in words(pilot)
        assert "COO answers: The law asks for it" in words(pilot)


async def test_closing_over_what_was_not_settled_takes_a_reason(tmp_path: Path) -> None:
    hands = CountHands(round=1, hands={"business": (0,), "it": (5,)})
    commands = (MarkAttendance(presence="present"), Decide(card="P2", word="start"), OpenRound(method="consent", cards=("P2",)), hands)
    async with on_board(tmp_path, small(), *commands) as (pilot, opened):
        await press(pilot, "Z")
        assert "Price lists lacks consent" in words(pilot)
        await press(pilot, "escape", "Z", "Z", "escape")
        assert not opened.live.session.closed
        await press(pilot, "Z", "Z", *"late", "enter")
        event = opened.live.recordeds[-1].event
    assert isinstance(event, SessionClosed)
    assert (event.override, len(event.rules)) == ("late", 1)


def direction() -> Room:
    change = {"kind": "direction", "arguments_for": "one system", "arguments_against": "a costly move"}
    return Room(with_cards(small(), P2=change)).everybody()


def raised(room: Room, **hands: tuple[int, ...]) -> None:
    room.do(OpenRound(method="consent", cards=("P2",)), CountHands(round=len(room.session.rounds) + 1, hands=hands))


@pytest.mark.parametrize("hands", [{"business": (5, 5)}, {"business": (5, 5), "it": (3, 2)}, {"business": (5, 5, 0), "it": (3, 3)}])
def test_a_change_of_direction_starts_with_the_consent_of_every_side(hands: dict[str, tuple[int, ...]]) -> None:
    room = direction()
    room.refuses(Decide(card="P2", word="start"), ReasonNeededError, "has had no consent round")
    assert acceptable(room.session, ("P2",)) == ()
    room.do(Decide(card="P2", word="not_now"), Undo())
    raised(room, **hands)
    room.refuses(Decide(card="P2", word="start"), ReasonNeededError, "was not agreed to by every side")
    room.do(Decide(card="P2", word="start", override="the board wants it"))
    assert room.session.decisions["P2"].override == "the board wants it"
    assert directions_without_consent(room.session) == ("P2",)
    room.do(Undo())
    raised(room, business=(5, 5), it=(3,))
    room.do(Decide(card="P2", word="start"))
    assert room.session.decisions["P2"].rules == ()
    assert directions_without_consent(room.session) == ()


async def test_consent_to_a_direction_is_asked_before_it_is_decided() -> None:
    room = direction()
    async with on_stage(ConsentScreen(room.live, "P2")) as pilot:
        assert "We take this direction. For: one system Against: a costly move" in words(pilot)
        assert "A change of direction starts only with the consent of every side" in words(pilot)
        await press(pilot, "h", *"544", "down", *"33", "enter")
        assert room.session.rounds[-1].revealed
        assert "It can be decided now (d)." in words(pilot)
