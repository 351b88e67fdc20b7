"""The face of a card on the board, made from the session: the words and the tone of each row.

A face is made for each visible card in each frame, so what it looks at must not grow with the number of cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sessions.deciding.sponsors import lacks_sponsor
from sessions.deciding.words import words_of
from sessions.portfolio.benefits import benefit_words
from sessions.portfolio.models import Project
from sessions.rounds.results import ResultCache
from sessions.sequencing.plan import Plan
from sessions.sequencing.weeks import short_start
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital, money_name, worth_name
from tui.cards.plan_words import PlanWords, promise_flags, words_on
from tui.sides import looks, shaped_name
from tui.themes import Ink
from tui.widgets.board.face import CardFace, Tone

if TYPE_CHECKING:
    from sessions.quarters.again import Mark
    from sessions.record.agreed import Decision
    from sessions.record.events import BallotsRevealed

TONES: Mapping[str, Tone] = {
    "continue": "start", "start": "start", "done": "start", "accept_below_target": "start",
    "start_after": "wait", "hold": "wait", "not_now": "wait", "return": "stop", "stop": "stop",
}  # fmt: skip


TALK = "talk"
"""The flag of a card that is worth discussing."""
DIFFERS = "differs · not discussed"
"""What such a card says when the room decides."""
_READ_AT_ONCE = 2000
"""Cards times ballots up to which a reveal is computed for the board too; above, the cards to discuss are on the reveal alone."""


class VoteSummary(NamedTuple):
    """What a revealed ballot says, by card: a bar with its figure, the same in words, and its place in each side's own order."""

    bars: Mapping[str, tuple[int, str]] = {}
    """How long a bar is, in thousandths, and its figure; -1 for no bar."""
    words: Mapping[str, str] = {}
    ranks: Mapping[str, Mapping[str, int]] = {}
    talk: frozenset[str] = frozenset()
    """The few cards to discuss."""

    def ranks_of(self, card: str) -> tuple[tuple[str, str, Ink], ...]:
        """Return where each side puts a card, the same in short, and the side's colour: ● business 2, ● 2."""
        shown = looks(self.ranks)
        if card not in self.words:
            return ()
        found = ((shaped_name(side, shown[side]), shown[side], ranks.get(card, "–")) for side, ranks in self.ranks.items())
        return tuple((f"{name} {rank}", f"{look.shape} {rank}", look.ink) for name, look, rank in found)


def vote_summary(session: Session, results: ResultCache) -> VoteSummary:
    """Return what the latest revealed ballot says, or nothing while none was revealed or one is open."""
    round_ = session.round
    if round_ is None or round_.revealed is None:
        return VoteSummary()
    from sessions.rounds.side_places import side_places  # noqa: PLC0415 - the first frame waits for no ballot type

    revealed: BallotsRevealed = round_.revealed
    tally = next((each for each in revealed.tallies if each.weighting == "sides"), None)
    ranks = side_places(round_)
    if tally is None:
        return VoteSummary(ranks=ranks)
    from tui.voting.methods.registry import order_view  # noqa: PLC0415 - the first frame waits for no ballot type

    view = order_view(round_.opened.method)
    return VoteSummary(
        bars={card: view.bar(tally, place, round_.opened) for place, card in enumerate(tally.order)},
        words={card: view.in_words(tally, place) for place, card in enumerate(tally.order)},
        ranks=ranks,
        talk=_to_talk(session, round_, results),
    )


def _to_talk(session: Session, round_: Round, results: ResultCache) -> frozenset[str]:
    """Return the cards to discuss, if they are computed quickly."""
    reading = results.result(session, round_)
    if len(reading.order) * len(reading.revealed.ballots) > _READ_AT_ONCE:
        return frozenset()
    return frozenset(each.card for each in reading.worth_talking)


def card_face(
    session: Session, card_id: str, rank: int, voices: VoteSummary, plan: Plan | None = None, *, stale: bool = False, marks: MoveMarks
) -> CardFace:
    """Return the face of the card at a rank, with the plan's words about it; a `stale` plan's words are dimmed."""
    card = session.cards[card_id]
    decision = session.decisions.get(card_id)
    planned = words_on(plan, card_id) if plan and not decision and card_id not in session.delivered else PlanWords()
    bar, bar_text = voices.bars.get(card_id, (-1, ""))
    earlier = marks.earlier.get(card_id)
    back = earlier.back if earlier and not decision and card_id not in session.delivered else ""
    # The room looks at the plan only after it has ranked the cards.
    first = back if session.phase not in ("sequence", "decide", "close") else ""
    line = first or _proposed(session, card, planned) or back or _line(session, card, decision)
    talk = _talk_flag(session, card, voices)
    if differs := bool(talk) and session.phase in ("decide", "close"):
        line = f"{DIFFERS} · {line}" if line else DIFFERS
    return CardFace(
        rank=rank,
        title=card.title,
        who=who(card),
        worth=worth(session, card),
        tone=TONES[decision.word] if decision else "differ" if differs else "wait" if first else "plain" if stale else planned.tone,
        stand="decided" if decision else "proposed" if planned.line and not first else "",
        line=line,
        short="delivered" if card_id in session.delivered else _promised(session, decision) if decision else planned.short,
        moved=marks.words(session, card_id, rank),
        flags=(
            *talk,
            *_flags(session, card, decision),
            *_plan_flags(session, card, decision, planned, None if stale else plan),
            *(("back",) if back and not first and line != back else ()),
        ),
        voices=voices.ranks_of(card_id),
        bar=bar,
        bar_text=bar_text,
        extra=_extra(card, line, (back, earlier.ranked, earlier.stale) if earlier else ()),
    )


