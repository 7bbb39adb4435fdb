"""Rows put into the list of a form, with the style of its last one; what lies below moves down."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from dangjian_desktop.spreadsheets.blank_forms.formulas import Inserted, told
from dangjian_desktop.spreadsheets.blank_forms.package import (
    BOOK,
    CHAIN,
    Book,
    child,
    children,
    local,
)
from dangjian_desktop.spreadsheets.blank_forms.sheet import Sheet, place_of, reference

_BARRING = {"table": "套用了表格样式", "pivotTable": "有数据透视表", "ctrlProp": "有控件"}
_COMMENTS = ("comments", "threadedComment")
"""Parts that name cells in ways of their own."""
_DATA = "sheetData"
_RANGES = ("ref", "sqref", "topLeftCell", "activeCell")


def bar(book: Book, sheet: Sheet, last: int) -> str:
    """Why no rows may be put in behind a row, in words; "" where they may."""
    if sheet.protected:
        return "工作表设有保护"
    parts = [(kind, part) for _, kind, part in book.relations(sheet.about.part)]
    told = next((_BARRING[kind] for kind, _ in parts if kind in _BARRING), "")
    notes = [part for kind, part in parts if kind in _COMMENTS]
    if told or any(row > last for part in notes for row in _noted(book, part)):
        return told or "下面有批注"
    drawn = any(kind == "vmlDrawing" for kind, _ in parts)
    return "有控件" if drawn and not notes else ""


def _noted(book: Book, part: str) -> Iterator[int]:
    """The rows that the notes of a part stand at."""
    for element in book.tree(part).iter():
        if element.get("ref") and local(element) in ("comment", "threadedComment"):
            yield place_of(element.get("ref"))[0]


def insert_rows(book: Book, sheet: Sheet, inserted: Inserted) -> None:
    """Put in the rows, empty of values; ``sheet`` tells the new places afterwards."""
    for place, cell in sheet.cells.items():
        cell.set("r", reference(place))
    for other in book.sheets:
        root = book.tree(other.part)
        changed = _formulas(root, other.name, inserted)
        if changed or other.part == sheet.about.part:
            book.change(other.part)
    _rows(sheet, inserted)
    _ranges(sheet, inserted)
    _names(book, inserted)
    _chain(book, sheet, inserted)
    for _, kind, part in book.relations(sheet.about.part):
        if kind == "drawing":
            _drawing(book.change(part), inserted)
    sheet.renew()


def _formulas(root: Any, name: str, inserted: Inserted) -> bool:
    """Every formula of a sheet; shared ones are told in full first, being told by distance."""
    changed, masters = False, dict[str, tuple[str, str]]()
    for row in children(root, _DATA, "row"):
        for cell in children(row, "c"):
            formula = child(cell, "f")
            if formula is None:
                continue
            if formula.get("t") == "shared" and name == inserted.sheet:
                _told(cell, formula, masters)
            if formula.get("ref") and name == inserted.sheet:
                formula.set("ref", inserted.area(formula.get("ref")))
            changed |= _moved(formula, name, inserted)
    for formula in _formulas_beside(root):
        changed |= _moved(formula, name, inserted)
    return changed


def _moved(formula: Any, name: str, inserted: Inserted) -> bool:
    """Whether a formula says something else now."""
    new = inserted.formula(formula.text, name) if formula.text else formula.text
    changed: bool = new != formula.text
    formula.text = new
    return changed


def _told(cell: Any, formula: Any, masters: dict[str, tuple[str, str]]) -> None:
    index = formula.get("si")
    if formula.text:
        masters[index] = (formula.text, cell.get("r"))
    elif index in masters:
        master, origin = masters[index]
        formula.text = told(master, origin, cell.get("r"))
    for attribute in ("t", "si", "ref"):
        formula.attrib.pop(attribute, None)


def _formulas_beside(root: Any) -> Iterator[Any]:
    """Formulas of rules for looks and for what may be typed."""
    for element in root:
        if local(element) in ("conditionalFormatting", "dataValidations", "extLst"):
            for part in element.iter():
                if local(part) in ("formula", "formula1", "formula2", "f"):
                    yield part


def _rows(sheet: Sheet, inserted: Inserted) -> None:
    pattern = sheet.rows[inserted.last]
    for number in sorted(sheet.rows, reverse=True):
        if number > inserted.last:
            _renumber(sheet.rows[number], number + inserted.count)
    at = pattern
    origins = [cell.get("r") for cell in children(pattern, "c")]
    for step in range(1, inserted.count + 1):
        new = deepcopy(pattern)
        _renumber(new, inserted.last + step)
        for cell, origin in zip(children(new, "c"), origins, strict=True):
            cell.attrib.pop("t", None)
            formula = child(cell, "f")
            goes_on = formula is not None and formula.text and not formula.get("t")
            for part in list(cell):
                if part is not formula or not goes_on:
                    cell.remove(part)
            if goes_on:  # a column that is computed goes on in each new row
                formula.text = told(formula.text, origin, cell.get("r"))
        at.addnext(new)
        at = new


def _renumber(row: Any, number: int) -> None:
    row.set("r", str(number))
    for cell in children(row, "c"):
        if cell.get("r"):
            cell.set("r", reference((number, place_of(cell.get("r"))[1])))


def _ranges(sheet: Sheet, inserted: Inserted) -> None:
    """Everything of the sheet outside of its cells that names cells."""
    for element in sheet.root:
        if local(element) != _DATA:
            for part in element.iter():
                _range(part, inserted)
    _merge_alike(sheet, inserted)


def _range(part: Any, inserted: Inserted) -> None:
    for name in _RANGES:
        if part.get(name):
            part.set(name, inserted.areas(part.get(name)))
    if local(part) == "sqref" and part.text:
        part.text = inserted.areas(part.text)
    if local(part) == "brk" and local(part.getparent()) == "rowBreaks":
        part.set("id", str(inserted.row(int(part.get("id", "0")))))


def _merge_alike(sheet: Sheet, inserted: Inserted) -> None:
    """What is merged within the row of the pattern is merged in each new one."""
    own = [area for area in sheet.merged if area[0] == area[1] == inserted.last]
    merges = child(sheet.root, "mergeCells")
    for step in range(1, inserted.count + 1):
        row = inserted.last + step
        for _, _, left, right in own:
            new = deepcopy(child(merges, "mergeCell"))
            new.set("ref", f"{reference((row, left))}:{reference((row, right))}")
            merges.append(new)
    if own and merges.get("count"):
        merges.set("count", str(len(merges)))


def _names(book: Book, inserted: Inserted) -> None:
    """Areas of print, repeated heads and other names."""
    for name in children(book.tree(BOOK), "definedNames", "definedName"):
        if name.text and name.text != (new := inserted.formula(name.text, "")):
            name.text = new
            book.change(BOOK)


def _chain(book: Book, sheet: Sheet, inserted: Inserted) -> None:
    """The order in which formulas are computed, which names each of them."""
    if not book.has(CHAIN):
        return
    number = ""
    for cell in children(book.change(CHAIN), "c"):
        number = cell.get("i", number)
        if number == sheet.about.number:
            cell.set("r", inserted.area(cell.get("r", "")))


def _drawing(root: Any, inserted: Inserted) -> None:
    """Pictures below the list move with their rows, which are counted from 0 there."""
    for part in root.iter():
        if local(part) == "row" and part.text and part.text.strip().isdigit():
            part.text = str(inserted.row(int(part.text) + 1) - 1)
