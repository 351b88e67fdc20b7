"""Commands of a round of ballots: open it, seal ballots or count hands, reveal it, cancel it (METHOD 2.8, 3).

What a round asks for differs by its method; how it is opened, sealed and revealed does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sessions.commands.base import (
    Actor,
    Command,
    CommandContext,
    OnTheOpenRound,
    ReasonNeededError,
    check_person,
    clean_text,
    handles,
    require_card,
    require_text,
)
from sessions.commands.phases import phase_started
from sessions.errors import SessionError
from sessions.portfolio.models import Side
from sessions.record import events as ev
from sessions.record.events import Event, RevealedBallot, Way
from sessions.rounds.ballot import check_choice, revealed_form, sealed_form, without_names
from sessions.rounds.count import RoundCount, first_cards
from sessions.rounds.methods.choice import BallotRefusedError, Choice
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.spec import Raised, RoundRequest
from sessions.rounds.words import round_title
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.weights import one_sided
from sessions.wording import listed, plural, side_name

FEWEST_OF_A_SIDE = 3
"""Below this many ballots of a side, a secret round does not show the sides apart (METHOD 2.6)."""


class RoundOverError(SessionError):
    """The round that a command names is not open: it was revealed or cancelled, or it has not been opened."""


class OpenRound(RoundRequest, Command):
    """Open a round. A duel takes the lower card and the one above it, consent one decided card."""

    def fits_the_end(self, session: Session) -> bool:
        """Return whether this kind of round may be held after the end."""
        return spec_of(self.method).after_the_end


class SealBallot(OnTheOpenRound, Choice, Command):
    """Seal a voter's ballot, in the place of an earlier one. Without a choice it is an abstention; an empty choice is "none of these"."""

    round: int
    voice: str
    way: Literal["keyboard", "file"] = "keyboard"
    """Whether the facilitator types it or imports it; the door of any other actor tells more."""


class CountHands(OnTheOpenRound, Command):
    """Count raised hands by side, and reveal the open round with them: figures, or ids of cards; None has no opinion."""

    round: int
    hands: dict[Side, tuple[Raised, ...]]


class RevealBallots(OnTheOpenRound, Command):
    """Open all sealed ballots. An order with only one side's ballots, or without a quorum, needs a reason."""

    round: int
    override: str = ""


class DropRound(OnTheOpenRound, Command):
    """Cancel the open round and destroy what was sealed, unseen."""

    round: int
    reason: str


def open_round(session: Session, number: int) -> Round:
    """Return the round of this number if ballots can be sealed in it, or raise RoundOverError."""
    round_ = session.open_round
    if round_ is None:
        raise RoundOverError(f"Round {number} is not open: no ballot is open now.")
    if round_.opened.round != number:
        raise RoundOverError(f"Round {number} is not open: round {round_.opened.round} is.")
    return round_


# --- opening


@handles(OpenRound)
def _open(session: Session, command: OpenRound, _: CommandContext) -> list[Event]:
    if session.open_round:
        raise SessionError(f"A {round_title(session.open_round.opened)} is already open: reveal it or cancel it first.")
    spec = spec_of(command.method)
    voices = tuple(voice.id for voice in session.voters())
    if not voices:
        raise SessionError("No one has a vote yet: add people first.")
    opened = ev.RoundOpened(
        round=len(session.rounds) + 1,
        method=command.method,
        anonymity=command.anonymity,
        cards=tuple(dict.fromkeys(command.cards)),
        voices=voices,
        shares=_checked_shares(session, command.shares),
        until=clean_text(command.until),
    )
    if opened.asks_order and not opened.cards:
        opened = opened.model_copy(update={"cards": session.order})
    opened = opened.model_copy(update={"numbers": _numbers(session, command, opened.cards), "what_ifs": command.what_ifs})
    if spec.about_cards and not opened.cards:
        raise SessionError("There is no card to vote on." if opened.asks_order else "Say which card the round is about.")
    details = spec.opening(session, command, opened.cards)
    obstacle, override = spec.obstacle(session, command), clean_text(command.override)
    if obstacle and not override:
        raise ReasonNeededError(obstacle)
    return [opened.model_copy(update={**details, "override": override if obstacle else ""})]


