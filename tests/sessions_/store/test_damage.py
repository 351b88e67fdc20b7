"""A session file that is not what was written: what is torn, changed, lost or foreign is found, reported, and never accepted."""

from pathlib import Path

import pytest
from store import Quick, event
from tinydb import TinyDB

from sessions.errors import RecordError
from sessions.record.chain import CHAIN_END, CHAIN_KEY, FIRST_CHAIN, chain_of
from sessions.store.ports import DamagedError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.lines import CLOSING, HEADER, scan, session_file
from sessions.store.tinydb.repair import check, repair

WHOLE = session_file([event(number, text=f"[ERP] Zürich — {number}", ranks=[number, 2]) for number in range(1, 6)])
RECORDS = scan(WHOLE).records
STARTS = [place + 1 for place in range(len(WHOLE)) if WHOLE[place : place + 1] == b"\n"]
"""Where each line begins, and the closing."""


@pytest.fixture
def path(tmp_path):
    """Return the file of a session with five records."""
    path = tmp_path / "session.json"
    path.write_bytes(WHOLE)
    return path


def opened(path, **how):
    return Journal.open(path, holder="a test", ops=Quick(), **how)


def flipped(data, place):
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


# ---------------------------------------------------------------- torn tails


@pytest.mark.promise("store-S3", "store-S5")
def test_a_file_cut_at_any_byte_holds_every_complete_record_and_goes_on(tmp_path):
    for cut in range(len(WHOLE)):
        path = tmp_path / f"cut-{cut}.json"
        path.write_bytes(WHOLE[:cut])
        complete = sum(start - 1 <= cut for start in STARTS[1:])
        if complete == 0:
            refusal = "no session" if cut < len(HEADER) else "record 1 is damaged"
            with pytest.raises(RecordError, match=refusal):
                opened(path)
            assert path.read_bytes() == WHOLE[:cut]
            continue
        torn = WHOLE[min(cut, STARTS[complete]) : cut]
        aside = path.with_name(path.name + ".torn")
        with opened(path) as journal:
            assert journal.records == RECORDS[:complete]
            [notice] = journal.notices
            if torn in (b"", b"}"):
                assert not aside.exists()
            else:
                assert aside.read_bytes() == torn
                assert f"{len(torn)} bytes" in notice
            journal.append(event(complete + 1))
        assert check(path).whole
        with TinyDB(path) as stock:
            assert len(stock.table("events")) == complete + 1


@pytest.mark.promise("store-S8")
@pytest.mark.parametrize("garbage", [b"\0" * 4096, b"\xff\n\xfe" * 300, b'"9": {"seq":9}'])
@pytest.mark.parametrize("closing", [CLOSING, b""])
def test_zeros_and_garbage_behind_the_good_end_are_set_aside(path, garbage, closing):
    path.write_bytes(WHOLE[:-2] + closing + garbage)
    with opened(path) as journal:
        assert journal.records == RECORDS
        if closing or b"\n" not in garbage:
            assert path.with_name("session.json.torn").read_bytes() == garbage
            assert path.read_bytes() == WHOLE
        else:
            assert "record 6 is damaged" in journal.read_only_reason


# ---------------------------------------------------------------- damage


@pytest.mark.promise("store-S4", "store-S6")
def test_no_flipped_bit_is_ever_taken_for_good(path):
    for place in range(len(WHOLE)):
        path.write_bytes(flipped(WHOLE, place))
        number = sum(start <= place for start in STARTS)
        if number == 1:
            with pytest.raises(DamagedError, match="record 1 is damaged at byte 13"):
                opened(path)
        elif place >= STARTS[-1] - 1:  # the last line end and the closing, which carry nothing
            with opened(path) as journal:
                assert journal.records == RECORDS
                assert journal.notices
            continue
        else:
            where = f"record {number} is damaged at byte {STARTS[number - 1]}" if number else f"the opening line is damaged at byte {place}"
            with opened(path) as journal:
                assert where in journal.read_only_reason
                assert journal.records == (RECORDS[: number - 1] if number else RECORDS)
                with pytest.raises(RecordError):
                    journal.append(event(journal.next_seq))
        assert path.read_bytes() == flipped(WHOLE, place)


