"""The journal: what is appended comes back, from us and from stock TinyDB; what is not whole is found, told, and never taken for good."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store import Quick
from tinydb import TinyDB, where
from tinydb.table import Document

from sessions.errors import RecordError
from sessions.record.chain import CHAIN_END, CHAIN_KEY, FIRST_CHAIN, chain_of
from sessions.store.ports import DamagedError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.lines import CLOSING, encode_record, scan
from sessions.store.tinydb.repair import check, repair
from sessions.store.tinydb.table import open_database

HEADER = b'{"events": {\n'


def event(number, **fields):
    return {"seq": number, "kind": "card_moved", "title": f"[ERP] Zürich — {number}", "ranks": [number, 2], **fields}


def made(path, count, **fields):
    with Journal.create(path, holder="a test", ops=Quick()) as journal:
        for number in range(1, count + 1):
            journal.append(event(number, **fields))
        return list(journal.records)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "session.json"


@pytest.fixture
def five(path):
    return made(path, 5)


def reopened(path):
    return Journal.open(path, holder="a test", ops=Quick())


def line_starts(data):
    starts = [len(HEADER)]
    while data[starts[-1] : starts[-1] + 2] != b"}}":
        starts.append(data.index(b"\n", starts[-1]) + 1)
    return starts


# ---------------------------------------------------------------- writing and reading


def test_what_is_appended_is_returned_and_read_again(path):
    with Journal.create(path, holder="a test") as journal:
        stored = journal.append(event(1, note="line\nbreak \u2028 \x00 \\ \""))
        assert (journal.records, journal.next_seq) == ([stored], 2)
    assert list(stored)[-1] == "chain"
    assert {key: value for key, value in stored.items() if key != "chain"} == event(1, note="line\nbreak \u2028 \x00 \\ \"")
    with Journal.open(path, holder="a test") as journal:
        assert (journal.records, journal.notices, journal.read_only) == ([stored], (), False)


def test_the_file_has_one_line_for_each_record_in_the_promised_shape(path, five):
    lines = path.read_bytes().split(b"\n")
    assert lines[0] == b'{"events": {'
    assert [line.split(b":")[0] for line in lines[1:-1]] == [b'"1"', b',"2"', b',"3"', b',"4"', b',"5"']
    assert lines[-1] == b"}}"
    assert path.stat().st_mode & 0o777 == 0o600


def test_creating_refuses_a_name_that_is_taken_even_by_a_dangling_link(path, tmp_path):
    path.write_text("mine")
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "elsewhere.json")
    for taken in (path, link):
        with pytest.raises(RecordError, match="could not be created"):
            Journal.create(taken, holder="a test")
    assert path.read_text() == "mine"
    assert not (tmp_path / "elsewhere.json").exists()


def deep(levels):
    return [deep(levels - 1)] if levels else []


def test_what_json_cannot_bring_back_is_refused_before_anything_is_written(path):
    """`test_store_text` tries what is no text and no whole number in every field."""
    made(path, 2)
    before = path.read_bytes()
    with reopened(path) as journal:
        for value in ({None: 1}, {"a": {"b": [{2: 3}]}}, 2**63, -(2**63), Path("x"), deep(100), deep(800)):
            with pytest.raises(RecordError):
                journal.append(event(3, value=value))
        assert path.read_bytes() == before
        journal.append(event(3, value=[True, None, "", {}, [], 2**63 - 1, -(2**63 - 1), deep(50)]))
    with pytest.raises(RecordError, match="closed"):
        journal.append(event(4))
    assert reopened(path).records[2]["value"][5] == 2**63 - 1


# ---------------------------------------------------------------- TinyDB


def test_an_insert_appends_and_is_found_immediately(path, five):
    with reopened(path) as journal:
        table = open_database(journal).table("events")
        query = where("seq") > 4
        assert len(table.search(query)) == 1
        assert table.insert(event(6)) == 6
        journal.append(event(7))
        assert table.insert_multiple([event(8), Document(event(9), 9)]) == [8, 9]
        assert [found["seq"] for found in table.search(query)] == [5, 6, 7, 8, 9]
        for wrong in (event(9), Document(event(10), 11)):
            with pytest.raises(RecordError):
                table.insert(wrong)


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.table("events").update({"kind": "x"}),
        lambda db: db.table("events").update(lambda document: document.clear(), doc_ids=[1]),
        lambda db: db.table("events").update_multiple([({"kind": "x"}, where("seq") == 1)]),
        lambda db: db.table("events").upsert({"kind": "x"}, where("seq") == 99),
        lambda db: db.table("events").remove(where("seq") == 1),
        lambda db: db.table("events").truncate(),
        lambda db: db.drop_table("events"),
        lambda db: db.table("another").insert({"seq": 6}),
    ],
)
def test_nothing_recorded_can_be_changed_or_removed(path, five, change):
    before = path.read_bytes()
    with reopened(path) as journal:
        database = open_database(journal)
        with pytest.raises(RecordError):
            change(database)
        assert database.table("events").all() == five == journal.records
    assert path.read_bytes() == before


# ---------------------------------------------------------------- torn tails


@pytest.mark.promise("store-S3", "store-S5")
def test_a_file_cut_at_any_byte_holds_every_complete_record_and_goes_on(tmp_path, path, five):
    data = path.read_bytes()
    ends = [start - 1 for start in line_starts(data)[1:]]
    for cut in range(len(data)):
        short = tmp_path / f"cut-{cut}.json"
        short.write_bytes(data[:cut])
        if cut < len(HEADER):
            with pytest.raises(RecordError, match="no session"):
                reopened(short)
            assert short.read_bytes() == data[:cut]
            continue
        complete = sum(end <= cut for end in ends)
        if complete == 0:
            with pytest.raises(DamagedError, match="record 1 is damaged"):
                reopened(short)
            assert short.read_bytes() == data[:cut]
            continue
        good_end = min(cut, ends[complete - 1] + 1)
        torn = data[good_end:cut]
        aside = short.with_name(short.name + ".torn")
        with reopened(short) as journal:
            assert journal.records == five[:complete]
            if torn in (b"", b"}"):
                assert not aside.exists()
            else:
                assert aside.read_bytes() == torn
                assert f"{len(torn)} bytes" in journal.notices[0]
            assert len(journal.notices) == 1
            journal.append(event(complete + 1))
        assert check(short).whole
        with TinyDB(short) as stock:
            assert len(stock.table("events")) == complete + 1


@pytest.mark.promise("store-S8")
@pytest.mark.parametrize("garbage", [b"\0" * 4096, b"\xff\n\xfe" * 300, b'"9": {"seq":9}'])
@pytest.mark.parametrize("closing", [b"}}", b""])
def test_zeros_and_garbage_behind_the_good_end_are_set_aside(path, five, garbage, closing):
    data = path.read_bytes()
    path.write_bytes(data[:-2] + closing + garbage)
    with reopened(path) as journal:
        assert journal.records == five
        if closing or b"\n" not in garbage:
            assert path.with_name("session.json.torn").read_bytes() == garbage
            assert path.read_bytes() == data
        else:
            assert "record 6 is damaged" in journal.read_only_reason


# ---------------------------------------------------------------- damage


@pytest.mark.promise("store-S4", "store-S6")
def test_no_flipped_bit_is_ever_taken_for_good(path):
    records = made(path, 5)
    data = path.read_bytes()
    starts = line_starts(data)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        number = sum(start <= place for start in starts)
        if number == 1:
            with pytest.raises(DamagedError, match="record 1 is damaged at byte 13"):
                reopened(path)
            assert path.read_bytes() == changed
            continue
        with reopened(path) as journal:
            if place >= starts[-1] - 1:  # the last line end and the closing, which carry nothing
                assert journal.records == records
                assert journal.notices
                continue
            where_ = f"record {number} is damaged at byte {starts[number - 1]}" if number else f"the opening line is damaged at byte {place}"
            assert where_ in journal.read_only_reason
            assert journal.records == (records[: number - 1] if number else records)
            with pytest.raises(RecordError):
                journal.append(event(journal.next_seq))
        assert path.read_bytes() == changed


@pytest.mark.promise("store-S4")
def test_a_last_record_that_was_changed_and_lacks_its_end_is_not_taken_for_torn(path):
    records = made(path, 3)
    data = path.read_bytes().removesuffix(b"\n}}")
    start, chain = data.rindex(b"\n") + 1, data.rindex(b',"chain"')
    for place in range(start, chain):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        with reopened(path) as journal:
            assert journal.records == records[:2]
            assert f"record 3 is damaged at byte {start}" in journal.read_only_reason
        assert path.read_bytes() == changed


def changed_lines(data, change):
    *lines, closing = data.split(b"\n")
    return b"\n".join([*change(lines), closing])


@pytest.mark.promise("store-S7")
@pytest.mark.parametrize(
    ("change", "first_bad", "named"),
    [
        (lambda x: [*x[:3], x[2], *x[3:]], 3, "record 2 is where record 3 should be"),
        (lambda x: [*x[:2], x[3], x[2], *x[4:]], 2, "record 3 is where record 2 should be"),
        (lambda x: [*x[:3], b"}}", *x[3:]], 3, "not those that were written"),
        (lambda x: [*x[:3], x[3].replace(b'"3": ', b'"4": '), *x[4:]], 3, "record 4 is where record 3 should be"),
    ],
)
def test_doubled_lost_swapped_and_changed_lines_are_named(path, five, change, first_bad, named):
    path.write_bytes(changed_lines(path.read_bytes(), change))
    before = path.read_bytes()
    with reopened(path) as journal:
        assert journal.records == five[: first_bad - 1]
        assert f"record {first_bad} is damaged" in journal.read_only_reason
        assert journal.damage.record_number == first_bad
        assert named in journal.read_only_reason
    assert path.read_bytes() == before
    report = check(path)
    assert (report.records, report.whole) == (first_bad - 1, False)
    assert named in report.problem


def test_a_well_chained_line_that_is_no_record_is_refused():
    for payload in [b'{"seq":2', b'{"seq":1,"x":\xff', b'["seq"', b'{"seq":1,"x":NaN']:
        found = scan(HEADER + b'"1": ' + payload + CHAIN_KEY + chain_of(FIRST_CHAIN, payload) + CHAIN_END + b"\n" + CLOSING)
        assert (found.records, found.damage.record_number) == ([], 1)


def six_lines():
    data, records, chain = HEADER, [], FIRST_CHAIN
    for number in range(1, 7):
        line, chain = encode_record(event(number), number, chain)
        data += line
        records.append({**event(number), "chain": chain.decode()})
    return data + CLOSING, records


@given(st.data())
def test_whatever_is_cut_put_in_or_moved_only_proved_records_are_read(data):
    good, records = six_lines()
    changed = good
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(changed)))
        end = data.draw(st.integers(start, min(len(changed), start + 200)))
        piece = data.draw(st.one_of(st.binary(max_size=30), st.sampled_from([b"", b"\n", b"}}", b"\0" * 600, changed[start:end] * 2])))
        changed = changed[:start] + piece + changed[end:]
    try:
        found = scan(changed)
    except RecordError:
        return
    assert found.records == records[: len(found.records)]
    lost = len(records) - len(found.records)
    assert lost == 0 or found.damage or found.torn or len(changed) < len(good)


@pytest.mark.parametrize("content", [b"", b'{"ev', b'{"_default": {"1": {"a": 1}}}', b"PK\x03\x04" + bytes(500)])
def test_empty_and_foreign_files_are_refused_with_one_sentence(path, content):
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(RecordError, match=r"session\.json: it (holds no|is not a)") as refusal:
            Journal.open(path, read_only=read_only, holder="a test")
        assert "\n" not in str(refusal.value)
    assert not check(path).whole
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["session.json"]


# ---------------------------------------------------------------- reading only, check, repair


def test_opening_for_reading_changes_nothing(path, five):
    path.write_bytes(path.read_bytes()[:-2] + b',"6": {"se')
    before = path.read_bytes()
    with Journal.open(path, read_only=True) as reader:
        assert (reader.records, reader.read_only) == (five, True)
        assert "10 bytes" in reader.notices[0]
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [(path.name, before)]


def test_check_proves_a_session_whole_even_while_it_is_live(path, five):
    with reopened(path) as journal:
        journal.append(event(6))
        assert check(path) == (6, True, "", False)
        with pytest.raises(RecordError, match="nothing to repair"):
            repair(path)
    data = path.read_bytes()
    for cut, words in [(len(data) - 2, "closing"), (len(data) - 60, "unfinished")]:
        path.write_bytes(data[:cut])
        report = check(path)
        assert not report.whole
        assert words in report.problem
        assert path.read_bytes() == data[:cut]


@pytest.mark.promise("store-S6")
def test_repair_writes_a_copy_with_everything_before_the_damage(path, five):
    data = path.read_bytes()
    path.write_bytes(data.replace(b"\xe2\x80\x94 3", b"\xe2\x80\x94 9"))
    damaged = path.read_bytes()
    report = repair(path)
    assert Path(report.location).name == "session.repaired.json"
    assert (report.records, report.records_left_out) == (2, 3)
    assert report.bytes_left_out == sum(map(len, data.split(b"\n")[3:6])) + 3
    assert path.read_bytes() == damaged
    assert Path(report.location).stat().st_mode & 0o777 == 0o600
    with Journal.open(Path(report.location), holder="a test") as journal:
        assert journal.records == five[:2]
        assert Path(repair(path).location).name == Path(report.location).name  # the same copy once more
        journal.append(event(3))
    assert Path(repair(path).location).name == "session.repaired-2.json"
    assert check(Path(report.location)).records == 3
    for place in (path, path.parent / "missing" / "copy.json"):
        with pytest.raises(RecordError):
            repair(path, place)


@pytest.mark.promise("store-S18")
def test_ten_thousand_records_scan_to_what_json_reads(path):
    records = made(path, 10_000)
    data = path.read_bytes()
    assert scan(data).records == records == list(json.loads(data)["events"].values())
