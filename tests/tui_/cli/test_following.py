"""`new --after`: what is reported, what is created, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import data, misused, refused, run, told
from support import bare

from sessions.commands.cards import MoveCard
from sessions.commands.phases import CloseSession
from sessions.portfolio.models import Portfolio
from sessions.state.session import Session
from tui.environment import open_library


def made(folder: Path, portfolio: Portfolio, *, closed: bool = True) -> str:
    with open_library(folder).create(portfolio, title="Plan", quarter="2026-Q2") as opened:
        if closed:
            opened.live.perform(CloseSession(leave_undecided=True, override="x"))
        return opened.ref.id


def session_of(folder: Path, printed: str) -> Session:
    library = open_library(folder)
    return library.read(library.find(printed.rsplit(maxsplit=1)[-1])).session


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "cards.csv"
    path.write_text("id,title\nA,Alpha\n,b\nZ,Zeta\n")
    return path


def test_a_dry_run_counts_and_says_where_each_card_comes_from(tmp_path: Path, cards: Path) -> None:
    words = ("new", cards, "--after", made(tmp_path, bare()), "--quarter", "2026-Q3", "--dry-run")
    report = data(tmp_path, *words)
    assert told(tmp_path, *words).splitlines()[-1] == "After 2026-Q2 Plan: 2 carried over, 1 new and 2 gone"
    assert {name: report[name] for name in ("carried", "new", "gone", "ambiguous")} == {"carried": 2, "new": 1, "gone": 2, "ambiguous": 0}
    assert [(each["id"], each["from"], each["by"]) for each in report["cards"]] == [("A", "A", "id"), ("B", "B", "title"), ("Z", None, None)]
    assert len(open_library(tmp_path).entries()) == 1


def test_a_dry_run_without_it_offers_the_session_that_has_most_of_the_cards(tmp_path: Path, cards: Path) -> None:
    assert "--after" not in told(tmp_path, "new", cards, "--dry-run")
    session = made(tmp_path, bare())
    last = told(tmp_path, "new", cards, "--dry-run").splitlines()[-1]
    assert last == f"2 of its cards were in 2026-Q2 Plan: carry over with --after {session}"
    offer = data(tmp_path, "new", cards, "--dry-run")["offer"]
    assert offer == {"session": session, "title": "Plan", "quarter": "2026-Q2", "cards": 2}


def test_the_session_is_created_with_a_file_or_alone(tmp_path: Path, cards: Path) -> None:
    session = made(tmp_path, bare())
    first = told(tmp_path, "new", cards, "--after", "last", "--quarter", "2026-Q3", "-y")
    alone = told(tmp_path, "new", "--after", session, "--quarter", "2026-Q3", "-y", "--title", "Alone")
    assert (session_of(tmp_path, first).order, session_of(tmp_path, first).after) == (("A", "B", "Z"), session)
    assert (session_of(tmp_path, alone).order, session_of(tmp_path, alone).title) == (tuple("ABCD"), "Alone")
    assert "--after" in misused(tmp_path, "new"), "neither a file nor a session"


@pytest.mark.parametrize(("quarter", "title", "words"), [("2026-Q1", "Alpha", "later quarter"), ("2026-Q3", "Nothing like it", "no card in common")])
def test_what_cannot_be_followed_is_one_sentence_and_nothing_is_created(tmp_path: Path, quarter: str, title: str, words: str) -> None:
    session = made(tmp_path, bare("Alpha Beta"))
    (cards := tmp_path / "cards.csv").write_text(f"title\n{title}\n")
    for how in ("--dry-run", "-y"):
        assert words in refused(tmp_path, "new", cards, "--after", session, "--quarter", quarter, how)
    (path := next(tmp_path.glob("2026*.json"))).write_bytes(path.read_bytes().replace(b"closed", b"clozed"))
    assert f"; no session was created. `quarterdeck repair {session}`" in refused(tmp_path, "new", "--after", session, "-y")
    assert len(open_library(tmp_path).entries()) == 1


def test_a_session_without_its_last_records_is_refused_without_the_advice_to_repair_it(tmp_path: Path) -> None:
    """It is whole, so that `repair` would refuse it."""
    with open_library(tmp_path).create(bare(), title="Plan", quarter="2026-Q2") as opened:
        older = (path := next(tmp_path.glob("2026*.json"))).read_bytes()
        opened.live.perform(MoveCard(card="A", to=3))
    open_library(tmp_path).entries()
    path.write_bytes(older)
    told = refused(tmp_path, "new", "--after", "last", "-y")
    assert "the last record is missing" in told
    assert "no session was created" in told
    assert "repair" not in told


@pytest.mark.parametrize("how", [("-y",), ()])
def test_without_a_terminal_an_open_session_of_the_same_quarter_is_followed_and_that_is_said(tmp_path: Path, how: tuple[str, ...]) -> None:
    result = run(tmp_path, "new", "--after", made(tmp_path, bare(), closed=False), "--quarter", "2026-Q2", *how)
    assert "2026-Q2 Plan is still open: it is carried over as it is now. Continuing." in result.stderr
    assert "2026-Q2 Plan is about the same quarter. Continuing." in result.stderr
    past = session_of(tmp_path, result.stdout).past
    assert past is not None
    assert past.provisional
