"""How business and IT work together, as both sides see it: six items from 1 to 4 (METHOD 6.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.errors import SessionError
from sessions.record.events import Moment, RoundOpened
from sessions.rounds.methods.questions import Asked, QuestionSpec, plain_question, scale_in_words
from sessions.rounds.methods.spec import Question, RoundRequest
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.answers import Level, level
from sessions.wording import mean_name, plural

ITEMS = (
    Asked(
        "direction", "direction", "Direction",
        ("IT knows how, not why", "IT supports desktops and does not know the vision", "IT hears the direction when invited",
         "IT understands the direction, and its roadmap follows it"),
    ),
    Asked(
        "seat", "seat", "A seat at the table",
        ("orders arrive", "IT hears of decisions afterwards", "IT is sometimes in business discussions", "IT is part of strategic planning"),
    ),
    Asked(
        "order", "order", "The order",
        ("a business unit defines projects, or IT ranks alone", "the list is visible, the loudest come first",
         "ranked together, but not every quarter", "one order, made together every quarter and held"),
    ),
    Asked(
        "language", "language", "Language",
        ("technical requests", "the cost is named", "most cards name a benefit", "every card is in business terms and is checked afterwards"),
    ),
    Asked(
        "sponsorship", "sponsorship", "Sponsorship",
        ("delivered is done", "a sponsor on paper", "the sponsor is active, adoption is sometimes seen",
         "the sponsor leads the adoption plan; adoption decides success"),
    ),
    Asked(
        "initiative", "initiative", "Initiative",
        ("IT provisions equipment", "IT answers tickets", "IT proposes when asked",
         "IT brings solutions for quality, cost, productivity, market share"),
    ),
)  # fmt: skip
UNSCORED = (
    Asked(
        "carried", "who carried it", "When something failed, who carried it?",
        ("IT alone", "business alone", "nobody", "both together"), scored=False,
    ),
    Asked(
        "unwelcome", "unwelcome things", "Can each side say an unwelcome thing?",
        ("neither side", "only business", "only IT", "each side"), scored=False,
    ),
)  # fmt: skip
"""Questions that can be turned on; they count for no level."""


class PartnershipSpec(QuestionSpec):
    """The six items, as each side sees them."""

    name = "partnership"
    title = "partnership"
    asked = "an answer from 1 to 4 to each item"
    form_asks = "Write 1, 2, 3 or 4 beside each item; leave it empty if you have no opinion."
    all = (*ITEMS, *UNSCORED)
    highest = 4
    after_the_end = True

    def opening(self, session: Session, request: RoundRequest, cards: tuple[str, ...]) -> Mapping[str, object]:
        """Return the items, and in a sentence how many of the new objectives IT knew, if someone said it."""
        new = sum(each.new for each in session.objectives)
        if request.known is not None and not 0 <= request.known <= new:
            raise SessionError(f"There {'is' if new == 1 else 'are'} {plural(new, 'new objective')}: IT cannot have known {request.known} of them.")
        about = "" if request.known is None else f"IT knew {request.known} of {plural(new, 'new objective')} before the session"
        return {**super().opening(session, request, cards), "about": about}

    def moment(self, session: Session) -> Moment:
        """Return Close: answers on the partnership always count for the end."""
        return "close"

    def heading(self, session: Session, opened: RoundOpened) -> str:
        """Return the name alone: it has no moment of its own."""
        return "Partnership"

    def question(self, opened: RoundOpened) -> Question:
        """Return what is asked of each item."""
        return plain_question("How do business and IT work together now?")

    def item_text(self, session: Session, item: str) -> str:
        """Return an item with the words of its answers."""
        asked = self._asked(item)
        return f"{asked.text}{'' if asked.text.endswith('?') else ':'} {scale_in_words(asked.words)}" if asked.words else asked.text

    def told(self, round_: Round) -> Iterator[str]:
        """Return the level and the index."""
        if reached := partnership_level(round_):
            yield f"level {reached.level}"
            yield f"index {mean_name(reached.index)}"


def scored_answers(round_: Round) -> Mapping[str, Mapping[str, list[int]]]:
    """Return the answers to the six items, by side if the round tells the sides apart."""
    given = SPEC.given(round_)
    return {each.id: given.get(each.id, {}) for each in ITEMS}


def partnership_level(round_: Round) -> Level | None:
    """Return the level that the answers of a revealed round reach; None if an item has no answer."""
    return level(scored_answers(round_))


SPEC = PartnershipSpec()
