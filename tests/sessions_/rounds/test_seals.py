"""Nothing outside the urn depends on a choice until the reveal, not even a length; after it every ballot is proved (METHOD 2.6, 2.8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import CHOICES, opening
from disk import DiskLibrary, path_of
from support import FakeClock, Room, bare

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.export.json_export import as_json
from sessions.library.library import OpenSession
from sessions.record import events as ev
from sessions.replay.narration import narrate
from sessions.rounds.consent import consent_of
from sessions.rounds.methods.duel import duel_hands, duel_of
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.seals import Proof, proof_told, prove
from sessions.state.rounds import Round
from tui.consent.view import ConsentView

Ballots = Iterable[tuple[str, dict[str, Any]]]
ON_CARDS = [method for method in ev.METHODS if not spec_of(method).adds_up]
ODD: dict[str, dict[str, Any]] = {
    "points": {"points": {"P01": 3, "P02": 0}},
    "ranking": {"ranking": (("P02", "P01"), ("P03",))},
    "consent": {"scores": {"P02": 1}, "words": "too early\x1b"},
}


def sealed(folder: Path, method: ev.Method, anonymity: ev.Anonymity, ballots: Ballots) -> OpenSession:
    """Hold a session up to its sealed ballots, with clock and chance fixed."""
    chance = count(1)
    library = DiskLibrary(folder, FakeClock(), token=lambda length: f"{next(chance):032x}"[-length:])
    opened = library.create(bare("P01 P02 P03 P04"), title="Q3", quarter="2026-Q3")
    opened.live.perform_all([MarkAttendance(presence="present"), *opening(method, anonymity)])
    for voice, choice in ballots:
        opened.live.perform(SealBallot(round=1, voice=voice, **choice))
    library.entries()
    return opened


def revealed(folder: Path, method: ev.Method, anonymity: ev.Anonymity) -> tuple[OpenSession, Round]:
    """Reveal four ballots: the two choices of the method, an abstention and an odd one. One of them was changed."""
    choices = (*CHOICES[method], {}, ODD.get(method, {}))
    ballots = list(zip(("coo", "cfo", "cio", "architect"), choices, strict=True))
    with sealed(folder, method, anonymity, [("cfo", choices[0]), *ballots]) as opened:
        opened.live.perform(RevealBallots(round=1))
    return opened, opened.live.session.rounds[0]


def outside(folder: Path) -> dict[str, bytes]:
    """Return every byte of a folder but the urn's, the seals, what is computed over them, and the times that the disk keeps."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".urn":
            hidden = re.sub(rb'"(seal|chain|sha256)": ?"[0-9a-f]+"', rb'"\1"', path.read_bytes())
            found[path.name] = re.sub(rb'"stamp": "\d+ (\d+) \d+"', rb'"size": \1', hidden)
    return found


@pytest.mark.parametrize("anonymity", ev.ANONYMITIES)
@pytest.mark.parametrize("method", ev.METHODS)
def test_two_voices_that_swap_their_ballots_change_no_byte_but_the_urn_and_the_seals(
    tmp_path: Path, method: ev.Method, anonymity: ev.Anonymity
) -> None:
    files, (one, other) = [], CHOICES[method]
    for folder, coo, cfo in (("first", one, other), ("second", other, one)):
        with sealed(tmp_path / folder, method, anonymity, (("coo", coo), ("cfo", cfo), ("cio", {}), ("coo", coo))) as opened:
            files.append(path_of(opened))
    assert outside(tmp_path / "first") == outside(tmp_path / "second")
    urns = [file.with_suffix(".urn").read_bytes() for file in files]
    assert len(urns[0]) == len(urns[1])
    assert urns[0] != urns[1]
    # For every choice, an abstention too, the record has the same fields and the same length.
    records = [json.loads(line.rstrip(b",").split(b":", 1)[1]) for line in files[0].read_bytes().splitlines() if b"ballot_sealed" in line]
    assert {tuple(sorted(record)) for record in records} == {("at", "by", "chain", "elapsed", "kind", "round", "seal", "seq", "voice")}
    assert len({len(json.dumps(record)) for record in records}) == 1


@pytest.mark.parametrize("end", [RevealBallots(round=1, override="go"), DropRound(round=1, reason="wrong cards")], ids=["reveal", "drop"])
def test_the_urn_is_for_its_owner_alone_and_goes_with_the_round(tmp_path: Path, end: RevealBallots | DropRound) -> None:
    with sealed(tmp_path, "points", "side", zip(("coo", "cfo"), CHOICES["points"], strict=True)) as opened:
        path = path_of(opened)
        assert path.with_suffix(".urn").stat().st_mode & 0o777 == 0o600
        opened.live.perform(end)
    holding = [each for each in tmp_path.iterdir() if re.search(rb'"points": ?[\[{]', each.read_bytes())]
    assert holding == ([path] if isinstance(end, RevealBallots) else [])
    assert not path.with_suffix(".urn").exists()


# --- what is proved after the reveal


@pytest.mark.parametrize("anonymity", ev.ANONYMITIES)
@pytest.mark.parametrize("method", ON_CARDS)
def test_every_ballot_is_proved_against_its_seal(tmp_path: Path, method: ev.Method, anonymity: ev.Anonymity) -> None:
    opened, round_ = revealed(tmp_path, method, anonymity)
    assert prove(round_) == Proof(proved=4, gone=anonymity == "secret")
    assert proof_told(opened.live.session, round_).startswith("4 ballots proved against their seals")


@pytest.mark.parametrize(
    "change",
    [{"points": (("P01", 8),)}, {"salt": "0" * 32}, {"salt": "not a salt"}, {"seal": "0" * 64}, {"abstained": True}, {"voice": "vp-sales"}],
    ids="-".join,
)
def test_a_ballot_that_was_changed_after_its_seal_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    opened, round_ = revealed(tmp_path, "points", "named")
    assert round_.revealed is not None
    ballots = tuple(each.model_copy(update=change) if each.voice == "cfo" else each for each in round_.revealed.ballots)
    forged = round_._replace(revealed=round_.revealed.model_copy(update={"ballots": ballots}))
    proof = prove(forged)
    assert proof is not None
    assert proof.wrong == (("cfo", "vp-sales") if "voice" in change else ("cfo",))
    assert "CFO" in proof_told(opened.live.session, forged)


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


@pytest.mark.parametrize("method", ["points", "duel", "consent"])
def test_the_ballot_of_the_only_voter_of_a_side_is_not_told_by_side(method: ev.Method) -> None:
    """If IT has one voter, every count by side would say what the CIO gave: only counts of the whole room are shown."""
    room, (one, other) = Room(bare("P01 P02 P03 P04")).everybody(), CHOICES[method]
    room.do(*opening(method, "side"))
    of_cio = {} if method == "points" else other  # an abstention is not shown either
    for voice, choice in {"coo": one, "cfo": one, "vp-sales": one, "cio": of_cio}.items():
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
