"""融合成效测评表: the sheet that is handed out, filled in without a name."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.appraisals.appraisal import Grade
from dangjian_desktop.papers.appraisals.sheet import AppraisalSheet
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, paper_name

TITLE = "融合成效测评表"
HOW = "请在每一项后面选一栏打“√”，不写姓名。"
_WIDTHS = (10.0, 44.0, *(16.0 for _ in Grade), 38.0)
_EMPTY_ROWS, _ROOM_MM = 8, 140.0
_HIGHEST, _LOWEST = 18.0, 8.0


def compose_sheet(sheet: AppraisalSheet, _wanted: Wanted) -> Document:
    """One page: a row for each item with empty boxes, then room for what else there is to say."""
    title = f"{sheet.when}{TITLE}"
    what = f"{TITLE}（空表）" if sheet.appraisal is None else TITLE
    return Document(
        name=paper_name(sheet.branch, what, sheet.day),
        title=f"{sheet.branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(title, Role.TITLE),
            Paragraph(HOW, Role.FLUSH, keep_with_next=True),
            Table(tuple(_rows(sheet)), _WIDTHS),
        ),
        layout=Layout.FORM,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names,
    )


def _rows(sheet: AppraisalSheet) -> Iterator[Row]:
    grades = [grade.label for grade in Grade]
    yield row(("序号", "测评事项", *grades, "意见建议"), Role.CELL_HEAD, header=True)
    items = sheet.items or ("",) * _EMPTY_ROWS
    height = min(_HIGHEST, max(_LOWEST, _ROOM_MM / len(items)))
    for number, item in enumerate(items, 1):
        boxes = (cell("", Role.CELL_CENTER) for _ in (*grades, ""))
        cells = (cell(str(number), Role.CELL_CENTER), cell(item), *boxes)
        yield Row(cells, min_height_mm=height, splittable=False)
    asked = Cell((Paragraph("其他意见建议", Role.CELL_LABEL),), columns=2)
    room = cell("", columns=len(grades) + 1)
    yield Row((asked, room), min_height_mm=30.0, splittable=False)
