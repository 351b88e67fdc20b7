"""What changed since the earlier session, and the questions that it leaves."""

from __future__ import annotations

import pytest
from earlier_quarter import WAS, earlier, objectives, quarter, room
from support import PEOPLE, Room, small, with_cards

from sessions.commands.cards import AgreeAction, EditCard, Undo
from sessions.commands.people import ChangeParticipant
from sessions.commands.quarters.adoption import DeliverCard
from sessions.commands.quarters.fates import AnswerFate, LinkCard
from sessions.commands.quarters.leftovers import AnswerLeftover
from sessions.commands.quarters.sponsors import AnswerSponsor
from sessions.errors import SessionError
from sessions.export.json_export import as_json
from sessions.portfolio.benefits import benefit_sentence
from sessions.portfolio.models import Adoption, Benefit, Objective, Participant
from sessions.preread.page import preread
from sessions.quarters.adoption import looked_at
from sessions.quarters.changes import Changes, Edit, changes_since
from sessions.quarters.changes_words import change_groups, counts_words, days_words, edit_words, paragraph
from sessions.quarters.ending import past_of
from sessions.quarters.questions import open_questions, questions
from sessions.quarters.sponsors import unconfirmed
from sessions.quarters.story import story_of
from sessions.record.events import ActionAgreed, Decision, LeftoverAnswer, LeftoverKind, QuestionParked
from sessions.summary.markdown import summary


def changes_of(held: Room) -> Changes:
    changes = changes_since(held.session)
    assert changes is not None
    return changes


def test_what_changed_is_told_from_the_big_things_on() -> None:
    assert changes_since(Room(small()).session) is None
    held = room()
    held.do(ChangeParticipant(person="coo", role="Chief Operating Officer", side="business", seat="decider"))
    changes = changes_of(held)
    assert (changes.days, changes.late, days_words(changes)) == (102, True, "102 days after 2026-Q2")
    assert counts_words(changes) == "1 new objective · 1 new card · 1 card gone · 2 cards changed"
    assert changes.edits == (Edit("P1", "sponsor", "VP Retail", "VP Sales"), Edit("P2", "title", "Prices", "Price lists"))
    assert {group.heading: "; ".join(group.lines) for group in change_groups(held.session, changes)} == {
        "Direction": (
            "New objective, #2: Open the Northwest region; No longer an objective: Close the books; "
            "Deliver faster: #2 before, now #1; Sell more: #1 before, now #3"
        ),
        "Sponsors": "Checkout: VP Sales, in the place of VP Retail",
        "People": (
            "Chief Operating Officer decides, in the place of CFO; VP Retail (business) left; Architect (IT) joined; "
            "COO is now Chief Operating Officer"
        ),
        "Teams": "Web is larger: 3 people, 2 before; Mobile is smaller: nobody, 2 before",
        "New cards": "Returns, from VP Sales; Close faster: no one has said yet whether it is new",
        "Gone": "Scanning",
        "Changed cards": "Price lists: title Prices, now Price lists",
    }
    assert paragraph(held.session, changes, 6)[-3:] == ["New cards: Returns.", "Gone: Scanning.", "Changed: Price lists (title)."]
    others = Room(small().model_copy(update={"objectives": objectives(("Open the Northwest region", *WAS[1:]))}), past=earlier())
    assert changes_of(others).ranked == (), "that others came or went moves no objective"


def test_a_stopped_card_that_is_listed_again_is_named() -> None:
    held = room(decisions=(Decision(card="P2", word="stop", sentence="", why="too dear"),))
    changes = changes_of(held)
    assert "1 stopped card listed again" in counts_words(changes)
    assert ("Listed again", ("Price lists was stopped in 2026-Q2",)) in change_groups(held.session, changes)
    assert "Listed again: Price lists was stopped in 2026-Q2." in summary(held.session)
    assert as_json(held.session)["changes"]["cards"]["stopped_before"] == ["P2"]


