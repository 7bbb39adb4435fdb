"""What the parser of .xlsx does not tell: formulas without results, dates without a day, size."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from dangjian_desktop.domain.members.importing.sheets import Place
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.spreadsheets.number_formats import BUILT_IN_MONTHS, shows_no_day
from dangjian_desktop.spreadsheets.packages import Parts

MAX_CELLS = 20_000 * 200
_UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-Z][0-9]{1,4}")([^>]*)>')
_FAR_REF = re.compile(rb'^ r="([A-Z]+[0-9]+)"')
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_START_TAG = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_ANY_REF = re.compile(rb"""\br\s*=\s*["']([A-Z]*)([0-9]+)["']""")
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*?[^/])>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELL_REF = re.compile(rb"""\br=["']([A-Z]+[0-9]+)["']""")
_CELL_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*\bhidden=["'](?:1|true)["'])([^>]*)>""")
_ROW_NUMBER = re.compile(rb"""\br=["']([0-9]+)["']""")
_TOO_BIG = "请删去表格最下方和最右侧多余的内容（可把人员行复制到新文件），保存后再导入。"


@dataclass(frozen=True, slots=True)
class Extras:
    """For one worksheet: cells whose formula has no result, date cells that show no day, and
    the places of hidden rows."""

    uncomputed: frozenset[Place] = frozenset()
    month_only: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class BookExtras:
    """For a workbook: extras by the name of the sheet, and the epoch of its serial dates."""

    sheets: dict[str, Extras]
    date_1904: bool = False


def inspect(parts: Parts, file_name: str) -> BookExtras:
    """Look through the parts of an .xlsx; raises ``InputError`` for a monstrous sheet."""
    try:
        book = fromstring(parts["xl/workbook.xml"])
        styles = _month_styles(parts.get("xl/styles.xml"))
        sheets = {
            name: _extras(parts[part], styles, file_name, name)
            for name, part in _sheet_parts(book, parts)
            if part in parts
        }
    except (ParseError, KeyError, ValueError) as error:
        raise InputError(
            f"文件“{file_name}”已损坏，无法读取。",
            "请用Excel或WPS打开该文件，另存为一份新的.xlsx文件后再导入。",
        ) from error
    properties = _first(book, "workbookPr")
    flag = "" if properties is None else properties.get("date1904", "")
    return BookExtras(sheets, flag.lower() in {"1", "true"})


def _first(root: Element, name: str) -> Element | None:
    return next((one for one in root.iter() if _local(one.tag) == name), None)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_parts(book: Element, parts: Parts) -> Iterator[tuple[str, str]]:
    relations = fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("xl", one.get("Target", "")))
        for one in relations
    }
    for sheet in book.iter():
        if _local(sheet.tag) == "sheet":
            key = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), "")
            yield sheet.get("name", ""), targets.get(key, "").lstrip("/")


def _extras(data: bytes, styles: frozenset[bytes], file_name: str, sheet: str) -> Extras:
    rows, columns = _extent(data)
    if rows * columns > MAX_CELLS:
        raise InputError(f"文件“{file_name}”的工作表“{sheet}”太大，未读取。", _TOO_BIG)
    start = max(data.find(b"<sheetData"), 0)
    uncomputed: frozenset[Place] = frozenset()
    none: frozenset[int] = frozenset()
    if data.find(b"f", start) >= 0 and (b"<f" in data or b":f" in data):
        uncomputed = frozenset(_uncomputed(data))
    month_only = frozenset(_styled(data, styles)) if styles else frozenset[Place]()
    return Extras(uncomputed, month_only, frozenset(_hidden(data)) if b"hidden" in data else none)


def _extent(data: bytes) -> Place:
    """Rows and columns up to the farthest filled cell, or more; the parser makes room for all.

    Cells that begin with a near place, as the usual programs write them, are passed over.
    """
    start, end = data.find(b"<sheetData"), data.rfind(b"</sheetData>")
    if not 0 <= start < end or (data.find(b":", start, end) >= 0 and b":c" in data):
        return _counted(data)
    rows, columns = 9_999, 26
    for found in _UNUSUAL_CELL.finditer(data, start, end):
        reference = _FAR_REF.match(found[1])
        if reference is None:
            return _counted(data)
        if not found[1].endswith(b"/"):
            row, column = _place(reference[1].decode("ascii"))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows == 9_999:
        rows = min(rows, data.count(b"<row", start, end))
    return rows, columns


def _counted(data: bytes) -> Place:
    """Rows and columns up to the farthest cell, counted tag by tag."""
    row = column = last_row = last_column = 0
    for found in _TAG.finditer(data):
        reference = _ANY_REF.search(found[2])
        if found[1] == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
        elif reference:
            row, column = (place + 1 for place in _place(b"".join(reference.groups()).decode()))
        else:
            column += 1
        if found[1] == b"c" and not found[2].endswith(b"/"):
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _place(reference: str) -> Place:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _uncomputed(data: bytes) -> Iterator[Place]:
    for found in _FORMULA_CELL.finditer(data):
        attributes, empty = found[1], found[2]
        reference = _CELL_REF.search(attributes)
        if reference and not (empty and _TEXT_RESULT.search(attributes)):
            yield _place(reference[1].decode("ascii"))


def _hidden(data: bytes) -> Iterator[int]:
    for found in _HIDDEN_ROW.finditer(data):
        if number := _ROW_NUMBER.search(found[1]):
            yield int(number[1]) - 1


def _styled(data: bytes, styles: frozenset[bytes]) -> Iterator[Place]:
    for found in _START_TAG.finditer(data):
        style, reference = _CELL_STYLE.search(found[1]), _CELL_REF.search(found[1])
        if style and reference and style[1] in styles:
            yield _place(reference[1].decode("ascii"))


def _month_styles(data: bytes | None) -> frozenset[bytes]:
    """The numbers of the cell styles that show year and month of a date but no day."""
    if data is None:
        return frozenset()
    root = fromstring(data)
    formats = {
        int(one.get("numFmtId", "0")): shows_no_day(one.get("formatCode", ""))
        for one in root.iter()
        if _local(one.tag) == "numFmt"
    }
    cell_styles = _first(root, "cellXfs")
    if cell_styles is None:
        return frozenset()
    numbers = (int(one.get("numFmtId", "0")) for one in cell_styles)
    return frozenset(
        str(index).encode("ascii")
        for index, number in enumerate(numbers)
        if formats.get(number, number in BUILT_IN_MONTHS)
    )
