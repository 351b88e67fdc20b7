"""The command line without a screen: what it says, how it ends, and what it makes of bad names, bad files and closed pipes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from disk import read_session
from typer.testing import CliRunner, Result
from workbooks import workbook

from sessions.commands.cards import MoveCard
from sessions.errors import QuarterdeckError
from sessions.portfolio.models import Portfolio
from sessions.sample import sample_portfolio
from sessions.state.fold import replay
from sessions.store.tinydb.journal import Journal
from sessions.summary.writing import is_ours
from tui.cli import app as cli
from tui.cli.output import orderly
from tui.environment import open_library

RUNNER = CliRunner()


def quarterdeck(library: Path, *words: str | Path) -> Result:
    """Run a command in this process; an error of the user's is in `exception`."""
    return RUNNER.invoke(cli.app, ["--library", str(library), *map(str, words)])


def refused(library: Path, *words: str | Path) -> str:
    """Run a command that must fail with one sentence, and give it."""
    result = quarterdeck(library, *words)
    assert isinstance(result.exception, QuarterdeckError), result.exception
    assert "\n" not in str(result.exception)
    return str(result.exception)


MAIN = "from tui.cli.main import main; main()"


def piped(*words: str | Path, code: str = MAIN, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the whole program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), **more.pop("env", {})}  # type: ignore[dict-item]
    more.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-c", code, *map(str, words)], stderr=subprocess.PIPE, text=True, timeout=60, check=False, env=environment, **more
    )


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "portfolio.csv"
    path.write_text("title,sponsor\nNew CRM,VP Sales\nOld ERP – upgrade,CIO\n", encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, portfolio: Path) -> Path:
    folder = tmp_path / "library"
    assert quarterdeck(folder, "new", portfolio, "-y", "--quarter", "2026-Q4", "--title", "First").exit_code == 0
    return folder


def session_file(library: Path) -> Path:
    return next(path for path in library.glob("*.json") if path.name != "library.json")


@pytest.mark.system
def test_a_file_name_that_is_no_text_does_not_end_the_list(library: Path) -> None:
    try:
        session_file(library).rename(library / os.fsdecode(b"\xff.json"))
    except OSError:
        pytest.skip("this file system takes text only")
    result = piped("--library", library, "list", "--json")
    assert result.returncode == 0, result.stderr
    assert [entry["file"] for entry in json.loads(result.stdout)] == ["\udcff.json"]


def test_a_copy_is_asked_for_by_its_own_name_and_the_whole_one_is_the_last(library: Path) -> None:
    original = session_file(library)
    assert quarterdeck(library, "export", original.stem).exit_code == 0
    with original.open("ab") as file:
        file.write(b'\n,"2": damaged\n}}')
    assert "record 2 is damaged" in refused(library, "check", original.stem)
    assert "1 record written" in quarterdeck(library, "repair", original.stem).stdout
    ids = [entry["id"] for entry in json.loads(quarterdeck(library, "list", "--json").stdout)]
    assert ids == [f"{original.stem}.repaired", original.stem]
    assert "is whole" in quarterdeck(library, "check", "last").stdout
    assert quarterdeck(library, "export", f"{original.stem}.repaired").exit_code == 0
    assert "2 sessions match" in refused(library, "export", "2026-Q4")


@pytest.mark.parametrize("command", ["check", "plan", "repair", "summary", "open"])
@pytest.mark.parametrize("name", ["missing.json", "missing/cards.csv"])
def test_a_missing_file_is_called_missing_even_when_the_library_is_empty(tmp_path: Path, command: str, name: str) -> None:
    assert f"There is no file '{name}'" in refused(tmp_path / "empty", command, name)


@pytest.mark.parametrize("command", ["replay", "summary"])
def test_a_session_that_names_an_unknown_card_is_one_sentence_that_names_the_file(library: Path, command: str) -> None:
    path = session_file(library)
    with Journal.open(path, holder="a test") as journal:
        seq = journal.next_seq
        journal.append({"seq": seq, "at": "2026-06-30T09:00:00Z", "by": "x", "elapsed": 9, "kind": "card_moved", "card": "NO", "old": 1, "new": 2})
    sentence = refused(library, command, path.stem)
    assert path.name in sentence
    assert f"Record {seq} (card_moved)" in sentence


