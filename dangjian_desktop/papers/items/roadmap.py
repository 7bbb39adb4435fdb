"""路线图: every task on a line of months, from its registration over its day to its closing."""

from __future__ import annotations

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
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.items.sheet import ItemsSheet, name_of
from dangjian_desktop.papers.naming import branch_stem, paper_name

_HEADS = ("序号", "任务", "责任人")
_WIDTHS = (10.0, 54.0, 17.0)
_MONTH = 14.6
_LEGEND = "注：挂＝挂号，限＝完成时限，销＝销号，横线＝办理期间；时限不在本年的写在任务后面。"


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
    """挂, 限, 销 as they fall into the month; a stroke between the first and the last of them."""
    days = {"挂": task.found_on, "限": task.due, "销": task.closed_on}
    here = [
        sign
        for sign, day in days.items()
        if day is not None and (day.year, day.month) == (year, month)
    ]
    if here:
        return "".join(here)
    last = task.closed_on or max(task.due or today, today)
    begun, ended = ((day.year, day.month) for day in (task.found_on, last))
    return "—" if begun < (year, month) < ended else ""
