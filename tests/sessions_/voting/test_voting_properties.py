"""Votes of any kind against the method's own definitions, written from its formulas: slow, plain, and by every pair and path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.voting.agreement import compare_pairs, kendall_w, tau_b
from sessions.voting.attention import CardAttention, attention_by_card
from sessions.voting.duel import DuelHands, tally_duel
from sessions.voting.points import points_midranks, tally_points
from sessions.voting.ranking import Duels, Ranking, points_as_ranking, ranking_midranks, tally_ranking
from sessions.voting.schulze import widest_paths
from sessions.voting.wants import wanted_now
from sessions.voting.weights import Weighting, voice_weights

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")
SIDE_NAMES = ("business", "it", "board")
CARD_IDS = tuple("ABCDEFG")
LAST_RANK = {"A": 2, "B": 1, "C": None}


@st.composite
def rankings(draw: st.DrawFn, cards: tuple[str, ...]) -> Ranking:
    row = draw(st.permutations(cards))[: draw(st.integers(0, len(cards)))]
    tiers: list[list[str]] = []
    for card in row:
        if tiers and draw(st.booleans()):
            tiers[-1].append(card)
        else:
            tiers.append([card])
    return tuple(map(tuple, tiers))


@st.composite
def elections(draw: st.DrawFn) -> tuple[dict[str, Ranking], dict[str, str], tuple[str, ...]]:
    cards = tuple(draw(st.permutations(CARD_IDS[: draw(st.integers(1, 6))])))
    ballots = draw(st.dictionaries(st.sampled_from("abcdefgh"), rankings((*cards, "withdrawn")), min_size=1))
    sides = {voice: draw(st.sampled_from(SIDE_NAMES)) for voice in ballots}
    return ballots, sides, cards


def place(ranking: Ranking, card: str, end: int) -> int:
    return next((at for at, tier in enumerate(ranking) if card in tier), end)


@given(elections(), st.sampled_from(WEIGHTINGS))
def test_a_ranking_is_counted_as_defined(election, weighting: Weighting) -> None:
    ballots, sides, cards = election
    result = tally_ranking(ballots, sides, cards, weighting, LAST_RANK)
    assert result is not None

    def margin(one: str, other: str) -> int:
        signs = {}
        for voice, ballot in ballots.items():
            first, second = place(ballot, one, len(CARD_IDS)), place(ballot, other, len(CARD_IDS))
            signs[voice] = (first < second) - (second < first)
        return sum(result.weights[voice] * sign for voice, sign in signs.items())

    square = [[margin(one, other) for other in cards] for one in cards]
    assert result.margins == {
        one: {other: square[row][column] for column, other in enumerate(cards) if other != one} for row, one in enumerate(cards)
    }
    assert result.net == {card: sum(row) for card, row in zip(cards, square, strict=True)}
    signs = {card: [(margin > 0) - (margin < 0) for margin in row.values()] for card, row in result.margins.items()}
    assert result.duels == {card: Duels(won=row.count(1), lost=row.count(-1), tied=row.count(0)) for card, row in signs.items()}
    paths = widest_paths(square)
    beats = {(one, other) for a, one in enumerate(cards) for b, other in enumerate(cards) if paths[a][b] > paths[b][a]}
    assert result.defeats == {card: sum(one == card for one, _ in beats) for card in cards}
    assert result.order == ordered(set(cards), beats, result.net)


def ordered(left: set[str], beats: set[tuple[str, str]], net: dict[str, int]) -> tuple[str, ...]:
    order = []
    while left:
        unbeaten = [card for card in left if not any((other, card) in beats for other in left)]
        best = min(unbeaten, key=lambda card: (-net[card], LAST_RANK.get(card) or 9, card))
        left = left - {best}
        order.append(best)
    return tuple(order)


@given(st.integers(1, 25), st.integers(1, 6), st.randoms(use_true_random=False))
def test_widest_paths_of_many_cards_are_those_of_the_definition(size: int, most: int, chance) -> None:
    margins = [[0] * size for _ in range(size)]
    for a in range(size):
        for b in range(a):
            margins[a][b] = chance.randint(-most, most)
            margins[b][a] = -margins[a][b]
    paths = [[max(0, margin) for margin in row] for row in margins]
    for k in range(size):
        for a in range(size):
            for b in range(size):
                if a != b:
                    paths[a][b] = max(paths[a][b], min(paths[a][k], paths[k][b]))

    assert widest_paths(margins) == paths


SHARES = st.fixed_dictionaries({side: st.integers(1, 9) for side in SIDE_NAMES})


@given(elections(), SHARES)
def test_sides_stand_to_each_other_as_their_shares_in_the_smallest_whole_numbers(election, shares: dict[str, int]) -> None:
    sides = election[1]
    weights, sizes = voice_weights(sides, "sides", shares), Counter(sides.values())
    assert len({Fraction(weight * sizes[sides[voice]], shares[sides[voice]]) for voice, weight in weights.items()}) == 1
    assert gcd(*weights.values()) == 1
    assert voice_weights(sides, "person", shares) == dict.fromkeys(sides, 1)


HANDS = st.builds(DuelHands, lower=st.integers(0, 4), upper=st.integers(0, 4), abstain=st.integers(0, 1))


@given(st.fixed_dictionaries(dict.fromkeys(SIDE_NAMES, HANDS)), st.sampled_from(WEIGHTINGS), SHARES)
def test_a_duel_weighs_hands_as_voters_and_a_tie_keeps_the_order(hands: dict[str, DuelHands], weighting: Weighting, shares: dict[str, int]) -> None:
    sides = {f"{side} {number}": side for side, its in hands.items() for number in range(its.lower + its.upper)}
    weights = voice_weights(sides, weighting, shares)
    lower = sum(weights[f"{side} {number}"] for side, its in hands.items() for number in range(its.lower))
    result = tally_duel(hands, weighting, shares)
    assert (result.lower, result.upper) == (lower, sum(weights.values()) - lower)
    assert result.raised is (result.lower > result.upper)


POINTS = st.dictionaries(st.sampled_from("abcdef"), st.dictionaries(st.sampled_from(CARD_IDS), st.integers(0, 3)), min_size=1)


def sides_of(ballots: Iterable[str]) -> dict[str, str]:
    return {voice: SIDE_NAMES["abcdef".index(voice) % 3] for voice in ballots}


def better(ballot: dict[str, int], card: str) -> int:
    """Return how many cards got more points."""
    return sum(points > ballot.get(card, 0) for points in ballot.values())


@given(POINTS, st.permutations(CARD_IDS), st.sampled_from(WEIGHTINGS))
def test_points_are_counted_as_defined(ballots: dict[str, dict[str, int]], cards: list[str], weighting: Weighting) -> None:
    """Equal totals go by breadth, by duels, by last quarter's rank and by id; points for a card that is not open are void."""
    opened, sides = cards[:-1], sides_of(ballots)
    weights, result = voice_weights(sides, weighting), tally_points(ballots, sides, opened, weighting, LAST_RANK)
    assert result is not None

    def summed(figure: Callable[[dict[str, int], str], int]) -> dict[str, int]:
        return {card: sum(weights[voice] * figure(ballot, card) for voice, ballot in ballots.items()) for card in opened}

    def won(ballot: dict[str, int], card: str) -> int:
        ours, others = ballot.get(card, 0), [ballot.get(each, 0) for each in opened]
        return sum(ours > other for other in others) - sum(ours < other for other in others)

    totals, breadth, net = summed(lambda ballot, card: ballot.get(card, 0)), summed(lambda ballot, card: ballot.get(card, 0) > 0), summed(won)
    assert (result.weights, result.totals, result.breadth, result.net) == (weights, totals, breadth, net)
    assert list(result.order) == sorted(opened, key=lambda card: (-totals[card], -breadth[card], -net[card], LAST_RANK.get(card) or 9, card))


