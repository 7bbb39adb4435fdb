"""What stands in a file before it is imported: sheets, columns, first rows, what would happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path

from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.importing.columns import (
    Columns,
    find_columns,
    likely_headings,
)
from dangjian_desktop.domain.members.importing.headings import (
    FIELDS,
    LABELS,
    POST_AND_GROUP,
    SERIAL,
    field_of,
)
from dangjian_desktop.domain.members.importing.rows import RosterReading
from dangjian_desktop.domain.members.importing.sheets import (
    CellValue,
    MonthOnly,
    Sheet,
    Special,
    column_letter,
)
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.members.roster_import import ImportPlan, ImportResult, RosterImport
from dangjian_desktop.spreadsheets.reading import read_tables

IGNORE = "ignore"
CHOICES = (
    (IGNORE, "不导入"),
    *((name, LABELS[name]) for name in FIELDS),
    (POST_AND_GROUP, "党内职务/党小组"),
    (SERIAL, "序号"),
)
"""What a column can be taken for."""

_ROWS = 6


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of the sheet: ``field`` is what it is taken for, empty for one not taken.

    ``cells`` are the first rows as text, ID numbers and phones masked.
    """

    letter: str
    heading: str
    field: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file as it will be read. Without a roster in it, ``problem`` says why not."""

    path: Path
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    columns: tuple[SourceColumn, ...]
    reading: RosterReading | None = None
    plan: ImportPlan | None = None
    problem: InputError | None = None

    @property
    def expected(self) -> ImportResult | None:
        """What importing would do."""
        if self.reading is None or self.plan is None:
            return None
        return ImportResult(self.reading, self.plan)


def preview(
    imports: RosterImport,
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> ImportPreview:
    """Look into a file; nothing is written.

    ``mapping`` gives fields to column letters. Raises ``InputError`` or ``BlockedError`` for a
    file that is no table; one without a roster comes back with its ``problem``.
    """
    sheets = read_tables(path)
    names = tuple(one.name for one in sheets if not one.hidden) or tuple(s.name for s in sheets)
    try:
        reading = imports.read(path, sheet=sheet, header_row=header_row, mapping=mapping)
    except InputError as problem:
        chosen = _named(sheets, sheet or _fullest(sheets, names))
        row = header_row or likely_headings(chosen)[0]
        columns = _guessed(chosen, row, mapping or {})
        return ImportPreview(path, names, chosen.name, row, columns, problem=problem)
    chosen = _named(sheets, reading.sheet)
    found = find_columns(chosen, header_row, mapping)
    shown = _taken(chosen, found) if found is not None else ()
    plan = imports.plan(reading, as_of)
    return ImportPreview(path, names, chosen.name, reading.header_row, shown, reading, plan)


def _named(sheets: Sequence[Sheet], name: str) -> Sheet:
    return next((one for one in sheets if one.name == name), sheets[0])


def _fullest(sheets: Sequence[Sheet], names: Sequence[str]) -> str:
    visible = [one for one in sheets if one.name in names]
    return max(visible, key=lambda one: len(likely_headings(one)[1])).name


def _taken(sheet: Sheet, found: Columns) -> tuple[SourceColumn, ...]:
    return tuple(
        _column(sheet, index, label, found.fields.get(index, ""), found.header_row)
        for index, label in enumerate(found.labels)
    )


def _guessed(sheet: Sheet, row: int, mapping: Mapping[str, str]) -> tuple[SourceColumn, ...]:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    width = max(map(len, sheet.rows), default=0)
    labels = [squeeze(c) if isinstance(c, str) else "" for c in cells]
    labels += [""] * (width - len(labels))
    shown = []
    for index, label in enumerate(labels):
        known = field_of(label) if label else None
        field = mapping.get(column_letter(index), known[0] if known else "")
        shown.append(_column(sheet, index, label, "" if field == IGNORE else field, row))
    return tuple(shown)


def _column(sheet: Sheet, index: int, label: str, field: str, header_row: int) -> SourceColumn:
    rows = sheet.rows[header_row : header_row + _ROWS]
    cells = (_shown(row[index] if index < len(row) else "") for row in rows)
    hide = {"id_number": _hidden, "phone": masked_phone}.get(field, str)
    return SourceColumn(column_letter(index), label, field, tuple(map(hide, cells)))


def _hidden(text: str) -> str:
    return masked(text.strip()) if len(text.strip()) > 10 else text


def _shown(value: CellValue) -> str:
    if isinstance(value, MonthOnly):
        return f"{value.day:%Y-%m}"
    if isinstance(value, Special):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value.isoformat("minutes") if isinstance(value, time) else str(value)
