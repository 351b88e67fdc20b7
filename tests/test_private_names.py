"""Private names of Textual and asyncio: `tui/private_names.py` lists those that the code uses, `IN_TESTS` those of tests; each still exists."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache

import pytest
from sources import ROOT, Source, imports_of, sources, within

from tui.private_names import PRIVATE_NAMES, PrivateName

NAMED_TUPLE = {"_asdict", "_field_defaults", "_fields", "_replace"}
"""Names of every NamedTuple that are public in spite of their underscore."""


IN_TESTS = (
    PrivateName("textual.screen.Screen", "_compositor", "stage.py", "What a user sees, as text and styles."),
    PrivateName("textual.app.App", "_notifications", "stage.py", "The messages over a screen."),
    PrivateName("textual.app.App", "_return_code", "tui_/cli/test_room_command.py", "An app that ends with a code, without being run."),
    PrivateName("textual.app.App", "_log", "tui_/ballot/test_ballot_secrecy.py", "No vote goes to Textual's tools for developers."),
    PrivateName("asyncio.base_events.BaseEventLoop", "_ready", "tui_/conftest.py", "A test waits until an app is at rest, not for a clock."),
    PrivateName("asyncio.base_events.BaseEventLoop", "_scheduled", "tui_/conftest.py", "As above: until no timer ends soon."),
    PrivateName("asyncio.base_events.BaseEventLoop", "_default_executor", "tui_/conftest.py", "As above: until no thread works."),
    PrivateName("concurrent.futures.ThreadPoolExecutor", "_idle_semaphore", "tui_/conftest.py", "As above."),
    PrivateName("concurrent.futures.ThreadPoolExecutor", "_threads", "tui_/conftest.py", "As above."),
    PrivateName("textual", "_context", "benchmarks/room_keys.py", "The app that is active, as where it opens a room itself."),
    PrivateName("textual", "_log", "tui_/ballot/test_ballot_secrecy.py", "The groups of what Textual logs."),
)
"""The private names that only tests use."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def private_names(cls: type) -> frozenset[str]:
    """Return the private names that a class defines: its methods and class attributes, and what it assigns to `self`."""
    attributes = (node for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))) if isinstance(node, ast.Attribute))
    assigned = {node.attr for node in attributes if isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"}
    return frozenset(filter(is_private, {*vars(cls), *assigned}))


def names_of_textual(cls: type) -> set[str]:
    """Return the private names that a class inherits from Textual, also through a class that mixes it in."""
    bases = {base for each in (cls, *cls.__subclasses__()) for base in each.__mro__ if within(base.__module__, "textual")}
    return {name for base in bases for name in private_names(base)}


def uses(source: Source) -> Iterator[str]:
    """Return the private names of Textual that a file uses: imported, called, assigned, or overridden (perhaps by accident)."""
    imported = (each.name for each in imports_of(source.tree, source.module, source.is_package) if within(each.name, "textual"))
    yield from (part for name in imported for part in name.split(".") if is_private(part))
    yield from class_uses(source.tree.body, importlib.import_module(source.module))
    yield from foreign_uses(source.tree)


def foreign_uses(tree: ast.AST) -> set[str]:
    """Return the private names that a file uses of any object but its own `self` or `cls`; `os._exit` is public."""
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr))
    return {node.attr for node in attributes if ast.unparse(node.value) not in ("self", "cls", "super()", "os")} - NAMED_TUPLE


def owner_of(listed: PrivateName) -> object:
    """Return the class or the package that has a private name."""
    module, _, name = listed.owner.rpartition(".")
    return getattr(importlib.import_module(module), name) if module else importlib.import_module(name)


def class_uses(body: list[ast.stmt], scope: object) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef) and isinstance(cls := getattr(scope, node.name), type):
            used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
            used |= {each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
            yield from used & names_of_textual(cls)
            yield from class_uses(node.body, cls)


def test_the_list_is_complete() -> None:
    assert foreign_uses(ast.parse("app._exit = True")) == foreign_uses(ast.parse("self._app._exit")) == {"_exit"}
    assert foreign_uses(ast.parse("self._mine; row._replace(a=1)")) == set()
    used = {(each.path.as_posix().rpartition("/tui/")[2], name) for each in sources("tui") for name in uses(each)}
    assert used == {(each.file, each.name) for each in PRIVATE_NAMES}


def test_the_list_of_the_tests_is_complete() -> None:
    owners = {owner for each in (*PRIVATE_NAMES, *IN_TESTS) if isinstance(owner := owner_of(each), type)}
    known = {name for owner in owners for base in owner.__mro__ if base is not object for name in private_names(base)}
    used = set()
    for path in (ROOT / "tests").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {part for each in imports_of(tree, "") if within(each.name, "textual") for part in each.name.split(".") if is_private(part)}
        used |= {(path.relative_to(ROOT / "tests").as_posix(), name) for name in (foreign_uses(tree) & known) | imported}
    assert used == {(each.file, each.name) for each in IN_TESTS}


@pytest.mark.parametrize("listed", [*PRIVATE_NAMES, *IN_TESTS], ids=lambda each: each.name)
def test_a_listed_name_exists(listed: PrivateName) -> None:
    owner = owner_of(listed)
    if not isinstance(owner, type):
        assert importlib.util.find_spec(f"{listed.owner}.{listed.name}")
        return
    assert listed.name in {each for base in owner.__mro__ if base is not object for each in private_names(base)}
