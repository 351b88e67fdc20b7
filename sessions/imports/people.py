"""Read the participants: a table with a role and a side for each, or a JSON list.

People are named by role, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sessions.errors import PortfolioError
from sessions.imports.columns import recognise
from sessions.imports.consistency import doubles
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.csv_table import Row, Table, plain, read_table
from sessions.imports.formats.encoding import decode
from sessions.imports.formats.files import is_spreadsheet, read_bytes, source_name
from sessions.imports.formats.json_tree import Node, read_tree
from sessions.imports.formats.report import Findings, Notice, PeopleReport, Place
from sessions.imports.vocabulary import SEATS, SIDE_LIMIT, SIDES, read_flag, read_side, read_word
from sessions.portfolio.models import TEXT_LIMIT, Participant, Seat, Side
from sessions.sanitize import quoted
from sessions.wording import LIST_LIMIT, free_id, shortened, slug

ROLE_LIMIT = 60
"""The longest role, in characters."""
PEOPLE_LIMIT = 200
"""The most people that one session takes."""
_LIMITS = {"role": ROLE_LIMIT, "side": SIDE_LIMIT, "id": ID_LIMIT}
"""The longest text of the columns with a limit of their own."""
NO_VOICE: tuple[Seat, ...] = ("facilitator", "observer")
"""Seats without a vote in ballots unless the file gives them one."""

_OF_PROJECTS = frozenset({"sponsor", "description", "benefit", "benefit_monthly", "budget", "objective"})
"""Columns that no list of people has."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    "role": ("role", "title", "position", "job title", "participant", "person", "name", "who"),
    "id": ("id", "key", "code"),
    "side": ("side", "business or it", "party"),
    "seat": ("seat",),
    "votes": ("votes", "vote", "voice", "can vote"),
    "new_in_role": ("new in role", "new", "is new"),
    "note": ("note", "notes", "comment"),
}


def load_people(path: Path) -> PeopleReport:
    """Read the people of a session from CSV, JSON or a spreadsheet, with the report on their file.

    Raises PortfolioError with the lines and fields that are wrong.
    """
    return read_people(read_bytes(path), source_name(path))


def read_people(data: bytes, source: str) -> PeopleReport:
    """Read the people from a file's bytes; `source` is its name as shown. Raises as `load_people` does."""
    findings = Findings(source)
    people = _people(data, findings)
    if not people:
        raise PortfolioError(f"{source}: it names no participant.")
    if len(people) > PEOPLE_LIMIT:
        raise PortfolioError(f"{source}: a session takes at most {PEOPLE_LIMIT} people.")
    return PeopleReport(
        one_decider(people, findings),
        source,
        **findings.notices(),
    )


def refuse_people(headers: Sequence[str], rows: Sequence[Sequence[str]], source: str) -> None:
    """Refuse a table of people that was given as one of projects. Raises PortfolioError, which says what to do with it."""
    place, fields = _columns(headers).get("side"), set(recognise(headers).values())
    if place is not None:
        sides = [row[place] for row in rows if row[place].strip()]
    else:
        # Lines such as `CFO, business` have no header.
        lines = () if "title" in fields or len(headers) > 2 else (headers, *rows)
        sides = [word for cells in lines for word in " ".join(cells[-1:]).split()[-1:]]
    if sides and all(read_word(side, SIDES) for side in sides) and not fields & _OF_PROJECTS:
        raise people_refused(source)


def people_refused(source: str) -> PortfolioError:
    """Return the refusal of a list of people that was given as one of projects."""
    return PortfolioError(f"{source}: this looks like a list of people; choose a file of projects, and give this one as its people (--people).")


def one_decider(people: Sequence[Participant], findings: Findings) -> tuple[Participant, ...]:
    """Return the people, if they are unique and at most one decides (METHOD 2.3). Raises PortfolioError otherwise.

    Only a voter of the business decides: of another decider the report says that they do not.
    """
    _refuse(_at_odds(people), findings)
    for person in people:
        if person.seat == "decider" and person.side != "business":
            about = f"{person.role} votes, but does not decide: the decider is a voter of the business side"
            findings.noticed.append(Notice(None, "", about))
    seats = {person.seat for person in people}
    if people and "decider" not in seats:
        findings.noticed.append(Notice(None, "", "it has no decider: choose one in the session"))
    if people and "facilitator" not in seats:
        findings.noticed.append(Notice(None, "", "it has no facilitator: the session adds one, who does not vote"))
    return tuple(people)


def _at_odds(people: Sequence[Participant]) -> list[str]:
    """Return what people of one list cannot share: an id, or the seat of the decider."""
    doubled = doubles("participant", ((person.id, Place(None, person.role)) for person in people))
    deciders = [person.role for person in people if person.seat == "decider"]
    return [told for told in (doubled, f"only one can be the decider, not {shortened(deciders)}" if len(deciders) > 1 else "") if told]


def _refuse(faults: Sequence[str], findings: Findings) -> None:
    """Refuse a list of people for all that is wrong with it, if anything is."""
    if faults:
        more = f"; and {len(faults) - LIST_LIMIT} more" if len(faults) > LIST_LIMIT else ""
        raise PortfolioError(f"{findings.source}: {'; '.join(faults[:LIST_LIMIT])}{more}.")


def tell_unknown_keys(nodes: Sequence[Node], findings: Findings) -> None:
    """Note the keys of a JSON list of people that are not fields of a person."""
    _tell_unknown(dict.fromkeys(key for node in nodes for key in node.fields() if key not in (*_NAMES, "title", "name")), findings)


