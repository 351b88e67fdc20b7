"""kill -9 at every call to the disk.

One process starts all the others: it forks a child for each call, and the child kills itself right before that call, or in the middle of it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from store import Quick, Told, assert_nothing_given_up_is_left, assert_stands, play

pytestmark = pytest.mark.system

TESTS = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS)))}

DRIVER = """
import os, signal, sys
from pathlib import Path
import store

root, calls = Path(sys.argv[1]), range(1, 10**6, int(sys.argv[2]))

class Killing(store.Faulty):
    def call(self, kind, *arguments):
        if self.count + 1 == self.k:
            if kind == "pwrite" and self.short:
                fd, data, offset = arguments
                os.pwrite(fd, data[:len(data) // 2], offset)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().call(kind, *arguments)

for k in calls:
    folder = root / str(k)
    folder.mkdir()
    child = os.fork()
    if child == 0:
        fd = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        told = store.Told()
        told.watcher = lambda: os.write(fd, told.to_json().encode() + b"\\n")
        store.play(folder / "library", Killing(k, store.DeadError(), short=k % 4 > 1), told)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(k)
"""


def told_in(folder: Path) -> Told:
    """Read the last whole line that a child wrote."""
    lines = (folder / "told").read_text().split("\n")[:-1] if (folder / "told").exists() else []
    return Told.from_json(lines[-1]) if lines else Told()


@pytest.mark.promise("store-S1", "store-S2")
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_killed_at_any_call_a_session_keeps_what_was_shown(tmp_path: Path, step: int) -> None:
    played = Told()
    play(tmp_path / "whole", Quick(), played)
    command = [sys.executable, "-c", DRIVER, str(tmp_path), str(step)]
    run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    calls = range(1, int(run.stdout) + 1, step)
    assert calls.stop > 300
    for k in calls:
        folder = tmp_path / str(k)
        assert_nothing_given_up_is_left(folder / "library", told_in(folder))
        assert_stands(folder / "library", told_in(folder), played.records)
        shutil.rmtree(folder)
