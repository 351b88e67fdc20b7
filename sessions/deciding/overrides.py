"""The override ledger: every time the room overrode a rule, with the reason, in order (METHOD 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.deciding.words import WORD_NAMES
from sessions.record.events import DecisionWord, GroupOrderTaken
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import listed

_SOLO = "it had ballots of one side only"


@dataclass(frozen=True, slots=True)
class Override:
    """One override: what was done, against which rules, and why; `cards` if it is about cards."""

    what: str
    rules: tuple[str, ...]
    reason: str
    cards: tuple[str, ...] = ()


def overrides(session: Session) -> tuple[Override, ...]:
    """Return every override of a session; what was overridden for the same reason on several cards is one."""
    rounds = (each for round_ in session.rounds for each in _round(session, round_))
    return (*_quorum(session), *rounds, *_decisions(session), *_close(session))


def _quorum(session: Session) -> Iterator[Override]:
    if session.quorum_override:
        yield Override("The session went on without a quorum", (), session.quorum_override)


def _round(session: Session, round_: Round) -> Iterator[Override]:
    if round_.opened.override:
        yield Override(f"One more {round_.opened.method} was held", (), round_.opened.override)
    if round_.revealed and round_.revealed.override:
        rules = (_SOLO,) if round_.revealed.solo else ()
        yield Override(f"Ballot {session.ballot_number(round_.opened.round)} was revealed all the same", rules, round_.revealed.override)
    if isinstance(round_.outcome, GroupOrderTaken) and round_.outcome.override:
        yield Override(f"The order of ballot {session.ballot_number(round_.opened.round)} was taken", (_SOLO,), round_.outcome.override)
    if round_.answer:
        card = round_.opened.cards[0]
        yield Override("A decision was closed without consent", (), round_.answer, (card,))


def _decisions(session: Session) -> Iterator[Override]:
    cards: dict[tuple[DecisionWord, tuple[str, ...], str], list[str]] = {}
    for card in session.order:
        decision = session.decisions.get(card)
        if decision and decision.rules:
            cards.setdefault((decision.word, decision.rules, decision.override), []).append(card)
    for (word, rules, reason), which in cards.items():
        yield Override(f"Decided “{WORD_NAMES[word]}”", rules, reason, tuple(which))


def _close(session: Session) -> Iterator[Override]:
    if session.close_override:
        yield Override("The session was closed all the same", session.close_rules, session.close_override)


def override_clause(session: Session, override: Override) -> str:
    """Return an override without its reason: what, on which cards, although which rules."""
    titles = listed([session.cards[card].title if card in session.cards else card for card in override.cards])
    although = f", although {listed(override.rules)}" if override.rules else ""
    return f"{titles}: {override.what[0].lower()}{override.what[1:]}{although}" if titles else f"{override.what}{although}"
