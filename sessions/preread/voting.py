"""How people will vote, as the pre-read says it: by the ballot that is open, or by the usual one."""

from __future__ import annotations

from sessions.record.events import RoundOpened
from sessions.rounds.words import ANNOUNCED, question
from sessions.state.session import Session
from sessions.voting.points import DEFAULT_BUDGET, ballot_cap
from sessions.wording import capital, plural, side_name


def how_to_vote(session: Session) -> list[str]:
    """Return the sentences on the vote."""
    round_ = session.open_round
    opened = round_.opened if round_ and round_.opened.asks_order else None
    lines = ["Everybody votes in silence, before the talk: first your own judgement, then the discussion."]
    if opened:
        lines += [*filter(None, _asked(opened)), ANNOUNCED[opened.anonymity]]
    else:
        cap = ballot_cap(len(session.order)) if session.order else DEFAULT_BUDGET
        lines += [
            f"Usually you spread {plural(DEFAULT_BUDGET, 'point')} over the cards, at most {cap} on one of them. Points may be left over.",
            ANNOUNCED["side"],
        ]
    sides = [side_name(side) for side in session.sides]
    if len(sides) == 2 and not (opened and opened.shares):
        first, second = sides
        lines.append(f"{capital(first)} and {second} count the same, however many people each side has.")
    if session.decider:
        lines.append(f"{session.role(session.decider)} decides, and votes last.")
    return [*lines, "You cannot come? Send a ballot ahead, or name a proxy of your side."]


def _asked(opened: RoundOpened) -> list[str]:
    asked = question(opened)
    until = f"You can vote until {opened.until}." if opened.until else ""
    return [asked.question, asked.rules, until]
