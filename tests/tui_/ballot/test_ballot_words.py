"""What is typed into a secret ballot: read by method, and refused by the kind of mistake only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.record.events import METHODS, Method, RoundOpened
from sessions.rounds.ballot import check_choice
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.consent import NOT_A_HAND
from sessions.rounds.methods.points import NOT_WHOLE
from sessions.rounds.methods.questions import QuestionSpec
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.score import NOT_A_SCORE
from tui.voting.entry_parser import read_entry, read_reason, refusal
from tui.voting.methods.entry import NOT_ON_LIST, TWICE, EntryRefusedError
from tui.voting.methods.points import ONE_ALONE
from tui.voting.methods.registry import view_of

CARDS = ["P1", "P2", "P3", "P10"]
ABSTENTION = Choice()


def unreadable(method: Method, cards: int = 4) -> str:
    return f"It could not be read. {view_of(method).how(opened(method, *CARDS[:cards]))}"


def nothing_typed(method: Method, cards: int = 4) -> str:
    return f"Nothing is typed yet. {view_of(method).how(opened(method, *CARDS[:cards]))}"


def opened(method: Method, *cards: str, limit: int = 0) -> RoundOpened:
    spec = spec_of(method)
    if isinstance(spec, QuestionSpec):
        return RoundOpened(round=1, method=method, cards=(), questions=tuple(each.id for each in spec.all if each.scored), voices=("coo",))
    return RoundOpened(round=1, method=method, budget=100, cap=25, limit=limit, cards=cards or tuple(CARDS), voices=("coo",))


@pytest.mark.parametrize(
    ("method", "cards", "typed", "choice"),
    [
        ("points", 4, "3 25, 1 20", Choice(points={"P3": 25, "P1": 20})),
        ("points", 4, "p10 5; P2 6\nP1 7", Choice(points={"P10": 5, "P2": 6, "P1": 7})),
        ("points", 4, "3 25 1 20", Choice(points={"P3": 25, "P1": 20})),
        ("points", 4, "3 1 2", Choice(points={"P3": 25, "P1": 25, "P2": 25})),
        ("points", 4, "3:25, 1=20,", Choice(points={"P3": 25, "P1": 20})),
        ("points", 4, "1 0", Choice(points={})),
        ("points", 4, " None ", Choice(points={})),
        ("ranking", 4, "3 1=4 2", Choice(ranking=(("P3",), ("P1", "P10"), ("P2",)))),
        ("ranking", 4, "3>1=4>2", Choice(ranking=(("P3",), ("P1", "P10"), ("P2",)))),
        ("ranking", 4, "none", Choice(ranking=())),
        ("score", 1, "4", Choice(scores={"P1": 4})),
        ("score", 1, "-", Choice(scores={})),
        ("score", 4, "3 4, 4 -", Choice(scores={"P3": 4})),
        ("duel", 2, " p2 ", Choice(prefers="P2")),
        ("duel", 2, "none", ABSTENTION),
        ("consent", 1, "2 nobody can  test it", Choice(scores={"P1": 2}, words="nobody can test it")),
        ("consent", 1, "0: the 3 stores close", Choice(scores={"P1": 0}, words="the 3 stores close")),
        ("consent", 1, "4 typed so that nobody hears", Choice(scores={"P1": 4})),
        ("consent", 1, "-", ABSTENTION),
        ("approval", 4, " ABSTAIN", ABSTENTION),
        ("pulse", 2, "-,5", Choice(scores={"focus": 5})),
        ("pulse", 2, "none", Choice(scores={})),
        ("partnership", 6, "32332-", Choice(scores={"direction": 3, "seat": 2, "order": 3, "language": 3, "sponsorship": 2})),
    ],
)
def test_a_ballot_is_read_as_it_is_typed(method: Method, cards: int, typed: str, choice: Choice) -> None:
    assert read_entry(typed, opened(method, *CARDS[:cards])) == choice


def refused(typed: str, round_: RoundOpened) -> EntryRefusedError:
    with pytest.raises(EntryRefusedError) as caught:
        read_entry(typed, round_)
    return caught.value


@pytest.mark.parametrize(
    ("method", "typed", "sentence"),
    [
        ("points", " ", nothing_typed("points")),
        ("points", "3", ONE_ALONE),
        ("points", "3 1 3", TWICE),
        ("points", "5 10", NOT_ON_LIST),
        ("points", "3 10, P3 5", TWICE),
        ("points", "3 -", NOT_WHOLE),
        ("ranking", "3 1=3", TWICE),
        ("ranking", "3 =", unreadable("ranking")),
        ("score", "3 6", NOT_A_SCORE),
        ("score", "4", unreadable("score")),
        ("duel", "5", NOT_ON_LIST),
        ("consent", "well, 3", NOT_A_HAND),
        ("pulse", "4", "2 answers are asked, in the order of the questions; - for no opinion."),
        ("pulse", "4 6", "An answer is a whole number from 1 to 5, or - for no opinion."),
        ("partnership", "323320", "An answer is a whole number from 1 to 4, or - for no opinion."),
        ("pulse", "yes no", unreadable("pulse")),
    ],
)
def test_what_cannot_be_read_is_refused_by_kind(method: Method, typed: str, sentence: str) -> None:
    assert str(refused(typed, opened(method))) == sentence


def test_numbers_that_may_be_cards_or_points_ask_for_commas() -> None:
    assert "Commas tell" in str(refused("3 25 1 20", opened("points", *(f"P{number}" for number in range(1, 31)))))


@given(
    st.sampled_from(METHODS),
    st.text(alphabet="123456789 ,Pp;x-:=>\n", max_size=40),
    st.sampled_from(["", "9" * 5000, " 25", ", 1 99999999999"]),
    st.sampled_from([1, 2, 4]),
)
def test_no_refusal_repeats_what_was_typed(method: Method, typed: str, tail: str, count: int) -> None:
    cards = CARDS[:count]
    fixed = {NOT_ON_LIST, TWICE, NOT_WHOLE, NOT_A_SCORE, NOT_A_HAND, unreadable(method, count), nothing_typed(method, count)}
    round_ = opened(method, *cards, limit=2)
    fixed |= {"", "Too many cards.", "Too many points on one card.", "Too many points.", "More cards than points."}
    fixed |= {"A card is ticked or it is not.", ONE_ALONE}
    fixed |= {f"{count} answers are asked, in the order of the questions; - for no opinion." for count in (2, 6)}
    fixed |= {f"An answer is a whole number from 1 to {highest}, or - for no opinion." for highest in (4, 5)}
    told, choice = "", ABSTENTION
    try:
        choice = read_entry(typed + tail, round_)
    except EntryRefusedError as error:
        told = str(error)
    assert told in fixed
    assert refusal(round_, choice) in fixed
    assert bool(refusal(round_, choice)) == bool(check_choice(round_, choice))


def test_the_numbers_are_those_of_the_board_when_the_ballot_opened_and_an_id_that_is_a_number_is_none() -> None:
    round_ = RoundOpened(round=1, method="points", budget=100, cap=25, cards=("7", "B"), numbers=(12, 3), voices=("coo",))
    assert list(round_.numbered.items()) == [("B", 3), ("7", 12)]
    assert read_entry("12 5, 3 4", round_) == Choice(points={"7": 5, "B": 4})
    error = refused("7 5", round_)
    assert (str(error), error.detail) == (NOT_ON_LIST, "“7” is not on the list.")
    # A round of the first release counts its cards as they are listed.
    assert list(opened("points").numbered.items()) == [("P1", 1), ("P2", 2), ("P3", 3), ("P10", 4)]


def test_a_reason_is_a_card_and_words_and_an_abstention_keeps_none() -> None:
    choice = Choice(points={"P1": 25})
    given = read_reason("3: customers leave  at the till", choice, opened("points"))
    assert (given.reason_card, given.reason) == ("P3", "customers leave at the till")
    assert read_reason("  ", choice, opened("points")) == choice
    assert read_reason("3 nobody asked me", ABSTENTION, opened("points")) == ABSTENTION
    for typed in ("customers leave", "9 out of reach"):
        with pytest.raises(EntryRefusedError, match=NOT_ON_LIST):
            read_reason(typed, choice, opened("points"))
    for typed in ("1 25, 2 25", "1 25,8 25,10 25,5 25", "3 - 4"):
        for each in (choice, ABSTENTION):
            with pytest.raises(EntryRefusedError, match="looks like a ballot"):
                read_reason(typed, each, opened("points"))
    assert refusal(opened("points"), read_reason(f"3 {'x' * 300}", choice, opened("points"))) == "The reason is too long."
