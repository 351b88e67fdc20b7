"""`quarterdeck trend`: a row for each closed session of a series."""

from __future__ import annotations

import json
import random
from pathlib import Path

from held_series import series
from stage import disk_library
from support import small
from typer.testing import CliRunner, Result

from tui.cli import app as cli
from tui.cli.screens import learn


def trend(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.app, ["--library", str(folder / "library"), "trend", *words])


def test_a_series_is_told_as_a_table_and_as_rows(tmp_path: Path) -> None:
    held = series(disk_library(tmp_path), random.Random(2), 4)
    rows = json.loads(trend(tmp_path, "--json").stdout)
    assert [row["quarter"] for row in rows] == ["2026-Q3", "2026-Q4", "2027-Q1"]
    assert rows[0]["looked_back"]["session"] == rows[0]["session"]
    assert rows[0]["measures"]["stability"] is None
    assert json.loads(trend(tmp_path, held[0]["session"].id, "--json").stdout) == rows
    table = trend(tmp_path).stdout
    assert table.startswith("To reach level ")
    assert "Value ratio" in table
    assert table.count("2026-Q") == 2


def test_a_session_that_has_disappeared_is_told_and_the_others_stay(tmp_path: Path) -> None:
    held = series(disk_library(tmp_path), random.Random(2), 4)
    (tmp_path / "library" / f"{held[1]['session'].id}.json").unlink()
    found = trend(tmp_path, "--json")
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
    for _ in range(2):
        found = trend(tmp_path, "--json")
        assert (found.exit_code, json.loads(found.stdout)) == (0, [])
        assert trend(tmp_path).exit_code == 0
        disk_library(tmp_path).create(small()).close()
    assert trend(tmp_path, "nowhere").exit_code == 1
