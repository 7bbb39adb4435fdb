"""The left bar: program, branch, places in groups, settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.ui.desk.page import Place
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import apart, column_of, frame, label, space

WIDTH, NARROW = 158, 64
LOW, HIGH = 24, 36
"""Between which an entry is as high as the window has room for, in pixels at the base size."""
NUMBERED = 9
"""So many places have a key: there is no Ctrl+10."""
FOCUS = Qt.FocusPolicy.StrongFocus


class SideBar(QFrame):
    """``asked`` gives the code of the place that was clicked; Ctrl+1 … go by number."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        apart(self).setProperty("look", "side")
        self._theme = theme
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._headings: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self.branch = label("", "soft", wrap=True, name="branch")
        self._upper, self._foot = QVBoxLayout(), QVBoxLayout()
        for part in (self._upper, self._foot):
            space(part, margins=(0, 0, 0, 0), gap=1)
        self._narrow = False
        self._program = label("党支部工作台", "heading", wrap=True)
        inside = QWidget()
        parts = (self._program, self.branch, 12, (self._upper, 1), ...)
        self._lines = column_of(*parts, on=inside, gap=2)
        self._area = scrolling(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = column_of((self._area, 1), frame("rule"), self._foot, on=self, gap=2)
        theme.changed.connect(self._dress)
        self._dress()

    def add(self, place: Place) -> None:
        """Add an entry, under the heading of its group."""
        entry = QToolButton()
        # One of its group, as a reader of the screen says it; Tab comes to the one that is on.
        entry.setAutoExclusive(True)
        entry.setObjectName(f"place.{place.code}")
        entry.setProperty("look", "place")
        entry.setProperty("place", place.code)
        entry.setText(f" {place.title}")
        entry.setAccessibleName(place.title)
        entry.setAccessibleDescription(place.group)
        entry.setCheckable(True)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        entry.clicked.connect(self._on_clicked)
        self._group.addButton(entry)
        entry.setToolTip(place.title)
        if place.group and place.group not in self._headings:
            self._headings[place.group] = self._heading(place.group)
        (self._foot if place.at_foot else self._upper).addWidget(entry)
        number = len(self._buttons) + 1
        if not place.at_foot and number <= NUMBERED:
            entry.setShortcut(f"Ctrl+{number}")
            entry.setToolTip(f"{place.title}（Ctrl+{number}）")
        self._buttons[place.code], self._icons[place.code] = entry, place.icon
        self._dress_one(place.code)

    def _heading(self, group: str) -> QLabel:
        made = label("" if self._narrow else group, "group")
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._upper.addWidget(made)
        return made

    def mark(self, code: str) -> None:
        """Show where the user is; at a place that is not here none is marked."""
        away = code not in self._buttons
        self._group.setExclusive(False)
        for each, entry in self._buttons.items():
            turned = entry.isChecked() != (each == code)
            entry.setChecked(each == code)
            # Tab comes to where the user is; the arrows go on from there.
            entry.setFocusPolicy(FOCUS if each == code or away else Qt.FocusPolicy.ClickFocus)
            if turned:
                self._dress_one(each)
        if not away:
            self._area.ensureWidgetVisible(self._buttons[code], 0, self._theme.px(LOW))
        self._group.setExclusive(True)

    def set_narrow(self, narrow: bool) -> None:
        """Only the icons, where the pages need the width."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._dress()

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.property("place"))

    @Slot()
    def _dress(self) -> None:
        self.setFixedWidth(self._theme.px(NARROW if self._narrow else WIDTH))
        for part in (self._program, self.branch):
            part.setVisible(not self._narrow)
        for group, heading in self._headings.items():
            heading.setText("" if self._narrow else group)
        side = 4 if self._narrow else 10
        self._column.setContentsMargins(side, 0, side, 12)
        self._lines.setContentsMargins(0, 14, 0, 2)
        for code in self._buttons:
            self._dress_one(code)

    def _dress_one(self, code: str) -> None:
        entry = self._buttons[code]
        token = "accent" if entry.isChecked() else "soft"
        entry.setIcon(self._theme.icon(self._icons[code], token))
        style = Qt.ToolButtonStyle
        entry.setToolButtonStyle(
            style.ToolButtonIconOnly if self._narrow else style.ToolButtonTextBesideIcon
        )
        entry.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))
        entry.setMinimumHeight(self._theme.px(LOW))
        entry.setMaximumHeight(self._theme.px(HIGH))
