"""The command line without a screen: what it says, how it ends, and what it makes of bad names, bad files and closed pipes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from command_line import data, misused, refused, run, told
from disk import read_session
from sources import ROOT
from stage import press, running, shown
from typer.testing import CliRunner

from sessions.commands.cards import MoveCard
from sessions.errors import QuarterdeckError
from sessions.imports.formats import limits
from sessions.sample import sample_portfolio
from sessions.state.fold import replay
from sessions.store.tinydb.journal import Journal
from sessions.summary.writing import is_ours
from tui.board.screen import SessionScreen
from tui.cli.app import app
from tui.cli.output import orderly
from tui.environment import open_library


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "portfolio.csv"
    path.write_text("title,sponsor\nNew CRM,VP Sales\nOld ERP – upgrade,CIO\n", encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, portfolio: Path) -> Path:
    told(tmp_path / "library", "new", portfolio, "-y", "--quarter", "2026-Q4", "--title", "First")
    return tmp_path / "library"


def session_file(library: Path) -> Path:
    return next(path for path in library.glob("*.json") if path.name != "library.json")


def record(library: Path, **what: Any) -> None:
    """Write another record into the session."""
    with Journal.open(session_file(library), holder="a test") as journal:
        journal.append({"seq": journal.next_seq, "at": "2026-06-30T09:00:00Z", "by": "x", "elapsed": 9, **what})


# ---------------------------------------------------------------- sessions that are named, damaged, kept


def test_a_copy_is_asked_for_by_its_own_name_and_the_whole_one_is_the_last(library: Path) -> None:
    original = session_file(library)
    told(library, "export", original.stem)
    with original.open("ab") as file:
        file.write(b'\n,"2": damaged\n}}')
    assert "record 2 is damaged" in refused(library, "check", original.stem)
    assert "1 record written" in told(library, "repair", original.stem)
    assert [entry["id"] for entry in data(library, "list")] == [f"{original.stem}.repaired", original.stem]
    assert "is whole" in told(library, "check", "last")
    told(library, "export", f"{original.stem}.repaired")
    assert "2 sessions match" in refused(library, "export", "2026-Q4")
    original.write_bytes(original.read_bytes().replace(b"New CRM", b"Old CRM"))
    assert "nothing can be read" in refused(library, "check", original)


@pytest.mark.parametrize(
    ("event", "words", "commands"),
    [
        ({"kind": "card_moved", "card": "NO", "old": 1, "new": 2}, "Record 2 (card_moved)", ("replay", "summary")),
        ({"kind": "teleported"}, "teleported", ("summary", "check", "export")),
    ],
    ids=["of an unknown card", "of a newer version"],
)
def test_a_record_that_cannot_be_read_is_one_sentence_that_names_the_file(
    library: Path, event: dict[str, Any], words: str, commands: tuple[str, ...]
) -> None:
    record(library, **event)
    for command in commands:
        sentence = refused(library, command, session_file(library).stem)
        assert session_file(library).name in sentence
        assert words in sentence


@pytest.mark.parametrize("command", ["check", "plan", "repair", "summary", "open"])
def test_a_missing_file_is_called_missing_even_when_the_library_is_empty(tmp_path: Path, command: str) -> None:
    for name in ("missing.json", "missing/cards.csv"):
        assert f"There is no file '{name}'" in refused(tmp_path / "empty", command, name)


def test_a_library_that_is_no_folder_may_not_be_read_or_has_no_name_says_so(library: Path, portfolio: Path) -> None:
    assert "cannot be read" in refused(portfolio, "list")
    for words in (["--library", "", "list"], ["list", "--library", ""], ["--library=", "open"]):
        assert str(CliRunner().invoke(app, words).exception) == "--library is empty: name a folder, or leave it out for the default."
    if os.geteuid():
        library.chmod(0)
        try:
            assert "cannot be read" in refused(library, "list")
        finally:
            library.chmod(0o700)


def test_a_session_is_renamed_archived_reopened_and_deleted_on_the_command_line(library: Path) -> None:
    [row] = data(library, "list")
    assert set(row) == {
        "id", "file", "title", "quarter", "state", "cards", "decisions", "events", "opened_at", "last_at", "next_session", "problem",
        "archived", "session", "after", "series",
    }  # fmt: skip
    told(library, "rename", "last", "Our quarter")
    assert "Our quarter" in told(library, "list")
    assert "not closed" in refused(library, "reopen", "last")
    assert "is not archived" in refused(library, "archive", "last", "--back")
    told(library, "archive", row["id"])
    assert "Our quarter" not in told(library, "list")
    assert "archived" in told(library, "list", "--all")
    assert "holds no session" in refused(library, "rename", "last", "x")
    told(library, "archive", row["id"], "--back")
    assert run(library, "delete", "last").exit_code == 1
    told(library, "delete", "last", "--yes")
    assert data(library, "list") == []
    assert (library / "trash" / row["file"]).exists()


WHOLE, LEFT = 60, 40


@pytest.mark.promise("store-S4")
def test_every_command_that_reads_a_session_from_whose_end_records_were_removed_says_so(tmp_path: Path) -> None:
    """The file itself is whole; the list knows how many records there were."""
    library = tmp_path / "library"
    with open_library(library).create(sample_portfolio()) as opened:
        for rank in range(2, WHOLE + 1):
            opened.live.perform(MoveCard(card=opened.live.session.order[0], to=rank % 23 + 2))
    told(library, "list")
    lines = session_file(library).read_bytes().splitlines(keepends=True)
    assert len(lines) == WHOLE + 2
    session_file(library).write_bytes(b"".join([*lines[: LEFT + 1], lines[-1]]))
    missing = f"it ends with record {LEFT}, but {WHOLE} were there when the library was last listed: the last {WHOLE - LEFT} records are missing"
    for what in ("last", session_file(library)):
        assert missing in refused(library, "check", what)
        assert run(library, "check", what).exit_code == 1
    for words in (("summary",), ("export",), ("plan", "--json")):
        result = run(library, words[0], "last", *words[1:])
        assert (result.exit_code, len(result.stderr.splitlines())) == (0, 1)
        assert missing in result.stderr
        assert words == ("summary",) or missing in json.loads(result.stdout)["problem"]


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize("command", [["new", "--dry-run"], ["check"], ["plan"], ["tally"]])
def test_a_column_of_any_name_can_be_chosen(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "cards.csv").write_text("latestProjectName,ref\nERP,A\n")
    (tmp_path / "ballots.csv").write_text("voter,A\ncfo,100\n")
    words = [*command, tmp_path / "cards.csv", *(["--ballots", tmp_path / "ballots.csv"] if command == ["tally"] else [])]
    assert "or choose it with --column title=latestProjectName." in refused(tmp_path, *words)
    told(tmp_path, *words, "--column", "title=latestProjectName")
    assert "no column is called “x”; found “latestProjectName”, “ref”." in refused(tmp_path, *words, "--column", "title=x")
    assert "is not a choice of a column; write FIELD=NAME" in misused(tmp_path, *words, "--column", "x=ref")


def test_how_a_file_is_read_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_bytes("Project,Gateway,Harbour,Straße\nOwner,Ana,Ben,Cem\nBudget,1.500,2.250,3.125\n".encode("mac_roman"))
    words = ("new", file, "--dry-run")
    shown = told(tmp_path, *words, "--encoding", "macroman", "--decimal", ".", "--amounts-in", "£m")
    assert "read as Mac Roman, as chosen" in shown
    assert "Adds up to: budget £6,875,000" in shown
    assert "2 projects read" in told(tmp_path, *words, "--upright")
    assert "a sheet can be chosen in an Excel workbook" in refused(tmp_path, *words, "--sheet", "x")
    file.write_text("title,Effort\nERP,10\n")
    assert "no number of people is given" in told(tmp_path, *words, "--efforts-in", "PT")


MISUSED = [
    ("new cards.csv --encoding xyz", "no encoding is called"),
    ("new cards.csv --decimal ;", "neither"),
    ("new cards.csv --amounts-in kg", "not a unit"),
    ("new cards.csv --efforts-in x", "not a unit"),
    ("new cards.csv --minutes 3", "Invalid value for '--minutes': it should be greater than or equal to 15"),
    ("new cards.csv -y --quarter 2026-Q5", "is not a quarter; write it as 2026-Q4."),
    ("new cards.csv -y --quarter 99999-Q1", "is not a quarter; write it as 2026-Q4."),
    ("export last --format xml", "Invalid value for '--format': 'xml' is not one of"),
]


@pytest.mark.parametrize(("line", "sentence"), MISUSED)
def test_a_wrong_value_is_named_in_a_sentence_before_anything_is_read(tmp_path: Path, line: str, sentence: str) -> None:
    assert sentence in misused(tmp_path / "library", *line.split())
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("quarter", ["2026-Q4", "2026q4", " 2026-q4 "])
def test_a_quarter_gives_the_weeks_their_dates_and_the_folder_of_the_portfolio_is_kept(tmp_path: Path, portfolio: Path, quarter: str) -> None:
    made = told(tmp_path / "library", "new", portfolio, "-y", "--quarter", quarter).strip()
    session = replay(read_session(tmp_path / "library" / f"{made}.json")[0])
    assert (session.portfolio.quarter_start, session.folder) == ("2026-10-05", str(portfolio.parent))


@pytest.mark.parametrize("command", [["new", "--dry-run"], ["check"], ["plan"]])
def test_several_files_are_one_portfolio(library: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.csv").write_text("title,Effort\nERP,3\n")
    (tmp_path / "b.csv").write_text("title,Effort\nCRM,4\n")
    shown = told(library, *command, tmp_path / "a.csv", tmp_path / "b.csv")
    assert {"ERP", "CRM"} <= set(shown.split()) or "2 projects read from a.csv and b.csv (2 files)" in shown
    if command != ["new", "--dry-run"]:
        assert "is a session: name it alone" in refused(library, *command, tmp_path / "a.csv", "last")
        assert "a session has no columns" in run(library, *command, "last", "--column", "title=x").stderr


def test_the_report_for_scripts_says_what_each_column_is_and_why(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text("name,owner,Kosten,junk,colour,cost\nERP,CFO,5,x,red,7\n")
    chosen = [word for choice in ("Budget=Kosten", "ignore=Junk", "keep=Owner") for word in ("--column", choice)]
    report = data(tmp_path, "new", tmp_path / "cards.csv", "--dry-run", *chosen)
    assert [(each["column"], each["field"], each["reason"]) for each in report["columns"]] == [
        ("name", "title", "its name"), ("owner", None, "kept as chosen"), ("Kosten", "budget", "chosen"), ("junk", None, "left out as chosen"),
        ("colour", None, "no field is called so"), ("cost", None, "another column is the field, or its values are no use as one"),
    ]  # fmt: skip
    assert report["kept"] == ["owner", "colour", "cost"]
    assert [(each["left_out"], each["values"]) for each in report["columns"][2:4]] == [(False, ["5"]), (True, ["x"])]


@pytest.mark.system
@pytest.mark.slow
@pytest.mark.promise("import-I13")
async def test_as_many_rows_as_are_read_are_checked_begun_listed_and_opened(tmp_path: Path) -> None:
    path, home = tmp_path / "large.csv", tmp_path / "library"
    rows = "".join(f"P-{row},Project {row},Sponsor {row % 97},{row % 900 + 1}000\n" for row in range(limits.ROWS))
    path.write_text(f"id,title,sponsor,total budget\n{rows}")
    began = time.process_time()
    assert "100000 projects read" in told(home, "check", path)
    assert "large" in told(home, "new", path, "-y")
    assert "0 of 100000 decided" in told(home, "list")
    library = open_library(home)
    with library.open(library.find("last")) as opened:
        async with running(library, SessionScreen(opened)) as pilot:
            assert "Project 0" in shown(pilot)
            await press(pilot, "G")
            assert "Project 99999" in shown(pilot)
    assert time.process_time() - began < 180


# ---------------------------------------------------------------- what is written


def test_the_page_is_sealed_once_wherever_it_goes_and_replaces_a_foreign_one_only_where_that_was_said(library: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("mine")
    assert "--force" in refused(library, "summary", "-o", page)
    assert page.read_text() == "mine"
    told(library, "summary", "-o", page, "--force")
    content = page.read_bytes()
    assert content.count(b"Quarterdeck wrote this page") == 1
    assert is_ours(content)
    assert told(library, "summary").encode() == told(library, "summary", "-o", "-").encode() == content
    told(library, "summary", "last", "--html", "-o", tmp_path / "page.html")
    assert is_ours((tmp_path / "page.html").read_bytes())
    assert told(library, "summary", "--html").startswith("<!doctype html>")


def test_an_export_is_written_to_a_new_file_and_a_workbook_to_nothing_else(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "cards.xlsx"
    told(library, "export", "last", "--format", "xlsx", "-o", target)
    assert target.read_bytes().startswith(b"PK")
    assert "-o" in refused(library, "export", "last", "--format", "xlsx")
    assert "none/x.csv was not written" in refused(library, "export", "last", "--format", "csv", "-o", tmp_path / "none" / "x.csv")
    assert "exists" in refused(library, "export", "last", "--format", "csv", "-o", target)
    told(library, "check", target)


# ---------------------------------------------------------------- how it ends


def test_no_to_reading_a_session_that_is_held_elsewhere_ends_calmly(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise typer.Abort from None

    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    with Journal.open(session_file(library), holder="somebody"):
        no, nothing = run(library, "open", "last", answer="n\n"), run(library, "open", "last", answer="")
        monkeypatch.setattr("typer.confirm", interrupted)
        ctrl_c = run(library, "open", "last")
    assert (no.exit_code, no.stderr.splitlines()[-1]) == (1, "The session was not opened.")
    assert (nothing.exit_code, nothing.stderr.splitlines()[-1]) == (1, "Cancelled. Nothing was changed.")
    assert "Aborted" not in no.output + nothing.output
    assert "open in somebody" in ctrl_c.stderr
    assert ctrl_c.exit_code == 130


def test_too_many_open_files_are_one_sentence_with_advice() -> None:
    with pytest.raises(QuarterdeckError, match="ulimit -n 256"), orderly():
        raise OSError(errno.EMFILE, "Too many open files", "x")


MAIN = "from tui.cli.main import main; main()"


def piped(*words: str | Path, code: str = MAIN, stdout: Any = subprocess.PIPE, env: dict[str, str] | None = None, **more: Any) -> Any:
    """Run the whole program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False, env=environment, **more)


