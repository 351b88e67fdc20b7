"""The urn: ballots that are indistinguishable until the reveal, each proved by its seal, none lost once sealed."""

import hashlib
import json
import os
import re
from itertools import cycle

import pytest
from disk import path_of
from store import library
from support import bare

from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.record.seal import seal_of
from sessions.store.tinydb.urn import Urn

SALTS = [f"{number:032x}" for number in (7, 1, 5, 3, 9, 2)]


@pytest.fixture
def urn(tmp_path):
    return Urn(tmp_path / "session.urn", salt=cycle(SALTS).__next__)


def test_a_sealed_ballot_comes_back_for_its_seal_which_is_the_promised_hash(urn):
    ballots = {"cio": {"crm": 60, "erp": 40}, "cfo": {}, "vp-sales": None, "zürich ☃": {"—": 100}}
    seals = {voice: urn.seal(1, voice, ballot) for voice, ballot in ballots.items()}
    opened = Urn(urn.path).open_seals(1, seals)
    assert {voice: ballot for voice, (_, ballot) in opened.items()} == ballots
    assert {voice: seal_of(*shown) for voice, shown in opened.items()} == seals
    assert urn.open_seals(1, {"cio": seals["cio"]}) == {"cio": opened["cio"]}
    promised = hashlib.sha256(SALTS[0].encode() + b'{"a":2,"b":1}').hexdigest()
    assert seal_of(SALTS[0], {"b": 1, "a": 2}) == seal_of(SALTS[0], {"a": 2, "b": 1}) == promised


def test_the_file_is_private_and_its_length_and_order_tell_nothing(tmp_path):
    sizes = set()
    for index, ballot in enumerate([None, {}, {"crm": 100}, {f"card-{n}": n for n in range(60)}]):
        urn = Urn(tmp_path / f"{index}.urn", salt=cycle(SALTS).__next__)
        for voice in "abcd":
            urn.seal(1, voice, ballot)
        assert urn.path.stat().st_mode & 0o777 == 0o600
        rows = [json.loads(row) for row in urn.path.read_text().splitlines()]
        assert [row["seal"] for row in rows] == sorted(row["seal"] for row in rows)
        assert set(rows[0]) == {"seal", "round", "voice", "salt", "ballot"}
        sizes.add(urn.path.stat().st_size)
    assert sizes == {4 * 4096}


def test_discarding_the_last_round_deletes_the_file(urn):
    one = urn.seal(1, "cio", {"crm": 60})
    two = urn.seal(2, "cio", {"crm": 60})
    urn.discard(3)
    urn.discard(1)
    with pytest.raises(RecordError):
        urn.open_seals(1, {"cio": one})
    assert urn.open_seals(2, {"cio": two})
    urn.path.with_name(f".{urn.path.name}.4711.tmp").write_text("left by a killed process")
    others = {urn.path.with_name(name) for name in (".another.urn.4711.tmp", f".{urn.path.name}.kept")}
    for each in others:
        each.touch()
    urn.discard(2)
    assert set(urn.path.parent.iterdir()) == others
    urn.discard(2)


@pytest.mark.parametrize(
    "content",
    [
        b"\n",
        b"[1]\n",
        bytes(4096),
        b"\xff\xfe",
        b'{"seal":"x","round":1,"voice":"a","salt":"y","ballot":1}',
        b'{"seal":"%064d","round":"1","voice":"a","salt":"%032d","ballot":1}' % (0, 0),
    ],
)
def test_a_corrupt_urn_is_refused_with_a_sentence_and_left_alone(urn, content):
    urn.path.write_bytes(content)
    for action in [
        lambda: urn.seal(1, "cio", {}),
        lambda: urn.keep_latest(1, "cio", "0" * 64),
        lambda: urn.open_seals(1, {}),
        lambda: urn.discard(1),
    ]:
        with pytest.raises(RecordError, match="damaged in row 1"):
            action()
    assert urn.path.read_bytes() == content


@pytest.mark.parametrize("salt", ["", "0" * 33, "A" * 32, "٣" * 32, "0" * 32 + "\n"])
def test_a_salt_has_one_shape(tmp_path, salt):
    urn = Urn(tmp_path / "session.urn", salt=lambda: salt)
    with pytest.raises(RecordError, match="salt"):
        urn.seal(1, "cio", {})
    assert not urn.path.exists()


def test_it_follows_no_link_and_reads_no_pipe(urn, tmp_path):
    (tmp_path / "elsewhere").write_text("mine")
    urn.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RecordError):
        urn.seal(1, "cio", {})
    assert (tmp_path / "elsewhere").read_text() == "mine"
    urn.path.unlink()
    os.mkfifo(urn.path)
    with pytest.raises(RecordError):
        urn.open_seals(1, {})


# ---------------------------------------------------------------- damage


BALLOTS = {"coo": {"points": {"A": 30, "B": 20}}, "cfo": {"points": {"C": 10}}, "cio": None}
ROW = 4096


@pytest.fixture
def seals(urn):
    """Return the seals of three ballots in the urn."""
    return {voice: urn.seal(1, voice, ballot) for voice, ballot in BALLOTS.items()}


def refusal(urn, content, seals):
    """Open an urn with other content: the ballots are those that were cast, or return the sentence that refuses them."""
    urn.path.write_bytes(content)
    try:
        shown = urn.open_seals(1, seals)
    except RecordError as error:
        sentence = str(error)
    else:
        assert {voice: ballot for voice, (_, ballot) in shown.items()} == BALLOTS
        return ""
    assert sentence.isprintable()
    assert re.search(r"is damaged in row \d+: move it away, and ask for|does not hold the ballot that .*: ask for it again", sentence)
    assert urn.path.read_bytes() == content
    return sentence


@pytest.mark.promise("store-S3")
def test_an_urn_cut_anywhere_gives_what_was_cast_or_says_what_is_missing(urn, seals):
    rows = urn.path.read_bytes()
    words = len(rows.rstrip())  # beyond that only blanks are gone
    for size in (size for size in range(len(rows)) if size % ROW < 400 or size % ROW == ROW - 1):
        assert refusal(urn, rows[:size], seals) or size >= words


@pytest.mark.promise("store-S6")
def test_an_urn_with_a_bit_flipped_gives_what_was_cast_or_is_refused(urn, seals):
    rows = urn.path.read_bytes()
    words = [place for place, byte in enumerate(rows) if byte not in b" \n"]
    for place in words:
        changed = bytearray(rows)
        changed[place] ^= 1 << place % 8
        assert refusal(urn, changed, seals)


@pytest.mark.promise("store-S7")
def test_rows_of_an_urn_that_were_doubled_lost_swapped_or_brought_from_elsewhere_change_no_ballot(urn, seals):
    rows = urn.path.read_bytes()
    first, second, third = lines = rows.splitlines(keepends=True)
    assert refusal(urn, rows + first, seals) == refusal(urn, third + second + first, seals) == ""
    own, other, *_ = map(json.loads, lines)
    lost = refusal(urn, second + third, seals)
    assert [voice for voice in BALLOTS if repr(voice) in lost] == [own["voice"]]
    # Another's ballot under its own name and number, with its seal or the other's; its own in another round.
    for fields in ({**other, "voice": own["voice"]}, {**other, "voice": own["voice"], "seal": own["seal"]}, {**own, "round": 2}):
        assert repr(own["voice"]) in refusal(urn, json.dumps(fields).encode() + b"\n" + second + third, seals)


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
