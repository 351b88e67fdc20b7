"""The state of a seat: all that a page or a terminal of a participant shows, small enough to be sent whole with every answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from zlib import crc32

from sessions import __version__
from sessions.errors import SessionError
from sessions.handling.permissions import editable
from sessions.live.session import LiveSession
from sessions.room.fitting import fitted, shortened, size_of
from sessions.room.following import Following
from sessions.room.seats import Seat, numbers_of
from sessions.room.showing import (
    answers_told,
    card_shown,
    decided_shown,
    item_of,
    result_on,
    reveal_shown,
    round_shown,
    row_of,
    talk_shown,
    voted_words,
)
from sessions.rounds.words import titles_of, waited_for
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES

LIMIT = 4096
"""Bytes of a whole state."""
_SHARED_LIMIT = 2200
"""Bytes of what all seats have in common."""
_ANSWERED_SHOWN = 3
"""Answered proposals that a seat still sees."""
_SEATS_SHOWN, _ROLES_SHOWN = 5, 12
"""How many who ask or propose, and how many who are missing, the facilitator's link names."""
_ROLE = 40
_OUTSIDE = {"asking": "The host lets you in.", "elsewhere": "This seat is used on another device."}
BOARD_LIST = "b-"
"""How the version of the list of the board's cards begins."""
_CLOCK = 60
"""Bytes of the clock."""


