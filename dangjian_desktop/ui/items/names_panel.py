"""What the branch calls its three lists, asked for above them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Bounds, Field
from dangjian_desktop.domain.items.item import ItemKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.kept_form import KeptFields
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
        self.form = Form(_FIELDS, shell.theme, columns=3)
        self.save = button("保存名称", shell.theme, name="lists.save", then=self._save)
        leave = button("取消", shell.theme, look="quiet", name="lists.leave", then=self.hide)
        card = frame("card")
        row = row_of(self.save, leave, ...)
        column_of(self.form, row, on=card, gap=6, margins=(12, 8, 12, 8))
        column_of(card, on=self, gap=0)
        self.kept = KeptFields(
            desk,
            shell,
            "item_lists",
            self.form,
            name="清单名称",
            key=lambda: "" if self.isHidden() else "names",
            parent=self,
        )
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Open with the names of now."""
        self._shell.jobs.library(self._desk.items.list_titles, self._open)

    def _open(self, titles: Mapping[ItemKind, str]) -> None:
        self.kept.show_values({kind.value: title for kind, title in titles.items()})
        self.show()
        self.form.editor(_FIELDS[0].name).setFocus()
        self.kept.look()

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
