"""The list of a reveal: the few cards to discuss, each with its sentence, and below them the group's order with its line."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.record.events import Tally, Weighting
from sessions.rounds.reveal import RevealResult, ToTalk
from sessions.rounds.reveal_words import line_reason, one_ballot_words
from sessions.state.session import Session
from tui.reveal.columns import Columns, OrderRow
from tui.reveal.figures import Figures
from tui.reveal.words import HANDS_TELL_NO_AGREEMENT, own_share_words, talk_words
from tui.sides import ALL, looks
from tui.text import fit, length, wrap
from tui.themes import Ink
from tui.voting.spots import Spots
from tui.widgets.listing import Line, Piece

NOTHING_TO_TALK_ABOUT = "Nothing to discuss: on every card all voters say the same."
IN_ORDER = "order "
"""How the value of a line of the order begins; the value of a card to discuss is its id alone."""
_MOST_LINES = 4
_BETWEEN = 3
_MOST_REASONS = 3


class RevealSheet:
    """The lines of a reveal in a width. Cards of the order are drawn when they come into view: there may be thousands."""

    def __init__(self, reading: RevealResult, session: Session, weighting: Weighting, width: int, *, roomy: bool, figures: bool = False) -> None:
        self.reading, self.session, self.roomy, self.width = reading, session, roomy, width
        self.tally = reading.tally(weighting)
        self.by_sides = weighting == "sides"
        self.ready = reading.ready
        self.spots = Spots(reading, ready=self.ready)
        self.talked = session.discussed
        order = self.tally.order if self.tally else ()
        longest = max((length(reading.title(card)) for card in order), default=0)
        self.columns = Columns(width, len(order), longest, reading.sides)
        self.figures = Figures(reading, width, len(order), longest) if figures else None
        self.values: list[str] = []
        self._lines: list[Line | OrderRow] = []
        if self.tally:
            self._add_talk(reading.worth_talking if self.ready else ())
            self._add_order(self.tally)

    def line(self, place: int, _width: int) -> Line:
        """Draw a line."""
        line = self._lines[place]
        if not isinstance(line, OrderRow):
            return line
        if self.figures:
            return self.figures.row(line)
        return self.columns.card(line.rank, line.title, self.spots.of(line.card), bold=line.rank <= self.reading.k, talked=line.talked)

    def _add(self, line: Line | OrderRow, value: str = "") -> None:
        self._lines.append(line)
        self.values.append(value)

    def _add_words(self, text: str, ink: Ink = "text", *, bold: bool = False) -> None:
        """Add a sentence below a card, whole, however many lines it takes."""
        lead = " " * self.columns.lead
        for line in wrap(text, self.width - self.columns.lead, _MOST_LINES) if text else ():
            self._add([Piece(lead), Piece(line, ink, bold=bold)])

    # --- the cards to discuss

    def _add_talk(self, cards: Sequence[ToTalk]) -> None:
        if not self.ready:
            return
        if not cards:
            self._add([Piece(HANDS_TELL_NO_AGREEMENT if self.reading.revealed.hands else NOTHING_TO_TALK_ABOUT, "start", bold=True)])
        else:
            title = f"Talk about {'this one' if len(cards) == 1 else f'these {len(cards)}'}."
            self._add((self.figures or self.columns).heading(title, "differ"))
        rank = {card: place for place, card in enumerate(self.tally.order if self.tally else (), 1)}
        for each in cards:
            self._add_card(each, rank.get(each.card, 0))
            self._add_gap()
        if not cards:
            self._add_gap()

    def _add_gap(self) -> None:
        if self.roomy:
            self._add([])

    def _add_card(self, each: ToTalk, rank: int) -> None:
        title = self.reading.title(each.card)
        if self.figures:
            self._add(self.figures.talk(each, rank, title), each.card)
        else:
            self._add(self.columns.card(rank, title, self.spots.of(each.card), bold=True, talked=each.card in self.talked), each.card)
        for line in (self.figures or self.columns).more(title, bold=True):
            self._add(line)
        for flag in each.red:
            self._add_words(f"! {flag}", "differ", bold=True)
        self._add_why(each)
        self._add_words(own_share_words(self.reading.own_shares.get(each.card), self.reading.round.opened.cap), "muted")

    def _add_why(self, each: ToTalk) -> None:
        """Add how many want it; beside it or below it what became of its discussion, and what the outliers wrote."""
        shown = looks(self.reading.sides)
        asides: list[list[Piece]] = []
        if talked := talk_words(self.session, each.card):
            asides.append([Piece(talked, "start")])
        wrote = [reason for reason in self.reading.reasons if reason.card == each.card]
        for reason in wrote[:_MOST_REASONS]:
            look, told = shown.get(reason.side, ALL), f"“{reason.text}” {reason.who}"
            asides.append([Piece(f"{look.shape} ", look.ink), Piece(fit(told, length(told)), "muted")])
        if len(wrote) > _MOST_REASONS:
            asides.append([Piece(f"and {len(wrote) - _MOST_REASONS} more in the summary", "muted")])
        room = self.width - self.columns.lead - length(each.why) - _BETWEEN
        if asides and sum(length(piece.text) for piece in asides[0]) <= room:
            self._add([Piece(" " * self.columns.lead), Piece(f"{each.why}{' ' * _BETWEEN}"), *asides.pop(0)])
        else:
            self._add_words(each.why)
        for aside in asides:
            self._add_words("".join(piece.text for piece in aside), aside[-1].ink)

    # --- the order

    def _add_order(self, tally: Tally) -> None:
        shape = self.figures or self.columns
        self._add(shape.heading("The group's order", "focus"))
        board = self.session.ranks
        k = self.reading.k
        for rank, card in enumerate(tally.order, 1):
            row = OrderRow(card, self.reading.title(card), rank, board.get(card), tally, card in self.talked)
            self._add(row, f"{IN_ORDER}{card}")
            for line in shape.more(row.title, bold=rank <= k):
                self._add(line)
            if self.by_sides and self.reading.one_ballot_known:
                self._add_words(one_ballot_words(self.reading, card), "wait")
            if rank == k < len(tally.order):
                self._add_line()

    def _add_line(self) -> None:
        """Add the line below the first K, with the reason why it is there."""
        words = f"── {line_reason(self.reading) if self.ready else f'the first {self.reading.k}'}"
        self._add([Piece(fit(words, min(self.width, length(words))), "focus"), Piece(f" {'─' * max(0, self.width - length(words) - 1)}", "focus")])


def card_of(value: str) -> str:
    """Return the card of a line's value."""
    return value.removeprefix(IN_ORDER)
