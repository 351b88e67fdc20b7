"""Who may import whom: read from the sources, and seen in fresh interpreters."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from typing import get_args

import pytest
from sources import ROOT, Import, imports_of, loaded_by, sources, within

from sessions.record.choices import METHODS, OrderMethod, QuestionMethod
from sessions.rounds.methods.order import OrderSpec
from sessions.rounds.methods.registry import METHODS as SPECS
from tui.voting.methods.registry import VIEWS

# Each pair: the modules on the left import nothing of what is on the right, nor anything inside it; `.live` is `sessions.live`, or `tui.live`.
NEVER = [
    # A room server, a web page or a script can use the domain without a terminal.
    ("sessions", "tui textual rich typer"),
    # Time and chance come from outside, so that every session can be replayed.
    ("sessions", "time random secrets uuid os.urandom"),
    # library -> live -> commands -> deciding, rounds, replay -> state -> record -> portfolio. A step the other way is a cycle, most often.
    ("sessions.portfolio", ".record .state .store .commands .live .library .voting .rounds .deciding .sequencing .imports .replay"),
    ("sessions.replay", ".commands .live .library .store"),
    ("sessions.quarters", ".commands .live .library .store"),
    # Where a session is stored comes from outside, so that a test or a room server can store it elsewhere.
    ("sessions.room", ".library .store"),
    # Methods see plain values, so that they can be checked against other tools and used on any record.
    ("sessions.voting", ".record .state .commands .live .rounds"),
    ("sessions.sequencing", ".record .state .commands .live .rounds .deciding"),
    # cli -> app -> features -> cards, voting -> dialogs, host -> widgets -> text, themes, environment.
    ("tui.widgets", ".cli .app .host .dialogs .cards .voting"),
    # A joined terminal holds no record: it shows what the room sends to its seat.
    ("tui.joined", ".app .cards sessions.live sessions.library sessions.store sessions.commands"),
    ("tui.terminal", ".app .host .dialogs .widgets sessions.state sessions.live"),
]
ONLY = [
    ("sessions", "tinydb", "sessions.store.tinydb"),
    # What only one kind of system has, one module asks for. Textual alone makes the calls that set a terminal's mode.
    *(("sessions tui", what, "sessions.disk.unix") for what in ("fcntl", "termios", "tty", "pwd", "grp")),
    *(("sessions tui", what, "sessions.disk.windows") for what in ("msvcrt", "ctypes", "winreg", "_winapi")),
    ("sessions tui", "resource", "sessions.room.http.connections"),
    ("sessions", "nats", "sessions.store.nats"),
    ("sessions", "nkeys", "sessions.store.nats"),
    # Only the environment chooses the store; `check` asks whether a file that a user named is a session, and `library` sets one up on a server.
    ("tui", "sessions.store", "tui.environment tui.cli.check tui.cli.library"),
    # The network is for those who open a room, or join one.
    ("sessions tui", "aiohttp", "sessions.room.http tui.joined.link"),
    ("tui", "tui.joined", "tui.joined tui.cli"),
]
"""Each: of the modules within the first, only the third import the second."""

SHARED = {"app", "cli", "joined", "host", "dialogs", "widgets", "terminal", "cards", "voting", "stages"}
FEATURES = {path.parent.name for path in (ROOT / "tui").glob("*/__init__.py")} - SHARED
"""The folders of `tui` that hold the screens of one feature each. Only the app opens them."""
LONGEST, FULLEST = 300, 20
"""Lines of a file, and modules of a folder."""


@cache
def all_imports(*packages: str) -> tuple[Import, ...]:
    return tuple(found for each in sources(*packages) for found in imports_of(each.tree, each.module, each.is_package))


def within_any(name: str, packages: str) -> bool:
    return any(within(name, package) for package in packages.split())


def in_full(importer: str, packages: str) -> str:
    """Return names of packages without their short forms: `.live`, for an importer in `sessions`, is `sessions.live`."""
    return re.sub(r"(?<!\S)\.", f"{importer.partition('.')[0]}.", packages)


@pytest.mark.parametrize(("importer", "forbidden"), NEVER, ids=[importer for importer, _ in NEVER])
def test_no_layer_imports_a_higher_one(importer: str, forbidden: str) -> None:
    assert [str(found) for found in all_imports(importer) if within_any(found.name, in_full(importer, forbidden))] == []


@pytest.mark.parametrize(("where", "what", "only"), ONLY, ids=[what for _, what, _ in ONLY])
def test_only_some_modules_know_it(where: str, what: str, only: str) -> None:
    assert [str(found) for found in all_imports(*where.split()) if within(found.name, what) and not within_any(found.module, only)] == []


def test_the_rules_name_packages_that_hold_code() -> None:
    """A rule about a misspelt package would always hold."""
    modules = {each.module for each in sources()}
    known = modules | {module.rpartition(".")[0] for module in modules}
    rules = " ".join([*(f"{importer} {in_full(importer, names)}" for importer, names in NEVER), *map(" ".join, ONLY)])
    named = {name for name in rules.split() if name.startswith(("sessions", "tui"))}
    assert (named | {f"tui.{name}" for name in SHARED}) - known == set()


def test_the_screen_uses_only_public_names_of_the_sessions() -> None:
    used = [each for each in all_imports("tui") if within(each.name, "sessions")]
    assert [str(each) for each in used if re.search(r"\._(?!_)", each.name)] == []


def test_features_reach_each_other_only_through_navigation() -> None:
    def feature(module: str) -> str:
        top, name, *_ = f"{module}..".split(".")
        return name if top == "tui" and name in FEATURES else ""

    below = [each for each in all_imports("tui") if not within_any(each.module, "tui.app tui.cli")]
    assert [str(each) for each in below if feature(each.name) not in ("", feature(each.module))] == []


def test_generic_widgets_and_dialogs_know_no_session() -> None:
    known = [each.name for each in all_imports("tui.widgets", "tui.dialogs") if within(each.name, "sessions")]
    assert [name for name in known if not within_any(name, "sessions.errors sessions.wording")] == []


def import_graph(*, folders: bool) -> dict[str, set[str]]:
    """Return which file imports which, or which folder imports which."""
    files = {each.module: each.module if each.is_package or not folders else each.module.rpartition(".")[0] for each in sources()}
    graph: dict[str, set[str]] = {}
    for each in all_imports():
        target = each.name
        while target and target not in files:
            target = target.rpartition(".")[0]
        if target and files[each.module] != files[target]:
            graph.setdefault(files[each.module], set()).add(files[target])
    return graph


@pytest.mark.parametrize("folders", [False, True], ids=["files", "folders"])
def test_there_is_no_import_cycle(folders: bool) -> None:
    TopologicalSorter(import_graph(folders=folders)).prepare()


NO_CALLS_OF_A_DISK = {"os.getpid", "os.strerror"}
DISK_METHODS = {
    "open", "stat", "lstat", "fstat", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "walk", "unlink",
    "mkdir", "rmdir", "rename", "touch", "chmod", "hardlink_to", "symlink_to", "exists", "is_file", "is_dir", "is_symlink", "samefile",
}  # fmt: skip
NOT_THE_DISK = {"ops", "self._ops", "self._store", "self._files", "library", "self", "Journal", "cls"}


def calls_past_the_seam(tree: ast.AST) -> Iterator[str]:
    """Return what a module has the operating system do with a file, but not through `FileOps`."""
    for name in (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)):
        receiver, _, method = name.rpartition(".")
        past = name.startswith(("os.", "shutil.", "tempfile.")) and name not in NO_CALLS_OF_A_DISK
        if past or name == "open" or (method in DISK_METHODS and receiver not in NOT_THE_DISK):
            yield name


@pytest.mark.promise("store-S10")
def test_every_call_to_the_disk_goes_through_the_seam() -> None:
    """Only then a test that puts a fault at every call has put it everywhere."""
    for source in ("open(path)", "os.open(path, 0)", "path.open()", "self.path.stat()", "Path(x).read_text()", "shutil.move(a, b)"):
        assert list(calls_past_the_seam(ast.parse(source)))
    files = sources("sessions.store", "sessions.library", "sessions.summary", "sessions.export")
    assert {f"{each.module}: {call}" for each in files for call in calls_past_the_seam(each.tree)} == set()


def claimed_imports(docstring: str) -> set[str] | None:
    """Return the names after "May import", or None if a docstring makes no such claim."""
    _, found, claim = docstring.partition("May import ")
    return set(re.findall(r"`([\w.]+)`", claim)) if found else None


def test_every_package_says_what_belongs_there_and_what_it_imports() -> None:
    """The claim names exactly what is imported of other packages of `sessions`, or of `tui`. The modules at their top are open to all."""
    assert claimed_imports("Votes. May import `a`, `b.c`.") == {"a", "b.c"}
    assert claimed_imports("Votes. May import no other package.") == set()
    known = {each.module: ast.get_docstring(each.tree) or "" for each in sources() if each.is_package}
    assert [name for name, docstring in known.items() if not docstring] == []

    def package(name: str) -> str:
        while name not in known:
            name = name.rpartition(".")[0]
        return name

    wrong: dict[str, set[str]] = {}
    for name in known.keys() - {"sessions", "tui"}:
        top = name.partition(".")[0]
        used = {package(each.name) for each in all_imports(name) if package(each.module) == name and within(each.name, top)} - {top}
        used = {other for other in used if not within(other, name)}
        claim = claimed_imports(known[name])
        claimed = {f"{top}.{each}" for each in claim or ()}
        unclaimed = {other for other in used if not within_any(other, " ".join(claimed))}
        unused = {each for each in claimed if not any(within(other, each) for other in used)}
        if claim is None or unclaimed or unused:
            wrong[name] = unclaimed | unused

    assert wrong == {}


def test_no_file_and_no_folder_is_too_large() -> None:
    folders = Counter(each.path.parent for each in sources() if not each.is_package)
    assert [each.module for each in sources() if len(each.text.splitlines()) > LONGEST] == []
    assert [folder for folder, number in folders.items() if number > FULLEST] == []


OTHER_MEANINGS = ("action", "outcome", "step")
"""Names of what may share a word with a method: `duel` is an outcome of a discussion, `score` a step of it."""


def branches_on_a_method(tree: ast.AST) -> Iterator[str]:
    """Return every comparison with the name of a method, every case of one, and every table of which all keys are methods."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                sides = (node.left, *node.comparators)
                others = [ast.unparse(side) for side in sides if not _names_a_method(side)]
                found = len(others) < len(sides) and not any(other.endswith(OTHER_MEANINGS) for other in others)
            case ast.MatchValue():
                found = _names_a_method(node.value)
            case ast.DictComp():
                found = any(_names_a_method(each.iter) for each in node.generators)
            case ast.Dict(keys=[_, *_] as keys):
                found = all(key and (_names_a_method(key) or _is_a_spec(key)) for key in keys)
            case _:
                found = False
        if found:
            yield ast.unparse(node)


