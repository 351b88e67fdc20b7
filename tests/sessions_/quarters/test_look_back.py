"""What became of last quarter's decisions: proposals from the new portfolio, what the room says, and the count of the kept (METHOD 6.1, 6.1b)."""

from __future__ import annotations

from typing import Literal

import earlier_quarter
import pytest
from series import past_of_sample, said_of_sample, sample_room
from support import PEOPLE, Room, small, with_cards

from sessions.commands.cards import Undo
from sessions.commands.decisions import Decide
from sessions.commands.phases import CloseSession, StartPhase
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.outcomes import ConfirmOutcomes, OutcomeRefusedError
from sessions.deciding.proposals import proposal_for
from sessions.export.json_export import as_json
from sessions.guide.next_step import next_step
from sessions.portfolio.models import Project, Work
from sessions.quarters.look_back import PastDecision, past_decisions
from sessions.quarters.promises import kept_sentence
from sessions.record import events as ev
from sessions.record.events import CardOutcome, Decision, DecisionWord, Delivered, Fate, Matched, Past
from sessions.replay.narration import narrate
from sessions.summary.markdown import summary


def test_what_was_put_off_does_not_hide_the_starts_and_what_is_open() -> None:
    """Five that rest and two starts; one of those that rest has no outcome."""
    cards = tuple(f"P{number}" for number in range(1, 8))
    past = past_of_sample().model_copy(
        update={"decisions": tuple(Decision(card=card, word="start" if card > "P5" else "not_now", sentence="") for card in cards)}
    )
    said = {card: CardOutcome(card=card, outcome="missed" if card == "P7" else "kept", cause="scope" if card == "P7" else None) for card in cards[1:]}
    assert kept_sentence(past, said) == "We kept 5 of 6 decisions of 2026-Q2, and 1 of 2 starts; 1 open."
    assert not kept_sentence(past, {})


def judged(word: DecisionWord, week: int | None = None, card: Project | None = None, until: str = "", delivered: str = "") -> PastDecision:
    """Return how a decision on one card looks in a session on 30 June after a quarter that began on 6 April; without a card it is gone."""
    before = Project(id="A", title="Checkout", sponsor="CFO")
    decision = Decision(card="A", word=word, sentence="", week=week, until=until)
    adopting = Delivered(card=before, date=delivered, quarter="2026-Q2")
    past = Past(
        session="x", title="Q2", quarter="2026-Q2", date="2026-03-31", cards=(before,), decisions=(decision,), participants=PEOPLE,
        matched=(Matched(card="B", was="A", by="title"),) if card else (), gone=() if card else ("A",), delivered=(adopting,) if delivered else (),
    )  # fmt: skip
    portfolio = with_cards(small(), P4={"state": "in_flight"})
    portfolio = portfolio.model_copy(update={"projects": (*portfolio.projects, *([card] if card else []))})
    (row,) = past_decisions(Room(portfolio, past=past).session)
    return row


def card(**fields: object) -> Project:
    return Project.model_validate({"id": "B", "title": "Checkout", "sponsor": "CFO", **fields})


RUNNING, WAITING = card(state="in_flight"), card()
RULES = [
    # word, week, card, until, delivered: outcome, cause, what happened
    ("continue", None, RUNNING, "", "", "kept", None, "continues"),
    ("continue", None, WAITING, "", "", "missed", "other", "not in flight any more"),
    ("continue", None, None, "", "2026-05-18", "kept", None, "delivered on 18 May"),
    ("start", 1, RUNNING, "", "", "kept", None, "started"),
    ("start_after", 4, card(state="done"), "", "", "kept", None, "delivered"),
    ("start_after", 11, WAITING, "", "", "missed", "other", "not started"),
    ("start_after", 12, WAITING, "", "", "missed", "other", "not started"),
    ("start_after", 13, WAITING, "", "", "open", None, "not due yet"),
    ("start_after", 13, RUNNING, "", "", "kept", None, "started"),
    ("start_after", 4, None, "", "", "open", None, "not among the projects any more"),
    ("start_after", 4, card(needs=("P1",)), "", "", "missed", "dependency", "not started: waits for Checkout"),
    ("start_after", 4, card(sponsor="VP Retail (left)"), "", "", "overtaken", None, "not started: its sponsor left"),
    ("start_after", 4, card(sponsor=""), "", "", "overtaken", None, "not started: it has no sponsor any more"),
    ("start_after", 4, card(work=(Work(team="MOB", effort=10),)), "", "", "overtaken", None, "not started: Mobile has no people"),
    ("hold", None, WAITING, "", "", "kept", None, "not started"),
    ("hold", None, RUNNING, "", "", "reversed", "other", "started all the same"),
    ("hold", None, RUNNING, "2026-05-01", "", "kept", None, "started after 1 May 2026"),
    ("not_now", None, None, "", "", "kept", None, "not started"),
    ("return", None, card(state="adopt"), "", "", "reversed", "other", "delivered all the same"),
    ("stop", None, None, "", "", "kept", None, "stopped"),
    ("stop", None, WAITING, "", "", "kept", None, "not restarted, but listed again"),
    ("stop", None, RUNNING, "", "", "reversed", "other", "restarted all the same"),
    ("done", None, None, "", "", "kept", None, "done"),
    ("accept_below_target", None, RUNNING, "", "", "reversed", "other", "in work again"),
]


