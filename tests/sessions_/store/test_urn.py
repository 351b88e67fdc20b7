"""The urn: ballots that nobody can tell apart until the reveal, each proved by its seal, none lost once it is sealed."""

import contextlib
import errno
import hashlib
import itertools
import json
import os
import re
import shutil
from typing import NamedTuple

import pytest
from disk import path_of
from store import Faulty, Quick, failure, library
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


def test_a_sealed_ballot_comes_back_for_its_seal(urn):
    ballots = {"cio": {"crm": 60, "erp": 40}, "cfo": {}, "vp-sales": None, "zürich ☃": {"—": 100}}
    seals = {voice: urn.seal(1, voice, ballot, salt) for (voice, ballot), salt in zip(ballots.items(), SALTS, strict=False)}
    opened = Urn(urn.path).open_seals(1, seals)
    assert {voice: ballot for voice, (_, ballot) in opened.items()} == ballots
    for voice, (salt, ballot) in opened.items():
        assert seal_of(salt, ballot) == seals[voice]
    assert urn.open_seals(1, {"cio": seals["cio"]}) == {"cio": opened["cio"]}


def test_the_seal_is_the_promised_hash_whatever_the_order_of_the_cards():
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


def test_a_changed_ballot_keeps_the_earlier_one_until_it_is_settled(urn):
    first = urn.seal(1, "cio", {"crm": 60}, SALTS[0])
    second = urn.seal(1, "cio", {"crm": 40}, SALTS[1])
    other_round = urn.seal(2, "cio", {"crm": 1}, SALTS[2])
    other_voice = urn.seal(1, "cfo", {"crm": 2}, SALTS[3])
    assert urn.open_seals(1, {"cio": first})["cio"][1] == {"crm": 60}
    assert urn.open_seals(1, {"cio": second})["cio"][1] == {"crm": 40}
    urn.keep_latest(1, "cio", second)
    urn.keep_latest(1, "cio", second)
    with pytest.raises(RecordError, match="'cio'"):
        urn.open_seals(1, {"cio": first})
    assert urn.open_seals(1, {"cio": second, "cfo": other_voice})["cio"][1] == {"crm": 40}
    assert urn.open_seals(2, {"cio": other_round})["cio"][1] == {"crm": 1}
    with pytest.raises(RecordError):
        urn.keep_latest(1, "cio", first)
    assert urn.open_seals(1, {"cio": second})


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


def test_a_missing_or_altered_ballot_is_named(urn):
    with pytest.raises(RecordError, match="'cio'"):
        urn.open_seals(1, {"cio": "0" * 64})
    seals = {voice: urn.seal(1, voice, {"crm": 60}, salt) for voice, salt in zip(("cio", "cfo"), SALTS, strict=False)}
    good = urn.path.read_bytes()
    row = good.index(seals["cfo"].encode())
    place = good.index(b'{"crm":60}', row)
    for other in (b'{"crm":61}', b'{"crm":6.}'):
        urn.path.write_bytes(good[:place] + other + good[place + len(other) :])
        with pytest.raises(RecordError) as refusal:
            urn.open_seals(1, seals)
        assert "'cio'" not in str(refusal.value)
        assert "'cfo'" in str(refusal.value) or "row" in str(refusal.value)
    urn.path.write_bytes(good)
    with pytest.raises(RecordError, match="'cfo'"):
        urn.open_seals(2, {"cfo": seals["cfo"]})
    with pytest.raises(RecordError, match="'cfo'"):
        urn.open_seals(1, {"cfo": seals["cio"]})


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


@pytest.mark.parametrize("persistent", [False, True])
def test_a_fault_at_any_call_loses_no_sealed_ballot(tmp_path, persistent):
    for k in itertools.count(1):
        urn = Urn(tmp_path / f"{k}.urn")
        first = urn.seal(1, "cio", {"crm": 60}, SALTS[0])
        ops = Faulty(k, failure((errno.ENOSPC, errno.EIO, errno.EACCES)[k % 3]), persistent=persistent)
        with contextlib.suppress(RecordError):
            second = Urn(urn.path, ops).seal(1, "cio", {"crm": 40}, SALTS[1])
            assert urn.open_seals(1, {"cio": second})["cio"][1] == {"crm": 40}
        assert urn.open_seals(1, {"cio": first})["cio"][1] == {"crm": 60}
        if not ops.hit:
            break
        assert persistent or not list(tmp_path.glob("*.tmp"))
    assert k > 8


# ---------------------------------------------------------------- damage beside a whole session (RELIABILITY S3, S6, S7)

WORDS = 320
"""Bytes of a row that say something; the rest of its 4096 is blanks."""


