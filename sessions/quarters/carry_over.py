"""What a new session takes over from the earlier one of its series: a portfolio for its board, and a copy of how the earlier one ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sessions.portfolio.models import Participant, Portfolio, Project, quarter_start_of
from sessions.quarters.ending import past_of, reason_back, unchanged
from sessions.quarters.matching import By, Match, Matching, made_up, match_cards
from sessions.quarters.taken_over import filled, free_ids, objectives_after, people_after, renamed, teams_after
from sessions.record.events import Matched, Past, Unclear
from sessions.state.session import Session
from sessions.wording import listed

_FINAL = frozenset({"stop", "done", "accept_below_target"})
"""Decisions after which a card comes back only if a file brings it."""


class Origin(NamedTuple):
    """Where a card comes from: its id in the earlier session, None for a new or an unclear card; `by` is `id`, `title`, `asked` or `carried`.

    `candidates` are the earlier cards that an unclear card may be.
    """

    card: str
    title: str
    was: str | None
    by: str | None
    candidates: tuple[str, ...] = ()


class Report(NamedTuple):
    """What carrying over did: every card of the new board by its order, and the earlier session's cards that no card is or may be.

    `unclear` has the unclear cards by the file's own ids.
    """

    cards: tuple[Origin, ...]
    gone: tuple[str, ...]
    unclear: tuple[Unclear, ...] = ()

    @property
    def carried(self) -> int:
        """Return how many cards the earlier session had."""
        return sum(each.was is not None for each in self.cards)

    @property
    def ambiguous(self) -> int:
        """Return how many cards may be any of several."""
        return sum(bool(each.candidates) for each in self.cards)

    @property
    def new(self) -> int:
        """Return how many cards are new."""
        return len(self.cards) - self.carried - self.ambiguous

    def as_json(self) -> dict[str, Any]:
        """Return the report for a script: four counts, and each card of the new board; one that is new or unclear comes from none."""
        cards = [
            {
                "id": each.card,
                "title": each.title,
                "from": each.was,
                "by": "id" if each.by == "carried" else each.by,
                "candidates": list(each.candidates),
            }
            for each in self.cards
        ]
        return {"carried": self.carried, "new": self.new, "gone": len(self.gone), "ambiguous": self.ambiguous, "cards": cards}

    def counts(self) -> str:
        """Return the counts in words, without zeros: 20 carried over, 4 new and 2 gone."""
        others = {"new": self.new, "gone": len(self.gone), "unclear": self.ambiguous}
        return listed([f"{self.carried} carried over", *(f"{count} {word}" for word, count in others.items() if count)])


class Carried(NamedTuple):
    """What a new session begins with: its portfolio, with everyone who takes part, and its past."""

    portfolio: Portfolio
    past: Past
    report: Report


def carry_over(
    earlier: Session,
    portfolio: Portfolio | None = None,
    *,
    quarter: str = "",
    day: str = "",
    people: Sequence[Participant] = (),
    answers: Mapping[str, str] | None = None,
) -> Carried:
    """Return what a new session begins with after an earlier one: on the cards of a portfolio, or on the earlier cards alone.

    `quarter` is the one that the new session is about, if the portfolio does not say it; `day` is the ISO date on which it is made ready; `people`
    take the place of those that the portfolio brings. `answers` say by id which earlier card an unclear one is, or that it is new (empty).
    """
    brought = _headed(_alone(earlier) if portfolio is None else portfolio, earlier, quarter)
    matching = _of_itself(earlier, brought) if portfolio is None else match_cards(_known(earlier), brought.projects, made_up(earlier), answers)
    ids = _new_ids(earlier, matching, brought)
    was = {ids[each.card]: each.was for each in matching.matched}
    weeks = _weeks_between(earlier, brought)
    objectives, objective_of = objectives_after(earlier.objectives, brought.objectives)
    result = brought.model_copy(
        update={
            "participants": tuple(people) or brought.participants or people_after(earlier),
            "teams": brought.teams or teams_after(earlier.teams, weeks),
            "objectives": objectives,
        }
    )
    projects = renamed(brought.projects, ids)
    projects = filled(projects, was, earlier, result, objective_of, work=not brought.teams, alone=portfolio is None, weeks=weeks)
    result = result.model_copy(update={"projects": projects})
    by: dict[str, By | Literal["carried"]] = {ids[each.card]: "carried" if portfolio is None else each.by for each in matching.matched}
    unclear = {ids[each.card]: each.candidates for each in matching.unclear}
    origins = tuple(Origin(card.id, card.title, was.get(card.id), by.get(card.id), unclear.get(card.id, ())) for card in projects)
    still, limit, known = unchanged(earlier), max(result.session_date or day, result.quarter_start), set(was.values())
    matched = tuple(
        Matched(
            card=card.id,
            was=was[card.id],
            by=by[card.id],
            still=still[was[card.id]],
            back=reason_back(earlier.decisions.get(was[card.id]), earlier.portfolio.quarter_start, card, limit),
        )
        for card in projects
        if was.get(card.id) in earlier.cards
    )
    gone = tuple(card for card in earlier.order if card not in known and card not in earlier.delivered)
    past = past_of(earlier).model_copy(
        update={"matched": matched, "unclear": tuple(Unclear(card=card, candidates=each) for card, each in unclear.items()), "gone": gone}
    )
    return Carried(result, past, Report(origins, tuple(card for card in gone if card not in matching.candidates), matching.unclear))


def _of_itself(earlier: Session, portfolio: Portfolio) -> Matching:
    """Return how the cards of a session that is carried over alone belong to its own."""
    here = [card.id for card in portfolio.projects]
    return Matching(tuple(Match(card, card, "id") for card in here), (), (), tuple(card for card in earlier.order if card not in here))


def _known(earlier: Session) -> list[Project]:
    """Return every card that the earlier session knows: those of its board, and what was delivered before."""
    before = [each.card for card, each in earlier.delivered.items() if card not in earlier.cards]
    return [*(earlier.cards[card] for card in earlier.order), *before]


def _alone(earlier: Session) -> Portfolio:
    """Return the earlier session's board as a portfolio, without what was delivered or decided for good."""
    final = {card for card, decision in earlier.decisions.items() if decision.word in _FINAL} | set(earlier.delivered)
    projects = tuple(earlier.cards[card] for card in earlier.order if card not in final and earlier.cards[card].state != "done")
    kept = {card.id for card in projects}
    projects = tuple(card.model_copy(update={"needs": tuple(need for need in card.needs if need in kept)}) for card in projects)
    nothing = {"quarter": "", "quarter_start": "", "session_date": "", "objectives": (), "teams": (), "participants": ()}
    return earlier.portfolio.model_copy(update={"projects": projects, "minutes": earlier.minutes, **nothing})


