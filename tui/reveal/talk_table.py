"""The few cards to discuss as rows: the attention each needs, its place on each side's list, and the reason to discuss it (METHOD 4.4)."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.rounds.reveal import RevealResult, ToTalk
from sessions.state.session import Session
from tui.reveal.columns import Columns, below
from tui.reveal.order_table import drawn_spot
from tui.reveal.words import HANDS_TELL_NO_AGREEMENT, hundredths, own_share_words, talk_words
from tui.text import fit, fit_right, length
from tui.voting.methods.registry import order_view
from tui.voting.methods.view import bar
from tui.voting.quotes import quote_lines
from tui.voting.spots import spots_of
from tui.widgets.listing import Line, Piece

NOTHING_TO_TALK_ABOUT = "On every card the voters say the same."


_QUOTE_CELLS = 68


@dataclass(frozen=True, slots=True)
class _Below:
    """A line below a card."""

    pieces: tuple[Piece, ...]


class TalkTable:
    """The cards to discuss, each with the reason below it; red checks are above the reason."""

    def __init__(self, reading: RevealResult, session: Session) -> None:
        self.reading = reading
        self.session = session
        self.cards = reading.worth_talking
        self.spots = spots_of(reading, ready=True)
        self.rank = {card: place for place, card in enumerate(reading.order, 1)}
        self.longest = max((length(reading.title(card)) for card in reading.order), default=0)
        self.lines: list[ToTalk | _Below] = []
        for each in self.cards:
            self.lines += [each, *self._remarks(each)]

    def _remarks(self, each: ToTalk) -> list[_Below]:
        talked = talk_words(self.session, each.card)
        why = (Piece(f"{talked} ·", "start"), Piece(each.why, "muted")) if talked else (Piece(each.why),)
        own = own_share_words(self.reading.own_shares.get(each.card), self.reading.round.opened.cap)
        red = [_Below((Piece(f"! {flag}", "differ", bold=True),)) for flag in each.red]
        quotes = [_Below((Piece(line, "muted"),)) for line in quote_lines(self.reading.reasons, each.card, _QUOTE_CELLS)]
        return [*red, _Below(why), *quotes, *([_Below((Piece(own, "muted"),))] if own else [])]

    @property
    def values(self) -> list[str]:
        """Return the card of each line, empty for lines that cannot be selected."""
        return [line.card if isinstance(line, ToTalk) else "" for line in self.lines] or [""]

    def columns(self, width: int) -> Columns:
        """Return how a line is shared out."""
        words = order_view(self.reading.round.opened.method).words_beside
        return Columns(width, len(self.reading.order), self.longest, self.reading.sides, words=words)

    def heading(self, width: int) -> Line:
        """Draw the line above the rows."""
        columns, many = self.columns(width), len(self.cards)
        title = f"Discuss {'this card' if many == 1 else f'these {many} cards'}" if many else "Nothing to discuss"
        return columns.heading(title, " " * (columns.figure - 4) + ("attention" if columns.figures > columns.figure else "att."), self.reading.k)

    def line(self, place: int, width: int) -> Line:
        """Draw a line."""
        columns = self.columns(width)
        if not self.lines:
            return below(columns, Piece(HANDS_TELL_NO_AGREEMENT if self.reading.revealed.hands else NOTHING_TO_TALK_ABOUT, "start"))
        line = self.lines[place]
        return self._card(line, columns) if isinstance(line, ToTalk) else below(columns, *line.pieces)

    def _card(self, each: ToTalk, columns: Columns) -> Line:
        return [
            *columns.beginning(self.rank.get(each.card, 0), self.reading.title(each.card), bold=True),
            *_attention(each, columns),
            *drawn_spot(self.spots[each.card], columns),
            Piece(" " * columns.mark),
        ]


def _attention(each: ToTalk, columns: Columns) -> Line:
    line = [Piece(fit_right(hundredths(each.figures.attention), columns.figure), "differ")]
    room = columns.figures - columns.figure - 1
    if room > 0:
        line += [Piece(" "), Piece(fit(bar(int(each.figures.attention * 1000), 1000, room), room), "differ")]
    return line