def test_an_unclear_card_is_asked_first_and_then_what_became_of_the_other_candidate() -> None:
    held = room()
    assert [each.kind for each in open_questions(held.session)] == ["link", "fate", "sponsor"]
    held.do(LinkCard(card="P3", was="X4"))
    assert [(each.kind, each.card) for each in open_questions(held.session)] == [("fate", "X1"), ("fate", "X3"), ("sponsor", "P1")]
    held.do(LinkCard(card="P3"))
    assert changes_of(held).new == ("P3", "P4")
    assert [each.card for each in open_questions(held.session) if each.kind == "fate"] == ["X1", "X3", "X4"]
    held.do(Undo(), AnswerFate(card="X1", fate="delivered", date="2026-05-18"), AnswerSponsor(card="P1", confirmed=True))
    answers = [each.answer for each in questions(held.session) if each.kind != "link"]
    assert answers == ["Scanning was delivered on 18 May 2026", "", "Checkout: VP Sales confirmed it"], "each stays on the list"


def test_cards_of_one_title_are_told_apart_by_their_ranks() -> None:
    same = {"title": "CRM"}
    past = earlier(cards=tuple(card.model_copy(update=same) for card in earlier().cards))
    held = Room(with_cards(small(), P3=same, P4=same), past=past)
    assert questions(held.session)[0].asked == "CRM, now #3: is it #4 or #5 of 2026-Q2, or new?"


def test_a_benefit_names_its_amount_once() -> None:
    for words in ("Days, worth 12000 a month", "Days, worth 12,000 a month", "Days, 12 000 per month"):
        assert benefit_sentence(Benefit(text=words, monthly=12000), "") == words
    assert benefit_sentence(Benefit(text="12000 clerks", monthly=12000), "") == "12000 clerks → 12,000 a month"


def test_a_new_card_that_is_a_gone_one_under_another_title_goes_on_as_it() -> None:
    held = room()
    held.do(LinkCard(card="P4", was="X1"))
    changes = changes_of(held)
    title = held.session.cards["P4"].title
    assert (changes.new, changes.gone) == ((), ())
    assert Edit("P4", "title", "Scanning", title) in changes.edits
    assert held.session.cards["P4"].previous_rank == 1
    assert f"{title} is #1 of 2026-Q2" in [each.answer for each in questions(held.session)]
    assert [chapter.card.title for chapter in story_of(held.session, "P4").chapters] == ["Scanning", title]
    with pytest.raises(SessionError, match="no such card"):
        held.do(LinkCard(card="P1", was="X1"))
    held.do(LinkCard(card="P4"))
    assert (changes_of(held).new, [card.id for card in changes_of(held).gone]) == (("P4",), ["X1"])
    held.do(Undo(), Undo(), AnswerFate(card="X1", fate="merged", into="P4"))
    assert story_of(held.session, "P4").headline == "It is new this quarter, and takes in Scanning."


def test_a_card_that_the_new_file_calls_done_is_asked_for_its_delivery_and_is_adopting_then() -> None:
    brought = with_cards(small(), P1={"state": "done"}, P4={"state": "done"})
    held = Room(brought, past=earlier(gone=(), unclear=()))
    asked = [each for each in open_questions(held.session) if each.kind == "done"]
    assert [each.asked for each in asked] == ["Checkout is done, says the new portfolio: when was it delivered?"]
    held.do(DeliverCard(card="P1", date="2026-05-18"))
    assert [each.answer for each in questions(held.session) if each.kind == "done"] == ["Checkout was delivered on 18 May 2026"]
    assert [each.card.id for each in looked_at(held.session)] == ["P1"]


