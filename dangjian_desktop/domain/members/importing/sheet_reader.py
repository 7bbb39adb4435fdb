"""One sheet whose columns are known: its persons, and what is wrong, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from dangjian_desktop.domain.members.importing.cells import (
    DATE_FIELDS,
    Cell,
    DateReader,
    Parse,
    parser,
)
from dangjian_desktop.domain.members.importing.checks import Remark
from dangjian_desktop.domain.members.importing.columns import Columns, blocks_of, parts_of
from dangjian_desktop.domain.members.importing.groups import groups_from_above
from dangjian_desktop.domain.members.importing.headings import SERIAL
from dangjian_desktop.domain.members.importing.lines import Line, Lines, split_lines
from dangjian_desktop.domain.members.importing.look_alikes import look_alikes
from dangjian_desktop.domain.members.importing.membership import title_of
from dangjian_desktop.domain.members.importing.names import NameReading
from dangjian_desktop.domain.members.importing.persons import Outsider, Person, PersonReader
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.importing.rows import (
    NOT_A_MEMBER,
    RosterReading,
    RosterRow,
    leaves_incomplete,
)
from dangjian_desktop.domain.members.importing.sheet_remarks import sheet_remarks, untaken_columns
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.errors import InputError, Issue


class _Known(dict[CellValue, Cell]):
    """What equal cells of one column were read to, each read once."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, value: CellValue) -> Cell:
        cell = self[value] = self._parse(value)
        return cell