@pytest.mark.promise("store-S4")
def test_a_last_record_that_was_changed_and_lacks_its_end_is_not_taken_for_torn(path):
    start, data = STARTS[-2], WHOLE.removesuffix(b"\n}}")
    for place in range(start, data.rindex(b',"chain"')):
        path.write_bytes(flipped(data, place))
        with opened(path) as journal:
            assert journal.records == RECORDS[:4]
            assert f"record 5 is damaged at byte {start}" in journal.read_only_reason
        assert path.read_bytes() == flipped(data, place)


@pytest.mark.promise("store-S7")
@pytest.mark.parametrize(
    ("change", "first_bad", "named"),
    [
        (lambda x: [*x[:3], x[2], *x[3:]], 3, "record 2 is where record 3 should be"),
        (lambda x: [*x[:2], x[3], x[2], *x[4:]], 2, "record 3 is where record 2 should be"),
        (lambda x: [*x[:3], CLOSING, *x[3:]], 3, "not those that were written"),
        (lambda x: [*x[:3], x[3].replace(b'"3": ', b'"4": '), *x[4:]], 3, "record 4 is where record 3 should be"),
    ],
    ids=["doubled", "swapped", "closed", "renumbered"],
)
def test_doubled_lost_swapped_and_changed_lines_are_named(path, change, first_bad, named):
    *lines, closing = WHOLE.split(b"\n")
    before = b"\n".join([*change(lines), closing])
    path.write_bytes(before)
    with opened(path) as journal:
        assert journal.records == RECORDS[: first_bad - 1]
        assert journal.damage.record_number == first_bad
        for words in (f"record {first_bad} is damaged", named):
            assert words in journal.read_only_reason
    assert path.read_bytes() == before
    report = check(path)
    assert (report.records, report.whole) == (first_bad - 1, False)
    assert named in report.problem


def test_a_well_chained_line_that_is_no_record_is_refused():
    for payload in [b'{"seq":2', b'{"seq":1,"x":\xff', b'["seq"', b'{"seq":1,"x":NaN']:
        found = scan(HEADER + b'"1": ' + payload + CHAIN_KEY + chain_of(FIRST_CHAIN, payload) + CHAIN_END + b"\n" + CLOSING)
        assert (found.records, found.damage.record_number) == ([], 1)


@pytest.mark.parametrize("content", [b"", b'{"ev', b'{"_default": {"1": {"a": 1}}}', b"PK\x03\x04" + bytes(500)])
def test_empty_and_foreign_files_are_refused_with_one_sentence(path, content):
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(RecordError, match=r"session\.json: it (holds no|is not a)") as refusal:
            opened(path, read_only=read_only)
        assert "\n" not in str(refusal.value)
    assert not check(path).whole
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["session.json"]


# ---------------------------------------------------------------- reading only, check, repair


def test_opening_for_reading_changes_nothing(path):
    before = WHOLE[:-2] + b',"6": {"se'
    path.write_bytes(before)
    with opened(path, read_only=True) as reader:
        assert (reader.records, reader.read_only) == (RECORDS, True)
        assert "10 bytes" in reader.notices[0]
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [(path.name, before)]


def test_check_proves_a_session_whole_even_while_it_is_live(path):
    with opened(path) as journal:
        journal.append(event(6))
        assert check(path) == (6, True, "", False)
    for cut, words in [(2, "closing"), (60, "unfinished")]:
        path.write_bytes(WHOLE[:-cut])
        report = check(path)
        assert not report.whole
        assert words in report.problem
        assert path.read_bytes() == WHOLE[:-cut]


@pytest.mark.promise("store-S6")
def test_repair_writes_a_copy_with_everything_before_the_damage(path):
    damaged = WHOLE.replace(b"\xe2\x80\x94 3", b"\xe2\x80\x94 9")
    path.write_bytes(damaged)
    report = repair(path)
    copy = Path(report.location)
    assert (copy.name, copy.stat().st_mode & 0o777) == ("session.repaired.json", 0o600)
    assert (report.records, report.bytes_left_out) == (2, len(WHOLE[STARTS[2] : -2]))
    assert path.read_bytes() == damaged
    with opened(copy) as journal:
        assert journal.records == RECORDS[:2]
        assert repair(path).location == str(copy)  # the same copy once more
        journal.append(event(3))
    assert Path(repair(path).location).name == "session.repaired-2.json"
    assert check(copy).records == 3
