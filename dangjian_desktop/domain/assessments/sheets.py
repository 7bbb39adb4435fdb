"""A superior's table of standards out of a spreadsheet of any layout: all that is met is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.assessments.assessment import (
    Assessment,
    Band,
    Criterion,
    weight_words,
)
from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass

_ANY = date.min
_SEARCHED = 25
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：\s]")
_UNIT = re.compile(r"\s*(?:分|%|％)\s*$")
_TOTALS = ("合计", "小计", "总计", "总分", "得分合计")
_NUMBERS = ("weight", "score")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "序"),
    "item": (
        *("项目", "考核项目", "考评项目", "评价项目", "创建项目", "达标项目", "一级指标"),
        *("考核内容", "考评内容", "内容", "类别", "指标", "考核指标"),
    ),
    "standard": (
        *("标准", "考核标准", "考评标准", "评分标准", "评价标准", "达标标准", "创建标准"),
        *("具体要求", "要求", "二级指标", "工作标准", "达标要求"),
    ),
    "band": ("底线/高线", "底线高线", "底线或高线", "类型", "性质"),
    "weight": ("权重", "分值", "标准分", "满分", "分数", "赋分", "标准分值"),
    "value": ("完成情况", "自评情况", "实际完成", "自查情况", "完成值"),
    "score": ("得分", "自评分", "自评得分", "评分", "考核得分", "自查得分"),
    "gap": ("存在问题", "差距", "问题", "差距问题", "扣分原因"),
    "evidence": ("佐证", "佐证材料", "备查资料", "查看资料", "台账资料", "支撑材料"),
}
"""What a heading may be called; the first column that fits is taken."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """The standards of a table, its ``title`` where one stands above, and what is to be said."""

    title: str
    criteria: tuple[Criterion, ...]
    remarks: tuple[str, ...]


def read_standards(sheets: Sequence[Sheet], name: str) -> TableReading:
    """The sheet whose headings fit best; raises ``InputError`` where none has standards."""
    shown = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    found = [(sheet, *_columns(sheet)) for sheet in shown]
    sheet, head, columns = max(found, key=lambda each: len(each[2]))
    if not {"item", "standard"} & {*columns} or len(columns) < 2:
        raise InputError(
            f"文件“{name}”里没有找到达标表的表头。",
            "表头一行应有“项目”“标准”“分值”“得分”这样的列名；请改好列名后再读入。",
        )
    reader = _Reader(sheet, head, columns)
    criteria = tuple(reader.rows())
    if not criteria:
        raise InputError(f"工作表“{sheet.name}”的表头下面没有考核项目。", "请确认选对了文件。")
    remarks = [*reader.remarks]
    if words := weight_words(Assessment(id="", title="", day=_ANY, criteria=criteria)):
        remarks.append(f"{words}。")
    return TableReading(reader.title(), criteria, tuple(remarks))


def _plain(text: str) -> str:
    return _BRACKETS.sub("", squeeze(text))


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(sheet.rows[:_SEARCHED]):
        named: dict[str, int] = {}
        for column, value in enumerate(row):
            heading = _plain(as_text(value))
            if (place, column) in sheet.from_left or not heading:
                continue
            for name, words in _HEADINGS.items():
                if name not in named and heading in words:
                    named[name] = column
                    break
        if len(named) > len(best[1]):
            best = place, named
    return best


class _Reader:
    """Reads the rows below the headings of one sheet."""

    def __init__(self, sheet: Sheet, head: int, columns: Mapping[str, int]) -> None:
        self._sheet, self._head, self._columns = sheet, head, columns
        self.remarks: list[str] = []

    def title(self) -> str:
        """The first words above the headings."""
        for place, row in enumerate(self._sheet.rows[: self._head]):
            for column, value in enumerate(row):
                if (place, column) not in self._sheet.from_left and (
                    text := squeeze(as_text(value))
                ):
                    return text
        return ""

    def rows(self) -> Iterator[Criterion]:
        """Every standard; sections, totals and blank rows are none."""
        for place in range(self._head + 1, len(self._sheet.rows)):
            texts = {name: self._text(place, name) for name in self._columns}
            if self._is_one(place, texts):
                yield self._criterion(place, texts)

    def _text(self, place: int, name: str) -> str:
        row, column = self._sheet.rows[place], self._columns[name]
        return as_text(row[column]).strip() if column < len(row) else ""

    def _is_one(self, place: int, texts: Mapping[str, str]) -> bool:
        words = texts.get("standard", "") or texts.get("item", "")
        if not words or squeeze(words).startswith("注"):
            return False
        known = {_plain(text) for text in (texts.get("item", ""), texts.get("number", ""))}
        if known & {*_TOTALS}:
            return False
        asked = [self._columns[name] for name in ("item", "standard") if name in self._columns]
        if len(asked) > 1 and (place, max(asked)) in self._sheet.from_left:
            self.remarks.append(f"第{place + 1}行“{words[:20]}”是跨列的小标题，没有作为项目读入。")
            return False
        return True

    def _criterion(self, place: int, texts: Mapping[str, str]) -> Criterion:
        numbers = {name: self._number(place, name, texts.get(name, "")) for name in _NUMBERS}
        evidence = texts.get("evidence", "")
        return Criterion(
            number=texts.get("number", ""),
            item=squeeze(texts.get("item", "")),
            standard=texts.get("standard", ""),
            band=self._band(place, texts.get("band", "")),
            weight=numbers["weight"],
            value=squeeze(texts.get("value", "")),
            score=numbers["score"],
            gap=texts.get("gap", ""),
            evidence=tuple(part.strip() for part in evidence.splitlines() if part.strip()),
        )

    def _number(self, place: int, name: str, text: str) -> Decimal | None:
        """The number of one cell; one that is merged over several rows stands in the first."""
        label = {"weight": "分值", "score": "得分"}[name]
        column = self._columns.get(name)
        if not text or column is None:
            return None
        if (place, column) in self._sheet.from_above:
            said = f"第{place + 1}行的{label}与上面的行是合并的一格，只在合并格的第一行计一次"
            self.remarks.append(f"{said}；要分开计，请在自评里逐行填写。")
            return None
        try:
            found = read_number(_UNIT.sub("", text))
        except ValueError:
            self.remarks.append(
                f"第{place + 1}行的{label}“{text[:20]}”不是数字，没有读入，请自己填写。"
            )
            return None
        if found is not None and found.value < 0:
            words = number_text(found.value)
            self.remarks.append(f"第{place + 1}行的{label}{words}小于0，没有读入，请核对。")
            return None
        return None if found is None else found.value

    def _band(self, place: int, text: str) -> Band | None:
        words = squeeze(text)
        found = [band for band in Band if band.label in words]
        if words and len(found) != 1:
            said = f"第{place + 1}行的“{words[:20]}”看不出是底线还是高线"
            self.remarks.append(f"{said}，没有读入，请自己选择。")
        return found[0] if len(found) == 1 else None
