"""What is missing is told once for the whole board, in one sentence."""

from __future__ import annotations

import pytest
from support import Room, bare, sample, small

from sessions.guide.gaps import Gap, gap_sentence, gaps
from sessions.portfolio.models import Portfolio, Project


def test_titles_alone_lack_everything_and_that_is_fine() -> None:
    session = Room(bare()).session
    assert gaps(session) == (Gap("sponsors", 4), Gap("benefits a month", 4), Gap("efforts", 4))
    assert gap_sentence(session) == "No sponsors, benefits a month or efforts yet: fine for ranking."


@pytest.mark.parametrize(
    ("portfolio", "sentence"),
    [
        (small(), ""),
        (sample(), "Still missing of 24 projects: sponsors on 2, benefits a month on 3 and efforts on 1."),
        (Portfolio(), ""),
        (
            Portfolio(projects=(Project(id="A", title="A", sponsor="CFO"), Project(id="B", title="B"))),
            "Still missing of 2 projects: benefits a month on all, efforts on all and sponsors on 1.",
        ),
    ],
)
def test_some_gaps_are_counted(portfolio: Portfolio, sentence: str) -> None:
    assert gap_sentence(Room(portfolio).session) == sentence
