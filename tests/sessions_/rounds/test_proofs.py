"""A replay proves that no ballot changed between seal and reveal, and the ledger lists every override."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Room, bare

from sessions.commands.consent import AnswerConsent
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance, OverrideQuorum
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.deciding.overrides import override_clause, overrides
from sessions.record import events as ev
from sessions.rounds.methods.order import OrderSpec
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.seals import proof_told, prove
from sessions.state.rounds import Round
from sessions.store.tinydb.urn import Urn


def room_with_urn(folder: Path) -> Room:
    """A room whose urn is the real one, with salts that count up."""
    room = Room(bare()).everybody()
    salts = iter(range(1, 1000))
    room.live._urn = Urn(folder / "urn", salt=map("{:032x}".format, salts).__next__)
    return room


def vote(room: Room, method: ev.Method, anonymity: ev.Anonymity) -> Round:
    room.do(OpenRound(method=method, anonymity=anonymity, cards=() if isinstance(spec_of(method), OrderSpec) else ("B",)))
    choice = {"points": {"points": {"A": 7, "B": 0}}, "ranking": {"ranking": (("B", "A"), ("C",))}}.get(method, {"scores": {"B": 4}})
    for voice in ("coo", "cfo", "cio"):
        room.do(SealBallot(round=1, voice=voice, **choice))
    room.do(SealBallot(round=1, voice="cfo", **choice), SealBallot(round=1, voice="architect"), RevealBallots(round=1))
    return room.session.rounds[-1]


@pytest.mark.parametrize(("method", "anonymity"), [("points", "named"), ("ranking", "side"), ("score", "side")])
def test_every_ballot_is_proved_against_its_seal(tmp_path: Path, method: ev.Method, anonymity: ev.Anonymity) -> None:
    room = room_with_urn(tmp_path)
    round_ = vote(room, method, anonymity)
    proof = prove(round_)
    assert proof is not None
    assert (proof.proved, proof.holds, proof.gone) == (4, True, False)
    assert proof_told(room.session, round_) == "4 ballots proved against their seals."


@pytest.mark.parametrize(
    "change",
    [{"points": (("A", 8),)}, {"salt": "0" * 32}, {"salt": "not a salt"}, {"seal": "0" * 64}, {"abstained": True}, {"voice": "vp-sales"}],
    ids="-".join,
)
def test_a_ballot_that_was_changed_after_its_seal_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    room = room_with_urn(tmp_path)
    round_ = vote(room, "points", "named")
    assert round_.revealed is not None
    ballots = tuple(each.model_copy(update=change) if each.voice == "cfo" else each for each in round_.revealed.ballots)
    forged = round_._replace(revealed=round_.revealed.model_copy(update={"ballots": ballots}))
    proof = prove(forged)
    assert proof is not None
    assert "cfo" in proof.wrong
    assert "CFO" in proof_told(room.session, forged)


def test_a_secret_ballot_that_was_lost_or_added_is_seen(tmp_path: Path) -> None:
    round_ = vote(room_with_urn(tmp_path), "points", "secret")
    assert round_.revealed is not None
    for ballots in (round_.revealed.ballots[1:], (*round_.revealed.ballots, round_.revealed.ballots[0])):
        proof = prove(round_._replace(revealed=round_.revealed.model_copy(update={"ballots": ballots})))
        assert proof is not None
        assert not proof.holds


def test_there_is_nothing_to_prove_before_the_reveal_nor_of_hands(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="score", cards=("B",)))
    assert prove(bare_room.session.rounds[0]) is None
    bare_room.do(CountHands(round=1, hands={"it": (3,)}))
    assert prove(bare_room.session.rounds[0]) is None
    assert proof_told(bare_room.session, bare_room.session.rounds[0]) == ""


def test_the_ledger_holds_every_override_with_its_reason(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cfo"), presence="present"), OverrideQuorum(reason="IT is at an incident"))
    room.do(OpenRound(), SealBallot(round=1, voice="coo", points={"P1": 5}), RevealBallots(round=1, override="IT votes by mail"))
    room.do(Decide(card="P1", word="start", override="the sponsor agreed by phone"))
    room.do(
        OpenRound(method="consent", cards=("P1",)), CountHands(round=2, hands={"business": (0,)}), AnswerConsent(card="P1", answer="the risk is mine")
    )
    room.do(OpenRound(), DropRound(round=3, reason="wrong cards"), CloseSession(leave_undecided=True, override="the bus leaves"))
    told = [(override_clause(room.session, each), each.reason) for each in overrides(room.session)]
    assert told == [
        ("The session went on without a quorum", "IT is at an incident"),
        ("Ballot 1 was revealed all the same, although it had ballots of one side only", "IT votes by mail"),
        ("Checkout: a decision was closed without consent", "the risk is mine"),
        (
            "Checkout: decided “Start”, although its sponsor, VP Sales, is neither present nor represented",
            "the sponsor agreed by phone",
        ),
        ("The session was closed all the same, although Checkout: 1 low hand without its sentence", "the bus leaves"),
    ]
