"""How many have voted, in letters that the room reads from its last row, beside the list of voters."""

from __future__ import annotations

from sessions.rounds.words import voted_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.stages.bars import side_bars
from tui.stages.picture import Block, count_of, large, rows_left, stacked
from tui.widgets.lines import Lines

_LETTERS, _HUGE, _TALL = 7, 14, 40
"""The most rows of the count beside a list; twice as many, and the height that allows them."""


class VoteCount(Lines):
    """The count of votes, and a bar for each side."""

    _of: tuple[Session, Round] | None = None

    def follow(self, session: Session, round_: Round) -> None:
        """Show the count of a round."""
        self._of = session, round_
        self.on_resize()

    def on_resize(self) -> None:
        """Draw what fits."""
        width, height = self.content_size
        if self._of and width > 0 and height > 0:
            self.show_lines(_picture(*self._of, width, height))


def _picture(session: Session, round_: Round, width: int, height: int) -> Block:
    voters = session.voters()
    voted = sum(voter.id in round_.seals for voter in voters)
    bars, ink = side_bars(voted_by_side(session, round_), width, 2), "$success" if voted == len(voters) else "$foreground"
    told: Block = [(("have voted" if voted != 1 else "has voted", "bold $text-muted"),)]
    count = large(count_of(voted, len(voters)), ink, width, min(_HUGE if height >= _TALL else _LETTERS, rows_left([bars, told], height)))
    return stacked([[*count, (), *told], bars], height)
