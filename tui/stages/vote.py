"""How many have voted: counts alone, without names and without anyone's choice."""

from __future__ import annotations

from sessions.rounds.words import ANNOUNCED, heading, question, voted_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.stages.bars import of_sides, side_bars
from tui.stages.picture import LETTER, TALL, Block, blank, count_of, headed, large, line, phase_clock, rows_left, stacked, titled
from tui.text import wrap


def vote_picture(session: Session, round_: Round, elapsed: int, width: int, height: int) -> Block:
    """Draw how many of the voters are in, by side, what is asked and what will be shown afterwards."""
    voters = session.voters()
    voted = sum(voter.id in round_.seals for voter in voters)
    head = titled(session, heading(session, round_.opened), elapsed, width, height)
    asked: Block = [line(each, "bold", width) for each in question(round_.opened).lines[:2]]
    told = [line(each, "$text-muted", width) for each in wrap(ANNOUNCED[round_.opened.anonymity], width, 2)]
    bars = side_bars(voted_by_side(session, round_), width, 2 if height >= TALL else 1)
    words = "have voted" if voted < len(voters) else "All have voted"
    below = blank(LETTER if height >= TALL else 1)
    room = rows_left([head, below, bars, [*asked, *told]], height)
    count = large(count_of(voted, len(voters)), "$foreground", width, room) if voted < len(voters) else large(words, "$success", width, room)
    state = large(words, "$text-muted", width, len(below)) if voted < len(voters) else []
    return stacked([head, [*count, (), *state] if state else count, bars, [*asked, *told]], height)


def before_the_vote(session: Session, elapsed: int, width: int, height: int) -> Block:
    """Draw what a vote asks of the room, before one is open."""
    voters = session.voters()
    head = headed([line("The vote", "bold $accent", width)], phase_clock(session, elapsed), width, height)
    told = [line(each, "bold", width) for each in wrap("Everybody votes alone and in silence. Nothing is shown before the reveal.", width, 2)]
    count = "1 person votes" if len(voters) == 1 else f"{len(voters)} people vote"
    bars = side_bars(of_sides(session, session.voters_here), width, 2 if height >= TALL else 1, " here")
    room = min(9, rows_left([head, bars, told], height))
    return stacked([head, large(count, "$foreground", width, room), bars, told], height)
