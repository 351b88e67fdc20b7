"""Who may give which command: the table, used the way the voters' own devices will use it."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import ValidationError
from support import Room, all_commands, small

from sessions.commands.base import Actor, Command, NotPermittedError
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import SetVotingTime, StartPhase
from sessions.commands.rounds import OpenRound, RoundOverError, SealBallot
from sessions.handling.dispatch import refusal
from sessions.handling.permissions import PERMISSIONS
from sessions.record.events import BallotSealed


def test_every_command_has_its_row() -> None:
    assert set(PERMISSIONS) == all_commands()


@pytest.fixture
def voting() -> Room:
    room = Room(small()).everybody()
    room.do(OpenRound())
    return room


def test_voters_seal_their_own_ballots_and_nobody_elses(voting: Room) -> None:
    phone = Actor("cfo", "device")
    (sealed,) = voting.live.perform(SealBallot(round=1, voice="cfo", points={"P1": 9}), phone)
    assert isinstance(sealed.event, BallotSealed)
    assert (sealed.by, sealed.event.voice, sealed.event.way) == ("cfo", "cfo", "device")
    seals, records = dict(voting.session.rounds[0].seals), len(voting.log.records)
    with pytest.raises(NotPermittedError, match="CFO may not"):
        voting.live.perform(SealBallot(round=1, voice="coo", points={"P1": 9}), phone)
    assert (dict(voting.session.rounds[0].seals), len(voting.log.records)) == (seals, records)


@pytest.mark.parametrize("claimed", ["keyboard", "file"])
@pytest.mark.parametrize(
    ("actor", "voice", "way"),
    [
        (Actor("cfo", "device"), "cfo", ("device", "")),
        (Actor("cfo", "device"), "coo", ("proxy", "cfo")),
        (Actor("cfo"), "cfo", ("keyboard", "")),
        (Actor("cfo"), "coo", ("proxy", "cfo")),
    ],
)
def test_how_a_ballot_came_in_follows_from_the_door_not_from_a_claim(
    voting: Room, actor: Actor, voice: str, way: tuple[str, str], claimed: Literal["keyboard", "file"]
) -> None:
    voting.do(MarkAttendance(people=("coo",), presence="proxy", proxy="cfo"))
    (sealed,) = voting.live.perform(SealBallot(round=1, voice=voice, points={"P1": 9}, way=claimed), actor)
    assert isinstance(sealed.event, BallotSealed)
    assert set(voting.session.rounds[0].seals) == {voice}
    assert (sealed.event.way, sealed.event.entered_by) == way


def test_after_the_time_to_vote_only_the_facilitator_brings_ballots(voting: Room) -> None:
    vote = SealBallot(round=1, voice="cfo", points={"P1": 9})
    voting.do(SetVotingTime(round=1, over=True))
    with pytest.raises(RoundOverError, match="time to vote is over"):
        voting.live.perform(vote, Actor("cfo", "device"))
    voting.do(SealBallot(round=1, voice="coo", points={"P1": 9}), SetVotingTime(round=1, until="Tuesday 09:00"))
    voting.live.perform(vote, Actor("cfo", "device"))
    assert set(voting.session.rounds[0].seals) == {"coo", "cfo"}
    assert voting.session.rounds[0].opened.until == "Tuesday 09:00"


@pytest.mark.parametrize("claimed", ["device", "proxy"])
def test_no_ballot_can_claim_a_device_or_a_proxy(claimed: str) -> None:
    with pytest.raises(ValidationError, match="way"):
        SealBallot.model_validate({"round": 1, "voice": "cfo", "way": claimed})


@pytest.mark.parametrize("command", [StartPhase(phase="open"), MoveCard(card="P1", to=2), Undo(), Decide(card="P1", word="start")])
@pytest.mark.parametrize("person", ["cfo", "guest", "a stranger"])
def test_what_the_facilitator_does_a_voter_may_not(voting: Room, person: str, command: Command) -> None:
    assert isinstance(refusal(voting.session, command, Actor(person, "device")), NotPermittedError)
    assert not isinstance(refusal(voting.session, command), NotPermittedError)


def test_the_decider_decides(voting: Room) -> None:
    recorded: Any = voting.live.perform(Decide(card="P1", word="start"), Actor("coo", "device"))
    assert [each.by for each in recorded] == ["coo"]


def test_without_a_decider_no_actor_decides(voting: Room) -> None:
    undecided = voting.session._replace(decider="")
    assert isinstance(refusal(undecided, Decide(card="P1", word="start"), Actor("", "device")), NotPermittedError)
