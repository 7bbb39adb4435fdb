"""Tables of targets, milestones and funds, as reports about a project have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dangjian_desktop.documents.model import Role, Row, Table, cell, row
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import attained, attainment, reached_value
from dangjian_desktop.domain.projects.project import Fund, Milestone, Target
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.projects.sheet import (
    actual_day,
    amount,
    indicator_lines,
    milestone_state,
    percent,
    short_day,
    yuan,
)

_CENTERED = 8


def targets_table(targets: Sequence[Target], upto: Period) -> Table:
    """Each target against what was reached by then, with the degree of attainment."""
    head = ("指标", "基准值", "目标值", "实际值", "达成率", "达标")
    rows = (
        (
            f"{indicator_lines(target)}\n来源：{target.source or UNKNOWN}",
            amount(target.baseline),
            amount(target.target),
            amount(reached_value(target, upto)),
            percent(attainment(target, upto)),
            _reached_words(target, upto),
        )
        for target in targets
    )
    return _table(head, rows, (4.2, 1.5, 1.5, 1.6, 1.6, 1.4))


def _reached_words(target: Target, upto: Period) -> str:
    reached = attained(target, upto)
    if reached is None:
        return UNKNOWN
    return "是" if reached else "否"


def milestones_table(milestones: Sequence[Milestone], on: date) -> Table:
    """Each milestone, planned and actual, as of a day; nothing of what came later."""
    head = ("节点", "权重", "计划完成", "实际完成", "状态", "佐证")
    rows = (
        (
            milestone.what,
            amount(milestone.weight),
            short_day(milestone.planned),
            actual_day(milestone, on),
            milestone_state(milestone, on),
            "" if milestone.actual and milestone.actual > on else milestone.evidence or "",
        )
        for milestone in milestones
    )
    return _table(head, rows, (3.1, 1.0, 2.1, 2.1, 1.7, 2.2))


def funds_table(funds: Sequence[Fund]) -> Table:
    """Planned and used, with the sum where every line is known."""
    rows = [(fund.item, yuan(fund.planned), yuan(fund.used)) for fund in funds]
    planned = [fund.planned for fund in funds if fund.planned is not None]
    used = [fund.used for fund in funds if fund.used is not None]
    if len(funds) > 1 and len(planned) == len(used) == len(funds):
        total = yuan(sum(planned[1:], planned[0])), yuan(sum(used[1:], used[0]))
        rows.append(("合计", *total))
    return _table(("经费项目", "计划", "使用"), iter(rows), (4.0, 2.0, 2.0))


def _table(head: Sequence[str], rows: Iterator[Sequence[str]], widths: Sequence[float]) -> Table:
    return Table(
        (row(head, Role.CELL_HEAD, header=True), *map(_row, rows)),
        tuple(widths),
    )


def _row(texts: Sequence[str]) -> Row:
    fields = (
        cell(text, Role.CELL if n == 0 or len(text) > _CENTERED + 2 else Role.CELL_CENTER)
        for n, text in enumerate(texts)
    )
    return Row(tuple(fields), splittable=False)
