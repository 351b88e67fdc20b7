"""One sentence names what is missing, once for the whole board."""

from __future__ import annotations

import pytest
from record_release import earlier
from series import of_the_sample
from support import Room, bare, sample, small, with_cards

from sessions.commands.quarters.adoption import MeasureAdoption
from sessions.guide.gaps import gap_sentence, order_gaps, reading_gap
from sessions.guide.next_step import next_step
from sessions.portfolio.models import Portfolio, Project
from sessions.record.events import Matched


@pytest.mark.parametrize(
    ("portfolio", "sentence"),
    [
        (small(), ""),
        (bare(), "No sponsors, monthly benefits or efforts yet: fine for ranking."),
        (sample(), "Still missing in 24 projects: sponsors on 2, monthly benefits on 3 and efforts on 1."),
        (Portfolio(), ""),
        (
            Portfolio(projects=(Project(id="A", title="A", sponsor="CFO"), Project(id="B", title="B"))),
            "Still missing in 2 projects: monthly benefits on all, efforts on all and sponsors on 1.",
        ),
    ],
)
def test_gaps_are_counted(portfolio: Portfolio, sentence: str) -> None:
    assert gap_sentence(Room(portfolio).session) == sentence


def test_what_does_not_fit_together_is_told_by_rank() -> None:
    portfolio = with_cards(small(), P1={"needs": ("P2", "P4")}, P3={"needs": ("P2", "P4")})
    past = earlier().model_copy(update={"matched": (Matched(card="P2", was="P2", by="id", still=3),)})
    session = Room(portfolio, past=past).session

    assert order_gaps(session) == [
        "#1 and #3 need cards that are ranked below them.",
        "#2 has not moved or started for 3 quarters.",
    ]
    assert order_gaps(Room(small()).session) == []
    in_sequence = next_step(session._replace(phase="sequence"))
    assert in_sequence.sentence == "#1 and #3 need cards that are ranked below them"


def test_a_reading_that_is_due_is_asked_for() -> None:
    assert reading_gap(Room(small()).session) == ""
    *measured, search = of_the_sample()
    room = Room(small(), past=earlier().model_copy(update={"delivered": (*measured, search)}))
    assert reading_gap(room.session) == "How far do people use Intranet search? A reading is due."
    room.do(MeasureAdoption(card="X6", value="40", by="Head of HR"))
    assert reading_gap(room.session) == ""
