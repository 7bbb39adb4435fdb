"""党建与业务融合一览表: every business priority of a period in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    cell,
)
from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.fusion.effect import standing
from dangjian_desktop.domain.fusion.indicator import Measured
from dangjian_desktop.domain.fusion.page import FusionPage
from dangjian_desktop.domain.projects.progress import attained, reached_value
from dangjian_desktop.papers.across import Across, paper_across, table_of
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.fusion.sheet import FusionSheet

TITLE = "党建与业务融合一览表"
_COLUMNS = (
    ("序号", 10.0),
    ("业务重点", 20.0),
    ("议题", 14.0),
    ("任务", 14.0),
    ("指标（单位）", 58.0),
    ("基准", 19.0),
    ("目标值", 19.0),
    ("现值", 19.0),
    ("达成情况", 25.0),
    ("有关项目", 41.0),
    ("缺项", 18.0),
)
NONE = "还没有业务重点。"


def compose_overview(sheet: FusionSheet, _wanted: Wanted) -> Document:
    """The priorities in their order: how many items and tasks, each indicator, what lacks."""
    title = f"{sheet.period.label}{TITLE}"
    day = chinese_date(min(sheet.today, sheet.period.last))
    rows = [line for n, page in enumerate(sheet.pages, 1) for line in _lines(n, page, sheet.period)]
    return paper_across(
        sheet,
        Across(
            what=TITLE,
            title=title,
            period=sheet.period,
            words=f"截至{day}，业务重点{len(sheet.pages)}个。" if sheet.pages else NONE,
            table=table_of(_COLUMNS, rows),
            below=tuple(_unplaced(sheet)),
        ),
    )


def _unplaced(sheet: FusionSheet) -> Iterator[Paragraph]:
    """What stands on no page is named, so that nothing is lost by a word that fits no priority."""
    if sheet.unplaced:
        names = "、".join(each.indicator.name for each in sheet.unplaced)
        yield Paragraph(f"没有列入业务重点的指标：{names}。", Role.NOTE)


def _lines(number: int, page: FusionPage, upto: Period) -> Iterator[Row]:
    """A line for each indicator; what is of the priority stands beside all of them."""
    count = max(1, len(page.measured))
    before = (
        (str(number), Role.CELL_CENTER),
        (page.priority.name, Role.CELL_CENTER),
        (_count(len(page.planned), "项"), Role.CELL_CENTER),
        (_count(len(page.ordered), "项"), Role.CELL_CENTER),
    )
    behind = (
        ("\n".join(project.title for project in page.projects), Role.CELL),
        (_count(len(page.gaps), "处"), Role.CELL_CENTER),
    )
    told = [_measured(each, upto) for each in page.measured] or [("",) * 5]
    for place, texts in enumerate(told):
        inner = tuple(
            cell(text, Role.CELL if n == 0 else Role.CELL_CENTER) for n, text in enumerate(texts)
        )
        cells = inner if place else (*_over(before, count), *inner, *_over(behind, count))
        yield Row(cells, splittable=False, keep_with_next=place < count - 1)


def _over(told: Iterable[tuple[str, Role]], rows: int) -> Iterator[Cell]:
    return (cell(text, role, rows=rows) for text, role in told)


def _count(number: int, unit: str) -> str:
    """Nothing is printed where there is none."""
    return f"{number}{unit}" if number else ""


def _measured(each: Measured, upto: Period) -> tuple[str, ...]:
    """材料消耗（元/吨） 0.45 0.42 0.41 已达到目标; what is unknown is printed empty."""
    target = each.target
    unit = f"（{target.unit}）" if target.unit else ""
    values = (target.baseline, target.target, reached_value(target, upto))
    told = (shown(value) for value in values)
    stands = "" if attained(target, upto) is None else standing(target, upto)
    return (f"{each.indicator.name}{unit}", *told, stands)