def test_check_offers_no_repair_where_nothing_can_be_saved(library: Path) -> None:
    path = session_file(library)
    path.write_bytes(path.read_bytes().replace(b"New CRM", b"Old CRM"))
    assert "nothing can be read" in refused(library, "check", path)


def test_a_record_of_a_newer_version_names_its_file(library: Path) -> None:
    path = session_file(library)
    with Journal.open(path) as journal:
        journal.append({"seq": 2, "at": "", "by": "", "elapsed": 0, "kind": "teleported"})
    for command in ("summary", "check", "export"):
        sentence = refused(library, command, path.stem)
        assert path.name in sentence
        assert "teleported" in sentence


def test_a_library_that_is_no_folder_or_may_not_be_read_says_so(library: Path, portfolio: Path) -> None:
    assert "cannot be read" in refused(portfolio, "list")
    if os.geteuid():
        library.chmod(0)
        try:
            assert "cannot be read" in refused(library, "list")
        finally:
            library.chmod(0o700)


@pytest.mark.system
def test_a_library_without_a_name_is_refused(library: Path) -> None:
    del library
    for words in (("--library", "", "list"), ("list", "--library", ""), ("--library=", "open")):
        result = piped(*words)
        assert (result.returncode, result.stderr) == (1, "quarterdeck: --library is empty: name a folder, or leave it out for the default.\n")


