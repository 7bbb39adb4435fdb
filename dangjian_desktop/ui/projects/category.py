"""Adds a category of the branch's own to a group, inline over the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label, space


class CategoryPanel(QWidget):
    """``wanted`` brings group and name; what is refused is said under the field."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.group = QComboBox()
        self.group.setObjectName("category.group")
        self.group.setAccessibleName("项目种类")
        self.name = QLineEdit()
        self.name.setObjectName("category.name")
        self.name.setAccessibleName("类别名称")
        self.name.setPlaceholderText("支部自己的类别，例如 班组建设")
        self.name.returnPressed.connect(self._ask)
        self.name.textEdited.connect(self._forget)
        self.add = button("添加类别", theme, name="category.add")
        self.add.clicked.connect(self._ask)
        leave = button("取消", theme, look="quiet", name="category.leave")
        leave.clicked.connect(self.hide)
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        row = QHBoxLayout()
        space(row, margins=(0, 0, 0, 0), gap=8)
        row.addWidget(self.group)
        row.addWidget(self.name, 1)
        row.addWidget(self.add)
        row.addWidget(leave)
        card = frame("card")
        inside = QVBoxLayout(card)
        space(inside, margins=(12, 8, 12, 8), gap=4)
        inside.addLayout(row)
        inside.addWidget(self.note)
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=0)
        layout.addWidget(card)
        self.hide()

    def ask(self, groups: Sequence[str]) -> None:
        """Open for one of these groups."""
        self.group.clear()
        self.group.addItems(list(groups))
        self.name.clear()
        self.refuse("")
        self.show()
        self.name.setFocus()

    def refuse(self, text: str) -> None:
        """Say why it cannot be added."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit(self.group.currentText(), self.name.text().strip())

    @Slot()
    def _forget(self) -> None:
        self.refuse("")
