"""The partnership at the terminal (METHOD 6.7)."""

from __future__ import annotations

from sessions.rounds.methods.partnership import SPEC
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital
from tui.voting.methods.questions import QuestionView
from tui.voting.methods.view import prose
from tui.widgets.listing import Line


class PartnershipView(QuestionView):
    """The six items."""

    spec = SPEC

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw the level, then what each item got."""
        told = ", ".join(SPEC.told(round_))
        return [*prose(capital(told), width, bold=True), [], *super().drawing(session, round_, width)]


VIEW = PartnershipView()