def _headed(portfolio: Portfolio, earlier: Session, quarter: str) -> Portfolio:
    """Return a portfolio with the quarter that the session is about, and the name and the currency of the earlier one if it has none."""
    known = portfolio.quarter if not quarter or quarter == portfolio.quarter else ""
    headed = portfolio.model_copy(
        update={
            "name": portfolio.name or earlier.portfolio.name,
            "currency": portfolio.currency or earlier.portfolio.currency,
            "quarter": quarter or portfolio.quarter,
            "quarter_start": (portfolio.quarter_start if known else "") or quarter_start_of(quarter or portfolio.quarter),
        }
    )
    return headed.with_weeks()


def _weeks_between(earlier: Session, portfolio: Portfolio) -> int:
    """Return by how many weeks the new quarter begins later; 0 if that is unknown."""
    start = earlier.portfolio.quarter_start
    if not start or not portfolio.quarter_start:
        return 0
    return max(0, (date.fromisoformat(portfolio.quarter_start) - date.fromisoformat(start)).days // 7)


def _new_ids(earlier: Session, matching: Matching, portfolio: Portfolio) -> dict[str, str]:
    """Return the id of each card on the new board: a matched card has that of the earlier one, and no other card has one of those."""
    matched = {each.card: each.was for each in matching.matched}
    past = {*earlier.order, *earlier.delivered}
    others = free_ids([card for card in portfolio.projects if card.id not in matched], past)
    return matched | others
