"""What has the focus stays where it is seen while what stands above it grows, shrinks or goes."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid


class Stay(QObject):
    """Brings what gets the focus into view, wherever it was put since, and scrolls the area around
    it by as much as it is moved in it.

    Told by the one who follows the focus: ``follow`` of another control, ``moved`` of its moves.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._control: QWidget | None = None
        self._before: QWidget | None = None
        self._area: QScrollArea | None = None
        self._seen: tuple[int, bool] | None = None
        """How far below the upper edge, and whether it was seen whole."""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._settle)

    def follow(self, control: QWidget | None, viewport: QWidget | None) -> None:
        """Another control has the focus; ``viewport`` is where it scrolls, or its window."""
        around = viewport.parentWidget() if viewport is not None else None
        area = around if isinstance(around, QScrollArea) else None
        if area is not self._area:
            self._listen(area)
        self._before = self._control or self._before
        self._control, self._area, self._seen = control, area, None
        if area is not None:
            self._quiet.start(0)  # where it stands once all is laid out

    def moved(self, what: QObject) -> None:
        """The control, or what it stands in, has another place or size."""
        area = self._area
        if (
            self._seen is not None
            and area is not None
            and self._there
            and what is not area.widget()
        ):
            self._quiet.start(0)
            self._hold()

    def _listen(self, area: QScrollArea | None) -> None:
        if self._area is not None and isValid(self._area):
            bar = self._area.verticalScrollBar()
            bar.rangeChanged.disconnect(self._on_range)
            bar.valueChanged.disconnect(self._on_scrolled)
        if area is not None:
            bar = area.verticalScrollBar()
            bar.rangeChanged.connect(self._on_range)
            bar.valueChanged.connect(self._on_scrolled)

    @property
    def _there(self) -> bool:
        control, area = self._control, self._area
        alive = control is not None and area is not None and isValid(control) and isValid(area)
        return alive and cast("QScrollArea", area).widget().isAncestorOf(cast("QWidget", control))

    def _top(self) -> int:
        control, area = cast("QWidget", self._control), cast("QScrollArea", self._area)
        return control.mapTo(area.widget(), QPoint()).y()

    @Slot()
    def _settle(self) -> None:
        """All is laid out: what has just got the focus, or was seen whole, is seen."""
        seen, self._seen = self._seen, None
        if not self._there:
            return
        area, control = cast("QScrollArea", self._area), cast("QWidget", self._control)
        fresh, self._before = control is not self._before, control
        # What is pressed must not be taken away from under the mouse.
        fresh = fresh and QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if whole := fresh or (seen is not None and seen[1]):
            # What Qt brings into view is the line of the cursor in it.
            around = min(8 + control.height() // 2, area.viewport().height() // 3)
            area.ensureWidgetVisible(control, 0, around)
        self._note(whole=whole)

    def _note(self, *, whole: bool = False) -> None:
        """Remember where it is seen."""
        area, high = cast("QScrollArea", self._area), cast("QWidget", self._control).height()
        seen, room = self._top() - area.verticalScrollBar().value(), area.viewport().height()
        self._seen = (seen, whole or seen + high <= room) if 0 <= seen < room else None

    @Slot()
    def _on_scrolled(self) -> None:
        if not self._quiet.isActive() and self._there:
            self._note()

    @Slot()
    def _on_range(self) -> None:
        if self._seen is not None:
            self._quiet.start(0)
            self._hold()

    def _hold(self) -> None:
        if self._seen is not None and self._there:
            bar = cast("QScrollArea", self._area).verticalScrollBar()
            bar.setValue(self._top() - self._seen[0])
