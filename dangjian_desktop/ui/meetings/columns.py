"""The columns of the list of meetings: those declared, and what is counted as of their days."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QIcon

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.meetings.listing import MeetingRow
from dangjian_desktop.ui.records.declared import columns_of
from dangjian_desktop.ui.records.tables import Column


def meeting_columns(theme: Theme) -> tuple[Column[MeetingRow], ...]:
    """Day, kinds, title, who was there, and how far it is; the rest behind a right click."""
    counted: tuple[Column[MeetingRow], ...] = (
        Column(
            code="present",
            title="到会",
            text=lambda row: row.attendance,
            right=True,
            width=70,
            key=lambda row: row.present if row.held else None,
        ),
        Column(
            code="state",
            title="状态",
            text=lambda row: row.state,
            icon=partial(_state_icon, theme),
            width=126,
        ),
    )

    def kinds(row: MeetingRow) -> str:
        return row.kinds

    looks = {"kinds": {"title": "类型", "text": kinds, "tooltip": kinds, "width": 122}}
    return columns_of(
        *(MEETING, _text, _value), of=SittingRow, looks=looks, after={"title": counted}
    )


def _value(row: MeetingRow, field: Field) -> Any:
    return value_of(row.sitting, field)


def _text(field: Field, value: Any) -> str:
    return text_of(field, value)


def _state_icon(theme: Theme, row: MeetingRow) -> QIcon:
    if row.draft:
        return theme.icon("circle-alert", "warn", 15)
    held = ("circle-check", "good") if row.held else ("calendar", "soft")
    return theme.icon(*held, 15)
