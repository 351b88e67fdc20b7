"""Commands of a round of ballots: open it, seal ballots or count hands, reveal it, give it up (METHOD 2.8, 3).

What a round asks for differs by its method; how it is opened, sealed and revealed does not.
"""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, ReasonNeededError, check_person, clean_text, handles, require_card, require_text
from sessions.errors import SessionError
from sessions.portfolio.models import Side
from sessions.record import events as ev
from sessions.record.events import ORDER_METHODS, Anonymity, Event, Method, RevealedBallot, Way
from sessions.rounds.ballot import Choice, check_choice, revealed_form, sealed_form, without_names
from sessions.rounds.card_rounds import duel_of, duel_told
from sessions.rounds.count import Counted, first_cards, orders_by_side, tallies
from sessions.state.session import ROUND_NAMES, Round, Session
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap
from sessions.voting.weights import one_sided
from sessions.wording import counted, listed, side_name

RANKING_LIMIT = 10
"""How many cards a ranking asks for, usually (METHOD 3.3)."""
SCORE_ROUNDS = 2
"""How often a card may be scored: before the talk and after it (METHOD 3.4)."""
DUELS = 6
"""How many duels a session holds, before it takes a reason to hold another (METHOD 3.5)."""
FEWEST_OF_A_SIDE = 3
"""Below so many ballots of a side, a secret round does not tell the sides apart (METHOD 2.6)."""


class RoundNotOpenError(SessionError):
    """No ballot is open, or this one is open no longer."""


class BallotRefusedError(SessionError):
    """The ballot breaks the budget, the cap, or another rule; it was not kept."""


class OpenRound(Command):
    """Open a round on these cards (none: on all of the board). A duel takes the lower card and the one above it, consent one decided card.

    `limit` is for rankings, 0 for any length; `shares` weighs the sides, none: equally.
    """

    method: Method = "points"
    anonymity: Anonymity = "side"
    budget: int = DEFAULT_BUDGET
    cap: int | None = None
    limit: int = RANKING_LIMIT
    cards: tuple[str, ...] = ()
    shares: dict[Side, int] | None = None
    override: str = ""


class SealBallot(Choice, Command):
    """Seal a voice's ballot, in the place of an earlier one. Without a choice it is an abstention; an empty choice is "none of these"."""

    voice: str
    way: Way = "keyboard"


class CountHands(Command):
    """Count raised hands by side, and reveal the open round with them: scores from 0 to 5, or the card preferred; None has no opinion."""

    hands: dict[Side, tuple[int | str | None, ...]]


class RevealBallots(Command):
    """Open all sealed ballots. An order with only one side's ballots, or without a quorum, needs a reason."""

    override: str = ""


class DropRound(Command):
    """Give up the open round; what was sealed is destroyed unseen."""

    reason: str


def open_round(session: Session) -> Round:
    """Return the round in which ballots can be sealed, or raise RoundNotOpenError."""
    round_ = session.open_round
    if round_ is None:
        raise RoundNotOpenError("No ballot is open: open one first.")
    return round_


# --- opening


@handles(OpenRound)
def _open(session: Session, command: OpenRound, _: CommandContext) -> list[Event]:
    if session.open_round:
        raise SessionError(f"A {ROUND_NAMES[session.open_round.opened.method]} is open already: reveal it or give it up first.")
    voices = tuple(voice.id for voice in session.voices())
    if not voices:
        raise SessionError("Nobody has a vote yet: add the people of the session first.")
    cards = tuple(dict.fromkeys(command.cards)) or (session.order if command.method in ORDER_METHODS else ())
    for card in cards:
        require_card(session, card)
    if not cards:
        raise SessionError("There is no card to vote on." if command.method in ORDER_METHODS else "Say which card the round is about.")
    opened = ev.RoundOpened(
        round=len(session.rounds) + 1,
        method=command.method,
        anonymity=command.anonymity,
        cards=cards,
        voices=voices,
        shares=_checked_shares(session, command.shares),
    )
    return [opened.model_copy(update=_OPENING[command.method](session, command, cards))]


def _checked_shares(session: Session, shares: dict[Side, int] | None) -> tuple[tuple[Side, int], ...]:
    if not shares:
        return ()
    if set(shares) != set(session.sides) or any(not 1 <= share <= 1000 for share in shares.values()):
        sides = listed([side_name(side) for side in session.sides])
        raise SessionError(f"Shares are whole numbers from 1 to 1000, one for each side: {sides}.")
    return tuple((side, shares[side]) for side in session.sides)