@given(POINTS, st.integers(0, 8))
def test_attention_and_what_a_voter_wants_now_are_as_defined(ballots: dict[str, dict[str, int]], k: int) -> None:
    sides = sides_of(ballots)
    ranks = {voice: points_midranks(ballot, CARD_IDS) for voice, ballot in ballots.items()}
    weighed = attention_by_card(CARD_IDS, ranks, sides, k, SIDE_NAMES)
    there = [side for side in SIDE_NAMES if side in sides.values()]

    for card in CARD_IDS:
        places = {side: [doubled_place(ballots[voice], card) for voice in ballots if sides[voice] == side] for side in there}
        inside = {side: [first_share(ballots[voice], card, k) for voice in ballots if sides[voice] == side] for side in there}
        assert_weighed(weighed[card], places, inside)
    for voice, ballot in ballots.items():
        ranking = points_as_ranking(ballot)
        assert ranks[voice] == ranking_midranks(ranking, CARD_IDS)
        assert wanted_now(ranking, CARD_IDS, k) == {card for card, points in ballot.items() if points and better(ballot, card) < k}
        assert wanted_now((("withdrawn",), *ranking), CARD_IDS, k) == wanted_now(ranking, CARD_IDS, k)


def doubled_place(ballot: dict[str, int], card: str) -> Fraction:
    """Return (n - midrank) / (n - 1)."""
    midrank = better(ballot, card) + Fraction(tied(ballot, card) + 1, 2)
    return (len(CARD_IDS) - midrank) / (len(CARD_IDS) - 1)


