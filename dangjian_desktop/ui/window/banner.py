"""What blocks, said calmly above the page: what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.ui.desk.messages import Notice
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label, space

DETAILS = 6


class Banner(QWidget):
    """Shows the last notice until the user closes it, or ``clear`` does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        card = frame("banner")
        self.text = label("", "heading", wrap=True)
        self.text.setObjectName("banner.text")
        self.remedy = label("", wrap=True)
        self.remedy.setObjectName("banner.remedy")
        for part in (self.text, self.remedy):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button("", theme)
        self.action.clicked.connect(self._on_action)
        close = button("", theme, icon="x", look="quiet", name="banner.close", tip="关闭提示")
        close.clicked.connect(self.clear)
        words = QVBoxLayout()
        space(words, margins=(0, 0, 0, 0), gap=2)
        words.addWidget(self.text)
        words.addWidget(self.remedy)
        line = QHBoxLayout(card)
        space(line, margins=(14, 8, 8, 8), gap=12)
        line.addLayout(words, 1)
        line.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        space(layout, margins=(16, 12, 16, 0), gap=0)
        layout.addWidget(card)
        self.hide()

    @Slot(object)
    def show_notice(
        self, notice: Notice, label: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Show a notice; ``label`` and ``act`` make a button (再试一次)."""
        more = len(notice.details) - DETAILS
        shown = [*notice.details[:DETAILS], *([f"……另有{more}处"] if more > 0 else [])]
        self.text.setText(notice.text)
        self.remedy.setText("\n".join([*shown, *filter(None, [notice.remedy])]))
        self.remedy.setVisible(bool(self.remedy.text()))
        self._act = act
        self.action.setText(label)
        self.action.setVisible(act is not None)
        self.show()

    @Slot()
    def clear(self) -> None:
        """Take the notice away."""
        self.hide()

    @Slot()
    def _on_action(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
