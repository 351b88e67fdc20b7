"""No user's text reaches a parameter that parses markup: a title like `[/]` would crash the app, `[@click=...]` would run.

Read from the sources of `tui`: what such a parameter is given must be a literal, or be made by `safe` or `cell` of tui.text, or be
Content or Rich Text, or stand beside `markup=False`. A name is followed to its assignments in the same function and to its annotation,
a call to the annotation of what it returns. An f-string is never accepted: make it Content.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EVERY = range(100)

# What is called -> the places and the names of its parameters that parse markup.
PARSING: dict[str, tuple[range, set[str]]] = {
    **dict.fromkeys(("Static", "Label"), (range(1), {"content"})),
    **dict.fromkeys(("Button", "Checkbox", "RadioButton", "Tab", "Placeholder"), (range(1), {"label", "tooltip"})),
    **dict.fromkeys(("Option", "Selection"), (range(1), {"prompt"})),
    **dict.fromkeys(("OptionList", "SelectionList", "Tabs", "RadioSet"), (EVERY, {"tooltip"})),
    "Select": (range(1), {"options", "prompt", "tooltip"}),
    "TabPane": (range(1), {"title"}),
    "Collapsible": (range(0), {"title"}),
    "notify": (range(1), {"message"}),
    "update": (range(1), {"content"}),
    "with_tooltip": (range(1), {"tooltip"}),
    **dict.fromkeys(("add_option", "add_options", "set_options"), (range(1), {"option", "options", "new_options"})),
    "replace_option_prompt": (range(1, 2), {"prompt"}),
    "add_row": (EVERY, {"label"}),
    "add_columns": (EVERY, set()),
    "add_column": (range(1), {"label"}),
    "update_cell": (range(2, 3), {"value"}),
    **dict.fromkeys(("add_leaf", "set_label"), (range(1), {"label"})),
}
PARSING_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
SAFE_CALLS = {"safe", "cell", "Content", "Text"}
SAFE_MAKERS = {"assemble", "styled", "blank"}
ITEMS = {"Option", "Selection", "Tab", "RadioButton"}  # checked where they are made
SAFE_TYPE = re.compile(r"\b(Content|Text|Option|Selection)\b")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Names:
    """What names mean in the package: annotations of functions, properties and attributes, and the widgets' subclasses."""

    def __init__(self, trees: list[ast.Module]) -> None:
        self.annotations: dict[str, list[str]] = {}
        self.nearest: dict[str, list[str]] = {}
        self.parsing = dict(PARSING)
        for node in (node for tree in trees for node in ast.walk(tree)):
            if isinstance(node, Function) and node.returns:
                self._annotate(node.name, node.returns)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name | ast.Attribute):
                self._annotate(called(node.target), node.annotation)
            elif isinstance(node, ast.ClassDef) and (base := parsing_base(node)) and not defines_init(node):
                self.parsing[node.name] = PARSING[base]  # without a constructor of its own it parses what its base parses

    def seen_from(self, tree: ast.Module) -> Names:
        """Let the names of one file stand before the same names elsewhere."""
        self.nearest = Names([tree]).annotations
        return self

    def _annotate(self, name: str, annotation: ast.expr) -> None:
        self.annotations.setdefault(name, []).append(ast.unparse(annotation))

    def is_safe(self, name: str) -> bool:
        annotations = self.nearest.get(name) or self.annotations.get(name, [])
        return bool(annotations) and all(safe_type(annotation) for annotation in annotations)


def safe_type(annotation: str) -> bool:
    return bool(SAFE_TYPE.search(annotation)) and not re.search(r"\bstr\b", annotation)


def parsing_base(node: ast.ClassDef) -> str:
    return next((called(base) for base in node.bases if called(base) in PARSING), "")


def defines_init(node: ast.ClassDef) -> bool:
    return any(isinstance(part, Function) and part.name == "__init__" for part in node.body)


