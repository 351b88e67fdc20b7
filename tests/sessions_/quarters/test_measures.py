"""The measures of a session and of a series, with the figures of the sample (METHOD 6)."""

from __future__ import annotations

import csv

from larkfield import meeting
from series import said_of_sample, sample_room
from support import FIXTURES, Room, sample

from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.quarters.trend.looked_back import looked_back
from sessions.quarters.trend.measures import measures_of, value_of
from sessions.quarters.trend.stability import stability
from sessions.state.session import Session


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


def test_the_sample_looks_back_on_its_earlier_quarter() -> None:
    room = sample_room().everybody()
    room.do(ConfirmOutcomes(outcomes=said_of_sample()))

    found = looked_back(room.session)

    assert found is not None
    assert (found["decisions"], found["not_before"]) == ({"kept": 7, "of": 10}, {"kept": 1, "of": 3})
    assert found["outcomes"] == {"kept": 7, "missed": 2, "reversed": 1, "overtaken": 2, "open": 1}
    assert found["causes"] == {"capacity": 2, "other": 1}
    assert found["adopted"] == {"adopted": 2, "below": 1, "accepted": 0, "unmeasured": 1, "of": 4}
    assert found["realised"] == {"realised": 17_700, "promised": 25_500, "unmeasured": 1, "of": 4, "currency": "USD"}
    assert looked_back(Room(sample()).session) is None


def test_the_earlier_order_is_that_of_the_session_before_if_there_is_one() -> None:
    by_file, by_record = stability(Room(sample()).session), stability(sample_room().session)

    assert by_file is not None
    assert by_file == by_record
    assert measures_of(sample_room().session)["rewritten"]["cards"] == 0  # their wording is that of the quarter before


def test_what_is_not_defined_is_a_dash() -> None:
    found = measures_of(Room(sample().model_copy(update={"projects": (), "objectives": (), "teams": ()})).session)

    assert (found["focus"], found["stability"], found["partnership"]) == (None, None, None)
    assert (found["voice"], found["ranks"], found["complete"]["cards"]) == ([], [], 0)
    assert found["agreement"] == {"tau_b": None, "gap_before": None, "gap_after": None}