def _proposed(session: Session, card: Project, planned: PlanWords) -> str:
    """Return what the plan says on a card; that it is a proposal, if it is still one."""
    if not planned.proposes or lacks_sponsor(session, card):
        return planned.line
    return f"proposed: {planned.line[0].lower()}{planned.line[1:]}"


def who(card: Project) -> str:
    """Return a card's sponsor and its objective."""
    return " · ".join(part for part in (card.sponsor, card.objective) if part)


class MoveMarks(NamedTuple):
    """Which cards are marked with the rank they had: those that someone moved, and those that crossed the line."""

    moved: frozenset[str]
    line: int | None = None
    """The rank of the first card below the line."""
    earlier: Mapping[str, Mark] = {}
    """What cards carry over from the earlier session."""

    def words(self, session: Session, card: str, rank: int) -> str:
        """Return a card's origin since the session began, if it is marked."""
        first = session.first_ranks.get(card)
        if first is None:
            return "added"
        crossed = self.line is not None and (first < self.line) != (rank < self.line)
        if first == rank or not (crossed or card in self.moved):
            return ""
        return f"{'▲' if rank < first else '▼'} from {first}"


def worth(session: Session, card: Project) -> str:
    """Return what a card is worth a month or, if that is not known, its budget."""
    text = worth_name(card.benefit.monthly, session.portfolio.currency_of(card.benefit.currency))
    if text or card.budget is None:
        return text
    return f"budget {money_name(card.budget.amount, card.budget.currency or session.portfolio.currency)}"


def _line(session: Session, card: Project, decision: Decision | None) -> str:
    if decision:
        words = words_of(session, decision)
        return f"{words} (provisional)" if decision.provisional else words
    if card.id in session.delivered:
        from sessions.deciding.adopting import adopting_words, delivery  # noqa: PLC0415 - few cards were delivered

        return adopting_words(delivered) if (delivered := delivery(session, card.id)) else ""
    if card.state == "in_flight":
        return "in flight: continues unless decided otherwise"
    if (lacking := lacks_sponsor(session, card)) and card.sponsor:
        return capital(lacking)
    return description(card)


def description(card: Project) -> str:
    """Return the first of its texts that says what a card is for."""
    return benefit_words(card.benefit) or card.description


def _talk_flag(session: Session, card: Project, voices: VoteSummary) -> tuple[str, ...]:
    """Return that the room should discuss a card, as long as it neither has nor has decided on it."""
    if card.id not in voices.talk or card.id in session.decisions or any(each.card == card.id and each.closed for each in session.talks):
        return ()
    return (TALK,)


def _flags(session: Session, card: Project, decision: Decision | None) -> tuple[str, ...]:
    flags = []
    if card.must:
        flags.append("must")
    if card.state == "in_flight" and not decision:
        flags.append("in flight")
    if card.id in session.delivered and decision and decision.word == "continue":
        flags.append("adopting")
    if decision and decision.override:
        flags.append("overridden")
    return tuple(flags)


def _plan_flags(session: Session, card: Project, decision: Decision | None, planned: PlanWords, plan: Plan | None) -> tuple[str, ...]:
    """Return what the plan flags, and what a card's sentence no longer says because the plan speaks there."""
    if plan is None:
        return ()
    if decision:
        return promise_flags(plan, card.id, decision)
    left = planned.line and card.sponsor and lacks_sponsor(session, card)
    return (*planned.flags, "sponsor left") if left else planned.flags


def _promised(session: Session, decision: Decision) -> str:
    return short_start(session.portfolio, decision.week) if decision.word == "start_after" and decision.week else ""


def _extra(card: Project, line: str, earlier: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the card's sentence does not say already."""
    adoption, benefit = card.adoption, card.benefit
    adopted = f"Adopted when {adoption.measure} reaches {adoption.target}" if adoption.measure and adoption.target else ""
    partner = f"IT partner: {card.it_partner}" if card.it_partner else ""
    texts = (*earlier, benefit.text, benefit.change, benefit.effect, card.description, adopted, partner)
    return tuple(dict.fromkeys(text for text in texts if text and text != line))
