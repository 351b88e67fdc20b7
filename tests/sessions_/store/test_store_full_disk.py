"""A disk that is really full (RELIABILITY S9, S17): each action is refused with a sentence, and goes through once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS)))}

SCRIPT = """
import os, sys
from pathlib import Path
import store
from sessions.commands.cards import MoveCard, NoteOnCard
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.errors import QuarterdeckError
from sessions.state.fold import replay
from sessions.store.tinydb.files import FileOps
from sessions.store.tinydb.repair import check
from disk import read_session
from disk import path_of
from sessions.summary.writing import write_summary

disk, ops, told = Path(sys.argv[1]), FileOps(), store.Told()
folder, ballast = disk / "library", disk / "ballast"
store.begin(folder, ops, told)
(folder / "page.md").unlink()

def fill():
    fd = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for size in (4096, 1):
        try:
            while os.write(fd, bytes(size)):
                pass
        except OSError:
            pass
    os.close(fd)

def refused(what, action):
    try:
        action()
    except QuarterdeckError as error:
        print(what, "|", error)
    else:
        print(what, "| went through")

with store.library(folder, ops).open(store.session_file(folder)) as opened:
    live = opened.live
    fill()
    # What is left of the session's last block is used up first.
    while True:
        try:
            live.perform(NoteOnCard(card="A", text="x" * 300))
        except QuarterdeckError as error:
            print("note", "|", error)
            break
    session, size = live.session, path_of(opened).stat().st_size
    refused("seal", lambda: live.perform(SealBallot(round=1, voice="cio", points={"B": 9})))
    refused("summary", lambda: write_summary(folder / "page.md", store.PAGE, ops=ops))
    refused("create", lambda: store.library(folder, ops).create(store.bare()))
    entries = store.library(folder, ops).entries()
    same = live.session is session and path_of(opened).stat().st_size == size and not opened.read_only
    whole = check(path_of(opened)).whole and replay(read_session(path_of(opened))[0]) == session
    print("state", "|", same, whole, [entry.events == session.seq for entry in entries], (folder / "page.md").exists())
    ballast.unlink()
    live.perform(NoteOnCard(card="A", text="there is room again"))
    live.perform(SealBallot(round=1, voice="cio", points={"B": 9}))
    [revealed] = live.perform(RevealBallots(round=1, override="go"))
    write_summary(folder / "page.md", store.PAGE, ops=ops)
    print("after", "|", len(revealed.event.ballots), (folder / "page.md").exists())
    told.records = [each.as_record() for each in live.recordeds]
store.assert_stands(folder, told, told.records + [{}] * 3)
print("left", "|", sorted(path.suffix for path in folder.iterdir()))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> list[str]:
    """Return the beginning of a command that runs with a file system of 128 KB at `tmp_path`/disk, which nobody else sees."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare here, with which a small disk could be made")
    (tmp_path / "disk").mkdir()
    mount = f'mount -t tmpfs -o size=128k none "{tmp_path}/disk" && exec "$@"'
    command = [unshare, *(["-m"] if os.geteuid() == 0 else ["-U", "-r", "-m"]), "sh", "-c", mount, "sh"]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, timeout=30, check=False)
    if tried.returncode:
        pytest.skip(f"no small disk can be mounted here: {tried.stderr.strip()}")
    return command


@pytest.mark.system
@pytest.mark.promise("store-S9")
def test_a_full_disk_refuses_and_goes_on_when_there_is_room(tmp_path: Path, small_disk: list[str]) -> None:
    run = subprocess.run(
        [*small_disk, sys.executable, "-c", SCRIPT, str(tmp_path / "disk")], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stderr == ""
    lines = dict(line.split(" | ", 1) for line in run.stdout.splitlines())
    assert lines.pop("state") == "True True [True] False"
    assert lines.pop("after") == "2 True"
    assert lines.pop("left") == "['.json', '.json', '.md']"
    assert lines["note"] == "the disk is full: the last action was not recorded; free space and try again"
    assert "the disk is full" in lines["seal"]
    assert "not sealed" in lines["seal"]
    assert "the disk is full" in lines["summary"]
    assert "room on its disk" in lines["create"]
    assert set(lines) == {"note", "seal", "summary", "create"}