def called(node: ast.expr) -> str:
    """Give the last name of a.b.c, a.b.c(...) or Generic[...]."""
    if isinstance(node, ast.Subscript):
        return called(node.value)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class Judge:
    """Tells whether an expression, seen inside `scopes` (outermost first), can only be text that nobody parses."""

    def __init__(self, names: Names, scopes: list[ast.AST]) -> None:
        self.names = names
        self.scopes = scopes
        self.asked: set[str] = set()

    def safe(self, node: ast.expr, literal: bool = True) -> bool:
        """Judge an expression; with `literal` False, only Content and the like will do."""
        match node:
            case ast.Constant():
                return literal
            case ast.JoinedStr(values=parts):
                return literal and all(isinstance(part, ast.Constant) for part in parts)
            case ast.IfExp(body=one, orelse=other):
                return self.safe(one, literal) and self.safe(other, literal)
            case ast.BoolOp(values=parts) | ast.List(elts=parts):
                return all(self.safe(part, literal) for part in parts)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.safe(left) and self.safe(right) and (literal or self.safe(left, False) or self.safe(right, False))
            case ast.BinOp(left=left, op=ast.Mult()):
                return self.safe(left, literal)
            case ast.Tuple(elts=[first, *_]):
                return self.safe(first, literal)  # a choice of a Select: what is shown, what it means
            case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.Starred(value=value) | ast.NamedExpr(value=value):
                return self.safe(value, literal)
            case ast.Subscript(value=value):
                return self.safe(value, literal)
            case ast.Call():
                return self.safe_call(node)
            case ast.Name(id=name):
                return self.safe_name(name, literal)
            case ast.Attribute(attr=name):
                return (literal and name.isupper()) or self.names.is_safe(name)
        return False

    def safe_call(self, call: ast.Call) -> bool:
        name = called(call.func)
        if isinstance(call.func, ast.Name):
            return name in SAFE_CALLS | ITEMS or self.names.is_safe(name)
        if not isinstance(call.func, ast.Attribute):
            return False
        receiver = call.func.value
        if called(receiver) in {"Content", "Text"}:
            return name in SAFE_MAKERS or name in {"from_markup", "from_text"}  # these two are checked on their own
        return self.names.is_safe(name) or self.safe(receiver, literal=False)

    def safe_name(self, name: str, literal: bool) -> bool:
        if name in self.asked:
            return True  # an assignment from itself adds nothing
        self.asked.add(name)
        try:
            for scope in reversed(self.scopes):
                if found := list(bindings(scope, name)):
                    return all(value is not None and self.safe(value, literal) for value in found)
            return literal and name.isupper()
        finally:
            self.asked.discard(name)


def bindings(scope: ast.AST, name: str) -> Iterator[ast.expr | None]:
    """Give every value that a scope gives to a name; None for one that cannot be followed."""
    content = ast.Call(func=ast.Name(id="Content"), args=[], keywords=[])  # stands for whatever is annotated as such
    for node in ast.walk(scope):
        match node:
            case ast.arg(arg=arg, annotation=annotation) if arg == name:
                yield content if annotation and safe_type(ast.unparse(annotation)) else None
            case ast.AnnAssign(target=ast.Name(id=target), annotation=annotation, value=value) if target == name:
                yield content if safe_type(ast.unparse(annotation)) else value
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
                    elif any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)) and isinstance(
                        target, ast.Tuple | ast.List
                    ):
                        yield None
            case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case (ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values)) if any(
                isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)
            ):
                yield values if isinstance(target, ast.Name) and isinstance(values, ast.List | ast.Name | ast.Call) else None
            case ast.withitem(optional_vars=ast.Name(id=target)) if target == name:
                yield None


