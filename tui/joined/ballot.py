"""A participant's own ballot: typed as at the shared keyboard, but in sight, with what is left and one line of reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from sessions.record.events import RoundOpened
from sessions.rounds.ballot import REASON_LIMIT, check_choice
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.registry import spec_of
from sessions.wording import capital
from tui.dialogs.base import Dialog
from tui.text import hint_lines, plain, safe, wrap
from tui.voting.ballot_cards import FEW, BallotCards
from tui.voting.entry_parser import read_entry, read_reason
from tui.voting.methods.entry import EntryRefusedError
from tui.voting.methods.registry import view_of
from tui.voting.questions import asks
from tui.widgets.inputs import LineInput

LONGEST = 8000
"""The most characters of an entry: enough for the points of 500 cards."""
_AROUND = 15
"""Rows of the dialog without its list of cards, what is asked, and its keys."""
_INSIDE = 10
_WIDEST = 112


def opened_from(shown: Mapping[str, Any], cards: list[dict[str, Any]]) -> RoundOpened:
    """Return a round as a seat's state and list of items describe it."""
    items = tuple(card["id"] for card in cards)
    about_cards = spec_of(shown["method"]).about_cards
    return RoundOpened(
        round=shown["number"],
        method=shown["method"],
        budget=shown["budget"],
        cap=shown["cap"],
        limit=shown["limit"],
        cards=items if about_cards else (),
        questions=() if about_cards else items,
        numbers=tuple(card["number"] for card in cards),
        voices=(),
        about=shown["about"],
        what_ifs=shown["what_ifs"],
    )


def chosen(choice: Choice) -> dict[str, object] | None:
    """Return a choice as it is sent; None for an abstention."""
    fields = choice.model_dump(mode="json", exclude={"reason", "reason_card"}, exclude_none=True)
    return None if choice.abstains else {name: value for name, value in fields.items() if value != "" or name != "words"}


def longest(opened: RoundOpened) -> int:
    """Return the bytes that every ballot of a round is sent with."""
    return 2048 + 24 * len(opened.items) + sum(len(item.encode()) for item in opened.items)


class OwnBallot(Dialog[Choice]):
    """The ballot of one voter. What was typed before comes back; `keep` takes it whenever it changes."""

    CSS = """
    OwnBallot #dialog { width: 112; }
    OwnBallot #ballot-cards { margin-bottom: 1; }
    OwnBallot #balance { color: $text-muted; height: 1; margin-bottom: 1; }
    """

    def __init__(self, opened: RoundOpened, titles: Mapping[str, str], title: str, draft: tuple[str, str], keep: Callable[[str, str], None]) -> None:
        self._takes_reason = view_of(opened.method).takes_reason
        how = "enter why, enter again hands in" if self._takes_reason else "enter hands in"
        hint = f"{how}{' · ↑↓ page' if len(titles) > FEW else ''} · esc keeps it for later"
        super().__init__(title, hint=hint)
        self._asked = asks(opened, unseen=False)
        self._opened, self._titles, self._draft, self._keep = opened, titles, draft, keep

    def body(self) -> ComposeResult:
        """Lay out the question, the cards, the ballot and the line of reason."""
        yield Static(self._asked, id="dialog-about")
        yield BallotCards(self._opened.numbered, self._titles, id="ballot-cards")
        yield LineInput(value=plain(self._draft[0]), placeholder="your ballot", max_length=LONGEST, id="ballot", select_on_focus=False)
        yield Static("", id="balance")
        if self._takes_reason:
            placeholder = "why? a card's number, then one line (or just enter)"
            yield LineInput(value=plain(self._draft[1]), placeholder=placeholder, max_length=REASON_LIMIT + 10, id="why", select_on_focus=False)

    def on_mount(self) -> None:
        """List the cards, and take keys in the ballot."""
        self._list()
        self.query_one("#ballot", Input).focus()
        self._weigh()

    def on_resize(self) -> None:
        """List the cards again in another size."""
        self._list()

    def _list(self) -> None:
        width, height = self.app.size
        inside = max(1, min(_WIDEST, width * 96 // 100) - _INSIDE)
        texts = len(wrap(self._asked.plain, inside, 9)) + len(hint_lines(self.keys.hint, inside))
        self.query_one(BallotCards).list_in(inside, max(2, height - _AROUND - texts))

    @property
    def _typed(self) -> tuple[str, str]:
        return self.query_one("#ballot", Input).value, self.query_one("#why", Input).value if self._takes_reason else ""

    @on(Input.Changed)
    def _weigh(self) -> None:
        """Show what is left while the voter types; keep the draft."""
        self._keep(*self._typed)
        self.complain("")
        try:
            balance = view_of(self._opened.method).balance(self._opened, read_entry(self._typed[0], self._opened, self._titles))
        except EntryRefusedError:
            balance = ""
        self.query_one("#balance", Static).update(safe(balance))

    def _read(self, *, reason: bool) -> Choice | None:
        """Return what was typed, or say what is wrong with it."""
        typed, why = self._typed
        try:
            choice = read_entry(typed, self._opened, self._titles)
            choice = read_reason(why, choice, self._opened, self._titles) if reason else choice
        except EntryRefusedError as error:
            self.complain(error.detail)
            return None
        if fault := check_choice(self._opened, choice):
            self.complain(f"{capital(fault.detail).rstrip('.')}.")
            return None
        return choice

    @on(Input.Submitted, "#ballot")
    def go_on(self) -> None:
        """Continue to the line of reason, or hand in the ballot."""
        if self._takes_reason:
            if self._read(reason=False) is not None:
                self.query_one("#why", Input).focus()
        else:
            self.hand_in()

    @on(Input.Submitted, "#why")
    def hand_in(self) -> None:
        """Answer with the ballot."""
        if choice := self._read(reason=True):
            self.dismiss(choice)

    def on_key(self, event: events.Key) -> None:
        """Look at more cards."""
        if event.key in ("up", "down", "pageup", "pagedown"):
            cards, by = self.query_one(BallotCards), 1 if event.key.endswith("down") else -1
            if event.key.startswith("page"):
                cards.scroll_page(by)
            else:
                cards.scroll_line(by)
            event.stop()
