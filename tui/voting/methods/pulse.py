"""The two questions at the terminal (METHOD 6.11)."""

from __future__ import annotations

from sessions.rounds.methods.pulse import SPEC
from tui.voting.methods.questions import QuestionView


class PulseView(QuestionView):
    """The two questions."""

    spec = SPEC


VIEW = PulseView()
