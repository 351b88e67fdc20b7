"""What a ballot of each method holds: checked, in the form in which it is sealed, and in the form in which it is revealed.

The sealed form is what the seal was computed over, so a revealed ballot can be brought back into it, and a replay can prove it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.portfolio.models import TEXT_LIMIT, Value
from sessions.record.events import Method, RevealedBallot, RoundOpened
from sessions.sanitize import clean
from sessions.voting.points import check_points
from sessions.voting.ranking import check_ranking
from sessions.voting.scores import check_score

SealedForm = dict[str, Any]
"""A ballot as plain JSON."""


class Choice(Value):
    """What a voice says in a round: the one field that its method has; none of them is an abstention."""

    points: dict[str, int] | None = None
    ranking: tuple[tuple[str, ...], ...] | None = None
    scores: dict[str, int] | None = None
    prefers: str | None = None
    words: str = ""
    """In a consent round: the sentence that a hand of 0, 1 or 2 owes."""

    @property
    def abstains(self) -> bool:
        """Return whether nothing was chosen."""
        return self.points is None and self.ranking is None and self.scores is None and self.prefers is None


_FIELD: Mapping[Method, str] = {"points": "points", "ranking": "ranking", "score": "scores", "duel": "prefers", "consent": "scores"}


def check_choice(opened: RoundOpened, choice: Choice) -> tuple[str, ...]:
    """Return everything that is wrong with a ballot in this round, one clause each; nothing means that it may be cast.

    The clauses repeat cards and figures as they were given: they are for the voice alone, not for a shared screen.
    """
    if choice.abstains:
        return ()
    if {field for field in _FIELD.values() if getattr(choice, field) is not None} != {_FIELD[opened.method]}:
        return (f"this round asks for {_ASKED[opened.method]}",)  # and for nothing else, which nobody would look at
    if choice.points is not None:
        return check_points(choice.points, opened.cards, opened.budget, opened.cap)
    if choice.ranking is not None:
        return check_ranking(choice.ranking, opened.cards, opened.limit or None)
    if choice.scores is not None:
        return _check_scores(opened, choice.scores)
    return () if choice.prefers in opened.cards else (f"{choice.prefers} is not one of the two cards of this duel",)


_ASKED: Mapping[Method, str] = {
    "points": "points by card", "ranking": "cards in an order", "score": "a score from 0 to 5", "duel": "one of two cards",
    "consent": "a hand from 0 to 5",
}  # fmt: skip


def _check_scores(opened: RoundOpened, scores: Mapping[str, int]) -> tuple[str, ...]:
    strange = tuple(f"{card} is not a card of this round" for card in scores if card not in opened.cards)
    wrong = tuple(f"{card}: {fault}" for card, score in scores.items() for fault in check_score(score))
    owed = ("a hand from 0 to 5 is needed",) if opened.method == "consent" and not scores else ()
    return strange + wrong + owed


def sealed_form(choice: Choice) -> SealedForm:
    """Return a checked ballot in the form in which it is sealed. What says nothing is left out: no points, no opinion."""
    if choice.abstains:
        return {"abstained": True}
    if choice.points is not None:
        return {"points": {card: given for card, given in choice.points.items() if given}}
    if choice.ranking is not None:
        # Within a tie there is no order: two ballots that say the same are the same.
        return {"ranking": [sorted(tier) for tier in choice.ranking]}
    if choice.prefers is not None:
        return {"prefers": choice.prefers}
    words = clean(choice.words, TEXT_LIMIT).strip()
    return {"scores": dict(choice.scores or {})} | ({"words": words} if words else {})


def revealed_form(voice: str, side: str, salt: str, seal: str, form: SealedForm) -> RevealedBallot:
    """Return a sealed ballot in the form in which it is revealed."""
    return RevealedBallot(
        voice=voice,
        side=side,
        salt=salt,
        seal=seal,
        abstained=bool(form.get("abstained")),
        points=tuple(sorted(form.get("points", {}).items())),
        ranking=tuple(tuple(tier) for tier in form.get("ranking", ())),
        scores=tuple(sorted(form.get("scores", {}).items())),
        prefers=str(form.get("prefers", "")),
        words=str(form.get("words", "")),
    )


def sealed_form_of(ballot: RevealedBallot, method: Method) -> SealedForm:
    """Return a revealed ballot in the form in which it was sealed. Raises nothing: what does not fit proves nothing."""
    if ballot.abstained:
        return {"abstained": True}
    if method == "points":
        return {"points": dict(ballot.points)}
    if method == "ranking":
        return {"ranking": [list(tier) for tier in ballot.ranking]}
    if method == "duel":
        return {"prefers": ballot.prefers}
    return {"scores": dict(ballot.scores)} | ({"words": ballot.words} if ballot.words else {})


def without_names(ballots: tuple[RevealedBallot, ...], *, sides: bool) -> tuple[RevealedBallot, ...]:
    """Return ballots of which nobody can say whose they are: without voice, salt, seal and, unless `sides`, side; in an order that tells nothing.

    The sentence of a low hand goes too, where the side goes: it would tell who raised it.
    """
    bare = (
        each.model_copy(update={"voice": "", "salt": "", "seal": "", **({} if sides else {"side": "", "words": ""})}) for each in ballots
    )
    return tuple(sorted(bare, key=lambda each: each.model_dump_json()))