def _opening_points(session: Session, command: OpenRound, cards: tuple[str, ...]) -> dict[str, object]:
    # One and a half fair shares are more than the budget where there is one card: nobody can give more than they have.
    cap = command.cap if command.cap is not None else min(command.budget, ballot_cap(len(cards), command.budget))
    if command.budget < 1 or not 1 <= cap <= command.budget:
        raise SessionError("The budget is at least 1 point, and the cap between 1 and the budget.")
    return {"budget": command.budget, "cap": cap}


def _opening_ranking(session: Session, command: OpenRound, cards: tuple[str, ...]) -> dict[str, object]:
    if command.limit < 0:
        raise SessionError("A ranking asks for a number of cards, or for 0: as many as a voice likes.")
    return {"limit": 0 if command.limit >= len(cards) else command.limit}


def _opening_scores(session: Session, command: OpenRound, cards: tuple[str, ...]) -> dict[str, object]:
    for card in cards:
        if len(session.rounds_on(card, "score")) >= SCORE_ROUNDS:
            raise SessionError(f"{session.cards[card].title} was scored twice, before the talk and after it: move it, keep it, or agree to differ.")
    return {}


def _opening_duel(session: Session, command: OpenRound, cards: tuple[str, ...]) -> dict[str, object]:
    if len(cards) != 2 or session.rank(cards[0]) != session.rank(cards[1]) + 1:
        raise SessionError("A duel is between a card and the one right above it.")
    held = sum(each.opened.method == "duel" and not each.dropped for each in session.rounds)
    override = clean_text(command.override)
    if held >= DUELS and not override:
        raise ReasonNeededError(f"{counted(held, 'duel')} were held: another one needs a reason.")
    return {"override": override if held >= DUELS else ""}


def _opening_consent(session: Session, command: OpenRound, cards: tuple[str, ...]) -> dict[str, object]:
    if len(cards) != 1 or cards[0] not in session.decisions:
        raise SessionError("Consent is asked on a decision: decide on the card first.")
    return {"about": session.decisions[cards[0]].sentence}


_OPENING = {
    "points": _opening_points,
    "ranking": _opening_ranking,
    "score": _opening_scores,
    "duel": _opening_duel,
    "consent": _opening_consent,
}


# --- ballots going in


@handles(SealBallot)
def _seal(session: Session, command: SealBallot, context: CommandContext) -> list[Event]:
    round_ = open_round(session)
    check_person(session, command.voice)
    voice = session.people[command.voice]
    if not voice.votes:
        raise BallotRefusedError(f"{voice.role} has no vote in this session.")
    if wrong := check_choice(round_.opened, command):
        raise BallotRefusedError(f"The ballot of {voice.role} was not kept: {'; '.join(wrong)}.")
    way, proxy = command.way, session.proxies.get(voice.id, "")
    if way != "file" and session.presence.get(voice.id) == "proxy":
        way = "proxy"
    elif way == "proxy":
        raise BallotRefusedError(f"Nobody speaks for {voice.role}: say on the people's screen who does.")
    seal = context.urn.seal(round_.opened.round, voice.id, sealed_form(command))
    return [ev.BallotSealed(round=round_.opened.round, voice=voice.id, seal=seal, way=way, entered_by=proxy if way == "proxy" else "")]


@handles(DropRound)
def _drop(session: Session, command: DropRound, _: CommandContext) -> list[Event]:
    number = open_round(session).opened.round
    return [ev.RoundDropped(round=number, reason=require_text(command.reason, "Say why the ballot is given up."))]


# --- the reveal


def reveal_obstacles(session: Session) -> tuple[str, ...]:
    """Return what speaks against revealing an order now: a side without ballots (K-SOLO), a side without a quorum."""
    round_ = open_round(session)
    obstacles = []
    if round_.opened.method not in ORDER_METHODS:
        return ()
    if round_.seals and one_sided({voice: session.people[voice].side for voice in round_.seals}) and len(session.sides) > 1:
        obstacles.append("ballots came from one side only")
    if session.quorum_missing and not session.quorum_override:
        obstacles.append(f"there is no quorum of {listed([side_name(side) for side in session.quorum_missing])}")
    return tuple(obstacles)


@handles(RevealBallots)
def _reveal(session: Session, command: RevealBallots, context: CommandContext) -> list[Event]:
    round_ = open_round(session)
    if not round_.seals:
        raise SessionError("No ballot is in yet: there is nothing to reveal.")
    obstacles = reveal_obstacles(session)
    override = clean_text(command.override)
    if obstacles and not override:
        raise ReasonNeededError(f"Revealing now needs a reason: {' and '.join(obstacles)}.")
    ballots = tuple(
        revealed_form(voice, session.people[voice].side, salt, round_.seals[voice], form)
        for voice, (salt, form) in sorted(context.urn.open_seals(round_.opened.round, round_.seals).items())
    )
    missing = tuple(voice.id for voice in session.voices() if voice.id not in round_.seals)
    revealed = _revealed(session, round_, ballots).model_copy(
        update={"missing": missing, "proved": len(ballots), "override": override if obstacles else ""}
    )
    return [revealed, *_moves(session, round_, ballots)]


