"""How much of a file is read (RELIABILITY I13), and the refusals of larger ones. A test sets a smaller limit here."""

from __future__ import annotations

from sessions.errors import PortfolioError

FILE_BYTES = 100_000_000
"""The largest file, and the most that a spreadsheet may unpack to."""
ROWS = 100_000
COLUMNS = 2_000
CELL = 10_000_000
"""The characters of the longest cell or text."""
PARTS = 20
"""How many objects a JSON file may have for each row, or empty rows a table: they cost time too."""


def refuse_rows(count: int, source: str, what: str = "rows") -> None:
    """Raise PortfolioError if there are more rows than are read."""
    if count > ROWS:
        raise PortfolioError(f"{source}: there are more than {ROWS:,} {what}, the most that are read.")


def refuse_columns(count: int, where: str) -> None:
    """Raise PortfolioError if there are more columns than are read."""
    if count > COLUMNS:
        raise PortfolioError(f"{where}: {count:,} columns are more than the {COLUMNS:,} that are read.")


def refuse_cell(length: int, where: str) -> None:
    """Raise PortfolioError if a cell or a text is longer than any that is read."""
    if length > CELL:
        raise PortfolioError(f"{where}: this text is longer than the {CELL:,} characters that are read.")


def megabytes() -> str:
    """Return the size of the largest file."""
    return f"{FILE_BYTES // 1_000_000} MB"
