"""The outcome of a discussion: the card is moved, kept, or the room agrees to differ. The duel is with the rounds."""

from __future__ import annotations

from textual import work

from sessions.commands.cards import MoveCard, ParkQuestion
from sessions.commands.people import ChooseAsker
from sessions.commands.talks import CloseTalk
from sessions.rounds.methods.registry import spec_of
from sessions.state.session import Session
from sessions.wording import ordinal, place_name, side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form
from tui.talk.base import TalkBase
from tui.talk.view import TalkView

OUTCOMES = {
    "move": "Move it to another place",
    "keep": "Keep its place",
    "duel": "A duel with a neighbour",
    "differ": "Agree to differ",
    "park": "Park a question",
}
"""The outcomes of a discussion, by the action that records each."""


class TalkOutcomes(TalkBase):
    """The part of the discussion screen that ends a discussion."""

    def can_end(self) -> bool:
        """Return whether this discussion is running, without an open round on the card."""
        return self.writable and self.view.is_running and not self._asked

    @property
    def _asked(self) -> bool:
        """Return whether a round on the card is open."""
        round_ = self.session.open_round
        return round_ is not None and spec_of(round_.opened.method).in_discussion and self.card in round_.opened.cards

    async def _ready(self) -> bool:
        """Return whether the discussion can end now; if not, show why. Without the scores that are due before it, ask."""
        if self._asked:
            self.quarterdeck.toast("A round on this card is open: count it, reveal it, or cancel it first (v, then ⌫).", warning=True)
        return self.can_end() and await self.without_scores()

    @work
    async def choose_outcome(self) -> None:
        """Ask for the outcome of the discussion."""
        if not await self._ready():
            return
        offered = {str(digit): each for digit, each in enumerate(OUTCOMES, 1) if self.check_action(each, ())}
        choices = [Choice(each, OUTCOMES[each]) for each in offered.values()]
        answer = await self.app.push_screen_wait(Choose("Outcome", choices, chosen="keep", digits="".join(offered)))
        if answer:
            self.call_later(self.run_action, answer)

    @work
    async def action_park(self) -> None:
        """Park a question about the card, which ends the discussion: it keeps its place."""
        if not await self._ready():
            return
        about = f"{self.session.title_of(self.card)} keeps its place, and the discussion of it ends."
        ask = Ask("Park a question?", about=about, placeholder="the question, for another day", check=_no_scores)
        text = await self.app.push_screen_wait(ask)
        if text and self.do(ParkQuestion(text=text, card=self.card if self.card in self.session.cards else "")):
            self.end("kept", f"parked: {text}")

    @work
    async def action_move(self) -> None:
        """Ask for the new rank, who asks for it and why; the move ends the discussion."""
        if not await self._ready():
            return
        session = self.session
        others = tuple(session.cards[card].title for card in session.order if card != self.card)
        roles = tuple(person.role for person in session.people.values())
        fields = [
            Field("rank", "To rank", "", "a number, or the card whose place it takes", others),
            Field("asker", "Who asks", session.role(session.asker) if session.asker else "", "a role; empty for none", roles),
            Field("reason", "Why", "", "one sentence"),
        ]
        form = Form(f"Move {session.title_of(self.card)}", fields, about=f"{_stands(self.view)} The move ends the discussion.", check=self._wrong)
        answer = await self.app.push_screen_wait(form)
        if answer:
            self._move(answer)

    def _wrong(self, answer: dict[str, str]) -> str:
        rank = rank_typed(self.session, answer["rank"], self.card)
        if rank is None:
            return f"To rank: type a number from 1 to {len(self.session.order)}, or how another card's title begins."
        if rank == self.session.rank(self.card):
            return f"It is at {rank} already: leave with esc, and 2 keeps it there."
        known = asker_typed(self.session, answer["asker"]) is not None
        return "" if known else "Who asks: type the role of someone in this session, or leave it empty."

    def _move(self, answer: dict[str, str]) -> None:
        rank, asker = rank_typed(self.session, answer["rank"], self.card), asker_typed(self.session, answer["asker"])
        if rank is None or asker is None:
            return

        def move() -> None:
            if asker != self.session.asker:
                self.live.perform(ChooseAsker(person=asker))
            self.live.perform(MoveCard(card=self.card, to=rank, reason=answer["reason"]))
            self.live.perform(CloseTalk(outcome="moved", note=answer["reason"]))

        self.quarterdeck.attempt(move)

    @work
    async def action_keep(self) -> None:
        """Keep the card's place, which ends the discussion."""
        if not await self._ready():
            return
        rank, name = self.view.rank, self.session.title_of(self.card)
        about = f"{name} keeps its place, and the discussion of it ends." if rank else f"{name} has left the board: the discussion of it ends."
        question = f"Keep it at {rank}?" if rank else "End the discussion?"
        note = await self.app.push_screen_wait(Ask(question, about=about, placeholder="why (may be left empty)", optional=True, check=_no_scores))
        if note is not None:
            self.end("kept", note)

    @work
    async def action_differ(self) -> None:
        """Agree to differ, in one sentence, which ends the discussion."""
        if not await self._ready():
            return
        about = "That is a result too: the card keeps its place, the discussion ends, and the sentence is in the summary."
        note = await self.app.push_screen_wait(Ask("Agree to differ?", about=about, placeholder="on what, in one sentence", check=_no_scores))
        if note:
            self.end("differ", note)


def _no_scores(typed: str) -> str:
    """Return what is wrong with a line of figures alone: scores that were typed too early."""
    return "Those look like scores: leave with esc, then h takes them." if "".join(typed.split()).isdigit() else ""


def rank_typed(session: Session, typed: str, card: str) -> int | None:
    """Read a rank: a number on the board, or the beginning of another card's title or its id; None if it is neither."""
    text = typed.strip().casefold()
    if text.isascii() and text.isdecimal():
        number = int(text[:6])
        return number if 1 <= number <= len(session.order) else None
    titles = {each: session.cards[each].title.casefold() for each in session.order if each != card}
    exact = [each for each, title in titles.items() if text in (title, each.casefold())]
    found = exact or [each for each, title in titles.items() if title.startswith(text)]
    return session.rank(found[0]) if text and len(found) == 1 else None


def asker_typed(session: Session, typed: str) -> str | None:
    """Read who asks: the id of the person with this role, "" for no one, None if there is no such role."""
    text = typed.strip().casefold()
    return next((person.id for person in session.people.values() if text == person.role.casefold()), None) if text else ""


def _stands(view: TalkView) -> str:
    """Return its neighbours on the board and its places on the ballots."""
    session, rank = view.session, view.rank or 0
    above = [f"below “{session.title_of(session.order[rank - 2])}”"] if rank > 1 else []
    under = [f"above “{session.title_of(session.order[rank])}”"] if 0 < rank < len(session.order) else []
    position = f"It is at {rank}, {' and '.join([*above, *under])}." if above or under else f"It is at {rank}."
    reading = view.reading
    if reading is None or view.id not in reading.order:
        return position
    own = [f"{side_name(side)} {place_name(place)}" for side, place in reading.places_of(view.id).items()]
    return f"{position} The group puts it {ordinal(reading.order.index(view.id) + 1)}{', ' + ', '.join(own) if own else ''}."
