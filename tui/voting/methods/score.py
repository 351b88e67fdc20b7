"""Score rounds at the terminal (METHOD 3.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sessions.record.events import RoundOpened
from sessions.rounds.methods.card import parse_scores
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.hands import SideSize
from sessions.rounds.methods.revealed import scores_by_side, shares_of, weighting_of
from sessions.rounds.methods.score import NOT_A_SCORE, SPEC
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.scores import HIGHEST, tally_scores
from sessions.wording import mean_name, plural
from tui.text import fit
from tui.voting.drawing.fingers import SCORE, fingers, label_cells
from tui.voting.methods.entry import FIGURE, NO_OPINION, NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import MethodView, Raised, examples, prose
from tui.widgets.listing import Line, Piece


class FiguresView(MethodView):
    """What score and consent rounds share: hands that show figures from 0 to 5."""

    hands_help = "By side, 0 to 5 per hand, - for no opinion"

    def hands_example(self, opened: RoundOpened, voters: int, place: int) -> str:
        """Return some figures."""
        return " ".join(("44352", "33-")[place][:voters])

    def read_hands(self, text: str, seats: Sequence[SideSize], opened: RoundOpened, titles: Mapping[str, str]) -> Raised:
        """Read figures by side."""
        return {**parse_scores(text, seats)}

    def hands_line(self, raised: Sequence[int | str | None], seat: SideSize, opened: RoundOpened, titles: Mapping[str, str]) -> str:
        """Return the figures of a side with their mean."""
        given = [each for each in raised if isinstance(each, int)]
        mean = tally_scores({seat.side: given}, "person").means.get(seat.side)
        parts = [" ".join(str(each) for each in given)] if given else []
        parts += [f"mean {mean_name(mean)}"] if mean is not None else []
        parts += [f"{len(raised) - len(given)} without an opinion"] if len(given) < len(raised) else []
        return f"{', '.join(parts)}; {len(raised)} of {plural(seat.voices, 'voter')}."


class ScoreView(FiguresView):
    """The score round."""

    spec = SPEC

    def how(self, opened: RoundOpened) -> str:
        """Return how scores are typed."""
        pairs = ", ".join(f"{card} {score}" for card, score in zip(examples(opened), (4, 2), strict=False))
        return f"Type {f'card and score: {pairs}' if len(opened.cards) > 1 else '0 to 5'}. Or: - for no opinion, abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read a score, or pairs of a card and its score."""
        if words in NOTHING:
            return Choice(scores={})
        alone = on.opened.cards[0] if len(on.opened.cards) == 1 and FIGURE.fullmatch(words) else ""
        given = {alone: words} if alone else on.amounts(text)
        scores = {card: figure(each) for card, each in given.items() if each != NO_OPINION}
        if any(not 0 <= score <= HIGHEST for score in scores.values()):
            raise EntryRefusedError(NOT_A_SCORE)
        return Choice(scores=scores)

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw the scores of each card by side."""
        cards, lines = round_.opened.cards, list[Line]()
        for card in cards:
            result = tally_scores(scores_by_side(round_, card), weighting_of(round_), shares_of(round_))
            lines += [[], *prose(session.title_of(card), width, bold=True)] if len(cards) > 1 else []
            lines += fingers(SCORE, result.counts, result.means, width)
            together = [Piece(fit("together", label_cells(SCORE, width)), "muted"), Piece(mean_name(result.group or Fraction()), bold=True)]
            lines += [together] if result.group is not None else []
            silent = sum(result.no_opinion.values())
            lines += prose(f"{plural(silent, 'voter')} had no opinion.", width, "muted") if silent else []
        return lines


VIEW = ScoreView()
