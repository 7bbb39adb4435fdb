"""What the branch calls its three lists, asked for above them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Bounds, Field
from dangjian_desktop.domain.items.item import ItemKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, column_of, frame, row_of

_FIELDS = tuple(
    Field(kind.value, f"{kind.label}列入的清单叫", bounds=Bounds(longest=20)) for kind in ItemKind
)


class NamesPanel(QWidget):
    """``saved`` comes once they are kept; an empty name stands for the usual one."""

    saved = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._filling = False
        self.form = Form(_FIELDS, shell.theme, columns=3)
        self.save = button("保存名称", shell.theme, name="lists.save", then=self._save)
        leave = button("取消", shell.theme, look="quiet", name="lists.leave", then=self.hide)
        card = frame("card")
        row = row_of(self.save, leave, ...)
        column_of(self.form, row, on=card, gap=6, margins=(12, 8, 12, 8))
        column_of(card, on=self, gap=0)
        self.kept = KeptForm(
            desk,
            shell,
            "item_lists",
            name="清单名称",
            key=lambda: "" if self.isHidden() else "names",
            state=self.form.values,
            fill=self._go_on,
            parent=self,
        )
        self.form.changed.connect(self._touch)
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Open with the names of now."""
        self._shell.jobs.library(self._desk.items.list_titles, self._open)

    def _open(self, titles: Mapping[ItemKind, str]) -> None:
        self._fill({kind.value: title for kind, title in titles.items()})
        self.show()
        self.form.editor(_FIELDS[0].name).setFocus()
        self.kept.look()

    def _fill(self, values: Mapping[str, Any]) -> None:
        self._filling = True
        self.form.fill(values)
        self._filling = False

    def _go_on(self, content: Mapping[str, Any]) -> None:
        self._fill(content)
        self._touch()

    @Slot()
    def _touch(self) -> None:
        if not self._filling:
            self.kept.touch()

    @Slot()
    def _save(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            told = {kind: self.form.values()[kind.value] or "" for kind in ItemKind}
            self._shell.jobs.library(partial(self._desk.items.call_lists, told), self._saved)

    def _saved(self, _none: None) -> None:
        self.kept.done()
        self.hide()
        self._shell.toast("清单名称已保存")
        self.saved.emit()
