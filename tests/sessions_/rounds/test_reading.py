"""A revealed order, read for the room: how far it agrees, which few cards to talk about and why, and what hangs on counting."""

from __future__ import annotations

from typing import Any

import larkfield_votes as votes
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Room, bare, person, sample, small

from sessions.commands.agreements import DrawLine
from sessions.commands.cards import EditCard, MoveCard, WithdrawCard
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.export.rounds import exported_round
from sessions.rounds.count import RoundCount
from sessions.rounds.methods.order import Votes
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.one_ballot import hangs_on_one
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import close_call, headline, line_reason, one_ballot_words, robustness, unity
from sessions.rounds.scores import Scores
from sessions.summary.disagreement import where_we_disagreed
from sessions.summary.facts import gaps
from sessions.voting.points import tally_points
from sessions.voting.ranking import tally_ranking
from tui.reveal.take_order import question


def reading(room: Room) -> RevealResult:
    round_ = room.session.round
    assert round_
    return RevealResult(room.session, round_)


def points(voice: str, **given: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=given)


def larkfield(**rules: object) -> Room:
    """Reveal the sample's ballots of points."""
    room = Room(sample(), title="Q3").everybody()
    ballots = [SealBallot(round=1, voice=voice, points=given) for voice, given in votes.POINTS.items()]
    room.do(OpenRound.model_validate(rules), *ballots, RevealBallots(round=1))
    return room


def four(*ballots: SealBallot, **rules: object) -> Room:
    """Reveal some ballots on four bare cards: A, B, C and D, of which no plan is known."""
    room = Room(bare()).everybody()
    room.do(OpenRound.model_validate(rules), *ballots, RevealBallots(round=1))
    return room


def test_the_sample_starts_seven_cards_and_asks_to_talk_about_the_five_on_which_the_sides_differ() -> None:
    found = reading(larkfield())
    assert found.k == 7
    assert [each.card for each in found.worth_talking] == ["P15", "P03", "P06", "P09", "P11"]
    assert found.worth_talking[0].why == "All 4 IT want it now, none of the 6 business does."
    assert not any(each.red for each in found.worth_talking)
    assert headline(found) == "Business and IT agree on 3 of the first 7."
    assert unity(found) == "The sides disagree. Each side is united."
    assert line_reason(found) == "the first 7 fit before Data & BI runs out"
    told = exported_round(found.session, found.round)["reading"]
    assert told["headline"] == headline(found)
    assert told["wants_now"]["P15"] == {"business": 0, "it": 4}
    assert told["agreement"]["w_all"] == pytest.approx(votes.EXPECTED["agreement"]["W_all"])
    assert told["attention"][0]["id"] == "P15"
    assert told["one_ballot"] == {"falls": ["P15"], "rises": ["P06"], "not_tested": []}


@pytest.mark.parametrize("state", ["new", "done"])
def test_a_first_card_without_a_sponsor_comes_first_with_its_flag_unless_it_is_done(state: str) -> None:
    portfolio = small()
    cards = tuple(card.model_copy(update={"sponsor": "", "state": state}) if card.id == "P4" else card for card in portfolio.projects)
    room = Room(portfolio.model_copy(update={"projects": cards})).everybody()
    room.do(OpenRound(), points("coo", P1=9, P4=9, P2=8), points("cio", P4=9, P3=8, P2=1), RevealBallots(round=1))
    found = reading(room)
    flags = {each.card: each.red for each in found.to_talk if each.red}
    assert flags == ({} if state == "done" else {"P4": ("it has no sponsor",)})
    assert state == "done" or found.worth_talking[0].card == "P4"


def test_where_everybody_abstained_there_is_nothing_to_read() -> None:
    found = reading(four(SealBallot(round=1, voice="coo"), SealBallot(round=1, voice="cio")))
    assert (found.order, found.worth_talking, close_call(found), found.sides, headline(found)) == ((), (), "", (), "")
    assert (found.agreement.w_all, found.groupthink) == (None, False)
    assert found.turnout == "business 1 of 3, IT 1 of 2 · 2 voters abstained"


