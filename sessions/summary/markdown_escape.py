"""Makes a user's text safe inside our Markdown: whatever it holds, a renderer shows it as the words it is.

It never becomes a heading, a list, emphasis, code, HTML, an entity, a table's edge, a link (also not one that renderers make out of a bare
address), or, where a table is pasted into a spreadsheet, a formula.
"""

from __future__ import annotations

import re
from typing import Any

from sessions.portfolio.models import TEXT_LIMIT
from sessions.sanitize import clean
from sessions.wording import money_name

FORMULA_SIGNS = "=+-@＝＋－＠"
"""A spreadsheet takes a text that starts with one of these for a formula (RELIABILITY I1)."""

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
"""Characters that could mean something to a renderer where they stand. Others are left alone, so that the page reads well as it is."""
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would take for a formula (RELIABILITY I1).

    An apostrophe that stood there already is doubled, so that the prefix can be taken off again.
    """
    return f"'{text}" if text.lstrip("'").startswith((*FORMULA_SIGNS, "\t", "\r")) else text


def harmless(text: str) -> str:
    """Return a text of any length, and of several lines, without what would act on a terminal: an export is printed."""
    return clean(text, len(text) + 1, keep_lines=True)


def all_harmless(value: Any) -> Any:  # noqa: ANN401 - whatever JSON may hold
    """Return plain values with all their texts harmless."""
    match value:
        case str():
            return harmless(value)
        case dict():
            return {harmless(name): all_harmless(inner) for name, inner in value.items()}
        case list() | tuple():
            return [all_harmless(inner) for inner in value]
    return value


def literal(text: str) -> str:
    """Return the one line that a renderer will show for a user's text."""
    return guarded(" ".join(clean(text, TEXT_LIMIT).split()))


def inline(text: str) -> str:
    """Return a user's text as one line of Markdown that shows `literal(text)`, wherever on a line or in a table it stands."""
    return _LIST_NUMBER.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", literal(text)))


def money(amount: int, currency: str) -> str:
    """Return an amount in whole units for the page; the currency is a user's text as well."""
    return money_name(amount, inline(currency))
