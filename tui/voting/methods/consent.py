"""Consent rounds at the terminal (METHOD 2.4)."""

from __future__ import annotations

import re

from sessions.record.events import RoundOpened
from sessions.rounds.consent import dissent_lines, passed_words
from sessions.rounds.methods.choice import Choice
from sessions.rounds.methods.consent import NOT_A_HAND, SPEC, hand
from sessions.rounds.methods.revealed import given_by_side
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import MOST_FINGERS, tally_consent
from tui.voting.drawing.fingers import CONSENT, fingers
from tui.voting.methods.entry import NO_OPINION, CardList, EntryRefusedError
from tui.voting.methods.view import MethodView, prose
from tui.widgets.listing import Line

_HAND = re.compile(rf"([0-{MOST_FINGERS}])(?![0-9])[\s,;:.-]*(.*)", re.DOTALL)


class ConsentView(MethodView):
    """The consent round."""

    spec = SPEC
    hands_scale = CONSENT
    aside = "You can type a reason with any hand; with 3, 4 or 5 it is discarded, so typing gives nothing away."

    def how(self, opened: RoundOpened) -> str:
        """Return how a hand is typed."""
        return "Type 0 to 5; with 0, 1 or 2 also why: 2 no one can test it. Or: abstain."

    def read(self, text: str, words: str, on: CardList) -> Choice:
        """Read a hand and its sentence."""
        if words == NO_OPINION:
            return Choice()
        match = _HAND.match(text.strip())
        if match is None:
            raise EntryRefusedError(NOT_A_HAND)
        return hand(on.opened.cards[0], int(match[1]), match[2])

    def drawing(self, session: Session, round_: Round, width: int) -> list[Line]:
        """Draw the hands by side, whether there is consent, and what was written down."""
        card = round_.opened.cards[0]
        result = tally_consent(given_by_side(round_, card))
        lines = prose(passed_words(result), width, "start" if result.passed else "differ", bold=True)
        lines += [[], *fingers(CONSENT, result.counts, result.means, width)]
        for dissent in session.dissents:
            if dissent.card == card and dissent.round == round_.opened.round:
                said, answered = dissent_lines(dissent)
                lines += [[], *prose(said, width), *prose(answered, width, "muted")]
        return lines + ([[], *prose(f"The decider answered: {round_.answer}", width)] if round_.answer else [])


VIEW = ConsentView()
