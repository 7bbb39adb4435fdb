"""From the sheets of a workbook to a roster: the persons, and what is wrong, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import Identity
from dangjian_desktop.domain.members.importing.cells import (
    DATE_FIELDS,
    Cell,
    DateReader,
    Parse,
    parser,
)
from dangjian_desktop.domain.members.importing.checks import (
    Remark,
    check_dates,
    check_identity,
    is_usual,
    settle_kind,
)
from dangjian_desktop.domain.members.importing.collecting import collection_put_off
from dangjian_desktop.domain.members.importing.columns import (
    POST_AND_GROUP,
    SERIAL,
    Columns,
    find_columns,
    likely_headings,
)
from dangjian_desktop.domain.members.importing.lines import Line, Lines, split_lines
from dangjian_desktop.domain.members.importing.rows import (
    RosterReading,
    RosterRow,
    leaves_incomplete,
)
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet
from dangjian_desktop.domain.members.importing.values import is_plain_name, quoted
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.domain.texts import normal_name, squeeze
from dangjian_desktop.errors import InputError, Issue


def read_roster(
    sheets: Sequence[Sheet],
    *,
    today: date,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> RosterReading:
    """Read the sheet that looks most like a roster, or the one named.

    ``header_row`` is the number on the screen of a heading row. ``mapping`` gives a field to a
    heading or a column letter. Raises ``InputError`` when there is no such sheet, no column of
    names, or no person under the heading.
    """
    chosen = _named(sheets, sheet) if sheet is not None else _visible(sheets)
    found = [(one, find_columns(one, header_row, mapping)) for one in chosen]
    known = [(one, columns) for one, columns in found if columns is not None]
    if not known:
        raise _no_names(chosen, header_row)
    best, columns = max(known, key=lambda pair: pair[1].score)
    with collection_put_off():
        reading = _Reader(best, columns, today).read()
    others = tuple(one.name for one, other in known if one is not best and other.score >= 4)
    return _with_others(reading, others)


def _named(sheets: Sequence[Sheet], name: str) -> tuple[Sheet, ...]:
    for same in (str.__eq__, lambda a, b: squeeze(a) == squeeze(b)):
        chosen = tuple(one for one in sheets if same(one.name, name))
        if chosen:
            return chosen
    names = "、".join(one.name for one in sheets)
    raise InputError(f"文件里没有名为“{name}”的工作表。", f"现有的工作表：{names}。")


def _visible(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    return tuple(one for one in sheets if not one.hidden) or tuple(sheets)


def _no_names(sheets: Sequence[Sheet], header_row: int | None) -> InputError:
    fullest = max(sheets, key=lambda one: len(likely_headings(one)[1]))
    row, labels = likely_headings(fullest)
    shown = "、".join(quoted(label) for label in labels[:12]) or "没有文字"
    where = f"第{header_row}行" if header_row is not None else "表头"
    return InputError(
        f"工作表“{fullest.name}”的{where}没有找到“姓名”列。最像表头的是第{row}行：{shown}。",
        "请把姓名所在列的表头改为“姓名”，或者指明表头在第几行、哪一列是姓名"
        '（命令行用 --header-row 和 --mapping，对应表例如 {"B": "name"}）。',
    )


def _with_others(reading: RosterReading, others: tuple[str, ...]) -> RosterReading:
    if not others:
        return reading
    names = "”“".join(others)
    text = f"本次只读取工作表“{reading.sheet}”；工作表“{names}”也像名册，如需导入请另外指定。"
    return replace(
        reading, warnings=(Issue(text, "other_sheets", row=reading.header_row), *reading.warnings)
    )


class _Known(dict[CellValue, Cell]):
    """What equal cells of one column were read to, each read once."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, value: CellValue) -> Cell:
        cell = self[value] = self._parse(value)
        return cell


