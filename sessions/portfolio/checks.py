"""What a card still lacks, and what does not fit together (METHOD 1.1, 1.2): a gap to be filled, never a wall.

A check about a field that no card of the portfolio fills is skipped: a list of titles does not hear a thousand times
that it has no sponsors. `completeness` counts every field all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from sessions.portfolio.models import Adoption, Participant, Portfolio, Project, Team, Work
from sessions.portfolio.numbers import number_of, number_text
from sessions.wording import listed, tenths

Colour = Literal["red", "amber", "grey"]

_LEFT = ("(left)", "(former)", "(gone)", "(vacant)")
"""How a portfolio marks a sponsor who is no longer there."""


STALE_FROM = 3
"""Sessions in a row at the same rank without a start from which a card is stale (K-STALE)."""


def _has_left(sponsor: str) -> bool:
    return any(mark in sponsor.casefold() for mark in _LEFT)


class Check(NamedTuple):
    """One finding on a card: its id in METHOD 1.2, how much it weighs, and what to say."""

    id: str
    colour: Colour
    sentence: str


def same_title(title: str) -> str:
    """Return a title as it is compared: without case and doubled spaces."""
    return " ".join(title.casefold().split())


def stale_sentence(project: Project, still: int) -> str:
    """Return what to say about a card that has neither moved nor started for this many quarters (K-STALE); nothing about any other."""
    if still < STALE_FROM or project.state != "new":
        return ""
    return f"Same rank and no start for {still} quarters: start it, change it, or let it go."


def benefit_depth(project: Project) -> int:
    """Count the filled parts of the benefit chain: change, effect, business effect, amount a month (METHOD 1.1).

    A sentence fills the effect if it holds a digit, an amount above zero the last part; change and business effect are only ever given.
    """
    benefit = project.benefit
    effect = bool(benefit.effect) or _has_digit(benefit.text)
    return sum((bool(benefit.change), effect, bool(benefit.business_effect), bool(benefit.monthly)))


def has_sponsor(project: Project) -> bool:
    """Return whether someone answers for the card on the business side; one marked as having left does not."""
    return bool(project.sponsor) and not _has_left(project.sponsor)


def has_benefit(project: Project) -> bool:
    """Return whether the benefit has any figure: an amount a month, or a digit in its words. "Better visibility" is a hope, not a benefit."""
    benefit = project.benefit
    return bool(benefit.monthly) or any(map(_has_digit, (benefit.text, benefit.change, benefit.effect, benefit.business_effect)))


def has_adoption(project: Project) -> bool:
    """Return whether it can be seen that people use it: a measure, a target and a date."""
    return not _adoption_gaps(project)


_COMPLETE: dict[str, Callable[[Project], bool]] = {
    "sponsor": has_sponsor,
    "benefit": has_benefit,
    "adoption": has_adoption,
    "plan_owner": lambda project: bool(project.adoption.plan_owner),
    "objective": lambda project: bool(project.objective),
}


def completeness(portfolio: Portfolio) -> dict[str, int]:
    """Count the cards that have a sponsor, a benefit, an adoption measure, a plan owner, an objective, and all of them (METHOD 6.8).

    `cards` is the number of cards, so that every other figure can be shown as "22 of 24".
    """
    rows = [{name: has(project) for name, has in _COMPLETE.items()} for project in portfolio.projects]
    counts = {name: sum(row[name] for row in rows) for name in _COMPLETE}
    return {"cards": len(rows), **counts, "complete": sum(all(row.values()) for row in rows)}


class Checker:
    """Checks the cards of a portfolio.

    `present` are the ids of the participants in the room, None before a session; `order` the card ids as they are
    ranked; `stopped` those that were decided not to start; `still` counts the sessions in which each had the same rank without a start.
    Participants are taken from the portfolio: put the session's people there.
    After an earlier session, `left` are the roles (without case) that took part in it and do not in this one, and `unconfirmed` the cards
    whose new sponsor has not confirmed them; without one, every sponsor who is new in the role is asked.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        present: Collection[str] | None = None,
        *,
        order: Sequence[str] = (),
        stopped: Collection[str] = (),
        still: Mapping[str, int] | None = None,
        left: Collection[str] = (),
        unconfirmed: Collection[str] | None = None,
    ) -> None:
        self._cards = {card.id: card for card in portfolio.projects}
        self._teams = {team.id: team for team in portfolio.teams}
        self._people = {name.casefold(): person for person in portfolio.participants for name in (person.id, person.role)}
        self._present = present
        self._left, self._unconfirmed = left, unconfirmed
        self._rank = {card: rank for rank, card in enumerate(order, 1)}
        self._stopped = frozenset(stopped)
        self._still = still or {}
        self._titles = Counter(same_title(card.title) for card in portfolio.projects)
        self._used = {name for name, filled in _FILLED.items() if any(map(filled, portfolio.projects))}
        # If no sponsor is one of the people, sponsors are departments or names, and nothing is known of their absence.
        self._sponsors_are_people = any(self._person(card.sponsor) for card in portfolio.projects)

    def check(self, project: Project) -> tuple[Check, ...]:
        """Return the findings on a card, in the order of METHOD 1.2."""
        return tuple(check for part in (self._sponsor, self._fields, self._work, self._needs, self._stale, self._doubles) for check in part(project))

    def _person(self, role: str) -> Participant | None:
        return self._people.get(role.casefold())

    def _sponsor(self, project: Project) -> Iterator[Check]:
        sponsor = project.sponsor
        if not sponsor:
            if "sponsor" in self._used:
                yield Check("K-SPONSOR", "red", "No sponsor: no one on the business side answers for it yet.")
            return
        if _has_left(sponsor) or sponsor.casefold() in self._left:
            yield Check("K-SPONSOR-LEFT", "red", f"The sponsor, {sponsor}, is no longer there: it needs a new one.")
            return
        person = self._person(sponsor)
        if project.id in self._unconfirmed if self._unconfirmed is not None else person is not None and person.new_in_role:
            yield Check("K-SPONSOR-NEW", "amber", f"{person.role if person else sponsor} is new as its sponsor: confirms the card, or hands it back.")
        if not self._sponsors_are_people:
            return
        if person is None:
            yield Check("K-SPONSOR-AWAY", "amber", f"The sponsor, {sponsor}, is not among the people of this session.")
        elif self._present is not None and person.id not in self._present:
            yield Check("K-SPONSOR-AWAY", "amber", f"The sponsor, {person.role}, is not in the room.")

    def _fields(self, project: Project) -> Iterator[Check]:
        if "it_partner" in self._used and not project.it_partner:
            yield Check("K-PARTNER", "amber", "No IT partner: no one in IT stands beside the sponsor yet.")
        if "benefit" in self._used and (gap := _benefit_gap(project)):
            yield gap
        if "adoption" in self._used and (gaps := _adoption_gaps(project)):
            yield Check("K-ADOPT", "amber", f"How it will be seen that people use it is open: {listed(gaps)} missing.")
        if "plan_owner" in self._used and not project.adoption.plan_owner:
            yield Check("K-PLAN", "amber", "No one owns the plan for its adoption.")
        if "objective" in self._used and not project.objective:
            yield Check("K-OBJ", "amber", "It serves none of the objectives yet.")
        if "work" in self._used and not any(work.effort for work in project.work):
            yield Check("K-EFFORT", "grey", "No team's effort is given: it will be planned as needing none.")

    def _work(self, project: Project) -> Iterator[Check]:
        for work in project.work:
            team = self._teams.get(work.team)
            if team is not None and work.effort:
                yield from _check_team(work, team)

    def _needs(self, project: Project) -> Iterator[Check]:
        for need in project.needs:
            card = self._cards.get(need)
            if card is None:
                yield Check("K-DEP", "red", f"It needs {need}, which is not in the portfolio.")
            elif need in self._stopped:
                yield Check("K-DEP", "red", f"It needs {card.title}, which does not start.")
            elif card.state != "done" and self._rank.get(need, 0) > self._rank.get(project.id, len(self._rank)):
                sentence = f"It needs {card.title}, which is ranked below it, at #{self._rank[need]}."
                yield Check("K-RANKDEP", "amber", sentence)

    def _stale(self, project: Project) -> Iterator[Check]:
        if sentence := stale_sentence(project, self._still.get(project.id, 0)):
            yield Check("K-STALE", "amber", sentence)

    def _doubles(self, project: Project) -> Iterator[Check]:
        if self._titles[same_title(project.title)] > 1:
            yield Check("K-DUP", "grey", "Another card has the same title.")


