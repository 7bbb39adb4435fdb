"""A row of chips: one of several that narrow a list, or several that are on or off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button

_RESIZES = {QEvent.Type.Resize, QEvent.Type.LayoutRequest}


class FlowLayout(QLayout):
    """Puts widgets beside each other and goes on in the next line when the width is used up."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:  # noqa: D102
        self._items.append(item)

    def count(self) -> int:  # noqa: D102
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: D102
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: D102
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: D102
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: D102
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: D102
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: D102
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() + self._gap for size in shown) - self._gap
        return QSize(max(width, 0), max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: D102
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x + size.width() > rect.right() + 1 and tallest:
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, tallest = x + size.width() + self._gap, max(tallest, size.height())
        return y + tallest - rect.y()


def flow_of(*parts: QWidget) -> QWidget:
    """Parts beside each other, in as many lines as they need."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=8)
    for part in parts:
        flow.addWidget(part)
    policy = holder.sizePolicy()
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


class Flowing(QWidget):
    """What flows in it (``flow``) has the room for all its lines."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap=gap)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() in _RESIZES:
            # A splitter asks no height for a width: what it is told must be true as it is.
            self.setMinimumHeight(self.flow.heightForWidth(self.width()))
        return super().event(event)


class ChipRow(Flowing):
    """Chips by code. Exclusive: exactly one is on, Left and Right move; else each by itself.

    ``chosen`` gives the code that the user switched (exclusive: switched to).
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str]] = (),
        *,
        exclusive: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._exclusive = exclusive
        self._chips: dict[str, QPushButton] = {}
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these codes and titles; what was on stays on, else the first of an exclusive row.

        A chip whose code stays is the same chip, so that the focus stays on it.
        """
        on, wanted = self.codes(), dict(choices)
        for code in [code for code in self._chips if code not in wanted]:
            old = self._chips.pop(code)
            old.hide()
            old.deleteLater()
        while self.flow.takeAt(0) is not None:
            pass
        self._chips = {code: self._chip(code, title) for code, title in choices}
        for chip in self._chips.values():
            self.flow.addWidget(chip)
        kept = [code for code in on if code in self._chips]
        if self._exclusive and not kept and self._chips:
            kept = [next(iter(self._chips))]
        self.set_codes(kept)

    def code(self) -> str:
        """The one that is on; empty when none is."""
        return next(iter(self.codes()), "")

    def codes(self) -> tuple[str, ...]:
        """All that are on, in order."""
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def set_codes(self, codes: Sequence[str]) -> None:
        """Switch these on and the others off, without a signal."""
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)

    def chip(self, code: str) -> QPushButton:
        """The button of a code; raises KeyError."""
        return self._chips[code]

    def _chip(self, code: str, title: str) -> QPushButton:
        if (known := self._chips.get(code)) is not None:
            known.setText(title)
            return known
        chip = button(title, self._theme, look="chip", name=f"chip.{code}")
        chip.setCheckable(True)
        chip.setAutoExclusive(self._exclusive)
        chip.setProperty("code", code)
        chip.clicked.connect(self._on_clicked)
        return chip

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if not isinstance(sender, QPushButton):
            return
        if self._exclusive and any(chip.hasFocus() for chip in self._chips.values()):
            sender.setFocus()  # Tab comes to no other chip of the row any more
        self.chosen.emit(sender.property("code"))
