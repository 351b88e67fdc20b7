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
from textual.content import Content

from tui.host.actions import ACTIONS, Action

ROOT = Path(__file__).parent.parent
EVERY = range(100)

# What is called -> the places and the names of its parameters that parse markup.
PARSING: dict[str, tuple[range, set[str]]] = {
    **dict.fromkeys(("Static", "Label"), (range(1), {"content"})),
    **dict.fromkeys(("Button", "Checkbox", "RadioButton", "Tab", "Placeholder"), (range(1), {"label", "tooltip"})),
    **dict.fromkeys(("Option", "Selection"), (range(1), {"prompt"})),
    **dict.fromkeys(("OptionList", "SelectionList", "Tabs", "TabbedContent", "RadioSet"), (EVERY, {"tooltip"})),
    "Select": (range(1), {"options", "prompt", "tooltip"}),
    "TabPane": (range(1), {"title"}),
    "Collapsible": (range(0), {"title"}),
    "Tree": (range(1), {"label"}),
    "TextArea": (range(0), {"placeholder"}),
    "add_tab": (range(1), {"tab"}),
    "notify": (range(1), {"message"}),
    # The palette takes nothing but text, and parses it.
    "SystemCommand": (range(2), {"title", "help"}),
    "Hit": (range(1, 5), {"match_display", "text", "help"}),
    "DiscoveryHit": (range(4), {"display", "text", "help"}),
    "update": (range(1), {"content"}),
    "with_tooltip": (range(1), {"tooltip"}),
    **dict.fromkeys(("add_option", "add_options", "set_options"), (range(1), {"option", "options", "new_options"})),
    **dict.fromkeys(("replace_option_prompt", "replace_option_prompt_at_index"), (range(1, 2), {"prompt"})),
    "add_row": (EVERY, {"label"}),
    "add_columns": (EVERY, set()),
    "add_column": (range(1), {"label"}),
    "update_cell": (range(2, 3), {"value"}),
    "update_cell_at": (range(1, 2), {"value"}),
    **dict.fromkeys(("add_leaf", "set_label"), (range(1), {"label"})),
}
PARSING_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt", "content"}
PARSING_EVERYWHERE = {"tooltip", "border_title", "border_subtitle"}
"""Parameters that parse, whatever they are given to; only a key's binding keeps its tooltip to itself."""
FIELDS = {"Input", "TextArea", "MaskedInput"}
"""They hand every character on to the terminal: tui.widgets.inputs makes them safe."""
REGISTRY_WORDS = {"help", "shown", "short"}
"""What an action of the registry says of itself: written by us, and tested below to be read as it is written."""
SAFE_CALLS = {"safe", "cell", "Content", "Text"}
SAFE_MAKERS = {"assemble", "styled", "blank"}
ITEMS = {"Option", "Selection", "Tab", "RadioButton"}  # checked where they are made
SAFE_TYPE = re.compile(r"\b(Content|Text|Option|Selection)\b")
Function = ast.FunctionDef | ast.AsyncFunctionDef
TAKE_KINDS = {
    "query", "query_one", "query_exactly_one", "query_children", "query_ancestor", "results", "exclude", "isinstance", "issubclass", "on", "cast",
}  # fmt: skip
"""They are given a kind of widget, and make none of it."""


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

        self._inherit([node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not defines_init(node)])

    def _inherit(self, classes: list[ast.ClassDef]) -> None:
        """Without a constructor of its own a class parses what its base parses, over any number of generations."""
        heirs = {node.name: base for node in classes if node.name not in self.parsing and (base := self.parsing_base(node))}
        if heirs:
            self.parsing.update({name: self.parsing[base] for name, base in heirs.items()})
            self._inherit(classes)

    def parsing_base(self, node: ast.ClassDef) -> str:
        return next((called(base) for base in node.bases if called(base) in self.parsing), "")

    def is_widget(self, name: str) -> bool:
        return name in self.parsing and name[0].isupper()

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


def defines_init(node: ast.ClassDef) -> bool:
    return any(isinstance(part, Function) and part.name == "__init__" for part in node.body)


