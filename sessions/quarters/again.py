"""What a room votes on again, after an earlier session: what is new, what changed, and what was put off until now; or all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from sessions.portfolio.checks import stale_sentence
from sessions.quarters.belonging import ago_words, belonging, short_quarter
from sessions.quarters.changes import edited_cards
from sessions.quarters.look_back import promise_words
from sessions.record.events import Matched
from sessions.state.session import Session

Again = Literal["new", "changed", "due"]


class Mark(NamedTuple):
    """What a card brings along from the earlier session, in words: another rank it had there, why it is back, and that nothing moved (K-STALE)."""

    ranked: str = ""
    back: str = ""
    stale: str = ""


def again(session: Session) -> Mapping[Again, tuple[str, ...]]:
    """Return the cards of each reason to vote again, by rank: none of what was delivered. Nothing without an earlier session."""
    past = session.past
    if past is None:
        return {}
    its, came = belonging(session), session.brought
    edited = edited_cards(session)
    tests: Mapping[Again, Callable[[str], bool]] = {
        "new": lambda card: card not in its,
        "changed": lambda card: card in its and (card in edited or came.get(card, session.cards[card]) != session.cards[card]),
        "due": lambda card: card in its and bool(its[card].back),
    }
    on_board = [card for card in session.order if card not in session.delivered]
    return {reason: tuple(filter(test, on_board)) for reason, test in tests.items()}


def vote_again(session: Session) -> tuple[str, ...]:
    """Return the cards that are new, changed or due, by rank."""
    wanted = {card for cards in again(session).values() for card in cards}
    return tuple(card for card in session.order if card in wanted)


def marks(session: Session) -> Mapping[str, Mark]:
    """Return what the cards of the board bring along, by card."""
    past = session.past
    if past is None:
        return {}
    ranks = {card: rank for rank, card in enumerate(past.order, 1)}
    quarter = past.quarter or past.title
    promised = {each.card: promise_words(past, each) for each in past.decisions if each.word == "start_after"}
    named, ago = short_quarter(quarter, session.quarter), ago_words(quarter, session.quarter)
    its = belonging(session)
    # Places are counted among the cards that came along: what was delivered or is new moves no other card.
    came = dict.fromkeys(its[card].was for card in session.first_ranks if card in its)
    kept = {was for was, then in zip(came, filter(came.__contains__, past.order), strict=False) if was == then}

    def mark(each: Matched) -> Mark:
        rank = f"ranked {ranks[each.was]} in {named}{f', {ago}' if ago else ''}" if each.was in ranks and each.was not in kept else ""
        back = f"back from {quarter}: {each.back}" if each.back else ""
        if each.was in promised and not back and session.cards[each.card].state == "new":
            rank = ", ".join(filter(None, [rank, f"promised {promised[each.was]}"]))
        return Mark(rank, back, stale_sentence(session.cards[each.card], each.still))

    return {card: mark(each) for card, each in its.items()}


def hides_ranks(session: Session) -> bool:
    """Return whether the room votes, so that no earlier rank is shown (METHOD 2.5)."""
    round_ = session.open_round
    return session.phase == "vote" or (round_ is not None and round_.opened.asks_order)
