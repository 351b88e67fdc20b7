"""Every action of the registry belongs to a screen that has a method for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from key_table import FILE, key_table
from textual.screen import Screen

import tui
from tui.app.app import QuarterdeckApp
from tui.host.actions import ACTIONS, actions_at
from tui.host.key_bar import key_bar


def screens(above: type = Screen) -> Iterator[type]:
    """Return every screen class of the product."""
    for each in above.__subclasses__():
        if each.__module__.startswith("tui."):
            yield each
        yield from screens(each)


def test_every_action_has_a_method_on_its_screen() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        importlib.import_module(module.name)
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
    {"card.edit", "join.change", "people.change_person", "plan.edit_team", "together.edit", "consent.amend", "summary.rename", "objectives.rename"},
    {"card.add", "people.add_person", "plan.add_team", "what_if.more_people", "objectives.add"},
    {"card.decide", "people.name_decider", "consent.amend", "spotlight.decide"},
    {"card.talk", "talk.reopen"},
    {"card.work", "plan.edit_work"},
    {"card.withdraw", "what_if.drop_card", "objectives.leave_out", "compare.forget", "join.turn_all_away"},
    {"card.split", "what_if.split_off"},
    {"card.undo", "what_if.step_back", "objectives.undo", "changed.undo", "people.undo", "talk.undo", "look_back.undo"},
    {"card.note", "look_back.note"},
    {"card.accept", "look_back.accept"},
    {"talk.move", "look_back.kept"},
    {"talk.keep", "look_back.missed"},
    {"talk.duel", "look_back.reversed"},
    {"talk.differ", "look_back.overtaken"},
    {"talk.park", "look_back.open"},
    {"card.what_if", "plan.try_it", "compare.try_again"},
    {"board.find", "what_if.other_card"},
    {"board.move_up", "what_if.place_up", "objectives.place_up"},
    {"board.move_down", "what_if.place_down", "objectives.place_down"},
    {
        "board.select_down", "board.page_down", "consent.look_down", "trend.look_down", "talk.look_down", "spotlight.next_card", "plan.later_weeks",
        "compare.column_right", "story.next_card",
    },
    {
        "board.select_up", "board.page_up", "consent.look_up", "trend.look_up", "talk.look_up", "spotlight.previous_card", "plan.earlier_weeks",
        "compare.column_left", "story.previous_card",
    },
    {"board.detail", "reveal.turn", "plan.turn", "what_if.compare", "join.network", "look_back.turn"},
    {"board.carry", "people.toggle_presence"},
    {"session.ballots", "talk.ballots", "together.ballots", "consent.ballots", "ballot.other_ways", "compare.ballots"},
    {"session.reveal", "ballot.reveal", "talk.reveal", "together.reveal", "consent.reveal", "compare.reveal"},
    {"session.people", "ballot.missing", "join.people"},
    {"people.all_present", "join.admit_all"},
    {"ballot.drop", "join.turn_away"},
    {"summary.copy", "join.copy_link"},
    {"reveal.keep_board", "board.decline_move"},
    {"session.more_time", "spotlight.more_time"},
    {"reveal.figures", "trend.figures"},
    {"ballot.hands", "talk.score", "together.hands", "consent.hands", "compare.hands"},
    {"ballot.from_file", "people.from_file"},
    {"summary.save", "everywhere.summary"},
)  # fmt: skip
"""Actions that mean the same on their screens: to go up, to add something, to leave something out."""


def test_a_key_has_one_meaning_in_a_live_session() -> None:
    meanings: dict[str, list[str]] = {}
    for action in ACTIONS:
        if action.where not in APART:
            for key in action.keys.split(","):
                meanings.setdefault(key, []).append(action.id)
    meanings.pop("enter")  # it takes what is chosen, on every screen
    several = {key: ids for key, ids in meanings.items() if len(ids) > 1}
    assert {key: ids for key, ids in several.items() if not any(set(ids) <= group for group in SAME)} == {}


def test_the_table_of_keys_is_made_from_the_registry() -> None:
    assert FILE.read_text(encoding="utf-8") == key_table(), "python -m tests.key_table writes it anew"
