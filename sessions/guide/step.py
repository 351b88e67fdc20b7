"""A step of the meeting, and what a screen knows besides the session."""

from typing import Literal, NamedTuple

from sessions.record.choices import Phase

StepKind = Literal[
    "add_people",
    "name_decider",
    "mark_present",
    "override_quorum",
    "confirm_objectives",
    "see_changes",
    "ask_pulse",
    "ask_partnership",
    "look_back",
    "read_card",
    "open_ballot",
    "collect_ballots",
    "reveal",
    "doubt",
    "take_order",
    "talk",
    "score_card",
    "say_outcome",
    "draw_line",
    "preview_decisions",
    "set_next_date",
    "look_at_trend",
    "close",
    "start_phase",
    "write_page",
]


class Step(NamedTuple):
    """What the room does next. `sentence` is the state of the meeting, `act` what comes next as a verb; an `optional` step can be skipped."""

    kind: StepKind
    sentence: str
    act: str
    optional: bool = False
    card: str = ""
    phase: Phase | None = None
    """The phase to start, for `start_phase`."""


class Known(NamedTuple):
    """What a screen knows besides the session: it is computed elsewhere, or the screen's own."""

    headline: str = ""
    """What the latest reveal says, in one sentence."""
    to_talk: tuple[str, ...] = ()
    """The cards worth discussing after the latest ballots, in order."""
    read: frozenset[str] = frozenset()
    """The cards that were read aloud."""
    alike: str = ""
    """The first card of a first ballot with so much agreement that someone should doubt it (METHOD 2.5)."""
    seated: frozenset[str] = frozenset()
    """The voters who use a device of their own."""


NOTHING = Known()
