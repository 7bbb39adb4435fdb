"""Which rows under the heading are persons, and which are totals, headings or remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dangjian_desktop.domain.members.importing.columns import SERIAL, Columns, field_of
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet
from dangjian_desktop.domain.members.importing.values import is_plain_name
from dangjian_desktop.domain.texts import squeeze

_FOOT = re.compile(
    r"(?:合计|总计|共计|小计|本页|总人数|制表|填表|填报|编制|审核|审批|负责人|经办|单位负责|说明[::]|注[::]|备注[::]"
    r"|党?支部书记[:(]|签字|签名|盖章)"
)
_TOTAL = re.compile(r"合计|总计|共计|总人数")
_STATED = re.compile(r"(?:合计|总计|共计|总人数)[^0-9]{0,12}?([0-9]{1,5})(?![0-9年.\-/])")
_PARTS = re.compile(r"(?:正式|预备)党员[^0-9]{0,4}([0-9]{1,5})")
_GROUP_HEADING = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]+、)?(.{0,12}小组)[)）]?[::]?(?:[(（].*)?"
)
_FOOT_STARTS = frozenset("合总共小本制填报编审负经单说注备党支签盖 \u3000")
_FEW_REPEATED = 3

Row = tuple[CellValue, ...]


class Line(NamedTuple):
    """A row to be read as a person; ``place`` counts from 0, ``group`` is of a heading above."""

    place: int
    cells: Row
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The persons' rows, the rows that continue the one above, and the sheet's own total."""

    persons: tuple[Line, ...]
    continued: tuple[int, ...]
    stated_total: int | None
    total_row: int | None


def split_lines(sheet: Sheet, columns: Columns) -> Lines:
    """Sort the rows under the heading."""
    persons: list[Line] = []
    continued: list[int] = []
    stated: tuple[int | None, int | None] = (None, None)
    sorter = _Sorter(sheet, columns)
    group: str | None = None
    for index, cells, first in sorter.filled_rows():
        if sorter.is_plain_person(cells, first):
            persons.append(Line(index, cells, group))
            continue
        if sorter.is_foot(first, cells):
            total = stated_total(cells)
            stated = (total, index + 1) if total is not None else stated
        elif sorter.is_repeated_heading(cells):
            continue
        elif (index, sorter.name_column) in sheet.from_above:
            continued.append(index + 1)
        else:
            heading = sorter.heading(index, first, cells)
            if heading is None:
                persons.append(Line(index, cells, group))
            else:
                group = heading or group
    return Lines(tuple(persons), tuple(continued), *stated)


def stated_total(cells: Row) -> int | None:
    """The number of persons in a row such as 合计 | 36人, or of its two kinds together."""
    texts = dict.fromkeys(_shown(cell) for cell in cells if cell != "")
    text = "|".join(squeeze(part) for part in texts)
    if not _TOTAL.search(text):
        return None
    parts = [int(part) for part in _PARTS.findall(text)]
    found = _STATED.search(_PARTS.sub("", text))
    if found:
        return int(found[1])
    return sum(parts) if parts else None


def _shown(cell: CellValue) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class _Sorter:
    """Knows the heading of the sheet, judges single rows."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._start = columns.header_row
        self._labels = columns.labels
        by_field = {name: index for index, name in columns.fields.items()}
        self.name_column = by_field["name"]
        self._serial = by_field.get(SERIAL)
        self._spread = frozenset(row for row, _ in sheet.from_left)

    def filled_rows(self) -> Iterator[tuple[int, Row, CellValue]]:
        """Rows with something in them, with the first filled cell.

        What was filled in from the left is blank again.
        """
        for index in range(self._start, len(self._sheet.rows)):
            cells = self._sheet.rows[index]
            if index in self._spread:
                cells = tuple(
                    "" if (index, column) in self._sheet.from_left else cell
                    for column, cell in enumerate(cells)
                )
            for cell in cells:
                if cell and not (isinstance(cell, str) and cell.isspace()):
                    yield index, cells, cell
                    break

    def is_plain_person(self, cells: Row, first: CellValue) -> bool:
        """Whether a counted row with a name like most names needs no closer look."""
        name = self._name(cells)
        return (
            isinstance(first, float)
            and isinstance(name, str)
            and is_plain_name(name)
            and name[0] not in _FOOT_STARTS
            and "名" not in name
            and not self._sheet.from_above
        )

    def is_foot(self, first: CellValue, cells: Row) -> bool:
        """合计, 小计, 制表人 and so on, in the first filled cell or among the names."""
        return _is_foot(first) or _is_foot(self._name(cells))

    def is_repeated_heading(self, cells: Row) -> bool:
        """The heading once more, at the top of the next printed page."""
        name = self._name(cells)
        if isinstance(name, str) and "名" in name and (found := field_of(name)):
            return found[0] == "name"
        if name != "":
            return False
        same = sum(
            isinstance(cell, str) and cell != "" and squeeze(cell) == label
            for cell, label in zip(cells, self._labels, strict=False)
        )
        return same >= _FEW_REPEATED

    def _name(self, cells: Row) -> CellValue:
        return cells[self.name_column] if self.name_column < len(cells) else ""

    def heading(self, index: int, first: CellValue, cells: Row) -> str | None:
        """The party group that a row of one text announces, empty for other lone remarks.

        Nothing for a row that is a person's.
        """
        if len(cells) - cells.count("") > 1:
            return None
        column = cells.index(first)
        if isinstance(first, str) and (found := _GROUP_HEADING.fullmatch(first.strip())):
            return found[1]
        spread = (index, column + 1) in self._sheet.from_left
        if spread or column == self._serial:
            return ""
        return None


def _is_foot(cell: CellValue) -> bool:
    return (
        isinstance(cell, str)
        and cell[:1] in _FOOT_STARTS
        and _FOOT.match(squeeze(cell)) is not None
    )
