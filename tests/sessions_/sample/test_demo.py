"""The demo: the sample's order as it was voted, so that the board gives every figure that is quoted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from math import floor

import pytest
from plans import expected, first_plan
from support import FIXTURES, FakeClock

from sessions.deciding.session_plan import session_plan
from sessions.library.library import Library, OpenSession
from sessions.library.trending import whole_series, with_values
from sessions.quarters.trend.rows import trend
from sessions.record import events as ev
from sessions.rounds.reveal import RevealResult
from sessions.rounds.scores import Scores
from sessions.store.memory import MemoryStore
from sessions.wording import mean_name
from tui.library.demo import make_demo

MEASURES = json.loads((FIXTURES / "previous_quarter_2026-Q2.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(MemoryStore(), FakeClock(), lambda length: "0" * length)


@pytest.fixture(scope="module")
def demo(library: Library) -> OpenSession:
    return library.open(make_demo(library, datetime(2026, 6, 30, 11, tzinfo=UTC)))


def test_the_board_lies_as_the_ballot_put_it_and_the_first_decisions_are_those_that_the_plan_proposes(demo: OpenSession) -> None:
    session = demo.live.session
    assert session.order == tuple(expected()["points_r1"]["sides"]["order"])
    plan = session_plan(session)
    assert plan.placements == first_plan().placements
    assert plan.cut_rank == expected()["plan_r1_cut_rank"]
    assert {card: (each.sentence, each.week, each.finish) for card, each in session.decisions.items()} == {
        "P02": ("Continue.", 1, 6), "P03": ("Start on Monday 6 July.", 1, 3), "P09": ("Start on Monday 6 July.", 1, 4),
        "P10": ("Yes, from 27 July. The ERP team is on #6 Electronic invoicing rule until then.", 4, 8),
    }  # fmt: skip
    moves = [each.event for each in demo.live.recordeds if isinstance(each.event, ev.CardMoved)]
    assert moves
    assert all(move.asked_by and move.reason for move in moves)


def test_the_room_talked_about_the_cards_on_which_it_differs_most_and_someone_asks_about_the_next(demo: OpenSession) -> None:
    session = demo.live.session
    last = next(session.history()).event
    assert isinstance(last, ev.NoteAdded)
    assert (last.card, session.role(last.asked_by), session.phase) == ("P04", "VP Marketing", "decide")
    assert session.round is not None
    talked = [talk.card for talk in session.talks]
    assert talked == [each.card for each in RevealResult(session, session.round).to_talk[:3]] == ["P15", "P03", "P06"]
    means = {card: [tuple(map(mean_name, each.means.values())) for each in Scores(session, card).results] for card in talked}
    assert means == {"P15": [("1.5", "4.0"), ("2.3", "3.6")], "P03": [("2.0", "4.6"), ("3.8", "4.6")], "P06": [("4.0", "2.2"), ("4.2", "3.4")]}


def test_the_three_quarters_before_have_the_measures_of_the_sample(library: Library, demo: OpenSession) -> None:
    entries = library.entries()
    own = next(each for each in entries if each.session == demo.live.session.id)

    def share(of: dict[str, float], part: str, whole: str = "of") -> float:
        return floor(of[part] / of[whole] * 100 + 0.5) / 100

    found = {}
    for row in trend(with_values(library, whole_series(entries, own))):
        mine, after = row["measures"], row["looked_back"]
        assert mine["focus"]
        assert after
        found[row["quarter"]] = {
            "focus": share(mine["focus"], "top", "capacity"), "kept": share(after["decisions"], "kept"),
            "promises_kept": share(after["not_before"], "kept"), "adopted": share(after["adopted"], "adopted"),
            "value_realised": share(after["realised"], "realised", "promised"), "complete": share(mine["complete"], "complete", "cards"),
            "stability": mine["stability"] and floor(mine["stability"]["tau_b"] * 100 + 0.5) / 100,
        }  # fmt: skip
    assert found == MEASURES["measures"]