_FILLED: dict[str, Callable[[Project], bool]] = {
    "sponsor": lambda card: bool(card.sponsor),
    "it_partner": lambda card: bool(card.it_partner),
    "benefit": lambda card: bool(card.benefit.text) or bool(benefit_depth(card)),
    "adoption": lambda card: len(_adoption_gaps(card)) < 3,
    "plan_owner": lambda card: bool(card.adoption.plan_owner),
    "objective": lambda card: bool(card.objective),
    "work": lambda card: bool(card.work),
}
"""When a card fills a field at all, which makes it worth asking for on the others."""


def _benefit_gap(project: Project) -> Check | None:
    """Return what to ask of a benefit that does not say yet what it is worth (METHOD 1.1)."""
    amount, depth = project.benefit.monthly, benefit_depth(project)
    if depth < 2:
        return Check("K-WHY", "amber", f"What will be better for the business{'' if amount else ', and by how much a month'}?")
    return None if amount else Check("K-WHY", "grey", "Benefit: add what it is worth a month.")


def _check_team(work: Work, team: Team) -> Iterator[Check]:
    """Compare a card's crew with the team at its largest (METHOD 5.2)."""
    largest = max((team.people, *(people for _, people in team.by_week)))
    if not largest:
        yield Check("K-TEAM0", "red", f"{team.name} has no people: not before someone is found.")
    elif work.crew is not None and work.crew > largest:
        sentence = f"{team.name} has {tenths(largest)} people, fewer than the crew of {tenths(work.crew)}; {tenths(largest)} would fit."
        yield Check("K-CREW", "red", sentence)


def same_as_baseline(adoption: Adoption) -> str:
    """Return why no reading could ever show a change, or an empty text: the target equals the baseline."""
    target = number_of(adoption.target)
    if target is None or target != number_of(adoption.baseline or "0"):
        return ""
    if not adoption.baseline:
        return "A target of 0 needs a baseline, so that a change can be seen: give one."
    return f"The target is the same as the baseline, {number_text(target)}: give one that shows a change."


def _adoption_gaps(project: Project) -> list[str]:
    adoption = project.adoption
    target = ("another target than the baseline", "") if same_as_baseline(adoption) else ("target", adoption.target)
    return [name for name, text in (("measure", adoption.measure), target, ("date", adoption.by)) if not text]


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)
