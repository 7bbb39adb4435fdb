"""The frame of the editor: its head, the form in a card, the page beside it, its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QSplitter, QVBoxLayout, QWidget

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import frame, label, space
from dangjian_desktop.ui.meetings.body import MeetingBody
from dangjian_desktop.ui.meetings.context import EditorContext
from dangjian_desktop.ui.meetings.editor_head import EditorHead
from dangjian_desktop.ui.meetings.paper import UnsavedPaper


class EditorFrame(QWidget):
    """Shows the form of one meeting, and in a narrow window either the form or the page."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._context: EditorContext | None = None
        self._last: State = {}
        self._narrow = False
        self.body: MeetingBody | None = None
        self.head = EditorHead(shell.theme)
        self.paper = UnsavedPaper(desk, shell)
        self._compose()
        self.head.preview.toggled.connect(self._show_paper)

    def step_back(self) -> bool:
        """Close what is open over the form; false when there is nothing."""
        focus = self.focusWidget()
        lists: list[Any] = list(focus.findChildren(QListWidget)) if focus else []
        shown = [names for names in lists if names.isVisible()]
        for open_list in shown:
            open_list.hide()
        if not shown and self._narrow and self.paper.isVisible():
            self.head.preview.setChecked(False)
            return True
        return bool(shown)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the preview takes the place of the form."""
        self._narrow = narrow
        self._show_paper(self.head.preview.isChecked())

    def _meeting(self) -> Meeting | None:
        return self.body.read(self._last).meeting if self.body and self.isVisible() else None

    def _show_form(self, shown: bool) -> None:
        """While another record is on its way the one before must not be typed into."""
        self._opening.setVisible(not shown)
        self.head.save.setEnabled(shown)
        if self.body is not None:
            self.body.setVisible(shown)

    @Slot(bool)
    def _show_paper(self, shown: bool) -> None:
        self.paper.setVisible(shown)
        self._card.setVisible(not (shown and self._narrow))
        if shown:
            self.paper.follow(self._meeting())

    def _title(self) -> str:
        if self._context is None:
            return "会议记录"
        kinds = self._context.kinds.of(self._last.get("kinds") or ())
        return f"{'、'.join(kind.short for kind in kinds)}会议记录" if kinds else "会议记录"

    @Slot(str, tuple)
    def _on_found(self, uid: str, findings: tuple[Finding, ...]) -> None:
        if self.body is not None and self._context is not None and self._last.get("id") == uid:
            rules = self._context.rules
            self.body.verdicts.show_findings(findings, rules, waivable=False)

    @Slot(str, object)
    def _on_dropped(self, text: str, undo: Callable[[], None]) -> None:
        self._shell.toast(text, undo)

    @Slot()
    def _add_item(self) -> None:
        if self.body is not None:
            self.body.agenda.add_item()

    def _key(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _compose(self) -> None:
        self._card = frame("card")
        column = QVBoxLayout(self._card)
        space(column, margins=(20, 12, 12, 12), gap=10)
        self._opening = label("正在打开……", "soft")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._form = QVBoxLayout()
        self._form.addWidget(self._opening)
        column.addLayout(self._form, 1)
        self._card.setMinimumWidth(self._shell.theme.px(440))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._card)
        splitter.addWidget(self.paper)
        splitter.setStretchFactor(0, 62)
        splitter.setStretchFactor(1, 38)
        splitter.setSizes([620, 380])
        self.paper.hide()
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=10)
        layout.addWidget(self.head)
        layout.addWidget(splitter, 1)
