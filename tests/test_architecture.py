"""Who may import whom: read from the sources, and seen in fresh interpreters."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sessions.record.events import METHODS
from sessions.rounds.methods.registry import METHODS as SPECS
from tui.voting.methods.registry import VIEWS

ROOT = Path(__file__).parent.parent

# Each pair: the modules on the left import nothing of what is on the right, nor anything inside it.
NEVER = [
    # A room server, a web page or a script can use the domain without a terminal.
    ("sessions", ["tui", "textual", "rich", "typer"]),
    # Time and chance come from outside, so that every session can be replayed.
    ("sessions", ["time", "random", "secrets", "uuid", "os.urandom"]),
    # library -> live -> commands -> deciding, rounds, replay -> state -> record -> portfolio.
    ("sessions.portfolio", [f"sessions.{name}" for name in (
        "record", "state", "store", "commands", "live", "library", "voting", "rounds", "deciding", "sequencing", "imports", "replay")]),
    ("sessions.record", [f"sessions.{name}" for name in ("state", "commands", "live", "library", "store", "rounds", "deciding", "replay")]),
    ("sessions.state", [f"sessions.{name}" for name in ("commands", "live", "library", "store", "rounds", "deciding", "replay")]),
    ("sessions.rounds", ["sessions.commands", "sessions.live", "sessions.library"]),
    ("sessions.deciding", ["sessions.commands", "sessions.live", "sessions.library", "sessions.store"]),
    ("sessions.replay", ["sessions.commands", "sessions.live", "sessions.library", "sessions.store"]),
    ("sessions.commands", ["sessions.live", "sessions.library", "sessions.store"]),
    ("sessions.commands", ["sessions.handling"]),
    ("sessions.quarters", ["sessions.commands", "sessions.live", "sessions.library", "sessions.store"]),
    ("sessions.live", ["sessions.library"]),
    ("sessions.room", ["sessions.library", "sessions.store"]),
    # Methods see plain values, so that they can be checked against other tools and used on any record.
    ("sessions.voting", [f"sessions.{name}" for name in ("record", "state", "commands", "live", "rounds")]),
    ("sessions.sequencing", [f"sessions.{name}" for name in ("record", "state", "commands", "live", "rounds", "deciding")]),
    # cli -> app -> features -> cards, voting -> dialogs, host -> widgets -> text, themes, environment.
    ("tui.dialogs", ["tui.cli", "tui.app", "tui.cards", "tui.voting"]),
    ("tui.host", ["tui.cli", "tui.app", "tui.dialogs", "tui.cards", "tui.voting"]),
    ("tui.widgets", ["tui.cli", "tui.app", "tui.host", "tui.dialogs", "tui.cards", "tui.voting"]),
    # A joined terminal holds no record: it shows what the room sends to its seat.
    ("tui.joined", ["tui.app", "tui.cards", "sessions.live", "sessions.library", "sessions.store", "sessions.commands"]),
    ("tui.text", ["tui.cli", "tui.app", "tui.dialogs", "tui.widgets", "tui.host"]),
    ("tui.terminal", ["tui.app", "tui.host", "tui.dialogs", "tui.widgets", "sessions.state", "sessions.live"]),
]  # fmt: skip

FEATURES = (
    "board", "ballot", "reveal", "talk", "consent", "decide", "plan", "replay", "summary", "people", "library", "history", "spotlight",
    "objectives", "room", "story", "look_back", "trend", "changed", "together",
)  # fmt: skip
"""The folders of `tui` that hold the screens of one feature each. Only the app opens them."""
LONGEST, FULLEST = 300, 20
"""Lines of a file, and modules of a folder."""


class Import(NamedTuple):
    """One imported name: `tui.app.app` line 12 imports `sessions.live.session`, or `sessions.live.session.LiveSession`."""

    module: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(package: str) -> list[str]:
    return sorted(module_name(path) for path in (ROOT / package).rglob("*.py"))


def imported_names(node: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    """Return the full names that a statement imports; `from a import b` gives a.b, which may be a module or a name in it."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parts = module.split(".")
        base = parts[: len(parts) - node.level + is_package] if node.level else []
        source = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{source}.{alias.name}" for alias in node.names)


def imports_of_source(source: str, module: str, is_package: bool = False) -> list[Import]:
    """Find every import of a module, wherever it stands: late and type-only imports are dependencies too."""
    return [
        Import(module, getattr(node, "lineno", 0), name)
        for node in ast.walk(ast.parse(source))
        for name in imported_names(node, module, is_package)
    ]