def participant_of(node: Node) -> Participant:
    """Read one participant of a JSON list; a wrong field is refused with its path."""
    fields = node.fields()
    role_node = fields.get("role") or fields.get("title") or fields.get("name")
    role = role_node.text(ROLE_LIMIT) if role_node is not None else ""
    if not role:
        node.fail("the role is missing")
    seat = fields["seat"].choice(SEATS) if "seat" in fields else "voter"
    votes = fields["votes"].flag() if "votes" in fields else seat not in NO_VOICE
    if "side" not in fields and votes:
        node.fail("the side is missing: business or it")
    person = fields["id"].text(ID_LIMIT) if "id" in fields else slug(role, ID_LIMIT)
    if not person:
        node.fail("an id is needed, because none can be made of the role")
    return Participant(
        id=person,
        role=role,
        side=_side_of(fields["side"]) if "side" in fields and (votes or fields["side"].text(SIDE_LIMIT)) else "",
        seat=seat,
        votes=votes,
        new_in_role=fields["new_in_role"].flag() if "new_in_role" in fields else False,
        note=fields["note"].text(TEXT_LIMIT, keep_lines=True) if "note" in fields else "",
    )


def _side_of(node: Node) -> Side:
    side = read_side(node.text(SIDE_LIMIT))
    if side is None:
        node.fail("a side was expected: business, it, or the name of another side")
    return side


def _people(data: bytes, findings: Findings) -> list[Participant]:
    if is_spreadsheet(data):
        from sessions.imports.xlsx.workbook import read_workbook  # noqa: PLC0415 - as in loading.py

        return _from_table(read_workbook(data, findings), findings)
    text, _, replaced, _ = decode(data, findings.source)
    findings.changed.extend(replaced)
    return _from_json(text, findings) if text.lstrip()[:1] in ("{", "[") else _from_table(read_table(text, findings), findings)


def _from_json(text: str, findings: Findings) -> list[Participant]:
    root = read_tree(text, findings)
    if isinstance(root.value, dict):
        parts = root.fields()
        if "participants" not in parts:
            root.fail("a list named participants was expected")
        root = parts["participants"]
    people: list[Participant] = []
    faults: list[str] = []
    for node in root.items():
        try:
            people.append(participant_of(node))
        except PortfolioError as error:
            faults.append(str(error).removeprefix(f"{findings.source}: ").removesuffix("."))
    _refuse([*faults, *_at_odds(people)], findings)
    tell_unknown_keys(root.items(), findings)
    return people


def _from_table(table: Table, findings: Findings) -> list[Participant]:
    columns = _columns(table.headers)
    if missing := [field for field in ("role", "side") if field not in columns]:
        found = shortened([quoted(header) for header in table.headers])
        raise PortfolioError(f"{findings.source}: no column is called {' or '.join(missing)}; found {found}; people need a role and a side.")
    _tell_unknown([header for place, header in enumerate(table.headers) if place not in columns.values()], findings)
    people: list[Participant] = []
    errors: list[str] = []
    for row in table.rows:
        cells = _cells(row, table.headers, columns, findings)
        person, wrong = _participant(cells, row.line, {person.id for person in people})
        errors += [f"line {row.line}: {what}" for what in wrong]
        people += [person] if person is not None else []
        if person and person.seat == "facilitator" and person.side and not cells.get("votes"):
            about = f"{person.role} facilitates without a vote, so the side counts only with yes in a column votes"
            findings.noticed.append(Notice(row.line, "", about))
    _refuse([*errors, *_at_odds(people)], findings)
    return people


def _tell_unknown(names: Iterable[str], findings: Findings) -> None:
    """Note the columns or keys that are not fields of a person."""
    if unknown := [quoted(name) for name in names]:
        known = ", ".join(name.replace("_", " ") for name in _NAMES)
        findings.noticed.append(Notice(None, "", f"not read, because a person has no such field: {shortened(unknown)}; known are {known}"))


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Return where each field is."""
    places = {plain(header): place for place, header in reversed(list(enumerate(headers)))}
    found: dict[str, int] = {}
    for field, names in _NAMES.items():
        place = next((places[plain(name)] for name in names if places.get(plain(name), -1) not in (-1, *found.values())), None)
        if place is not None:
            found[field] = place
    return found


def _cells(row: Row, headers: Sequence[str], columns: Mapping[str, int], findings: Findings) -> dict[str, str]:
    """Return a row's cells by field, cleaned; changes are noted."""
    return {
        field: findings.text(row.cells[place], _LIMITS.get(field, TEXT_LIMIT), Place(row.line, headers[place])) for field, place in columns.items()
    }


def _participant(cell: Mapping[str, str], line: int, taken: set[str]) -> tuple[Participant | None, list[str]]:
    """Make a participant of the cells of a line, or say what is wrong with them."""
    role = cell["role"]
    seat = read_word(cell.get("seat") or "voter", SEATS)
    flags = {field: read_flag(cell.get(field, "")) for field in ("votes", "new_in_role")}
    votes = bool(flags["votes"]) if cell.get("votes") else seat not in NO_VOICE
    # People who do not vote, such as the facilitator, need no side.
    side = read_side(cell["side"]) if votes or cell["side"] else ""
    wrong = ["the role is missing"] if not role else []
    wrong += [f"{quoted(cell['side'])} is not a side; business, it, or the name of another side was expected"] if side is None else []
    wrong += [f"{quoted(cell['seat'])} is not a seat; facilitator, decider, voter or observer was expected"] if seat is None else []
    wrong += [f"{field}: {quoted(cell[field])} is neither yes nor no" for field, flag in flags.items() if flag is None]
    if wrong or side is None or seat is None:
        return None, wrong
    person = cell.get("id") or free_id(slug(role, ID_LIMIT) or f"person-{line}", taken)
    return Participant(
        id=person, role=role, side=side, seat=seat, votes=votes, new_in_role=bool(flags["new_in_role"]), note=cell.get("note", "")
    ), []
