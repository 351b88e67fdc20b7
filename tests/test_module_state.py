"""No module keeps state: what changes lives in a value or an object that somebody owns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
REGISTRIES = {"HANDLERS"}
"""Tables that a decorator fills while the modules are imported, and that nothing changes afterwards."""

DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Call)
MUTATORS = {"append", "extend", "insert", "remove", "pop", "clear", "add", "discard", "update", "setdefault", "sort", "reverse", "popitem"}


def changed_module_state(source: str) -> Iterator[str]:
    """Return what a module keeps and changes at run time: `global` statements, and collections on its top level that a function changes."""
    tree = ast.parse(source)
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, DISPLAYS):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)} - REGISTRIES
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield f"line {node.lineno}: global {', '.join(node.names)}"
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
                if ast.unparse(node.func.value) in names:
                    yield f"line {node.lineno}: {ast.unparse(node)}"
            elif isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load) and ast.unparse(node.value) in names:
                yield f"line {node.lineno}: {ast.unparse(node)}"


def test_no_module_keeps_state() -> None:
    samples = ("def f():\n    global a", "a = []\ndef f(): a.append(1)", "a = {}\ndef f(): a['x'] = 1", "class A: ...\ndef f(): A.x = 1")
    assert all(list(changed_module_state(source)) for source in samples)
    paths = [path for package in ("sessions", "tui") for path in sorted((ROOT / package).rglob("*.py"))]
    assert [f"{path.relative_to(ROOT)}, {each}" for path in paths for each in changed_module_state(path.read_text(encoding="utf-8"))] == []
