"""One ring around whatever has the focus, outside of it, whatever state it is in."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QWidget,
)
from shiboken6 import isValid

from dangjian_desktop.ui.look.stay import Stay
from dangjian_desktop.ui.look.theme import Theme

WIDE, APART, CORNER = 2, 2, 8
"""How wide it is, how far from the control, and how round, in pixels."""
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}
_Type = QEvent.Type


class Ring(QWidget):
    """The mark itself, over what lies around the control; it neither hears nor hides anything."""

    def __init__(self, theme: Theme, holder: QWidget) -> None:
        super().__init__(holder)
        self._theme = theme
        self.setObjectName("focus.ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)

    def stand(self, around: QRect) -> None:
        """Stand around these pixels of the holder, as far as it reaches."""
        far = WIDE + APART
        place = around.adjusted(-far, -far, far, far) & self.parentWidget().rect()
        self.setGeometry(place)
        # What the control draws inside does not have to be drawn together with the ring.
        whole = QRegion(self.rect())
        inside = self.rect().adjusted(far + 3, far + 3, -far - 3, -far - 3)
        self.setMask(whole.subtracted(QRegion(inside)))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        round_by = min(line.height() / 2, CORNER + APART)
        # On a dark toast, too, it has something light beside it.
        for token, wide in (("surface", WIDE + 2), ("ring", WIDE)):
            painter.setPen(QPen(self._theme.color(token), wide))
            painter.drawRoundedRect(line, round_by, round_by)
        painter.end()


class Focus(QObject):
    """Moves the ring with the focus, and with the control that has it, which stays in its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._ring: Ring | None = None
        self._control: QWidget | None = None
        self._watched: list[QWidget] = []
        self._stay = Stay(self)
        application = cast("QApplication", QApplication.instance())
        application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    @property
    def ring(self) -> Ring | None:
        """The ring where one is shown."""
        ring = self._ring
        return ring if ring is not None and isValid(ring) and ring.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        kind = event.type()
        if kind in _MOVES:
            if kind in (_Type.Move, _Type.Resize):
                self._stay.moved(watched)
            self._place()
        elif kind is _Type.ParentChange:
            self._follow(None, self._control)
        return False

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        for each in self._watched:
            if isValid(each):
                each.removeEventFilter(self)
        self._watched = []
        self._control = _whole(now)
        if self._control is not None:
            self._watched = _up_to_holder(self._control)
            for each in self._watched:
                each.installEventFilter(self)
        self._stay.follow(self._control, self._watched[-1] if self._watched else None)
        self._place()

    def _place(self) -> None:
        ring, control = self._ring, self._control
        if ring is not None and not isValid(ring):
            ring = self._ring = None
        if control is None or not isValid(control) or not control.isVisible():
            if ring is not None:
                ring.hide()
            return
        holder = self._watched[-1]
        if not isValid(holder):
            # What holds it goes, and the control with it: the focus will be elsewhere.
            return
        if ring is None:
            ring = self._ring = Ring(self._theme, holder)
        elif ring.parentWidget() is not holder:
            ring.setParent(holder)
        ring.stand(QRect(control.mapTo(holder, control.rect().topLeft()), control.size()))


def _whole(control: QWidget | None) -> QWidget | None:
    """The control that the user sees; none where a menu or a list is open over it."""
    if control is None or not isValid(control):
        return None
    around = control.parentWidget()
    if isinstance(around, QComboBox | QAbstractSpinBox):
        control = around
    popup = Qt.WindowType.Popup
    return None if control.isWindow() or control.window().windowType() == popup else control


def _up_to_holder(control: QWidget) -> list[QWidget]:
    """The control and what it lies in, up to what scrolls it, or the window."""
    found = [control]
    while not found[-1].isWindow():
        inner, above = found[-1], found[-1].parentWidget()
        if len(found) > 1 and isinstance(above, QAbstractScrollArea) and above.viewport() is inner:
            break
        found.append(above)
    return found
