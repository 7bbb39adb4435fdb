"""Sample sheets (样表) to hand out: what each column wants, and which rows no import takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.frozen import dataclass

EXAMPLE, GUIDE = "示例", "填法"
"""What stands first in a row that shows how a sheet is filled, or tells it."""
EXAMPLE_TOO, GUIDE_TOO = "示例，不导入", "填法，不导入"
"""The same in 备注, should the first column be taken out."""
SKIPPED = "是样表的填法或示例"

_FIRST = frozenset({EXAMPLE, GUIDE})
_ANYWHERE = frozenset({EXAMPLE_TOO, GUIDE_TOO})
_MARKS = _FIRST | _ANYWHERE
_WANTED: Mapping[FieldType, str] = {
    FieldType.INTEGER: "整数",
    FieldType.YEAR: "年份，如2026",
    FieldType.DECIMAL: "数字",
    FieldType.MONEY: "数字，单位元",
    FieldType.DATE: "年月日，如2026-03-05",
    FieldType.PARTIAL_DATE: "年月日，如2026-03-05；只知道年月的写2026-03",
    FieldType.MONTH: "年月，如2026-03",
    FieldType.TIME: "几点几分，如14:30",
    FieldType.CHOICE: "从下拉列表中选",
    FieldType.CHOICES: "可以选几项，用顿号隔开",
    FieldType.YES_NO: "是或否",
    FieldType.PERSON: "只写一人",
    FieldType.PEOPLE: "几个人用顿号隔开",
    FieldType.LIST: "几项分行写",
}
_DAYS = (FieldType.DATE, FieldType.PARTIAL_DATE, FieldType.MONTH)
_EXAMPLES: Mapping[FieldType, str] = {
    FieldType.INTEGER: "8",
    FieldType.YEAR: "2026",
    FieldType.DECIMAL: "8",
    FieldType.MONEY: "500.00",
    FieldType.DATE: "2026-03-05",
    FieldType.PARTIAL_DATE: "2026-03-05",
    FieldType.MONTH: "2026-03",
    FieldType.TIME: "14:30",
    FieldType.YES_NO: "是",
    FieldType.PERSON: "张三",
    FieldType.PEOPLE: "张三、李四",
    FieldType.GROUP: "第一党小组",
}


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """One column: its heading, what is to be written (``wanted``), how wide, what is offered.

    ``strict`` offers allow nothing else; where several may be written none are strict.
    """

    heading: str
    wanted: str
    width: float
    offers: tuple[str, ...] = ()
    strict: bool = False


def why_skipped(cells: Sequence[Any]) -> str:
    """Why such a row is not read; of an example also what stands in it, should somebody have
    written over it."""
    written = (str(cell) for cell in cells if cell != "" and cell not in _MARKS)
    first = next((text for text in written if not text.isdigit()), "")
    if not first or not {EXAMPLE, EXAMPLE_TOO} & set(cells):
        return SKIPPED
    return f"{SKIPPED}（“{first}”一行标着“{EXAMPLE}”；如果是填上去的，请去掉“{EXAMPLE}”再导入）"


def is_sample_row(cells: Sequence[Any]) -> bool:
    """Whether a row only shows or tells how a sample sheet is filled; what somebody wrote over an
    example and left marked is not read either."""
    if _MARKS.isdisjoint(cells):
        return False
    first = next(cell for cell in cells if cell != "")
    return first in _FIRST or not _ANYWHERE.isdisjoint(cells)


def wanted_of(field: Field, choices: Sequence[str] = ()) -> str:
    """What is to be written into a column, in a few words."""
    free = field.type is FieldType.PERSON and field.who == "text"
    told = "" if free else _WANTED.get(field.type, "")
    parts = ["必填" if field.required else "", told, "" if field.type in _DAYS else field.hint]
    if field.type is FieldType.CHOICES:
        parts.append("：".join(("可选", "、".join(choices))))
    if field.unit and field.type is not FieldType.MONEY:
        parts.append(f"单位{field.unit}")
    return "；".join(part for part in parts if part)


def offers_of(field: Field, choices: Sequence[str]) -> tuple[str, ...]:
    """The words that a column offers."""
    return ("是", "否") if field.type is FieldType.YES_NO else tuple(choices)


def example_of(field: Field, choices: Sequence[str] = ()) -> str:
    """What could stand in a column of which no example is known."""
    if choices:
        return choices[0] if field.type is FieldType.CHOICE else "、".join(choices[:2])
    return _EXAMPLES.get(field.type, f"（{field.label}）")
