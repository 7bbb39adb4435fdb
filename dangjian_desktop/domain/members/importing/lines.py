"""What each row under the heading is: a person, or not read, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dangjian_desktop.domain.members.identity import looks_like_number
from dangjian_desktop.domain.members.importing.columns import Columns
from dangjian_desktop.domain.members.importing.headings import SERIAL, field_of
from dangjian_desktop.domain.members.importing.membership import Told, section_of
from dangjian_desktop.domain.members.importing.names import is_plain_name, plausible, read_name
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.importing.sheets import CellValue, Sheet
from dangjian_desktop.domain.members.importing.values import is_mobile
from dangjian_desktop.domain.sample_sheets import is_sample_row, why_skipped
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import Issue

_FOOT = re.compile(
    r"(?:以上)?(?:合计|总计|共计|小计|本页|总人数|制表|填表|填报|编制|审核|审批|负责人|经办|单位负责|说明|备注|注[::]|附[::]"
    r"|党?支部书记[:(]|.{0,8}(?:签字|签名|盖章)|以下空白|\(?第?[0-9]+页|[0-9]{4}年[0-9]{1,2}月)"
)
_TOTAL = re.compile(r"合计|总计|共计|总人数")
_STATED = re.compile(r"(?:合计|总计|共计|总人数)[^0-9]{0,12}?([0-9]{1,5})(?![0-9年.\-/])")
_PARTS = re.compile(r"(?:正式|预备)党员[^0-9]{0,4}([0-9]{1,5})")
_GROUP_HEADING = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]+、)?(.{0,12}小组)[)）]?[::]?(?:[(（].*)?"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NEVER_IN_PLAIN = frozenset("合计小共总页制填编审签盖章说明注空白姓名性别民族学历附件党组委支班")
_DATES = frozenset({"birth_date", "join_date", "full_date", "join_approved", "full_approved"})

Row = tuple[CellValue, ...]


class Line(NamedTuple):
    """A row to be read as a person; ``place`` counts from 0.

    ``group`` and ``section`` are what lines above announced.
    """

    place: int
    cells: Row
    group: str | None = None
    section: Told | None = None


@dataclass(slots=True)
class Lines:
    """The persons' rows, those not read with the reason, and the sheet's own total.

    ``rows`` counts every row with something in it: persons and skipped together.
    """

    persons: list[Line] = field(default_factory=list)
    skipped: list[Issue] = field(default_factory=list)
    stated_total: int | None = None
    total_row: int | None = None

    @property
    def rows(self) -> int:
        """How many rows were met."""
        return len(self.persons) + len(self.skipped)

    def skip(self, place: int, code: str, why: str) -> None:
        """Note a row as not read."""
        text = f"第{place + 1}行：{why}，没有作为人员读取。"
        self.skipped.append(Issue(text, code, None, place + 1))


def split_lines(sheet: Sheet, columns: Columns) -> Lines:
    """Sort the rows under the heading."""
    lines = Lines()
    sorter = _Sorter(sheet, columns)
    group: str | None = None
    section: Told | None = None
    for place, cells in sorter.filled_rows():
        if is_sample_row(cells):
            lines.skip(place, "note", why_skipped(cells))
            continue
        if sorter.is_plain_person(cells):
            lines.persons.append(Line(place, cells, group, section))
            continue
        if (total := stated_total(cells)) is not None and not sorter.has_name(cells):
            lines.stated_total, lines.total_row = total, place + 1
        why = sorter.why_no_person(place, cells)
        if why is None:
            lines.persons.append(Line(place, cells, group, section))
            continue
        code, text, alone = why
        if code == "section":
            told = section_of(alone)
            group = group if told else _group(alone)
            section = told or section
        lines.skip(place, code, text)
    return lines


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


def _group(text: str) -> str | None:
    found = _GROUP_HEADING.fullmatch(text.strip())
    return found[1] if found else None


class _Sorter:
    """Knows the heading of the sheet, judges single rows."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._start = columns.header_row
        self._other_heading = columns.end
        self._labels = columns.labels
        self._reach = columns.reach
        self._fields = columns.fields
        by_field = {name: index for index, name in columns.fields.items()}
        self._name = by_field["name"]
        self._serial = by_field.get(SERIAL)
        self._spread = frozenset(row for row, _ in sheet.from_left)

    def filled_rows(self) -> Iterator[tuple[int, Row]]:
        """Rows with something in them; what was filled in from the left is blank again."""
        for index in range(self._start, self._other_heading or len(self._sheet.rows)):
            cells = self._sheet.rows[index]
            if index in self._spread:
                cells = tuple(
                    "" if (index, column) in self._sheet.from_left else cell
                    for column, cell in enumerate(cells)
                )
            if self._reach is not None:
                start, end = self._reach
                cells = ("",) * start + cells[start:end]
            if any(cell and not (isinstance(cell, str) and cell.isspace()) for cell in cells):
                yield index, cells

    def is_plain_person(self, cells: Row) -> bool:
        """Whether a row with a name like most names needs no closer look."""
        name = cells[self._name] if self._name < len(cells) else ""
        return (
            isinstance(name, str)
            and is_plain_name(name)
            and _NEVER_IN_PLAIN.isdisjoint(name)
            and not self._sheet.from_above
            and isinstance(cells[0], float)
        )

    def has_name(self, cells: Row) -> bool:
        """Whether somebody's name stands where names stand."""
        name = self._named(cells)
        return bool(name) and plausible(read_name(name).name)

    def why_no_person(self, place: int, cells: Row) -> tuple[str, str, str] | None:
        """Code, reason and lone text of a row that is no person's; nothing for one that is."""
        name = self._named(cells)
        if name and (place, self._name) in self._sheet.from_above:
            return "not_a_person", "姓名与上一行是合并单元格，按同一人处理", ""
        if place + 1 == self._other_heading:
            return "not_a_person", "是另一种表头，以下各行按它读取", ""
        if self._is_heading(name, cells):
            return "not_a_person", "是重复的表头", ""
        first = next(cell for cell in cells if cell != "")
        labelled = _is_foot(first)
        if name and plausible(read_name(name).name):
            foot = labelled and self._labels_a_signature(cells) and not self._has_facts(cells)
            return ("foot", f"{quoted(_shown(first))}是表尾", "") if foot else None
        return self._without_name(place, cells, name, labelled=labelled)

    def _without_name(
        self, place: int, cells: Row, name: str, *, labelled: bool
    ) -> tuple[str, str, str] | None:
        texts = [_shown(cell).strip() for cell in cells if cell != ""]
        alone = name or texts[0]
        if self._has_facts(cells):
            return None
        if labelled or _is_foot(name):
            return "foot", f"{quoted(alone)}是合计、签字或说明", alone
        if len(texts) <= 2 and (section_of(alone) or _group(alone)):
            return "section", f"{quoted(alone)}是分段的标题", alone
        if name:
            return "not_a_person", f"{quoted(name)}不是姓名", alone
        if len(texts) == 1:
            counted = self._serial is not None and cells[self._serial] != ""
            note = place in self._spread or not counted
            why = f"{quoted(alone)}不是姓名" if note else "只有序号，没有姓名"
            return ("note" if note else "not_a_person"), why, alone
        return None

    def _named(self, cells: Row) -> str:
        name = cells[self._name] if self._name < len(cells) else ""
        return _shown(name).strip() if name != "" else ""

    def _is_heading(self, name: str, cells: Row) -> bool:
        """The heading once more, at the top of the next printed page."""
        found = field_of(name) if "名" in name else None
        if found is not None:
            return found[0] == "name"
        same = sum(
            isinstance(cell, str) and cell != "" and squeeze(cell) == label
            for cell, label in zip(cells, self._labels, strict=False)
        )
        return not name and same >= 3

    def _labels_a_signature(self, cells: Row) -> bool:
        """Whether the first filled cell stands in no column that says something of a person."""
        column = next(index for index, cell in enumerate(cells) if cell != "")
        said = self._fields.get(column)
        return said in (None, SERIAL, "name") or _shown(cells[column]).strip()[-1:] in ":："

    def _has_facts(self, cells: Row) -> bool:
        """Whether the row holds what only a person has: sex, a date, an ID or mobile number."""
        return any(
            _is_fact(name, cells[column])
            for column, name in self._fields.items()
            if column < len(cells) and cells[column] != ""
        )


def _is_fact(name: str, cell: CellValue) -> bool:
    if name in _DATES:
        return isinstance(cell, date) or _YEAR.match(_shown(cell).strip()) is not None
    text = squeeze(_shown(cell))
    if name == "sex":
        return text in {"男", "女", "男性", "女性"}
    if name == "id_number":
        return looks_like_number(text)
    return name == "phone" and is_mobile(text)


def _is_foot(cell: CellValue) -> bool:
    return isinstance(cell, str) and _FOOT.match(squeeze(cell)) is not None
