"""Parse what a voter types into a ballot, and name the rule of the round that it breaks."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.record.events import Method, RoundOpened
from sessions.rounds.ballot import check_choice
from sessions.rounds.methods.choice import Choice
from tui.voting.methods.entry import ABSTAIN, CardList, EntryRefusedError
from tui.voting.methods.registry import view_of


def read_entry(typed: str, method: Method, cards: Sequence[str]) -> Choice:
    """Read what a voter typed. A card is named by its number on the list (its place in `cards`, 1 first) or by its id.

    Raises:
        EntryRefusedError: it cannot be read; whether it keeps the round's rules is for `refusal` to say.
    """
    view = view_of(method)
    how = view.how(len(cards))
    words = " ".join(typed.split()).casefold()
    if not words:
        raise EntryRefusedError(f"Nothing is sealed yet: type {how}.")
    return Choice() if words in ABSTAIN else view.read(typed, words, CardList(cards, how))


def refusal(opened: RoundOpened, choice: Choice) -> str:
    """Return which kind of rule a ballot breaks, or nothing if it may be cast (METHOD 3.2 to 3.5). It is fit for a shared screen."""
    fault = check_choice(opened, choice)
    return fault.public if fault else ""
