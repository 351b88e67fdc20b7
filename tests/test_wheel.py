"""The wheel carries everything that the installed command needs beside its modules."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from sources import ROOT

pytestmark = [pytest.mark.system, pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed")]


def test_the_wheel_has_every_file_of_the_packages_and_nothing_else(tmp_path: Path) -> None:
    """The build obeys .gitignore: a style sheet or a sample that a pattern there matches would be missing silently."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("quarterdeck-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        contents = set(archive.namelist())
    files = (path for package in ("sessions", "tui") for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.relative_to(ROOT).as_posix() for path in files} == {name for name in contents if ".dist-info/" not in name}
    assert {"sessions/sample/portfolio.json", "sessions/py.typed", "tui/py.typed"} <= contents
    assert {"entry_points.txt", "LICENSE"} <= {Path(name).name for name in contents if ".dist-info/" in name}
