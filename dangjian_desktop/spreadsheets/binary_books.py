"""What the parser of .xlsb does not tell: dates without a day, the epoch, hidden rows."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from dangjian_desktop.domain.members.importing.sheets import Place
from dangjian_desktop.spreadsheets.number_formats import BUILT_IN_MONTHS, shows_no_day
from dangjian_desktop.spreadsheets.packages import Parts
from dangjian_desktop.spreadsheets.worksheets import BookExtras, Extras

_BOOK, _SHEET, _FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 153, 156, 44, 47, 617, 618
_ROW = 0
_NUMBERS = frozenset({2, 5, 9})
"""RK, real and formula with a number: column and style begin each of them."""

_HIDDEN_BYTE, _HIDDEN = 11, 0x10


def inspect_binary(parts: Parts) -> BookExtras:
    """Look through the parts of an .xlsb; what cannot be followed tells nothing."""
    try:
        months = _month_styles(parts.get("xl/styles.bin", b""))
        targets = {
            one.get("Id", ""): posixpath.normpath(posixpath.join("xl", one.get("Target", "")))
            for one in fromstring(parts["xl/_rels/workbook.bin.rels"])
        }
        date_1904, sheets = False, {}
        for kind, body in _records(parts["xl/workbook.bin"]):
            if kind == _BOOK:
                date_1904 = bool(body[0] & 1)
            elif kind == _SHEET:
                relation, rest = _text(body[8:])
                part = parts.get(targets.get(relation, "").lstrip("/"), b"")
                sheets[_text(rest)[0]] = _extras(part, months)
    except (struct.error, IndexError, KeyError, ValueError, ParseError):
        return BookExtras({})
    return BookExtras(sheets, date_1904)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to ``most`` bytes, seven bits in each while the eighth is set."""
    found = 0
    for place in range(most):
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return found, at


def _text(data: bytes) -> tuple[str, bytes]:
    end = 4 + 2 * struct.unpack_from("<I", data)[0]
    return data[4:end].decode("utf-16-le", "replace"), data[end:]


def _month_styles(data: bytes) -> frozenset[int]:
    formats: dict[int, bool] = {}
    styles: list[int] = []
    inside = False
    for kind, body in _records(data):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = shows_no_day(_text(body[2:])[0])
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return frozenset(
        index
        for index, number in enumerate(styles)
        if formats.get(number, number in BUILT_IN_MONTHS)
    )


def _extras(data: bytes, months: frozenset[int]) -> Extras:
    month_only: set[Place] = set()
    hidden: set[int] = set()
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
            if body[_HIDDEN_BYTE] & _HIDDEN:
                hidden.add(row)
        elif kind in _NUMBERS:
            column, style = struct.unpack_from("<II", body)
            if style & 0xFFFFFF in months:
                month_only.add((row, column))
    return Extras(month_only=frozenset(month_only), hidden_rows=frozenset(hidden))
