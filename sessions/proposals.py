"""The decision that the card itself suggests (METHOD 2.4), and the sentence that goes with every decision word.

The group only has to change the proposals that it disagrees with. Where nothing in the record speaks for a word, there is no proposal.
"""

from __future__ import annotations

from datetime import date

from sessions.portfolio.checks import chain, has_sponsor
from sessions.portfolio.models import Project, Team
from sessions.record.events import Decision, DecisionWord
from sessions.state import Session

WORD_NAMES: dict[DecisionWord, str] = {
    "continue": "Continue",
    "start": "Start",
    "start_after": "Yes, but not until",
    "hold": "On hold",
    "not_now": "Not now",
    "return": "Sent back",
    "stop": "Stopped",
    "done": "Done",
    "accept_below_target": "Accepted below target",
}
"""How each decision word is written for people."""

STARTS: frozenset[DecisionWord] = frozenset({"start", "start_after"})
COMES_BACK: frozenset[DecisionWord] = frozenset({"hold", "not_now", "return"})
"""Words that need the date on which the card comes back."""

Words = dict[str, DecisionWord | None]
"""Words by card; None where nothing speaks for one."""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Not strftime: its names follow the locale, and a record must read the same everywhere.


def day_month(day: date) -> str:
    """Give a date as people say it in a meeting: 17 Aug."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def week_name(session: Session, week: int) -> str:
    """Give a week with its Monday where the quarter's start is known: week 7 (17 Aug)."""
    monday = session.portfolio.week_date(week)
    return f"week {week} ({day_month(monday)})" if monday else f"week {week}"


def sentence_for(session: Session, word: DecisionWord, *, week: int | None = None, until: str = "", missing: str = "", why: str = "") -> str:
    """Give the sentence of a decision. `week` counts from 1, `until` is an ISO date."""
    tail = f" {why}" if why else ""
    match word:
        case "continue":
            return f"Continue.{tail}"
        case "start":
            return f"Start in week {week or 1}.{tail}"
        case "start_after":
            return f"Yes, but not before {week_name(session, week or 1)}{f': {why}' if why else '.'}"
        case "hold" | "not_now" | "return":
            needs = f": needs {missing}" if missing else ""
            return f"{WORD_NAMES[word]} until {until}{needs}.{tail}"
        case "stop":
            return f"Stopped: a new card is needed to bring it back.{tail}"
        case "done":
            return f"Done, and in use as promised.{tail}"
        case "accept_below_target":
            return f"Accepted below target.{tail}"


def lacks_sponsor(session: Session, card: Project) -> str:
    """Give why a card has no sponsor who could answer for it, or an empty text (K-SPONSOR, K-SPONSOR-LEFT)."""
    if not card.sponsor:
        return "it has no sponsor"
    return "" if has_sponsor(card) else f"its sponsor, {card.sponsor}, is not there any more"


def speaks_of_sponsors(session: Session) -> bool:
    """Say whether any card names a sponsor. Where none does, the lack of one is a gap, not a wall."""
    return any(card.sponsor for card in session.cards.values())


def sponsor_away(session: Session, card: Project) -> str:
    """Give why the sponsor cannot accept a start in this room, or an empty text (K-SPONSOR-AWAY)."""
    roles = {person.role.casefold(): person.id for person in session.people.values()}
    if not any(each.sponsor.casefold() in roles for each in session.cards.values()):
        # Sponsors are departments or names here, not people of this session: nobody can be said to be away.
        return ""
    if not session.is_there(roles.get(card.sponsor.casefold(), "")):
        return f"its sponsor, {card.sponsor}, is neither present nor represented"
    return ""


def propose(session: Session, card_id: str) -> Decision | None:
    """Give the decision that the card suggests, or None where nothing speaks for one."""
    card = session.cards[card_id]
    word, fields = _proposed(session, card, _words_of_needs(session, card_id))
    if word is None:
        return None
    return _decision(session, card, word, fields)


def _decision(session: Session, card: Project, word: DecisionWord, fields: dict[str, str | int]) -> Decision:
    week = fields.get("week")
    values = {name: str(fields.get(name, "")) for name in ("until", "missing", "why")}
    sentence = sentence_for(session, word, week=int(week) if week else None, **values)
    return Decision(
        card=card.id,
        word=word,
        sentence=sentence,
        owner=card.sponsor if word in COMES_BACK and not lacks_sponsor(session, card) else card.it_partner if word in COMES_BACK else "",
        week=int(week) if week else None,
        until=values["until"],
        missing=values["missing"],
        why=values["why"],
        proposed=True,
    )


def _proposed(session: Session, card: Project, words: Words) -> tuple[DecisionWord | None, dict[str, str | int]]:
    back = {"until": session.next_session.isoformat()} if session.next_session else {}
    if card.state == "in_flight":
        return "continue", {"week": 1}
    missing = _missing(session, card)
    if missing:
        return "return", {**back, "missing": " and ".join(missing)}
    empty = next((team.name for team in _teams(session, card) if team.people == 0 and not team.by_week), "")
    if empty:
        return "hold", {**back, "missing": "capacity", "why": f"Not before someone is found for {empty}: it has no people."}
    for need in card.needs:
        word = words.get(need)
        if word in COMES_BACK or word == "stop":
            return "not_now", {**back, "why": f"Waits for {_named(session, need)}, which is not planned."}
        if word not in ("continue", "done", "accept_below_target"):
            # It starts after its need ends, and that week is not known without a plan: the room gives it.
            return None, {}
    if card.earliest_week > 1:
        return "start_after", {"week": card.earliest_week, "why": "the card itself cannot start earlier."}
    return "start", {"week": 1}


def _named(session: Session, card: str) -> str:
    return f"#{session.rank(card)} {session.cards[card].title}" if card in session.cards else card


def _words_of_needs(session: Session, card_id: str) -> Words:
    """Give the word of every card that this one waits for, however far; cards that wait for each other have none."""
    # A stack of its own, and every card looked at once: a long row of needs is deeper than Python's stack, a mesh has endless ways.
    words: Words = {}
    begun = {card_id}
    stack = list(session.cards[card_id].needs)
    while stack:
        here = stack[-1]
        if here in words:
            stack.pop()
        elif here in session.decisions or here not in session.cards or session.cards[here].state == "done":
            words[here] = _settled(session, here)
        elif following := [need for need in session.cards[here].needs if need not in words and need not in begun and need != here]:
            begun.add(here)
            stack += following
        else:
            words[here] = _proposed(session, session.cards[here], words)[0]
    return words


def _settled(session: Session, card_id: str) -> DecisionWord | None:
    if card_id in session.decisions:
        return session.decisions[card_id].word
    if card_id in session.cards:
        return "done"
    return "stop" if card_id in session.withdrawn else None


def _teams(session: Session, card: Project) -> list[Team]:
    teams = {team.id: team for team in session.portfolio.teams}
    return [teams[work.team] for work in card.work if work.team in teams]


def _missing(session: Session, card: Project) -> list[str]:
    """Give what a card must get before it can start. A portfolio that never speaks of sponsors or benefits is not nagged about them."""
    missing = []
    cards = session.cards.values()
    if lacks_sponsor(session, card) and speaks_of_sponsors(session):
        missing.append("a sponsor")
    if chain(card) < 2 and any(each.benefit.text or each.benefit.monthly for each in cards):
        missing.append("a benefit in business terms")
    return missing