class View:
    """What the room looks like at one version: the same for all seats, but for what each of them adds."""

    def __init__(
        self,
        live: LiveSession,
        following: Following | None = None,
        *,
        curtain: bool = False,
        version: int = 0,
        locked: bool = False,
        asking: Sequence[Seat] = (),
    ) -> None:
        """`following` is None if no screen is open: then the session itself says what the room looks at."""
        self.live = live
        self.session = live.session
        self.following = following
        self.curtain = curtain
        self.version = version
        self.locked = locked
        self.asking = asking

    def state(self, seat: Seat, state: str = "") -> dict[str, Any]:
        """Return the whole state of a seat; `state` says that it is used elsewhere."""
        you = self._you(seat, state or seat.state)
        if you["state"] != "in":
            sentence = _OUTSIDE.get(you["state"], "You are not in this session.")
            if you["state"] == "asking" and (number := self._numbers.get(seat.id)):
                you["number"] = number
                sentence = f"Someone else asks as {you['role']} too. Tell the facilitator your number: {number}."
            now = {"kind": "waiting", "phase": "", "phase_name": "", "sentence": sentence, "clock": None}
            return {**self._about, "you": you, "now": now}
        own = fitted({"you": you, "proposals": self._proposals(seat), **self._for_the_facilitator(seat)}, self._room_left)
        return {**self._about, **self._shared, "now": {**self._shared["now"], "clock": self._clock()}, **own}

    @property
    def kind(self) -> str:
        """Return what the pages show: the curtain, an open ballot, or what the facilitator's screen shows."""
        session = self.session
        if session.closed and not session.open_round:
            return "closed"
        if self.curtain:
            return "curtain"
        if session.open_round:
            return "vote"
        kind = self._followed
        return "waiting" if kind == "board" and session.phase == "prepare" else kind

    @property
    def _followed(self) -> str:
        session, following = self.session, self.following
        revealed = bool(session.round and session.round.revealed)
        if following is not None:
            # A ballot that is over is a result, or nothing yet.
            return ("reveal" if revealed else "board") if following.kind in ("vote", "closed") else following.kind
        if session.talk:
            return "talk"
        return "reveal" if revealed and session.phase == "reveal" else "decide" if session.phase == "decide" else "board"

    @cached_property
    def _about(self) -> dict[str, Any]:
        return {"v": self.version, "app": __version__, "title": self.session.title[:80], "quarter": self.session.quarter[:20]}

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """Return what all seats have in common, with its texts as long as they may be."""
        session, kind = self.session, self.kind
        card = session.cards.get(self._card)
        shared = {
            "now": {"kind": kind, "phase": session.phase, "phase_name": PHASE_NAMES[session.phase], "sentence": self._sentence(kind)},
            "here": {side: (each.counted, each.voices) for side, each in session.quorum().items()},
            "listv": board_list(session),
            "round": round_shown(session, session.open_round, round_list(session)) if session.open_round else None,
            "reveal": reveal_shown(self.live) if kind == "reveal" else None,
            "talk": talk_shown(self.live, self._card) if kind == "talk" else None,
            "card": card_shown(session, card) if card and kind in ("card", "decide") else None,
            "decided": decided_shown(session, self._card) if kind in ("decide", "closed") else None,
            "free": bool(session.free_movers),
            "locked": self.locked,
        }
        return fitted(shared, _SHARED_LIMIT)

    @cached_property
    def _room_left(self) -> int:
        """Return the bytes of a state that are left for what is a seat's own."""
        return LIMIT - size_of(self._about) - size_of(self._shared) - _CLOCK

    @property
    def _card(self) -> str:
        """Return the card that the room looks at, if it looks at one."""
        if self.following is not None and self.following.card:
            return self.following.card
        return self.session.talk.card if self.session.talk else ""

    def _sentence(self, kind: str) -> str:
        session = self.session
        title = session.title_of(self._card) if self._card else ""
        match kind:
            case "closed":
                return "The meeting is over."
            case "curtain":
                return "The host is preparing."
            case "waiting":
                return "The meeting has not begun."
            case "vote" if session.open_round:
                return voted_words(session, session.open_round)
            case "reveal":
                return "The ballots are revealed."
            case "talk":
                return f"The room talks about {title}." if title else "The room talks."
            case "decide":
                return (result_on(self.live, self._card) if self._card else "") or "The room decides."
            case "line":
                return "The room looks at how much it can do."
            case "card" if title:
                return f"The room reads {title}."
        if told := answers_told(session):
            return told
        if session.phase == "vote" and session.rounds and session.rounds[-1].dropped:
            return "The ballot was cancelled: its votes are destroyed unread."
        return "The room looks back on last quarter." if session.phase == "look_back" else "The room looks at the board."

    def _clock(self) -> dict[str, Any] | None:
        timer = self.session.timer
        if not timer.planned or self.session.closed:
            return None
        return {"left": timer.planned - timer.used_at(self.live.elapsed), "running": timer.since is not None}

    # --- what is a seat's own

    def _you(self, seat: Seat, state: str) -> dict[str, Any]:
        session, person = self.session, self.session.people.get(seat.person)
        you: dict[str, Any] = {"state": state, "seat": seat.id, "person": seat.person, "role": seat.role[:_ROLE], "side": seat.side}
        if person:
            you |= {"role": person.role[:_ROLE], "side": person.side}
        votes = bool(person and person.votes)
        free = seat.person in session.free_movers
        you |= {
            "votes": votes,
            "decides": bool(person and session.decider == seat.person),
            "facilitator": seat.facilitator,
            "watch": seat.watch,
            "voices": self._voices(seat) if state == "in" else [],
            "may": {"propose": votes and not session.closed, "move": free, "benefit": False, "effort": False},
        }
        if person and state == "in" and not session.closed:
            you["may"] |= {"benefit": person.role.casefold() in self._sponsors, "effort": bool(votes and person.side == "it" and session.teams)}
        return you

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return numbers_of(self.asking)

    @cached_property
    def _sponsors(self) -> frozenset[str]:
        return frozenset(card.sponsor.casefold() for card in self.session.cards.values() if card.sponsor)

    def _voices(self, seat: Seat) -> list[dict[str, Any]]:
        """Return the ballots that a seat may cast: its own, and that of an absent voter whose proxy it is."""
        session, round_ = self.session, self.session.open_round
        own = [seat.person] if seat.person in session.people and session.people[seat.person].votes else []
        absent = [person for person, proxy in session.proxies.items() if seat.person and proxy == seat.person]
        return [
            {"id": voice, "role": session.role(voice)[:_ROLE], "proxy": voice != seat.person, "voted": bool(round_ and voice in round_.seals)}
            for voice in (*own, *absent)
        ]

    def _proposals(self, seat: Seat) -> list[dict[str, Any]]:
        """Return a seat's own proposals, the open ones and the last that were answered; on the facilitator's link all open ones."""
        session = self.session
        if seat.facilitator:
            chosen = list(session.open_proposals[:_SEATS_SHOWN])
        else:
            own = [each for each in session.proposed_moves if seat.person and each.proposed.person == seat.person]
            chosen = [each for each in own if each.status == "open"]
            chosen += [each for each in own if each.status in ("accepted", "declined", "undone")][-_ANSWERED_SHOWN:]
        return [
            {
                "id": each.proposed.proposal,
                "card": each.proposed.card,
                "title": session.title_of(each.proposed.card)[:_ROLE],
                "old": each.proposed.old,
                "rank": each.proposed.rank,
                "reason": each.proposed.reason[:_ROLE],
                "status": each.status,
                **({"role": session.role(each.proposed.person)[:_ROLE]} if seat.facilitator else {}),
            }
            for each in chosen
        ]

    def _for_the_facilitator(self, seat: Seat) -> dict[str, Any]:
        if not seat.facilitator:
            return {}
        session, round_ = self.session, self.session.open_round
        missing = [voter.role[:_ROLE] for voter in waited_for(session, round_)] if round_ else []
        asking = [
            {"seat": each.id, "role": self._you(each, "asking")["role"], "side": each.side, "number": self._numbers.get(each.id, 0)}
            for each in self.asking[:_SEATS_SHOWN]
        ]
        return {"waiting": asking, "waiting_count": len(self.asking), "missing": missing[:_ROLES_SHOWN], "missing_count": len(missing)}


