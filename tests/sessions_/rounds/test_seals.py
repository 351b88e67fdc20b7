"""A record of a ballot holds its seal and no choice; after the reveal every ballot is proved (METHOD 2.6, 2.8)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import CHOICES, opening
from disk import DiskLibrary
from support import FakeClock, Room, bare

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.export.json_export import as_json
from sessions.record import events as ev
from sessions.replay.narration import narrate
from sessions.rounds.consent import consent_of
from sessions.rounds.methods.duel import duel_hands, duel_of
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.seals import Proof, proof_told, prove
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.consent.view import ConsentView
from tui.environment import token

ON_CARDS = [method for method in ev.METHODS if not spec_of(method).adds_up]
ODD: dict[str, dict[str, Any]] = {
    "points": {"points": {"P01": 3, "P02": 0}},
    "ranking": {"ranking": (("P02", "P01"), ("P03",))},
    "consent": {"scores": {"P02": 1}, "words": "too early\x1b"},
}


def revealed(folder: Path, method: ev.Method, anonymity: ev.Anonymity) -> tuple[Session, Round]:
    """Reveal four ballots: the two choices of the method, an abstention and an odd one. One of them was changed."""
    choices = (*CHOICES[method], {}, ODD.get(method, {}))
    with DiskLibrary(folder, FakeClock(), token).create(bare("P01 P02 P03 P04")) as opened:
        opened.live.perform_all([MarkAttendance(presence="present"), *opening(method, anonymity)])
        for voice, choice in zip(("cfo", "coo", "cfo", "cio", "architect"), (choices[0], *choices), strict=True):
            opened.live.perform(SealBallot(round=1, voice=voice, **choice))
        sealed = [each.as_record() for each in opened.live.recordeds if isinstance(each.event, ev.BallotSealed)]
        assert {tuple(record) for record in sealed} == {("seq", "at", "by", "elapsed", "kind", "round", "voice", "seal")}
        assert {len(record["seal"]) for record in sealed} == {64}
        opened.live.perform(RevealBallots(round=1))
    return opened.live.session, opened.live.session.rounds[0]


# --- what is proved after the reveal


@pytest.mark.parametrize("anonymity", ev.ANONYMITIES)
@pytest.mark.parametrize("method", ON_CARDS)
def test_every_ballot_is_sealed_alike_and_proved_against_its_seal(tmp_path: Path, method: ev.Method, anonymity: ev.Anonymity) -> None:
    session, round_ = revealed(tmp_path, method, anonymity)
    assert prove(round_) == Proof(proved=4, gone=anonymity == "secret")
    gone = " at the reveal; nothing recorded tells whose they were" if anonymity == "secret" else ""
    assert proof_told(session, round_) == f"4 ballots proved against their seals{gone}."
    assert round_.revealed is not None
    if anonymity == "secret":
        assert {(each.voice, each.side, each.salt, each.seal) for each in round_.revealed.ballots} == {("", "", "", "")}
        assert (round_.revealed.side_orders, {each.abstained for each in round_.revealed.turnout}) == ((), {0})


@pytest.mark.parametrize(
    "change",
    [{"points": (("P01", 8),)}, {"salt": "0" * 32}, {"salt": "not a salt"}, {"seal": "0" * 64}, {"abstained": True}, {"voice": "vp-sales"}],
    ids="-".join,
)
def test_a_ballot_that_was_changed_after_its_seal_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    session, round_ = revealed(tmp_path, "points", "named")
    assert round_.revealed is not None
    ballots = tuple(each.model_copy(update=change) if each.voice == "cfo" else each for each in round_.revealed.ballots)
    forged = round_._replace(revealed=round_.revealed.model_copy(update={"ballots": ballots}))
    proof = prove(forged)
    assert proof is not None
    assert proof.wrong == (("cfo", "vp-sales") if "voice" in change else ("cfo",))
    assert "CFO" in proof_told(session, forged)


def test_a_secret_ballot_that_was_lost_or_added_is_seen(tmp_path: Path) -> None:
    _, round_ = revealed(tmp_path, "points", "secret")
    assert round_.revealed is not None
    for ballots in (round_.revealed.ballots[1:], (*round_.revealed.ballots, round_.revealed.ballots[0])):
        proof = prove(round_._replace(revealed=round_.revealed.model_copy(update={"ballots": ballots})))
        assert proof is not None
        assert not proof.holds


def test_there_is_nothing_to_prove_before_the_reveal_nor_of_hands(bare_room: Room) -> None:
    bare_room.do(OpenRound(method="score", cards=("B",)))
    assert prove(bare_room.session.rounds[0]) is None
    bare_room.do(CountHands(round=1, hands={"it": (3,)}))
    assert proof_told(bare_room.session, bare_room.session.rounds[0]) == ""


# --- what would tell the ballot of one


@pytest.mark.parametrize("method", ["duel", "consent"])
def test_the_ballot_of_the_only_voter_of_a_side_is_not_told_by_side(method: ev.Method) -> None:
    """If IT has one voter, every count by side would say what the CIO gave: only counts of the whole room are shown."""
    room, (one, other) = Room(bare("P01 P02 P03 P04")).everybody(), CHOICES[method]
    room.do(*opening(method, "side"))
    for voice, choice in {"coo": one, "cfo": one, "vp-sales": one, "cio": other}.items():
        room.do(SealBallot(round=1, voice=voice, **choice))
    room.do(RevealBallots(round=1, override="the architect is away"))
    told = " ".join(narrate(room.session, each) for each in room.live.recordeds[-2:])
    if method == "duel":
        assert duel_hands(duel_of(room.session.rounds[0])) == "1 to 3"
        assert room.session.order[1] == "P02"
    if method == "consent":
        consent = consent_of(room.session, "P02")
        assert consent is not None
        assert consent.result.means == {"": Fraction(15, 4)}
        assert consent.owed == (("", "objection"),)
        assert ConsentView(room.session, "P02").owed[0].words == "it breaks the branches"
        assert "mean 3.8" in told
    assert "IT" not in told
    exported = as_json(room.session)["rounds"][0]
    assert all("side" not in ballot and "voice" not in ballot for ballot in exported["ballots"])
    assert all("abstained" not in turnout for turnout in exported["turnout"])