@pytest.mark.parametrize(("word", "week", "now", "until", "delivered", "outcome", "cause", "happened"), RULES)
def test_a_proposal_rests_on_the_new_portfolio(
    word: DecisionWord, week: int | None, now: Project | None, until: str, delivered: str, outcome: str, cause: str | None, happened: str
) -> None:
    row = judged(word, week, now, until, delivered)
    assert (row.proposed.outcome, row.proposed.cause, row.happened, row.said) == (outcome, cause, happened, None)


@pytest.mark.parametrize("by", ["id", "carried"])
def test_without_a_word_on_what_has_started_nothing_is_called_missed(by: Literal["id", "carried"]) -> None:
    decisions = (Decision(card="P1", word="start", sentence="", week=1), Decision(card="P2", word="continue", sentence=""))
    matched = tuple(Matched(card=card, was=card, by=by) for card in ("P1", "P2"))
    past = earlier_quarter.earlier(decisions=decisions, matched=matched, unclear=())
    room = Room(with_cards(small(), P4={"state": "in_flight" if by == "carried" else "new"}), past=past)
    rows = past_decisions(room.session)
    assert {(row.proposed.outcome, row.happened, row.unknown) for row in rows} == {
        ("open", "not known whether it started", True),
        ("open", "not known whether it continues", True),
    }
    assert {row.happened_if(said) for row in rows for said in ("kept", "missed")} == {"started", "continues", "not started", "not in flight any more"}
    room.do(ConfirmOutcomes(outcomes=tuple(CardOutcome(card=row.decision.card, outcome="kept", note="in May, late") for row in rows)))
    assert {row.happened_if("open") for row in past_decisions(room.session)} == {"in May, late"}
    proposed = {card: each.word for card in ("P1", "P2") if (each := proposal_for(room.session, card))}
    assert proposed == {"P1": "continue", "P2": "continue"}
    room.do(Undo())
    assert {proposal_for(room.session, card).word for card in ("P1", "P2")} == {"start"}  # type: ignore[union-attr]


def test_a_card_that_may_be_another_one_is_judged_when_the_room_said_which_it_is() -> None:
    decisions = tuple(Decision(card=card, word="not_now", sentence="") for card in ("X3", "X4"))
    room = earlier_quarter.room(decisions=decisions)
    assert {row.happened for row in past_decisions(room.session)} == {"not clear which card it is now"}
    room.do(LinkCard(card="P3", was="X4"))
    assert [row.proposed.outcome for row in past_decisions(room.session)] == ["kept", "kept"]


@pytest.mark.parametrize(
    ("word", "fate", "outcome", "happened"),
    [
        ("return", "dropped", "overtaken", "dropped"),
        ("return", "merged", "overtaken", "merged into Close faster"),
        ("stop", "dropped", "kept", "stopped"),
        ("stop", "merged", "kept", "merged into Close faster"),
        ("stop", "here", "kept", "not restarted, but listed again"),
        ("start", "dropped", "overtaken", "dropped"),
        ("start", "merged", "missed", "merged into Close faster: not started: Web not free"),
    ],
)
def test_a_card_is_judged_by_what_the_room_says_became_of_it(word: DecisionWord, fate: Fate, outcome: str, happened: str) -> None:
    past = earlier_quarter.earlier(decisions=(Decision(card="X1", word=word, sentence="", week=1 if word == "start" else None),))
    room = Room(with_cards(small(), P4={"state": "in_flight"}), past=past)
    room.do(AnswerFate(card="X1", fate=fate, into="P3" if fate == "merged" else ""))
    (row,) = past_decisions(room.session)
    assert (row.proposed.outcome, row.happened) == (outcome, happened)


def test_a_promise_that_was_not_due_is_broken_by_deciding_otherwise() -> None:
    """P09 is promised for 6 July, and looked back on at 30 June."""
    room = sample_room()
    room.do(ConfirmOutcomes(outcomes=said_of_sample()))
    assert as_json(room.session)["look_back"]["not_before"] == {"kept": 1, "of": 3}
    room.do(Decide(card="P09", word="not_now", override="the rule was put off"))
    row = next(row for row in past_decisions(room.session) if row.decision.card == "P09")
    assert (row.outcome.outcome, row.happened) == ("reversed", "decided otherwise: not now")
    assert "We kept 7 of 11 decisions of 2026-Q2, and 1 of 4 “not before” dates" in summary(room.session)
    room.do(Decide(card="P09", word="start_after", week=4, override="the rule was put off"))
    row = next(row for row in past_decisions(room.session) if row.decision.card == "P09")
    assert row.happened == "decided otherwise: from 27 July"
    room.do(Decide(card="P09", word="start", week=1, override="x"))
    assert as_json(room.session)["look_back"]["not_before"] == {"kept": 1, "of": 3}