def _numbers(session: Session, command: OpenRound, cards: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers on the ballot: the ranks of the cards, or 1 and 2 for two what-ifs. Raises SessionError for others."""
    if command.what_ifs:
        if not spec_of(command.method).takes_what_ifs or len(cards) != 2 or not {*cards} <= {each.name for each in session.what_ifs}:
            raise SessionError("A duel of what-ifs is between two that were put aside.")
        return (1, 2)
    for card in cards:
        require_card(session, card)
    ranks = session.ranks
    return tuple(ranks[card] for card in cards)


def _checked_shares(session: Session, shares: dict[Side, int] | None) -> tuple[tuple[Side, int], ...]:
    if not shares:
        return ()
    if set(shares) != set(session.sides) or any(not 1 <= share <= 1000 for share in shares.values()):
        sides = listed([side_name(side) for side in session.sides])
        raise SessionError(f"Shares are whole numbers from 1 to 1000, one for each side: {sides}.")
    return tuple((side, shares[side]) for side in session.sides)


# --- ballots going in


@handles(SealBallot)
def _seal(session: Session, command: SealBallot, context: CommandContext) -> list[Event]:
    round_ = open_round(session, command.round)
    if round_.over and context.actor.door == "device":
        raise RoundOverError("The time to vote is over: ask the facilitator.")
    check_person(session, command.voice)
    voter = session.people[command.voice]
    if not voter.votes:
        raise BallotRefusedError("no_vote", f"{voter.role} has no vote in this session.")
    if fault := check_choice(round_.opened, command):
        about = f"The ballot of {voter.role} was refused: "
        raise BallotRefusedError(fault.kind, f"{about}{fault.public[:1].lower()}{fault.public[1:]}", f"{about}{fault.detail}.")
    way, entered_by = _way_in(session, command, context.actor)
    seal = context.urn.seal(round_.opened.round, voter.id, sealed_form(round_.opened.method, command))
    return [ev.BallotSealed(round=round_.opened.round, voice=voter.id, seal=seal, way=way, entered_by=entered_by)]


def _way_in(session: Session, command: SealBallot, actor: Actor) -> tuple[Way, str]:
    """Return how a ballot comes in, and who enters it for the voter: the actor's door decides, not the command."""
    if actor.door == "device":
        return ("device", "") if actor.person == command.voice else ("proxy", actor.person)
    if command.way == "file" and actor.person == session.facilitator:
        return "file", ""
    proxy = session.proxies.get(command.voice, "")
    return ("proxy", proxy) if proxy else ("keyboard", "")


@handles(DropRound)
def _drop(session: Session, command: DropRound, _: CommandContext) -> list[Event]:
    number = open_round(session, command.round).opened.round
    return [ev.RoundDropped(round=number, reason=require_text(command.reason, "Say why you cancel the ballot."))]


# --- the reveal


def reveal_obstacles(session: Session, round_: Round) -> tuple[str, ...]:
    """Return what speaks against revealing an order now: a side without ballots (K-SOLO), a side without a quorum."""
    obstacles = []
    if not round_.opened.asks_order:
        return ()
    if round_.seals and one_sided(session.people[voice].side for voice in round_.seals) and len(session.sides) > 1:
        obstacles.append("ballots came from one side only")
    if session.quorum_missing and not session.quorum_override:
        obstacles.append(f"there is no quorum of {listed([side_name(side) for side in session.quorum_missing])}")
    return tuple(obstacles)


@handles(RevealBallots)
def _reveal(session: Session, command: RevealBallots, context: CommandContext) -> list[Event]:
    round_ = open_round(session, command.round)
    if not round_.seals:
        raise SessionError("No ballot is in yet: there is nothing to reveal.")
    obstacles = reveal_obstacles(session, round_)
    override = clean_text(command.override)
    if obstacles and not override:
        raise ReasonNeededError(f"Revealing now needs a reason: {' and '.join(obstacles)}.")
    ballots = tuple(
        revealed_form(voice, session.people[voice].side, salt, round_.seals[voice], form)
        for voice, (salt, form) in sorted(context.urn.open_seals(round_.opened.round, round_.seals).items())
    )
    missing = tuple(voice.id for voice in session.voters() if voice.id not in round_.seals)
    revealed = _revealed(session, round_, ballots).model_copy(
        update={"missing": missing, "proved": len(ballots), "override": override if obstacles or missing else ""}
    )
    return [revealed, *_following(session, round_._replace(revealed=revealed), context.elapsed)]


@handles(CountHands)
def _count(session: Session, command: CountHands, context: CommandContext) -> list[Event]:
    round_ = open_round(session, command.round)
    opened = round_.opened
    spec = spec_of(opened.method)
    if not spec.takes_hands(opened):
        raise SessionError(f"A {spec.title} on {plural(len(opened.cards), 'card')} takes no hands: every voter has a ballot.")
    if round_.seals:
        raise SessionError(f"{plural(len(round_.seals), 'ballot')} already sealed: reveal them, or cancel the round and count hands instead.")
    ballots: list[RevealedBallot] = []
    for side, raised in command.hands.items():
        voters = len(session.voters(side))
        if (most := spec.most_hands(opened, raised)) > voters:
            raise BallotRefusedError("hands", f"{plural(most, 'hand')} of {side_name(side)}, but it has {plural(voters, 'voter')}.")
        ballots += [_hand(opened, side, choice) for choice in spec.choices_raised(opened, raised, voters)]
    if not ballots:
        raise BallotRefusedError("hands", "No hand was counted: type at least one.")
    bare = without_names(tuple(ballots), sides=True)
    revealed = _revealed(session, round_, bare).model_copy(update={"hands": True})
    return [revealed, *_following(session, round_._replace(revealed=revealed), context.elapsed)]


def _hand(opened: ev.RoundOpened, side: Side, choice: Choice) -> RevealedBallot:
    if fault := check_choice(opened, choice):
        # Hands are raised before everyone, so what is wrong may be named.
        raise BallotRefusedError(fault.kind, f"The hands were not counted: {fault.detail}.")
    return revealed_form("", side, "", "", sealed_form(opened.method, choice))


def _revealed(session: Session, round_: Round, ballots: tuple[RevealedBallot, ...]) -> ev.BallotsRevealed:
    opened = round_.opened
    told = opened.anonymity != "secret" or all(_enough(session, each) for each in spec_of(opened.method).answers(opened, ballots))
    result = ev.BallotsRevealed(
        round=opened.round,
        ballots=without_names(ballots, sides=told) if opened.anonymity == "secret" else ballots,
        turnout=_turnout(session, ballots, told=told),
        provisional=bool(session.quorum_missing),
        solo=opened.asks_order and len(session.sides) > 1 and one_sided(each.side for each in ballots if not each.abstained),
    )
    if not opened.asks_order:
        return result
    count = RoundCount(session, opened, ballots)
    found = count.tallies
    if not found:
        return result
    orders = count.orders_by_side(session) if told else ()
    return result.model_copy(update={"tallies": found, "side_orders": orders, "first_k": first_cards(session, found[0].order)})


def _enough(session: Session, ballots: Sequence[RevealedBallot]) -> bool:
    """Return whether every side has enough ballots to tell the sides apart without exposing anyone (METHOD 2.6)."""
    return all(sum(each.side == side for each in ballots) >= FEWEST_OF_A_SIDE for side in session.sides)


def _turnout(session: Session, ballots: tuple[RevealedBallot, ...], *, told: bool) -> tuple[ev.Turnout, ...]:
    sides = (*session.sides, *sorted({each.side for each in ballots} - set(session.sides)))
    return tuple(
        ev.Turnout(
            side=side,
            voices=len(session.voters(side)),
            ballots=sum(each.side == side for each in ballots),
            abstained=sum(each.side == side and each.abstained for each in ballots) if told else 0,
        )
        for side in sides
    )


def _following(session: Session, round_: Round, elapsed: int) -> list[Event]:
    """Return what follows a revealed round: the Reveal phase after the vote, the move after a duel, the end of the discussion that it settles."""
    spec = spec_of(round_.opened.method)
    events = spec.events_after(session, round_)
    talk = session.talk
    if spec.ends_discussion and talk and talk.card in round_.opened.cards:
        used = max(0, elapsed - talk.opened)
        events.append(ev.TalkClosed(card=talk.card, outcome="duel", used=used, note=spec.discussion_note(round_)))
    if session.phase == "vote" and round_.opened.asks_order:
        events.append(phase_started(session, "reveal", elapsed))
    return events
