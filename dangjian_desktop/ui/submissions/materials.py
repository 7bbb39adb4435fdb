"""What goes into a package: materials with boxes, or the superior's list and what it means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dangjian_desktop.domain.submissions.package import PackedFile
from dangjian_desktop.services.submissions.preparing import Material, Understood
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.text_area import TextArea
from dangjian_desktop.ui.look.widgets import button, column_of, filter_line, label, row_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

_PAUSE = 500
_CODE = Qt.ItemDataRole.UserRole
_HINT = "\n".join(
    (
        "把上级的清单粘贴到这里，每行一份材料，例如：",
        "党员名册（Excel）",
        "支委会会议记录",
        "工作月报（3月31日）",
    )
)
_WITHHELD = "只在内部使用，遮盖的报送包不装，记为未报"
_NONE = "没有对应的材料：可添加同名文件，否则记为未报"


class MaterialList(QWidget):
    """The materials of a period with a box each; ``changed`` tells that others are chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.filter = filter_line("order.filter", "在材料中查找")
        self.list = QListWidget()
        self.list.setObjectName("order.materials")
        self.list.setAccessibleName("要报送的材料")
        self.list.setProperty("look", "choices")
        self.said = label("", "soft", name="order.chosen")
        column_of(self.filter, (self.list, 1), self.said, on=self, gap=6)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._on_changed)

    def offer(self, materials: Sequence[Material]) -> None:
        """Offer these; what was chosen stays chosen as far as it is among them."""
        self.show_chosen(self.codes(), materials)

    def show_chosen(
        self, codes: Collection[str], materials: Sequence[Material] | None = None
    ) -> None:
        """Tick these codes and no others."""
        quiet = self.list.blockSignals(True)
        if materials is not None:
            self.list.clear()
            for each in materials:
                item = QListWidgetItem(each.title, self.list)
                item.setData(_CODE, each.code)
        for item in self._items():
            there = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
        self.list.blockSignals(quiet)
        self._narrow()
        self._on_changed()

    def codes(self) -> tuple[str, ...]:
        """What is ticked."""
        ticked = Qt.CheckState.Checked
        return tuple(item.data(_CODE) for item in self._items() if item.checkState() == ticked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    @Slot()
    def _narrow(self) -> None:
        typed = self.filter.text().strip().lower()
        for item in self._items():
            item.setHidden(typed not in item.text().lower())

    @Slot()
    def _on_changed(self) -> None:
        self.said.setText(f"这个时间段有 {self.list.count()} 种材料，选定 {len(self.codes())} 种")
        self.changed.emit()


class AskedList(QWidget):
    """The superior's list as it was pasted or read, beside what each line means.

    ``changed`` tells that other lines stand there, ``file_asked`` that a file is to be chosen.
    """

    changed = Signal()
    file_asked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self.choose = button("选择清单文件…", theme, icon="folder-open", name="order.list")
        self.area = TextArea()
        self.area.setObjectName("order.asked")
        self.area.setAccessibleName("上级的清单，每行一份材料")
        self.area.hint = _HINT
        self.area.setPlaceholderText(_HINT)
        self.area.setTabChangesFocus(True)
        columns: tuple[Column[Understood], ...] = (
            Column(
                code="asked", title="上级要的材料", text=lambda each: each.asked.title, width=190
            ),
            Column(code="sent_as", title="按什么报送", text=_sent_as, width=-1),
            Column(code="due", title="期限", text=_due, width=96),
        )
        model: PagedModel[Understood] = PagedModel(columns, lambda _ids: {}, parent=self)
        self.table = RecordTable(
            model, theme, shell.settings, name="order.understood", title="清单的含义"
        )
        self.table.set_empty("这里显示清单中每份材料按什么报送。")
        left = column_of(row_of(self.choose, ...), (self.area, 1), gap=6)
        row_of((left, 2), (self.table, 3), on=self)
        self._typing = once(self, _PAUSE, self.changed.emit)
        self.area.textChanged.connect(self._typing.start)
        self.choose.clicked.connect(self.file_asked)

    def text(self) -> str:
        """The lines as they stand there."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a list."""
        self.area.setPlainText(text)
        self._typing.stop()
        self.changed.emit()

    def show_understood(self, found: Sequence[Understood]) -> None:
        """Show what each line means."""
        rows: Mapping[str, Understood] = {str(number): each for number, each in enumerate(found)}
        missing = sum(1 for each in found if not each.sent_as)
        foot = f"共 {len(rows)} 份材料，{missing} 份没有对应" if rows else ""
        self.table.show_ids(tuple(rows), foot=foot, rows=rows)


class FurtherFiles(QWidget):
    """Files that go up as they are, given now or as they went up before (``kept``); ``changed``
    tells that others do."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.files: tuple[Path, ...] = ()
        self.kept: tuple[PackedFile, ...] = ()
        self.add = button("添加文件…", shell.theme, icon="plus", name="order.add")
        self.none = button("全部去掉", shell.theme, look="quiet", name="order.no_files")
        self.said = label("", "soft", wrap=True, name="order.files")
        row_of(self.add, self.none, (self.said, 1), on=self)
        self.show_files(())
        self.add.clicked.connect(self._ask)
        self.none.clicked.connect(self._take_away)

    def add_file(self, file: Path) -> None:
        """One more file goes up, in the place of one that is called so."""
        others = (each for each in self.files if each.name != file.name)
        kept = (each for each in self.kept if file.name not in (each.about, each.name))
        self.show_files((*others, file), tuple(kept))

    def show_files(self, files: tuple[Path, ...], kept: tuple[PackedFile, ...] = ()) -> None:
        """These go up and no others."""
        self.files, self.kept = files, kept
        given = "、".join(file.name for file in files)
        before = "、".join(file.about for file in kept)
        told = [f"沿用上次另附的 {len(kept)} 个文件：{before}（添加同名的即替换）"] if kept else []
        told += [f"另附 {len(files)} 个文件：{given}"] if files else []
        self.said.setText("；".join(told) or "没有另附的文件")
        self.none.setVisible(bool(files or kept))
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        self._shell.choosers.open_file(
            self, "添加文件", "所有文件 (*)", self.add_file, purpose="package_file"
        )

    @Slot()
    def _take_away(self) -> None:
        self.show_files(())


def _sent_as(each: Understood) -> str:
    if not each.sent_as:
        return _WITHHELD if each.withheld else _NONE
    return "、".join(each.sent_as) + ("" if each.sure else "（名称不同，请核对）")


def _due(each: Understood) -> str:
    return each.asked.due.isoformat() if each.asked.due else ""
