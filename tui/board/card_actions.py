"""What is done to the selected card, besides moving it: find, read, note, edit, split, withdraw, decide, disagree, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from sessions.commands.base import Command
from sessions.portfolio.models import Project
from sessions.record.base import Event
from sessions.wording import plural, side_name
from tui.board.marking import Marking
from tui.sides import side_of
from tui.widgets.board.board import Board
from tui.widgets.board.face import DECIDED

if TYPE_CHECKING:
    from sessions.commands.cards import Redo, Undo
    from sessions.record.events import CardMoved

NOBODY = "no one in particular"

_LISTED = 5
"""Cards that a question names."""


class CardActions(Marking):
    """The part of the session screen that works on the selected card."""

    _put_off = 0
    """The number of the event after which an undo has already warned that it reaches back past a discussion put off."""

    def action_open_card(self) -> None:
        """Read the card in full; drop a carried card; after digits, move to that rank."""
        from tui.cards.detail import detail
        from tui.dialogs.panel import CardView

        if self.carry:
            self.drop()
        elif not self.take_digits() and (card := self.selected):
            self.app.push_screen(CardView(detail(self.session, card.id, self.voices, self.live.plans.known(self.session))))

    @on(Board.Opened)
    def open_clicked(self) -> None:
        """Read a card that was double-clicked."""
        self.action_open_card()

    @work
    async def action_asker(self) -> None:
        """Name the asker of the next moves."""
        from sessions.commands.people import ChooseAsker
        from tui.dialogs.choose import Choice, Choose

        choices = [Choice(person.id, person.role, side_name(side_of(person))) for person in self.session.people.values()]
        choices.append(Choice("", NOBODY))
        answer = await self.app.push_screen_wait(Choose("Who is asking?", choices, chosen=self.session.asker))
        if answer is not None:
            self.do(ChooseAsker(person=answer))

    @work
    async def action_note(self) -> None:
        """Ask why cards were just moved together, else why the selected card was moved last, or for a note if the reason is known."""
        from sessions.commands.cards import NoteOnCard
        from sessions.record.events import CardMoved, CardsMoved
        from sessions.state.moves import moved_by
        from tui.dialogs.ask import Ask

        if not (card := self.selected):
            return
        last, noted = self.session.done, {note.about for note in self.session.notes}
        together = last.recorded.event if last and isinstance(last.recorded.event, CardsMoved) else None
        noted_on = together.cards[0] if together and card.id not in together.cards else card.id
        move = moved_by(self.session, noted_on)
        title, about, explains = "A note", card.title, True
        match move.event if move and move.seq not in noted else None:
            case CardMoved(old=old, new=new, reason=""):
                title = f"Why {old} → {new}?"
            case CardsMoved(cards=cards, reason=""):
                named = [self._named(each) for each in cards if each in self.session.cards]
                more = [f"and {len(named) - _LISTED} more"] if len(named) > _LISTED else []
                title, about = f"Why were {len(cards)} cards moved?", "\n".join([*named[:_LISTED], *more])
            case _:
                noted_on, explains = card.id, False
        text = await self.app.push_screen_wait(Ask(title, about=about, placeholder="one sentence"))
        if text:
            self._do_and_tell(NoteOnCard(card=noted_on, text=text, explains_move=explains))

    @work
    async def action_edit(self) -> None:
        """Edit the selected card."""
        from sessions.commands.cards import EditCard
        from tui.board.card_form import CardForm, card_from

        if not (card := self.selected):
            return
        answer = await self.app.push_screen_wait(CardForm(f"Edit #{self.session.rank(card.id)}", self.session, card))
        if answer:
            self._do_and_tell(EditCard(card=card_from(self.session.cards[card.id], answer)))

    @work
    async def action_add(self) -> None:
        """Add a card below the selected one."""
        from sessions.commands.cards import AddCard
        from tui.board.card_form import CardForm, card_from

        above, blank = self.selected, Project(id="", title="")
        answer = await self.app.push_screen_wait(CardForm("Add a card", self.session, blank))
        if answer:
            rank = self.session.rank(above.id) + 1 if above and above.id in self.session.cards else len(self.session.order) + 1
            if self._do_and_tell(AddCard(card=card_from(blank, answer), rank=rank)):
                self.select(self.session.order[rank - 1])

    @work
    async def action_split(self) -> None:
        """Split the selected card in two."""
        from sessions.commands.cards import SplitCard
        from tui.board.card_form import parts_of, split_fields, wrong_with_split
        from tui.dialogs.form import Form

        if not (card := self.selected):
            return
        about = "The first part keeps the card's place and its work; the second goes right below it."
        answer = await self.app.push_screen_wait(Form(f"Split {card.title}", split_fields(card), about=about, check=wrong_with_split, first="second"))
        if answer:
            first, second = parts_of(self.session.cards[card.id], answer)
            self._do_and_tell(SplitCard(card=card.id, first=first, second=second))

    @work
    async def action_withdraw(self) -> None:
        """Withdraw the selected card, with a reason."""
        from sessions.commands.cards import WithdrawCard
        from tui.dialogs.ask import Ask

        if not (card := self.selected):
            return
        reason = await self.app.push_screen_wait(
            Ask(f"Withdraw {card.title}?", about="The card leaves the board; the record keeps it, and u brings it back.", placeholder="why")
        )
        if reason:
            self._do_and_tell(WithdrawCard(card=card.id, reason=reason))

    @work
    async def action_decide(self) -> None:
        """Decide on the selected card."""
        if not (card := self.selected):
            return
        was_open = card.id not in self.session.decisions
        command = await self.quarterdeck.go.decision(self.live, card.id)
        if command is not None and self._do_and_tell(command) and was_open:
            self._go_to_next_open(card.id)

    def _go_to_next_open(self, card: str) -> None:
        """Select the next card without a decision, from the top again after the last one, and say so."""
        order = self.shown_order()
        after = order.index(card) + 1 if card in order else 0
        following = next((each for each in (*order[after:], *order[:after]) if each not in self.session.decisions), "")
        self.select(following)
        shown = " that is shown" if self.view.filters else ""
        rest = f"next: {self._named(following)}" if following else f"every card{shown} is decided"
        self.show_status(f"{DECIDED} {self._named(card)} → {rest}")

    def _named(self, card: str) -> str:
        return f"#{self.session.rank(card)} {self.session.cards[card].title}"

    def action_talk(self) -> None:
        """Discuss the selected card."""
        if card := self.selected:
            self.discuss(card.id)

    @work
    async def action_accept(self) -> None:
        """Show what the proposals would do, and accept those that the room takes."""
        cards, before = self.shown.order if self.view.filters else (), len(self.session.undecided)
        command = await self.quarterdeck.go.acceptance(self.live, cards)
        if command is not None and self._do_and_tell(command):
            offered = self.quarterdeck.progress(self.live).offered
            offered.add(("decide", "preview_decisions"))
            if cards:
                offered.remove(("decide", "preview_decisions"))  # the line at the top then offers the cards that the filter hid
            left = len(self.session.undecided)
            rest = f"{plural(left, 'card')} left to decide with d" if left else "every card has its decision"
            self.show_status(f"{plural(before - left, 'card')} decided: {rest} · u undoes them")

    def action_consent(self) -> None:
        """Ask the room for consent to the decision on the selected card, or show what it said."""
        if card := self.selected:
            self.quarterdeck.go.consent(self.live, card.id, read_only=self.read_only)

    @work
    async def action_dissent(self) -> None:
        """Write down who disagrees with the decision on the card, and the answer."""
        from tui.dialogs.form import Field, Form

        if not (card := self.selected):
            return
        roles = tuple(person.role for person in self.session.people.values())
        fields = [
            Field("who", "Who", "", "a role", roles),
            Field("stance", "Stance", "concern", "concern or objection", ("concern", "objection")),
            Field("text", "What they say", "", "the harm or the worry, in one sentence"),
            Field("answer", "The answer", "", "the reply"),
        ]
        from sessions.commands.consent import RecordDissent

        answer = await self.app.push_screen_wait(Form(f"Dissent on {card.title}", fields, check=_wrong_with_dissent))
        if answer:
            self._do_and_tell(RecordDissent.model_validate({"card": card.id, **answer}))

    def action_undo(self) -> None:
        """Undo the latest board action, or the start of a discussion since then: never anything before that."""
        from sessions.commands.cards import Undo

        latest = self.live.recordeds[-1]
        if latest.event.kind == "talk_put_off" and self._put_off != latest.seq:
            self._put_off = latest.seq
            self.quarterdeck.toast("The discussion is already put off. u again undoes what was done before it.")
            return
        talk, last = self.session.talk, next(self.session.history(), None)
        if talk and not self.carry and (last is None or last.seq < talk.begun):
            from sessions.commands.talks import PutOffTalk

            self._do_and_tell(PutOffTalk())
        else:
            self._step_back_or_forth(Undo())

    def action_redo(self) -> None:
        """Redo what was undone."""
        from sessions.commands.cards import Redo

        self._step_back_or_forth(Redo())

    def _step_back_or_forth(self, command: Undo | Redo) -> None:
        if self.carry:
            self.put_back()
            return
        if self._do_and_tell(command) and (move := self.move_in(self.live.recordeds[-1].event)) and move.card in self.shown.order:
            self.select(move.card)

    def move_in(self, event: Event) -> CardMoved | None:
        """Return the move of an event, an undo or a redo."""
        from sessions.state.moves import move_meant

        return move_meant(self.live.recordeds, event)

    def _do_and_tell(self, command: Command) -> bool:
        """Run a command, and say above the keys what it recorded. Return whether it succeeded."""
        before = self.session
        done = self.do(command)
        if done:
            from sessions.replay.narration import narrate

            self.show_status(narrate(before, self.live.recordeds[-1]))
        return done


def _wrong_with_dissent(answer: dict[str, str]) -> str:
    if answer["stance"] not in ("concern", "objection"):
        return "The stance is concern or objection."
    labels = {"who": "who", "text": "what they say", "answer": "the answer"}
    missing = [label for name, label in labels.items() if not answer[name]]
    return f"Still missing: {', '.join(missing)}." if missing else ""
