"""Room: the meeting point of the session, people's seats and their devices. The screen and the server both use it; it knows no network."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sessions.commands.base import Actor, NotPermittedError
from sessions.commands.cards import EditCard
from sessions.commands.phases import SetVotingTime
from sessions.errors import RecordError
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.room.acts import command_of
from sessions.room.batch import Batch
from sessions.room.reception import Reception
from sessions.room.refused import RoomError
from sessions.room.seats import Seat, Seats
from sessions.room.view import BOARD_LIST, View, cards_of
from sessions.room.wire import Act, Admit, AdmitAll, End, Extend, Move, TurnAllAway, TurnAway


class Room(Reception):
    """The room of one session."""

    def __init__(self, live: LiveSession, seats: Seats, clock: Clock, *, meeting: bool = True) -> None:
        super().__init__(live, seats, clock, meeting=meeting)
        self._batch = Batch(live.perform_all)
        self._view: View | None = None

    def leave(self) -> None:
        """Stop watching the session. Seats and sealed ballots stay for the next time; a closed session has none unless people answer."""
        self._batch.flush()
        if self.live.session.closed and not self.live.session.open_round:
            with suppress(RecordError):  # then the next room of the session forgets them
                self.end()
        self._stop()
        self._watchers.clear()

    # --- seeing

    def state(self, seat: Seat, state: str = "") -> dict[str, Any]:
        """Return what a seat sees now, as plain JSON; `state` says that the seat is used elsewhere."""
        if self._view is None or self._view.version != self.version:
            asking = [each for each in self.seats.all if each.state == "asking"]
            self._view = View(
                self.live, self.following, curtain=self.curtained, version=self.version, locked=self.locked, asking=asking
            )
        return self._view.state(seat, state)

    def cards(self, seat: Seat, listv: str) -> dict[str, Any]:
        """Return a list of cards that a state names. Raises SessionError for one that is over, and for the board while the curtain covers it."""
        if self.curtained and listv.startswith(BOARD_LIST) and not seat.facilitator:
            raise RoomError("curtain", "The host is preparing: the board is covered.")
        return cards_of(self.live.session, listv, seat)

    # --- acting

    async def act(self, seat: Seat, act: Act) -> None:
        """Do what a seat asks for, once, however often it is sent; return when it is recorded. Raises SessionError or RecordError."""
        await self._answers.once(seat.id, act, lambda: self._act(seat, act))

    async def _act(self, seat: Seat, act: Act) -> None:
        if seat.state != "in" or seat.watch:
            raise RoomError("waiting", "You are not let in yet: wait for the facilitator.")
        if isinstance(act.what, Move) and act.version < self.board_version:
            raise RoomError("stale", "The board has changed meanwhile: look again, and move it then.")
        if seat.facilitator:
            self._act_of_facilitator(act)
            return
        command = command_of(self.live.session, act)
        if isinstance(command, EditCard):
            # It replaces the whole card, so it must be made from the card as those before it leave it.
            self._batch.flush()
            self.live.perform(command_of(self.live.session, act), Actor(seat.person, "device"))
        else:
            await self._batch.add(command, Actor(seat.person, "device"))

    def _act_of_facilitator(self, act: Act) -> None:
        match act.what:
            case Admit(seat=seat):
                self.admit(seat)
            case AdmitAll():
                self.admit_all()
            case TurnAway(seat=seat):
                self.turn_away(seat)
            case TurnAllAway():
                self.turn_all_away()
            case Extend(until=until):
                self.live.perform(SetVotingTime(round=act.round or 0, until=until))
            case End():
                self.live.perform(SetVotingTime(round=act.round or 0, over=True))
            case _:
                raise NotPermittedError("The facilitator's page lets people in and ends the time to vote: do this on the facilitator's screen.")
