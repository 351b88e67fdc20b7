"""Score rounds at the terminal (METHOD 3.4)."""

from __future__ import annotations

from fractions import Fraction

from sessions.record.events import RoundOpened
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.revealed import scores_by_side, shares_of, weighting_of
from sessions.rounds.methods.score import NOT_A_SCORE, SPEC
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.scores import HIGHEST, tally_scores
from sessions.wording import mean_name, plural
from tui.text import fit
from tui.voting.drawing.fingers import SCORE, fingers, label_cells
from tui.voting.methods.entry import FIGURE, NO_OPINION, NOTHING, CardList, EntryRefusedError, figure
from tui.voting.methods.view import MethodView, examples, prose
from tui.widgets.listing import Line, Piece


class ScoreView(MethodView):
    """The score round."""

    spec = SPEC
    hands_scale = SCORE

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
