"""Every action of the registry belongs to a screen that has a method for it."""

from __future__ import annotations

import pytest
from hostile import screens
from key_table import FILE, key_table

from tui.app.app import QuarterdeckApp
from tui.host.actions import ACTIONS, actions_at
from tui.host.key_bar import key_bar


def test_every_action_has_a_method_on_its_screen() -> None:
    acting = [(each, each.PLACES) for each in screens() if getattr(each, "PLACES", ()) and not each.__subclasses__()]
    acting.append((QuarterdeckApp, ("everywhere",)))
    methods = {(each, f"action_{action.name}") for each, places in acting for action in actions_at(*places)}
    missing = {(each.__name__, name) for each, name in methods if not hasattr(each, name)}
    assert missing == set()
    assert {action.where for action in ACTIONS} <= {place for _, places in acting for place in places}


@pytest.mark.parametrize(
    ("place", "keys"), [("ballot", "enter m v r ⌫"), ("reveal", "enter tab O b # %"), ("talk", "h v 1 2 3 4 5"), ("consent", "h v r enter e R")]
)
def test_a_narrow_footer_shortens_words_before_it_loses_keys(place: str, keys: str) -> None:
    bar = [action for action in actions_at(place, "everywhere") if f" {action.shown} " in f" {keys} esc ? "]
    shown = [key for key, _ in key_bar(bar, 78)]
    assert shown == [*keys.split(), "esc", "?"]
    assert [key for key, _ in key_bar(bar, 30)][-2:] == ["esc", "?"]


APART = ("home", "replay", "joined")
"""Places outside a live session, with keys of their own."""
SAME = (
    "edit change change_person edit_team amend rename", "add add_person add_team more_people", "decide name_decider amend", "talk reopen",
    "work edit_work", "withdraw drop_card leave_out forget turn_all_away", "split split_off", "undo step_back", "move kept", "keep missed",
    "duel reversed", "differ overtaken", "park open", "what_if try_it try_again", "find other_card", "move_up place_up", "move_down place_down",
    "select_down page_down look_down next_card later_weeks column_right", "select_up page_up look_up previous_card earlier_weeks column_left",
    "detail turn compare network", "carry toggle_presence", "ballots other_ways", "people missing", "all_present admit_all", "drop turn_away",
    "copy copy_link", "keep_board decline_move", "hands score", "save summary",
)  # fmt: skip
"""Names of actions that mean the same on their screens: to go up, to add something, to remove something."""


def test_a_key_has_one_meaning_in_a_live_session() -> None:
    meanings: dict[str, set[str]] = {}
    for action in ACTIONS:
        if action.where not in APART:
            for key in action.keys.split(","):
                meanings.setdefault(key, set()).add(action.name)
    meanings.pop("enter")  # it takes what is chosen, on every screen
    assert {key: names for key, names in meanings.items() if len(names) > 1 and not any(names <= set(group.split()) for group in SAME)} == {}


def test_the_table_of_keys_is_made_from_the_registry() -> None:
    assert FILE.read_text(encoding="utf-8") == key_table(), "python -m tests.key_table writes it anew"
