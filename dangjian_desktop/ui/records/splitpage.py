"""A list with its detail beside it; in a narrow window the detail is a page of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, row_of


class SplitPage(QWidget):
    """Holds two halves; ``detail_shown`` is what a narrow window shows at the moment.

    A half that is made on ``halves`` is dressed once; one that comes from elsewhere twice.
    ``share`` is the list's part of the width in per cent until the user moves the splitter.
    Call ``show_detail`` when the user opens a record, ``back`` from the page's own ``back``.
    """

    def __init__(
        self,
        theme: Theme,
        settings: SettingsStore,
        *,
        name: str,
        share: int = 58,
        return_label: str = "返回列表",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._name, self._share = settings, name, share
        self._narrow = False
        self.halves = QSplitter(Qt.Orientation.Horizontal, self)
        self.halves.setHandleWidth(12)
        self.halves.setChildrenCollapsible(False)
        self.halves.splitterMoved.connect(self._keep)
        self._alone = QWidget(self)
        self._return = button(return_label, theme, icon="arrow-left", look="quiet", name="back")
        self._return.clicked.connect(self.back)
        self._column = column_of(row_of(self._return, ...), on=self._alone)
        self._stack = Stage(self)
        self._stack.addWidget(self.halves)
        self._stack.addWidget(self._alone)

    def hold(self, first: QWidget, detail: QWidget) -> None:
        """Show these beside each other."""
        self._first, self._detail = first, detail
        self._spread()

    @property
    def detail_shown(self) -> bool:
        """Whether the detail can be seen."""
        return not self._narrow or self._stack.currentIndex() == 1

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time, or both beside each other."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._column.addWidget(self._detail, 1)
            self._detail.show()
        else:
            self._spread()
        self._stack.setCurrentIndex(0)

    def show_detail(self) -> None:
        """Bring the detail into view where it is a page of its own."""
        if self._narrow:
            self._stack.setCurrentIndex(1)

    @Slot()
    def back(self) -> bool:
        """From the detail to the list; false when there is no step back."""
        if not self._narrow or self._stack.currentIndex() == 0:
            return False
        self._stack.setCurrentIndex(0)
        return True

    def _spread(self) -> None:
        self.halves.addWidget(self._first)
        self.halves.addWidget(self._detail)
        self._first.show()
        self._detail.show()
        if not self.halves.restoreState(self._settings.shape(f"split-{self._name}")):
            parts = self._share, 100 - self._share
            for place, part in enumerate(parts):
                self.halves.setStretchFactor(place, part)
            self.halves.setSizes([part * 10 for part in parts])

    @Slot()
    def _keep(self) -> None:
        self._settings.keep_shape(f"split-{self._name}", self.halves.saveState())
