"""The columns of the list of projects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QIcon

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import ProjectState
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.projects.listing import percent_text
from dangjian_desktop.ui.records.declared import columns_of
from dangjian_desktop.ui.records.tables import Column

_ICONS = {
    ProjectState.DRAFT: ("pencil", "soft"),
    ProjectState.ARCHIVED: ("lock", "soft"),
    ProjectState.PROMOTED: ("copy", "good"),
    ProjectState.ACCEPTED: ("circle-check", "good"),
    ProjectState.FAILED: ("circle-x", "bad"),
    ProjectState.EXTENDED: ("circle-alert", "warn"),
}


def project_columns(theme: Theme, today: Callable[[], date]) -> tuple[Column[ProjectRow], ...]:
    """Those declared; shares and what is late as of ``today``."""

    def value(row: ProjectRow, field: Field) -> Any:
        found = getattr(row, _IN_ROW.get(field.name, field.name))
        return found(today()) if callable(found) else found

    def late_icon(row: ProjectRow) -> QIcon | None:
        return theme.icon("triangle-alert", "warn", 15) if row.overdue(today()) else None

    share: dict[str, Any] = {"right": True, "width": 84}
    looks: dict[str, dict[str, Any]] = {
        "stated_state": {"icon": partial(_state_icon, theme), "width": 100},
        "percent": share | {"key": lambda row: row.percent},
        "time_gone": share | {"key": lambda row: row.time_gone(today())},
        "overdue": share | {"icon": late_icon, "key": lambda row: row.overdue(today())},
        "category": {"width": 96},
    }
    after = {"start": (_LAST_DAY,)}
    return columns_of(PROJECT, _text, value, of=ProjectRow, looks=looks, after=after)


_LAST_DAY: Column[ProjectRow] = Column(
    code="last_day",
    title="结束日期（含延期）",
    text=lambda row: str(row.last_day or ""),
    width=120,
    shown=False,
    key=lambda row: row.last_day,
)
_IN_ROW = {"stated_state": "state"}
_SHARES = ("percent", "time_gone")


def _text(field: Field, value: Any) -> str:
    if field.name in _SHARES:
        return percent_text(value)
    return str(value or "—") if field.name == "overdue" else text_of(field, value)


def _state_icon(theme: Theme, row: ProjectRow) -> QIcon:
    icon, token = _ICONS.get(row.state, ("target", "good"))
    return theme.icon(icon, token, 15)
