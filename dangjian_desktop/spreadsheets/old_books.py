"""What the parser of .xls does not tell: dates without a day, the epoch, hidden rows."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from dangjian_desktop.domain.members.importing.sheets import Place
from dangjian_desktop.spreadsheets.compound_files import stream_of
from dangjian_desktop.spreadsheets.number_formats import BUILT_IN_MONTHS, shows_no_day
from dangjian_desktop.spreadsheets.worksheets import BookExtras, Extras

_BOF, _EOF, _SHEET, _DATE_MODE, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x0022, 0x041E, 0x00E0
_ROW, _MANY_NUMBERS = 0x0208, 0x00BD
_NUMBERS = frozenset({0x0203, 0x027E, 0x0006})
"""NUMBER, RK and FORMULA: row, column and style begin each of them."""

_BIFF8 = 0x0600
_HIDDEN = 0x20
_PLACE = struct.Struct("<HHH")

Record = tuple[int, bytes]


@dataclass(slots=True)
class _Book:
    """What the first part of the stream says: sheets by name, styles without a day."""

    sheets: dict[str, int] = field(default_factory=dict)
    date_1904: bool = False
    formats: dict[int, bool] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    wide: bool = True


def inspect_old_book(data: bytes) -> BookExtras:
    """Look through the bytes of an .xls; what cannot be followed tells nothing."""
    try:
        stream = stream_of(data, ("Workbook", "Book"))
        book = _globals(stream)
        months = {
            index
            for index, number in enumerate(book.styles)
            if book.formats.get(number, number in BUILT_IN_MONTHS)
        }
        sheets = {name: _extras(stream, at, months) for name, at in book.sheets.items()}
    except (struct.error, IndexError, ValueError):
        return BookExtras({})
    return BookExtras(sheets, book.date_1904)


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one part of the stream, up to its end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, body
        if kind == _EOF and depth <= 0:
            return


def _globals(stream: bytes) -> _Book:
    book = _Book()
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            book.wide = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _DATE_MODE:
            book.date_1904 = struct.unpack_from("<H", body)[0] == 1
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", body)[0]
            book.formats[number] = shows_no_day(_text(body[2:], book.wide, length=2))
        elif kind == _XF:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            name = _text(body[6:], book.wide, length=1)
            book.sheets[name] = struct.unpack_from("<I", body)[0]
    return book


def _text(data: bytes, wide: bool, *, length: int) -> str:
    """A text with its length before it; before BIFF8 one byte a character and a short length."""
    if not wide:
        return data[1 : 1 + data[0]].decode("gb18030", "replace")
    count = int.from_bytes(data[:length], "little")
    start = length + 1
    if data[length] & 1:
        return data[start : start + 2 * count].decode("utf-16-le", "replace")
    return data[start : start + count].decode("latin-1")


def _extras(stream: bytes, at: int, months: set[int]) -> Extras:
    month_only: set[Place] = set()
    hidden: set[int] = set()
    for kind, body in _records(stream, at):
        if kind in _NUMBERS:
            row, column, style = _PLACE.unpack_from(body)
            if style in months:
                month_only.add((row, column))
        elif kind == _MANY_NUMBERS:
            row, column = struct.unpack_from("<HH", body)
            styles = struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])
            month_only |= {
                (row, column + n) for n, (style, _) in enumerate(styles) if style in months
            }
        elif kind == _ROW and struct.unpack_from("<I", body, 12)[0] & _HIDDEN:
            hidden.add(struct.unpack_from("<H", body)[0])
    return Extras(month_only=frozenset(month_only), hidden_rows=frozenset(hidden))
