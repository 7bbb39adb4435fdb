"""Rows for the clipboard: as text, and as a table that Excel and WPS take without guessing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from html import escape
from io import StringIO

from PySide6.QtGui import QGuiApplication, QStandardItemModel

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,10})(\.\d{1,6})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Excel and WPS read the class, LibreOffice the attribute: without them an ID number loses its
# last figures, 1 / 2 becomes a day and what begins with = is worked out.
_HEAD = """<html><head><meta charset="utf-8"><style>
td {white-space:nowrap; mso-number-format:"\\@"}
td.n {mso-number-format:General}
td.d {mso-number-format:"yyyy\\-mm\\-dd"}
</style></head><body><table border="1">
"""
_TEXT = '<td sdnum="1033;0;@">'

Cells = Sequence[Sequence[str]]
"""The headings first."""


def copied(rows: Cells, numbers: Sequence[bool]) -> tuple[str, str]:
    """The rows as text with tabs and as HTML; ``numbers`` tells which columns hold numbers."""
    text = StringIO()
    csv.writer(text, "excel-tab", lineterminator="\n").writerows(rows)
    head, *body = rows
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    lines = "\n".join(f"<tr>{_cells(row, numbers)}</tr>" for row in body)
    return text.getvalue().removesuffix("\n"), f"{_HEAD}<tr>{titles}</tr>\n{lines}\n</table></html>"


def put(text: str, html: str) -> None:
    """Put both on the clipboard; every program takes what it knows."""
    # Made by Qt, whose the clipboard is: what Python made is freed after Python has ended.
    model = QStandardItemModel(1, 1)
    data = model.mimeData([model.index(0, 0)])
    for known in data.formats():
        data.removeFormat(known)
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def _cells(row: Iterable[str], numbers: Sequence[bool]) -> str:
    return "".join(_cell(text, number=n) for text, n in zip(row, numbers, strict=True))


def _cell(text: str, *, number: bool) -> str:
    if number and _NUMBER.fullmatch(text):
        return f'<td class="n">{text}</td>'
    if _DAY.fullmatch(text):
        return f'<td class="d">{text}</td>'
    return f"{_TEXT}{escape(text).replace(chr(10), '<br>')}</td>"