class SheetReader:
    """Reads one sheet, all its blocks if halves stand side by side."""

    def __init__(self, sheet: Sheet, columns: Columns, today: date) -> None:
        self._sheet = sheet
        self._columns = columns
        self._today = today
        self._issues: list[Issue] = []
        self._refused: list[Issue] = []
        self._skipped: list[Issue] = []
        self._named: set[str] = set()
        self._rows: list[RosterRow] = []
        self._by_id: dict[str, RosterRow] = {}

    def read(self) -> RosterReading:
        """All rows of the sheet; ``InputError`` when there is no person, with what was met."""
        parts = [blocks_of(part) for part in parts_of(self._sheet, self._columns)]
        blocks = [(block, split_lines(self._sheet, block)) for part in parts for block in part]
        for block, lines in blocks:
            self._skipped += lines.skipped
            self._take(block, lines.persons)
        self._skipped.sort(key=lambda issue: issue.row or 0)
        if not self._rows and not self._refused:
            raise self._nobody()
        total = next((lines for _, lines in blocks if lines.stated_total is not None), Lines())
        untaken = untaken_columns([block for block, _ in blocks], blocks[0][1])
        reading = RosterReading(
            rows=tuple(self._rows),
            refused=tuple(self._refused),
            skipped=tuple(self._skipped),
            incomplete=(),
            warnings=(),
            stated_total=total.stated_total,
            mapping=_united(parts[0], self._columns).mapping(),
            sheet=self._sheet.name,
            header_row=self._columns.header_row,
            untaken=untaken,
            named=frozenset(self._named),
        )
        self._issues += look_alikes(self._rows)
        self._issues += sheet_remarks(self._sheet, reading, len(parts[0]), total.total_row)
        issues = sorted(self._issues, key=lambda issue: issue.row or 0)
        return replace(
            reading,
            incomplete=tuple(one for one in issues if leaves_incomplete(one)),
            warnings=tuple(one for one in issues if not leaves_incomplete(one)),
        )

    def _nobody(self) -> InputError:
        where = f"工作表“{self._sheet.name}”第{self._columns.header_row}行的表头下面"
        outside = [issue for issue in self._skipped if issue.code == NOT_A_MEMBER]
        if outside:
            return InputError(
                f"{where}没有党员：{len(outside)}人都不是党员，没有导入。",
                "党员名册只登记正式党员和预备党员；请确认选对了文件和工作表。",
                tuple(self._skipped),
            )
        return InputError(f"{where}没有人员。", "请确认选对了文件和工作表。", tuple(self._skipped))

    def _take(self, columns: Columns, lines: Sequence[Line]) -> None:
        """Read column by column, then put the persons together or refuse their rows."""
        cells = tuple(zip_longest(*(line.cells for line in lines), fillvalue=""))
        persons = PersonReader(columns, title_of(self._titles(columns)), self._today)
        names: list[str] = []
        values: list[list[Any]] = []
        troubles: dict[int, list[tuple[str, Cell]]] = {}
        for index, name in sorted(columns.fields.items()):
            if name == SERIAL or index >= len(cells):
                continue
            known = _Known(self._parser(name, cells[index]))
            found = list(map(known.__getitem__, cells[index]))
            names.append(name)
            values.append([cell[0] for cell in found])
            if any(cell.code for cell in known.values()):
                for place, cell in enumerate(found):
                    if cell.code:
                        troubles.setdefault(place, []).append((name, cell))
        above = groups_from_above(names, values)
        for place, (line, row) in enumerate(zip(lines, zip(*values, strict=True), strict=True)):
            got = dict(zip(names, row, strict=True))
            if place in above:
                got["group"] = above[place]
                remark = Cell(None, "group_from_above", f"党小组空白，按上面的“{above[place]}”录入")
                troubles.setdefault(place, []).append(("group", remark))
            self._take_row(persons, line, got, troubles.get(place, ()))

    def _titles(self, columns: Columns) -> Iterator[str]:
        if not self._sheet.name.lower().startswith("sheet"):
            yield self._sheet.name
        for row in self._sheet.rows[: columns.header_row - 1]:
            yield from dict.fromkeys(cell for cell in row if isinstance(cell, str) and cell)

    def _parser(self, name: str, column: Sequence[CellValue]) -> Parse:
        certain = self._sheet.typed or name not in DATE_FIELDS or any(map(_shows_ten, column))
        how = DateReader(self._today, self._sheet.date_1904, one_may_be_ten=not certain)
        return parser(name, how)

    def _take_row(
        self,
        persons: PersonReader,
        line: Line,
        got: dict[str, Any],
        troubles: Sequence[tuple[str, Cell]],
    ) -> None:
        number, named = line.place + 1, got["name"]
        if not named:
            self._refuse_nameless(number, troubles)
            return
        name = named.name if isinstance(named, NameReading) else named
        self._named.add(normal_name(name))
        found = persons.read(number, got, line)
        if isinstance(found, Outsider):
            text = f"第{number}行 {_shown(name)}：是“{found.word}”，不是党员，没有导入。"
            self._skipped.append(Issue(text, NOT_A_MEMBER, "member_kind", number, _shown(name)))
            return
        for field, cell in troubles:
            self._tell(number, name, field, cell)
        self._keep(found)

    def _refuse_nameless(self, row: int, troubles: Sequence[tuple[str, Cell]]) -> None:
        why = next((cell.text for name, cell in troubles if name == "name"), "没有姓名")
        text = f"第{row}行：{why}，这一行不能导入，请补填姓名或删去该行。"
        self._refused.append(Issue(text, "name_missing", "name", row))

    def _tell(self, row: int, name: str, field: str, remark: Cell | Remark) -> None:
        shown = _shown(name)
        text = f"第{row}行 {shown}：{remark.text}。"
        self._issues.append(Issue(text, remark.code, field.partition("/")[0], row, shown))

    def _keep(self, found: Person) -> None:
        person = found.row
        number = person.id_number
        first = self._by_id.get(number) if number else None
        if first is not None:
            text = (
                f"第{person.row}行 {person.name}：身份证号与第{first.row}行（{first.name}）相同，"
                "同一人不能登记两次，请删去其中一行。"
            )
            self._refused.append(Issue(text, "id_duplicate", "id_number", person.row, person.name))
            return
        if number:
            self._by_id[number] = person
        for remark in found.remarks:
            self._tell(person.row, person.name, remark.field, remark)
        if person.row - 1 in self._sheet.hidden_rows:
            hidden = Remark("name", "hidden_row", "这一行在表中被隐藏，已照常读取，请核对")
            self._tell(person.row, person.name, "name", hidden)
        self._rows.append(person)


def _united(blocks: Sequence[Columns], whole: Columns) -> Columns:
    """All columns that are read, for the mapping that is shown."""
    fields = {index: name for block in blocks for index, name in block.fields.items()}
    return Columns(whole.header_row, whole.labels, fields)


def _shown(name: str) -> str:
    return quoted(name)[1:-1]


def _shows_ten(value: CellValue) -> bool:
    return isinstance(value, str) and value.strip()[4:] == ".10"
