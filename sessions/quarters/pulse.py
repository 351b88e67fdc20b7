"""The two questions over a session: what the room answered at Open and at Close (METHOD 6.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sessions.record.events import Moment
from sessions.rounds.methods.pulse import SPEC, pulse_means
from sessions.rounds.methods.questions import Asked
from sessions.rounds.methods.registry import spec_of
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.answers import Means
from sessions.wording import mean_name

QUESTIONS: tuple[Asked, ...] = SPEC.all
"""The two questions, in their order."""


class Pulse(NamedTuple):
    """What a question got at each moment at which it was answered."""

    asked: Asked
    means: Mapping[Moment, Means]

    def at(self, when: Moment) -> Means | None:
        """Return the means at a moment; None if no one answered then."""
        found = self.means.get(when)
        return found if found and found.together is not None else None

    @property
    def words(self) -> str:
        """Return the mean at Open and at Close: 2.6 → 3.9; a dash for one without an answer, nothing without any."""
        found = [self.at("open"), self.at("close")]
        return " → ".join(mean_words(each) for each in found) if any(found) else ""


def pulse_round(session: Session, when: Moment) -> Round | None:
    """Return the latest revealed round of the two questions at a moment."""
    return next((each for each in reversed(session.rounds_of(SPEC.name)) if each.opened.when == when), None)


def pulses(session: Session) -> tuple[Pulse, ...]:
    """Return both questions with what they got."""
    found: dict[Moment, dict[str, Means]] = {}
    for when in ("open", "close"):
        if round_ := pulse_round(session, when):
            found[when] = pulse_means(round_)
    return tuple(Pulse(asked, {when: means[asked.id] for when, means in found.items() if asked.id in means}) for asked in QUESTIONS)


def mean_words(means: Means | None) -> str:
    """Return a mean of both sides to one decimal, or a dash."""
    return mean_name(means.together) if means and means.together is not None else "–"


def who_answered(session: Session, round_: Round) -> tuple[str, ...]:
    """Return the roles of those who answered a round of questions; nothing for hands, which no one signed."""
    return tuple(session.role(voice) for voice in round_.seals)


def answers_of(round_: Round) -> int:
    """Return how many answered a revealed round: its ballots without abstentions, or the most hands for one question."""
    counts = ([sum(its) for its in by_side.values()] for by_side in spec_of(round_.opened.method).sums(round_).values())
    return max((sum(each) for each in counts), default=0)
