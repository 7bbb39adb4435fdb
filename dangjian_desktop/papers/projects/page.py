"""一页汇报: a project on one page of A4, whatever its record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.charts import picture
from dangjian_desktop.documents.measuring import page_height, table_height
from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role, Row, Table
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import attainment, reached_value
from dangjian_desktop.domain.projects.project import ProgressEntry, Project, Target
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.projects.charts import chart_of
from dangjian_desktop.papers.projects.sheet import (
    ProjectSheet,
    actual_day,
    amount,
    day_of,
    milestone_state,
    name_of,
    percent,
    short_day,
    span_words,
)
from dangjian_desktop.papers.ruled_form import band, form_table, line, running, wide

_ENDS, _PAUSES = "。；！？", "，、：,;"
_CUT = "（略）"
_TELLING_CUTS = f"{_CUT[1:-1]}去的内容见申报表、推进表。"
_CHART_WIDTH = 470.0
_LEAST_CHART, _MOST_CHART = 100.0, 175.0
# Title, notes, the gap behind the table, and what another program may set higher.
_OTHERS = 34.0 + 2 * 16.0 + 4.0 + 14.0


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of each part is shown: rows, and characters of a text."""

    targets: int
    milestones: int
    measures: int
    measure: int
    long: int
    name: int


_ROOMS = (
    _Room(8, 10, 6, 99, 160, 60),
    _Room(8, 10, 6, 66, 160, 60),
    _Room(6, 8, 5, 66, 120, 60),
    _Room(5, 6, 4, 33, 100, 60),
    _Room(5, 6, 4, 33, 66, 60),
    _Room(5, 5, 3, 33, 66, 28),
    _Room(4, 5, 3, 33, 66, 28),
    _Room(4, 5, 3, 33, 34, 28),
    _Room(4, 4, 3, 33, 34, 13),
)


def compose_page(sheet: ProjectSheet, wanted: Wanted) -> Document:
    """What a superior asks first, on one page: what finds no room is left out and said so."""
    drawn = (chart_of(sheet.project, t, sheet.upto) for t in sheet.project.targets)
    chart = next(filter(None, drawn), None)
    least = 0.0 if chart is None else _LEAST_CHART
    whole = page_height(Layout.BRIEF, wanted.look) - _OTHERS
    room, table, rest = _ROOMS[-1], _table(sheet, _ROOMS[-1]), least
    for room in _ROOMS:
        table = _table(sheet, room)
        rest = whole - table_height(table, Layout.BRIEF, wanted.look)
        if rest >= least:
            break
    blocks: list[Block] = [Paragraph(f"“{sheet.group}”情况汇报", Role.TITLE), table]
    if chart is not None:
        height = min(max(rest, _LEAST_CHART), _MOST_CHART)
        blocks.append(picture(chart, _CHART_WIDTH, height))
    blocks.append(Paragraph(_note(sheet, room, table), Role.NOTE))
    return sheet.document("一页汇报", sheet.today, Layout.BRIEF, *blocks)


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut behind a sentence or a pause and marked （略）."""
    plain = "".join(text.split("\n")).strip()
    if len(plain) <= most:
        return plain
    head = plain[: most - len(_CUT)]
    end = max(head.rfind(mark) for mark in _ENDS) + 1
    pause = max(head.rfind(mark) for mark in _PAUSES)
    late = most // 3
    return (head[:end] if end > late else head[:pause] if pause > late else head) + _CUT


def _table(sheet: ProjectSheet, room: _Room) -> Table:
    project, day = sheet.project, sheet.today
    entry = _newest(sheet)
    rows = (
        line(("项目名称", shortened(project.title, 120), 20)),
        line(
            ("党支部", sheet.branch.short, 12),
            (sheet.responsible, name_of(project.secretary), 4),
        ),
        line(
            ("起止时间", span_words(project), 12),
            ("类别", shortened(sheet.category_words, 24), 4),
        ),
        line(
            ("状态", project.state_on(day).label, 4),
            ("完成率", sheet.complete_words(day), 4),
            ("时序进度", sheet.time_words(day), 4),
        ),
        wide("拟解决的\n问题", running(shortened(project.problem, room.long))),
        wide("主要措施", tuple(_measures(project, room))),
        *_targets(sheet, room),
        *_milestones(sheet, room),
        wide("最近进展", running(_dated(entry, room.long)), blank_mm=12),
        wide("存在问题", running(shortened(entry.problems, room.long)), blank_mm=12),
        wide("下步计划", running(shortened(entry.next, room.long)), blank_mm=12),
    )
    return form_table(rows)


def _measures(project: Project, room: _Room) -> Iterator[Paragraph]:
    measures = [measure for measure in project.measures if measure.strip()]
    shown = measures[: room.measures]
    for number, measure in enumerate(shown, 1):
        more = f"（共{len(measures)}项）" if number == len(shown) < len(measures) else ""
        yield Paragraph(
            f"{number}. {shortened(measure, room.measure - len(more))}{more}", Role.CELL
        )


def _targets(sheet: ProjectSheet, room: _Room) -> Iterator[Row]:
    rows = [
        (
            _indicator(target, min(room.name, 40)),
            amount(target.baseline),
            amount(target.target),
            amount(reached_value(target, sheet.upto)),
            percent(attainment(target, sheet.upto)),
        )
        for target in sheet.project.targets[: room.targets]
    ]
    head = ("指标", "基准", "目标", "实际", "达成率")
    yield from band("量化指标", head, rows, (8, 3, 3, 3, 3), blank_rows=1)


def _indicator(target: Target, most: int) -> str:
    """Indicator and unit; the indicator gives way."""
    unit = f"（{target.unit or UNKNOWN}）"
    return shortened(target.indicator, max(most - len(unit), 5)) + unit


def _milestones(sheet: ProjectSheet, room: _Room) -> Iterator[Row]:
    day = sheet.today
    rows = [
        (
            shortened(milestone.what, room.name),
            short_day(milestone.planned),
            actual_day(milestone, day),
            milestone_state(milestone, day),
        )
        for milestone in sheet.project.milestones[: room.milestones]
    ]
    yield from band("节点", ("节点", "计划", "实际", "状态"), rows, (9, 4, 4, 3), blank_rows=1)


def _newest(sheet: ProjectSheet) -> ProgressEntry:
    """The last words that were written for a period which has begun."""
    begun = [e for e in sheet.project.progress if Period.parse(e.period).first <= sheet.today]
    return max(begun, key=lambda e: Period.parse(e.period).last, default=ProgressEntry(period=""))


def _dated(entry: ProgressEntry, most: int) -> str:
    """What was done, with the month that it is about."""
    if not entry.done.strip():
        return ""
    about = f"（{Period.parse(entry.period).label}）"
    return shortened(entry.done, most - len(about)) + about


def _note(sheet: ProjectSheet, room: _Room, table: Table) -> str:
    project = sheet.project
    hidden: Sequence[tuple[int, str]] = (
        (len(project.targets) - room.targets, "项指标"),
        (len(project.milestones) - room.milestones, "个节点"),
    )
    left_out = "、".join(f"{count}{word}" for count, word in hidden if count > 0)
    words = f"数据截止日：{day_of(sheet.today)}。"
    words += f"另有{left_out}，见推进表。" if left_out else ""
    return words + (_TELLING_CUTS if _is_cut(table) else "")


def _is_cut(table: Table) -> bool:
    parts = (part for row in table.rows for cell in row.cells for part in cell.paragraphs)
    return any(isinstance(part, Paragraph) and _CUT in part.text for part in parts)