def called(node: ast.expr) -> str:
    """Return the last name of a.b.c, a.b.c(...) or Generic[...]."""
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
                return literal and all(isinstance(part, ast.Constant) or self.safe(part) for part in parts)
            case ast.FormattedValue(value=ast.Attribute(value=ast.Name(id="action"), attr=name)):
                return literal and name in REGISTRY_WORDS
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
            case ast.Attribute(value=ast.Name(id="action"), attr=name) if name in REGISTRY_WORDS:
                return literal
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
    """Return every value that a scope gives to a name; None for one that cannot be followed."""
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
        self.mentioned: set[ast.AST] = set()

    def mention(self, *nodes: ast.expr) -> None:
        """Let a widget or a method be named here: it is called, and judged there, or only a kind is meant."""
        self.mentioned.update(part for node in nodes for part in ast.walk(node))

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and self.names.is_widget(node.id) and node not in self.mentioned:
            self.add(node)  # handed on, to be made who knows of what

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load) and node not in self.mentioned:
            if self.names.is_widget(node.attr) or (node.attr in PARSING and node.attr[0].islower()):
                self.add(node)
            if isinstance(node.value, ast.Name) and node.attr[0].isupper():
                self.mention(node.value)  # a message of a widget
        self.generic_visit(node)

    def visit_Module(self, node: ast.Module) -> None:
        # Of a module only its own statements, not the bodies of its functions, bind a name that functions see.
        top = [line for line in node.body if not isinstance(line, Function | ast.ClassDef)]
        self.scopes.append(ast.Module(body=top, type_ignores=[]))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: Function) -> None:
        if node.name == "render" and not (node.returns and safe_type(ast.unparse(node.returns))):
            self.found.append((node.lineno, "render may give text, which Textual parses"))
        self.mention(*filter(None, [node.returns, *(arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg))]))
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815  # the name that ast calls

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.mention(*node.bases)
        self.bases.append(self.names.parsing_base(node))
        self.generic_visit(node)
        self.bases.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if self.parses(target):
                self.judge(node.value, node)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.mention(node.annotation)
        if self.parses(node.target) and node.value and is_text(node.annotation):
            self.judge(node.value, node)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if self.parses(node.target):
            self.judge(node.value, node)
        self.generic_visit(node)

    def parses(self, target: ast.expr) -> bool:
        """Return whether what is assigned to is parsed: what every widget has, or what some have, unless it is a plain class's own."""
        if not isinstance(target, ast.Attribute) or target.attr not in PARSING_ATTRIBUTES:
            return False
        own = called(target.value) == "self" and not any(self.bases)
        return target.attr in PARSING_EVERYWHERE or not own

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node.func)
        self.mentioned.add(node.func)
        if name in TAKE_KINDS:
            self.mention(*node.args)
        if name == "__init__" and self.bases:
            name = self.bases[-1]
        elif isinstance(node.func, ast.Attribute) and self.names.is_widget(called(node.func.value)) and name not in self.names.parsing:
            name = called(node.func.value)  # another constructor, such as Button.success
            self.mentioned.add(node.func.value)
        keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        unparsed = is_constant(keywords.get("markup"), False)
        if is_constant(keywords.get("markup"), True) or (name == "from_text" and not unparsed):
            self.add(node)
        elif name == "from_markup":
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                self.add(node)
        elif name == "setattr" and len(node.args) == 3 and getattr(node.args[1], "value", "") in PARSING_ATTRIBUTES:
            self.judge(node.args[2], node)
        elif name in FIELDS and isinstance(node.func, ast.Name):
            self.add(node)
        elif name == "add" and isinstance(node.func, ast.Attribute) and called(node.func.value) in {"root", "node", "branch"} and node.args:
            self.judge(node.args[0], node)  # a branch of a Tree
        elif name == "escape" and isinstance(node.func, ast.Attribute) and called(node.func.value) == "markup":
            self.add(node)
        elif name in self.names.parsing and not unparsed and not of_digits(node) and not of_names(node):
            places, parameters = self.names.parsing[name]
            given = [value for place, value in enumerate(node.args) if place in places]
            for value in given + [value for key, value in keywords.items() if key in parameters]:
                self.judge(value, node)
            if self.names.is_widget(name) and any(keyword.arg is None for keyword in node.keywords):
                self.add(node)  # nobody knows what is in there
        for key in (PARSING_EVERYWHERE & keywords.keys() if name != "Binding" else ()):
            self.judge(keywords[key], node)
        self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if (node.module or "").split(".")[0] in {"rich", "textual"} and {"escape", "print"} & {a.name for a in node.names}:
            self.add(node)  # escape is no protection, and Rich's print parses
        if any(each.asname and self.names.is_widget(each.name) for each in node.names):
            self.add(node)  # under another name it would not be known

    def judge(self, value: ast.expr, where: ast.AST) -> None:
        if not Judge(self.names, self.scopes).safe(value):
            self.add(where)

    def add(self, node: ast.AST) -> None:
        place = (getattr(node, "lineno", 0), ast.unparse(node))
        if place not in self.found:
            self.found.append(place)


