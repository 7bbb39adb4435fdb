"""Whether every control of a window can be reached, and is large enough and not cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QWidget,
)

ENDS = {"editor.back", "editor.done", "editor.save", "make"}
ENDS |= {"import.back", "import.next", "import.run", "import.agree.back"}
TARGET = 24
"""The least width and height of what is pressed, in pixels."""


def unreachable(window: QWidget) -> list[str]:
    """Every control that takes the focus and neither lies in the window nor can be scrolled in."""
    return [words(each) for each in focusable(window) if not _reached(each, window)]


def too_small(window: QWidget) -> list[str]:
    """Every control that is hard to hit."""
    return [
        words(each)
        for each in focusable(window)
        if not isinstance(each.parentWidget(), QComboBox)
        and min(each.width(), each.height()) < TARGET
    ]


def out_of_sight(window: QWidget) -> list[str]:
    """Every button that ends an editor or a step and is not seen whole as it stands."""
    acts = [act for act in window.findChildren(QAbstractButton) if act.objectName() in ENDS]
    seen = [act for act in acts if act.isVisible()]
    return [words(act) for act in seen if act.visibleRegion().boundingRect() != act.rect()]


def cut(window: QWidget) -> list[str]:
    """Every text that has less room than it needs."""
    return [
        words(each)
        for each in window.findChildren(QWidget)
        if each.isVisible() and isinstance(each, QLabel | QAbstractButton) and _is_cut(each)
    ]


def focusable(window: QWidget) -> list[QWidget]:
    """Every control that Tab or a click brings the focus to."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not each.isWindow()
        and each.window() is window
    ]


def words(widget: QWidget) -> str:
    """How a widget is told."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    name = widget.objectName() or text or widget.accessibleName()
    size = f"{widget.width()}x{widget.height()}"
    return f"{type(widget).__name__} {name or widget.parentWidget().objectName()} {size}"


def _reached(widget: QWidget, window: QWidget) -> bool:
    """Seen whole, once every area around it is scrolled to it; of what scrolls itself a part."""
    seen, inner = widget.rect(), widget
    wanted = QSize(widget.size())
    if isinstance(widget, QAbstractScrollArea):
        wanted = wanted.boundedTo(QSize(2 * TARGET, TARGET))
    while inner is not window:
        outer = inner.parentWidget()
        seen = seen.translated(inner.pos())
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is outer:
            seen = _scrolled(seen, area)
            wanted = wanted.boundedTo(outer.size())  # what is larger is seen part by part
        seen = seen & outer.rect()
        inner = outer
    return seen.width() >= wanted.width() and seen.height() >= wanted.height()


def _scrolled(rect: QRect, area: QAbstractScrollArea) -> QRect:
    """Where the rectangle lies once the area is scrolled to it, as far as its bars reach."""
    moved, view = QPoint(), area.viewport().rect()
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if area.horizontalScrollBarPolicy() != never:
        bar = area.horizontalScrollBar()
        moved.setX(_step(rect.left(), rect.right(), view.width(), bar))
    if area.verticalScrollBarPolicy() != never:
        bar = area.verticalScrollBar()
        moved.setY(_step(rect.top(), rect.bottom(), view.height(), bar))
    return rect.translated(moved)


def _step(first: int, last: int, room: int, bar) -> int:
    if first < 0:
        return min(-first, bar.value() - bar.minimum())
    if last >= room:
        return -min(last - room + 1, max(first, 0), bar.maximum() - bar.value())
    return 0


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    need = widget.minimumSizeHint()
    return bool(
        widget.text() and (widget.width() < need.width() or widget.height() < need.height())
    )


def settle(rounds: int = 6) -> None:
    """Let the layouts find their sizes."""
    for _round in range(rounds):
        QApplication.processEvents()
