"""The ways to install that the README names beside pip: each makes a command that runs without this checkout's environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BESIDE_PYTHON = Path(sys.executable).parent
UV = shutil.which("uv") or shutil.which("uv", path=str(BESIDE_PYTHON))


def run(command: str, home: Path, *more: str | Path) -> str:
    """Run a command of the README in the checkout with a home folder of its own, and return what it printed."""
    assert f"`{command}`" in README
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "QUARTERDECK_LIBRARY")}
    environment = {**kept, "HOME": str(home), "PATH": os.pathsep.join([str(Path(str(UV)).parent), os.environ["PATH"]])}
    done = subprocess.run([*command.split(), *more], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.system
@pytest.mark.skipif(UV is None, reason="uv is not installed (pip install --group system)")
@pytest.mark.skipif(sys.platform == "win32", reason="the home folder is elsewhere")
def test_uv_runs_the_demo_and_installs_the_command(tmp_path: Path) -> None:
    made = run("uvx --from . quarterdeck demo", tmp_path, "--headless", "--library", tmp_path / "demo")
    assert re.fullmatch(r"[\w-]+\n", made)
    assert (tmp_path / "demo" / f"{made.strip()}.json").exists()
    run("uv tool install .", tmp_path)
    version = subprocess.run([tmp_path / ".local/bin/quarterdeck", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert version.stdout.startswith("quarterdeck ")
