"""What blocks, said calmly under the page, which stays where it is: what happened, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.messages import Notice
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of

DETAILS = 6


class Banner(QWidget):
    """Shows the last notice until the user closes it, or ``clear`` does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], None] | None = None
        self.hide()

    def _compose(self) -> None:
        """With the first notice: most windows never show one."""
        card = frame("banner")
        self.text = label("", "heading", wrap=True, name="banner.text")
        self.remedy = label("", wrap=True, name="banner.remedy")
        for part in (self.text, self.remedy):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button("", self._theme, then=self._on_action)
        close = button(
            "",
            self._theme,
            icon="x",
            look="quiet",
            name="banner.close",
            tip="关闭提示",
            then=self.clear,
        )
        words = column_of(self.text, self.remedy, gap=2)
        row_of(
            (words, 1),
            (self.action, 0, Qt.AlignmentFlag.AlignVCenter),
            (close, 0, Qt.AlignmentFlag.AlignTop),
            on=card,
            gap=12,
            margins=(14, 8, 8, 8),
        )
        column_of(card, on=self, gap=0, margins=(16, 0, 16, 12))

    @Slot(object)
    def show_notice(
        self, notice: Notice, label: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Show a notice; ``label`` and ``act`` make a button (再试一次)."""
        if self.layout() is None:
            self._compose()
        more = len(notice.details) - DETAILS
        shown = [*notice.details[:DETAILS], *([f"……另有{more}处"] if more > 0 else [])]
        self.text.setText(notice.text)
        self.remedy.setText("\n".join([*shown, *filter(None, [notice.remedy])]))
        self.remedy.setVisible(bool(self.remedy.text()))
        self._act = act
        self.action.setText(label)
        self.action.setVisible(act is not None)
        self.show()
        announce(self.text, "\n".join(filter(None, (notice.text, self.remedy.text()))), urgent=True)

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
