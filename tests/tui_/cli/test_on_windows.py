"""A company's laptop with Windows, as far as Linux can play it (`as_windows`): what is missing there is missing in these processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
PARTS = ("files", "names", "commands", "board")


@pytest.mark.system
@pytest.mark.skipif(sys.platform != "linux", reason="Windows is played by calls of Linux")
@pytest.mark.parametrize("part", PARTS)
def test_windows_has_all_that_it_takes(tmp_path: Path, part: str) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}", "QUARTERDECK_CONFIG": str(tmp_path / "config.toml")}
    command = [sys.executable, "-W", "ignore", str(TESTS / "day_on_windows.py"), part, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