def _one_sided(ballots: tuple[RevealedBallot, ...]) -> bool:
    """Return whether the ballots that count came from one side (K-SOLO)."""
    return one_sided({each.voice: each.side for each in ballots if not each.abstained})


@handles(CountHands)
def _count(session: Session, command: CountHands, _: CommandContext) -> list[Event]:
    round_ = open_round(session)
    opened = round_.opened
    if opened.method in ORDER_METHODS or (len(opened.cards) > 1 and opened.method == "score"):
        raise SessionError("Hands are counted on one card, in a duel, or for consent; for an order every voice has a ballot.")
    if round_.seals:
        raise SessionError(f"{counted(len(round_.seals), 'ballot')} sealed already: reveal them, or give the round up and count hands anew.")
    ballots: list[RevealedBallot] = []
    for side, raised in command.hands.items():
        voices = len(session.voices(side))
        if len(raised) > voices:
            raise BallotRefusedError(f"{counted(len(raised), 'hand')} of {side_name(side)}, but it has {counted(voices, 'voice')}.")
        ballots += [_hand(opened, side, each) for each in raised]
    if not ballots:
        raise BallotRefusedError("No hand was counted: type at least one.")
    bare = without_names(tuple(ballots), sides=True)
    return [_revealed(session, round_, bare).model_copy(update={"hands": True}), *_moves(session, round_, bare)]


def _hand(opened: ev.RoundOpened, side: Side, raised: int | str | None) -> RevealedBallot:
    # Asked for a score, who raises no figure has no opinion of the card; asked to agree or to choose, they say nothing at all.
    choice = Choice(scores={}) if opened.method == "score" else Choice()
    if isinstance(raised, int):
        choice = Choice(scores={opened.cards[0]: raised})
    elif raised is not None:
        choice = Choice(prefers=raised)
    if wrong := check_choice(opened, choice):
        raise BallotRefusedError(f"The hands were not counted: {'; '.join(wrong)}.")
    return revealed_form("", side, "", "", sealed_form(choice))


def _revealed(session: Session, round_: Round, ballots: tuple[RevealedBallot, ...]) -> ev.BallotsRevealed:
    opened = round_.opened
    told = opened.anonymity != "secret" or _enough(session, ballots)
    result = ev.BallotsRevealed(
        round=opened.round,
        ballots=without_names(ballots, sides=told) if opened.anonymity == "secret" else ballots,
        turnout=_turnout(session, ballots, told=told),
        provisional=bool(session.quorum_missing),
        solo=opened.method in ORDER_METHODS and len(session.sides) > 1 and _one_sided(ballots),
    )
    if opened.method not in ORDER_METHODS:
        return result
    count = Counted(session, opened, ballots)
    found = tallies(count)
    if not found:
        return result
    orders = orders_by_side(session, count) if told else ()
    return result.model_copy(update={"tallies": found, "side_orders": orders, "first_k": first_cards(session, found[0].order)})


def _enough(session: Session, ballots: tuple[RevealedBallot, ...]) -> bool:
    """Return whether every side has so many ballots that to tell the sides apart gives nobody away (METHOD 2.6)."""
    return all(sum(each.side == side for each in ballots) >= FEWEST_OF_A_SIDE for side in session.sides)


def _turnout(session: Session, ballots: tuple[RevealedBallot, ...], *, told: bool) -> tuple[ev.Turnout, ...]:
    sides = (*session.sides, *sorted({each.side for each in ballots} - set(session.sides)))
    return tuple(
        ev.Turnout(
            side=side,
            voices=len(session.voices(side)),
            ballots=sum(each.side == side for each in ballots),
            abstained=sum(each.side == side and each.abstained for each in ballots) if told else 0,
        )
        for side in sides
    )


def _moves(session: Session, round_: Round, ballots: tuple[RevealedBallot, ...]) -> list[Event]:
    """Return the move that a duel leads to: the lower card goes above the other where the weighted majority wants it (METHOD 3.5)."""
    if round_.opened.method != "duel":
        return []
    lower, upper = round_.opened.cards
    if lower not in session.cards or upper not in session.cards or session.rank(lower) != session.rank(upper) + 1:
        return []  # the board has changed since: the result stands in the record, the room moves the card itself
    result = duel_of(round_, ballots)
    if not result.raised:
        return []
    told = f" ({duel_told(result)})" if round_.opened.anonymity != "secret" or _enough(session, ballots) else ""
    reason = f"it won the duel{told}"
    return [ev.CardMoved(card=lower, old=session.rank(lower), new=session.rank(upper), asked_by=session.asker, reason=reason)]
