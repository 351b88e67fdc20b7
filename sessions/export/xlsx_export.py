"""The session as an Excel workbook: the table of the CSV, with a header that stays in sight. Needs the extra xlsx."""

from __future__ import annotations

import io
from datetime import datetime

from sessions.errors import RecordError
from sessions.export.csv_export import rows_of
from sessions.state.session import Session

_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""
_WIDTHS = (8, 60)
"""The narrowest and the widest column, in characters."""


def as_xlsx(session: Session) -> bytes:
    """Return the table as a workbook; the same record gives the same bytes. Raises RecordError: the extra is missing, or a text is too long."""
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise RecordError("For an Excel workbook, pip install 'quarterdeck[xlsx]' first, or export CSV") from error
    rows, made = rows_of(session), io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        # A fixed day: the record does not hold the time of the export, and may hold any text as its own time.
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        sheet = workbook.add_worksheet("Cards")
        bold = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, values in enumerate(zip(*rows, strict=True)):
            longest = max(len(str(value)) for value in values if value is not None)
            sheet.set_column(column, column, min(max(longest, _WIDTHS[0]), _WIDTHS[1]))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    if len(cell) > _LONGEST:
                        raise RecordError(f"The {rows[0][column]} of a card is longer than a cell of Excel can hold: export CSV or JSON")
                    sheet.write_string(row, column, cell, None if row else bold)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    return made.getvalue()
