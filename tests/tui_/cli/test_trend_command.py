"""`quarterdeck trend`: a row for each closed session of a series."""

from __future__ import annotations

import json
import random
from pathlib import Path

from command_line import data, run, told
from held_series import series
from stage import disk_library
from support import small

from tui.cli.screens import learn


def test_a_series_is_told_as_a_table_and_as_rows_and_what_has_disappeared_too(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    held = series(library, random.Random(2), 4)
    rows = data(library.folder, "trend")
    assert [row["quarter"] for row in rows] == ["2026-Q3", "2026-Q4", "2027-Q1"]
    assert rows[0]["looked_back"]["session"] == rows[0]["session"]
    assert rows[0]["measures"]["stability"] is None
    assert data(library.folder, "trend", held[0]["session"].id) == rows
    table = told(library.folder, "trend")
    assert table.startswith("To reach level ")
    assert "Value ratio" in table
    assert table.count("2026-Q") == 2
    (library.folder / f"{held[1]['session'].id}.json").unlink()
    found = run(library.folder, "trend", "--json")
    assert [row["quarter"] for row in json.loads(found.stdout)] == ["2026-Q3", "2027-Q1"]
    assert found.stderr == "1 session of this series is not in the library any more.\n"


def test_what_was_closed_is_in_the_index_when_the_screen_ends(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    series(library, random.Random(2), 1)
    library.entries()
    learn(library)
    (entry,) = library.entries()
    assert entry.value["cost"] >= entry.value["found"]


def test_without_a_closed_session_there_is_an_empty_list(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    for _ in range(2):
        assert data(library.folder, "trend") == []
        told(library.folder, "trend")
        library.create(small()).close()
    assert run(library.folder, "trend", "nowhere").exit_code == 1
