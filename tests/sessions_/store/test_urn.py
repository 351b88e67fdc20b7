"""The urn: ballots that are indistinguishable until the reveal, each proved by its seal, none lost once sealed."""

import hashlib
import json
import os
import re
import shutil

import pytest
from disk import path_of
from store import library
from support import bare

from sessions.commands.cards import MoveCard
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.record.seal import seal_of
from sessions.store.tinydb.repair import check
from sessions.store.tinydb.urn import Urn

SALTS = [f"{number:032x}" for number in (7, 1, 5, 3, 9, 2)]


@pytest.fixture
def urn(tmp_path):
    return Urn(tmp_path / "session.urn")


def test_a_sealed_ballot_comes_back_for_its_seal_which_is_the_promised_hash(urn):
    ballots = {"cio": {"crm": 60, "erp": 40}, "cfo": {}, "vp-sales": None, "zürich ☃": {"—": 100}}
    seals = {voice: urn.seal(1, voice, ballot, salt) for (voice, ballot), salt in zip(ballots.items(), SALTS, strict=False)}
    opened = Urn(urn.path).open_seals(1, seals)
    assert {voice: ballot for voice, (_, ballot) in opened.items()} == ballots
    assert {voice: seal_of(*shown) for voice, shown in opened.items()} == seals
    assert urn.open_seals(1, {"cio": seals["cio"]}) == {"cio": opened["cio"]}
    promised = hashlib.sha256(SALTS[0].encode() + b'{"a":2,"b":1}').hexdigest()
    assert seal_of(SALTS[0], {"b": 1, "a": 2}) == seal_of(SALTS[0], {"a": 2, "b": 1}) == promised


def test_the_file_is_private_and_its_length_and_order_tell_nothing(tmp_path):
    sizes = set()
    for index, ballot in enumerate([None, {}, {"crm": 100}, {f"card-{n}": n for n in range(60)}]):
        urn = Urn(tmp_path / f"{index}.urn")
        for voice, salt in zip("abcd", SALTS, strict=False):
            urn.seal(1, voice, ballot, salt)
        assert urn.path.stat().st_mode & 0o777 == 0o600
        rows = [json.loads(row) for row in urn.path.read_text().splitlines()]
        assert [row["seal"] for row in rows] == sorted(row["seal"] for row in rows)
        assert set(rows[0]) == {"seal", "round", "voice", "salt", "ballot"}
        sizes.add(urn.path.stat().st_size)
    assert sizes == {4 * 4096}


def test_discarding_the_last_round_deletes_the_file(urn):
    one = urn.seal(1, "cio", {"crm": 60}, SALTS[0])
    two = urn.seal(2, "cio", {"crm": 60}, SALTS[1])
    urn.discard(3)
    urn.discard(1)
    with pytest.raises(RecordError):
        urn.open_seals(1, {"cio": one})
    assert urn.open_seals(2, {"cio": two})
    urn.path.with_name(f".{urn.path.name}.4711.tmp").write_text("left by a killed process")
    urn.discard(2)
    assert list(urn.path.parent.iterdir()) == []
    urn.discard(2)


@pytest.mark.parametrize(
    "content",
    [b"\n", b"[1]\n", bytes(4096), b"\xff\xfe", b'{"seal":"x","round":1,"voice":"a","salt":"y","ballot":1}'],
)
def test_a_corrupt_urn_is_refused_with_a_sentence_and_left_alone(urn, content):
    urn.path.write_bytes(content)
    for action in [
        lambda: urn.seal(1, "cio", {}, SALTS[0]),
        lambda: urn.keep_latest(1, "cio", "0" * 64),
        lambda: urn.open_seals(1, {}),
        lambda: urn.discard(1),
    ]:
        with pytest.raises(RecordError, match="damaged in row 1"):
            action()
    assert urn.path.read_bytes() == content


@pytest.mark.parametrize("salt", ["", "0" * 33, "A" * 32, "٣" * 32, "0" * 32 + "\n"])
def test_a_salt_has_one_shape(urn, salt):
    with pytest.raises(RecordError, match="salt"):
        urn.seal(1, "cio", {}, salt)
    assert not urn.path.exists()


def test_it_follows_no_link_and_reads_no_pipe(urn, tmp_path):
    (tmp_path / "elsewhere").write_text("mine")
    urn.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RecordError):
        urn.seal(1, "cio", {}, SALTS[0])
    assert (tmp_path / "elsewhere").read_text() == "mine"
    urn.path.unlink()
    os.mkfifo(urn.path)
    with pytest.raises(RecordError):
        urn.open_seals(1, {})


