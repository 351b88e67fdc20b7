"""The sources of the product, read and parsed once for all the tests that look at them. Imported as `sources`, as `support` is."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Source(NamedTuple):
    """A file of the product: `tui.app.app`, its path, its text, and what was parsed of that."""

    module: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


@cache
def sources(*packages: str) -> tuple[Source, ...]:
    """Return every file of some packages, such as `sessions.store`; of all, if none is named."""
    if packages:
        return tuple(source for source in sources() if any(within(source.module, package) for package in packages))
    found = []
    for path in sorted(path for top in ("sessions", "tui") for path in (ROOT / top).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found.append(Source(module, path, text, ast.parse(text)))
    return tuple(found)


def within(name: str, package: str) -> bool:
    """Return whether a module, or a name in one, belongs to a package."""
    return f"{name}.".startswith(f"{package}.")


class Import(NamedTuple):
    """One imported name: `tui.app.app` line 12 imports `sessions.live.session`, or `sessions.live.session.LiveSession`."""

    module: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def imports_of(tree: ast.AST, module: str, is_package: bool = False) -> Iterator[Import]:
    """Find every import of a module, anywhere in it: late and type-only imports are dependencies too.

    `from a import b` gives a.b, which may be a module or a name in it.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(module, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            base = parts[: len(parts) - node.level + is_package] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from (Import(module, node.lineno, f"{source}.{alias.name}") for alias in node.names)


def loaded_by(code: str, *arguments: str | Path) -> set[str]:
    """Run code in a fresh interpreter, and return the modules that were loaded when it ended."""
    code = f"import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n{code}"
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())
