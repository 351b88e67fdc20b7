"""The partnership at the terminal (METHOD 6.7)."""

from __future__ import annotations

from sessions.rounds.methods.partnership import SPEC
from tui.voting.methods.questions import QuestionView


class PartnershipView(QuestionView):
    """The six items."""

    spec = SPEC


VIEW = PartnershipView()
