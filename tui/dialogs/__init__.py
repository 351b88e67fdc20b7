"""Small windows over a screen: one question, one answer. What the session screen asks with is named here, and loaded when it asks."""

from typing import TYPE_CHECKING

from sessions.late import late

if TYPE_CHECKING:
    from tui.board.card_form import card_fields, card_from, parts_of, split_fields, wrong_with, wrong_with_split
    from tui.decide.dialog import DecideDialog
    from tui.dialogs.ask import Ask
    from tui.dialogs.choose import Choice, Choose
    from tui.dialogs.confirm import Confirm
    from tui.dialogs.form import Field, Form
    from tui.dialogs.panel import CardView
    from tui.plan.why import WhyDialog

__all__ = [
    "Ask",
    "CardView",
    "Choice",
    "Choose",
    "Confirm",
    "DecideDialog",
    "Field",
    "Form",
    "WhyDialog",
    "card_fields",
    "card_from",
    "parts_of",
    "split_fields",
    "wrong_with",
    "wrong_with_split",
]

_PARTS = {
    "tui.dialogs.ask": "Ask",
    "tui.board.card_form": "card_fields card_from parts_of split_fields wrong_with wrong_with_split",
    "tui.dialogs.panel": "CardView",
    "tui.dialogs.choose": "Choice Choose",
    "tui.dialogs.confirm": "Confirm",
    "tui.decide.dialog": "DecideDialog",
    "tui.dialogs.form": "Field Form",
    "tui.plan.why": "WhyDialog",
}

if not TYPE_CHECKING:  # a checker of types knows each name, and that there are no others
    __getattr__ = late(_PARTS)
