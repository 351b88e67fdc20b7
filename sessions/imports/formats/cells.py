"""What the cells of all files have in common: how long an id may be, and the words for nothing."""

from __future__ import annotations

ID_LIMIT = 60
"""The longest id of anything, in characters."""
NOTHING = frozenset({"", "(none)", "none", "null", "n/a", "na", "-", "–", "—", "tbd", "tbc", "unknown", "(blank)", "(empty)", "?"})
"""What people write into a cell to say that there is nothing yet."""
