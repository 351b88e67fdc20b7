"""Duels at the terminal (METHOD 3.5)."""

from __future__ import annotations

from sessions.record.events import RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.duel import SPEC, duel_of, what_if_result
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital
from tui.sides import looks
from tui.text import fit
from tui.voting.drawing.people_lines import heading
from tui.voting.methods.entry import NO_OPINION, NOTHING, CardList
from tui.voting.methods.view import MethodView, prose
from tui.widgets.listing import Line, Piece

_LABEL = 14


class DuelView(MethodView):
    """The duel."""

    spec = SPEC
    one_hand = True

    def how(self, opened: RoundOpened) -> str:
        """Return how a preference is typed."""
        return f"Type {' or '.join(map(str, opened.numbered.values()))}. Or: abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read the card preferred."""
        return Choice() if words in NOTHING or words == NO_OPINION else Choice(prefers=on.card(words))

    def hands_asked(self, session: Session, opened: RoundOpened) -> list[str]:
        """Return the question; the cards are listed."""
        return list(SPEC.question(opened).lines)

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw the hands by side, and which card is above the other now."""
        result = duel_of(round_)
        shown = looks((*session.sides, *result.hands))
        lower, upper = titles = [session.title_of(card) for card in round_.opened.cards]
        cells = max(8, (width - _LABEL) // 2)
        lines: list[Line] = [[Piece(" " * _LABEL), *[Piece(fit(f"“{title}”", cells - 2) + "  ", "muted", bold=True) for title in titles]]]
        for side, hands in result.hands.items():
            look = shown[side]
            name = f"{look.shape} {heading(side) if side else 'All voters'}"
            lines.append([Piece(fit(name, _LABEL), look.ink), *[Piece(fit(str(each), cells), bold=True) for each in (hands.lower, hands.upper)]])
        if round_.opened.what_ifs:
            told = what_if_result(round_)
            return [*lines, [], *prose(f"{capital(told)}.", width, bold=True)]
        went = f"“{lower}” goes above “{upper}”." if result.raised else f"“{lower}” stays below “{upper}”."
        return [*lines, [], *prose(went, width, "start" if result.raised else "text", bold=True)]

    def gave(self, session: Session, round_: Round, ballot: RevealedBallot) -> str:
        """Return the card preferred."""
        return f"“{session.title_of(ballot.prefers)}”"


VIEW = DuelView()
