"""The left bar: program, branch, places, settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dangjian_desktop.ui.desk.page import Place
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import apart, column_of, label, space

WIDTH, NARROW = 158, 64
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
        self._group = QButtonGroup(self)
        self.branch = label("", "soft", wrap=True, name="branch")
        self._upper, self._foot = QVBoxLayout(), QVBoxLayout()
        for part in (self._upper, self._foot):
            space(part, margins=(0, 0, 0, 0), gap=2)
        self._narrow = False
        self._program = label("党支部工作台", "heading", wrap=True)
        inside = QWidget()
        self._lines = column_of(
            self._program,
            self.branch,
            12,
            self._upper,
            ...,
            self._foot,
            on=inside,
            gap=2,
            margins=(10, 14, 10, 12),
        )
        area = scrolling(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column_of(area, on=self, gap=0)
        theme.changed.connect(self._dress)
        self._dress()

    def add(self, place: Place) -> None:
        """Add an entry."""
        entry = QToolButton()
        # One of its group, as a reader of the screen says it; Tab comes to the one that is on.
        entry.setAutoExclusive(True)
        entry.setObjectName(f"place.{place.code}")
        entry.setProperty("look", "place")
        entry.setProperty("place", place.code)
        entry.setText(f"  {place.title}")
        entry.setAccessibleName(place.title)
        entry.setCheckable(True)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        entry.clicked.connect(self._on_clicked)
        self._group.addButton(entry)
        if not place.at_foot:
            number = self._upper.count() + 1
            entry.setShortcut(f"Ctrl+{number}")
            entry.setToolTip(f"{place.title}（Ctrl+{number}）")
        else:
            entry.setToolTip(place.title)
        (self._foot if place.at_foot else self._upper).addWidget(entry)
        self._buttons[place.code], self._icons[place.code] = entry, place.icon
        self._dress_one(place.code)

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
        side = 4 if self._narrow else 10
        self._lines.setContentsMargins(side, 14, side, 12)
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
