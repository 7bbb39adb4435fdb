"""The columns of the list of meetings."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QIcon

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.meetings.listing import MeetingRow
from dangjian_desktop.ui.records.tables import Column


def meeting_columns(theme: Theme) -> tuple[Column[MeetingRow], ...]:
    """Day, kinds, title, who was there, and how far it is."""
    state = partial(_state_icon, theme)
    return (
        Column(code="date", title="日期", text=_day, width=96, key=lambda row: row.day),
        Column(code="kind", title="类型", text=_kinds, width=122, tooltip=_kinds),
        Column(code="title", title="主题", text=_title, width=-1, tooltip=_title),
        Column(
            code="present",
            title="到会",
            text=lambda row: row.attendance,
            right=True,
            width=70,
            key=lambda row: row.present if row.held else None,
        ),
        Column(code="state", title="状态", text=lambda row: row.state, icon=state, width=126),
    )


def _day(row: MeetingRow) -> str:
    return row.day.isoformat()


def _kinds(row: MeetingRow) -> str:
    return row.kinds


def _title(row: MeetingRow) -> str:
    return row.title


def _state_icon(theme: Theme, row: MeetingRow) -> QIcon:
    if row.draft:
        return theme.icon("circle-alert", "warn", 15)
    held = ("circle-check", "good") if row.held else ("calendar", "soft")
    return theme.icon(*held, 15)
