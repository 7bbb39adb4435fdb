"""The order in which Tab goes through a form: as it is read, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from dangjian_desktop.ui.desk.timers import once

INSIDE = "form.inside"
"""The name of what scrolls in a form."""
LINE = 14
"""Pixels by which the tops of neighbours may differ within one line (a chip beside a field)."""


class Chain(QObject):
    """Sets the chain of each of the ``regions``, one after the other, after each new layout."""

    def __init__(self, regions: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._regions = tuple(regions)
        self._known: list[QWidget] = []
        self._soon = once(self, 0, self.settle)
        for region in self._regions:
            self.watch(region)

    def watch(self, widget: QWidget) -> None:
        """Set the chain anew whenever this widget is laid out anew."""
        for each in (widget, *widget.findChildren(QWidget, INSIDE)):
            each.installEventFilter(self)

    def touch(self) -> None:
        """Something may stand elsewhere."""
        self._soon.start()

    def settle(self) -> None:
        """Set the chain now."""
        wanted = [widget for region in self._regions for widget in in_order(region)]
        if [id(widget) for widget in wanted] == [id(widget) for widget in self._known]:
            return
        self._known = wanted
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._soon.start()
        return super().eventFilter(watched, event)


def in_order(region: QWidget) -> list[QWidget]:
    """What Tab can reach in a region, from top to bottom, in each line from left to right."""
    inside: QWidget | None = region.findChild(QWidget, INSIDE)
    placed = sorted(
        ((_place(w, region, inside), w) for w in _reachable(region)), key=lambda p: p[0].y()
    )
    lines: list[list[tuple[int, QWidget]]] = []
    top = -LINE
    for where, widget in placed:
        if not lines or where.y() - top >= LINE:
            lines.append([])
            top = where.y()
        lines[-1].append((where.x(), widget))
    return [widget for line in lines for _x, widget in sorted(line, key=lambda p: p[0])]


def _place(widget: QWidget, region: QWidget, inside: QWidget | None) -> QPoint:
    """Where a widget stands, however far the form is scrolled."""
    if inside is None or not inside.isAncestorOf(widget):
        return widget.mapTo(region, QPoint())
    area = inside.parentWidget()
    return widget.mapTo(inside, QPoint()) + area.mapTo(region, QPoint())


def _reachable(region: QWidget) -> Iterator[QWidget]:
    children: list[QWidget] = list(region.findChildren(QWidget))
    for widget in children:
        # The chip of a row that is off takes no Tab, but may be on a moment later.
        chip = isinstance(widget, QAbstractButton) and widget.autoExclusive()
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or chip
        if takes and widget.focusProxy() is None and widget.isVisibleTo(region):
            yield widget
