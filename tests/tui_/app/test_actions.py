"""Every action of the registry belongs to a screen that has a method for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from textual.screen import Screen

import tui
from tui.app.app import QuarterdeckApp
from tui.host.actions import ACTIONS, actions_at


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
