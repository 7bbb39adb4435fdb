"""Fields that hold what was picked: other records, files. Each shown by name, with a cross."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, empty

Titled = Mapping[str, Any]
"""A picked thing as plain JSON, with its ``title``."""


class PickedEditor(FieldEditor):
    """The things that were picked; ``adder`` is the widget that picks one more."""

    def __init__(self, field: Field, theme: Theme, adder: QWidget) -> None:
        super().__init__(field)
        self._theme = theme
        self._picked: list[Titled] = []
        holder = QWidget()
        self._flow = FlowLayout(holder)
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._layout.addWidget(holder)
        self.hold(adder)

    def value(self) -> Any:
        """A list of what was picked."""
        return [dict(each) for each in self._picked]

    def set_value(self, value: Any) -> None:
        """A list of what is picked."""
        self._picked = list(value or ())
        empty(self._flow)
        for each in self._picked:
            words = f"{each.get('title')}　✕"
            chip = button(words, self._theme, look="chip", name="picked", tip="点击去掉")
            chip.clicked.connect(partial(self._drop, each))
            self._flow.addWidget(chip)

    def add(self, picked: Titled) -> None:
        """One more, once."""
        if picked not in self._picked:
            self.set_value([*self._picked, picked])
            self.changed.emit()

    def _drop(self, picked: Titled, *_checked: bool) -> None:
        self.set_value([each for each in self._picked if each != picked])
        self.changed.emit()


class LinkEditor(PickedEditor):
    """Other records, chosen from a list that is narrowed by typing."""

    def __init__(self, field: Field, theme: Theme, targets: Callable[[], Sequence[Titled]]) -> None:
        self._targets = targets
        self.box = FreeBox()
        super().__init__(field, theme, self.box)
        self._guard = WheelGuard(self)
        self.box.installEventFilter(self._guard)
        line = self.box.lineEdit()
        if line is not None:
            line.setPlaceholderText("输入日期或名称查找")
        self.box.activated.connect(self._take)

    def set_value(self, value: Any) -> None:
        """Offers anew what can be linked, too."""
        self.box.clear()
        for target in self._targets():
            self.box.addItem(str(target["title"]), target)
        self.box.setCurrentIndex(-1)
        super().set_value(value)

    @Slot(int)
    def _take(self, place: int) -> None:
        target = self.box.itemData(place)
        if target:
            self.add(target)
        self.box.setCurrentIndex(-1)


class FilesEditor(PickedEditor):
    """Files, copied beside the library as soon as they are chosen."""

    def __init__(self, field: Field, desk: Desk, shell: Shell) -> None:
        self._desk, self._shell = desk, shell
        self.choose = button("添加附件", shell.theme, icon="plus", name="files.add")
        super().__init__(field, shell.theme, self.choose)
        self._layout.setAlignment(self.choose, Qt.AlignmentFlag.AlignLeft)
        self.choose.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self, "选择附件", "所有文件 (*)", self._keep, purpose="evidence")

    def _keep(self, file: Path) -> None:
        work = partial(self._desk.ledger_files.keep, file)
        self._shell.jobs.library(work, self._kept, title="正在复制附件")

    def _kept(self, kept: KeptFile) -> None:
        self.add(file_state(kept))


def file_state(kept: KeptFile) -> dict[str, Any]:
    """A kept file as plain JSON."""
    return {
        "title": kept.name,
        "uid": kept.uid,
        "sha256": kept.sha256,
        "size": kept.size,
        "note": kept.note,
    }


def kept_file(state: Titled) -> KeptFile:
    """The same as a value."""
    return KeptFile(
        state["uid"], state["title"], state["sha256"], state["size"], state.get("note", "")
    )