def is_text(annotation: ast.expr) -> bool:
    return bool(re.search(r"\bstr\b", ast.unparse(annotation)))


def is_constant(node: ast.expr | None, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def of_digits(call: ast.Call) -> bool:
    """Digits draw what they are given, character by character."""
    return isinstance(call.func, ast.Attribute) and "digits" in ast.unparse(call.func.value).lower()


def of_names(call: ast.Call) -> bool:
    """The names of a module are no widget, though they are updated too."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call) and called(call.func.value.func) == "vars"


def unsafe_places(source: str, names: Names | None = None) -> list[tuple[int, str]]:
    tree = ast.parse(source)
    finder = Finder((names or Names([tree])).seen_from(tree))
    finder.visit(tree)
    return finder.found


@cache
def sources() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted((ROOT / "tui").rglob("*.py"))}


@pytest.mark.promise("text-H3")
def test_no_text_of_a_user_reaches_a_parameter_that_parses_markup() -> None:
    names = Names([ast.parse(source) for source in sources().values()])
    fields = "tui/widgets/inputs.py"
    found = [f"{path}:{line}: {text}" for path, source in sources().items() if path != fields for line, text in unsafe_places(source, names)]

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
    'Tree("Teams")',
    "tree.root.add(cell(team.name))",
    "seen.add(title)",
    'SystemCommand(f"{action.help}", action.shown, run)',
    "TabbedContent(safe(title), safe(other))",
    "re.escape(title)",
    "Binding(keys, name, short, tooltip=action.help)",
    "self._content: Content = content",
    "self.query_one('#x', Static).update(safe(title))",
    "for line in self.query(Static).results(Static): line.update(safe(title))",
    "isinstance(widget, Static | Label)",
    "def show(self, line: Label) -> Static: ...",
    "line: Static | None = None",
    "@on(OptionList.OptionSelected)\ndef take(self, event: OptionList.OptionSelected): ...",
    "class Chip(Static):\n    pass\nclass Little(Chip):\n    pass\nLittle(safe(title))",
    "class Chip(Widget):\n    def render(self) -> Content:\n        return safe(self.title)",
    "Button.success('Go')",
    "self.call_later(lambda: self.notify(title, markup=False))",
    "from textual import widgets as w\nw.Label(safe(title))",
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
    "class Chip(Widget):\n    def render(self):\n        return self.title",
    "class Chip(Static):\n    pass\nclass Little(Chip):\n    pass\nLittle(title)",
    "class Little(Chip):\n    pass\nclass Chip(Static):\n    pass\nLittle(title)",
    "class Chip(Static):\n    pass\nclass Little(Chip):\n    def __init__(self, text: str):\n        super().__init__(text)",
    "Button.success(title)",
    "Button.error(label=title)",
    "map(Label, titles)",
    "[*map(Static, titles)]",
    "partial(Static, title)",
    "partial(self.notify, title)",
    "make = Label\nmake(title)",
    "KINDS = {'a': Label}",
    'Label(**{"content": title})',
    "Label(**words)",
    "from textual.widgets import Label as L",
    "import textual.widgets as w\nw.Label(title)",
    "import textual.widgets as w\nmap(w.Label, titles)",
    "self.call_later(self.notify, title)",
    "self.call_after_refresh(label.update, title)",
    "self.app.call_from_thread(self.app.notify, title)",
    "self.set_timer(1, partial(label.update, title))",
    "self.call_later(lambda: self.notify(title))",
]
TABLE = {
    "Static": ["Static(title)", "Static(content=title)", "static.update(title)", "static.content = title"],
    "Label": ["Label(title)", "ListItem(Label(title))", "label.update(title)"],
    "Placeholder": ["Placeholder(title)", "Placeholder(label=title)"],
    "Button": ["Button(title)", "Button(label=title)", "button.label = title"],
    "Checkbox": ["Checkbox(title)", "Checkbox(label=title)"],
    "RadioButton": ["RadioButton(title)", "RadioSet(title)", "RadioSet('x', title)"],
    "SelectionList": ["SelectionList((title, 1))", "Selection(title, 1)", "SelectionList(Selection(title, 1))"],
    "Tab": ["Tab(title)", "Tabs(title)", "Tabs('x', title)", "tabs.add_tab(title)", "tab.label = title"],
    "TabPane": ["TabPane(title)", "TabPane(title=title)", "TabbedContent(title)"],
    "Collapsible": ["Collapsible(Static('x'), title=title)"],
    "OptionList": ["OptionList(title)", "Option(title)", "Option(prompt=title)", "options.add_option(title)", "options.add_options([title])",
                   "options.set_options([Option(title)])", "options.replace_option_prompt('x', title)",
                   "options.replace_option_prompt_at_index(0, title)"],
    "Select": ["Select([(title, 1)])", "Select(options=[(title, 1)])", "Select([], prompt=title)", "select.set_options([(title, 1)])",
               "select.prompt = title"],
    "border": ["pane.border_title = title", "pane.border_subtitle = title", "pane.border_title += title", "setattr(pane, 'border_title', title)",
               "self.border_title: str = title"],
    "notify": ["self.notify(title)", "self.app.notify(message=title)"],
    "tooltip": ["pane.tooltip = title", "pane.with_tooltip(title)", "Static('x', tooltip=title)", "Sparkline([], tooltip=title)"],
    "DataTable": ["table.add_row(title)", "table.add_row('x', label=title)", "table.add_column(title)", "table.add_column(label=title)",
                  "table.add_columns('x', title)", "table.update_cell('row', 'column', title)", "table.update_cell_at((0, 0), title)"],
    "Tree": ["Tree(title)", "tree.root.add(title)", "node.add_leaf(title)", "node.set_label(title)", "node.label = title"],
    "RichLog": ["RichLog(markup=True)", "Console(markup=True)"],
    "TextArea": ["TextArea(placeholder=title)", "TextArea(title)", "Input(title)", "Input(placeholder=title)"],
    "palette": ["SystemCommand(title, 'x', run)", "SystemCommand('x', help=title)", "Hit(1, title, run)", "DiscoveryHit(title, run)"],
    "markup": ["Content.from_markup(title)", "Content.from_text(title)", "Text.from_markup(title)", "markup.escape(title)",
               "from rich.markup import escape", "from textual.markup import escape", "rich.markup.escape(title)"],
}  # fmt: skip
"""Every row of table 2.1 of RELIABILITY, and what else was found to parse: for each, all the ways in which a raw text could come in."""
NO_SAFE_FORM = {"RichLog", "TextArea", "palette", "markup"}
"""They are not used, or take nothing but our own words."""


@pytest.mark.parametrize("source", SAFE)
def test_safe_text_is_accepted(source: str) -> None:
    assert unsafe_places(source) == []


@pytest.mark.parametrize("source", [source for ways in TABLE.values() for source in ways])
def test_every_way_into_every_widget_of_the_table_is_found(source: str) -> None:
    assert unsafe_places(source) != []


@pytest.mark.parametrize("source", [source for name, ways in TABLE.items() if name not in NO_SAFE_FORM for source in ways])
def test_the_safe_form_of_every_way_is_accepted(source: str) -> None:
    assert unsafe_places(re.sub(r"\btitle\b(?!=)", "safe(title)", source)) == []


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_what_the_registry_says_is_read_as_it_is_written(action: Action) -> None:
    """The palette parses it."""
    for words in (action.help, action.shown, action.short):
        assert Content.from_markup(words).plain == words


@pytest.mark.promise("text-H3")
@pytest.mark.parametrize("source", UNSAFE)
def test_text_that_would_be_parsed_is_found(source: str) -> None:
    assert len(unsafe_places(source)) == 1
