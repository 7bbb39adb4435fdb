"""The last steps of an import: agree to it, and see what it did."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.services.members.import_preview import ImportPreview
from dangjian_desktop.services.members.import_report import write_problems
from dangjian_desktop.services.members.roster_import import ImportResult
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, frame, label, space
from dangjian_desktop.ui.members.import_lines import LineList


class AgreeStep(QWidget):
    """What will be written; ``agreed`` starts it."""

    agreed = Signal()
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self.words = label("", wrap=True)
        self.words.setObjectName("import.agree")
        self.partly = tick("问题行不导入，其余导入", theme, name="import.partly")
        self.partly.toggled.connect(self._tell)
        self.back = button("上一步", theme, name="import.agree.back")
        self.back.clicked.connect(self.left)
        self.run = button("导入", theme, icon="upload", look="primary", name="import.run")
        self.run.clicked.connect(self.agreed)
        self._refused = 0
        card = frame("card")
        inside = QVBoxLayout(card)
        space(inside, margins=(32, 32, 32, 32), gap=12)
        inside.addWidget(label("确认导入", "heading"))
        inside.addWidget(self.words)
        inside.addWidget(self.partly, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label("导入前自动备份；导入后可以整批撤销。", "soft", wrap=True))
        line = QHBoxLayout()
        space(line, margins=(0, 8, 0, 0), gap=8)
        line.addWidget(self.back)
        line.addWidget(self.run)
        line.addStretch()
        inside.addLayout(line)
        inside.addStretch()
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=0)
        column.addWidget(card)

    def show_preview(self, found: ImportPreview) -> None:
        """Say what will be written."""
        expected = found.expected
        if expected is None:
            return
        self._refused = len(expected.refused)
        words = f"从“{found.path.name}”导入：新增 {expected.added} 人，"
        words += f"更新 {expected.updated} 人，无变化 {expected.unchanged} 人。"
        if self._refused:
            rows = "、".join(str(issue.row) for issue in expected.refused)
            words += (
                f"\n第 {rows} 行不能导入。可以先在原表中改正后重新选择文件，也可以勾选下面一项。"
            )
        wanted = len(expected.incomplete)
        if wanted:
            words += f"\n有 {wanted} 处信息待补，人员照常导入，导入后再补充。"
        self.words.setText(words)
        self.partly.setChecked(False)
        self.partly.setVisible(bool(self._refused))
        self._tell()

    def set_busy(self, busy: bool) -> None:
        """While the import runs nothing can be pressed twice."""
        self.back.setEnabled(not busy)
        self.run.setEnabled(not busy)

    @Slot()
    def _tell(self) -> None:
        self.run.setEnabled(not self._refused or self.partly.isChecked())


class DoneStep(QWidget):
    """What was imported, with the way back."""

    undo_asked = Signal(str)
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self._batch = ""
        self._result: ImportResult | None = None
        self.words = label("", "good", wrap=True)
        self.words.setObjectName("import.done")
        self.lines = LineList(shell, "imported")
        self.undo = button("撤销这次导入", theme, icon="undo-2", name="import.undo")
        self.undo.clicked.connect(self._on_undo)
        self.report = button("导出问题清单", theme, icon="download", name="import.report")
        self.report.clicked.connect(self._choose_report)
        self.close_button = button(
            "查看名册", theme, icon="users", look="primary", name="import.close"
        )
        self.close_button.clicked.connect(self.left)
        line = QHBoxLayout()
        space(line, margins=(0, 0, 0, 0), gap=8)
        line.addWidget(self.undo)
        line.addWidget(self.report)
        line.addStretch()
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addWidget(self.words)
        column.addWidget(self.lines, 1)
        column.addLayout(line)

    def show_result(self, result: ImportResult) -> None:
        """Say what was done."""
        self._batch, self._result = result.batch or "", result
        words = f"已导入：新增 {result.added} 人，更新 {result.updated} 人，"
        words += f"无变化 {result.unchanged} 人。"
        if result.refused:
            words += f"{len(result.refused)} 行没有导入，见下表。"
        self.words.setText(words)
        self.lines.show_result(result)
        self.undo.setEnabled(bool(self._batch))
        problems = (*result.refused, *result.incomplete, *result.warnings)
        self.report.setVisible(bool(problems))

    def say_undone(self, removed: int, restored: int) -> None:
        """Say that the import was taken back."""
        self.words.setText(f"已撤销这次导入：移除 {removed} 人，还原 {restored} 人。")
        self.undo.setEnabled(False)

    @Slot()
    def _on_undo(self) -> None:
        self.undo_asked.emit(self._batch)

    @Slot()
    def _choose_report(self) -> None:
        name = "花名册导入问题清单.xlsx"
        patterns = "Excel 工作簿 (*.xlsx)"
        choosers = self._shell.choosers
        choosers.save_file(self, "导出问题清单", name, patterns, self._report, purpose="export")

    def _report(self, file: Path) -> None:
        result = self._result
        if result is not None:
            self._shell.jobs.papers(lambda _progress: write_problems(result, file), self._reported)

    def _reported(self, file: Path) -> None:
        self._shell.toast(f"已导出：{file.name}")
