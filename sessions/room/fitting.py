"""How a state is sent, and how its texts are shortened until it is small enough."""

from __future__ import annotations

import json
from typing import Any

_LENGTHS = (600, 300, 160, 80, 40, 20, 12, 6)
"""Lengths of texts to try: the first that makes the shared state fit."""
_NAMES = frozenset({"id", "card", "person", "seat", "team", "side", "listv", "kind", "phase"})
"""Fields that a device sends back, or uses as ids."""


def size_of(state: dict[str, Any]) -> int:
    """Return the bytes of a state as it is sent."""
    return len(encoded(state))


def encoded(state: dict[str, Any]) -> bytes:
    """Return a state as it is sent."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def fitted(state: dict[str, Any], limit: int) -> dict[str, Any]:
    """Return a part of a state with its texts as long as this many bytes allow."""
    for length in _LENGTHS:
        short: dict[str, Any] = shortened(state, length)
        if size_of(short) <= limit:
            break
    return short


def shortened(value: Any, length: int) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value whose texts have at most this many characters; ids stay whole."""
    if isinstance(value, str):
        return value if len(value) <= length else f"{value[: length - 1].rstrip()}…"
    if isinstance(value, dict):
        return {name: each if name in _NAMES and isinstance(each, str) else shortened(each, length) for name, each in value.items()}
    return [shortened(each, length) for each in value] if isinstance(value, (list, tuple)) else value
