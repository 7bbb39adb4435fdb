"""The card beside a list: head, acts, and what the subject shows of one record."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.widgets import column_of, frame, label, look, row_of
from dangjian_desktop.ui.records.acts import Acts
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.subject import Detail

PAUSE = 120
"""Milliseconds for which the cursor must rest before a record is read."""


class RecordCard(QWidget):
    """Shows one record by id; an empty id shows what the card is for."""

    def __init__(self, page: QWidget, shell: Shell, detail: Detail, acts: Acts, name: str) -> None:
        super().__init__(page)
        self._shell, self._detail, self._acts = shell, detail, acts
        self.uid, self.shown = "", ""
        self.title = label("", "heading", wrap=True, name=f"{name}.title")
        self.state = label("", "good")
        self.line = label("", "soft", wrap=True)
        tools = QWidget()
        row = FlowLayout(tools, gap=6)
        policy = tools.sizePolicy()
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        for each in acts.buttons():
            row.addWidget(each)
        head = row_of((self.title, 1), (self.state, 0, Qt.AlignmentFlag.AlignTop))
        self._card = frame("card")
        column_of(head, self.line, tools, (detail.body, 1), on=self._card, margins=(16, 12, 16, 12))
        self._hint = label(detail.hint, "soft", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column_of((self._card, 1), (self._hint, 1), on=self, gap=0)
        self._asking = once(self, PAUSE, self._ask)
        self._turn("")

    @property
    def waiting(self) -> bool:
        """Whether the record under the cursor has not been shown yet."""
        return self._asking.isActive() or self.uid != self.shown

    def show_record(self, uid: str) -> None:
        """Show this record once the cursor rests and what was typed here is kept."""
        if uid != self.uid:
            self._detail.leave(partial(self._turn, uid))
        else:
            self._turn(uid)

    def stand_with(self, table: RecordTable) -> None:
        """Show what the cursor of a list is on; it waits with the card where that cannot turn."""
        self._table = table
        table.chosen.connect(self.show_record)
        self._shell.stayed.connect(self._on_stayed)

    @Slot(QWidget)
    def _on_stayed(self, place: QWidget) -> None:
        if self.isAncestorOf(place):
            self._table.select(self.uid)

    def _turn(self, uid: str) -> None:
        self.uid = uid
        if uid and self._table.current() not in ("", uid):
            self._table.select(uid)
        self._card.setVisible(bool(uid))
        self._hint.setVisible(not uid)
        if uid:
            self._asking.start()
        else:
            self._asking.stop()
            self.shown = ""

    @Slot()
    def _ask(self) -> None:
        if self.uid:
            work = partial(self._detail.load, self.uid)
            self._shell.jobs.library(work, partial(self._show, self.uid))

    def _show(self, uid: str, found: Any) -> None:
        if uid != self.uid or found is None:
            return
        head = self._detail.show(found)
        self.title.setText(head.title)
        self.line.setText(head.line)
        self.line.setVisible(bool(head.line))
        self.state.setText(head.state)
        self.state.setVisible(bool(head.state))
        look(self.state, head.look)
        self.shown = uid
        self._acts.set_ids(self._acts.ids)
