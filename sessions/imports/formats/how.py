"""How to read a file if its content leaves that open, and how it was read: what people can choose differently."""

from __future__ import annotations

from typing import NamedTuple

ONES = "ones"
"""The value that takes amounts as they are written."""


class How(NamedTuple):
    """What people said about a file; empty if its content decides."""

    sheet: str = ""
    encoding: str = ""
    """One of `encoding.ENCODINGS`."""
    upright: bool = False
    """A table with its fields in rows is not turned round: its rows are projects."""
    decimal: str = ""
    """The mark before decimals in amounts: a point or a comma."""
    amounts: str = ""
    """The unit of amounts whose column names none, such as m or kEUR, or `ONES`."""
    efforts: str = ""
    """The unit of efforts whose column names none, such as day."""
    several: bool = False
    """The file is one of several: choices about columns or sheets that it lacks are about another one."""


AS_FOUND = How()


class Found(NamedTuple):
    """How a file was read."""

    encoding: str = ""
    guessed: bool = False
    """Whether the encoding was guessed."""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    turned: bool = False
    doubtful: tuple[str, str] = ("", "")
    """The column and the text of an amount that may have thousands or decimals; empty if none has."""
    small: tuple[str, str] = ("", "")
    """The column and the text of an amount that may be in thousands or millions; empty if none is that small."""
    amounts: bool = False
    """Whether there are amounts whose column names no unit."""
    efforts: bool = False
    """Whether there are efforts whose column names no unit."""


NOTHING_FOUND = Found()
