"""No user's text reaches a parameter that parses markup: a title like `[/]` would crash the app, `[@click=...]` would run.

Read from the sources of `tui`: such a parameter is given a literal, or Content or Rich Text, which is not parsed: made by `safe` or `cell` of
tui.text, or by a function or a name that is annotated as such. `test_hostile_screens.py` shows every screen with hostile texts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from sources import sources
from textual.content import Content

from tui.host.actions import ACTIONS

PARSING = {
    "Static", "Label", "Option", "Button", "Checkbox", "Collapsible", "TabPane", "Tree", "update", "notify", "add_option", "add_row", "add_column",
    "add_leaf", "set_label", "with_tooltip", "from_markup",
}  # fmt: skip
"""What parses its first argument as markup."""
KEYWORDS = {"content", "label", "prompt", "tooltip", "title", "message"}
ATTRIBUTES = {"tooltip", "border_title", "border_subtitle"}
SAFE = {"safe", "cell", "Content", "Text", "assemble", "styled", "blank", "Option"}
SAFE_TYPES = {"Content", "Content | None", "Text"}
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def safe_names(tree: ast.AST) -> set[str]:
    """Return the functions, attributes and parameters of a file that are annotated as text that is not parsed."""
    annotated = [(node.name, node.returns) for node in ast.walk(tree) if isinstance(node, Function)]
    annotated += [(node.arg, node.annotation) for node in ast.walk(tree) if isinstance(node, ast.arg)]
    annotated += [(name_of(node.target), node.annotation) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    return {name for name, annotation in annotated if annotation is not None and ast.unparse(annotation) in SAFE_TYPES}


EVERYWHERE = {name for each in sources("tui") for name in safe_names(each.tree)} - {"title", "text", "name"}


def is_safe(node: ast.expr, tree: ast.AST) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Attribute(value=made, attr="join" | "rstrip")):
            return is_safe(made, tree) and not isinstance(made, ast.Constant)
        case ast.Call(func=func):
            return name_of(func) in SAFE | EVERYWHERE
        case ast.IfExp(body=one, orelse=other):
            return is_safe(one, tree) and is_safe(other, tree)
        case ast.Name() | ast.Attribute():
            name = name_of(node)
            values = [each.value for each in ast.walk(tree) if isinstance(each, ast.Assign) and name in map(name_of, each.targets)]
            return name in EVERYWHERE | safe_names(tree) or (bool(values) and all(is_safe(each, tree) for each in values))
    return False


def unsafe(tree: ast.AST) -> Iterator[str]:
    """Return what a file gives to a parameter that parses markup, and that is not safe."""
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call) and name_of(node.func) in PARSING and not any(each.arg == "markup" for each in node.keywords):
            given = [*node.args[:1], *(each.value for each in node.keywords if each.arg in KEYWORDS)]
        elif isinstance(node, ast.Assign) and any(name_of(each) in ATTRIBUTES for each in node.targets):
            given = [node.value]
        yield from (f"{each.lineno}: {ast.unparse(each)}" for each in given if not is_safe(each, tree))


@pytest.mark.promise("text-H3")
def test_no_text_of_a_user_reaches_a_parameter_that_parses_markup() -> None:
    assert [f"{each.module}:{found}" for each in sources("tui") for found in unsafe(each.tree)] == []
    samples = (
        "Static(card.title)", 'Label(f"#{rank}")', "Option(plain(role))", "line.update(str(error))", 'self.notify("Card " + card)',
        "pane.tooltip = note", "Button('ok', tooltip=note)", "def show(self, line: str):\n    Static(line)", "words = card.title\nLabel(words)",
        "Content.from_markup(card.title)",
    )  # fmt: skip
    assert [source for source in samples if len(list(unsafe(ast.parse(source)))) != 1] == []


def test_what_the_registry_says_is_read_as_it_is_written() -> None:
    """The palette parses it."""
    words = {words for action in ACTIONS for words in (action.help, action.shown, action.short)}
    assert {each for each in words if Content.from_markup(each).plain != each} == set()
