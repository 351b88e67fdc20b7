"""The measures of a session and of a series, with the figures of the sample (METHOD 6)."""

from __future__ import annotations

import csv
import json

from larkfield import meeting
from support import FIXTURES, Room, sample

from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.quarters.trend.measures import measures_of, value_of
from sessions.quarters.trend.stability import stability
from sessions.state.session import Session

EARLIER = json.loads((FIXTURES / "previous_quarter_2026-Q2.json").read_text(encoding="utf-8"))


def scored() -> Session:
    """Return the sample with the scores of its six contested cards, before the discussion and after it."""
    room = Room(sample()).everybody()
    for number, name in enumerate(("scores_r1.csv", "scores_r2.csv"), 1):
        with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        cards = tuple(name for name in rows[0] if name.startswith("P"))
        room.do(OpenRound(method="score", cards=cards))
        room.do(*(SealBallot(round=number, voice=row["voter"], scores={card: int(row[card]) for card in cards if row[card]}) for row in rows))
        room.do(RevealBallots(round=number))
    return room.session


def test_the_sample_has_the_measures_of_the_method() -> None:
    session = meeting().session
    found = measures_of(session)

    assert value_of(session) == {"found": 643_500, "cost": 685_038}
    assert found["focus"] == {"top": 460, "planned": 460, "capacity": 650}
    assert found["stability"] == {"cards": 19, "tau_b": 0.4035, "places": 68, "overlap_5": 4, "overlap_8": 5, "moves": 8, "explained": 4}
    assert found["voice"] == [{"side": "business", "ballots": 6, "seats": 6}, {"side": "it", "ballots": 4, "seats": 5}]
    assert found["agreement"]["tau_b"] == 0.1811
    assert [(each["title"], each["was"]) for each in found["ranks"] if each["now"] in (3, 5)] == [
        ("Northwest price lists and tax", None),
        ("Server operating system upgrade", 17),
    ]
    assert measures_of(Room(sample()).session)["complete"] == {
        "cards": 24, "sponsor": 22, "benefit": 22, "adoption": 21, "plan_owner": 20, "objective": 23, "complete": 20,
    }  # fmt: skip
    gaps = measures_of(scored())["agreement"]
    assert (gaps["gap_before"], gaps["gap_after"]) == (1.8528, 0.6)


def test_the_earlier_order_is_that_of_the_session_before_if_there_is_one() -> None:
    session = meeting().session
    by_file = stability(session)
    was = {card: rank for rank, card in enumerate(EARLIER["order"], 1)}

    assert by_file is not None
    assert {each.card: each.was for each in by_file.common} == {
        card: place for place, card in enumerate(sorted((each for each in session.order if each in was), key=was.__getitem__), 1)
    }


def test_what_is_not_defined_is_a_dash() -> None:
    found = measures_of(Room(sample().model_copy(update={"projects": (), "objectives": (), "teams": ()})).session)

    assert (found["focus"], found["stability"], found["partnership"]) == (None, None, None)
    assert (found["voice"], found["ranks"], found["complete"]["cards"]) == ([], [], 0)
    assert found["agreement"] == {"tau_b": None, "gap_before": None, "gap_after": None}
