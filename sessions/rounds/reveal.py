"""What a revealed order says: how far the room agrees, where each side puts a card, which cards are worth discussing, and why.

A result is computed from the reveal and the session that saw it (METHOD 3.1, 4); nothing of it is recorded but the number of first cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sessions.deciding.session_plan import session_plan
from sessions.deciding.sponsors import lacks_sponsor, uses_sponsors
from sessions.portfolio.models import Side
from sessions.record.events import BallotsRevealed, Tally, Weighting
from sessions.rounds.count import FIRST_WITHOUT_A_PLAN, RoundCount, apply_order, depends_on_counting
from sessions.rounds.one_ballot import OneBallot, hangs_on_one
from sessions.rounds.reasons import Reason, reasons
from sessions.rounds.side_places import side_places
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import deadline_note
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.state.timer import PHASE_MINUTES
from sessions.voting.agreement import Agreement, agreement
from sessions.voting.attention import CardAttention, attention_by_card, cards_to_talk, order_for_talk
from sessions.voting.biases import OwnShare, groupthink, sponsor_shares
from sessions.voting.midranks import Midranks
from sessions.voting.wants import agreed_on, wanted_now, wants_words
from sessions.wording import plural, side_name


@dataclass(frozen=True, slots=True)
class ToTalk:
    """A card that is worth discussing. `red` are the checks that put it first (METHOD 4.4); `why` says what the room differs on."""

    card: str
    red: tuple[str, ...]
    why: str
    figures: CardAttention


_QUICK, _QUICK_CARDS = 3000, 60
"""Cards times ballots, and cards, up to which a result is computed within a frame."""


class RevealResult:
    """A revealed round that asked for an order, read with the session that saw it. Everything is computed when it is first asked for."""

    def __init__(self, session: Session, round_: Round) -> None:
        if round_.revealed is None:
            raise ValueError("The round is not revealed.")
        self.session = session
        self.round = round_
        self.revealed: BallotsRevealed = round_.revealed
        self.counted = RoundCount(session, round_.opened, round_.revealed.ballots)
        self.k = round_.revealed.first_k or FIRST_WITHOUT_A_PLAN  # older records do not hold it

    @property
    def ready(self) -> bool:
        """Return whether everything is computed, or can be within a frame."""
        cards = len(self.order)
        quick = cards <= _QUICK_CARDS and cards * len(self.revealed.ballots) <= _QUICK
        return quick or {"agreement", "to_talk"} <= vars(self).keys()

    def compute(self) -> None:
        """Compute everything that takes time."""
        _ = self.agreement, self.to_talk, self.plan

    @property
    def one_ballot_known(self) -> bool:
        """Return whether the effect of single ballots is computed; nothing waits for it."""
        return "one_ballot" in vars(self)

    def compute_one_ballot(self) -> None:
        """Compute what depends on a single ballot, which takes a second or two for a large room."""
        _ = self.one_ballot

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return the sides that may be shown apart, in the session's order; none if a count would name someone."""
        return tuple(self.places)

    def tally(self, weighting: Weighting) -> Tally | None:
        """Return the result under one weighting, None if everybody abstained."""
        return next((tally for tally in self.revealed.tallies if tally.weighting == weighting), None)

    @property
    def order(self) -> tuple[str, ...]:
        """Return the group's order, with equal sides; empty if everybody abstained. Withdrawn cards stay in it."""
        return self.revealed.tallies[0].order if self.revealed.tallies else ()

    @cached_property
    def places(self) -> dict[Side, dict[str, int]]:
        """Return the place of every card in each side's own order; a card that no one of the side voted for has none."""
        return side_places(self.round)

    def places_of(self, card: str) -> dict[Side, int | None]:
        """Return where each side puts a card of the order, None if no one of the side voted for it."""
        return {side: places.get(card) for side, places in self.places.items()} if card in self.order else {}

    @property
    def _told_sides(self) -> Mapping[str, Side]:
        """Return the side of every counted voter; if the sides are not told apart, all are one, without a name."""
        return self.counted.sides if self.sides else dict.fromkeys(self.counted.sides, "")

    @property
    def ranks(self) -> Mapping[str, Midranks]:
        """Return every counted ballot's mid-ranks, in the order of the cards that are still on the board; of hands nothing.

        A show of hands does not tell which of them belong to one voter, so no agreement can be computed (METHOD 3.7).
        """
        return {} if self.revealed.hands else self.counted.ranks

    @cached_property
    def agreement(self) -> Agreement:
        """Return how far the room agrees: all, inside each side, between the sides (METHOD 4.1, 4.2)."""
        totals = {side: each.totals for side, each in self.counted.by_side.items()} if self.sides and not self.revealed.hands else {}
        return agreement(self.ranks, self._told_sides, totals)

    @cached_property
    def attention(self) -> dict[str, CardAttention]:
        """Return the figures of every card (METHOD 4.3)."""
        counted = self.counted
        return attention_by_card(counted.cards, self.ranks, self._told_sides, self.k, self.session.sides, counted.firsts(self.k))

    @cached_property
    def to_talk(self) -> tuple[ToTalk, ...]:
        """Return every card in the order in which to discuss it: red checks on the first cards, then by attention (METHOD 4.3, 4.4)."""
        inside = [card for card in self.order[: self.k] if card in self.attention]
        red = {card: flags for card in inside if (flags := self._red(card))}
        rank = {card: place for place, card in enumerate(self.order, 1)}
        order = order_for_talk(self.attention, red=red, inside=inside, key_weeks=self._key_weeks(), rank=rank)
        return tuple(ToTalk(card, red.get(card, ()), self.wants_words(card), self.attention[card]) for card in order)

    @cached_property
    def worth_talking(self) -> tuple[ToTalk, ...]:
        """Return as many of these cards as the minutes of the Talk phase allow, without those that all voters or none want now."""
        open_ones = (each for each in self.to_talk if each.red or (each.figures.attention and self._is_split(each.card)))
        return tuple(islice(open_ones, cards_to_talk(self.talk_minutes)))

    @property
    def talk_minutes(self) -> int:
        """Return the minutes of the Talk phase."""
        return self.session.planned("talk") // 60 or PHASE_MINUTES["talk"]

    # --- in whole people (METHOD 3.8)

    @cached_property
    def voters(self) -> dict[Side, int]:
        """Return how many ballots of each side count, in the session's order; of the whole room if the sides are not told apart."""
        sizes = Counter(self._told_sides.values())
        return {side: sizes[side] for side in dict.fromkeys((*self.sides, *sizes))}

    @cached_property
    def wants(self) -> dict[str, dict[Side, int]]:
        """Return how many voters of each side want each card now."""
        cards, spec = frozenset(self.counted.cards), self.counted.spec
        found = {card: dict.fromkeys(self.voters, 0) for card in (*self.order, *cards)}
        for voter, vote in self.counted.votes.ballots.items():
            for card in wanted_now(spec.as_ranking(vote), cards, self.k):
                found[card][self._told_sides[voter]] += 1
        return found

    def wants_words(self, card: str) -> str:
        """Return in one sentence how many voters want a card now."""
        return wants_words(self.wants.get(card, {}), self.voters)

    def _is_split(self, card: str) -> bool:
        return 0 < sum(self.wants[card].values()) < sum(self.voters.values())

    @cached_property
    def agreed(self) -> tuple[str, ...]:
        """Return the first cards that all sides have among their first K; of a room that is not told apart, those that most voters want now."""
        if len(self.places) > 1:
            return agreed_on(self.order[: self.k], self.places.values(), self.k)
        half = sum(self.voters.values()) / 2
        return tuple(card for card in self.order[: self.k] if sum(self.wants[card].values()) > half)

    @cached_property
    def one_ballot(self) -> OneBallot:
        """Return which cards' side of the line depends on a single ballot; of raised hands, no one knows which belong together."""
        return OneBallot() if self.revealed.hands else hangs_on_one(self.counted, self.k)

    def _red(self, card: str) -> tuple[str, ...]:
        """Return the red checks of a card that is still to do (METHOD 4.4).

        A session cannot hold a cycle of needs: no command and no file brings one in.
        """
        project = self.session.cards[card]
        if project.state == "done":
            return ()
        sponsor = lacks_sponsor(self.session, project) if uses_sponsors(self.session) else ""
        return tuple(flag for flag in (deadline_note(self.plan, card), sponsor) if flag)

    @cached_property
    def plan(self) -> Plan:
        """Return the plan of the board in the group's order."""
        return session_plan(self.session, apply_order(self.session, self.order))

    def _key_weeks(self) -> dict[str, int]:
        """Return the tenths of a person-week that each card takes of the key teams."""
        key = {team.id for team in self.session.teams if team.key}
        return {card.id: sum(work.effort for work in card.work if work.team in key) for card in self.session.cards.values()}

    @property
    def decided_by_counting(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the cards that are among the first K only with equal sides, and those only with one vote per person (METHOD 3.1)."""
        return depends_on_counting(self.revealed)

    def title(self, card: str) -> str:
        """Return a card's title, also of one that has left the board since."""
        if card in self.session.cards:
            return self.session.cards[card].title
        return f"{self.session.withdrawn[card].card.title} (withdrawn)" if card in self.session.withdrawn else card

    @property
    def groupthink(self) -> bool:
        """Return whether the voters agree so strongly that one reason against the first card is worth asking for (METHOD 2.5)."""
        return groupthink(self.agreement.w_all, len(self.ranks))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the lines of reason that came with the ballots, as far as was announced."""
        return reasons(self.session, self.round)

    @cached_property
    def own_shares(self) -> dict[str, OwnShare]:
        """Return for each card what its own sponsor gave it (METHOD 2.5): only of points that were announced to be revealed by name."""
        if self.round.opened.anonymity != "named" or not self.counted.gifts:
            return {}
        voices = {person.role.casefold(): person.id for person in self.session.people.values()}
        sponsors = {card: voices.get(self.session.cards[card].sponsor.casefold(), "") for card in self.counted.cards}
        return sponsor_shares(self.counted.gifts, sponsors)

    @property
    def turnout(self) -> str:
        """Return who voted: ballots by side, abstentions. Hands for an order are counted by card, and do not tell."""
        if self.revealed.hands:
            return "by show of hands"
        parts = [f"{side_name(each.side)} {each.ballots} of {each.voices}" for each in self.revealed.turnout]
        abstained = sum(each.abstained for each in self.revealed.ballots)
        return ", ".join(parts) + (f" · {plural(abstained, 'voter')} abstained" if abstained else "")