class _Reader:
    """Reads one sheet whose columns are known."""

    def __init__(self, sheet: Sheet, columns: Columns, today: date) -> None:
        self._sheet = sheet
        self._columns = columns
        self._today = today
        self._has = frozenset(columns.fields.values())
        self._issues: list[Issue] = []
        self._refused: list[Issue] = []
        self._rows: list[RosterRow] = []
        self._by_id: dict[str, RosterRow] = {}

    def read(self) -> RosterReading:
        """All rows of the sheet; ``InputError`` when there is no person."""
        lines = split_lines(self._sheet, self._columns)
        self._take(lines.persons)
        if not self._rows and not self._refused:
            raise InputError(
                f"工作表“{self._sheet.name}”第{self._columns.header_row}行的表头下面没有人员。",
                "请确认选对了文件和工作表。",
            )
        self._whole_sheet(lines)
        self._look_alikes()
        issues = sorted(self._issues, key=lambda issue: issue.row or 0)
        return RosterReading(
            rows=tuple(self._rows),
            refused=tuple(self._refused),
            incomplete=tuple(one for one in issues if leaves_incomplete(one)),
            warnings=tuple(one for one in issues if not leaves_incomplete(one)),
            stated_total=lines.stated_total,
            mapping=self._columns.mapping(),
            sheet=self._sheet.name,
            header_row=self._columns.header_row,
            unmapped=self._columns.unmapped,
        )

    def _take(self, lines: Sequence[Line]) -> None:
        """Read column by column, then put the persons together or refuse their rows."""
        columns = tuple(zip_longest(*(line.cells for line in lines), fillvalue=""))
        names: list[str] = []
        values: list[list[Any]] = []
        troubles: dict[int, list[tuple[str, Cell]]] = {}
        for index, name in sorted(self._columns.fields.items()):
            if name == SERIAL or index >= len(columns):
                continue
            known = _Known(self._parser(name, columns[index]))
            cells = list(map(known.__getitem__, columns[index]))
            names.append(name)
            values.append([cell[0] for cell in cells])
            if any(cell.code for cell in known.values()):
                for place, cell in enumerate(cells):
                    if cell.code:
                        troubles.setdefault(place, []).append((name, cell))
        for place, (line, row) in enumerate(zip(lines, zip(*values, strict=True), strict=True)):
            got = dict(zip(names, row, strict=True))
            self._take_row(line, got, troubles.get(place, ()))

    def _parser(self, name: str, column: Sequence[CellValue]) -> Parse:
        certain = self._sheet.typed or name not in DATE_FIELDS or any(map(_shows_ten, column))
        how = DateReader(self._today, self._sheet.date_1904, one_may_be_ten=not certain)
        return parser(name, how)

    def _take_row(
        self, line: Line, got: dict[str, Any], troubles: Sequence[tuple[str, Cell]]
    ) -> None:
        number, name = line.place + 1, got["name"]
        if not name:
            self._refuse_nameless(number, troubles)
            return
        for field, cell in troubles:
            self._tell(number, name, field, cell)
        self._keep(self._person(number, got, line.group))

    def _refuse_nameless(self, row: int, troubles: Sequence[tuple[str, Cell]]) -> None:
        why = next((cell.text for name, cell in troubles if name == "name"), "没有姓名")
        text = f"第{row}行：{why}，这一行不能导入，请补填姓名或删去该行。"
        self._refused.append(Issue(text, "name_missing", "name", row))

    def _tell(self, row: int, name: str, field: str, remark: Cell | Remark) -> None:
        shown = quoted(name)[1:-1]
        text = f"第{row}行 {shown}：{remark.text}。"
        self._issues.append(Issue(text, remark.code, field.partition("/")[0], row, shown))

    def _person(self, row: int, got: dict[str, Any], group: str | None) -> RosterRow:
        identity: Identity | None = got.pop("id_number", None)
        declared = got.pop("member_kind", None)
        posts = got.pop("party_post", None) or ()
        if POST_AND_GROUP in got:
            both = got.pop(POST_AND_GROUP) or ((), None)
            posts = (*posts, *both[0])
            got["group"] = got.get("group") or both[1]
        got["group"] = got.get("group") or group
        if got.get("full_date") is MemberKind.PROBATIONARY:
            got["full_date"] = None
            declared = declared or MemberKind.PROBATIONARY
        birth = got.get("birth_date")
        if identity is not None and identity.birth is not None:
            self._compare(row, got, identity.birth, identity.sex)
            birth = birth or PartialDate.of(identity.birth)
        kind = self._kind(row, got, birth, declared)
        outside = isinstance(declared, str) and not isinstance(declared, MemberKind)
        if outside:
            got["note"] = "；".join(filter(None, (got.get("note"), f"人员类别：{declared}")))
        got["row"] = row
        got["id_number"] = None if identity is None else identity.number
        got["kind"] = kind
        got["declared"] = isinstance(declared, MemberKind)
        got["member"] = not outside
        got["posts"] = posts
        return RosterRow(**got)

    def _compare(self, row: int, got: dict[str, Any], born: date, sex: str | None) -> None:
        for remark in check_identity(got.get("birth_date"), got.get("sex"), born, sex):
            self._tell(row, got["name"], remark.field, remark)

    def _kind(
        self, row: int, got: dict[str, Any], birth: PartialDate | None, declared: object
    ) -> MemberKind | None:
        join, full = got.get("join_date"), got.get("full_date")
        if isinstance(declared, MemberKind) and is_usual(declared, birth, join, full, self._today):
            return declared
        for remark in check_dates(birth, join, full):
            self._tell(row, got["name"], remark.field, remark)
        if isinstance(declared, str) and not isinstance(declared, MemberKind):
            return None
        known = declared if isinstance(declared, MemberKind) else None
        kind, odd = settle_kind(known, join, full, self._today)
        silent = not {"member_kind", "join_date", "full_date"} & self._has
        if odd is not None and not silent:
            self._tell(row, got["name"], odd.field, odd)
        return kind

    def _keep(self, person: RosterRow) -> None:
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
        self._rows.append(person)

    def _whole_sheet(self, lines: Lines) -> None:
        """What concerns no single person: the sheet's own total, rows not read, kinds unknown."""
        for row in lines.continued:
            text = f"第{row}行：姓名与上一行是合并单元格，按同一人处理，只取上一行的内容。"
            self._issues.append(Issue(text, "text_cleaned", "name", row))
        stated = lines.stated_total
        if stated is not None and stated != len(self._rows):
            text = (
                f"第{lines.total_row}行：表中合计{stated}人，实际读到{len(self._rows)}人，请核对。"
            )
            self._issues.append(Issue(text, "total_mismatch", None, lines.total_row))
        if not {"member_kind", "join_date", "full_date"} & self._has:
            text = "表中没有人员类别、入党时间和转正时间，全部暂按正式党员登记，请核对。"
            self._issues.append(
                Issue(text, "kind_unknown", "member_kind", self._columns.header_row)
            )
        if self._sheet.rows_left_out:
            row = len(self._sheet.rows) + 1
            text = (
                f"第{row}行以后：连续空白太多，其后{self._sheet.rows_left_out}行没有读取。"
                "如果那里还有人员，请删去中间的空行后再导入。"
            )
            self._issues.append(Issue(text, "rows_left_out", None, row))

    def _look_alikes(self) -> None:
        """Two rows of one name that no ID number tells apart."""
        wanted = {_compared(person) for person in self._rows if not person.id_number}
        by_name: dict[str, list[RosterRow]] = {name: [] for name in wanted}
        for person in self._rows if wanted else ():
            name = _compared(person)
            if name in wanted:
                by_name[name].append(person)
        for people in by_name.values():
            for place, person in enumerate(people[1:], start=1):
                twin = next((p for p in people[:place] if _may_be_same(p, person)), None)
                if twin is not None:
                    text = f"与第{twin.row}行同名，没有两个身份证号可以区分，请核对是不是同一人"
                    self._tell(
                        person.row,
                        person.name,
                        "name",
                        Remark("name", "possible_duplicate", text),
                    )


def _compared(person: RosterRow) -> str:
    return person.name if is_plain_name(person.name) else normal_name(person.name)


def _may_be_same(one: RosterRow, other: RosterRow) -> bool:
    if one.id_number and other.id_number:
        return False
    births = {str(person.born) for person in (one, other) if person.born}
    return len(births) < 2


def _shows_ten(value: CellValue) -> bool:
    return isinstance(value, str) and value.strip()[4:] == ".10"
