"""Small windows over a screen: one question, one answer. What the session screen asks with is named here, and loaded when it asks."""

from typing import TYPE_CHECKING

from sessions.late import late

if TYPE_CHECKING:
    from tui.dialogs.ask import Ask
    from tui.dialogs.card_form import card_fields, card_from, parts_of, split_fields, wrong_with, wrong_with_split
    from tui.dialogs.card_view import CardView
    from tui.dialogs.choose import Choice, Choose
    from tui.dialogs.confirm import Confirm
    from tui.dialogs.decide import DecideDialog
    from tui.dialogs.form import Field, Form
    from tui.dialogs.why import WhyDialog

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
    "ask": "Ask",
    "card_form": "card_fields card_from parts_of split_fields wrong_with wrong_with_split",
    "card_view": "CardView",
    "choose": "Choice Choose",
    "confirm": "Confirm",
    "decide": "DecideDialog",
    "form": "Field Form",
    "why": "WhyDialog",
}

if not TYPE_CHECKING:  # a checker of types knows each name, and that there are no others
    __getattr__ = late(__name__, _PARTS)