def test_the_page_tells_the_gaps_and_a_withdrawn_card_keeps_its_place_but_is_not_talked_about() -> None:
    room = larkfield()
    assert [(each.card.id, each.ranks["business"], each.ranks["it"], each.places) for each in gaps(room.session)[:3]] == [
        ("P15", None, 5, 15), ("P07", None, 7, 13), ("P06", 5, None, 12),
    ]  # fmt: skip
    assert "| Staff sign-in with second factor | – | 5th | 15th |" in where_we_disagreed(room.session)[0]
    room.do(WithdrawCard(card="P15", reason="merged"))
    found = reading(room)
    assert "P15" in found.order
    assert found.title("P15") == "Staff sign-in with second factor (withdrawn)"
    assert "P15" not in [each.card for each in found.to_talk]


def test_a_sponsors_own_share_is_told_only_of_ballots_by_name() -> None:
    own = reading(larkfield(anonymity="named")).own_shares["P24"]
    assert (own.own, own.total) == (19, 25)
    for anonymity in ("side", "secret"):
        assert reading(larkfield(anonymity=anonymity)).own_shares == {}


@pytest.mark.parametrize(
    ("anonymity", "given", "voters"),
    [("secret", {"coo": "A", "cfo": "A", "vp-sales": "B", "cio": "C", "architect": "C"}, 5), ("side", {"coo": "A", "cfo": "A", "cio": "C"}, 3)],
)
def test_a_side_of_so_few_that_a_count_would_be_a_ballot_is_not_shown_apart(anonymity: str, given: dict[str, str], voters: int) -> None:
    found = reading(four(*[points(voice, **{card: 9}) for voice, card in given.items()], anonymity=anonymity))
    assert (found.sides, found.places, found.voters) == ((), {}, {"": voters})
    assert (found.agreement.tau_b, found.agreement.same_way) == (None, None)
    assert set(found.agreement.w_by_side) <= {""}
    told = " ".join(each.why for each in found.to_talk)
    assert "business" not in told
    assert "IT" not in told
    assert found.wants_words("A") == f"2 of the {voters} want it now."
    assert headline(found).startswith("Most of the room would start ")
    assert unity(found) == ""
    exported = exported_round(found.session, found.round)
    assert not exported["side_orders"]
    assert not any("side" in ballot for ballot in exported["ballots"])
    named = reading(four(*[points(voice, **{card: 9}) for voice, card in given.items()], anonymity="named"))
    assert named.wants_words("A").startswith("2 of the 3 business" if voters == 5 else "Both business")


def test_a_card_to_which_a_side_gave_nothing_has_no_place_there_and_is_not_agreed_on() -> None:
    found = reading(four(points("coo", A=9, B=5, C=5), points("cfo", A=9), points("cio", A=9, D=5), points("architect", A=9)))
    assert found.places == {"business": {"A": 1, "B": 2, "C": 2}, "it": {"A": 1, "D": 2}}
    assert found.agreed == ("A",)
    assert headline(found) == "Business and IT agree on 1 of the first 3."
    assert list(exported_round(found.session, found.round)["side_orders"]["it"]) == ["A", "D"]


def test_a_result_is_computed_once_for_everyone_until_a_card_changes() -> None:
    room = four(points("coo", A=9), points("cio", B=9))
    round_ = room.session.rounds[-1]
    results = room.live.results
    result = results.result(room.session, round_)
    room.do(MoveCard(card="D", to=1))
    assert results.result(room.session, room.session.rounds[-1]) is result
    room.do(EditCard(card=room.session.cards["A"].model_copy(update={"title": "Another"})))
    assert results.result(room.session, room.session.rounds[-1]) is not result


def test_without_a_plan_the_first_cards_are_those_above_the_rooms_line() -> None:
    room = Room(bare("A B C D E F")).everybody()
    room.do(OpenRound(), points("coo", A=9, B=8, C=7), points("cio", B=9), DrawLine(projects=2), RevealBallots(round=1))
    found = reading(room)
    assert (found.k, line_reason(found)) == (2, "the first 2: the room's line")
    assert line_reason(reading(four(points("coo", A=9), points("cio", B=9)))) == "the first 3, until the room draws its line"


