"""The base of the discussion screen's parts: the live session, the card, and the outcome."""

from __future__ import annotations

from sessions.commands.talks import CloseTalk, PutOffTalk, is_untouched
from sessions.live.ports import ReadableSession
from sessions.record.events import TalkOutcome
from tui.dialogs.confirm import Confirm
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.talk.view import TalkView


class TalkBase(ListedScreen):
    """A discussion of a card of a live session. Parts of the screen are mixed in over this class."""

    def __init__(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.card = card

    @property
    def following(self) -> tuple[str, str]:
        """Return what pages show while this is in front: the discussion of the card."""
        return "talk", self.card

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the card with its scores."""
        return Spot("scores", self.card)

    @property
    def view(self) -> TalkView:
        """Return what there is to see of the card now; the screen overrides this."""
        return TalkView(self.session, self.card, None)

    @property
    def scores_due(self) -> bool:
        """Return whether the card is to be scored before anybody speaks."""
        return self.view.step == "score" and self.step.kind == "score_card"

    async def without_scores(self) -> bool:
        """Return whether an outcome may come now: if scores are due it asks, because a digit may be meant as a score."""
        if not self.scores_due:
            return True
        lines = [f"{self.session.title_of(self.card)}: no one has scored it; an outcome ends the discussion.", "To type scores instead: esc, then h."]
        answer = await self.app.push_screen_wait(Confirm("An outcome before the scores?", lines, yes="says it without scores"))
        return bool(answer)

    def leave(self) -> None:
        """Go back; a discussion in which nothing was scored or written down is put off."""
        if self.writable and self.view.is_running and is_untouched(self.session) and self.do(PutOffTalk()):
            self.quarterdeck.toast(f"Put off, still to be discussed: {self.session.title_of(self.card)}")
        self.dismiss()

    def action_undo(self) -> None:
        """Undo the start of the discussion; once it has led to something, say so."""
        if is_untouched(self.session):
            self.leave()
        else:
            self.do(PutOffTalk())

    def end(self, outcome: TalkOutcome, note: str = "") -> None:
        """End the discussion."""
        self.do(CloseTalk(outcome=outcome, note=note))