@cache
def all_imports() -> tuple[Import, ...]:
    paths = [path for package in ("sessions", "tui") for path in sorted((ROOT / package).rglob("*.py"))]
    found: list[Import] = []
    for path in paths:
        found += imports_of_source(path.read_text(encoding="utf-8"), module_name(path), path.name == "__init__.py")
    return tuple(found)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize(("importer", "forbidden"), NEVER, ids=[importer for importer, _ in NEVER])
def test_no_layer_imports_a_higher_one(importer: str, forbidden: list[str]) -> None:
    broken = [
        str(found)
        for found in all_imports()
        if within(found.module, importer)
        and any(within(found.name, name) for name in forbidden)
    ]

    assert broken == []


ONLY = [
    ("sessions", "tinydb", {"sessions.store.tinydb"}),
    # What only one kind of system has, one module asks for. Textual alone makes the calls that set a terminal's mode.
    *[(where, what, {"sessions.disk.unix"}) for where in ("sessions", "tui") for what in ("fcntl", "termios", "tty", "pwd", "grp")],
    *[(where, what, {"sessions.disk.windows"}) for where in ("sessions", "tui") for what in ("msvcrt", "ctypes", "winreg", "_winapi")],
    ("sessions", "resource", {"sessions.room.http.connections"}),
    ("tui", "resource", set()),
    ("sessions", "nats", {"sessions.store.nats"}),
    ("sessions", "nkeys", {"sessions.store.nats"}),
    # Only the environment chooses the store; `check` asks whether a file that a user named is a session, and `library` sets one up on a server.
    ("tui", "sessions.store", {"tui.environment", "tui.cli.check", "tui.cli.library"}),
    # The network is for those who open a room, or join one.
    ("sessions", "aiohttp", {"sessions.room.http"}),
    ("tui", "aiohttp", {"tui.joined.link"}),
    ("tui", "tui.joined", {"tui.joined", "tui.cli"}),
    # Where a session is stored comes from outside, so that a test or a room server can store it elsewhere.
    ("sessions.live", "sessions.store", set()),
]
"""Each: of the modules within the first, only these import the second."""


@pytest.mark.parametrize(("where", "what", "importers"), ONLY)
def test_only_some_modules_know_it(where: str, what: str, importers: set[str]) -> None:
    found = {each.module for each in all_imports() if within(each.module, where) and within(each.name, what)}

    assert [module for module in found if not any(within(module, importer) for importer in importers)] == []


NO_CALLS_OF_A_DISK = {"os.getpid", "os.strerror"}
DISK_METHODS = {
    "open", "stat", "lstat", "fstat", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "walk", "unlink",
    "mkdir", "rmdir", "rename", "touch", "chmod", "hardlink_to", "symlink_to", "exists", "is_file", "is_dir", "is_symlink", "samefile",
}  # fmt: skip
NOT_THE_DISK = {"ops", "self._ops", "self._store", "self._files", "library", "self", "Journal", "cls"}


