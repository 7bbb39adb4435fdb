"""路线图: every task on a line of months, from its registration over its day to its closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.rounds import Round, rounds
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.items.sheet import ItemsSheet, name_of
from dangjian_desktop.papers.naming import branch_stem, paper_name

_HEADS = ("序号", "任务", "责任人")
_WIDTHS = (10.0, 54.0, 17.0)
_MONTH = 14.6
_LEGEND = (
    "注：挂＝挂号或重新挂号，限＝完成时限，销＝销号，横线＝办理期间；时限不在本年的写在任务后面。"
)


def compose_roadmap(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """The months of the year of the period."""
    year = Period(sheet.period.year, 1, 12)
    tasks = sheet.of(ItemKind.TASK)
    title = f"{year.label}任务路线图"
    head = row([*_HEADS, *(f"{month}月" for month in range(1, 13))], Role.CELL_HEAD, header=True)
    rows = (_line(number, task, year.year, sheet.today) for number, task in enumerate(tasks, 1))
    return Document(
        name=paper_name(sheet.branch, "任务路线图", year),
        title=f"{sheet.branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(title, Role.TITLE),
            Table((head, *rows), (*_WIDTHS, *(_MONTH,) * 12)),
            Paragraph(_LEGEND, Role.NOTE),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _line(number: int, task: Item, year: int, today: date) -> Row:
    due = task.due
    other = f"（时限{due.isoformat()}）" if due is not None and due.year != year else ""
    months = [_month(task, year, month, today) for month in range(1, 13)]
    fields = [str(number), task.content + other, name_of(task.responsible), *months]
    cells = (cell(text, Role.CELL if n == 1 else Role.CELL_CENTER) for n, text in enumerate(fields))
    return Row(tuple(cells), splittable=False)


def _month(task: Item, year: int, month: int, today: date) -> str:
    """挂, 限, 销 as they fall into the month, in the order of their days; a stroke where it
    was open since an earlier one."""
    here = (year, month)
    signs = dict.fromkeys(sign for part in rounds(task) for sign in _signs(part))
    found = [sign for day, sign in sorted(signs, key=lambda each: each[0]) if _of(day) == here]
    if found:
        return "".join(found)
    # A month with an end has its sign; the present one is still gone through.
    open_then = (_of(first) < here <= _of(last) for first, last in _open(task, today))
    return "—" if any(open_then) else ""


def _signs(part: Round) -> Iterator[tuple[date, str]]:
    days = ((part.begun, "挂"), (part.due, "限"), (part.ended, "销"))
    return ((day, sign) for day, sign in days if day is not None)


def _open(task: Item, today: date) -> Iterator[tuple[date, date]]:
    """From each registration to its closing, or as long as it is to last; nothing of what was
    closed on a day that nobody knows."""
    for part in rounds(task):
        if part.ended is not None:
            yield part.begun, part.ended
        elif not task.closed:
            yield part.begun, max(part.due or today, today)


def _of(day: date) -> tuple[int, int]:
    return day.year, day.month
