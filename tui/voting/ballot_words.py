"""What an open round says, in words: its name, its rules, who has voted. Nothing here knows a choice."""

from __future__ import annotations

from textual.content import Content

from sessions.imports.hands import SideSize
from sessions.portfolio.models import Participant
from sessions.record.events import ORDER_METHODS
from sessions.replay.card_changes import title_of
from sessions.rounds.card_rounds import score_number
from sessions.state.session import ANNOUNCED, Round, Session
from sessions.wording import counted, listed, side_name, tenths

SECRET = "Nothing is shown before the reveal."
HOST = "Until then the ballots are kept in a file that only this computer's user can read."
DEFAULTS = "points or a ranking, told by side, with equal weight for the sides"


def heading(session: Session, round_: Round) -> str:
    """Name an open round: Score round 1 on “CRM”."""
    opened = round_.opened
    titles = [f"“{title}”" for title in titles_of(session, round_).values()]
    match opened.method:
        case "points" | "ranking":
            name = "Ballot of points" if opened.method == "points" else "Ranking"
            number = session.ballot_number(opened.round)
            return f"{name} {number}" if number > 1 else name
        case "score":
            return f"Score round {score_number(session, opened)} on {titles[0] if len(titles) == 1 else counted(len(titles), 'card')}"
        case "duel":
            return f"Duel: {titles[0]} above {titles[1]}?"
        case "consent":
            return f"Consent on {titles[0]}"


def titles_of(session: Session, round_: Round) -> dict[str, str]:
    """Return the titles of a round's cards by id. A card that was withdrawn has left the ballot of an order; elsewhere the round is about it."""
    cards = round_.opened.cards
    if round_.opened.method in ORDER_METHODS:
        return {card: session.cards[card].title for card in cards if card in session.cards}
    return {card: title_of(session, card) for card in cards}


def sides_in(session: Session, round_: Round) -> str:
    """Return how many voices of each side are in: business 3/6 · IT 2/5."""
    voices = {side: session.voices(side) for side in session.sides}
    return " · ".join(f"{side_name(side)} {sum(voice.id in round_.seals for voice in its)}/{len(its)}" for side, its in voices.items())


def rules(session: Session, round_: Round) -> str:
    """Return what a voice may give, how the sides are weighed, and what is not voted on."""
    opened = round_.opened
    match opened.method:
        case "points":
            parts = [_cards(session, round_), f"{counted(opened.budget, 'point')} a voice, at most {opened.cap} on one card"]
        case "ranking":
            parts = [_cards(session, round_), f"each voice ranks up to {opened.limit}" if opened.limit else "each voice ranks as many as it likes"]
        case "score":
            parts = ["How much does this move our top objectives? 0 to 5"]
        case "duel":
            lower, upper = opened.cards
            parts = [f"#{_rank(session, lower)} and #{_rank(session, upper)}; a tie keeps the order"]
        case "consent":
            parts = [f"“{opened.about}”", "0 objects, 5 agrees fully"]
    if opened.shares:
        parts.append("weights " + " : ".join(f"{side_name(side)} {share}" for side, share in opened.shares))
    return " · ".join([*parts, *_left_off(session, round_)])


def _cards(session: Session, round_: Round) -> str:
    """Return how many cards can be voted on, and how many have left the ballot since it was opened."""
    left = len(titles_of(session, round_))
    gone = len(round_.opened.cards) - left
    return f"{counted(left, 'card')} ({gone} withdrawn since)" if gone else counted(left, "card")


def _rank(session: Session, card: str) -> str:
    return str(session.rank(card)) if card in session.order else "–"


def _left_off(session: Session, round_: Round) -> list[str]:
    if round_.opened.method not in ORDER_METHODS:
        return []
    must = tuple(card for card in session.order if session.cards[card].must and card not in round_.opened.cards)
    return [taken_weeks(session, must).rstrip(".")] if must else []


