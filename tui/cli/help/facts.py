"""What holds for every command: the environment, and how one ends. `--help` and the man page show it."""

from __future__ import annotations

ENVIRONMENT = (
    ("QUARTERDECK_LIBRARY", "The folder of sessions, if --library names none."),
    ("QUARTERDECK_CONFIG", "The config: the theme, and other keys."),
)
EXIT_CODES = (
    ("0", "Done."),
    ("1", "The request failed: one sentence says why."),
    ("2", "Wrong usage, or no terminal to draw on."),
    ("130", "Interrupted."),
    ("128 + N", "Ended by signal N."),
)
