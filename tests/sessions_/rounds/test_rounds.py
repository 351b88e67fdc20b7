"""Rounds of every method: what they ask for, how ballots get in, what the reveal tells, and what it leads to (METHOD 2.3 to 2.8, 3)."""

from __future__ import annotations

from itertools import permutations

import pytest
from support import Room, bare, folded

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.seal import seal_of
from sessions.rounds.ballot import sealed_form_of
from sessions.rounds.consent import consent_of, unresolved
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.scores import Scores

VOICES = ("coo", "cfo", "vp-sales", "cio", "architect")


def seals(room: Room, **scores: int | None) -> None:
    """Seal a score of card B for each voice; None is "no opinion"."""
    for voice, score in scores.items():
        room.do(SealBallot(round=len(room.session.rounds), voice=voice.replace("_", "-"), scores={} if score is None else {"B": score}))


def revealed(room: Room, override: str = "") -> ev.BallotsRevealed:
    (event, *_) = room.do(RevealBallots(round=len(room.session.rounds), override=override))
    assert isinstance(event, ev.BallotsRevealed)
    return event


def hands(room: Room, **raised: tuple[int | str | None, ...]) -> list[ev.Event]:
    return room.do(CountHands(round=len(room.session.rounds), hands=dict(raised)))


def test_a_ranking_that_breaks_a_rule_is_refused(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="ranking", limit=2))
    for tiers, words in (("A A", "more than once"), ("X", "not a card of this ballot"), ("A B C", "no more than 2")):
        ballot = SealBallot(round=1, voice="coo", ranking=tuple((card,) for card in tiers.split()))
        bare_room.refuses(ballot, BallotRefusedError, "The ballot of COO was refused", words)


# --- ways in


def test_whatever_the_way_in_the_result_is_the_same() -> None:
    given = {"coo": 5, "cfo": 2, "vp-sales": None, "cio": 1, "architect": 1}
    told = []
    for way in ("keyboard", "file", "hands"):
        room = Room(bare()).everybody()
        room.do(OpenRound(method="score", cards=("B",)))
        if way == "hands":
            hands(room, business=(2, None, 5), it=(1, 1))
        else:
            for voice, score in given.items():
                room.do(SealBallot(round=1, voice=voice, scores={} if score is None else {"B": score}, way=way))
            revealed(room)
        told.append(Scores(room.session, "B").results[0])
    assert [each.group for each in told] == [told[0].group] * 3
    assert [(each.means, each.counts, each.lowest, each.highest) for each in told[1:]] == [(told[0].means, told[0].counts, 1, 5)] * 2


def test_hands_are_counted_by_side_and_carry_no_identity(bare_room: Room) -> None:
    records = set()
    for order in permutations((5, 2, 0)):
        room = Room(bare()).everybody()
        room.do(OpenRound(method="score", cards=("B",)))
        hands(room, business=order, it=(3,))
        records.add(repr(room.log.records[-1]))
    assert len(records) == 1


def test_hands_that_cannot_be_are_refused(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="score", cards=("B",)))
    for raised, words in (
        ({"business": (1, 1, 1, 1)}, "4 hands of business, but it has 3 voters"),
        ({"business": (6,)}, "from 0 to 5"),
        ({"north": (1,)}, "1 hand of north, but it has 0 voters"),
        ({}, "No hand was counted"),
    ):
        bare_room.refuses(CountHands(round=1, hands=raised), BallotRefusedError, words)


def test_hands_do_not_mix_with_sealed_ballots_nor_make_an_order(bare_room: Room) -> None:
    bare_room.do(OpenRound())
    bare_room.refuses(CountHands(round=1, hands={"it": (1,)}), SessionError, "takes no hands")
    bare_room.do(DropRound(round=1, reason="x"), OpenRound(method="score", cards=("B",)), SealBallot(round=2, voice="coo", scores={"B": 3}))
    bare_room.refuses(CountHands(round=2, hands={"it": (1,)}), SessionError, "1 ballot sealed already")


# --- what the reveal tells


def test_a_secret_round_keeps_no_name_and_no_side_of_few() -> None:
    room = Room(bare()).everybody()
    room.do(OpenRound(anonymity="secret", cap=100), *[SealBallot(round=1, voice=voice, points={"A": 10}) for voice in VOICES])
    event = revealed(room)
    assert {(each.voice, each.side, each.salt, each.seal) for each in event.ballots} == {("", "", "", "")}
    assert event.side_orders == ()
    assert {each.abstained for each in event.turnout} == {0}
    assert len(event.tallies) == 2
    assert event.proved == 5
    assert folded(room.log.records) == room.session


