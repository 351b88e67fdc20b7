"""Power cuts (RELIABILITY S11, S12): for all that a disk may hold after one, what was shown is there, and the session continues."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import pytest
from power_cut import PowerCuts, lay_out
from store import Quick, Told, assert_nothing_given_up_is_left, assert_stands, begin, library, play, session_file

from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check


@pytest.mark.promise("store-S12")
def test_no_power_cut_in_a_session_loses_what_was_shown_or_keeps_what_was_given_up(tmp_path: Path) -> None:
    played, found = tmp_path / "played", tmp_path / "found"
    files, told = PowerCuts(played, most=60), Told()
    told.watcher = lambda: files.told(copy(told))
    play(played, files, told)
    for state, shown in files.found.items():
        lay_out(state, found)
        then = shown or Told()
        assert_nothing_given_up_is_left(found, then)
        assert_stands(found, then, told.records)
    assert len(files.found) > 300
    # The model is only worth something if it took everything down.
    assert dict(state) == {path.name: path.read_bytes() for path in played.iterdir() if path.suffix != ".lock"}


def at_a_border(folder: Path, border: int) -> Path:
    """Make a session whose next record begins so many bytes after the border of a sector."""
    path, padding = folder / "session.json", 0
    folder.mkdir()
    for _ in range(2):
        path.unlink(missing_ok=True)
        Journal.create(path, holder="a test", first={"seq": 1, "note": "x" * padding}, ops=Quick()).close()
        padding += 1536 + border - (path.stat().st_size - 2)
    return path


@pytest.mark.promise("store-S12")
@pytest.mark.parametrize("border", [-2, -1, 0, 1])
@pytest.mark.parametrize("count", [1, 3])
def test_around_the_border_of_a_sector_a_power_cut_leaves_all_of_an_append_or_nothing(tmp_path: Path, border: int, count: int) -> None:
    """The old closing and the new record's first bytes may be in two sectors, of which one is written."""
    path = at_a_border(tmp_path / "played", border)
    files = PowerCuts(path.parent)
    with Journal.open(path, holder="a test", ops=files) as journal:
        journal.append_all([{"seq": seq, "note": "y" * 700} for seq in range(2, 2 + count)])
        files.told(1 + count)
    found = set()
    for state, shown in files.found.items():
        folder = tmp_path / "found"
        lay_out(state, folder)
        with Journal.open(folder / "session.json", holder="a test", ops=Quick()) as journal:
            assert not journal.read_only, journal.read_only_reason
            found.add(len(journal.records))
            assert len(journal.records) >= (shown or 1)
            journal.append({"seq": journal.next_seq})
        assert check(folder / "session.json").whole
    assert found == {1, 1 + count}


TORN = b',"99": {"seq":99,"kind":"card_mov'


@pytest.mark.promise("store-S11")
def test_a_power_cut_during_the_recovery_only_means_to_do_it_again(tmp_path: Path) -> None:
    before, found, told = tmp_path / "before", tmp_path / "found", Told()
    begin(before, Quick(), told)
    path = session_file(before)
    path.write_bytes(path.read_bytes()[:-2] + TORN)
    files = PowerCuts(before)
    with library(before, files).open(path) as opened:
        assert "set aside" in opened.notices[0]
        files.told(True)
    for state, recovered in files.found.items():
        lay_out(state, found)
        kept = [content for _, content in state]
        assert TORN in kept or any(content.endswith(TORN) for content in kept)
        assert not recovered or TORN in kept
        assert_stands(found, told, [*told.records, {}])
        assert TORN in [each.read_bytes() for each in found.glob("*.torn*")]
    assert len(files.found) > 10
