"""Packages whose parts are loaded when one of their names is first used: what only some sessions need costs no session its first frame."""

from collections.abc import Callable, Mapping
from importlib import import_module


def late(parts: Mapping[str, str]) -> Callable[[str], object]:
    """Give the `__getattr__` of a package; `parts` holds, by module, the names in it that are the package's own, with spaces between them."""
    part_of = {name: part for part, names in parts.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in part_of:
            raise AttributeError(f"module has no attribute {name!r}")
        return getattr(import_module(part_of[name]), name)

    return get
