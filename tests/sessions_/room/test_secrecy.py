"""What nobody may learn before the reveal, and that no channel changes a result."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import room_for
from disk import DiskLibrary
from hypothesis import given, settings
from hypothesis import strategies as st
from room_kit import RoomKit, act
from store import Quick
from support import PEOPLE, FakeClock, bare

from sessions.commands.base import Actor
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.record.events import Anonymity, Method
from sessions.room.room import Room
from sessions.room.seats import Seats
from sessions.rounds.methods.registry import spec_of

CHOICES: dict[Method, tuple[dict[str, Any], dict[str, Any]]] = {
    "points": ({"points": {"A": 9, "B": 1}}, {"points": {"D": 33}}),
    "ranking": ({"ranking": [["A"], ["B"]]}, {"ranking": [["D"]]}),
    "approval": ({"points": {"A": 1}}, {"points": {"B": 1, "C": 1, "D": 1}}),
    "score": ({"scores": {"A": 5}}, {"scores": {"A": 0}}),
    "pulse": ({"scores": {"value": 5, "focus": 1}}, {"scores": {"value": 2}}),
    "partnership": ({"scores": {"direction": 4, "seat": 1}}, {"scores": {"order": 2}}),
}
VOTERS = ("cfo", "vp-sales")


async def told(folder: Path, method: Method, anonymity: Anonymity, choices: tuple[dict[str, Any], ...]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Run a vote on the disk; return all that others can see of it before and after the reveal: files but the urn, and every seat's state."""
    folder.mkdir()
    clock, count = FakeClock(), itertools.count(1)
    library = DiskLibrary(folder, clock, lambda length: f"{next(count):0{length}x}"[-length:], holder="a test", ops=Quick())
    with library.create(bare(people=PEOPLE), quarter="2026-Q3") as opened:
        live, room = opened.live, Room(opened.live, Seats(opened.handle.seats, lambda length: f"{next(count):0{length}x}"), clock)
        cards = ("A",) if method == "score" else ()
        live.perform_all([MarkAttendance(presence="present"), OpenRound(method=method, anonymity=anonymity, cards=cards)])
        seats = {person: room.seats.of_token(room.link(person)) for person in (*VOTERS, "cio")}
        seats |= {"host": room.seats.of_token(room.facilitator_link()), "wall": room.seats.of_token(room.watch_link())}

        def seen() -> dict[str, bytes]:
            files = {path.name: _masked(path.read_bytes()) for path in folder.iterdir() if path.suffix != ".urn"}
            return files | {name: json.dumps(room.state(seat)).encode() for name, seat in seats.items()}  # type: ignore[arg-type]

        votes = [{"kind": "vote", "voice": voter, "choice": choice} for voter, choice in zip(VOTERS, choices, strict=True)]
        await asyncio.gather(*(room.act(seats[vote["voice"]], act(vote, f"request-{vote['voice']}")) for vote in votes))  # type: ignore[arg-type]
        assert len([path for path in folder.iterdir() if path.suffix == ".urn"]) == 1
        before = seen()
        live.perform(RevealBallots(round=1, override="a test"))
        assert not [path for path in folder.iterdir() if path.suffix == ".urn"]
        return before, seen()


def _masked(content: bytes) -> bytes:
    """Return a file without its seals, which are salted by chance so that nobody can tell one from another, and without the chain over them."""
    return re.sub(rb'("seal"|"chain"):"[0-9a-f]+"', lambda found: b"-" * len(found[0]), content)


@pytest.mark.promise("room-R16", "room-R17")
@pytest.mark.parametrize("method", CHOICES)
async def test_two_votes_that_differ_only_in_the_choices_look_the_same_until_the_reveal(tmp_path: Path, method: Method) -> None:
    one, other = CHOICES[method]
    first, revealed = await told(tmp_path / "first", method, "named", (one, other))
    second, revealed_otherwise = await told(tmp_path / "second", method, "named", (other, one))
    assert first == second
    # Of questions not even the reveal tells who answered what.
    assert (revealed == revealed_otherwise) is spec_of(method).adds_up
    assert len(first) == 8


@pytest.mark.promise("room-R17")
@pytest.mark.parametrize("method", CHOICES)
async def test_who_chose_what_in_a_secret_round_is_never_told(tmp_path: Path, method: Method) -> None:
    one, other = CHOICES[method]
    first = await told(tmp_path / "first", method, "secret", (one, other))
    assert first == await told(tmp_path / "second", method, "secret", (other, one))


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


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_hands_give_what_ballots_give(scores: list[int]) -> None:
    by_hand, by_ballot = room_for("score", "secret"), room_for("score", "secret")
    by_hand.do(CountHands(round=1, hands={"business": tuple(scores[:2]), "it": tuple(scores[2:])}))
    for person, score in zip(("coo", "cfo", "cio", "architect"), scores, strict=True):
        by_ballot.live.perform(SealBallot(round=1, voice=person, scores={"P02": score}), Actor(person, "device"))
    by_ballot.do(RevealBallots(round=1))
    told = [room.session.rounds[0].revealed for room in (by_hand, by_ballot)]
    assert sorted(each.scores for each in told[0].ballots) == sorted(each.scores for each in told[1].ballots)  # type: ignore[union-attr]
    assert [(each.side, each.ballots) for each in told[0].turnout] == [(each.side, each.ballots) for each in told[1].turnout]  # type: ignore[union-attr]
