"""No channel changes a result: keyboard, device, proxy, file or hands."""

from __future__ import annotations

import asyncio
from typing import Any

from ballot_rooms import room_for
from hypothesis import given, settings
from hypothesis import strategies as st
from room_kit import RoomKit
from support import PEOPLE, bare

from sessions.commands.base import Actor
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import CountHands, RevealBallots, SealBallot
from sessions.rounds.scores import Scores

CHANNELS = ("keyboard", "device", "file")


@settings(max_examples=15)
@given(st.data())
def test_no_result_depends_on_the_channel(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(("points", "ranking", "approval")))
    choice = {
        "points": st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 25), max_size=4).map(lambda points: {"points": points}),
        "ranking": st.permutations("ABCD").map(lambda order: {"ranking": [[card] for card in order]}),
        "approval": st.sets(st.sampled_from("ABCD")).map(lambda cards: {"points": dict.fromkeys(sorted(cards), 1)}),
    }[method]
    people = ("coo", "cfo", "vp-sales", "cio", "architect")
    ballots = {person: data.draw(choice) for person in data.draw(st.permutations(people))}
    channels = {person: data.draw(st.sampled_from((*CHANNELS, "proxy") if person == "coo" else CHANNELS)) for person in people}

    def revealed(channel_of: dict[str, str], order: list[str]) -> Any:
        kit = RoomKit(bare(people=PEOPLE)).vote_open(method, anonymity="secret")
        asyncio.run(cast(kit, ballots, channel_of, order))
        kit.session.do(RevealBallots(round=1))
        event = kit.session.session.rounds[0].revealed
        return event.model_dump(exclude={"ballots"}), sorted(each.model_dump_json() for each in event.ballots)  # type: ignore[union-attr]

    assert revealed(channels, list(ballots)) == revealed(dict.fromkeys(people, "keyboard"), sorted(people))


async def cast(kit: RoomKit, ballots: dict[str, dict[str, Any]], channels: dict[str, str], order: list[str]) -> None:
    """Cast ballots, each through its channel; the devices' together at the end, as they come in while others type."""
    waiting = []
    for person in order:
        match channels[person]:
            case "device":
                kit.seat(person)
                waiting.append(asyncio.ensure_future(kit.vote(person, choice=ballots[person])))
            case "proxy":
                kit.session.do(MarkAttendance(people=(person,), presence="proxy", proxy="cfo"))
                waiting.append(asyncio.ensure_future(kit.vote("cfo", voice=person, choice=ballots[person])))
            case way:
                kit.session.do(SealBallot(round=1, voice=person, way=way, **ballots[person]))
    await asyncio.gather(*waiting)


@given(st.lists(st.none() | st.integers(0, 5), min_size=4, max_size=4))
def test_hands_give_what_ballots_give(scores: list[int | None]) -> None:
    by_hand, by_ballot = room_for("score", "secret"), room_for("score", "secret")
    by_hand.do(CountHands(round=1, hands={"business": tuple(scores[:2]), "it": tuple(scores[2:])}))
    for person, score in zip(("coo", "cfo", "cio", "architect"), scores, strict=True):
        by_ballot.live.perform(SealBallot(round=1, voice=person, scores={} if score is None else {"P02": score}), Actor(person, "device"))
    by_ballot.do(RevealBallots(round=1))
    told = [room.session.rounds[0].revealed for room in (by_hand, by_ballot)]
    assert sorted(each.scores for each in told[0].ballots) == sorted(each.scores for each in told[1].ballots)  # type: ignore[union-attr]
    assert [(each.side, each.ballots) for each in told[0].turnout] == [(each.side, each.ballots) for each in told[1].turnout]  # type: ignore[union-attr]
    assert Scores(by_hand.session, "P02").results == Scores(by_ballot.session, "P02").results
