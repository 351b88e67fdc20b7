"""What a room agrees on: decisions, answers to dissent, questions for another day, actions. The next session brings them along."""

from typing import Literal

from sessions.portfolio.models import Value
from sessions.record.base import Event
from sessions.record.choices import DecisionWord


class Decision(Value):
    """What the room decided on a card (METHOD 2.4).

    `sentence` puts it in words; `week` is the promised first week and `finish` the week at whose end the plan then had it ready, if it had;
    `until` is the ISO date on which the card comes back, `missing` what it needs until then. `rules` names the rules that the room overrode for
    `override`, its reason. `provisional`: decided without a quorum. `proposed`: as the plan proposed it.
    """

    card: str
    word: DecisionWord
    sentence: str
    owner: str = ""
    week: int | None = None
    finish: int | None = None
    until: str = ""
    missing: str = ""
    why: str = ""
    rules: tuple[str, ...] = ()
    override: str = ""
    provisional: bool = False
    proposed: bool = False


class DissentRecorded(Event):
    """A person disagreed with a decision, and got an answer. `round` is the consent round it came from, or 0; `changed`: the decision was amended."""

    kind = "dissent_recorded"
    undoable = True
    card: str
    who: str
    stance: Literal["concern", "objection"]
    text: str
    answer: str
    round: int = 0
    changed: bool = False


class QuestionParked(Event):
    """A question was left for another day."""

    kind = "question_parked"
    undoable = True
    text: str
    card: str = ""
    asked_by: str = ""


class ActionAgreed(Event):
    """A person will do something by a date."""

    kind = "action_agreed"
    undoable = True
    what: str
    who: str
    by_when: str
    card: str = ""
