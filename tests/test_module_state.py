"""No module keeps state: what changes lives in a value or an object with an owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sources import sources

REGISTRIES = {"HANDLERS"}
"""Tables that a decorator fills while the modules are imported, and that nothing changes afterwards."""
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Call)
MUTATORS = {"append", "extend", "insert", "remove", "pop", "clear", "add", "discard", "update", "setdefault", "sort", "reverse", "popitem"}


def changed_module_state(tree: ast.Module) -> Iterator[str]:
    """Return what a module keeps and changes at run time: `global` statements, and collections on its top level that a function changes."""
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, DISPLAYS):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)} - REGISTRIES
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    for node in (inner for function in functions for inner in ast.walk(function)):
        match node:
            case ast.Global():
                found = True
            case ast.Call(func=ast.Attribute(value=owner, attr=method)):
                found = method in MUTATORS and ast.unparse(owner) in names
            case ast.Subscript(value=owner, ctx=how) | ast.Attribute(value=owner, ctx=how):
                found = not isinstance(how, ast.Load) and ast.unparse(owner) in names
            case _:
                found = False
        if found:
            yield f"line {node.lineno}: {ast.unparse(node)}"


def test_no_module_keeps_state() -> None:
    samples = ("def f():\n    global a", "a = []\ndef f(): a.append(1)", "a = {}\ndef f(): a['x'] = 1", "class A: ...\ndef f(): A.x = 1")
    assert all(list(changed_module_state(ast.parse(source))) for source in samples)
    assert [f"{each.module}, {found}" for each in sources() for found in changed_module_state(each.tree)] == []
