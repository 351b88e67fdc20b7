"""Who may give which command: the table, used the way the voters' own devices will use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError
from support import Room, all_commands, small

from sessions.commands.base import Actor, Command, NotPermittedError
from sessions.commands.cards import EditCard, MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import SetVotingTime, StartPhase
from sessions.commands.rounds import OpenRound, RoundOverError, SealBallot
from sessions.handling.dispatch import refusal
from sessions.handling.permissions import PERMISSIONS
from sessions.portfolio.models import Benefit, Project, Work
from sessions.record.events import BallotSealed, CardEdited


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


@pytest.mark.parametrize(
    ("actor", "voice", "way"),
    [
        (Actor("cfo", "device"), "cfo", ("device", "")),
        (Actor("cfo", "device"), "coo", ("proxy", "cfo")),
        (Actor("cfo"), "cfo", ("keyboard", "")),
        (Actor("cfo"), "coo", ("proxy", "cfo")),
    ],
)
def test_how_a_ballot_came_in_follows_from_the_door_not_from_a_claim(voting: Room, actor: Actor, voice: str, way: tuple[str, str]) -> None:
    voting.do(MarkAttendance(people=("coo",), presence="proxy", proxy="cfo"))
    for claimed in ("keyboard", "file"):
        (sealed,) = voting.live.perform(SealBallot.model_validate({"round": 1, "voice": voice, "points": {"P1": 9}, "way": claimed}), actor)
        assert isinstance(sealed.event, BallotSealed)
        assert (sealed.event.voice, sealed.event.way, sealed.event.entered_by) == (voice, *way)
    for claimed in ("device", "proxy"):
        with pytest.raises(ValidationError, match="way"):
            SealBallot.model_validate({"round": 1, "voice": "cfo", "way": claimed})


def test_after_the_time_to_vote_only_the_facilitator_brings_ballots(voting: Room) -> None:
    vote = SealBallot(round=1, voice="cfo", points={"P1": 9})
    voting.do(SetVotingTime(round=1, over=True))
    with pytest.raises(RoundOverError, match="time to vote is over"):
        voting.live.perform(vote, Actor("cfo", "device"))
    voting.do(SealBallot(round=1, voice="coo", points={"P1": 9}), SetVotingTime(round=1, until="Tuesday 09:00"))
    voting.live.perform(vote, Actor("cfo", "device"))
    assert set(voting.session.rounds[0].seals) == {"coo", "cfo"}
    assert voting.session.rounds[0].opened.until == "Tuesday 09:00"


@pytest.mark.parametrize("command", [StartPhase(phase="open"), MoveCard(card="P1", to=2), Undo(), Decide(card="P1", word="start")])
def test_what_the_facilitator_does_a_voter_may_not_but_the_decider_decides(voting: Room, command: Command) -> None:
    for person in ("cfo", "guest", "a stranger"):
        assert isinstance(refusal(voting.session, command, Actor(person, "device")), NotPermittedError)
    assert not isinstance(refusal(voting.session, command), NotPermittedError)
    assert isinstance(refusal(voting.session, command, Actor("coo", "device")), NotPermittedError) is not isinstance(command, Decide)
    assert isinstance(refusal(voting.session._replace(decider=""), command, Actor("", "device")), NotPermittedError)


# --- what owners of a card may do


def benefit(card: Project) -> Project:
    return card.model_copy(update={"benefit": Benefit(text="4% more orders", monthly=9500)})


def effort(card: Project) -> Project:
    return card.model_copy(update={"work": (Work(team="WEB", effort=60),)})


@pytest.mark.parametrize(
    ("edit", "card", "actor", "allowed"),
    [
        (benefit, "P4", "vp-sales", True),
        (benefit, "P3", "vp-sales", False),
        (benefit, "P4", "cio", False),
        (lambda card: benefit(card).model_copy(update={"title": "Mine"}), "P4", "vp-sales", False),
        (effort, "P4", "cio", True),
        (effort, "P4", "vp-sales", False),
        (effort, "P4", "pmo-lead", True),
        (effort, "P4", "a stranger", False),
    ],
)
def test_the_sponsor_edits_the_benefit_and_it_the_effort(edit: Callable[[Project], Project], card: str, actor: str, allowed: bool) -> None:
    room = Room(small()).everybody()
    command = EditCard(card=edit(room.session.cards[card]))
    if not allowed:
        with pytest.raises(NotPermittedError):
            room.live.perform(command, Actor(actor, "device"))
        return
    room.live.perform(command, Actor(actor, "device"))
    assert isinstance(room.last, CardEdited)
    assert room.last.asked_by == ("" if actor == "pmo-lead" else actor)
