"""People as lines that somebody types or pastes."""

from __future__ import annotations

import pytest

from sessions.imports.people_lines import read_people_lines


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("CFO business", ("CFO", "business", "voter")),
        ("CFO, Business", ("CFO", "business", "voter")),
        ("Head of Data & BI\tIT", ("Head of Data & BI", "it", "voter")),
        ("Head of IT it", ("Head of IT", "it", "voter")),
        ("COO business decides", ("COO", "business", "decider")),
        ("COO; decider", ("COO", "business", "decider")),
        ("Chair, board", ("Chair", "board", "voter")),
        ("PMO Lead facilitator", ("PMO Lead", "", "facilitator")),
        ("PMO Lead, IT, facilitator", ("PMO Lead", "", "facilitator")),
        ("Auditor, IT, observer", ("Auditor", "it", "observer")),
        ("Board member IT", ("Board member", "it", "voter")),
        ("  , ", None),
        ("CIO", None),
        ("Head of IT", None),
        ("CFO, busines", None),
        ("Anna, CFO, business", None),
        ("CIO, IT, decider", None),
        ("x" * 61 + ", IT", None),
    ],
)
def test_a_line_names_a_role_its_side_and_its_seat(line: str, person: tuple[str, str, str] | None) -> None:
    people, wrong = read_people_lines(line)
    assert [(each.role, each.side, each.seat) for each in people] == ([person] if person else [])
    assert [each.startswith("Line 1: ") for each in wrong] == ([] if person else [True])


def test_many_at_once_with_a_heading_empty_lines_and_a_side_for_those_that_name_none() -> None:
    people, wrong = read_people_lines("Role,Side\nCFO, business\n\nCIO IT / CTO\ncfo\r\n", "it")
    assert [(each.line, each.role, each.side) for each in people] == [(2, "CFO", "business"), (4, "CIO", "it"), (4, "CTO", "it")]
    assert wrong == ["Line 5: cfo is in line 2 already."]