def first_share(ballot: dict[str, int], card: str, k: int) -> Fraction:
    """Return min(1, max(0, (K - better) / tied))."""
    return min(Fraction(1), max(Fraction(0), Fraction(k - better(ballot, card), tied(ballot, card))))


def tied(ballot: dict[str, int], card: str) -> int:
    """Return how many cards, itself too, got as many points."""
    return [ballot.get(each, 0) for each in CARD_IDS].count(ballot.get(card, 0))


def mean(figures: list[Fraction]) -> Fraction:
    return sum(figures, Fraction()) / len(figures)


def assert_weighed(weighed: CardAttention, places: dict[str, list[Fraction]], inside: dict[str, list[Fraction]]) -> None:
    means = {side: mean(own) for side, own in places.items()}
    variances = {side: mean([(each - means[side]) ** 2 for each in own]) for side, own in places.items()}
    shares = {side: mean(own) for side, own in inside.items()}
    middle, q = mean(list(means.values())), mean(list(shares.values()))

    assert (weighed.means, weighed.inside, weighed.inside_all) == (means, shares, q)
    assert weighed.within == 4 * mean(list(variances.values()))
    assert weighed.between == 4 * mean([(each - middle) ** 2 for each in means.values()])
    assert weighed.spread == weighed.within + weighed.between
    assert 0 <= weighed.spread <= 1
    gap = max(means.values()) - min(means.values())
    if len(means) == 2:
        first, second = means.values()
        gap = first - second
    assert weighed.gap == gap
    assert weighed.contention == 4 * q * (1 - q)
    assert weighed.attention == (weighed.contention + abs(gap)) / 2


@given(POINTS)
def test_kendalls_w_is_as_defined(ballots: dict[str, dict[str, int]]) -> None:
    rows = [points_midranks(ballot, CARD_IDS) for ballot in ballots.values()]
    m, n = len(rows), len(CARD_IDS)
    sums = [sum(Fraction(row[column], 2) for row in rows) for column in range(n)]
    s = sum((each - mean(sums)) ** 2 for each in sums)
    t = sum(row.count(each) ** 3 - row.count(each) for row in rows for each in set(row))
    denominator = m**2 * (n**3 - n) - m * t

    assert kendall_w(rows) == (12 * s / denominator if m > 1 and denominator else None)


TOTALS = st.dictionaries(st.sampled_from(CARD_IDS), st.integers(0, 3))


@given(TOTALS, TOTALS)
def test_pairs_are_compared_as_defined(first: dict[str, int], second: dict[str, int]) -> None:
    both = sorted(set(first) & set(second))
    pairs = [(a, b) for a in both for b in both if a < b]
    ordered = [(first[a] < first[b], second[a] < second[b]) for a, b in pairs if first[a] != first[b] and second[a] != second[b]]
    compared = compare_pairs(first, second)

    assert compared.pairs == len(pairs)
    assert compared.same == sum(one == other for one, other in ordered)
    assert compared.opposite == sum(one != other for one, other in ordered)
    assert compared.tied_in_first == sum(first[a] == first[b] for a, b in pairs)
    assert compared.tied_in_second == sum(second[a] == second[b] for a, b in pairs)
    ours, theirs = (len(pairs) - tied for tied in (compared.tied_in_first, compared.tied_in_second))
    assert tau_b(first, second) == (pytest.approx((compared.same - compared.opposite) / (ours * theirs) ** 0.5) if ours * theirs else None)
