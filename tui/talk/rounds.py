"""The rounds of a talk: scores before and after it, and the duel; by raised hands, or by masked ballots."""

from __future__ import annotations

from textual import work

from sessions.commands.base import Command, ReasonNeededError
from sessions.commands.rounds import CountHands, OpenRound
from sessions.rounds.methods.duel import SPEC as DUEL
from sessions.rounds.methods.score import SPEC as SCORE
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.talk.base import TalkBase
from tui.talk.view import anonymity_for
from tui.voting.hands_asked import ask_hands


class TalkRounds(TalkBase):
    """The part of the discussion screen that asks the room."""

    @work
    async def action_score(self) -> None:
        """Open the score round, where none is open, and count raised hands."""
        if self.session.open_round is None and not self._open_scores():
            return
        await self._count_hands()

    def _open_scores(self) -> bool:
        return self.do(OpenRound(method=SCORE.name, anonymity=anonymity_for(self.session), cards=(self.card,)))

    async def _count_hands(self) -> None:
        """Count the hands of the open round in two steps: what was understood is shown before it counts."""
        round_ = self.view.open_here
        if round_ is None:
            return
        if round_.seals:
            self.quarterdeck.toast("Ballots are sealed already: v: more ballots · r: reveal", warning=True)
            return
        raised = await ask_hands(self.app, self.session, round_)
        if raised is not None:
            self.do(CountHands(round=round_.opened.round, hands=dict(raised)))

    def action_ballots(self) -> None:
        """Take masked ballots for the open round; where none is open, for the score round."""
        if self.session.open_round is None and not self._open_scores():
            return
        self._show_ballots(reveal=False)

    def action_reveal(self) -> None:
        """Reveal the masked ballots, which asks."""
        self._show_ballots(reveal=True)

    def _show_ballots(self, *, reveal: bool) -> None:
        self.quarterdeck.go.ballot(self.live, reveal=reveal, read_only=self.read_only)

    # --- the duel

    @work
    async def action_duel(self) -> None:
        """Hold a duel with the card above or the one below, and count raised hands."""
        if self.session.open_round is None:
            cards = await self._which_duel()
            if not cards or not await self._open_duel(cards):
                return
        await self._count_hands()

    async def _which_duel(self) -> tuple[str, str] | None:
        """Ask for the neighbour of the duel if there are two; return the lower and the upper card."""
        order, rank = self.session.order, self.session.rank(self.card)
        pairs = {"above": (self.card, order[rank - 2])} if rank > 1 else {}
        if rank < len(order):
            pairs["below"] = (order[rank], self.card)
        if len(pairs) < 2:
            if not pairs:
                self.quarterdeck.toast("This is the only card on the board: there is no neighbour for a duel.", warning=True)
            return next(iter(pairs.values()), None)
        choices = [
            Choice("above", f"#{rank - 1} {self.session.title_of(order[rank - 2])}", "above it"),
            Choice("below", f"#{rank + 1} {self.session.title_of(order[rank])}", "below it"),
        ]
        question = f"#{rank} {self.session.title_of(self.card)}: a duel with which neighbour?"
        answer = await self.app.push_screen_wait(Choose(question, choices, placeholder="above or below"))
        return pairs[answer] if answer else None

    async def _open_duel(self, cards: tuple[str, str]) -> bool:
        """Open the duel. Ask for a reason if it exceeds the session's time (METHOD 3.5)."""
        command = OpenRound(method=DUEL.name, anonymity=anonymity_for(self.session), cards=cards)
        against = self._refused(command)
        if not against:
            return self.session.open_round is not None
        reason = await self.app.push_screen_wait(Ask("Another duel?", about=against, placeholder="why"))
        return bool(reason) and self.do(command.model_copy(update={"override": reason}))

    def _refused(self, command: Command) -> str:
        """Perform a command; return the sentence if it needs a reason."""
        lacking: list[str] = []

        def perform() -> None:
            try:
                self.live.perform(command)
            except ReasonNeededError as error:
                lacking.append(str(error))

        self.quarterdeck.attempt(perform)
        return "".join(lacking)