@pytest.mark.parametrize(
    ("method", "choice"),
    [
        ("points", {"points": {"A": 3, "B": 0}}),
        ("approval", {"points": {"A": 1, "B": 1}}),
        ("ranking", {"ranking": (("B", "A"), ("C",))}),
        ("score", {"scores": {"B": 0}}),
        ("duel", {"prefers": "B"}),
        ("consent", {"scores": {"B": 1}, "words": "too early\x1b"}),
        ("points", {}),
        ("consent", {}),
    ],
)
def test_a_revealed_ballot_can_be_brought_back_into_the_form_that_was_sealed(
    bare_room: Room, method: ev.Method, choice: dict[str, object]
) -> None:
    bare_room.do(Decide(card="B", word="stop", why="dear"))
    cards = {"duel": ("B", "A"), "points": ("A", "B", "C"), "approval": ("A", "B"), "ranking": ("A", "B", "C")}.get(method, ("B",))
    bare_room.do(OpenRound(method=method, anonymity="named", cards=cards))
    bare_room.do(SealBallot(round=1, voice="coo", **choice))
    (sealed,) = bare_room.urn.ballots.values()
    event = revealed(bare_room, "only one")
    form = sealed_form_of(event.ballots[0], method)
    assert form == sealed
    assert seal_of("0" * 32, form) == seal_of("0" * 32, sealed)


def test_without_a_quorum_a_result_is_provisional(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cio"), presence="present"), OpenRound(method="score", cards=("P1",)))
    (event,) = hands(room, business=(4,), it=(4,))
    assert isinstance(event, ev.BallotsRevealed)
    assert event.provisional


# --- score rounds


def test_a_card_is_scored_twice_and_no_earlier_round_is_overwritten(bare_room: Room) -> None:
    for means in ((4, 1), (4, 3)):
        bare_room.do(OpenRound(method="score", cards=("B",)))
        hands(bare_room, business=(means[0],), it=(means[1],))
    bare_room.refuses(OpenRound(method="score", cards=("B",)), SessionError, "scored twice")
    scores = Scores(bare_room.session, "B")
    assert [each.gap(("business", "it")) for each in scores.results] == [3, 1]
    assert scores.movement is not None
    assert (scores.movement.moved, scores.movement.exact) == (1, False)


@pytest.mark.parametrize("method", ["consent", "duel"])
def test_a_hand_that_says_nothing_abstains_from_consent_and_duels(decided: Room, method: ev.Method) -> None:
    if method == "duel":
        decided.do(DropRound(round=1, reason="a duel first"), OpenRound(method="duel", cards=("C", "B")))
    hands(decided, business=(None,), it=("B" if method == "duel" else 4,))
    seen = decided.session.rounds[-1].revealed
    assert seen is not None
    assert [each.abstained for each in seen.turnout] == [1, 0]


@pytest.mark.parametrize(("anonymity", "who"), [("named", ("CFO",)), ("side", ("somebody from business",)), ("secret", ())])
def test_the_lowest_voice_is_named_only_where_that_was_announced(bare_room: Room, anonymity: ev.Anonymity, who: tuple[str, ...]) -> None:
    bare_room.do(OpenRound(method="score", cards=("B",), anonymity=anonymity))
    seals(bare_room, coo=4, cfo=0, cio=3, architect=3)
    revealed(bare_room)
    extremes = Scores(bare_room.session, "B").extremes()
    assert extremes is not None
    assert (extremes[0].score, extremes[0].who) == (0, who)


# --- duels


def test_a_duel_that_is_won_moves_the_card_as_one_board_action(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="duel", cards=("C", "B")))
    _, move = hands(bare_room, business=("C", "C", "B"), it=("B", "C"))
    assert isinstance(move, ev.CardMoved)
    assert (move.card, move.old, move.new, move.reason) == ("C", 3, 2, "it won the duel (business 2 to 1, IT 1 to 1)")
    assert bare_room.board == "A C B D"
    bare_room.do(Undo())
    assert bare_room.board == "A B C D"


def test_a_duel_is_between_neighbours_and_counted_on_the_board_as_it_was(bare_room: Room) -> None:
    bare_room.refuses(OpenRound(method="duel", cards=("D", "A")), SessionError, "right above it")
    bare_room.refuses(OpenRound(method="duel", cards=("B", "C")), SessionError, "right above it")
    bare_room.refuses(OpenRound(method="duel"), SessionError, "Say which card")
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
    """Card B is stopped, and the room is asked for its consent."""
    bare_room.do(Decide(card="B", word="stop", why="too dear"), OpenRound(method="consent", cards=("B",)))
    return bare_room


def test_low_hands_owe_their_sentence_and_failed_consent_an_answer(decided: Room) -> None:
    hands(decided, business=(5, 1, 4), it=(0, 2))
    assert unresolved(decided.session) == ("B",)
    consent = consent_of(decided.session, "B")
    assert consent is not None
    assert sorted(consent.owed) == [("business", "concern"), ("it", "concern"), ("it", "objection")]
    both = "B: the decision did not get consent, the decider has not answered, and 3 low hands without their sentence"
    decided.refuses(CloseSession(leave_undecided=True), ReasonNeededError, both)
    for who, stance in (("CIO", "objection"), ("Architect", "concern"), ("CFO", "concern")):
        decided.do(RecordDissent(card="B", who=who, stance=stance, text="harm", answer="noted"))
    decided.refuses(CloseSession(leave_undecided=True), ReasonNeededError, "B: the decision did not get consent, and the decider has not answered.")
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


# --- talks


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
