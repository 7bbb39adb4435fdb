"""Labels, buttons and cards with a look of the style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import Any, TypeVar

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.domain.words import LONGEST_SEARCH
from dangjian_desktop.ui.look.theme import Theme

L = TypeVar("L", bound=QBoxLayout)
Held = QWidget | QLayout
Part = Held | int | EllipsisType | tuple[Held, int] | tuple[Held, int, Qt.AlignmentFlag]
Margins = tuple[int, int, int, int]
FILTER = "filter"
"""What marks a line in which a list is narrowed."""
PART = "part"
_NO_MARGINS: Margins = (0, 0, 0, 0)


def look(widget: QWidget, name: str) -> None:
    """Give a widget another look of the style sheet, also after it was shown."""
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Show what is typed into as wrong, or no longer."""
    if widget.property("wrong") != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(
    text: str = "", look: str = "", *, wrap: bool = False, name: str = "", shown: bool = True
) -> QLabel:
    """A text; ``look`` is title, heading, soft, problem, good, warn or bad."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    if look in ("good", "warn", "bad") and not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setObjectName(name)
    if not shown:
        made.hide()
    return made


def filter_line(name: str, hint: str) -> QLineEdit:
    """A line in which to write what a list is narrowed to."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setProperty(FILTER, True)
    made.setPlaceholderText(hint)
    made.setAccessibleName("筛选")
    made.setClearButtonEnabled(True)
    made.setMaxLength(LONGEST_SEARCH)
    return made


class _Short(QPushButton):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self.fontMetrics().height(), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        # By their module: a style has 600 enumerated names, 4 ms that no first painting needs.
        option, style = QtWidgets.QStyleOptionButton(), QtWidgets.QStyle
        self.initStyleOption(option)
        part = style.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(part, option, self).width()
        metrics, way = self.fontMetrics(), Qt.TextElideMode.ElideRight
        option.text = metrics.elidedText(self.text(), way, room)  # type: ignore[attr-defined]
        QtWidgets.QStylePainter(self).drawControl(style.ControlElement.CE_PushButton, option)


def button(
    text: str,
    theme: Theme,
    *,
    icon: str = "",
    look: str = "",
    name: str = "",
    tip: str = "",
    then: Any = None,
    short: bool = False,
) -> QPushButton:
    """A button; ``look`` is primary (one a page), quiet, chip or nothing; ``then`` is done, or
    the signal sent, when it is pressed; a ``short`` one ends in … where there is no room."""
    made = (_Short if short else QPushButton)(f" {text}" if icon and text else text)
    made.setObjectName(name)
    # Enter presses it, not only Space.
    made.setAutoDefault(True)
    if look:
        made.setProperty("look", look)
    if icon:
        colours = {"primary": "on_accent", "quiet": "soft"}
        theme.wear(made, icon, colours.get(look, "text"), 16)
    if tip or not text:
        made.setToolTip(tip)
        made.setAccessibleName(text or tip)
    if then is not None:
        made.clicked.connect(then)
    return made


def rest_words(left: int, unit: str, page: int = 0) -> str:
    """What a button says that shows ``left`` more, ``page`` at a time (0: all); "" for none."""
    if left <= 0:
        return ""
    if 0 < page < left:
        return f"显示后面 {page} {unit}，其余 {left} {unit}"
    return f"显示其余 {left} {unit}"


def asks_for_escape(event: QEvent) -> bool:
    """Whether Qt asks if Esc is wanted here; unless accepted it becomes the window's way back."""
    override = event.type() == QEvent.Type.ShortcutOverride
    return override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def set_square(widget: QWidget, side: int) -> None:
    """As wide as high, for ``Theme.fit``."""
    widget.setFixedSize(side, side)


def apart(widget: QWidget) -> QWidget:
    """Let Tab go through all that stands in a widget before it goes on to what stands beside."""
    widget.setProperty(PART, True)
    return widget


def go_to(widget: QWidget, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
    """Bring a widget into view and put the cursor there."""
    widget.setFocus(reason)
    around: QObject | None = widget.parent()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 24, 80)
        around = around.parent()


def frame(look: str) -> QFrame:
    """A frame; ``look`` is card, rule, banner, foot, popup …"""
    made = QFrame()
    made.setProperty("look", look)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and its widgets away."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def space(layout: QBoxLayout, *, margins: tuple[int, int, int, int], gap: int) -> None:
    """Set margins (left, top, right, bottom) and the gap between the parts, in pixels."""
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)


def row_of(
    *parts: Part, on: QWidget | None = None, gap: int = 8, margins: Margins = _NO_MARGINS
) -> QHBoxLayout:
    """The parts beside each other, perhaps as the layout of a widget.

    A part is a widget or a layout, perhaps with its stretch and, a widget, where it stands; a
    number is a gap in pixels, and ``...`` takes the room that is left.
    """
    return _filled(QHBoxLayout() if on is None else QHBoxLayout(on), parts, gap, margins)


def column_of(
    *parts: Part, on: QWidget | None = None, gap: int = 8, margins: Margins = _NO_MARGINS
) -> QVBoxLayout:
    """The same below each other."""
    return _filled(QVBoxLayout() if on is None else QVBoxLayout(on), parts, gap, margins)


def _filled(made: L, parts: Sequence[Part], gap: int, margins: Margins) -> L:
    space(made, margins=margins, gap=gap)
    for part in parts:
        given: tuple[Any, ...] = part if isinstance(part, tuple) else (part,)
        each, how = given[0], given[1:]
        if isinstance(each, QWidget):
            made.addWidget(each, *how)
        elif isinstance(each, QLayout):
            made.addLayout(each, *how)
        elif isinstance(each, int):
            made.addSpacing(each)
        else:
            made.addStretch()
    return made
