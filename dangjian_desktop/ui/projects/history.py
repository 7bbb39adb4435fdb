"""办理记录: every decision about the project, also those taken back, the newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.project import StateChange
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import empty, frame, label, space
from dangjian_desktop.ui.projects.listing import ProjectSheet

NOTHING = "还没有状态变更。申报、评审、立项等每一次决定都记在这里，长期保留。"


class History(QWidget):
    """One card for each decision."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "clear")
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 4, 8, 0), gap=8)

    def show_detail(self, detail: ProjectSheet) -> None:
        """Show the decisions about this project."""
        empty(self._column)
        for change in reversed(detail.project.history):
            self._column.addWidget(self._card(change))
        if not detail.project.history:
            self._column.addWidget(label(NOTHING, "soft", wrap=True))
        self._column.addStretch()

    def _card(self, change: StateChange) -> QWidget:
        card = frame("card")
        layout = QVBoxLayout(card)
        space(layout, margins=(12, 8, 12, 8), gap=3)
        mark = "　已撤回" if change.taken_back else ""
        layout.addWidget(label(f"{change.on}　{change.state.label}{mark}", "heading"))
        until = f"　延期至：{change.until}" if change.until else ""
        words = f"决定：{change.by}　依据：{change.paper}{until}"
        layout.addWidget(label(words, wrap=True))
        if change.reason:
            layout.addWidget(label(f"原因：{change.reason}", wrap=True))
        if change.taken_back:
            said = (
                f"{change.taken_back_on or ''}撤回，原因：{change.taken_back_because or '未写明'}"
            )
            layout.addWidget(label(f"! {said}", "warn", wrap=True))
        return card
