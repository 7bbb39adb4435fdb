"""A table of somebody else once more, each row where it was, with a column of remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from dangjian_desktop.spreadsheets.columns import LONGEST_TEXT
from dangjian_desktop.spreadsheets.writing import BODY, HEADING, LEFT, put

_WIDEST, _NARROWEST, _REMARKS = 40.0, 6.0, 80.0


def add_annotated(
    book: Workbook,
    name: str,
    rows: Sequence[Sequence[str]],
    heading_row: int,
    remarks: Mapping[int, str],
) -> None:
    """Add a sheet with the rows as they were read and a column 问题 behind them.

    ``remarks`` go by the number of the row on the screen, as does ``heading_row``.
    """
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", "", name)[:31] or "原表")
    width = max(map(len, rows), default=0)
    for number, cells in enumerate(rows, start=1):
        heading = number == heading_row
        remark = "问题" if heading else remarks.get(number, "")
        for column, text in enumerate((*cells, *[""] * (width - len(cells)), remark), start=1):
            if text:
                font = HEADING if heading else BODY
                put(sheet, (number, column), text[:LONGEST_TEXT], font, LEFT)
    for column in range(width):
        texts = [cells[column] for cells in rows[heading_row - 1 :] if column < len(cells)]
        wanted = max(map(len, texts), default=0) * 1.6
        letter = get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = min(max(wanted, _NARROWEST), _WIDEST)
    sheet.column_dimensions[get_column_letter(width + 1)].width = _REMARKS
    sheet.freeze_panes = f"A{heading_row + 1}"
