"""How the terminal shows each way of asking the room."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sessions.errors import SessionError
from sessions.rounds.methods.registry import spec_of
from tui.voting.methods import approval, consent, duel, partnership, points, pulse, ranking, score
from tui.voting.methods.view import MethodView, OrderView

_MODULES = (points, ranking, approval, score, duel, consent, pulse, partnership)
VIEWS: Mapping[str, MethodView] = MappingProxyType({module.VIEW.spec.name: module.VIEW for module in _MODULES})


def view_of(method: str) -> MethodView:
    """Return the view of a method. Raises SessionError for one that this version does not know."""
    return VIEWS[spec_of(method).name]


def order_view(method: str) -> OrderView:
    """Return the view of a method that asks for an order. Raises SessionError for any other."""
    view = view_of(method)
    if not isinstance(view, OrderView):
        raise SessionError(f"A {view.spec.title} asks for no order of cards.")
    return view


def order_views() -> list[OrderView]:
    """Return the views of all methods that ask for an order."""
    return [view for view in VIEWS.values() if isinstance(view, OrderView)]
