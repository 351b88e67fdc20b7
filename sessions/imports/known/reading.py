"""Make a plain table of the items of an export, and say which of its columns are which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sessions.imports.formats.csv_table import HEADER_LIMIT, OUTLINE_LEVEL, Export, Record, free_name, plain
from sessions.imports.formats.report import Findings, Notice
from sessions.imports.known.links import Links
from sessions.imports.known.spec import Item, Items, LeftOut, Names, Spec
from sessions.sanitize import clean, quoted
from sessions.wording import plural, shortened

PARENT, ESTIMATE, NEEDS, OUTSIDE, SUB_ITEMS = "Parent", "Estimate", "Needs", "Needs outside the file", "Sub-tasks"
"""Columns that an export gets beside its own."""
_KEEP, _IGNORE = "keep", "ignore"
_TEAMS: Names = ("Team", "Squad", "Delivery team", "Team name")
_MANY = 20
"""From this many on, done items would be in the way on the board."""
_TIMES = ("hours", "days", "weeks")
_SEVERAL = ", "
"""Between the values of a column that appears more than once."""


class Known(NamedTuple):
    """A plain table of an export, the header first, and what its columns are."""

    records: list[Record]
    export: Export


def items_of(spec: Spec, header: Sequence[str], rows: Iterable[Record]) -> Items:
    """Return the items of a header and the rows under it. Columns of one name are one, with all their values."""
    header = [raw.strip() for raw in header]
    given = set(header)
    names = [name if (name := spec.renamed(raw)) == raw or name not in given else raw for raw in header]
    repeated = {name for name, times in Counter(names).items() if times > 1}
    items = []
    for line, row in rows:
        cells: dict[str, str] = {}
        several: dict[str, set[str]] = {}
        for place, cell in enumerate(row):
            if not (text := cell.strip()):
                continue
            name = names[place] if place < len(names) else f"column {place + 1}"
            if name in repeated:
                several.setdefault(name, set()).add(text)
            else:
                cells[name] = text
        items.append(Item(line, cells | {name: _SEVERAL.join(sorted(texts)) for name, texts in several.items()}))
    beyond = dict.fromkeys(name for item in items for name in item.cells if name not in names)
    return Items(tuple(dict.fromkeys([*names, *beyond])), items)


def known_export(spec: Spec, items: Items, findings: Findings, chosen: Mapping[str, str]) -> Known:
    """Return the plain table of an export."""
    return _Export(spec, spec.prepare(items) if spec.prepare else items, findings, chosen).known()


class _Export:
    """Reads the items of an export with its spec; what was `chosen` for a column comes first."""

    def __init__(self, spec: Spec, items: Items, findings: Findings, chosen: Mapping[str, str]) -> None:
        self._spec, self._items, self._findings = spec, items.items, findings
        self._columns = dict.fromkeys(items.columns)
        self._named = {plain(column): column for column in reversed(items.columns)}
        for name, others in spec.elsewhere.items():
            if column := next((self._named[plain(other)] for other in others if plain(other) in self._named), ""):
                self._named.setdefault(plain(name), column)
        self._raw, self._count = tuple(chosen), len(items.items)
        said = {plain(spec.renamed(column)): field for column, field in chosen.items()}
        self._said = {column: said[plain(column)] for column in items.columns if plain(column) in said}
        self._filled = {column for item in items.items for column in item.cells}
        self._uses: dict[str, str] = {}
        self._why: dict[str, str] = {}
        self._derived: set[str] = set()
        self._brings_back: dict[str, str] = {}
        self._made = frozenset(map(plain, (OUTLINE_LEVEL, *spec.made)))
        if items.remark:
            findings.noticed.append(Notice(None, "", items.remark))

    def known(self) -> Known:
        self._choose_fields()
        links = Links(self._spec, self._items, self._of_field("title"), self._of_field("id"), self._named)
        self._leave_out(links)
        self._read_states()
        self._derive(PARENT, self._there((*self._spec.parent, *self._spec.parent_title)), {item.line: links.parent_of(item) for item in self._items})
        self._read_estimates()
        linked = self._there((*self._spec.needs, *self._spec.needed_by))
        needs, outside = links.needs(self._items)
        self._derive(NEEDS, linked, needs, "needs")
        self._derive(OUTSIDE, linked, outside)
        self._tidy()
        self._uses = dict.fromkeys(self._brings_back, _KEEP) | self._uses
        self._why |= self._brings_back
        columns = self._in_order()
        # As the table will name them.
        shown = {column: clean(column, HEADER_LIMIT) for column in columns}
        called = {plain(raw): shown[column] for raw in self._raw for column in self._there((self._spec.renamed(raw),)) if raw != column}
        uses, why = ({shown[column]: text for column, text in said.items()} for said in (self._uses, self._why))
        header = (self._items[0].line - 1 if self._items else 1, list(columns))
        rows = [(item.line, [item.cells.get(column, "") for column in columns]) for item in self._items]
        return Known([header, *rows], Export(self._spec.tool, uses, why, called, self._count - len(self._items)))

    def _in_order(self) -> list[str]:
        """Return the columns in their order, but made ones before the first that only stays a field: they say the most."""
        made = [column for column in self._columns if column in self._derived]
        given = [column for column in self._columns if column not in self._derived]
        place = next((place for place, column in enumerate(given) if self._uses.get(column, _KEEP) in (_KEEP, _IGNORE)), len(given))
        return [*given[:place], *made, *given[place:]]

    def _there(self, names: Names) -> list[str]:
        """Return the columns of these names that the export has, best first."""
        return [self._named[plain(name)] for name in names if plain(name) in self._named]

    def _of_field(self, field: str) -> str:
        """Return the column that is a field; empty if none is."""
        return next((column for column, said in (*self._said.items(), *self._uses.items()) if said == field), "")

    def _choose_fields(self) -> None:
        """Take the best filled column for every field of the spec that no one chose another column for."""
        for field, names in self._spec.fields.items():
            if field not in self._said.values():
                columns = [column for column in self._there(names) if column not in self._said and column not in self._uses]
                if column := next((column for column in columns if column in self._filled), ""):
                    self._uses[column] = field
        if self._spec.title_first and not self._of_field("title"):
            self._uses[next(iter(self._columns))] = "title"

    def _leave_out(self, links: Links) -> None:
        """Leave out the items that are not cards, and count those under a parent there. A choice for the column brings them back."""
        said = {column for column, field in self._said.items() if field != _IGNORE}
        wanted = {rule.what for rule in self._spec.left_out if not said.isdisjoint(self._there((rule.column,)))}
        for rule in self._spec.left_out:
            columns = [] if rule.what in wanted else self._there((rule.column,))
            out = [item for item in self._items if any(column in item.cells and rule.holds(_word(item, column)) for column in columns)]
            if rule.under_parent:
                inner = {id(item) for item in out}
                parents = {item.line: parent for item in out if (parent := links.ancestor(item, inner))}
                out = [item for item in out if item.line in parents]
                counts = Counter(parent.line for parent in parents.values())
                self._derive(SUB_ITEMS, [], {line: str(count) for line, count in counts.items()})
            if out:
                self._report_left_out(rule, columns[0], out)
                gone = {id(item) for item in out}
                self._items = [item for item in self._items if id(item) not in gone]
                links.leave_out(out)

    def _report_left_out(self, rule: LeftOut, column: str, out: list[Item]) -> None:
        where = ", counted on the item above" if rule.under_parent else ""
        lines = ("line " if len(out) == 1 else "lines ") + shortened([str(item.line) for item in out], 5)
        what, them = plural(len(out), rule.what), "it as a card" if len(out) == 1 else "them as cards"
        use = self._uses.get(column, _IGNORE if plain(column) in self._made else _KEEP)
        how = f"keep the column {quoted(column)}" if use in (_KEEP, _IGNORE) else f"choose the column {quoted(column)} as the {use}"
        text = f"{what} ({lines}){where}; {how} to have {them}"
        self._brings_back[column] = f"{what} left out by it; {'keep it' if use == _IGNORE else 'choose this'} to have {them}"
        self._findings.skipped.append(Notice(None, "", text))

    def _read_states(self) -> None:
        """Read the tool's words for the state; they stay on the card as a field if our word differs."""
        spec = self._spec
        column = next((each for each in self._there(spec.fields.get("state", ())) if self._said.get(each, "state") == "state"), "")
        if "state" in self._said.values() and not column:
            return
        target = column or (self._free("State") if self._there(tuple(spec.state_signs)) else "")
        categories, signs = self._there(spec.category), {each: spec.state_signs[name] for name in spec.state_signs for each in self._there((name,))}
        words: dict[int, str] = {}
        for item in self._items:
            word = item.cells.get(column, "")
            by_sign = next((signs[each] for each in signs if each in item.cells), "")
            by_word = next((spec.states[key] for each in (column, *categories) if (key := _word(item, each)) in spec.states), "")
            state = by_sign if by_sign == "done" else by_word or by_sign
            if state and target:
                item.cells[target] = state
                if word and plain(word) != plain(state):
                    words[item.line] = word
        if target:
            self._columns.setdefault(target)
            self._filled.add(target)
            self._uses.setdefault(target, "state")
        self._derive(f"{spec.tool} status", [], words)
        done = sum(1 for item in self._items if item.cells.get(target) == "done") if target else 0
        if done > max(_MANY, len(self._items) // 2):
            text = f"{done} of {plural(len(self._items), 'item')} are done, and cards too; export the open ones if they are in the way"
            self._findings.noticed.append(Notice(None, "", text))

    def _read_estimates(self) -> None:
        """Read all estimates of an item, as points and hours; in time, and beside a team, one is the team's effort too."""
        texts: dict[int, list[str]] = {}
        sources: list[str] = []
        team = next((column for column in self._there(_TEAMS) if self._said.get(column, "team") == "team" and column in self._filled), "")
        for estimate in self._spec.estimates:
            columns = self._there(estimate.columns)
            found = {item.line: estimate.text(cell) for item in self._items if (cell := next(filter(None, map(item.cells.get, columns)), ""))}
            for line, text in found.items():
                texts.setdefault(line, []).append(text)
            sources += columns
            of_team = {item.line: found[item.line] for item in self._items if team in item.cells and item.line in found}
            if of_team and estimate.unit in _TIMES:
                self._uses[team] = "team"
                self._derive(f"Effort ({estimate.unit})", [], of_team, "effort")
        self._derive(ESTIMATE, sources, {line: _SEVERAL.join(found) for line, found in texts.items()})

    def _derive(self, name: str, sources: Sequence[str], texts: Mapping[int, str], use: str = _KEEP) -> None:
        """Add a column to the items, in place of the columns that it was read from."""
        used = [column for column in sources if column not in self._said and self._uses.get(column, _IGNORE) == _IGNORE]
        for column in used:
            self._uses[column], self._why[column] = _IGNORE, f"it is read as {name}"
        texts = {line: text for line, text in texts.items() if text}
        if not texts:
            return
        name = name if name in used else self._free(name)
        self._columns.setdefault(name)
        self._filled.add(name)
        self._derived.add(name)
        self._uses[name], self._why[name] = use, f"it is made of what {self._spec.tool} says elsewhere"
        for item in self._items:
            item.cells.pop(name, None)
            if item.line in texts:
                item.cells[name] = texts[item.line]

    def _free(self, name: str) -> str:
        return free_name(name, self._columns)

    def _tidy(self) -> None:
        """Make plain text of markup, and leave out empty columns and those that only the tool uses."""
        for name, plain_text in self._spec.clean.items():
            for column in self._there((name,)):
                for item in self._items:
                    if column in item.cells:
                        item.cells[column] = plain_text(item.cells[column])
        for column in self._there(self._spec.kept):
            if column not in self._said:
                self._uses.setdefault(column, _KEEP)
        exact = {plain(name) for name in self._there(self._spec.noise)}
        beginnings = tuple(plain(name) for name in self._spec.noise if name.endswith("*"))
        noise = []
        for column in self._columns:
            if column in self._said or column in self._uses:
                continue
            if column not in self._filled or plain(column) in self._made:
                self._uses[column], self._why[column] = _IGNORE, "no card needs it" if column in self._filled else "it is empty"
            elif plain(column) in exact or (beginnings and plain(column).startswith(beginnings)):
                self._uses[column], self._why[column] = _IGNORE, f"only {self._spec.tool} uses it"
                noise.append(column)
        if noise:
            names = shortened([clean(column, HEADER_LIMIT) for column in noise], 5)
            text = f"{plural(len(noise), 'column')} of {self._spec.tool}'s own ({names}); keep one to have it on the cards"
            self._findings.skipped.append(Notice(None, "", text))


def _word(item: Item, column: str) -> str:
    return " ".join(item.cells.get(column, "").casefold().split())