def test_the_summary_is_sealed_once_wherever_it_goes(library: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert quarterdeck(library, "summary", "-o", page).exit_code == 0
    content = page.read_bytes()
    assert content.count(b"Quarterdeck wrote this page") == 1
    assert is_ours(content)
    assert quarterdeck(library, "summary").stdout.encode() == content
    assert quarterdeck(library, "summary", "-o", "-").stdout.encode() == content


def test_a_session_begins_with_a_spreadsheet_of_projects_and_one_of_people(tmp_path: Path) -> None:
    plan, people = tmp_path / "plan.xlsx", tmp_path / "people.xlsx"
    plan.write_bytes(workbook(["Title", "Cost"], ["New till", 1250000.0]))
    people.write_bytes(workbook(["Role", "Side"], ["CEO", "business"]))
    assert "1 project read from plan.xlsx, sheet “Plan” (Excel workbook)" in quarterdeck(tmp_path, "check", plan).stdout
    assert "1 participant read from people.xlsx" in quarterdeck(tmp_path, "new", plan, "--people", people, "--dry-run").stdout
    assert quarterdeck(tmp_path / "library", "new", plan, "--people", people, "-y").exit_code == 0
    assert "New till" in quarterdeck(tmp_path / "library", "summary", "last").stdout


@pytest.mark.system
def test_the_output_is_utf8_whatever_the_locale(library: Path) -> None:
    result = piped("--library", library, "export", env={"PYTHONIOENCODING": "latin-1"})
    assert result.returncode == 0, result.stderr
    assert "Old ERP – upgrade" in result.stdout


@pytest.mark.system
@pytest.mark.parametrize("word", ["export", "--help"])
def test_a_reader_who_has_read_enough_is_no_failure(library: Path, word: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        result = piped("--library", library, word, stdout=pipe)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.system
@pytest.mark.parametrize("words", [["export", "--format", "csv"], ["--help"]], ids=" ".join)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_is_full_is_one_sentence(library: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        result = piped("--library", library, *words, stdout=full)
    assert (result.returncode, result.stderr) == (1, "quarterdeck: The output could not be written: No space left on device.\n")


@pytest.mark.system
def test_an_error_of_our_own_leaves_a_sentence_and_a_private_log(library: Path, tmp_path: Path) -> None:
    code = (
        "import tui.cli.main as m, tui.cli.app as c\ndef broken(): raise ZeroDivisionError('x')\n"
        "c.broken = broken; c.COMMANDS = {'break': 'app.broken'}\nm.main()"
    )
    result = piped("break", code=code, env={"TMPDIR": str(tmp_path)})
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "ZeroDivisionError" in result.stderr
    assert "'x'" not in result.stderr
    log = next(tmp_path.glob("quarterdeck-crash-*.log"))
    assert log.stat().st_mode & 0o077 == 0


def test_too_many_open_files_are_one_sentence_with_advice() -> None:
    with pytest.raises(QuarterdeckError, match="ulimit -n 256"), orderly():
        raise OSError(errno.EMFILE, "Too many open files", "x")


def test_no_to_reading_a_session_that_is_held_elsewhere_ends_calmly(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    words = ["--library", str(library), "open", "last"]
    with Journal.open(session_file(library), holder="somebody"):
        no, nothing = RUNNER.invoke(cli.app, words, input="n\n"), RUNNER.invoke(cli.app, words, input="")
    assert (no.exit_code, no.stderr.splitlines()[-1]) == (1, "The session was not opened.")
    assert (nothing.exit_code, nothing.stderr.splitlines()[-1]) == (1, "Cancelled. Nothing was changed.")
    assert "Aborted" not in no.output + nothing.output


@pytest.mark.parametrize("command", [["new", "--dry-run"], ["check"], ["plan"], ["tally"]])
def test_a_column_of_any_name_can_be_chosen(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "cards.csv").write_text("latestProjectName,ref\nERP,A\n")
    (tmp_path / "ballots.csv").write_text("voter,A\ncfo,100\n")
    words = [*command, tmp_path / "cards.csv", *(["--ballots", tmp_path / "ballots.csv"] if command == ["tally"] else [])]
    library = tmp_path / "library"
    assert "or choose it with --column title=latestProjectName." in refused(library, *words)
    assert quarterdeck(library, *words, "--column", "title=latestProjectName").exit_code == 0
    assert "no column is called “x”; found “latestProjectName”, “ref”." in refused(library, *words, "--column", "title=x")
    wrong = quarterdeck(library, *words, "--column", "x=ref")
    assert (wrong.exit_code, "is no choice of a column; write FIELD=NAME" in " ".join(wrong.stderr.split())) == (2, True)


@pytest.mark.parametrize(("words", "sentence"), [
    (("export", "last", "--format", "xml"), "Invalid value for '--format': 'xml' is not one of"),
    (("new", "x.csv", "--minutes", "3"), "Invalid value for '--minutes': it should be greater than or equal to 15"),
])  # fmt: skip
def test_a_wrong_value_is_named_in_a_sentence(library: Path, words: tuple[str, ...], sentence: str) -> None:
    wrong = quarterdeck(library, *words)
    assert (wrong.exit_code, sentence in " ".join(wrong.stderr.split())) == (2, True)


def test_how_a_file_is_read_can_be_said(tmp_path: Path) -> None:
    file, library = tmp_path / "cards.csv", tmp_path / "library"
    file.write_bytes("Project,Gateway,Harbour,Straße\nOwner,Ana,Ben,Cem\nBudget,1.500,2.250,3.125\n".encode("mac_roman"))
    words = ("new", file, "--dry-run")
    shown = quarterdeck(library, *words, "--encoding", "macroman", "--decimal", ".", "--amounts-in", "£m").stdout
    assert "read as Mac Roman, as chosen" in shown
    assert "Adds up to: budget £6,875,000" in shown
    assert "2 projects read" in quarterdeck(library, *words, "--upright").stdout
    assert "a sheet can be chosen in an Excel workbook" in refused(library, *words, "--sheet", "x")
    file.write_text("title,Effort\nERP,10\n")
    assert "a team has is not said" in quarterdeck(library, *words, "--efforts-in", "PT").stdout
    for option, value, words_of in (
        ("--encoding", "xyz", "no encoding is called"), ("--decimal", ";", "neither"), ("--amounts-in", "kg", "no unit"),
        ("--efforts-in", "x", "no unit"),
    ):  # fmt: skip
        wrong = quarterdeck(library, *words, option, value)
        assert (wrong.exit_code, words_of in " ".join(wrong.stderr.split())) == (2, True)


@pytest.mark.parametrize("command", [["new", "--dry-run"], ["check"], ["plan"]])
def test_several_files_are_one_portfolio(library: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.csv").write_text("title,Effort\nERP,3\n")
    (tmp_path / "b.csv").write_text("title,Effort\nCRM,4\n")
    shown = quarterdeck(library, *command, tmp_path / "a.csv", tmp_path / "b.csv").stdout
    assert "ERP" in shown or "2 projects read from a.csv and b.csv (2 files)" in shown
    assert ("CRM" in shown) == ("ERP" in shown)
    if command != ["new", "--dry-run"]:
        assert "is a session: name it alone" in refused(library, *command, tmp_path / "a.csv", "last")


def test_a_session_has_no_columns(library: Path) -> None:
    for command in ("check", "plan"):
        assert "a session has no columns" in quarterdeck(library, command, "last", "--column", "title=x").stderr


def test_the_report_for_scripts_says_what_each_column_is_and_why(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text("name,owner,Kosten,junk,colour,cost\nERP,CFO,5,x,red,7\n")
    chosen = [word for choice in ("Budget=Kosten", "ignore=Junk", "keep=Owner") for word in ("--column", choice)]
    data = json.loads(quarterdeck(tmp_path / "library", "new", tmp_path / "cards.csv", "--dry-run", "--json", *chosen).stdout)
    assert [(each["column"], each["field"], each["reason"]) for each in data["columns"]] == [
        ("name", "title", "its name"), ("owner", None, "kept as chosen"), ("Kosten", "budget", "chosen"), ("junk", None, "left out as chosen"),
        ("colour", None, "no field is called so"), ("cost", None, "another column is the field, or its values are no use as one"),
    ]  # fmt: skip
    assert data["kept"] == ["owner", "colour", "cost"]
    assert [(each["left_out"], each["values"]) for each in data["columns"][2:4]] == [(False, ["5"]), (True, ["x"])]


@pytest.mark.parametrize("quarter", ["2026-Q5", "99999-Q1", "2026-Q4 x"])
def test_a_quarter_that_is_none_is_refused_before_anything_is_read(tmp_path: Path, portfolio: Path, quarter: str) -> None:
    result = quarterdeck(tmp_path / "library", "new", portfolio, "-y", "--quarter", quarter)
    assert result.exit_code == 2
    assert "is not a quarter; write it as 2026-Q4." in " ".join(result.stderr.split())
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("quarter", ["2026-Q4", "2026q4", " 2026-q4 "])
def test_a_quarter_gives_the_weeks_their_dates(tmp_path: Path, portfolio: Path, quarter: str) -> None:
    made = quarterdeck(tmp_path / "library", "new", portfolio, "-y", "--quarter", quarter)
    assert portfolio_in(tmp_path / "library", made.stdout.strip()).quarter_start == "2026-10-05"


# ---------------------------------------------------------------- as somebody who may only read (RELIABILITY S16)

POWERLESS = """
import importlib, os, pkgutil, sys
import sessions, tui
for package in (sessions, tui):  # nobody may not even enter the folder of this Python: everything is imported before
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


def powerless(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the whole program as somebody who owns nothing."""
    result = piped(*words, code=POWERLESS, cwd="/")
    if result.returncode == 77:
        pytest.skip("root may write everywhere, and privileges cannot be dropped here")
    return result


@pytest.fixture
def closed(portfolio: Path) -> Iterator[Path]:
    """Return a folder that only its owner may write, with a library in it that holds a whole session and a damaged one."""
    top = Path(tempfile.mkdtemp())  # not in the tests' own folder, which nobody else may enter
    folder = top / "library"
    try:
        for title in ("Whole", "Broken"):
            assert quarterdeck(folder, "new", portfolio, "-y", "--quarter", "2026-Q4", "--title", title).exit_code == 0
        broken = next(path for path in folder.iterdir() if "broken" in path.name)
        with Journal.open(broken, holder="a test") as journal:
            journal.append({"seq": 2, "at": "2026-06-30T09:00:00Z", "by": "x", "elapsed": 0, "kind": "time_added", "seconds": 60})
        broken.write_bytes(broken.read_bytes().replace(b'"time_added"', b'"time_adder"'))
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


WRITES = {
    "new": ("--library", "{library}", "new", "{top}/portfolio.csv", "-y"),
    "new, in a library that is not there yet": ("--library", "{top}/deeper/library", "new", "{top}/portfolio.csv", "-y"),
    "demo": ("demo", "--headless", "--library", "{library}"),
    "summary": ("--library", "{library}", "summary", "whole", "-o", "{library}/page.md"),
    "repair": ("repair", "{broken}"),
}
READS = {
    "list --json": ("--library", "{library}", "list", "--json"),
    "summary": ("--library", "{library}", "summary", "whole"),
    "export": ("--library", "{library}", "export", "whole"),
    "plan": ("--library", "{library}", "plan", "whole"),
    "check": ("--library", "{library}", "check", "whole"),
    "new --dry-run": ("--library", "{library}", "new", "{top}/portfolio.csv", "--dry-run"),
}


def filled(words: tuple[str, ...], top: Path) -> list[str]:
    [broken] = [path for path in (top / "library").iterdir() if "broken" in path.name]
    return [word.format(top=top, library=top / "library", broken=broken) for word in words]


def everything_in(top: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in top.rglob("*")}


@pytest.mark.system
@pytest.mark.promise("store-S16")
@pytest.mark.parametrize("command", WRITES)
def test_a_command_that_may_not_write_says_so_in_one_sentence_and_ends_with_an_error(closed: Path, command: str) -> None:
    before = everything_in(closed)
    result = powerless(*filled(WRITES[command], closed))
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    assert last.startswith("quarterdeck: ")
    assert "Permission denied" in last or "may not be written" in last
    assert everything_in(closed) == before


@pytest.mark.system
@pytest.mark.parametrize("words", [("list",), ("tally", "{top}/portfolio.csv"), ("new", "{top}/portfolio.csv")])
def test_what_may_not_be_read_is_one_sentence(closed: Path, words: tuple[str, ...]) -> None:
    (closed / "library").chmod(0)
    (closed / "portfolio.csv").chmod(0)
    more = ["--ballots", "{top}/portfolio.csv"] if words[0] == "tally" else []
    result = powerless("--library", closed / "library", *(word.format(top=closed) for word in [*words, *more]))
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1), result.stderr
    assert "read" in result.stderr


@pytest.mark.system
@pytest.mark.promise("store-S16")
@pytest.mark.parametrize("command", READS)
def test_a_command_that_only_reads_does_not_mind_that_it_may_not_write(closed: Path, command: str) -> None:
    before = everything_in(closed)
    result = powerless(*filled(READS[command], closed))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout
    assert everything_in(closed) == before
    if command == "list --json":
        assert {row["state"] for row in json.loads(result.stdout)} == {"Prepare", "damaged"}


def test_the_list_as_json_tells_of_sessions_not_of_how_the_index_is_kept(library: Path) -> None:
    [row] = json.loads(quarterdeck(library, "list", "--json").stdout)
    assert set(row) == {
        "id", "file", "title", "quarter", "state", "cards", "decisions", "events", "opened_at", "last_at", "next_session", "problem",
        "archived", "session", "after", "series",
    }  # fmt: skip


def portfolio_in(library: Path, reference: str) -> Portfolio:
    """Return all that a session of a library was brought, as it is now."""
    session = replay(read_session(library / f"{reference}.json")[0])
    now = {"projects": tuple(session.cards[card] for card in session.order), "teams": session.teams, "participants": tuple(session.people.values())}
    return session.portfolio.model_copy(update=now)


# ---------------------------------------------------------------- a session from whose end records were removed (RELIABILITY S4)


WHOLE = 60


@pytest.fixture
def shortened(tmp_path: Path) -> Path:
    """Return a library whose only session was listed with 60 records, of which 40 are left; the file itself is whole."""
    library = tmp_path / "library"
    with open_library(library).create(sample_portfolio()) as opened:
        for rank in range(2, 2 + WHOLE - 1):
            opened.live.perform(MoveCard(card=opened.live.session.order[0], to=rank % 23 + 2))
    assert quarterdeck(library, "list").exit_code == 0
    lines = session_file(library).read_bytes().splitlines(keepends=True)
    assert len(lines) == WHOLE + 2
    session_file(library).write_bytes(b"".join([*lines[:41], lines[-1]]))
    return library


MISSING = f"it ends with record 40, but {WHOLE} were there when the library was last listed: the last {WHOLE - 40} records are missing"


@pytest.mark.promise("store-S4")
@pytest.mark.parametrize("reference", ["last", "the file"])
def test_check_does_not_call_a_shortened_session_whole(shortened: Path, reference: str) -> None:
    what = session_file(shortened) if reference == "the file" else reference
    assert MISSING in refused(shortened, "check", what)
    assert quarterdeck(shortened, "check", what).exit_code == 1


@pytest.mark.promise("store-S4")
@pytest.mark.parametrize("words", [("summary",), ("export",), ("plan", "--json")])
def test_every_command_that_reads_a_shortened_session_says_what_is_missing(shortened: Path, words: tuple[str, ...]) -> None:
    result = quarterdeck(shortened, words[0], "last", *words[1:])
    assert (result.exit_code, len(result.stderr.splitlines())) == (0, 1)
    assert MISSING in result.stderr
    if words in (("export",), ("plan", "--json")):
        assert MISSING in json.loads(result.stdout)["problem"]


def test_a_foreign_page_is_replaced_only_where_that_was_said(library: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("mine")
    assert "--force" in refused(library, "summary", "-o", page)
    assert page.read_text() == "mine"
    assert quarterdeck(library, "summary", "-o", page, "--force").exit_code == 0
    assert is_ours(page.read_bytes())


@pytest.mark.system
@pytest.mark.parametrize("words", [["list"], ["--help"]], ids=" ".join)
def test_what_is_lost_because_stdout_is_closed_is_told(library: Path, words: list[str]) -> None:
    result = piped("--library", library, *words, preexec_fn=lambda: (os.close(0), os.close(1)))
    assert (result.returncode, result.stderr) == (1, "quarterdeck: The output could not be written: it is closed.\n")


def test_ctrl_c_at_a_question_is_an_interruption(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise typer.Abort from None

    monkeypatch.setattr("tui.terminal.ownership.check_terminal", lambda: None)
    monkeypatch.setattr("typer.confirm", asked)
    with Journal.open(session_file(library), holder="somebody"):
        result = quarterdeck(library, "open", "last")
    assert "open in somebody" in result.stderr
    assert result.exit_code == 130


def test_a_session_is_renamed_archived_reopened_and_deleted_on_the_command_line(library: Path) -> None:
    [row] = json.loads(quarterdeck(library, "list", "--json").stdout)
    assert quarterdeck(library, "rename", "last", "Our quarter").exit_code == 0
    assert "Our quarter" in quarterdeck(library, "list").stdout
    assert "not closed" in refused(library, "reopen", "last")
    assert quarterdeck(library, "archive", row["id"]).exit_code == 0
    assert "Our quarter" not in quarterdeck(library, "list").stdout
    assert "archived" in quarterdeck(library, "list", "--all").stdout
    assert "holds no session" in refused(library, "rename", "last", "x")
    assert quarterdeck(library, "archive", row["id"], "--back").exit_code == 0
    assert quarterdeck(library, "delete", "last").exit_code == 1
    assert quarterdeck(library, "delete", "last", "--yes").exit_code == 0
    assert json.loads(quarterdeck(library, "list", "--json").stdout) == []
    assert (library / "trash" / row["file"]).exists()


def test_the_page_is_written_as_html(library: Path, tmp_path: Path) -> None:
    assert quarterdeck(library, "summary", "last", "--html", "-o", tmp_path / "page.html").exit_code == 0
    assert is_ours((tmp_path / "page.html").read_bytes())
    assert quarterdeck(library, "summary", "--html").stdout.startswith("<!doctype html>")


def test_a_session_remembers_the_folder_of_its_portfolio_for_its_page(library: Path, portfolio: Path) -> None:
    recordeds, _ = read_session(next(path for path in library.iterdir() if path.name != "library.json" and path.suffix == ".json"))
    assert replay(recordeds).folder == str(portfolio.parent)


def test_an_export_is_written_to_a_new_file_and_a_workbook_to_nothing_else(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "cards.xlsx"
    assert quarterdeck(library, "export", "last", "--format", "xlsx", "-o", target).exit_code == 0
    assert target.read_bytes().startswith(b"PK")
    assert "-o" in refused(library, "export", "last", "--format", "xlsx")
    assert "none/x.csv was not written" in refused(library, "export", "last", "--format", "csv", "-o", tmp_path / "none" / "x.csv")
    assert "exists" in refused(library, "export", "last", "--format", "csv", "-o", target)
    assert quarterdeck(library, "check", target).exit_code == 0
