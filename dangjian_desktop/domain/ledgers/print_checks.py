"""Whether the prints of a declaration name fields that are there and fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    TITLE_WORDS,
    CardPrint,
    GridPrint,
    Ledger,
    NoticePrint,
    Print,
    SheetPrint,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.patterns import places_of

WIDEST = 257
"""Millimetres that the columns of a table may have together: A4 laid across."""
_BY_ITSELF = frozenset({"number", "note", "files"})
SPLIT_TYPES = (*CHOICE_TYPES, *PEOPLE_TYPES, FieldType.TEXT, FieldType.GROUP, FieldType.YEAR)
GRID_TYPES = (*PEOPLE_TYPES, FieldType.GROUP)
PIVOT_TYPES = (FieldType.CHOICE, FieldType.YES_NO, FieldType.GROUP, FieldType.TEXT)
VALUE_TYPES = (*NUMBER_TYPES, FieldType.CHOICE, FieldType.YES_NO, FieldType.DATE, FieldType.TEXT)
CONTACT_TYPES = (FieldType.TEXT, *PEOPLE_TYPES)
_VALUE_WORDS = "应为数字、选择、是否、日期或文字字段"


class Named(NamedTuple):
    """A field that some key names: where, and which types fit there."""

    where: str
    field: str
    types: tuple[FieldType, ...] | None = None
    fits: str = ""


def one_named(
    name: str, where: str, types: tuple[FieldType, ...] | None = None, fits: str = ""
) -> Iterator[Named]:
    """The field that a key may name; nothing where it is empty."""
    if name:
        yield Named(where, name, types, fits)


def twice(names: Iterable[str]) -> list[str]:
    """What stands there more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def names_of_print(layout: Print, where: str) -> Iterator[Named]:
    """Every field that a print names."""
    match layout:
        case TablePrint():
            yield from _names_of_table(layout, where)
        case CardPrint():
            for name in (name for row in layout.rows for name in row):
                yield Named(f"{where}表格行", name)
        case SheetPrint():
            yield from _names_in_text(layout.text, where)
        case NoticePrint():
            yield from _names_of_notice(layout, where)
        case GridPrint():
            yield Named(f"{where}行", layout.rows, GRID_TYPES, "应为人员或党小组字段")
            yield from one_named(layout.value, f"{where}数值", VALUE_TYPES, _VALUE_WORDS)


def _names_of_table(layout: TablePrint, where: str) -> Iterator[Named]:
    yield from (Named(f"{where}列", n) for n, _ in layout.columns if n not in _BY_ITSELF)
    for name in layout.total:
        yield Named(f"{where}合计", name, NUMBER_TYPES, "应为数字字段")
    words = "应为选择、人员、党小组、年度或文字字段"
    yield from one_named(layout.split, f"{where}分表", SPLIT_TYPES, words)
    if layout.pivot is not None:
        words = "应为单选、是否、党小组或文字字段"
        for name in (layout.pivot.rows, layout.pivot.columns):
            yield Named(f"{where}交叉汇总", name, PIVOT_TYPES, words)
        yield from one_named(
            layout.pivot.value, f"{where}交叉汇总的数值", NUMBER_TYPES, "应为数字字段"
        )


def _names_of_notice(layout: NoticePrint, where: str) -> Iterator[Named]:
    texts = (FieldType.TEXT, FieldType.LONG_TEXT)
    yield from one_named(layout.about, f"{where}公示事项", (FieldType.TEXT,), "应为文字字段")
    for name in (layout.from_field, layout.until_field):
        yield from one_named(name, f"{where}公示时间", (FieldType.DATE,), "应为日期字段")
    for name in layout.contact:
        yield Named(f"{where}受理人", name, CONTACT_TYPES, "应为文字或人员字段")
    yield from one_named(layout.result, f"{where}公示结果", texts, "应为文字字段")
    yield from _names_in_text(layout.text, where)


def _names_in_text(text: Iterable[str], where: str) -> Iterator[Named]:
    for name in (place.field for part in text for place in places_of(part)):
        if name not in TITLE_WORDS:
            yield Named(f"{where}正文", name)


def problems_of_prints(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What cannot be in the prints: place and sentence."""
    for number, layout in enumerate(ledger.prints, 1):
        for text in _PRINT_CHECKS[type(layout)](ledger, layout):
            yield "print", f"第{number}个打印样式“{layout.title}”{text}"


def _table(ledger: Ledger, layout: TablePrint) -> Iterator[str]:
    wide = sum(width for _, width in layout.columns)
    if wide > WIDEST:
        yield f"的列宽合计{wide:f}毫米，超过{WIDEST}毫米，请减少列或改窄。"
    if not layout.columns and layout.pivot is None:
        yield "一列也没有，请用 columns 写明要打印的列。"
    for name in twice(name for name, _ in layout.columns):
        yield f"有两列都是“{ledger.label(name)}”，请删去一列。"
    printed = {name for name, _ in layout.columns}
    for name in layout.total:
        if name not in printed:
            yield f"合计的“{ledger.label(name)}”不在打印的列中，请加上这一列。"
    if layout.in_force and not ledger.from_field:
        yield "要打印某一天有效的记录，请先写明有效期起始（from）。"


def _card(ledger: Ledger, layout: CardPrint) -> Iterator[str]:
    if not layout.rows:
        yield "一行也没有，请用 rows 写明每行打印哪些字段。"
    for row in layout.rows:
        if not 1 <= len(row) <= 3:
            yield "的每一行只能有一至三个字段，请分成几行。"


def _sheet(ledger: Ledger, layout: SheetPrint | NoticePrint) -> Iterator[str]:
    if not layout.text:
        yield "没有正文，请用 text 写出。"


def _grid(ledger: Ledger, layout: GridPrint) -> Iterator[str]:
    day = ledger.named(ledger.day)
    if day is None or day.type is FieldType.YEAR:
        yield "要按月份或季度排列，请先指明日期或月份字段（day）。"


_PRINT_CHECKS: dict[type, Callable[..., Iterator[str]]] = {
    TablePrint: _table,
    CardPrint: _card,
    SheetPrint: _sheet,
    NoticePrint: _sheet,
    GridPrint: _grid,
}
