"""Builders of .ods and .xlsb files, which no library of ours writes: just enough to be read."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

Rows = Sequence[Sequence[object]]

_EPOCH = date(1899, 12, 30)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("table", "table"), ("text", "text")),
        *(("style", "style"), ("number", "datastyle")),
    )
)
_STYLES = (
    "<office:automatic-styles>"
    '<number:date-style style:name="N1"><number:year number:style="long"/>'
    "<number:text>年</number:text><number:month/></number:date-style>"
    '<number:date-style style:name="N2"><number:year number:style="long"/><number:month/>'
    "<number:day/></number:date-style>"
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    "</office:automatic-styles>"
)


def an_open_document(path: Path, rows: Rows, months: set[tuple[int, int]], hidden: int) -> Path:
    """A sheet 名册; ``months`` are the places of dates that show no day, ``hidden`` is a row."""
    lines = []
    for at, row in enumerate(rows):
        cells = "".join(_ods_cell(value, (at, n) in months) for n, value in enumerate(row))
        how = ' table:visibility="filter"' if at == hidden else ""
        lines.append(f"<table:table-row{how}>{cells}</table:table-row>")
    content = (
        f"<office:document-content {_SPACES}>{_STYLES}<office:body><office:spreadsheet>"
        f'<table:table table:name="名册">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def _ods_cell(value: object, month: bool) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        style = "month" if month else "day"
        kind = f'office:value-type="date" office:date-value="{value}" table:style-name="{style}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = escape(str(value))
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def a_binary_book(path: Path, rows: Rows, months: set[tuple[int, int]], hidden: int) -> Path:
    """The same as .xlsb."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    book = _record(153, struct.pack("<II", 0, 0) + _wide(""))
    book += _record(143, b"") + _record(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide("名册"))
    book += _record(144, b"")
    with ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", _record(131, b"") + book + _record(132, b""))
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{package_relations}"><Relationship Id="r1"'
            f' Type="{relations}/worksheet" Target="worksheets/sheet1.bin"/>'
            f'<Relationship Id="r2" Type="{relations}/styles" Target="styles.bin"/>'
            "</Relationships>",
        )
        package.writestr("xl/styles.bin", _binary_styles())
        package.writestr("xl/worksheets/sheet1.bin", _binary_sheet(rows, months, hidden))
    return path


def _binary_styles() -> bytes:
    formats = _record(44, struct.pack("<H", 164) + _wide('yyyy"年"m"月"'))
    formats = _record(615, struct.pack("<I", 1)) + formats + _record(616, b"")
    styles = b"".join(
        _record(47, struct.pack("<HHHHH", 0, number, 0, 0, 0) + b"\0" * 6)
        for number in (0, 14, 164)
    )
    styles = _record(617, struct.pack("<I", 3)) + styles + _record(618, b"")
    return _record(278, b"") + formats + styles + _record(279, b"")


def _binary_sheet(rows: Rows, months: set[tuple[int, int]], hidden: int) -> bytes:
    width = max(map(len, rows))
    body = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145, b"")
    for at, row in enumerate(rows):
        flags = 0x10 if at == hidden else 0
        head = struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 1) + struct.pack("<II", 0, width)
        body += _record(0, head)
        for column, value in enumerate(row):
            style = 2 if (at, column) in months else 1 if isinstance(value, date) else 0
            place = struct.pack("<II", column, style)
            if isinstance(value, date):
                body += _record(5, place + struct.pack("<d", (value - _EPOCH).days))
            elif isinstance(value, int | float):
                body += _record(5, place + struct.pack("<d", value))
            elif value != "":
                body += _record(6, place + _wide(str(value)))
    return _record(129, b"") + body + _record(146, b"") + _record(130, b"")


def _record(kind: int, body: bytes) -> bytes:
    numbers = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(body)
    while True:
        size += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if not rest:
            return numbers + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
