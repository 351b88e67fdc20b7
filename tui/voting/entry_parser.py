"""Parse what a voter types into a ballot, and name the rule of the round that it breaks."""

from __future__ import annotations

import re
from collections.abc import Collection

from sessions.record.events import RoundOpened
from sessions.rounds.ballot import check_choice
from sessions.rounds.methods.choice import Choice
from tui.voting.methods.entry import ABSTAIN, CardList, EntryRefusedError
from tui.voting.methods.registry import view_of

_REASON = re.compile(r"\s*([^\s:,.;]+)[\s:,.;-]+(.*\S)\s*", re.DOTALL)


def read_entry(typed: str, opened: RoundOpened, left: Collection[str] | None = None) -> Choice:
    """Read what a voter typed; `left` are the cards of the round that may be named, None for all.

    Raises:
        EntryRefusedError: it cannot be read; whether it keeps the round's rules is for `refusal` to say.
    """
    view = view_of(opened.method)
    words = " ".join(typed.split()).casefold()
    if not words:
        raise EntryRefusedError(f"Nothing is typed yet. {view.how(opened)}")
    return Choice() if words in ABSTAIN else view.read(typed, words, _list(opened, left))


def read_reason(typed: str, choice: Choice, opened: RoundOpened, left: Collection[str] | None = None) -> Choice:
    """Return a choice with the line of reason that was typed, if any; an abstention keeps none. Raises EntryRefusedError."""
    if not typed.strip():
        return choice
    match = _REASON.fullmatch(typed)
    if match is None:
        raise EntryRefusedError("A reason is a card's number, then words. Or just enter.")
    if not any(each.isalpha() for each in match[2]):
        raise EntryRefusedError("That looks like a ballot, not like a reason: a reason has words.")
    card = _list(opened, left).card(match[1])
    return choice if choice.abstains else choice.model_copy(update={"reason_card": card, "reason": " ".join(match[2].split())})


def _list(opened: RoundOpened, left: Collection[str] | None) -> CardList:
    return CardList(opened, view_of(opened.method).how(opened), left)


def refusal(opened: RoundOpened, choice: Choice) -> str:
    """Return which kind of rule a ballot breaks, or nothing if it may be cast (METHOD 3.2 to 3.5). It is fit for a shared screen."""
    fault = check_choice(opened, choice)
    return fault.public if fault else ""
