"""The sample that the demo opens: Larkfield Supply's portfolio of 2026-Q3, its people, and the ballots of a first round (METHOD 7).

`earlier.json` has the three quarters before it. The files are package data, so that an installed wheel can read them from any location.

May import `commands`, `imports`, `live`, `portfolio`, `record`, `rounds`.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import AnyBallot, Gathered
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Portfolio
from sessions.rounds.methods.points import SPEC as POINTS

PORTFOLIO = "portfolio.json"
BALLOTS = "ballots_points_r1.csv"


def sample_file(name: str) -> Traversable:
    """Return one of the sample's files; `importlib.resources.as_file` makes a path of it if one is needed."""
    return files(__name__) / name


def sample_portfolio() -> Portfolio:
    """Return the sample portfolio whole, with teams, objectives and participants."""
    return read_portfolio(sample_file(PORTFOLIO).read_bytes(), PORTFOLIO).portfolio


def sample_ballots() -> Gathered[AnyBallot]:
    """Return the points ballots of the sample's first round."""
    portfolio = sample_portfolio()
    cards = [project.id for project in portfolio.projects]
    return read_ballots(sample_file(BALLOTS).read_bytes(), BALLOTS, POINTS.reader, portfolio.participants, cards)
