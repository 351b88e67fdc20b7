"""Decide on a card: accept what is proposed with one key, or choose one of the nine words and give what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import NotADateError
from sessions.commands.decisions import AcceptProposals, Decide, broken_rules
from sessions.deciding.proposals import proposal_for
from sessions.deciding.words import WORD_NAMES, words_of
from sessions.errors import QuarterdeckError
from sessions.handling.dispatch import refusal
from sessions.record.events import DecisionWord
from sessions.state.session import Session
from tui.cards.face import DIFFERS
from tui.decide.words import KEYS, LABELS, NEEDS, REQUIRED, NotAWeekError, command_from, first_values, preview
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.dialogs.form import FORM_KEYS, field_row
from tui.text import plain, safe
from tui.widgets.inputs import LineInput

_PLACEHOLDERS = {
    "week": "a date, such as 2026-08-17, or the week of the quarter",
    "missing": "a sponsor, a benefit, capacity, …",
    "until": "a date, if one is agreed: 2026-09-29",
    "owner": "a role",
    "why": "one sentence",
    "override": "why it is decided all the same",
}
_COLUMNS = 3


class Words(Widget, can_focus=True, inherit_bindings=False):
    """The nine decision words, each with its key; the chosen one is marked."""

    class Accepted(Message):
        """Enter was pressed on the words."""

    class Picked(Message):
        """A word was picked."""

        def __init__(self, word: DecisionWord) -> None:
            super().__init__()
            self.word = word

    word: DecisionWord | None = None

    def render(self) -> Content:
        """Draw the words in three columns, read across."""
        cells = max(16, self.size.width // _COLUMNS)
        parts: list[tuple[str, str] | str] = []
        for number, (key, word) in enumerate(KEYS.items(), 1):
            chosen = word == self.word
            name = WORD_NAMES[word]
            parts += [("▌" if chosen else " ", "$accent"), (f"{key} ", "bold $accent"), (name, "bold" if chosen else "")]
            parts.append("\n" if number % _COLUMNS == 0 and number < len(KEYS) else " " * max(0, cells - 3 - len(name)))
        return Content.assemble(*parts)

    def choose(self, word: DecisionWord | None) -> None:
        """Mark a word."""
        self.word = word
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Pick a word by its key, or accept."""
        if event.character in KEYS:
            self.post_message(self.Picked(KEYS[event.character]))
        elif event.key == "enter":
            self.post_message(self.Accepted())
        else:
            return
        event.stop()
        event.prevent_default()


