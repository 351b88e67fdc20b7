"""A view over the board: which cards are shown, in what groups and in what order. It moves nothing and is not recorded."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from sessions.portfolio.models import Project
from sessions.state.session import Session
from sessions.wording import money_sum, plural
from tui.cards.face import VoteSummary

State = Literal["", "open", "decided", "contested", "marked"]
Sort = Literal["", "votes", "budget", "worth", "last quarter"]
FIELD = "field:"
"""The prefix of a facet that is a column of the file."""


class View(NamedTuple):
    """What is shown: cards that contain every word of `text`, have every value of `facets` and are in a `state`, grouped and sorted."""

    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    state: State = ""
    group: str = ""
    sort: Sort = ""

    @property
    def filters(self) -> bool:
        """Return whether the view may hide cards."""
        return bool(self.text or self.facets or self.state)

    @property
    def words(self) -> str:
        """Return the view in words: sponsor Immigration, open, by objective."""
        parts = [f"“{self.text}”" if self.text else "", *(f"{facet_name(facet)} {value or 'none'}" for facet, value in self.facets), self.state]
        parts += [f"by {facet_name(self.group)}" if self.group else "", f"sorted by {self.sort}" if self.sort else ""]
        return ", ".join(filter(None, parts))


BOARD = View()
"""The view of all cards in their order."""


class Group(NamedTuple):
    """The cards of a view that have a value in common: the place of the first, the place after the last, and its heading."""

    first: int
    end: int
    name: str
    totals: str


class Shown(NamedTuple):
    """The cards of a view in the order in which they are shown."""

    order: tuple[str, ...]
    groups: tuple[Group, ...] = ()

    def reach(self, place: int) -> tuple[int, int]:
        """Return the first and the last place to which the card at a place can move: it stays in its group."""
        group = next((each for each in self.groups if each.first <= place < each.end), None)
        return (group.first, group.end - 1) if group else (0, len(self.order) - 1)


class CardTexts:
    """The text of each card to search for words, made once until the cards change."""

    def __init__(self) -> None:
        self._of: object = None
        self._texts: dict[str, str] = {}

    def of(self, session: Session) -> Mapping[str, str]:
        """Return the texts by card."""
        if self._of is not session.cards:
            teams = {team.id: team.name for team in session.teams}
            self._texts = {card.id: _text(card, teams) for card in session.cards.values()}
            self._of = session.cards
        return self._texts

    def matching(self, session: Session, typed: str) -> list[str]:
        """Return the cards that contain every typed word, by rank."""
        texts, words = self.of(session), typed.casefold().split()
        found: Iterable[str] = session.order
        for word in words:
            found = [card for card in found if word in texts[card]]
        return list(found)


def _text(card: Project, teams: Mapping[str, str]) -> str:
    named = (card.title, card.sponsor, card.objective, card.it_partner, *(teams.get(work.team, work.team) for work in card.work))
    said = (card.description, card.benefit.text, card.note, *(value for _, value in card.fields))
    return "\n".join((*named, *said)).casefold()


def facet_name(facet: str) -> str:
    """Return the name of a facet as people say it."""
    return facet.removeprefix(FIELD)


def facet_values(session: Session, facet: str) -> Callable[[Project], tuple[str, ...]]:
    """Return the function from a card to its values of a facet, the one to group it by first."""
    if facet == "sponsor":
        return lambda card: (card.sponsor,)
    if facet == "objective":
        names = {each.id: f"{each.id} {each.text}".strip() for each in session.portfolio.objectives if each.text != each.id}
        return lambda card: (names.get(card.objective, card.objective),)
    if facet == "team":
        teams = {team.id: team.name for team in session.teams}
        return lambda card: tuple(teams.get(work.team, work.team) for work in sorted(card.work, key=lambda work: -work.effort)) or ("",)
    name = facet.removeprefix(FIELD)
    return lambda card: (next((value for field, value in card.fields if field == name), ""),)


def shown(session: Session, view: View, voices: VoteSummary, marked: frozenset[str], texts: CardTexts) -> Shown:
    """Return the cards of a view."""
    if view == BOARD:
        return Shown(session.order)
    cards = session.cards
    found = texts.matching(session, view.text) if view.text else list(session.order)
    for facet, value in view.facets:
        values = facet_values(session, facet)
        found = [card for card in found if value in values(cards[card])]
    if view.state:
        wanted = _in_state(session, view.state, voices, marked)
        found = [card for card in found if wanted(card)]
    if view.sort:
        key = _sort_key(session, view.sort, voices)
        found.sort(key=key)
    if not view.group:
        return Shown(tuple(found))
    values = facet_values(session, view.group)
    by_value: dict[str, list[str]] = {}
    for card in found:
        by_value.setdefault(values(cards[card])[0], []).append(card)
    order: list[str] = []
    groups: list[Group] = []
    for value, members in by_value.items():
        name = value or f"no {facet_name(view.group)}"
        groups.append(Group(len(order), len(order) + len(members), name, totals(session, members)))
        order += members
    return Shown(tuple(order), tuple(groups))


def _in_state(session: Session, state: State, voices: VoteSummary, marked: frozenset[str]) -> Callable[[str], bool]:
    match state:
        case "open":
            return lambda card: card not in session.decisions
        case "decided":
            return lambda card: card in session.decisions
        case "contested":
            return lambda card: card in voices.talk
        case _:
            return lambda card: card in marked


def money_sorted(session: Session, sort: Sort) -> Mapping[str, tuple[int, str]]:
    """Return the amounts by which cards are sorted, each with its currency; nothing if they are not sorted by money."""
    of, cards = session.portfolio, session.cards.values()
    if sort == "budget":
        return {card.id: (card.budget.amount, card.budget.currency or of.currency) for card in cards if card.budget}
    worth = {card.id: (card.benefit.monthly, of.currency_of(card.benefit.currency)) for card in cards} if sort == "worth" else {}
    return {card: (monthly, currency) for card, (monthly, currency) in worth.items() if monthly is not None}


def currencies_sorted(session: Session, sort: Sort) -> list[str]:
    """Return the currencies by which cards are sorted, that of the portfolio first: amounts in several of them cannot be compared."""
    return sorted({currency for _, currency in money_sorted(session, sort).values()}, key=lambda each: (each != session.portfolio.currency, each))


def _sort_key(session: Session, sort: Sort, voices: VoteSummary) -> Callable[[str], tuple[int, int]]:
    """Return the key by which cards are sorted; cards without a value come last. Money is sorted within its currency."""
    cards, last = session.cards, 10**18
    match sort:
        case "votes":
            by_votes = {card: place for place, card in enumerate(voices.bars)}
            return lambda card: (by_votes.get(card, last), 0)
        case "budget" | "worth":
            sums, places = money_sorted(session, sort), {each: place for place, each in enumerate(currencies_sorted(session, sort))}
            return lambda card: (places[sums[card][1]], -sums[card][0]) if card in sums else (last, 0)
        case _:
            return lambda card: (cards[card].previous_rank or last, 0)


def totals(session: Session, members: Iterable[str]) -> str:
    """Return how many cards these are, and what they are worth and ask for together."""
    cards = [session.cards[card] for card in members]
    currency = session.portfolio.currency
    worth = money_sum((card.benefit.monthly or 0, session.portfolio.currency_of(card.benefit.currency)) for card in cards)
    budget = money_sum((card.budget.amount, card.budget.currency or currency) for card in cards if card.budget)
    parts = [plural(len(cards), "card"), f"{worth} a month" if worth else "", f"budget {budget}" if budget else ""]
    return " · ".join(filter(None, parts))
