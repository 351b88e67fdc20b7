"""The commands as a tree, seen from outside: completion and the man page walk it. Typer brings its own classes, or Click's, by version."""

from __future__ import annotations

from typing import Any


def is_group(command: Any) -> bool:  # noqa: ANN401 - see above
    """Return whether a command has commands of its own."""
    return hasattr(command, "commands")


def params_of(command: Any) -> list[Any]:  # noqa: ANN401
    """Return the arguments and options of a command that are meant for people."""
    return [each for each in command.params if not getattr(each, "hidden", False)]


def options_of(command: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the options of a command by each of their names."""
    return {name: each for each in params_of(command) if each.param_type_name == "option" for name in each.opts}