def audience_state(live: LiveSession) -> dict[str, Any]:
    """Return what those see who watch a session that someone else leads, from the record alone."""
    return View(live, version=live.session.seq).state(Seat(id="audience", state="in", role="Audience", watch=True))


# --- the lists of cards


def board_list(session: Session) -> str:
    """Return the version of the list of the board's cards: it changes with every board action, and is the same again after an undo."""
    return f"{BOARD_LIST}{session.done.recorded.seq if session.done else 0}"


def round_list(session: Session) -> str:
    """Return the version of the list of the open round's cards, which changes with their titles; empty without a round."""
    round_ = session.open_round
    return f"r{round_.opened.round}-{crc32(repr(titles_of(session, round_)).encode()):08x}" if round_ else ""


def cards_of(session: Session, listv: str, seat: Seat) -> dict[str, Any]:
    """Return the cards of a list, and what of each a seat may change. Raises SessionError for a list that no longer exists."""
    round_ = session.open_round
    if listv.startswith(BOARD_LIST):
        rows = [row_of(session, session.cards[card], rank) for rank, card in enumerate(session.order, 1)]
        version = board_list(session)
    elif round_ and listv.startswith(f"r{round_.opened.round}-"):
        numbers, version = round_.opened.numbered, round_list(session)
        titles = titles_of(session, round_)
        rows = [
            row_of(session, card, numbers[each]) if (card := session.cards.get(each)) else item_of(round_.opened, each, title)
            for each, title in titles.items()
        ]
    else:
        raise SessionError("This list of cards is over: the page shows the present one.")
    for row in rows:
        card = session.cards.get(row["id"])
        row["may"] = list(editable(session, card, seat.person)) if card else []
    teams = [{"team": team.id, "name": team.name} for team in session.teams]
    return {"v": version, "cards": [shortened(row, 200) for row in rows], "teams": teams if listv.startswith(BOARD_LIST) else []}