def test_actions_and_parked_questions_are_asked_once_and_travel_on_until_they_are_done() -> None:
    actions = tuple(ActionAgreed(what=what, who="COO", by_when="2026-12-15") for what in ("Hire", "Ask the suppliers"))
    past = earlier().model_copy(update={"actions": actions, "parked": (QuestionParked(text="Who pays?"), QuestionParked(text="Which office?"))})
    held = Room(small(), past=past)
    held.do(AgreeAction(what="Test", who="CFO", by_when="2027-03-15"))
    asked = [each for each in open_questions(held.session) if each.kind in ("action", "parked")]
    assert [each.kind for each in asked] == ["action", "action", "parked", "parked"]
    assert [each.asked for each in asked[1:3]] == [
        "Ask the suppliers (COO, by 15 Dec 2026): is it done?", "“Who pays?” was parked: is it answered?"
    ]  # fmt: skip
    said: tuple[tuple[LeftoverKind, int, LeftoverAnswer], ...] = (("action", 1, "done"), ("action", 2, "open"), ("parked", 1, "dropped"))
    held.do(*(AnswerLeftover(what=what, number=number, answer=answer) for what, number, answer in said))
    assert [each.key for each in open_questions(held.session) if each.kind in ("action", "parked")] == ["parked 2"]
    going_on = past_of(held.session)
    assert [each.what for each in going_on.actions] == ["Ask the suppliers", "Test"]
    assert [each.text for each in going_on.parked] == ["Which office?"]
    page = summary(held.session)
    for text, there in (("Ask the suppliers", True), ("Hire", False), ("Which office?", True), ("Who pays?", False)):
        assert (text in page) is there
        assert (text in preread(held.session)) is there
    with pytest.raises(SessionError, match="no such action"):
        held.do(AnswerLeftover(what="action", number=3, answer="done"))


def test_a_sponsor_who_left_is_asked_about_until_the_card_has_another_one() -> None:
    held = room()
    card = held.session.cards["P1"]
    held.do(EditCard(card=card.model_copy(update={"sponsor": "VP Retail"})))
    assert [(each.kind, each.card) for each in open_questions(held.session)] == [("link", "P3"), ("fate", "X1"), ("lost", "P1")]
    held.do(EditCard(card=card.model_copy(update={"sponsor": "CFO"})))
    assert unconfirmed(held.session) == {"P1"}
    held.do(AnswerSponsor(card="P1", confirmed=True))
    assert unconfirmed(held.session) == frozenset()
    # So is one who is new in the role.
    people: tuple[Participant, ...] = tuple(each.model_copy(update={"new_in_role": each.role == "COO"}) for each in PEOPLE)
    held = Room(quarter().model_copy(update={"participants": people}), past=earlier())
    assert unconfirmed(held.session) == {"P1", "P2"}


def test_an_edit_is_told_in_words_and_another_spelling_is_none() -> None:
    first, second, *others = small().projects
    before = (first, second.model_copy(update={"objective": "Sell", "adoption": Adoption(measure="orders", plan_owner="CFO")}))
    now = (
        first.model_copy(update={"title": f" {first.title.upper()}!", "must": True}),
        second.model_copy(update={"objective": "Open", "adoption": Adoption(measure="orders", plan_owner="COO")}),
    )
    objectives = [(Objective(id=text[:4], rank=1, text=text),) for text in ("Sell more", "Open the Northwest region")]
    portfolio = quarter().model_copy(update={"projects": (*now, *others), "objectives": objectives[1]})
    held = Room(portfolio, past=earlier(cards=before, objectives=objectives[0]))
    groups = {group.heading: group.lines for group in change_groups(held.session, changes_of(held))}
    assert groups["Changed cards"] == (
        f"{now[0].title}: is a must now",
        f"{second.title}: objective Sell more, now Open the Northwest region",
        f"{second.title}: owner of the adoption plan CFO, now COO",
    )
    assert edit_words(Edit("P1", "deadline_week", "", "8 January 2027")) == "deadline 8 January 2027, none before"
    assert edit_words(Edit("P1", "budget", "$5,000", "")) == "no budget any more, $5,000 before"
