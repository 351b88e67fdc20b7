"""The door through which a portfolio comes in: picks the reader by what the file holds, whatever it is called."""

from __future__ import annotations

import re
from pathlib import Path

from sessions.portfolio.files import decode, read_bytes, source_name
from sessions.portfolio.from_csv import portfolio_from_csv
from sessions.portfolio.from_json import portfolio_from_json
from sessions.portfolio.report import Findings, LoadReport, Notice

__all__ = ["LoadReport", "Notice", "load_portfolio", "read_portfolio"]

_JSON = re.compile(r"\s*(\{|\[\s*[\[\]{\"])")
"""How JSON begins. A header may begin with a bracket too, as in `[Title],[Cost]`."""


def load_portfolio(path: Path) -> LoadReport:
    """Read the portfolio in a file. Raises PortfolioError, in one sentence, for anything that cannot be read as one."""
    return read_portfolio(read_bytes(path), source_name(path))


def read_portfolio(data: bytes, source: str) -> LoadReport:
    """Read the portfolio in the bytes of a file; `source` is the file's name as it is told. Raises as `load_portfolio` does."""
    text, encoding = decode(data, source)
    reader = portfolio_from_json if _JSON.match(text) else portfolio_from_csv
    return reader(text, encoding, Findings(source))
