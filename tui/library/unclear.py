"""What is asked before a session that follows another one begins: whether that one is right, and which earlier card an unclear one is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App

from sessions.library.following import Followed
from sessions.quarters.carry_over import Carried
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm
from tui.text import plain

_LATER = "\0later"
"""Not the id of a card."""


async def ask_unclear(app: App[None], followed: Followed, carried: Carried, doubts: Sequence[str]) -> dict[str, str] | None:
    """Ask, and return which earlier card each unclear one is, or that it is new (empty). None if someone went back."""
    if doubts and not await app.push_screen_wait(Confirm(f"Carry over from {plain(followed.name)}?", doubts, yes="carries over")):
        return None
    answers = dict[str, str]()
    titles = {card.id: card.title for card in followed.session.cards.values()}
    ranks = [rank for rank, each in enumerate(carried.report.cards, 1) if each.candidates]
    for rank, each in zip(ranks, carried.report.unclear, strict=True):
        left = [card for card in each.candidates if card not in answers.values()]
        if not left:
            answers[each.card] = ""
            continue
        ranked = [Choice(card, titles.get(card, card), _aside(followed, card)) for card in left]
        others = [Choice("", "none of them: it is new"), Choice(_LATER, "ask in the session", "this one and all that follow")]
        title = f"Which card of {plain(followed.name)} is #{rank} “{plain(titles.get(left[0], left[0]))}”?"
        answer = await app.push_screen_wait(Choose(title, [*ranked, *others], chosen=left[0]))
        if answer is None:
            return None
        if answer == _LATER:
            break
        answers[each.card] = answer
    return answers


def _aside(followed: Followed, card: str) -> str:
    """Return how the earlier session left a card, to distinguish it from its namesake."""
    session = followed.session
    if card not in session.cards:
        return "delivered before"
    decision = session.decisions.get(card)
    sponsor = session.cards[card].sponsor
    return " · ".join([f"#{session.rank(card)}", *([sponsor] if sponsor else []), *([decision.sentence] if decision else [])])
