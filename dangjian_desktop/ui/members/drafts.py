"""A line over the list for cards that were typed but not saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space


class DraftLine(QFrame):
    """Names the newest unsaved card; ``resumed`` and ``dropped`` carry its id."""

    resumed = Signal(str)
    dropped = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self._uid = ""
        self.text = label("", wrap=True)
        self.text.setObjectName("draft.text")
        self.resume = button("继续填写", theme, name="draft.resume")
        self.resume.clicked.connect(self._on_resume)
        self.drop = button("放弃草稿", theme, look="quiet", name="draft.drop")
        self.drop.clicked.connect(self._on_drop)
        line = QHBoxLayout(self)
        space(line, margins=(12, 6, 8, 6), gap=8)
        line.addWidget(self.text, 1)
        line.addWidget(self.resume)
        line.addWidget(self.drop)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show the newest; nothing when there is none."""
        self.setVisible(bool(drafts))
        if not drafts:
            return
        newest = drafts[0]
        self._uid = newest.uid
        name = str(newest.content.get("name") or "") or "未填姓名"
        at = newest.saved_at[:16].replace("T", " ")
        more = f"，另有 {len(drafts) - 1} 份" if len(drafts) > 1 else ""
        self.text.setText(f"有尚未保存的党员信息：{name}（{at}）{more}")

    @Slot()
    def _on_resume(self) -> None:
        self.resumed.emit(self._uid)

    @Slot()
    def _on_drop(self) -> None:
        self.dropped.emit(self._uid)