class DecideDialog(Dialog[Decide | AcceptProposals]):
    """Asks for the decision on a card; its answer is a command that the session will take."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "decide.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, session: Session, card_id: str, *, differs: bool = False) -> None:
        card = session.cards[card_id]
        super().__init__(f"#{session.rank(card_id)} {card.title}", hint="")
        self._session, self._card, self._differs = session, card_id, differs
        self._standing = session.decisions.get(card_id)
        self._proposal = proposal_for(session, card_id)
        self._roles = sorted({person.role for person in session.people.values()} | ({card.sponsor} if card.sponsor else set()))

    def body(self) -> ComposeResult:
        """Lay out the current decision and the proposal, the words, the fields, and the sentence."""
        yield Static(self._stands(), id="decide-stand")
        yield Words(id="decide-words")
        with VerticalScroll(can_focus=False, id="decide-fields"):
            for name in LABELS:
                if name != "override":
                    yield from self._field(name)
        yield Static("", id="decide-sentence")
        yield Static("", id="decide-rules")
        yield from self._field("override")

    def _field(self, name: str) -> Iterator[Widget]:
        suggester = SuggestFromList([plain(role) for role in self._roles], case_sensitive=False) if name == "owner" else None
        line = LineInput(placeholder=_PLACEHOLDERS[name], suggester=suggester, max_length=500, id=f"decide-{name}", select_on_focus=False)
        yield field_row(LABELS[name], line)

    def _stands(self) -> Content:
        lines: list[Content | str | tuple[str, str]] = []
        if self._differs and not self._standing:
            lines += [(DIFFERS, "bold $card-differ"), ("  esc, then i talks about it", "$text-muted"), "\n"]
        if self._standing:
            lines += [("Decided   ", "$text-muted"), (plain(words_of(self._session, self._standing)), "bold")]
            lines.append("  (provisional)" if self._standing.provisional else "")
        if self._proposal and not (self._standing and self._standing.sentence == self._proposal.sentence):
            lines += ["\n" if self._standing else "", ("Proposed  ", "$text-muted"), plain(words_of(self._session, self._proposal))]
        elif not self._proposal and not self._standing:
            lines.append(("No proposal for this card: choose a decision.", "$text-muted"))
        return Content.assemble(*lines)

    def on_mount(self) -> None:
        """Begin with the words; show the current decision in its fields."""
        self._pick(self._standing.word if self._standing else None)
        self.query_one(Words).focus()

    @property
    def _word(self) -> DecisionWord | None:
        return self.query_one(Words).word

    @property
    def _acceptable(self) -> bool:
        """Return whether enter accepts the proposal as it is."""
        return bool(self._proposal and not self._standing and not broken_rules(self._session, self._card, self._proposal.word))

    def _values(self) -> dict[str, str]:
        return {name: self.query_one(f"#decide-{name}", Input).value for name in LABELS}

    def _pick(self, word: DecisionWord | None) -> None:
        """Choose a word and show what it needs."""
        self.query_one(Words).choose(word)
        if word is not None:
            given = self._standing if self._standing and self._standing.word == word else self._proposal
            for name, value in first_values(self._session, self._card, word, given).items():
                self.query_one(f"#decide-{name}", Input).value = plain(value)
        rules = broken_rules(self._session, self._card, word) if word else ()
        shown = {*NEEDS[word], *(["override"] if rules else [])} if word else set()
        for name in LABELS:
            self.query_one(f"#row-decide-{name}").display = name in shown
        self.query_one("#decide-fields").display = word is not None
        self._show_rules(rules)
        self._show()
        self.complain("")

    def _show_rules(self, rules: tuple[str, ...]) -> None:
        text = f"Against it: {' and '.join(rules)}. Deciding all the same needs a reason, which is recorded." if rules else ""
        if any("quorum" in rule for rule in rules):
            text += " (o on the people screen overrides the quorum for all cards.)"
        if any("direction" in rule for rule in rules):
            text += " (esc, then c, asks every side.)"
        static = self.query_one("#decide-rules", Static)
        static.update(safe(text))
        static.display = bool(rules)

    def _show(self) -> None:
        """Show the sentence as it would be, and what enter does."""
        word, sentence = self._word, self.query_one("#decide-sentence", Static)
        sentence.display = word is not None
        if word is not None:
            values = self._values()
            said = plain(preview(self._session, word, values))
            sentence.update(Content.assemble(("→ ", "$accent"), (said, "bold")))
        does = "enter decides" if word else "enter accepts what is proposed" if self._acceptable else "enter takes up what is proposed"
        hint = [does] if word or self._proposal else []
        hint += ["↑ another word" if word else "1–9 choose", "esc cancel"]
        self.keys.hint = " · ".join(hint)

    @on(Words.Picked)
    def pick(self, event: Words.Picked) -> None:
        """Show what the picked word needs, and go to its first field."""
        self._pick(event.word)
        self._focus_first()

    def _focus_first(self) -> None:
        if (word := self._word) is None:
            return
        values = self._values()
        names = [*NEEDS[word], *(["override"] if broken_rules(self._session, self._card, word) else [])]
        empty = [name for name in names if not values[name] and name != "owner"]
        required = [name for name in empty if name in (REQUIRED.get(word), "override")]
        self.query_one(f"#decide-{(required or empty or names)[0]}", Input).focus()

    @on(Input.Changed)
    def changed(self) -> None:
        """Keep the sentence up to date."""
        self._show()

    @on(Input.Submitted)
    @on(Words.Accepted)
    def action_accept(self) -> None:
        """Answer with the command, or say what is lacking."""
        if (word := self._word) is not None:
            self._decide(word)
        elif self._acceptable:
            self.dismiss(AcceptProposals(cards=(self._card,)))
        elif self._proposal:
            self._pick(self._proposal.word)
            self._focus_first()
        else:
            self.complain("Choose a word with its key, 1 to 9.")

    def _decide(self, word: DecisionWord) -> None:
        try:
            command = command_from(self._session, self._card, word, self._values())
        except (QuarterdeckError, NotAWeekError) as error:
            self._refuse(error, "week")
            return
        if reason := refusal(self._session, command):
            by_kind = {ReasonNeededError: "override", NotADateError: "until"}
            self._refuse(reason, by_kind.get(type(reason), "week" if word == "start" else REQUIRED.get(word, "")))
            return
        self.dismiss(command)

    def _refuse(self, reason: Exception, field: str) -> None:
        """Show what is lacking, and go to its field."""
        self.complain(str(reason))
        if field:
            self.query_one(f"#decide-{field}", Input).focus()
