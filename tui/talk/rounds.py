"""The rounds of a talk: scores before and after it, and the duel; by raised hands, or by masked ballots."""

from __future__ import annotations

from textual import work

from sessions.commands.rounds import OpenRound
from sessions.rounds.methods.duel import SPEC as DUEL
from sessions.rounds.methods.score import SPEC as SCORE
from tui.dialogs.choose import Choice, Choose
from tui.talk.base import TalkBase
from tui.voting.anonymity import anonymity_for
from tui.voting.hands_asked import count_hands
from tui.voting.reason_asked import with_reason


class TalkRounds(TalkBase):
    """The part of the discussion screen that asks the room."""

    @work
    async def action_score(self) -> None:
        """Count raised hands for the score round, which opens with them if it is not open yet."""
        await self._count_hands(self._scores())

    def _scores(self) -> OpenRound:
        return OpenRound(method=SCORE.name, anonymity=anonymity_for(self.session), cards=(self.card,))

    async def _count_hands(self, opening: OpenRound) -> None:
        """Count hands; `v` takes masked ballots for the round instead."""
        round_ = self.view.open_here
        if round_ is None and self.session.open_round is not None:
            return
        if round_ is not None and round_.seals:
            self.quarterdeck.toast("Ballots are already sealed: v: more ballots · r: reveal", warning=True)
            return
        await count_hands(self, opening, lambda: self._vote_secretly(opening))

    def _vote_secretly(self, opening: OpenRound) -> None:
        if self.session.open_round is not None or self.do(opening):
            self._show_ballots(reveal=False)

    def action_ballots(self) -> None:
        """Take masked ballots for the open round; if none is open, for the score round."""
        self._vote_secretly(self._scores())

    def action_reveal(self) -> None:
        """Reveal the masked ballots, which asks."""
        self._show_ballots(reveal=True)

    def _show_ballots(self, *, reveal: bool) -> None:
        self.quarterdeck.go.ballot(self.live, reveal=reveal, read_only=self.read_only)

    # --- the duel

    @work
    async def action_duel(self) -> None:
        """Hold a duel with the card above or the one below, and count raised hands."""
        if self.session.open_round is not None:
            await self._count_hands(self._duel(()))
            return
        if not await self.without_scores():
            return
        cards = await self._which_duel()
        if cards and (opening := await with_reason(self.app, self.session, self._duel(cards), "Another duel?")):
            await self._count_hands(opening)

    def _duel(self, cards: tuple[str, ...]) -> OpenRound:
        return OpenRound(method=DUEL.name, anonymity=anonymity_for(self.session), cards=cards)

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