def test_outcomes_are_said_changed_and_taken_back() -> None:
    room = sample_room()
    missed = CardOutcome(card="P01", outcome="missed", cause="capacity", note="Data not free")
    event = room.one(ConfirmOutcomes(outcomes=(missed,)), ev.OutcomesConfirmed)
    assert narrate(room.session, room.live.recordeds[-1]) == "Customer segmentation and analysis: missed (capacity): Data not free."
    kept_after_all = CardOutcome(card="P01", outcome="kept")
    assert room.one(ConfirmOutcomes(outcomes=(kept_after_all,)), ev.OutcomesConfirmed).old == event.outcomes
    assert room.do(ConfirmOutcomes(outcomes=(kept_after_all,))) == []
    room.do(Undo())
    assert room.session.outcomes["P01"] == missed
    rows = past_decisions(room.session)
    told = {row.decision.card: f"{row.promised}: {row.happened}" for row in rows}
    assert (told["P18"], told["X3"]) == ("from 11 May: not started: its sponsor left", "continues: delivered on 18 May")
    everything = tuple(row.proposed for row in rows if not row.said)
    assert len(room.do(ConfirmOutcomes(outcomes=everything))) == 1
    assert narrate(room.session, room.live.recordeds[-1]) == "12 outcomes confirmed: 8 kept, 1 missed, 2 overtaken, 1 open."
    exported = as_json(room.session)
    assert exported["look_back"] == {
        "quarter": "2026-Q2", "kept": 8, "of": 10, "not_before": {"kept": 1, "of": 3}, "causes": {"capacity": 2}
    }  # fmt: skip


def test_bad_outcomes_are_refused() -> None:
    room = sample_room()
    for words, said in (
        ("Only a missed or a reversed decision has a cause: this one is kept.", CardOutcome(card="P01", outcome="kept", cause="scope")),
        ("Say why it was reversed", CardOutcome(card="X4", outcome="reversed")),
        ("did not decide on that card", CardOutcome(card="P10", outcome="kept")),
    ):
        room.refuses(ConfirmOutcomes(outcomes=(said,)), OutcomeRefusedError, words)
    twice = CardOutcome(card="P01", outcome="kept")
    room.refuses(ConfirmOutcomes(outcomes=(twice, twice)), OutcomeRefusedError, "one outcome for each")
    Room(small()).refuses(ConfirmOutcomes(outcomes=(twice,)), OutcomeRefusedError, "no session before this one")


def test_skipping_the_phase_leaves_the_rest_open_in_one_record_that_undo_takes_back() -> None:
    room = sample_room()
    room.do(StartPhase(phase="open"), StartPhase(phase="look_back"))
    step = next_step(room.session)
    assert (step.kind, step.sentence) == ("look_back", "13 of 13 outcomes to confirm")
    room.do(ConfirmOutcomes(outcomes=(CardOutcome(card="P02", outcome="kept"),)))
    assert next_step(room.session, skipped={"look_back"}).sentence == "12 of 13 outcomes not confirmed: they stay open"
    assert room.do(StartPhase(phase="open"))[0].kind == "phase_started"
    recorded, started = room.do(StartPhase(phase="vote"))
    assert isinstance(recorded, ev.OutcomesConfirmed)
    assert {each.outcome for each in recorded.outcomes} == {"open"}
    assert (len(recorded.outcomes), started.kind) == (12, "phase_started")
    assert narrate(room.session, room.live.recordeds[-2]) == "What became of 12 decisions stays open."
    room.do(Undo())
    assert list(room.session.outcomes) == ["P02"]
    room.do(StartPhase(phase="look_back"), ConfirmOutcomes(outcomes=said_of_sample()))
    assert next_step(room.session).sentence == "We kept 7 of 10 decisions of 2026-Q2, and 1 of 3 “not before” dates; 1 open"
    assert [each.kind for each in room.do(StartPhase(phase="cards"))] == ["phase_started"]
    # Closing without the phase does the same.
    recorded, closed = sample_room().do(CloseSession(leave_undecided=True, override="no time"))
    assert isinstance(recorded, ev.OutcomesConfirmed)
    assert (len(recorded.outcomes), {each.outcome for each in recorded.outcomes}, closed.kind) == (13, {"open"}, "session_closed")
