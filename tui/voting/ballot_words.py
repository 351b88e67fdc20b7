"""What an open round says, in words: its name, its rules, who has voted. Nothing here knows anyone's choice."""

from __future__ import annotations

from textual.content import Content

from sessions.portfolio.models import Participant
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.words import ANNOUNCED, provisional, sides_in, voted_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital, listed, plural, side_name, tenths
from tui.sides import looks, shaped_name, sides_of
from tui.text import plain

SECRET = "Nothing is shown before the reveal."
HOST = "Until then the ballots are in a file that only this computer's user can read."


def rules(session: Session, round_: Round) -> str:
    """Return what a voter may give, how the sides are weighed, and what is not voted on."""
    opened = round_.opened
    parts = [spec_of(opened.method).rules(session, round_)]
    if opened.shares:
        parts.append("weights " + " : ".join(f"{side_name(side)} {share}" for side, share in opened.shares))
    parts += [f"until {opened.until}"] if opened.until else []
    return " · ".join([*parts, *_left_off(session, round_)])


def _left_off(session: Session, round_: Round) -> list[str]:
    if not round_.opened.asks_order:
        return []
    must = tuple(card for card in session.order if session.cards[card].must and card not in round_.opened.cards)
    return [taken_weeks(session, must).rstrip(".")] if must else []


def announced(round_: Round) -> Content:
    """Return the announcement of what the reveal will show; it stays visible until then."""
    return Content.assemble((f"{SECRET} ", "$text-muted"), ANNOUNCED[round_.opened.anonymity])


def asides(session: Session, round_: Round, voice: Participant) -> list[str]:
    """Return the notes on a voter: seat, proxy, and how the ballot came in."""
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
    named = f"“{session.cards[must[0]].title}”" if len(must) == 1 else plural(len(must), "must card")
    return f"Not on the ballot: {named}, whose {weeks} person-week{'' if weeks == '1' else 's'} are taken."


def voted(session: Session, round_: Round) -> str:
    """Return how many have voted, of all and of each side."""
    voters = session.voters()
    count = sum(voter.id in round_.seals for voter in voters)
    told = f"{count} of {len(voters)} {'has' if count == 1 else 'have'} voted"
    return told if "" in voted_by_side(session, round_) else f"{told}: {sides_in(session, round_)}"


def missing(session: Session, round_: Round) -> Content:
    """Return who has not voted yet, by side, for the facilitator's own screen."""
    voters = session.voters()
    left = [voter for voter in voters if voter.id not in round_.seals]
    if not left:
        return Content("Every voter has voted.")
    parts: list[str | tuple[str, str]] = [(f"{len(left)} of {plural(len(voters), 'voter')} to vote", "bold")]
    shown = looks(sides_of(voters))
    for side in sides_of(left):
        parts.append((f"\n\n{shaped_name(side, shown[side])}", shown[side].style))
        for voter in left:
            aside = " · ".join(asides(session, round_, voter))
            parts += [f"\n  {plain(voter.role)}", (f"  {plain(aside)}" if aside else "", "$text-muted")] if voter.side == side else []
    return Content.assemble(*parts)


def reveal_lines(session: Session, round_: Round, obstacles: tuple[str, ...], *, names: bool) -> list[str]:
    """Return what a reveal does now: who is in, who is not (with `names`, if the screen shows who votes), what speaks against it."""
    missing = [voter.role for voter in session.voters() if voter.id not in round_.seals]
    lines = [f"Voted: {sides_in(session, round_)}."]
    told = f"{listed(missing)}." if names else f"{len(missing)}. esc, then m names them."
    lines.append(f"Not voted yet (will not count): {told}" if missing else "Every voter has voted.")
    lines += [f"Against it: {listed(list(obstacles))}."] if obstacles else provisional(session)
    return [*lines, "", ANNOUNCED[round_.opened.anonymity], "All ballots are opened together. This cannot be undone."]


def welcome(session: Session) -> Content:
    """Return what will happen, while no ballot is open."""
    if session.closed:
        return Content.assemble(("No ballot is open.\n\n", "bold"), "The session is closed; its replay shows what was revealed.")
    voters = session.voters()
    if not voters or not session.order:
        lack = "No one has a vote yet: add people first (m on the board)." if not voters else "There is no card to vote on yet."
        return Content.assemble(("No ballot is open.\n\n", "bold"), lack)
    same = listed([side_name(side) for side in session.sides])
    weighed = f" {capital(same)} count the same." if len(session.sides) > 1 else ""
    vote = "person votes" if len(voters) == 1 else "people vote"
    return Content.assemble(
        (f"{len(voters)} {vote} in silence on {plural(len(session.order), 'card')}.{weighed}\n\n", "bold"),
        f"{SECRET} {HOST}\n\n",
        ("enter", "bold $accent"),
        " opens the ballot",
        ("\nr", "bold $accent") if session.round else "",
        "     shows the latest reveal again" if session.round else "",
    )
