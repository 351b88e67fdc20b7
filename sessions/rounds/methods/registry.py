"""Every way of asking the room by its name in the record. An unknown name is an error, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sessions.errors import SessionError
from sessions.rounds.methods import approval, consent, duel, partnership, points, pulse, ranking, score
from sessions.rounds.methods.order import OrderSpec
from sessions.rounds.methods.spec import MethodSpec

_MODULES = (points, ranking, approval, score, duel, consent, pulse, partnership)
METHODS: Mapping[str, MethodSpec] = MappingProxyType({module.SPEC.name: module.SPEC for module in _MODULES})


def spec_of(method: str) -> MethodSpec:
    """Return the spec of a method. Raises SessionError for one that this version does not know."""
    try:
        return METHODS[method]
    except KeyError:
        raise SessionError(f"This version does not know rounds of the kind {method}.") from None


def order_spec(method: str) -> OrderSpec[Any]:
    """Return the spec of a method that asks for an order. Raises SessionError for any other."""
    spec = spec_of(method)
    if not isinstance(spec, OrderSpec):
        raise SessionError(f"A {spec.title} asks for no order of cards.")
    return spec
