"""A round that is about no card, as a pulse of the room will be: its spec says so, and everything else works as for any round."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from support import Room, bare

from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.errors import SessionError
from sessions.export.json_export import as_json
from sessions.record.events import BallotsRevealed, RoundOpened
from sessions.replay.narration import narrate
from sessions.replay.subject import subject_of_event
from sessions.rounds.methods import registry
from sessions.rounds.methods.choice import Choice, Fault
from sessions.rounds.methods.consent import ConsentSpec
from sessions.rounds.methods.spec import RoundRequest
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.summary.markdown import summary


class Pulse(ConsentSpec):
    """A figure from each voter on how the room decides; it takes the place of consent in this test."""

    about_cards = False

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        return {"about": "The way we decide"}

    def check(self, opened: RoundOpened, choice: Choice) -> Fault | None:
        return None

    def heading(self, session: Session, opened: RoundOpened) -> str:
        return "Pulse"

    def short_name(self, session: Session, opened: RoundOpened) -> str:
        return "Pulse"

    def narrated_result(self, session: Session, round_: Round, revealed: BallotsRevealed) -> str:
        return f"{len(revealed.ballots)} figures"


def test_a_round_can_be_about_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(bare()).everybody()
    room.refuses(OpenRound(method="consent"), SessionError, "card")
    monkeypatch.setattr(registry, "METHODS", MappingProxyType({**registry.METHODS, "consent": Pulse()}))

    room.do(OpenRound(method="consent"), SealBallot(round=1, voice="cfo", scores={"pulse": 4}), RevealBallots(round=1, override="a test"))

    (round_,) = room.session.rounds
    assert round_.opened.cards == ()
    assert {subject_of_event(room.live.recordeds, each.event) for each in room.live.recordeds} == {""}
    told = [narrate(room.session, each) for each in room.live.recordeds[1:]]
    assert "1 figures" in told[-1]
    assert as_json(room.session)["rounds"][0]["cards"] == []
    assert summary(room.session)