def _names_a_method(node: ast.expr) -> bool:
    """Return whether something is the name of a method, as text or as `SCORE.name`, or holds one."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return any(_names_a_method(each) or _is_a_spec(each) for each in parts)
        case ast.Attribute(attr="name", value=value):
            return _is_a_spec(value)
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
    assert all(list(branches_on_a_method(ast.parse(source))) for source in samples)
    elsewhere = [each for each in sources() if not within_any(each.module, "sessions.rounds.methods tui.voting.methods")]
    assert [f"{each.module}: {branch}" for each in elsewhere for branch in branches_on_a_method(each.tree)] == []


def test_the_pages_know_a_method_only_in_one_table() -> None:
    """A page may choose the form of a ballot, in the table of `ballot.js`."""
    named = re.compile(rf"\.method\b|[\"'](?:{'|'.join(METHODS)})[\"']")
    found = {path.name: named.findall(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "sessions/room/web").glob("*.js"))}
    assert {name: each for name, each in found.items() if each} == {"ballot.js": [".method"]}


def test_every_method_has_its_spec_and_its_view() -> None:
    assert list(SPECS) == list(VIEWS) == list(METHODS)
    assert all(VIEWS[name].spec is spec and spec.name == name for name, spec in SPECS.items())
    assert {name for name, spec in SPECS.items() if isinstance(spec, OrderSpec)} == {*get_args(OrderMethod)}, "the record and the specs agree"
    assert {name for name, spec in SPECS.items() if not spec.about_cards} == {*get_args(QuestionMethod)}


@pytest.mark.system
def test_the_whole_domain_loads_without_a_terminal() -> None:
    names = [each.module for each in sources("sessions") if each.module != "sessions.disk.windows"]  # only there can it be loaded
    assert loaded_by("".join(f"import {name}\n" for name in names)) & {"textual", "rich", "typer", "tui"} == set()


@pytest.mark.system
@pytest.mark.parametrize("arguments", ["--version", "--help", "demo --help", "new --help", "list --json", "where"])
def test_a_command_without_a_screen_loads_neither_textual_nor_the_client_of_a_server(arguments: str) -> None:
    loaded = loaded_by("from tui.cli.main import main; main()", *arguments.split())
    assert "tui" in loaded
    assert loaded & {"textual", "nats", "nkeys", "ssl", "sessions.store.nats"} == set()
