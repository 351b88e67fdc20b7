"""The sentences, the chain of waiting and the levers (METHOD 5.3)."""

from __future__ import annotations

import pytest
from plans import board, card, final_plan, mini, team

from sessions.sequencing.blockers import blocker_chain
from sessions.sequencing.changes import Crew, Move, People, Split
from sessions.sequencing.levers import levers
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import because, sentence

BOUNDS = board(
    team("T", 10),
    card("A", "T 10@10", earliest_week=4),
    card("B", "T 10@10"),
    card("C", needs=("A", "D")),
    card("D", "T 20@10", earliest_week=3),
    gates={"B": 6},
    quarter_start="2026-07-06",
)
IN_VAIN = board(
    team("T", 10),
    card("A", "T 900@10"),
    card("B", "T 10@10", needs=("A", "X")),
    card("C", "T 20@20"),
    card("D"),
    decided={"D": "hold"},
)


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            mini(),
            {
                "B": "Yes, from week 6. The Web team has too few people until then.",
                "C": "Yes, from week 8. The Web team is on #2 Card B until then.",
                "D": "Yes, from week 3. The Data team is on #1 Card A until then.",
                "E": "Not before someone is found for Mob: it has no people.",
                "F": "Yes, from week 8. It waits for #2 Card B until then.",
            },
        ),
        (
            BOUNDS,
            {
                "A": "Yes, from 27 July. The project itself cannot start earlier.",
                "B": "Yes, from 10 August. It was decided not to start earlier.",
                "C": "Yes, from 31 August. It waits for #4 Card D until then.",
            },
        ),
        (
            IN_VAIN,
            {
                "A": "Not within 39 weeks: T (1 person) has no room for it before that.",
                "B": "Waits for #1 Card A and X, which are not planned.",
                "C": "Not with a crew of 2: T has 1 at most, and 1 would fit.",
                "D": "On hold.",
            },
        ),
    ],
    ids=["worked example", "bounds", "what cannot start"],
)
def test_when_a_card_starts_and_why_not_sooner(found: Plan, sentences: dict[str, str]) -> None:
    assert {name: sentence(found, name) for name in sentences} == sentences
    assert all(sentences[name].endswith(because(found, name)) for name in sentences)


def test_the_chain_goes_down_to_what_starts_today() -> None:
    found = blocker_chain(final_plan(), "P23")

    assert [link.placed.card for link in found] == ["P23", "P16", "P11", "P15", "P03"]
    assert found[-2].sentence == "Yes, from 27 July. The Infrastructure team is on #5 Server operating system upgrade until then."


def test_the_levers_of_the_checkout() -> None:
    found = levers(final_plan(), "P04")

    assert [(each.change, each.gain) for each in found] == [
        (Move("P04", 3), 2),
        (People("WEB", 10), 2),
        (People("WEB", 30), 6),
        (Crew("P04", "WEB", 15), 2),
        (Split("P04", "WEB"), 6),
    ]
    assert found[0].title == "above #3 Northwest price lists and tax"
    assert found[1].title == "1 more person in Web & Commerce"
    assert found[3].title == "half the crew in Web & Commerce: 1.5 instead of 3"
