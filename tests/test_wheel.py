"""The wheel carries everything that the installed command needs beside its modules."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("sessions", "tui")

pytestmark = [pytest.mark.system, pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed")]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of all files in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("quarterdeck-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_the_wheel_has_every_file_of_the_packages_and_nothing_else(contents: frozenset[str]) -> None:
    """The build obeys .gitignore: a style sheet or a sample that a pattern there matches would be left out silently."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.relative_to(ROOT).as_posix() for path in files} == {name for name in contents if ".dist-info/" not in name}
    assert {"sessions/sample/portfolio.json", "sessions/py.typed", "tui/py.typed"} <= contents
    assert {"entry_points.txt", "LICENSE"} <= {Path(name).name for name in contents if ".dist-info/" in name}
