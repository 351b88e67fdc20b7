"""Rounds of every method: what is refused, what the reveal says, and what it leads to (METHOD 2.3 to 2.8, 3)."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from support import Room, bare, person

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance, OverrideQuorum
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.deciding.overrides import override_clause, overrides
from sessions.errors import SessionError
from sessions.export.rounds import exported_round
from sessions.portfolio.models import Participant
from sessions.record import events as ev
from sessions.rounds.consent import consent_of, unresolved
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.reasons import Reason, reasons
from sessions.rounds.scores import Scores
from sessions.summary.markdown import summary
from sessions.voting.scores import Movement

VOICES = ("coo", "cfo", "vp-sales", "cio", "architect")


def revealed(room: Room, override: str = "") -> ev.BallotsRevealed:
    (event, *_) = room.do(RevealBallots(round=len(room.session.rounds), override=override))
    assert isinstance(event, ev.BallotsRevealed)
    return event


def hands(room: Room, **raised: tuple[int | str | None, ...]) -> list[ev.Event]:
    return room.do(CountHands(round=len(room.session.rounds), hands=dict(raised)))


# --- ballots and hands that cannot be


@pytest.mark.parametrize(
    ("opened", "choice", "words"),
    [
        ({"method": "ranking"}, {"ranking": (("A",), ("A",))}, "more than once"),
        ({"method": "ranking"}, {"ranking": (("X",),)}, "not a card of this ballot"),
        ({"method": "ranking"}, {"ranking": (("A", "A"),)}, "more than once"),
        ({"method": "ranking", "limit": 2}, {"ranking": (("A",), ("B",), ("C",))}, "no more than 2"),
        ({"method": "approval"}, {"points": {"A": 2}}, "A: 2 ticks"),
        ({"method": "approval"}, {"points": {"X": 1}}, "X is not a card of this ballot"),
        ({}, {"points": {"A": 1}, "reason": "x" * 201, "reason_card": "A"}, ""),
        ({}, {"points": {"A": 1}, "reason": "why", "reason_card": "Z"}, ""),
        ({}, {"points": {"A": 1}, "reason": "why", "reason_card": ""}, ""),
        ({"method": "score", "cards": ("B",)}, {"business": (1, 1, 1, 1)}, "4 hands of business, but it has 3 voters"),
        ({"method": "score", "cards": ("B",)}, {"business": (6,)}, "from 0 to 5"),
        ({"method": "score", "cards": ("B",)}, {"north": (1,)}, "1 hand of north, but it has 0 voters"),
        ({"method": "score", "cards": ("B",)}, {}, "No hand was counted"),
        ({"method": "approval"}, {"it": ("A",) * 9}, "9 hands of IT"),
        ({"method": "approval"}, {"it": (4,)}, "4 is not the id of one"),
        ({"method": "approval"}, {"it": ("X",)}, "X is not a card"),
    ],
)
def test_a_ballot_or_a_hand_that_breaks_a_rule_is_refused(bare_room: Room, opened: dict[str, Any], choice: dict[str, Any], words: str) -> None:
    bare_room.do(OpenRound(**opened))
    if {"points", "ranking"} & set(choice):
        bare_room.refuses(SealBallot(round=1, voice="coo", **choice), BallotRefusedError, "The ballot of COO was refused", words)
    else:
        bare_room.refuses(CountHands(round=1, hands=choice), BallotRefusedError, words)


def test_hands_do_not_mix_with_sealed_ballots_nor_make_an_order(bare_room: Room) -> None:
    bare_room.do(OpenRound())
    bare_room.refuses(CountHands(round=1, hands={"it": (1,)}), SessionError, "takes no hands")
    bare_room.do(DropRound(round=1, reason="x"), OpenRound(method="score", cards=("B",)), SealBallot(round=2, voice="coo", scores={"B": 3}))
    bare_room.refuses(CountHands(round=2, hands={"it": (1,)}), SessionError, "1 ballot already sealed")


# --- what the reveal says


def test_hands_are_counted_by_side_and_carry_no_identity() -> None:
    records = set()
    for order in permutations((5, 2, 0)):
        room = Room(bare()).everybody()
        room.do(OpenRound(method="score", cards=("B",)))
        hands(room, business=order, it=(3,))
        records.add(repr(room.log.records[-1]))
    assert len(records) == 1


def test_without_a_quorum_a_result_is_provisional(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cio"), presence="present"), OpenRound(method="score", cards=("P1",)))
    (event,) = hands(room, business=(4,), it=(4,))
    assert isinstance(event, ev.BallotsRevealed)
    assert event.provisional


@pytest.mark.parametrize(("anonymity", "who"), [("named", ("CFO",)), ("side", ("somebody from business",)), ("secret", ())])
def test_the_lowest_voice_is_named_only_where_that_was_announced(bare_room: Room, anonymity: ev.Anonymity, who: tuple[str, ...]) -> None:
    bare_room.do(OpenRound(method="score", cards=("B",), anonymity=anonymity))
    scores = {"coo": 4, "cfo": 0, "cio": 3, "architect": 3}
    bare_room.do(*(SealBallot(round=1, voice=voice, scores={"B": score}) for voice, score in scores.items()))
    revealed(bare_room)
    extremes = Scores(bare_room.session, "B").extremes()
    assert extremes is not None
    assert (extremes[0].score, extremes[0].who) == (0, who)


@pytest.mark.parametrize("anonymity", ev.ANONYMITIES)
def test_a_room_that_follows_its_decider_is_noticed_only_where_names_were_announced(bare_room: Room, anonymity: ev.Anonymity) -> None:
    for number, scores in enumerate(((5, 1, 1, 1, 2), (5, 4, 4, 4, 4)), 1):
        bare_room.do(OpenRound(method="score", cards=("B",), anonymity=anonymity))
        given = zip(VOICES, scores, strict=True)
        bare_room.do(*(SealBallot(round=number, voice=voice, scores={"B": score}) for voice, score in given), RevealBallots(round=number))
    pull = Scores(bare_room.session, "B").pull
    assert (pull.changed if pull else None) == (4 if anonymity == "named" else None)


TWO_EACH = (person("COO", "business", "decider"), person("CFO", "business"), person("CIO", "it"), person("Architect", "it"))
WORDS = "customers *leave* at the till"


@pytest.mark.parametrize(
    ("anonymity", "people", "who"),
    [
        ("named", TWO_EACH, "CIO"),
        ("side", TWO_EACH, "somebody from IT"),
        ("side", (*TWO_EACH[:3], person("Chair", "business")), "somebody"),
        ("secret", TWO_EACH, ""),
    ],
)
def test_a_reason_is_told_as_announced(anonymity: ev.Anonymity, people: tuple[Participant, ...], who: str) -> None:
    room = Room(bare(people=people)).everybody()
    room.do(OpenRound(anonymity=anonymity))
    for voice in room.session.voters():
        reason = {"reason": WORDS, "reason_card": "C"} if voice.id == "cio" else {}
        room.do(SealBallot(round=1, voice=voice.id, points={"A": 10, "C": 20}, **reason))
    assert WORDS not in str(room.log.records)
    revealed(room)
    round_, side = room.session.rounds[-1], "" if who == "somebody" else "it"
    assert reasons(room.session, round_) == ((Reason("C", WORDS, who, side),) if who else ())
    exported = exported_round(room.session, round_)
    assert exported["reasons"] == ([{"card": "C", "text": WORDS, "who": who, "side": side}] if who else [])
    assert anonymity == "named" or not any(WORDS in str(ballot) for ballot in exported["ballots"])
    assert (f"C: “customers \\*leave\\* at the till” ({who})" in summary(room.session)) == bool(who)


# --- score rounds and duels


def test_a_card_is_scored_twice_and_no_earlier_round_is_overwritten(bare_room: Room) -> None:
    for means in ((4, 1), (4, 3)):
        bare_room.do(OpenRound(method="score", cards=("B",)))
        hands(bare_room, business=(means[0],), it=(means[1],))
    bare_room.refuses(OpenRound(method="score", cards=("B",)), SessionError, "scored twice")
    scores = Scores(bare_room.session, "B")
    assert [each.gap(("business", "it")) for each in scores.results] == [3, 1]
    assert scores.movement == Movement(moved=1)


def test_a_duel_that_is_won_moves_the_card_as_one_board_action(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="duel", cards=("C", "B")))
    _, move = hands(bare_room, business=("C", "C", "B"), it=("B", "C"))
    assert isinstance(move, ev.CardMoved)
    assert (move.card, move.old, move.new, move.reason) == ("C", 3, 2, "it won the duel (business 2 to 1, IT 1 to 1)")
    assert bare_room.board == "A C B D"
    bare_room.do(Undo())
    assert bare_room.board == "A B C D"


def test_a_duel_is_between_neighbours_and_counted_on_the_board_as_it_was(bare_room: Room) -> None:
    for cards, words in ((("D", "A"), "right above it"), (("B", "C"), "right above it"), ((), "Say which card")):
        bare_room.refuses(OpenRound(method="duel", cards=cards), SessionError, words)
    bare_room.do(OpenRound(method="duel", cards=("C", "B")), MoveCard(card="C", to=4))
    assert len(hands(bare_room, business=("C",), it=("C",))) == 1
    assert bare_room.board == "A B D C"


def test_after_six_duels_another_needs_a_reason(bare_room: Room) -> None:
    duel = OpenRound(method="duel", cards=("B", "A"))
    for number in range(1, 7):
        bare_room.do(duel, CountHands(round=number, hands={"it": (None,)}))
    bare_room.refuses(duel, ReasonNeededError, "6 duels were held")
    assert bare_room.one(duel.model_copy(update={"override": "it is the last slot"}), ev.RoundOpened).override == "it is the last slot"


# --- consent


@pytest.fixture
def decided(bare_room: Room) -> Room:
    """Stop card B, and ask the room for its consent."""
    bare_room.do(Decide(card="B", word="stop", why="too dear"), OpenRound(method="consent", cards=("B",)))
    return bare_room


def test_low_hands_owe_their_sentence_and_failed_consent_an_answer(decided: Room) -> None:
    hands(decided, business=(5, 1, 4), it=(0, 2))
    assert unresolved(decided.session) == ("B",)
    consent = consent_of(decided.session, "B")
    assert consent is not None
    assert sorted(consent.owed) == [("business", "concern"), ("it", "concern"), ("it", "objection")]
    both = "B lacks consent, the decider's answer and the sentences of 3 low hands"
    decided.refuses(CloseSession(leave_undecided=True), ReasonNeededError, both)
    for who, stance in (("CIO", "objection"), ("Architect", "concern"), ("CFO", "concern")):
        decided.do(RecordDissent(card="B", who=who, stance=stance, text="harm", answer="noted"))
    decided.refuses(CloseSession(leave_undecided=True), ReasonNeededError, "B lacks consent and the decider's answer.")
    decided.do(AnswerConsent(card="B", answer="the risk is mine"))
    assert unresolved(decided.session) == ()
    assert decided.one(CloseSession(leave_undecided=True), ev.SessionClosed).rules == ()


def test_an_amended_decision_settles_what_was_objected_to(decided: Room) -> None:
    hands(decided, business=(5,), it=(0,))
    decided.do(RecordDissent(card="B", who="CIO", stance="objection", text="harm", answer="we hold it", changed=True))
    decided.do(Decide(card="B", word="hold", until="2026-09-29", why="funding"))
    assert unresolved(decided.session) == ()
    decided.do(Undo())
    assert unresolved(decided.session) == ("B",)


# --- discussions, and the ledger


def test_the_room_talks_about_one_card_at_a_time_and_says_how_it_ended(bare_room: Room) -> None:
    bare_room.do(OpenTalk(card="B"))
    bare_room.clock.advance(100)
    assert bare_room.session.talk is not None
    assert bare_room.do(OpenTalk(card="B")) == []
    bare_room.refuses(OpenTalk(card="C"), SessionError, "B is still being discussed")
    assert bare_room.one(CloseTalk(outcome="differ", note="both are right"), ev.TalkClosed).used == 100
    assert bare_room.session.talk is None
    assert [talk.closed and talk.closed.outcome for talk in bare_room.session.talks] == ["differ"]
    bare_room.refuses(CloseTalk(outcome="kept"), SessionError, "discusses no card")


def test_the_ledger_holds_every_override_with_its_reason(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cfo"), presence="present"), OverrideQuorum(reason="IT is at an incident"))
    room.do(OpenRound(), SealBallot(round=1, voice="coo", points={"P1": 5}), RevealBallots(round=1, override="IT votes by mail"))
    room.do(Decide(card="P1", word="start", override="the sponsor agreed by phone"), OpenRound(method="consent", cards=("P1",)))
    room.do(CountHands(round=2, hands={"business": (0,)}), AnswerConsent(card="P1", answer="the risk is mine"))
    room.do(OpenRound(), DropRound(round=3, reason="wrong cards"), CloseSession(leave_undecided=True, override="the bus leaves"))
    assert [(override_clause(room.session, each), each.reason) for each in overrides(room.session)] == [
        ("The session went on without a quorum", "IT is at an incident"),
        ("Ballot 1 was revealed all the same, although it had ballots of one side only", "IT votes by mail"),
        ("Checkout: a decision was closed without consent", "the risk is mine"),
        ("Checkout: decided “Start”, although its sponsor, VP Sales, is neither present nor represented", "the sponsor agreed by phone"),
        ("The session was closed all the same, although Checkout lacks the sentence of 1 low hand", "the bus leaves"),
    ]
