"""Commands on decisions: decide on a card, accept the proposals (METHOD 2.4)."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.commands.base import Command, CommandContext, ReasonNeededError, clean_text, handles, require_card
from sessions.commands.cards import coming_date
from sessions.deciding.adopting import delivery, figures, status
from sessions.deciding.line import has_capacity_data
from sessions.deciding.proposals import promised, proposal_for, proposals_for
from sessions.deciding.session_plan import first_week
from sessions.deciding.sponsors import lacks_sponsor, sponsor_away, uses_sponsors
from sessions.deciding.words import COMES_BACK, STARTS, WORD_NAMES, sentence_for
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT, Project
from sessions.record import events as ev
from sessions.record.events import Decision, DecisionWord, Event
from sessions.rounds.consent import direction_refused
from sessions.rounds.undiscussed import undiscussed
from sessions.sequencing.weeks import start_day
from sessions.sequencing.workload import DELIVERED
from sessions.state.session import Session
from sessions.wording import capital, side_name


class DecisionIncompleteError(SessionError):
    """The decision word needs something that was not given: a week, a date, a reason."""


class Decide(Command):
    """Decide on a card. `override` is the reason for deciding against a rule."""

    card: str
    word: DecisionWord
    owner: str = ""
    week: int | None = None
    until: str = ""
    missing: str = ""
    why: str = ""
    override: str = ""


class AcceptProposals(Command):
    """Accept the proposed decisions of these cards (none: of every open card, except those that the room differs on and has not discussed)."""

    cards: tuple[str, ...] = ()


def broken_rules(session: Session, card_id: str, word: DecisionWord) -> tuple[str, ...]:
    """Return the rules that a decision would override, each as a clause: no sponsor, sponsor away, a direction without consent, no quorum."""
    rules: list[str] = []
    card = require_card(session, card_id)
    if word in STARTS and uses_sponsors(session):
        rules += [rule for rule in (lacks_sponsor(session, card) or sponsor_away(session, card),) if rule]
    if word in STARTS and card.kind == "direction":
        rules += [rule for rule in (direction_refused(session, card_id),) if rule]
    if session.quorum_missing and not session.quorum_override:
        sides = " and ".join(side_name(side) for side in session.quorum_missing)
        rules.append(f"there is no quorum of {sides}")
    return tuple(rules)


@handles(Decide)
def _decide(session: Session, command: Decide, _: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    rules = broken_rules(session, card.id, command.word)
    override = clean_text(command.override)
    if rules and not override:
        raise ReasonNeededError(f"{card.title}: {' and '.join(rules)}. Deciding “{WORD_NAMES[command.word]}” all the same needs a reason.")
    week, until, missing, why = _checked_fields(session, command)
    if command.word in DELIVERED:
        _require_adopted(session, card, command.word)
    planned = promised(session, card.id, week) if week is not None else None
    reason = str(planned.get("why", "")) if planned and command.word == "start_after" else ""
    why = why or reason
    decision = Decision(
        card=card.id,
        word=command.word,
        sentence=sentence_for(session, command.word, week=week, until=until, missing=missing, why=why),
        owner=clean_text(command.owner, TITLE_LIMIT),
        week=week,
        finish=int(finish) if planned and (finish := planned.get("finish")) else None,
        until=until,
        missing=missing,
        why=why,
        rules=rules,
        override=override if rules else "",
        provisional=bool(session.quorum_missing),
        # A wait that the plan itself gives moves with the plan; one that the room sets does not.
        proposed=bool(reason) and why == reason,
    )
    return _made(session, (decision,))


def _require_adopted(session: Session, card: Project, word: DecisionWord) -> None:
    """Refuse to end a card that was not delivered, or whose target is not reached unless the room accepts that (METHOD 1, claim 16)."""
    delivered = delivery(session, card.id)
    if delivered is None and card.state == "done":
        return  # as its file says
    if delivered is None:
        raise DecisionIncompleteError(f"“{WORD_NAMES[word]}” comes after the delivery: first record that {card.title} was delivered (ctrl+r).")
    if word == "done" and status(delivered) != "adopted":
        so_far = f"it is at {shown}" if (shown := figures(delivered)) else "it is not measured yet"
        raise DecisionIncompleteError(f"“Done” needs the target reached, and {so_far}: measure it, or accept it as it is with one sentence.")


def _checked_fields(session: Session, command: Decide) -> tuple[int | None, str, str, str]:
    """Return week, until, missing and why as the decision word needs them, or raise DecisionIncompleteError."""
    week, until = None, ""
    if command.word in ("continue", "start"):
        # Without a plan there are no weeks, unless someone names one.
        week = first_week(session) if command.week is None and has_capacity_data(session) else command.week
    if command.word == "start_after":
        if command.week is None:
            what = "day from which it starts, such as 2026-08-17" if session.portfolio.quarter_start else "number of the week in which it starts"
            raise DecisionIncompleteError(f"“Yes, but not until” needs the {what}.")
        week = command.week
    if week is not None and not 1 <= week <= session.portfolio.horizon_weeks:
        first, day, last = (start_day(session.portfolio, each) for each in (1, week, session.portfolio.horizon_weeks))
        raise DecisionIncompleteError(f"{capital(day)} is outside the plan, which goes from {first} to {last}.")
    if week is not None and command.word == "start_after" and week < first_week(session):
        first, day = (start_day(session.portfolio, each) for each in (first_week(session), week))
        raise DecisionIncompleteError(f"{capital(day)} is past: the card can start from {first} on.")
    if command.word in COMES_BACK:
        typed = command.until.strip()
        until = coming_date(session, typed) if typed else session.next_session
    missing, why = clean_text(command.missing), clean_text(command.why)
    if command.word == "return" and not missing:
        raise DecisionIncompleteError("“Sent back” needs what is missing on the card: a sponsor, a benefit, an adoption measure…")
    if command.word in ("stop", "accept_below_target") and not why:
        raise DecisionIncompleteError(f"“{WORD_NAMES[command.word]}” needs its reason in one sentence.")
    return week, until, missing, why


def _made(session: Session, decisions: tuple[Decision, ...]) -> list[Event]:
    old = tuple(session.decisions[each.card] for each in decisions if each.card in session.decisions)
    changed = tuple(each for each in decisions if session.decisions.get(each.card) != each)
    return [ev.DecisionsMade(decisions=decisions, old=old)] if changed else []


def acceptable(session: Session, cards: Sequence[str]) -> tuple[Decision, ...]:
    """Return the proposals of these cards that break no rule."""
    return tuple(
        each.model_copy(update={"provisional": bool(session.quorum_missing)})
        for each in proposals_for(session, cards)
        if not broken_rules(session, each.card, each.word)
    )


@handles(AcceptProposals)
def _accept(session: Session, command: AcceptProposals, _: CommandContext) -> list[Event]:
    for card in command.cards:
        require_card(session, card)
    cards = command.cards or _calm(session)
    decisions = acceptable(session, cards)
    if not decisions:
        raise SessionError(_nothing_acceptable(session, cards))
    return _made(session, decisions)


def _calm(session: Session) -> tuple[str, ...]:
    """Return the open cards but those that the room differs on and has not discussed."""
    differing = undiscussed(session)
    return tuple(card for card in session.undecided if card not in differing)


def _nothing_acceptable(session: Session, cards: Sequence[str]) -> str:
    if not session.undecided:
        return "Every card has its decision."
    if not cards:
        return "The room differs on what is left: discuss it first, or decide card by card."
    for card in cards:
        proposal = proposal_for(session, card)
        if proposal:
            rules = " and ".join(broken_rules(session, card, proposal.word))
            return f"No proposal can be accepted as it is: for {session.cards[card].title}, {rules}. Decide on it with a reason."
    if session.line is None and not has_capacity_data(session):
        return "Nothing is proposed until you say how many can start: draw the line with L, or decide card by card."
    return "There is no proposal for the cards that are left: decide card by card."
