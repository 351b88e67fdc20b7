"""Rank-order files of PrefLib, in both formats; results that are published for well-known elections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pytest
from hostile import CORPUS, LOUD
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import PortfolioError
from sessions.imports.ballots.preflib import is_preflib, read_preflib
from sessions.portfolio.models import Portfolio, Project
from sessions.rounds.methods.order import Votes
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.tally import tally_report
from sessions.voting.ranking import tally_ranking

TODAY = """# FILE NAME: 00001-00000001.toi
# TITLE: A small room
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Anna, of Accounts
# ALTERNATIVE NAME 2: Bert: Sales
# ALTERNATIVE NAME 3: Carl
# ALTERNATIVE NAME 4: Dora
3: 1,2,{3,4}
2: {2, 3}, 1
1: 4
"""
BEFORE = "4\n1,Anna, of Accounts\n2,Bert: Sales\n3,Carl\n4,Dora\n6,6,3\n3,1,2,{3,4}\n2,{2,3},1\n1,4\n"
ORDERS = ((3, (("1",), ("2",), ("3", "4"))), (2, (("2", "3"), ("1",))), (1, (("4",),)))


@pytest.mark.parametrize("text", [TODAY, BEFORE, TODAY.replace("\n", "\r\n"), BEFORE.replace("\n", "\r\n\r\n")])
def test_both_formats_say_the_same_alternatives_are_cards_and_a_count_is_as_many_voices(text: str) -> None:
    assert is_preflib(text)
    found = read_preflib(text, "small.toi")
    assert dict(found.alternatives) == {"1": "Anna, of Accounts", "2": "Bert: Sales", "3": "Carl", "4": "Dora"}
    assert (found.orders, found.voices) == (ORDERS, 6)
    portfolio = found.portfolio()
    assert {card.id: card.title for card in portfolio.projects} == dict(found.alternatives)
    assert portfolio.name == ("A small room" if text[0] == "#" else "")
    given = found.ballots(portfolio)
    assert [(given.times[name], ballot) for name, ballot in given.ballots.items()] == list(ORDERS)


@pytest.mark.parametrize("many", [1, 2_000_000])
@pytest.mark.parametrize("weighting", ["sides", "person"])
def test_counted_orders_are_counted_exactly_as_if_each_voter_had_a_row(many: int, weighting: Literal["sides", "person"]) -> None:
    """Two sides, so that they weigh differently; millions of voters have the figures of as many times fewer."""
    found = read_preflib(TODAY, "small.toi")
    portfolio, spec = found.portfolio(), order_spec("ranking")
    cards = [card.id for card in portfolio.projects]
    given = found.ballots(portfolio)
    side_of = dict(zip(given.ballots, ("business", "it", "it"), strict=True))
    rows = {f"{name} {row}": name for name, count in given.times.items() for row in range(count)}
    times = {name: count * many for name, count in given.times.items()}
    grouped = tally_report(spec, portfolio, Votes(given.ballots, side_of, cards, {}, times=times), weighting)
    ballots, sides = ({row: each[name] for row, name in rows.items()} for each in (given.ballots, side_of))
    expanded = tally_report(spec, portfolio, Votes(ballots, sides, cards, {}), weighting)
    for each in ("order", "side_orders", "attention"):
        assert getattr(grouped, each) == getattr(expanded, each)
    assert grouped.agreement.tau_b == expanded.agreement.tau_b
    assert grouped.voters == {side: count * many for side, count in expanded.voters.items()}
    if many == 1:
        assert (grouped.as_data(), grouped.wants) == (expanded.as_data(), expanded.wants)


@pytest.mark.parametrize(("old", "new", "words"), [
    ("3: 1,2,{3,4}", "3: 1,2,{3,1}", "line 11: alternative 1 appears in this order twice"),
    ("3: 1,2,{3,4}", "many: 1,2", "line 11: a count and an order of alternatives were expected"),
    ("3: 1,2,{3,4}", "4: 1,2,{3,4}", "line 5: 6 voters announced, 7 found"),
    ("TYPE: toi", "TYPE: toc", "line 12: an order of a .toc file names every alternative; this one names 3 of 4"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, words: str) -> None:
    with pytest.raises(PortfolioError) as caught:
        read_preflib(TODAY.replace(old, new), "small.toi")
    assert str(caught.value).startswith(f"small.toi: {words}")


def test_the_published_result_of_the_example_in_schulzes_paper() -> None:
    orders = "5,1,3,2,5,4 5,1,4,5,3,2 8,2,5,4,1,3 3,3,1,2,5,4 7,3,1,5,2,4 2,3,2,1,4,5 7,4,3,5,2,1 8,5,2,1,4,3"
    found = read_preflib("\n".join(["5", "1,A", "2,B", "3,C", "4,D", "5,E", "45,45,8", *orders.split()]), "published.soc")
    given = found.ballots(found.portfolio())
    result = tally_ranking(given.ballots, dict.fromkeys(given.ballots, "all"), list(found.alternatives), "person", {}, times=given.times)
    assert [found.alternatives[number] for number in result.order] == ["E", "A", "C", "B", "D"]


def test_alternatives_are_found_among_the_cards_of_a_portfolio_by_title_or_id() -> None:
    found, named = read_preflib(TODAY, "small.toi"), {"A": "ANNA, of  Accounts", "B": "Bert: Sales", "carl": "x", "D": "Dora"}

    def ballots(titles: Mapping[str, str]) -> list[object]:
        return list(found.ballots(Portfolio(projects=tuple(Project(id=card, title=title) for card, title in titles.items()))).ballots.values())

    assert ballots(named) == [(("A",), ("B",), ("carl", "D")), (("B", "carl"), ("A",)), (("D",),)]
    with pytest.raises(PortfolioError, match="alternative 4, “Dora”, is not a card of the portfolio"):
        ballots(named | {"D": "Doris"})
    with pytest.raises(PortfolioError, match="two alternatives name the same card"):
        ballots(named | {"carl": "Dora", "D": "x"})


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for start in ("# TITLE: x\n# ALTERNATIVE NAME 1: a\n", "1\n1,a\n1,1,1\n", ""):
        if (start + text).strip():
            refused = "x.toi: "
            try:
                read_preflib(start + text, "x.toi")
            except PortfolioError as error:
                refused = str(error)
            assert refused.startswith("x.toi: ")


@pytest.mark.parametrize("text", [text for text in CORPUS if len(text.splitlines()) == 1], ids=ascii)
def test_a_title_and_names_that_would_act_on_a_terminal_are_read_as_what_can_be_seen(text: str) -> None:
    found = read_preflib(TODAY.replace("A small room", f"A {text}room").replace("Anna, of Accounts", f"A {text}nna"), "small.toi")
    portfolio = found.portfolio()
    said = [portfolio.name, *(part for card in portfolio.projects for part in (card.id, card.title)), *found.alternatives.values()]
    assert [part for part in said if LOUD.search(part)] == []
    assert portfolio.projects[0].title.startswith("A")
    assert found.orders == ORDERS