def test_a_ballot_on_some_cards_shares_the_ranks_they_hold_and_its_first_ones_are_those_within_the_first_seven() -> None:
    room = Room(bare("A B C D E F G H I J K L M")).everybody()
    voted = ("A", "C", "E", "H", "J", "L", "M")
    ballots = [points(voice, A=9, C=8, E=7, H=6, J=5, L=4) for voice in ("coo", "cio")]
    room.do(OpenRound(cards=voted), *ballots, RevealBallots(round=1))
    found = reading(room)
    assert found.k == 3, "three of the ranks they share out are among the first seven"
    assert headline(found) == "Most of the room would start 3 of the first 3 of the 7 voted on."
    assert question(room.session, found, found.revealed.tallies[0]) == ("Take this order? The board is in it already.", [])
    room.do(MoveCard(card="M", to=1))
    asked, lines = question(room.session, found, found.revealed.tallies[0])
    assert asked == "Take this order? 7 cards move, 2 cross the line. The cards not voted on keep their ranks."
    assert lines[0].endswith("(out of the first 3)")


def test_secret_scores_of_a_one_voter_side_are_told_of_the_room_alone_and_hands_by_side() -> None:
    people = (person("COO", "business"), person("CFO", "business"), person("CIO", "it"))
    given = {"coo": 1, "cfo": 2, "cio": 5}
    room = Room(bare(people=people)).everybody()
    room.do(OpenRound(method="score", cards=("A",), anonymity="side"))
    room.do(*[SealBallot(round=1, voice=voice, scores={"A": score}) for voice, score in given.items()], RevealBallots(round=1))
    scores = Scores(room.session, "A")
    assert set(scores.results[0].counts) == {""}
    assert [extreme.who for extreme in scores.extremes() or ()] == [(), ()]
    room = Room(bare(people=people)).everybody()
    room.do(OpenRound(method="score", cards=("A",), anonymity="side"), CountHands(round=1, hands={"business": (1, 2), "it": (5,)}))
    assert set(Scores(room.session, "A").results[0].counts) == {"business", "it"}


# --- whether the order holds without any one voter


CARDS = "ABCDE"
BALLOTS = st.lists(st.dictionaries(st.sampled_from(CARDS), st.integers(1, 9), max_size=4), min_size=1, max_size=9)


class Counted(RoundCount):
    """A count of ballots that belong to no session."""

    def __init__(self, spec: Any, votes: Any) -> None:
        self.spec, self.votes = spec, votes


@given(ballots=BALLOTS, k=st.integers(1, 4), method=st.sampled_from(("points", "ranking")), split=st.integers(0, 9))
def test_a_card_is_marked_exactly_if_some_ballot_alone_holds_its_side_of_the_line(ballots: Any, k: int, method: Any, split: int) -> None:
    spec = order_spec(method)
    sides = {f"v{place}": "business" if place < split else "it" for place in range(len(ballots))}
    made = [tuple((card,) for card in each) for each in ballots] if method == "ranking" else ballots
    votes: dict[str, Any] = dict(zip(sides, made, strict=True))
    tally: Any = tally_ranking if method == "ranking" else tally_points

    def first(without: str) -> set[str]:
        rest = {voter: its for voter, its in votes.items() if voter != without}
        return set(tally(rest, {voter: sides[voter] for voter in rest}, CARDS, "sides", {}).order[:k])

    enough = [voter for voter in votes if list(sides.values()).count(sides[voter]) >= 3]
    found = hangs_on_one(Counted(spec, Votes(votes, sides, CARDS, dict.fromkeys(CARDS))), k)
    now = first("nobody")
    assert found.falls == {card for voter in enough for card in now - first(voter)}
    assert found.rises == {card for voter in enough for card in first(voter) - now}
    assert found.tested == len(enough)
    assert set(found.untested) == set(sides.values()) - {sides[voter] for voter in enough}


def test_the_mark_names_no_voter_and_a_small_side_is_said_to_be_untested() -> None:
    alike = {"A": 9, "B": 8, "C": 7}
    found = reading(four(points("coo", **alike), points("cfo", **alike), points("vp-sales", D=25), points("cio", A=9, D=3, B=1)))
    assert robustness(found) == "2 cards would cross the line without one of the ballots of business; IT has too few to test."
    marks = {one_ballot_words(found, card) for card in CARDS} - {""}
    assert marks == {"Without one of the ballots it would not be in the first 3.", "Without one of the ballots it would be in the first 3."}
