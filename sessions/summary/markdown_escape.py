"""Escape a user's text for our Markdown: a renderer shows it as plain words, regardless of its content.

It never becomes a heading, a list, emphasis, code, HTML, an entity, a table's edge, a link (also not one that renderers make out of a bare
address), or, if a table is pasted into a spreadsheet, a formula.
"""

from __future__ import annotations

import re

from sessions.portfolio.models import TEXT_LIMIT
from sessions.sanitize import clean, guarded
from sessions.wording import money_name

_ACTIVE = re.compile(
    r"""
      [\\`*_\[\]<|~]
    | ^[#>=+-]                    # a heading, a quotation, an underline, a list
    | &(?=[\#A-Za-z])             # an entity
    | @                           # an e-mail address, a mention
    | :(?=[^\s\d]) | (?<!\d):(?=\d)   # http://, mailto:, :smile: (but not 9:30)
    | (?<=/)/ | /(?=/)            # //example.org
    | \.(?=[^\W\d_]) | (?<=[^\W\d_])\.(?=\d) | \.(?=\d{1,3}\.)   # example.org, 127.0.0.1 (but not 3.5)
    | \$(?!\d) | (?<=\S)\$         # $formula$ (but not $5)
    """,
    re.VERBOSE,
)
"""Characters with a meaning to a renderer in their place. Others stay, so that the page also reads well unrendered."""
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")


def literal(text: str) -> str:
    """Return the one line that a renderer will show for a user's text."""
    return guarded(" ".join(clean(text, TEXT_LIMIT).split()))


def inline(text: str) -> str:
    """Return a user's text as one line of Markdown that shows `literal(text)`, wherever on a line or in a table it is."""
    return _LIST_NUMBER.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", literal(text)))


def money(amount: int, currency: str) -> str:
    """Return an amount in whole units for the page; the currency is a user's text as well."""
    return inline(money_name(amount, currency))