# ---------------------------------------------------------------- damage beside a whole session

BALLOTS = {"coo": {"A": 30, "B": 20}, "cfo": {"C": 10}, "cio": {"D": 25}}
ROW = 4096
WORDS = 320
"""Bytes of a row that say something; the rest of it is blanks."""


@pytest.fixture(scope="module")
def voted(tmp_path_factory):
    """Return the file of a session with three ballots in the urn."""
    folder = tmp_path_factory.mktemp("voted") / "library"
    with library(folder).create(bare(), quarter="2026-Q3") as opened:
        opened.live.perform_all([MarkAttendance(presence="present"), OpenRound()])
        for voice, points in BALLOTS.items():
            opened.live.perform(SealBallot(round=1, voice=voice, points=points))
    return path_of(opened)


@pytest.fixture
def rows(voted):
    return voted.with_suffix(".urn").read_bytes()


@pytest.fixture
def reveal(voted, tmp_path):
    """Open the session beside other bytes of an urn and reveal; return the refusal, or none. The session always opens and continues."""
    path = tmp_path / "library" / voted.name

    def act(urn):
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        path.write_bytes(voted.read_bytes())
        path.with_suffix(".urn").write_bytes(urn)
        sentence = ""
        with library(path.parent).open(path) as opened:
            assert not opened.read_only
            try:
                [revealed] = opened.live.perform(RevealBallots(round=1, override="go"))
                assert {each.voice: dict(each.points) for each in revealed.event.ballots} == BALLOTS
            except RecordError as error:
                sentence = str(error)
                assert sentence.isprintable()
                assert re.search(r"is damaged in row \d+: move it away, and ask for|does not hold the ballot that .*: ask for it again", sentence)
                assert path.read_bytes() == voted.read_bytes()
                opened.live.perform(DropRound(round=1, reason="the ballots are damaged"))
            opened.live.perform(MoveCard(card="D", to=1))
        assert check(path).whole
        return sentence

    return act


@pytest.mark.promise("store-S3")
def test_an_urn_cut_anywhere_reveals_what_was_cast_or_says_what_is_missing(rows, reveal):
    words = len(rows.rstrip())  # beyond that only blanks are gone
    for size in {*range(0, words, 397), *(row + place for row in range(0, 3 * ROW, ROW) for place in (0, 1, ROW - 1))}:
        assert reveal(rows[:size]) or size >= words


@pytest.mark.promise("store-S6")
def test_an_urn_with_a_bit_flipped_is_refused_and_the_session_beside_it_is_not(rows, reveal):
    refused = 0
    for place in range(0, len(rows), 11):
        if place % ROW < WORDS:
            changed = bytearray(rows)
            changed[place] ^= 1 << place % 8
            refused += bool(reveal(changed))
    assert refused > 2 * WORDS / 11


@pytest.mark.promise("store-S7")
def test_rows_of_an_urn_that_were_doubled_lost_swapped_or_brought_from_elsewhere_change_no_ballot(rows, reveal):
    first, second, third = lines = rows.splitlines(keepends=True)
    assert reveal(rows + first) == reveal(third + second + first) == ""
    own, other, *_ = map(json.loads, lines)
    lost = reveal(second + third)
    assert [row["voice"] for row in map(json.loads, lines) if repr(row["voice"]) in lost] == [own["voice"]]
    # Another's ballot under its own name and number, with its seal or the other's; its own in another round.
    for fields in ({**other, "voice": own["voice"]}, {**other, "voice": own["voice"], "seal": own["seal"]}, {**own, "round": 2}):
        assert repr(own["voice"]) in reveal(json.dumps(fields).encode() + b"\n" + second + third)


@pytest.mark.parametrize("end", [RevealBallots(round=1, override="go"), DropRound(round=1, reason="again")])
def test_two_votes_of_a_voter_in_one_batch_leave_nothing_in_the_urn(tmp_path, end):
    twice = [SealBallot(round=1, voice="cfo", points={card: 1}) for card in "AB"]
    with library(tmp_path).create(bare()) as opened:
        urn = Urn(path_of(opened).with_suffix(".urn"))
        opened.live.perform_all([MarkAttendance(presence="present"), OpenRound(), *twice])
        assert len(urn.path.read_bytes().splitlines()) == 1
        assert urn.open_seals(1, opened.live.session.rounds[0].seals)["cfo"][1] == {"points": {"B": 1}}
        opened.live.perform_all([*twice, end])
        assert not urn.path.exists()
