"""The rows of a superior's table of standards: all that is met is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from dangjian_desktop.domain.amounts import number_text, read_number
from dangjian_desktop.domain.assessments.assessment import Band, Criterion, weights_told
from dangjian_desktop.domain.assessments.sheets import (
    StandardsSheet,
    plain,
    sheet_of_standards,
)
from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.domain.members.importing.sheets import Sheet, Special
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

_UNIT = re.compile(r"\s*(?:分|%|％)\s*$")
_TOTALS = ("合计", "小计", "总计", "总分", "得分合计")
_WHOLE = ("合计", "总计", "总分")
_NUMBERS = ("weight", "score")
_LABELS = {
    "number": "编号",
    "item": "项目",
    "standard": "标准",
    "band": "类型",
    "weight": "分值",
    "value": "完成情况",
    "score": "得分",
    "gap": "差距",
    "evidence": "佐证",
}


@dataclass(frozen=True, slots=True)
class TableReading:
    """The standards of a table, its ``title`` where one stands above. What could not be read is
    ``refused``, what is odd or was left out a warning."""

    title: str
    criteria: tuple[Criterion, ...]
    refused: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """All of it in words, the gravest first."""
        return tuple(issue.message for issue in (*self.refused, *self.warnings))


def read_standards(sheets: Sequence[Sheet], name: str, wanted: str = "") -> TableReading:
    """What a file says; raises ``InputError`` where it has no table of standards."""
    found = sheet_of_standards(sheets, name, wanted)
    reader = _Reader(found)
    criteria = tuple(reader.rows())
    if not criteria:
        words = f"工作表“{found.sheet.name}”的表头下面没有考核项目。"
        raise InputError(words, "请确认选对了文件。")
    warnings = (*found.remarks(), *reader.warnings(), *reader.sums(criteria))
    return TableReading(found.title, criteria, tuple(reader.refused), warnings)


class _Reader:
    """Reads the rows below the headings of one sheet."""

    def __init__(self, found: StandardsSheet) -> None:
        self._sheet, self._head, self._columns = found.sheet, found.head, found.columns
        self.refused: list[Issue] = []
        self._odd: list[Issue] = []
        self._merged: dict[str, list[int]] = {}
        self._stated: Decimal | None = None
        self._section = ""

    def rows(self) -> Iterator[Criterion]:
        """Every standard; sections, totals and blank rows are none."""
        for place in range(self._head + 1, len(self._sheet.rows)):
            texts = {name: self._text(place, name) for name in self._columns}
            if self._is_one(place, texts):
                self._look_at(place)
                yield self._criterion(place, texts)

    def warnings(self) -> Iterator[Issue]:
        """What is odd row by row, rows that are merged with those above them together."""
        yield from self._odd
        for name, rows in self._merged.items():
            for first, last in _runs(rows):
                which = f"第{first}行" if first == last else f"第{first}至{last}行"
                said = f"{which}的{_LABELS[name]}与上面的行是合并的一格"
                words = f"{said}，只在合并格的第一行计一次；要分开计，请在自评里逐行填写。"
                yield Issue(words, "merged", name, first)

    def sums(self, criteria: Sequence[Criterion]) -> Iterator[Issue]:
        """Weights that do not make 100, and a sum of the table that is another."""
        if words := weights_told(criteria):
            yield Issue(f"{words}。", "weights", "weight")
        known = [each.weight for each in criteria if each.weight is not None]
        whole = sum(known, Decimal(0))
        if self._stated is not None and known and self._stated != whole:
            told = f"表中写的分值合计是{number_text(self._stated)}"
            words = f"{told}，读入的各项合计是{number_text(whole)}，请核对有没有漏行。"
            yield Issue(words, "total_mismatch", "weight")

    def _text(self, place: int, name: str) -> str:
        row, column = self._sheet.rows[place], self._columns[name]
        return as_text(row[column]).strip() if column < len(row) else ""

    def _is_one(self, place: int, texts: Mapping[str, str]) -> bool:
        words = texts.get("standard", "") or texts.get("item", "")
        known = {plain(texts.get(name, "")) for name in ("item", "number", "standard")}
        if known & {*_TOTALS}:
            self._state(known, texts.get("weight", ""))
            return False
        if not words or squeeze(words).startswith("注"):
            return False
        asked = [self._columns[name] for name in ("item", "standard") if name in self._columns]
        if len(asked) > 1 and (place, max(asked)) in self._sheet.from_left:
            self._section = squeeze(words)
            said = f"第{place + 1}行“{words[:20]}”是跨列的小标题，没有作为项目读入"
            used = "；下面没有写项目的，以它为项目。"
            self._odd.append(Issue(said + used, "section", row=place + 1))
            return False
        return True

    def _state(self, known: set[str], weight: str) -> None:
        try:
            found = read_number(_UNIT.sub("", weight)) if weight and known & {*_WHOLE} else None
        except ValueError:
            return
        self._stated = self._stated if found is None else found.value

    def _look_at(self, place: int) -> None:
        """Formulas that were saved without their result, and a row that is hidden."""
        row = self._sheet.rows[place]
        for name, column in self._columns.items():
            if column < len(row) and row[column] is Special.UNCOMPUTED:
                said = f"第{place + 1}行的{_LABELS[name]}是没有计算结果的公式，没有读入"
                remedy = "请在 Excel 或 WPS 中打开、保存一次再读"
                words = f"{said}，{remedy}。"
                self.refused.append(Issue(words, "formula_uncomputed", name, place + 1))
        if place in self._sheet.hidden_rows:
            words = f"第{place + 1}行在表中被隐藏，已照常读取，请核对。"
            self._odd.append(Issue(words, "hidden_row", row=place + 1))

    def _criterion(self, place: int, texts: Mapping[str, str]) -> Criterion:
        numbers = {name: self._number(place, name, texts.get(name, "")) for name in _NUMBERS}
        evidence = texts.get("evidence", "")
        return Criterion(
            id=new_id(),
            number=texts.get("number", ""),
            item=squeeze(texts.get("item", "")) or self._section,
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
        column = self._columns.get(name)
        if not text or column is None:
            return None
        if (place, column) in self._sheet.from_above:
            self._merged.setdefault(name, []).append(place + 1)
            return None
        try:
            found = read_number(_UNIT.sub("", text))
        except ValueError:
            self._refuse(place, name, f"“{text[:20]}”不是数字，没有读入，请自己填写。")
            return None
        if found is not None and found.value < 0:
            self._refuse(place, name, f"{number_text(found.value)}小于0，没有读入，请核对。")
            return None
        return None if found is None else found.value

    def _band(self, place: int, text: str) -> Band | None:
        words = squeeze(text)
        found = [band for band in Band if band.label in words]
        if words and len(found) != 1:
            self._refuse(
                place, "band", f"“{words[:20]}”看不出是底线还是高线，没有读入，请自己选择。"
            )
        return found[0] if len(found) == 1 else None

    def _refuse(self, place: int, name: str, words: str) -> None:
        said = f"第{place + 1}行的{_LABELS[name]}{words}"
        self.refused.append(Issue(said, "value_unknown", name, place + 1))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow each other, as the first and the last of them."""
    ends = [row for row, after in pairwise(rows) if after != row + 1] + [rows[-1]]
    begins = [rows[0]] + [after for row, after in pairwise(rows) if after != row + 1]
    yield from zip(begins, ends, strict=True)