def calls_past_the_seam(source: str, module: str) -> Iterator[str]:
    """Return what a module has the operating system do with a file, but not through `FileOps`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            receiver, _, method = name.rpartition(".")
            past = name.startswith(("os.", "shutil.", "tempfile.")) and name not in NO_CALLS_OF_A_DISK
            if past or name == "open" or (method in DISK_METHODS and receiver not in NOT_THE_DISK):
                yield f"{module}: {name}"


@pytest.mark.promise("store-S10")
def test_every_call_to_the_disk_goes_through_the_seam() -> None:
    """Only then a test that puts a fault at every call has put it everywhere."""
    for source in ("open(path)", "os.open(path, 0)", "path.open()", "self.path.stat()", "Path(x).read_text()", "shutil.move(a, b)"):
        assert list(calls_past_the_seam(source, "any"))
    found = {
        call
        for package in ("sessions.store", "sessions.library", "sessions.summary", "sessions.export")
        for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py"))
        for call in calls_past_the_seam(path.read_text(encoding="utf-8"), module_name(path))
    }

    assert found == set()


def test_the_screen_uses_only_public_names_of_the_sessions() -> None:
    private = [
        str(found)
        for found in all_imports()
        if within(found.module, "tui")
        and within(found.name, "sessions")
        and any(part.startswith("_") and not part.startswith("__") for part in found.name.split("."))
    ]

    assert private == []


def test_the_rules_name_packages_that_hold_code() -> None:
    """A rule about a misspelt package would always hold."""
    known = {part for module in modules("sessions") + modules("tui") for part in (module, module.rpartition(".")[0])}
    ours = {name for importer, forbidden in NEVER for name in (importer, *forbidden) if name.startswith(("sessions", "tui"))}

    assert (ours | {f"tui.{name}" for name in FEATURES}) - known == set()


def test_features_reach_each_other_only_through_navigation() -> None:
    def feature(module: str) -> str:
        first, _, rest = module.partition(".")
        name = rest.partition(".")[0]
        return name if first == "tui" and name in FEATURES else ""

    below = [each for each in all_imports() if within(each.module, "tui") and not each.module.startswith(("tui.app.", "tui.cli."))]
    found = [str(each) for each in below if feature(each.name) not in ("", feature(each.module))]

    assert found == []


def test_generic_widgets_and_dialogs_know_no_session() -> None:
    generic = ("tui.widgets", "tui.dialogs")
    known = {each.name for each in all_imports() if any(within(each.module, name) for name in generic) and within(each.name, "sessions")}

    assert {name for name in known if not within(name, "sessions.errors") and not within(name, "sessions.wording")} == set()


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nodes that reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, set()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) > at + 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for node in graph:
        if node not in index:
            visit(node)
    return found


def import_graph(*, folders: bool) -> dict[str, set[str]]:
    """Return which file imports which, or which folder imports which."""
    packages = {module_name(path) for path in ROOT.glob("*/**/__init__.py")}
    files = set(modules("sessions")) | set(modules("tui"))
    graph: dict[str, set[str]] = {}
    for each in all_imports():
        target = each.name
        while target and target not in files:
            target = target.rpartition(".")[0]
        pair = [name if not folders or name in packages else name.rpartition(".")[0] for name in (each.module, target)]
        if target and pair[0] != pair[1]:
            graph.setdefault(pair[0], set()).add(pair[1])
    return graph


@pytest.mark.parametrize("folders", [False, True], ids=["files", "folders"])
def test_there_is_no_import_cycle(folders: bool) -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]
    assert cycles(import_graph(folders=folders)) == []


def packages() -> dict[str, str]:
    """Return every package with its docstring."""
    paths = [path for package in ("sessions", "tui") for path in (ROOT / package).rglob("__init__.py")]
    return {module_name(path): ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "" for path in paths}


def claimed_imports(docstring: str) -> set[str] | None:
    """Return the names after "May import", or None if a docstring makes no such claim."""
    _, found, claim = docstring.partition("May import ")
    return set(re.findall(r"`([\w.]+)`", claim)) if found else None


def test_every_package_says_what_belongs_there_and_what_it_imports() -> None:
    """The claim names exactly what is imported of other packages of `sessions`, or of `tui`. The modules at their top are open to all."""
    known = packages()
    assert claimed_imports("Votes. May import `a`, `b.c`.") == {"a", "b.c"}
    assert claimed_imports("Votes. May import no other package.") == set()
    assert [name for name, docstring in known.items() if not docstring] == []

    def package(name: str) -> str:
        while name not in known:
            name = name.rpartition(".")[0]
        return name

    wrong: dict[str, set[str]] = {}
    for name in known.keys() - {"sessions", "tui"}:
        top = name.partition(".")[0]
        used = {package(each.name) for each in all_imports() if package(each.module) == name and within(each.name, top)} - {top}
        used = {other for other in used if not within(other, name)}
        claim = claimed_imports(known[name])
        claimed = {f"{top}.{each}" for each in claim or ()}
        unclaimed = {other for other in used if not any(within(other, each) for each in claimed)}
        unused = {each for each in claimed if not any(within(other, each) for other in used)}
        if claim is None or unclaimed or unused:
            wrong[name] = unclaimed | unused

    assert wrong == {}


def test_no_file_and_no_folder_is_too_large() -> None:
    paths = [path for package in ("sessions", "tui") for path in (ROOT / package).rglob("*.py")]
    long = {str(path.relative_to(ROOT)) for path in paths if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST}
    folders = Counter(path.parent for path in paths if path.name != "__init__.py")

    assert long == set()
    assert [folder for folder, number in folders.items() if number > FULLEST] == []


def test_imports_are_read_in_every_form() -> None:
    source = """
import textual.app
def late():
    from sessions.live.session import LiveSession
if TYPE_CHECKING:
    from ..board.screen import SessionScreen
from . import board
"""
    names = {"textual.app", "sessions.live.session.LiveSession", "tui.board.screen.SessionScreen", "tui.widgets.board"}
    assert {found.name for found in imports_of_source(source, "tui.widgets.card")} == names
    assert {found.name for found in imports_of_source("from . import board", "tui.widgets", True)} == {"tui.widgets.board"}


OTHER_MEANINGS = ("action", "outcome", "step")
"""Names of what may share a word with a method: `duel` is an outcome of a discussion, `score` a step of it."""


def branches_on_a_method(source: str) -> Iterator[str]:
    """Return every comparison with the name of a method, every case of one, and every table of which all keys are methods."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            others = [ast.unparse(side) for side in sides if not _names_a_method(side)]
            if len(others) < len(sides) and not any(other.endswith(OTHER_MEANINGS) for other in others):
                yield ast.unparse(node)
        elif isinstance(node, ast.MatchValue) and _names_a_method(node.value):
            yield f"case {ast.unparse(node)}"
        elif _is_a_table_by_method(node):
            yield ast.unparse(node)