class Finder(ast.NodeVisitor):
    """Collects the places where a parameter that parses markup is given something else than safe text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.scopes: list[ast.AST] = []
        self.bases: list[str] = []
        self.found: list[tuple[int, str]] = []

    def visit_Module(self, node: ast.Module) -> None:
        # Of a module only its own statements, not the bodies of its functions, bind a name that functions see.
        top = [line for line in node.body if not isinstance(line, Function | ast.ClassDef)]
        self.scopes.append(ast.Module(body=top, type_ignores=[]))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: Function) -> None:
        if node.name == "render" and node.returns and re.search(r"\bstr\b", ast.unparse(node.returns)):
            self.found.append((node.lineno, "render gives text, which Textual parses"))
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815  # the name that ast calls

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bases.append(parsing_base(node))
        self.generic_visit(node)
        self.bases.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in PARSING_ATTRIBUTES:
                self.judge(node.value, node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node.func)
        if name == "__init__" and self.bases:
            name = self.bases[-1]
        keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        unparsed = is_constant(keywords.get("markup"), False)
        if is_constant(keywords.get("markup"), True) or (name == "from_text" and not unparsed):
            self.add(node)
        elif name == "from_markup":
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                self.add(node)
        elif name in self.names.parsing and not unparsed and not of_digits(node):
            places, parameters = self.names.parsing[name]
            given = [value for place, value in enumerate(node.args) if place in places]
            for value in given + [value for key, value in keywords.items() if key in parameters]:
                self.judge(value, node)
        self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if (node.module or "").split(".")[0] in {"rich", "textual"} and {"escape", "print"} & {a.name for a in node.names}:
            self.add(node)  # escape is no protection, and Rich's print parses

    def judge(self, value: ast.expr, where: ast.AST) -> None:
        if not Judge(self.names, self.scopes).safe(value):
            self.add(where)

    def add(self, node: ast.AST) -> None:
        place = (getattr(node, "lineno", 0), ast.unparse(node))
        if place not in self.found:
            self.found.append(place)


def is_constant(node: ast.expr | None, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def of_digits(call: ast.Call) -> bool:
    """Digits draw what they are given, character by character."""
    return isinstance(call.func, ast.Attribute) and "digits" in ast.unparse(call.func.value).lower()


def unsafe_places(source: str, names: Names | None = None) -> list[tuple[int, str]]:
    tree = ast.parse(source)
    finder = Finder((names or Names([tree])).seen_from(tree))
    finder.visit(tree)
    return finder.found


@cache
def sources() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted((ROOT / "tui").rglob("*.py"))}


def test_no_text_of_a_user_reaches_a_parameter_that_parses_markup() -> None:
    names = Names([ast.parse(source) for source in sources().values()])
    found = [f"{path}:{line}: {text}" for path, source in sources().items() for line, text in unsafe_places(source, names)]

    assert found == []


SAFE = [
    'Static("[b]a literal[/b]")',
    "Static(safe(card.title))",
    "Static(title, markup=False)",
    'Label(Content.assemble("#4 ", (card.title, "bold")))',
    'Label(safe(card.title) if card else "nothing")',
    'Label(safe(a) + " " + safe(b))',
    'Label(Content(" · ").join(parts))',
    'Label(Content.from_markup("[b]$title[/b]", title=card.title))',
    'Label("─" * width)',
    "Label(HINT)",
    "OptionList(*[Option(safe(card.title), id=card.id) for card in cards])",
    "Select([(safe(person.role), person.id) for person in people])",
    'self.notify(f"{card.title} moved", markup=False)',
    "pane.border_title = safe(card.title)",
    "table.add_row(cell(card.title), cell(card.sponsor))",
    'def show(self):\n    line = safe(card.title)\n    line = line + " more"\n    self.query_one(Static).update(line)',
    "def headline(self) -> Content: ...\ndef show(self):\n    Static(self.headline())",
    "def show(self, line: Content):\n    Static(line)",
    "class Chip(Static):\n    def __init__(self, text: str):\n        super().__init__(safe(text))\nChip(title)",
    'self.query_one("#clock", Digits).update(f"{minutes}:{seconds}")',
    "Collapsible(Static(safe(note)), title=safe(title))",
]
UNSAFE = [
    "Static(card.title)",
    'Static(f"#{rank}")',
    'Label("Card " + card.title)',
    'Label("{}".format(card.title))',
    'Label("Card %s" % card.title)',
    'Label(", ".join(titles))',
    "Label(plain(card.title))",
    "Label(title, markup=True)",
    "Button(role)",
    "Button('ok', tooltip=note)",
    "Checkbox(role)",
    "Collapsible(Static('x'), title=title)",
    "TabPane(title)",
    "OptionList(*[Option(card.title) for card in cards])",
    "OptionList(*titles)",
    "Select([(person.role, person.id) for person in people])",
    "self.notify(str(error))",
    'self.notify(f"{card.title} moved")',
    "pane.border_title = card.title",
    "pane.tooltip = note",
    "table.add_row(card.id, card.title)",
    'Label(Content.from_markup(f"[b]{card.title}[/b]"))',
    "Label(Content.from_text(card.title))",
    "from rich.markup import escape",
    "from rich import print",
    "def show(self, line: str):\n    Static(line)",
    "def show(self):\n    line = safe(a)\n    line = b.title\n    Static(line)",
    "def headline(self) -> str: ...\ndef show(self):\n    Static(self.headline())",
    "class Chip(Static):\n    def __init__(self, text: str):\n        super().__init__(text)",
    "class Chip(Static):\n    pass\nChip(title)",
    "def show(self):\n    for title in titles:\n        Static(title)",
    "class Chip(Widget):\n    def render(self) -> str:\n        return self.title",
]


@pytest.mark.parametrize("source", SAFE)
def test_safe_text_is_accepted(source: str) -> None:
    assert unsafe_places(source) == []


@pytest.mark.parametrize("source", UNSAFE)
def test_text_that_would_be_parsed_is_found(source: str) -> None:
    assert len(unsafe_places(source)) == 1
