"""Texts into cells: typed as the cell shows them, in the gaps of what stands there already."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree

from dangjian_desktop.domain.dates import read_day, read_month
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.spreadsheets.blank_forms.package import child, children, local
from dangjian_desktop.spreadsheets.blank_forms.sheet import Place, Sheet, reference
from dangjian_desktop.spreadsheets.blank_forms.styles import Shown

LONGEST_CELL = 32_767
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,9})(?:\.\d{1,6})?", re.ASCII)
"""A number to be counted with; longer ones are numbers of persons, papers and telephones."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DAY, _MONTH = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), re.compile(r"\d{4}年\d{1,2}月")
_EPOCH, _MAC_EPOCH = date(1899, 12, 30), date(1904, 1, 1)
_LONG_AGO = date(1904, 1, 1)
"""Earlier days are counted otherwise by different programs, or not at all."""


def put(sheet: Sheet, place: Place, text: str, *, mac: bool = False) -> None:
    """The text as what a cell holds; ``mac`` tells a book whose days count from 1904.

    A number where the cell shows numbers, so that formulas count with it; else text.
    """
    cell, kept = _cell(sheet, place), clean(text, multiline=True)[0][:LONGEST_CELL]
    number = _number(kept, sheet.style(place).shown, mac=mac)
    _empty(cell)
    if number is not None:
        etree.SubElement(cell, _named(cell, "v")).text = number
        return
    _put_runs(cell, [(None, kept)])


def put_runs(sheet: Sheet, place: Place, runs: list[tuple[Any, str]]) -> None:
    """Stretches of text, each with its own face."""
    cell = _cell(sheet, place)
    _empty(cell)
    _put_runs(cell, runs)


def _number(text: str, shown: Shown, *, mac: bool) -> str | None:
    """How the number or day is stored; None for what is kept as text."""
    if shown is Shown.TEXT:
        return None
    if shown is Shown.PERCENT and _PLAIN.fullmatch(text.removesuffix("%")):
        return f"{float(text.removesuffix('%')) / 100:.10g}"
    if shown in (Shown.NUMBER, Shown.PERCENT):
        return text if _PLAIN.fullmatch(text) else None
    day = _day(text)
    if day is None or day < _LONG_AGO:
        return None
    return str((day - (_MAC_EPOCH if mac else _EPOCH)).days)


def _day(text: str) -> date | None:
    if _DAY.fullmatch(text):
        return read_day(text, _LONG_AGO)
    month = read_month(text, _LONG_AGO) if _MONTH.fullmatch(text) else None
    return None if month is None else month.first


def _cell(sheet: Sheet, place: Place) -> Any:
    """The element of a cell, made in its order where there is none."""
    found = sheet.cells.get(place)
    if found is not None:
        return found
    row, column = _row(sheet, place[0]), place[1]
    for (number, other), cell in sheet.cells.items():
        if number == place[0]:
            # What tells its place by its order alone would be moved by a new one before it.
            cell.set("r", reference((number, other)))
    made = etree.Element(_named(sheet.root, "c"), {"r": reference(place)})
    if (style := sheet.style_number(place)) is not None:
        made.set("s", style)
    before = sum(1 for r, c in sheet.cells if r == place[0] and c < column)
    row.insert(before, made)
    sheet.cells[place] = made
    return made


def _row(sheet: Sheet, number: int) -> Any:
    if number in sheet.rows:
        return sheet.rows[number]
    data = child(sheet.root, "sheetData")
    made = etree.Element(_named(sheet.root, "row"), {"r": str(number)})
    data.insert(sum(1 for other in sheet.rows if other < number), made)
    sheet.rows[number] = made
    return made


def _empty(cell: Any) -> None:
    cell.attrib.pop("t", None)
    for part in list(cell):
        if local(part) in ("v", "is"):
            cell.remove(part)


def _put_runs(cell: Any, runs: list[tuple[Any, str]]) -> None:
    cell.set("t", "inlineStr")
    string = etree.SubElement(cell, _named(cell, "is"))
    for face, text in runs:
        whole = (
            string
            if len(runs) == 1 and face is None
            else etree.SubElement(string, _named(cell, "r"))
        )
        if face is not None:
            whole.append(deepcopy(face))
        written = etree.SubElement(whole, _named(cell, "t"))
        written.text = _ESCAPE.sub("_x005F_", text)
        if text != text.strip() or "\n" in text:
            written.set(_SPACE, "preserve")


def _named(beside: Any, name: str) -> str:
    """A name in the namespace of an element."""
    return f"{beside.tag.rpartition('}')[0]}}}{name}" if "}" in beside.tag else name


def uncalculated(root: Any) -> bool:
    """Take away the results of all formulas of a sheet, which no longer hold; whether any was."""
    found = False
    for row in children(root, "sheetData", "row"):
        for cell in children(row, "c"):
            value = child(cell, "v")
            if value is not None and child(cell, "f") is not None:
                cell.remove(value)
                cell.attrib.pop("t", None)
                found = True
    return found