def _is_a_table_by_method(node: ast.AST) -> bool:
    if isinstance(node, ast.DictComp):
        return any(_names_a_method(each.iter) for each in node.generators)
    return isinstance(node, ast.Dict) and bool(node.keys) and all(key and (_names_a_method(key) or _is_a_spec(key)) for key in node.keys)


def _names_a_method(node: ast.expr) -> bool:
    """Return whether something is the name of a method, as text or as `SCORE.name`, or holds one."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts) and any(_names_a_method(each) or _is_a_spec(each) for each in node.elts)
    if isinstance(node, ast.Attribute):
        return node.attr == "name" and _is_a_spec(node.value)
    return isinstance(node, ast.Constant) and node.value in METHODS


def _is_a_spec(node: ast.expr) -> bool:
    """Return whether something is the spec of a method under the name by which it is imported: SPEC, SCORE."""
    return isinstance(node, ast.Name) and (node.id == "SPEC" or (node.id.isupper() and node.id.lower() in METHODS))


def test_only_the_methods_know_a_method_by_its_name() -> None:
    """A new ballot type is one file in each folder of methods: no other module branches on a method or keeps a table by method."""
    samples = (
        'x.method == "points"', 'm in ("score", "duel")', 'match m:\n    case "duel" | "x": pass', 'T = {"points": 1, "ranking": 2}',
        "x.method == SCORE.name", "SPEC.name != m", "T = {SCORE: 1, DUEL: 2}", "T = {DUEL.name: 1}", "T = {s.name: s for s in (SCORE, DUEL)}",
    )  # fmt: skip
    assert all(list(branches_on_a_method(source)) for source in samples)
    folders = ("sessions.rounds.methods", "tui.voting.methods")
    broken = [
        f"{module_name(path)}: {branch}"
        for package in ("sessions", "tui")
        for path in sorted((ROOT / package).rglob("*.py"))
        if not any(within(module_name(path), folder) for folder in folders)
        for branch in branches_on_a_method(path.read_text(encoding="utf-8"))
    ]

    assert broken == []


def test_the_pages_know_a_method_only_in_one_table() -> None:
    """A page may choose the form of a ballot, in the table of `ballot.js`."""
    named = re.compile(rf"\.method\b|[\"'](?:{'|'.join(METHODS)})[\"']")
    found = {path.name: named.findall(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "sessions/room/web").glob("*.js"))}

    assert {name: each for name, each in found.items() if each} == {"ballot.js": [".method"]}


def test_every_method_has_its_spec_and_its_view() -> None:
    assert list(SPECS) == list(VIEWS) == list(METHODS)
    assert all(VIEWS[name].spec is spec and spec.name == name for name, spec in SPECS.items())


REPORTING = """
import json, pathlib, sys
report = pathlib.Path(sys.argv.pop(1))
try:
    exec(sys.argv.pop(1))
finally:
    report.write_text(json.dumps(sorted(sys.modules)))
"""


def loaded_by(code: str, folder: Path, *arguments: str) -> set[str]:
    """Run `code` in a fresh interpreter and return the packages that were loaded when it ended."""
    report = folder / "loaded.json"
    done = subprocess.run(
        [sys.executable, "-c", REPORTING, str(report), code, *arguments],
        cwd=ROOT,
        env=os.environ | {"QUARTERDECK_LIBRARY": str(folder / "library")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(report.read_text())}


@pytest.mark.system
def test_the_whole_domain_loads_without_a_terminal(tmp_path: Path) -> None:
    names = [name for name in modules("sessions") if name != "sessions.disk.windows"]  # only there can it be loaded
    loaded = loaded_by("".join(f"import {name}\n" for name in names), tmp_path)

    assert "sessions" in loaded
    assert loaded & {"textual", "rich", "typer", "tui"} == set()


@pytest.mark.system
@pytest.mark.parametrize("arguments", ["--version", "--help", "demo --help", "new --help", "list --json", "where"])
def test_a_command_without_a_screen_loads_no_textual(arguments: str, tmp_path: Path) -> None:
    loaded = loaded_by("from tui.cli.main import main; main()", tmp_path, *arguments.split())

    assert "tui" in loaded
    assert "textual" not in loaded
