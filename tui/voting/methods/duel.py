"""Duels at the terminal (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.record.events import RevealedBallot, RoundOpened
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.duel import SPEC, duel_of, parse_duel
from sessions.rounds.methods.hands import SideSize
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import plural
from tui.sides import looks
from tui.text import fit
from tui.voting.drawing.people_lines import heading
from tui.voting.methods.entry import NO_OPINION, NOTHING, CardList
from tui.voting.methods.view import MethodView, Raised, prose
from tui.widgets.listing import Line, Piece

_LABEL = 14


class DuelView(MethodView):
    """The duel."""

    spec = SPEC
    hands_help = "By side, hands for 1 : hands for 2"

    def how(self, opened: RoundOpened) -> str:
        """Return how a preference is typed."""
        return f"Type {' or '.join(map(str, opened.numbered.values()))}. Or: abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read the card preferred."""
        return Choice() if words in NOTHING or words == NO_OPINION else Choice(prefers=on.card(words))

    def hands_example(self, opened: RoundOpened, voters: int, place: int) -> str:
        """Return two counts."""
        first = -(-voters // 2) if place == 0 else voters // 4
        return f"{first}:{voters - first}"

    def hands_asked(self, session: Session, opened: RoundOpened) -> list[str]:
        """Return the question and both cards with their numbers."""
        return [*SPEC.question(opened).lines, *(f"{number} {session.title_of(card)}" for number, card in enumerate(opened.cards, 1))]

    def read_hands(self, text: str, seats: Sequence[SideSize], opened: RoundOpened, titles: Mapping[str, str]) -> Raised:
        """Read two counts by side."""
        lower, upper = opened.cards
        # The titles only name the cards in a refusal; two cards may share one, and what is read must not.
        parse_duel(text, seats, f"“{titles[lower]}”", f"“{titles[upper]}”")
        return {**parse_duel(text, seats, lower, upper)}

    def hands_line(self, raised: Sequence[int | str | None], seat: SideSize, opened: RoundOpened, titles: Mapping[str, str]) -> str:
        """Return the hands of a side for each card."""
        lower, upper = opened.cards
        ours, theirs = raised.count(lower), raised.count(upper)
        return f"{ours} for “{titles[lower]}”, {theirs} for “{titles[upper]}”; {ours + theirs} of {plural(seat.voices, 'voter')}."

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
        went = f"“{lower}” goes above “{upper}”." if result.raised else f"“{lower}” stays below “{upper}”."
        return [*lines, [], *prose(went, width, "start" if result.raised else "text", bold=True)]

    def gave(self, session: Session, round_: Round, ballot: RevealedBallot) -> str:
        """Return the card preferred."""
        return f"“{session.title_of(ballot.prefers)}”"


VIEW = DuelView()
