"""What a row led to: beside each field with findings the problem it became, or the way to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.items.sources import Leading
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, empty, label, space

MAKE = "转为问题"


class MadeItems(QWidget):
    """The problems that the rows of one ledger became."""

    def __init__(self, desk: Desk, shell: Shell, code: str) -> None:
        super().__init__()
        self._desk, self._shell, self._code = desk, shell, code
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 4, 0, 4), gap=4)

    def show_row(self, uid: str, told: Sequence[Leading]) -> None:
        """Show what this row led to."""
        empty(self._column)
        for each in told:
            for item in each.items:
                self._put_item(item)
            if not each.items and not self._desk.read_only:
                words = f"“{each.label}”{MAKE}"
                made = button(words, self._shell.theme, icon="plus", name="row.make_item")
                made.setToolTip("登记到“问题与任务”，跟到销号；已登记的不重复")
                made.clicked.connect(partial(self._make, uid, each.field))
                self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(told))

    def _put_item(self, item: Item) -> None:
        told = label(f"已转为{item.kind.label}：{item.content}（{item.state.label}）", wrap=True)
        look = button("查看", self._shell.theme, look="quiet", name="row.made_item")
        look.setAccessibleName(f"查看{item.kind.label}：{item.content}")
        look.clicked.connect(partial(self._open, item.id))
        self._column.addWidget(told)
        self._column.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self, uid: str, *_checked: bool) -> None:
        self._shell.open(ITEM.code, uid)

    def _make(self, uid: str, field: str, *_checked: bool) -> None:
        work = partial(self._desk.item_making.from_row, self._code, uid, field)
        self._shell.jobs.library(work, self._made)

    def _made(self, done: tuple[Item, bool]) -> None:
        item, new = done
        if not new:
            self._open(item.id)
            return
        back = partial(self._desk.item_making.take_back, [item])
        undo, look = partial(self._shell.jobs.library, back), partial(self._open, item.id)
        self._shell.toast(f"已{MAKE}：{item.content}", undo, more=("查看", look))
