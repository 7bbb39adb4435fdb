"""The chip that narrows to one category, and the panel that adds one of the branch's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QWidget

from dangjian_desktop.domain.projects.categories import CategoryGroup
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, row_of
from dangjian_desktop.ui.records.listing import RecordList
from dangjian_desktop.ui.records.subject import Listing


class CategoryPanel(QWidget):
    """``wanted`` brings group and name; what is refused is said under the field."""

    wanted = Signal(str, str)
    opened = Signal()

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
        self.add = button("添加类别", theme, name="category.add", then=self._ask)
        leave = button("取消", theme, look="quiet", name="category.leave", then=self.hide)
        self.note = Problem()
        row = row_of(self.group, (self.name, 1), self.add, leave)
        card = frame("card")
        column_of(row, self.note, on=card, gap=4, margins=(12, 8, 12, 8))
        column_of(card, on=self, gap=0)
        self.hide()

    def ask(self, groups: Sequence[str]) -> None:
        """Open for one of these groups."""
        self.group.clear()
        self.group.addItems(list(groups))
        self.name.clear()
        self.refuse("")
        self.show()
        self.name.setFocus()
        self.opened.emit()

    def refuse(self, text: str) -> None:
        """Say why it cannot be added."""
        self.note.say(text)

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit(self.group.currentText(), self.name.text().strip())

    @Slot()
    def _forget(self) -> None:
        self.refuse("")


class CategoryChip(QObject):
    """``chip`` stands before the groups, ``own`` under them, in the list that it follows."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.chip = button("", shell.theme, look="chip", name="projects.category")
        self.own = CategoryPanel(shell.theme)
        self.own.wanted.connect(self._add)
        name = self.own.name
        self.kept = KeptForm(
            desk,
            shell,
            "project_category",
            name="项目类别",
            key=lambda: "" if self.own.isHidden() else "new",
            state=lambda: {"name": name.text()},
            fill=lambda content: name.setText(str(content.get("name") or "")),
            parent=self.own,
        )
        name.textEdited.connect(self.kept.touch)
        self.own.opened.connect(self.kept.look)

    def follow(self, listed: RecordList) -> None:
        """Narrow this list, and live as long as it does."""
        self.setParent(listed)
        self._list = listed
        self.chip.clicked.connect(lambda: listed.offer(self.chip, self.menu()))
        listed.listed.connect(self._show)

    def menu(self) -> QMenu:
        """The categories by group, and all of them."""
        menu = self._list.menu()
        menu.addAction("全部类别").triggered.connect(partial(self._narrow, ""))
        for group in self._groups():
            menu.addSection(group.name)
            for name in group.categories:
                menu.addAction(name).triggered.connect(partial(self._narrow, name))
        menu.addSeparator()
        own = menu.addAction("添加支部自己的类别")
        own.triggered.connect(lambda: self.own.ask([group.name for group in self._groups()]))
        return menu

    def _groups(self) -> Sequence[CategoryGroup]:
        listed = self._list.listing.more
        return tuple(listed.categories.groups) if listed else ()

    def _narrow(self, category: str, *_checked: bool) -> None:
        part = "" if category else self._list.listing.shown.part
        self._list.narrow(part=part, more=category)

    @Slot(object)
    def _show(self, listing: Listing) -> None:
        self.chip.setText(f"{listing.shown.more or '全部类别'} ▾")

    @Slot(str, str)
    def _add(self, group: str, name: str) -> None:
        work = partial(self._desk.projects.add_category, group, name)
        self._shell.jobs.library(work, partial(self._added, name), self._refused)

    def _added(self, name: str, _none: None) -> None:
        self.kept.done()
        self.own.hide()
        self._shell.toast(f"已添加类别：{name}")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self.own.refuse(error.message)
        else:
            self._shell.messages.report(error)
