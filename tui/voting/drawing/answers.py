"""Answers to questions as a drawing: a bar of the mean for each side below each question."""

from __future__ import annotations

from sessions.rounds.methods.questions import QuestionSpec
from sessions.state.rounds import Round
from sessions.voting.answers import means
from sessions.wording import mean_name, plural
from tui.sides import looks
from tui.text import fit, wrap
from tui.voting.drawing.people_lines import heading
from tui.widgets.listing import Line, Piece

_LABEL, _FIGURE, _WIDEST = 14, 5, 40


def answer_lines(spec: QuestionSpec, round_: Round, width: int) -> list[Line]:
    """Return every question of a revealed round with its means, or with its counts if it is not scored."""
    lines: list[Line] = []
    given = spec.given(round_)
    for asked in spec.asked_in(round_.opened):
        result = means(given[asked.id])
        lines += [[], *([Piece(line, bold=True)] for line in wrap(asked.text, width, 3))]
        if not asked.scored:
            lines += _counts(given[asked.id], asked.words, width)
            continue
        if result.together is None:
            lines.append([Piece("no answer", "muted")])
            continue
        apart = {side: mean for side, mean in result.by_side.items() if side}
        shown = looks(apart)
        cells = max(4, min(_WIDEST, width - _LABEL - _FIGURE))
        for side, mean in apart.items():
            look = shown[side]
            lines.append([
                Piece(fit(f"{look.shape} {heading(side)}", _LABEL), look.ink),
                Piece(fit(mean_name(mean), _FIGURE), bold=True),
                Piece("━" * round(mean / spec.highest * cells), look.ink),
            ])  # fmt: skip
        lines.append([Piece(fit("together", _LABEL), "muted"), Piece(mean_name(result.together), bold=True)])
    return lines[1:]


def _counts(given: dict[str, list[int]], words: tuple[str, ...], width: int) -> list[Line]:
    """Return how many gave each answer to a question that counts for nothing; sides together."""
    every = [answer for its in given.values() for answer in its]
    told = [f"{word} {every.count(figure)}" for figure, word in enumerate(words, 1)]
    return [[Piece(line, "muted")] for line in wrap(f"{plural(len(every), 'answer')}: {' · '.join(told)}", width, 3)]