@pytest.mark.system
def test_a_file_name_that_is_no_text_does_not_end_the_list(library: Path) -> None:
    try:
        session_file(library).rename(library / os.fsdecode(b"\xff.json"))
    except OSError:
        pytest.skip("this file system takes text only")
    result = piped("--library", library, "list", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert [entry["file"] for entry in json.loads(result.stdout)] == ["\udcff.json"]


@pytest.mark.system
def test_the_output_is_utf8_whatever_the_locale(library: Path) -> None:
    result = piped("--library", library, "export", env={"PYTHONIOENCODING": "latin-1"})
    assert (result.returncode, result.stderr) == (0, "")
    assert "Old ERP – upgrade" in result.stdout


@pytest.mark.system
@pytest.mark.parametrize("word", ["export", "--help"])
def test_a_reader_who_has_read_enough_is_no_failure_and_an_output_that_is_full_or_closed_is_one(library: Path, word: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        enough = piped("--library", library, word, stdout=pipe)
    assert (enough.returncode, enough.stderr) == (0, "")
    closed = piped("--library", library, word, preexec_fn=lambda: (os.close(0), os.close(1)))
    assert (closed.returncode, closed.stderr) == (1, "quarterdeck: The output could not be written: it is closed.\n")
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as device:
            full = piped("--library", library, word, stdout=device)
        assert (full.returncode, full.stderr) == (1, "quarterdeck: The output could not be written: No space left on device.\n")


@pytest.mark.system
def test_an_error_of_our_own_leaves_a_sentence_and_a_private_log(tmp_path: Path) -> None:
    code = (
        "import tui.cli.main as m, tui.cli.app as c\ndef broken(): raise ZeroDivisionError('x')\n"
        "c.broken = broken; c.COMMANDS = {'break': 'app.broken'}\nm.main()"
    )
    result = piped("break", code=code, env={"TMPDIR": str(tmp_path)})
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "ZeroDivisionError" in result.stderr
    assert "'x'" not in result.stderr
    log = next(tmp_path.glob("quarterdeck-crash-*.log"))
    assert log.stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- as someone who may only read (RELIABILITY S16)

POWERLESS = """
import importlib, os, pkgutil, sys
import sessions, tui
for package in (sessions, tui):  # the user nobody may not even enter the folder of this Python: everything is imported before
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith(".windows"):
            importlib.import_module(module.name)
import importlib.readers, typer.rich_utils, encodings.idna, unicodedata
if os.geteuid() == 0:
    try:
        os.setgroups([]), os.setgid(65534), os.setuid(65534)
    except OSError:
        sys.exit(77)
""" + MAIN


def powerless(line: str, top: Path) -> Any:
    """Run the whole program as a user who owns nothing."""
    broken = next((top / "library").glob("*broken*.json")) if "{broken}" in line else ""
    words = line.format(top=top, library=f"--library {top}/library", broken=broken).split()
    result = piped(*words, code=POWERLESS, cwd="/")
    if result.returncode == 77:
        pytest.skip("root may write everywhere, and privileges cannot be dropped here")
    return result


@pytest.fixture
def closed(portfolio: Path) -> Iterator[Path]:
    """Return a folder that only its owner may write, with a library in it that holds a whole session and a damaged one."""
    top = Path(tempfile.mkdtemp())  # not in the tests' own folder, which no other user may enter
    folder = top / "library"
    try:
        told(folder, "new", portfolio, "-y", "--quarter", "2026-Q4", "--title", "Broken")
        record(folder, kind="time_added", seconds=60)
        session_file(folder).write_bytes(session_file(folder).read_bytes().replace(b'"time_added"', b'"time_adder"'))
        told(folder, "new", portfolio, "-y", "--quarter", "2026-Q4", "--title", "Whole")
        shutil.copy(portfolio, top / "portfolio.csv")
        (folder / "library.json").unlink(missing_ok=True)
        for path in (*folder.iterdir(), top / "portfolio.csv"):
            path.chmod(0o444)
        folder.chmod(0o555)
        top.chmod(0o555)
        yield top
    finally:
        for path in (top, folder):
            path.chmod(0o755)
        shutil.rmtree(top)


WRITES = (
    "{library} new {top}/portfolio.csv -y", "--library {top}/deeper/library new {top}/portfolio.csv -y", "{library} demo --headless",
    "{library} summary whole -o {top}/library/page.md", "repair {broken}",
)  # fmt: skip
READS = (
    "{library} list --json", "{library} summary whole", "{library} export whole", "{library} plan whole", "{library} check whole",
    "{library} new {top}/portfolio.csv --dry-run",
)  # fmt: skip


@pytest.mark.system
@pytest.mark.promise("store-S16")
@pytest.mark.parametrize("line", [*WRITES, *READS])
def test_a_command_that_may_not_write_says_so_and_one_that_only_reads_does_not_mind(closed: Path, line: str) -> None:
    def everything() -> dict[Path, bytes | None]:
        return {path: path.read_bytes() if path.is_file() else None for path in closed.rglob("*")}

    before = everything()
    result = powerless(line, closed)
    assert everything() == before
    if line in READS:
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout
        assert "list" not in line or {row["state"] for row in json.loads(result.stdout)} == {"Prepare", "damaged"}
        return
    assert (result.returncode, result.stdout) == (1, "")
    last = result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    assert last.startswith("quarterdeck: ")
    assert "Permission denied" in last or "may not be written" in last
