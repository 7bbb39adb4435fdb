"""The columns of the list of projects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QIcon

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import ProjectState
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.projects.listing import percent_text
from dangjian_desktop.ui.records.tables import Column

_ICONS = {
    ProjectState.DRAFT: ("pencil", "soft"),
    ProjectState.ARCHIVED: ("lock", "soft"),
    ProjectState.ACCEPTED: ("circle-check", "good"),
    ProjectState.FAILED: ("circle-x", "bad"),
    ProjectState.EXTENDED: ("circle-alert", "warn"),
}


def project_columns(theme: Theme, today: Callable[[], date]) -> tuple[Column[ProjectRow], ...]:
    """State, shares and what is late as of ``today``; the rest for those who want it."""

    def late(row: ProjectRow) -> str:
        return str(row.overdue(today()) or "—")

    def late_icon(row: ProjectRow) -> QIcon | None:
        return theme.icon("triangle-alert", "warn", 15) if row.overdue(today()) else None

    def gone(row: ProjectRow) -> str:
        return percent_text(row.time_gone(today()))

    state_icon = partial(_state_icon, theme)
    return (
        Column(code="title", title="项目", text=_title, width=-1, tooltip=_title),
        Column(code="state", title="状态", text=_state, icon=state_icon, width=100),
        Column(code="percent", title="完成", text=_percent, right=True, width=68),
        Column(code="time", title="时序", text=gone, right=True, width=68),
        Column(code="late", title="逾期节点", text=late, icon=late_icon, right=True, width=86),
        Column(code="category", title="类别", text=_category, width=96),
        Column(code="secretary", title="负责人", text=_secretary, width=84, shown=False),
        Column(code="period", title="起止时间", text=_period, width=190, shown=False),
        Column(code="number", title="编号", text=_number, width=96, shown=False),
    )


def _title(row: ProjectRow) -> str:
    return row.title


def _state(row: ProjectRow) -> str:
    return row.state.label


def _percent(row: ProjectRow) -> str:
    return percent_text(row.percent)


def _category(row: ProjectRow) -> str:
    return row.category


def _secretary(row: ProjectRow) -> str:
    return row.secretary


def _number(row: ProjectRow) -> str:
    return row.number or ""


def _period(row: ProjectRow) -> str:
    return f"{row.start or '待明确'} 至 {row.last_day or '待明确'}"


def _state_icon(theme: Theme, row: ProjectRow) -> QIcon:
    icon, token = _ICONS.get(row.state, ("target", "good"))
    return theme.icon(icon, token, 15)