@pytest.fixture(scope="module")
def voted(tmp_path_factory):
    """Give a session in which three ballots lie in the urn, as its files' bytes, with what the ballots say."""
    folder = tmp_path_factory.mktemp("voted") / "library"
    with library(folder).create(bare(), quarter="2026-Q3") as opened:
        live = opened.live
        for command in (MarkAttendance(presence="present"), OpenRound()):
            live.perform(command)
        for voice, points in BALLOTS.items():
            live.perform(SealBallot(round=1, voice=voice, points=points))
    path = path_of(opened)
    return Voted(path.name, path.read_bytes(), path.with_suffix(".urn").read_bytes(), dict(live.session.rounds[-1].seals))


BALLOTS = {"coo": {"A": 30, "B": 20}, "cfo": {"C": 10}, "cio": {"D": 25}}


class Voted(NamedTuple):
    name: str
    session: bytes
    urn: bytes
    seals: dict[str, str]

    def opened(self, path, content):
        """Give what an urn with this content reveals, or the sentence that it is refused with."""
        path.write_bytes(content)
        try:
            found = Urn(path, Quick()).open_seals(1, self.seals)
        except RecordError as error:
            return str(error)
        assert {voice: ballot["points"] for voice, (_, ballot) in found.items()} == BALLOTS
        return ""

    def reveal(self, folder, content):
        """Open the session beside such an urn and reveal; give the sentence of the refusal, or none. The session always opens and goes on."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path, sentence = folder / self.name, ""
        path.write_bytes(self.session)
        path.with_suffix(".urn").write_bytes(content)
        with library(folder).open(path) as opened:
            assert not opened.read_only
            assert path.read_bytes() == self.session
            try:
                [revealed] = opened.live.perform(RevealBallots(round=1, override="go"))
            except RecordError as error:
                sentence = str(error)
                assert path.read_bytes() == self.session
                opened.live.perform(DropRound(round=1, reason="the ballots are damaged"))
            else:
                assert {each.voice: dict(each.points) for each in revealed.event.ballots} == BALLOTS
            opened.live.perform(MoveCard(card="D", to=1))
        assert check(path).whole
        return sentence


def assert_told(sentence):
    """Check that damage is told in one sentence: what is wrong, and what to do about it."""
    assert sentence.isprintable()
    assert re.search(r"is damaged in row \d+: move it away, and ask for|does not hold the ballot that .* in round 1 .*: ask for it again", sentence)


@pytest.mark.promise("store-S3")
def test_an_urn_cut_anywhere_reveals_what_was_cast_or_says_what_is_missing(voted, tmp_path):
    rows = len(voted.urn) // 3
    for size in {*range(0, len(voted.urn.rstrip()), 97), *(row + place for row in range(0, 3 * rows, rows) for place in (0, 1, rows - 1))}:
        sentence = voted.opened(tmp_path / "x.urn", voted.urn[:size])
        if sentence or size < len(voted.urn.rstrip()):  # behind that only blanks are gone
            assert_told(sentence)
        if size % rows in (0, rows - 1):
            assert bool(voted.reveal(tmp_path / "library", voted.urn[:size])) == bool(sentence)


@pytest.mark.promise("store-S6")
def test_an_urn_with_a_bit_flipped_is_refused_and_the_session_beside_it_is_not(voted, tmp_path):
    tried = 0
    for place in range(0, len(voted.urn), 5):
        if place % 4096 > WORDS:
            continue
        changed = bytearray(voted.urn)
        changed[place] ^= 1 << place % 8
        sentence = voted.opened(tmp_path / "x.urn", bytes(changed))
        assert not sentence or assert_told(sentence) is None
        tried += bool(sentence)
        if place % 40 == 0:
            assert bool(voted.reveal(tmp_path / "library", bytes(changed))) == bool(sentence)
    assert tried > 2 * WORDS / 5


@pytest.mark.promise("store-S7")
def test_rows_of_an_urn_that_were_doubled_lost_swapped_or_brought_from_elsewhere_change_no_ballot(voted, tmp_path):
    rows = voted.urn.splitlines(keepends=True)
    voices = [json.loads(row)["voice"] for row in rows]
    for number, row in enumerate(rows):
        assert voted.reveal(tmp_path / "library", voted.urn + row) == ""
        for other in range(3):
            swapped = list(rows)
            swapped[number], swapped[other] = rows[other], rows[number]
            assert voted.reveal(tmp_path / "library", b"".join(swapped)) == ""
            # Each takes the place of another, under the other's name and number.
            stolen = {**json.loads(rows[other]), "voice": voices[number]}
            for fields in (stolen, {**stolen, "seal": json.loads(row)["seal"]}, {**json.loads(row), "round": 2}):
                sentence = voted.reveal(tmp_path / "library", b"".join([*rows[:number], json.dumps(fields).encode() + b"\n", *rows[number + 1 :]]))
                if fields != json.loads(row):
                    assert_told(sentence)
                    assert repr(voices[number]) in sentence
        lost = voted.reveal(tmp_path / "library", b"".join(rows[:number] + rows[number + 1 :]))
        assert_told(lost)
        assert [voice for voice in voices if repr(voice) in lost] == [voices[number]]