def announced(round_: Round) -> Content:
    """Return what is told after the reveal: it was announced before the first ballot, and stays in sight until then."""
    return Content.assemble((f"{SECRET} ", "$text-muted"), ANNOUNCED[round_.opened.anonymity])


def asides(session: Session, round_: Round, voice: Participant) -> list[str]:
    """Return of a voice what its ballot's coming depends on: its seat, who speaks for it, how it came in."""
    entered = round_.entered.get(voice.id)
    proxy = session.role(session.proxies.get(voice.id, ""))
    there = {"away": "away", "proxy": f"spoken for by {proxy}" if proxy else ""}.get(session.presence.get(voice.id, ""), "")
    came = ""
    if entered and entered.way == "proxy":
        there, came = "", f"entered by {session.role(entered.entered_by)}"
    elif entered and entered.way == "file":
        came = "from a file"
    seat = "decides, votes last" if voice.id == session.decider else "facilitates, votes" if voice.seat == "facilitator" else ""
    return [each for each in (seat, there, came) if each]


def taken_weeks(session: Session, must: tuple[str, ...]) -> str:
    """Return which work is not voted on, in person-weeks."""
    effort = sum(work.effort for card in must if card in session.cards for work in session.cards[card].work)
    weeks = tenths(effort)
    named = f"“{session.cards[must[0]].title}”" if len(must) == 1 else counted(len(must), "must card")
    return f"Not on the ballot: {named}, whose {weeks} person-week{'' if weeks == '1' else 's'} are taken."


def not_in(session: Session, round_: Round) -> list[str]:
    """Return the roles of the voices that are not in."""
    return [voice.role for voice in session.voices() if voice.id not in round_.seals]


def reveal_lines(session: Session, round_: Round, obstacles: tuple[str, ...]) -> list[str]:
    """Return what a reveal does now: who is in, who is not, what speaks against it."""
    missing = not_in(session, round_)
    lines = [f"In: {sides_in(session, round_)}."]
    lines.append(f"Not in, and not counted: {listed(missing)}." if missing else "Every voice is in.")
    lines += [f"Against it: {listed(list(obstacles))}."] if obstacles else _provisional(session)
    return [*lines, "", ANNOUNCED[round_.opened.anonymity], "All ballots are opened at once. This cannot be taken back."]


def hands_lines(session: Session, understood: list[str]) -> list[str]:
    """Return what counting these hands does."""
    return [*understood, *_provisional(session), "", "They are counted and shown at once. This cannot be taken back."]


def _provisional(session: Session) -> list[str]:
    lacking = listed([side_name(side) for side in session.quorum_missing])
    return [f"There is no quorum of {lacking}: the result is marked provisional."] if lacking else []


def seats(session: Session) -> list[SideSize]:
    """Return the sides with their voices, as hands are typed."""
    return [SideSize(side, len(session.voices(side))) for side in session.sides]


def welcome(session: Session) -> Content:
    """Return what will happen, while no ballot is open."""
    if session.closed:
        return Content.assemble(("No ballot is open.\n\n", "bold"), "The session is closed; what was revealed is told by its replay.")
    voices = listed([f"{seat.voices} {side_name(seat.side)}" for seat in seats(session)])
    if not voices or not session.order:
        lack = "Nobody has a vote yet: add people first (m on the board)." if not voices else "There is no card to vote on yet."
        return Content.assemble(("No ballot is open.\n\n", "bold"), lack)
    who = f"Each of {counted(len(session.voices()), 'voice')} ({voices}) votes on {counted(len(session.order), 'card')} in silence: {DEFAULTS}, "
    return Content.assemble(
        ("No ballot is open.\n\n", "bold"),
        f"{who}unless the room wants it otherwise. What is told after the reveal is announced before the first ballot.\n\n",
        f"{SECRET} {HOST}\n\n",
        ("enter", "bold $accent"),
        " opens the ballot",
        ("\nr", "bold $accent") if session.round else "",
        "     shows the latest reveal again" if session.round else "",
    )
