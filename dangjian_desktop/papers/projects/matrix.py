"""党建+N 矩阵: what the projects of each N do, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dangjian_desktop.documents.model import Cell, Document, Role, Row, cell
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.fusion.effect import amount_words
from dangjian_desktop.domain.projects.progress import attained, reached_value
from dangjian_desktop.domain.projects.project import Project, Target
from dangjian_desktop.papers.across import Across, paper_across, table_of
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.projects.lists import ProjectsSheet
from dangjian_desktop.papers.projects.sheet import name_of

TITLE = "“党建+N”矩阵"
_COLUMNS = (
    ("N", 24.0),
    ("项目", 44.0),
    ("负责人", 20.0),
    ("措施", 78.0),
    ("结果（基准、目标、现值）", 71.0),
    ("状态", 20.0),
)


def compose_matrix(sheet: ProjectsSheet, _wanted: Wanted) -> Document:
    """A band for each N that the branch knows; one without a project is printed empty."""
    day = min(sheet.today, date(sheet.year, 12, 31))
    names = dict.fromkeys((*sheet.categories, *(p.category for p in sheet.projects)))
    rows = (
        line
        for name in names
        for line in _band(name, [p for p in sheet.projects if p.category == name], day)
    )
    return paper_across(
        sheet,
        Across(
            what="党建+N矩阵",
            title=f"{sheet.year}年{TITLE}",
            period=Period(sheet.year, 1, 12),
            words=f"截至{chinese_date(day)}，“党建+N”项目{len(sheet.projects)}个。",
            table=table_of(_COLUMNS, rows),
        ),
    )


def _band(name: str, projects: Sequence[Project], day: date) -> Iterator[Row]:
    told = [_told(project, day) for project in projects] or [("",) * 5]
    first = cell(name or UNKNOWN, Role.CELL_CENTER, rows=len(told))
    for place, texts in enumerate(told):
        fields: tuple[Cell, ...] = tuple(
            cell(text, Role.CELL_CENTER if n in (1, 4) else Role.CELL)
            for n, text in enumerate(texts)
        )
        yield Row(fields if place else (first, *fields), splittable=False)


def _told(project: Project, day: date) -> tuple[str, ...]:
    upto = Period(day.year, day.month, 1)
    return (
        project.title,
        name_of(project.secretary) or UNKNOWN,
        "\n".join(f"{n}. {text}" for n, text in enumerate(project.measures, 1)),
        "\n".join(_target(target, upto) for target in project.targets),
        project.state_on(day).label,
    )


def _target(target: Target, upto: Period) -> str:
    """隐患按期整改率：基准94.7%，目标98%，现值98.2%，已达到目标."""
    values = (
        ("基准", target.baseline),
        ("目标", target.target),
        ("现值", reached_value(target, upto)),
    )
    told = "，".join(f"{word}{amount_words(n, target) or UNKNOWN}" for word, n in values)
    reached = attained(target, upto)
    word = UNKNOWN if reached is None else "已达到目标" if reached else "未达到目标"
    return f"{target.indicator}：{told}，{word}"
