"""A card's scores as a drawing: one line per side from 0 to 5 with a dot for each voter, and below them how far the sides' means are apart.

The second round is right below the first on the same axis, to show how the dots moved. The sides' means are drawn as the reveal
draws their places: `●──────◆`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sessions.rounds.scores import Scores
from sessions.voting.scores import HIGHEST, ScoreResult
from sessions.wording import mean_name, side_name
from tui.sides import looks
from tui.text import fit, fit_right, length
from tui.themes import Ink
from tui.voting.drawing.spread import spread
from tui.widgets.listing import Line, Piece

FAR_APART = 2
"""From this many points on the sides' means are drawn as differing."""
_WIDEST = 13
_WHEN = ("before", "after")
_ALL = "all"
_MEAN, _RANGE, _CHANGE = 6, 7, 7
_ROOMY = 100


class ScoreTable:
    """The drawing of a card's score rounds (at most two) in `width` cells. `sides` are the voting sides, none if they must not show."""

    def __init__(self, scores: Scores, sides: Sequence[str], width: int) -> None:
        self.results = scores.results
        scored = dict.fromkeys(side for result in self.results for side in result.counts)
        self.sides = list(dict.fromkeys((*sides, *scored))) if all(scored) else []
        self.looks = looks(self.sides)
        names = [f"{look.shape} {side_name(side)}" for side, look in self.looks.items() if side in self.sides] + [_ALL]
        self.when = len(self.results) > 1
        gap = 2 if width >= _ROOMY else 1
        self.name = min(max(map(length, names)), 14) + gap
        self.label = self.name + (6 + gap if self.when else 0)
        self.change = _CHANGE + gap if self.when and width >= 70 else 0
        self.ranged = _RANGE + gap if width >= 60 else 0
        figures = _MEAN + self.ranged + self.change
        self.pitch = max(1, min(_WIDEST, (width - self.label - figures) // (HIGHEST + 1)))
        self.centre = self.pitch // 2

    def lines(self, *, roomy: bool) -> list[Line]:
        """Return the lines: the axis, a group of lines for each side, and one for all."""
        found: list[Line] = [self._axis()]
        for side in self.sides or [""]:
            found += [[]] if roomy and self.when else []
            found += [self._side(side, place, result) for place, result in enumerate(self.results)] or [self._blank(side)]
        if self.results and len(self.sides) > 1:
            found += [[]] if roomy else []
            found += [self._together(place, result) for place, result in enumerate(self.results)]
        return found

    def _axis(self) -> Line:
        figures = "".join(f"{score:>{self.centre + 1}}".ljust(self.pitch) for score in range(HIGHEST + 1))
        heads = fit_right("mean", _MEAN) + fit_right("range", self.ranged) + fit_right("moved", self.change) if self.results else ""
        return [Piece(" " * self.label), Piece(figures, "text", bold=True), Piece(heads, "muted")]

    def _blank(self, side: str) -> Line:
        return [*self._beginning(side, 0), Piece("─" * (self.pitch * (HIGHEST + 1)), "faint")]

    def _beginning(self, side: str, place: int) -> list[Piece]:
        """Return the line's label: the side once, and the round if there are two."""
        look = self.looks[side]
        name = (f"{look.shape} {side_name(side)}" if side else _ALL) if not place else ""
        when = fit(_WHEN[place], self.label - self.name) if self.when else ""
        return [Piece(fit(name, self.name), look.ink if side else "text", bold=True), Piece(when, "muted" if self._earlier(place) else "text")]

    def _earlier(self, place: int) -> bool:
        return place < len(self.results) - 1

    def _side(self, side: str, place: int, result: ScoreResult) -> Line:
        counts = result.counts.get(side, (0,) * (HIGHEST + 1))
        look = self.looks[side]
        ink: Ink = "bar" if self._earlier(place) else look.ink
        given = [score for score, count in enumerate(counts) if count]
        return [
            *self._beginning(side, place),
            *self._dots(counts, look.shape, ink),
            *self._figures(place, result.means.get(side), given, [each.means.get(side) for each in self.results]),
        ]

    def _dots(self, counts: Sequence[int], shape: str, ink: Ink) -> list[Piece]:
        """Draw a dot for each voter at its score; if they do not fit, one dot and how many there are."""
        pieces: list[Piece] = []
        for count in counts:
            dots = shape * count if count < max(2, self.pitch) else f"{shape}{count}"
            left = max(0, self.centre - len(dots) // 2)
            pieces += [Piece("─" * left, "faint"), Piece(dots[: self.pitch], ink), Piece("─" * max(0, self.pitch - left - len(dots)), "faint")]
        return pieces

    def _figures(self, place: int, mean: Fraction | None, given: Sequence[int], means: Sequence[Fraction | None]) -> list[Piece]:
        told = "–" if mean is None else mean_name(mean)
        reach = "" if not given else str(given[0]) if given[0] == given[-1] else f"{given[0]}–{given[-1]}"
        earlier = self._earlier(place)
        pieces = [
            Piece(fit_right(told, _MEAN), "muted" if earlier else "text", bold=not earlier),
            Piece(fit_right(reach, self.ranged), "muted"),
        ]
        if self.change and place and mean is not None and (first := means[0]) is not None:
            pieces.append(Piece(fit_right(_signed(mean - first), self.change)))
        return pieces

    def _together(self, place: int, result: ScoreResult) -> Line:
        """Draw the sides' means on the axis with what lies between them, and the mean of all."""
        apart = abs(result.gap(self.sides) or Fraction(0))
        means = {side: 1 - mean / HIGHEST for side, mean in result.means.items()}
        drawn = spread(means, self.looks, self.pitch * HIGHEST + 1, apart=apart >= FAR_APART)
        given = [each for each in (result.lowest, result.highest) if each is not None]
        return [
            *self._beginning("", place),
            Piece(" " * self.centre),
            *drawn,
            Piece(" " * (self.pitch - 1 - self.centre)),
            *self._figures(place, result.group, given, [each.group for each in self.results]),
        ]


def _signed(by: Fraction) -> str:
    """Return by how much a mean moved: +0.8, −0.4."""
    told = mean_name(abs(by))
    return "0.0" if told == "0.0" else f"{'+' if by > 0 else '−'}{told}"
