"""A revealed order, read for the room: how far it agrees, which few cards to talk about and why, and what hangs on counting."""

from __future__ import annotations

import larkfield_votes as votes
from support import PEOPLE, Room, bare, person, sample, small

from sessions.commands.base import Command
from sessions.commands.cards import EditCard, MoveCard, WithdrawCard
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.portfolio.models import Participant
from sessions.rounds.reveal import RevealResult, result_of
from sessions.sample import sample_ballots

P15, P06 = "“Staff sign-in with second factor”", "“Promised delivery date at checkout”"
BOARD = person("Board Chair", "board")


def reading(room: Room) -> RevealResult:
    round_ = room.session.round
    assert round_
    return RevealResult(room.session, round_)


def points(voice: str, **given: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=given)


def larkfield(**rules: object) -> Room:
    """Reveal the sample's ballots of points."""
    room = Room(sample(), title="Q3").everybody()
    room.do(OpenRound.model_validate(rules))
    room.do(
        *[
            SealBallot(round=1, voice=voice, points=dict(given) if isinstance(given, dict) else None)
            for voice, given in sample_ballots().ballots.items()
        ]
    )
    room.do(RevealBallots(round=1))
    return room


def four(*ballots: SealBallot, people: tuple[Participant, ...] = PEOPLE, override: str = "", **rules: object) -> Room:
    """Reveal some ballots on four bare cards: A, B, C and D, of which no plan is known."""
    room = Room(bare(people=people)).everybody()
    room.do(OpenRound.model_validate(rules), *ballots, RevealBallots(round=1, override=override))
    return room


# --- the sample


def test_the_sample_starts_seven_cards_and_asks_to_talk_about_the_five_on_which_the_sides_differ() -> None:
    found = reading(larkfield())
    assert found.k == 7
    assert [each.card for each in found.worth_talking] == ["P15", "P03", "P06", "P09", "P11"]
    assert [each.why for each in found.worth_talking] == [
        "IT would start it (92%), business would not (2%)",
        "IT would start it (88%), business would not (10%)",
        "business would start it (85%), IT would not (0%)",
        "IT would start it (88%), business would not (18%)",
        "business is split (42% would start it), IT would not (0%)",
    ]
    assert not any(each.red for each in found.worth_talking)


def test_the_sample_depends_on_counting_and_says_on_which_cards() -> None:
    found = reading(larkfield())
    assert found.decided_by_counting == (("P15",), ("P06",))
    assert found.depends == (
        "The order depends on how voters are counted: "
        f"with equal weight for the sides the first 7 hold {P15}, with one vote per person {P06}."
    )


# --- how many cards


# --- red checks


def test_a_first_card_without_a_sponsor_comes_first_with_its_flag() -> None:
    portfolio = small()
    cards = tuple(card.model_copy(update={"sponsor": ""}) if card.id == "P4" else card for card in portfolio.projects)
    room = Room(portfolio.model_copy(update={"projects": cards})).everybody()
    room.do(OpenRound(), points("coo", P1=9, P4=9, P2=8), points("cio", P4=9, P3=8, P2=1), RevealBallots(round=1))
    first = reading(room).worth_talking[0]
    assert (first.card, first.red) == ("P4", ("it has no sponsor",))


# --- few voices, one side, three sides


def test_where_everybody_abstained_there_is_nothing_to_read() -> None:
    found = reading(four(SealBallot(round=1, voice="coo"), SealBallot(round=1, voice="cio")))
    assert (found.order, found.worth_talking, found.depends, found.sides) == ((), (), "", ())
    assert (found.agreement.w_all, found.ends, found.groupthink) == (None, {}, False)
    assert found.turnout == "business 1 of 3, IT 1 of 2 · 2 voters abstained"


def test_three_sides_are_told_by_their_names() -> None:
    people = (*PEOPLE, BOARD)
    ballots = [points("coo", A=9), points("cio", B=9), points("board-chair", C=9)]
    found = reading(four(*ballots, people=people, cards=("A", "B", "C", "D")))
    assert found.sides == ("business", "it", "board")
    assert {side: places[card] for (side, places), card in zip(found.places.items(), "ABC", strict=True)} == {"business": 1, "it": 1, "board": 1}
    assert "board" in found.turnout
    assert all(set(each.figures.inside) == {"business", "it", "board"} for each in found.worth_talking)


# --- cards that have left


def test_a_withdrawn_card_keeps_its_place_and_is_not_talked_about() -> None:
    room = larkfield()
    room.do(WithdrawCard(card="P15", reason="merged"))
    found = reading(room)
    assert "P15" in found.order
    assert found.title("P15") == "Staff sign-in with second factor (withdrawn)"
    assert "P15" not in [each.card for each in found.to_talk]


# --- who gave what


def test_a_sponsors_own_share_is_told_only_of_ballots_by_name() -> None:
    own = reading(larkfield(anonymity="named")).own_shares["P24"]
    assert (own.own, own.total) == (19, 25)
    for anonymity in ("side", "secret"):
        assert reading(larkfield(anonymity=anonymity)).own_shares == {}


def secret(*commands: Command) -> RevealResult:
    room = Room(bare()).everybody()
    room.do(OpenRound(anonymity="secret"), *commands, RevealBallots(round=1))
    return reading(room)


def test_a_secret_round_with_few_ballots_of_a_side_is_read_as_one_room() -> None:
    found = secret(points("coo", A=9), points("cfo", A=8), points("vp-sales", B=7), points("cio", C=6), points("architect", C=5))
    assert found.sides == ()
    assert found.places == {}
    assert found.ends == {}
    assert (found.agreement.tau_b, found.agreement.same_way) == (None, None)
    assert set(found.agreement.w_by_side) <= {""}
    told = " ".join(each.why for each in found.to_talk)
    assert "business" not in told
    assert "IT" not in told
    assert "the room" in told


def test_a_secret_round_with_enough_ballots_of_both_sides_tells_them_apart() -> None:
    found = reading(larkfield(anonymity="secret"))
    assert found.sides == ("business", "it")
    assert [each.card for each in found.worth_talking] == ["P15", "P03", "P06", "P09", "P11"]


# --- rankings


def test_a_ranking_is_read_like_points() -> None:
    room = Room(sample(), title="Q3").everybody()
    voices = {person.role: person.id for person in room.session.people.values()} | {person: person for person in room.session.people}
    room.do(OpenRound(method="ranking"))
    room.do(*[SealBallot(round=1, voice=voices[voice], ranking=ranking) for voice, ranking in votes.RANKINGS.items()], RevealBallots(round=1))
    found = reading(room)
    assert found.order[:3] == ("P02", "P01", "P10")
    tally = found.tally("sides")
    assert tally is not None
    assert tally.duels[0] == (23, 0)
    assert found.agreement.tau_b is not None
    assert found.worth_talking[0].card == "P15"
    assert found.own_shares == {}


def test_a_result_is_computed_once_for_everyone_until_a_card_changes() -> None:
    room = four(points("coo", A=9), points("cio", B=9))
    round_ = room.session.rounds[-1]
    result = result_of(room.session, round_)
    room.do(MoveCard(card="D", to=1))

    assert result_of(room.session, room.session.rounds[-1]) is result
    room.do(EditCard(card=room.session.cards["A"].model_copy(update={"title": "Another"})))
    assert result_of(room.session, room.session.rounds[-1]) is not result
