"""The last steps of an import: agree to it, and see what it did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from dangjian_desktop.services.import_report import LineKind
from dangjian_desktop.services.import_saving import ImportPaper
from dangjian_desktop.services.members.import_preview import ImportPreview
from dangjian_desktop.services.members.roster_import import ImportResult
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of
from dangjian_desktop.ui.paper.import_lines import person_lines
from dangjian_desktop.ui.paper.import_result import ImportKept

_OPEN = (LineKind.REFUSED, LineKind.UNDECIDED, LineKind.INCOMPLETE)


class AgreeStep(QWidget):
    """What will be written; ``agreed`` starts it."""

    agreed = Signal()
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self.words = label("", wrap=True, name="import.agree")
        self.partly = QCheckBox("问题行不导入，其余导入")
        self.partly.setObjectName("import.partly")
        self.partly.toggled.connect(self._tell)
        self.back = button("上一步", theme, name="import.agree.back", then=self.left)
        self.run = button("导入", theme, icon="upload", look="primary", name="import.run")
        self.run.clicked.connect(self.agreed)
        self._refused = 0
        card = frame("card")
        column_of(
            label("确认导入", "heading"),
            self.words,
            (self.partly, 0, Qt.AlignmentFlag.AlignLeft),
            label("导入前自动备份；导入后可以整批撤销。", "soft", wrap=True),
            ...,
            on=card,
            gap=12,
            margins=(32, 32, 32, 32),
        )
        foot = row_of(self.back, ..., self.run)
        holder = QWidget()
        column_of(card, on=holder, gap=0)
        column_of((scrolling(holder), 1), foot, on=self, gap=10)

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
        doubtful = len(expected.plan.undecided)
        if doubtful:
            words += f"\n有 {doubtful} 人身份未定，照常导入但不计入应到，导入后请一并确定。"
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
    """What was imported, with the way back; ``deciding`` asks for those whose kind is open,
    ``again`` for another file."""

    undo_asked = Signal(str)
    again = Signal()
    deciding = Signal()
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._batch = ""
        self.unfinished = False
        self.words = label("", "good", wrap=True, name="import.done")
        self.lines = person_lines(shell, "imported")
        self.more = button("再导入一份", theme, name="import.again", then=self.again)
        self.kept = ImportKept(shell, self.lines)
        self.undo = button(
            "撤销这次导入", theme, icon="undo-2", name="import.undo", then=self._on_undo
        )
        self.decide = button(
            "确定身份", theme, icon="users", name="import.decide", then=self.deciding
        )
        self.close_button = button(
            "查看名册", theme, icon="users", look="primary", name="import.close"
        )
        self.close_button.clicked.connect(self.left)
        acts = (self.undo, self.more, self.kept.report, self.kept.print)
        line = row_of(*acts, ..., self.lines.open, self.decide, self.close_button)
        column_of(self.words, (self.kept, 1), line, on=self, gap=10)

    def show_result(self, result: ImportResult, paper: ImportPaper) -> None:
        """Say what was done; ``paper`` prints and saves it."""
        self._batch = result.batch or ""
        self.words.setText("已导入：" + paper.report.words)
        self.lines.show_lines(paper.report.lines)
        self.unfinished = any(line.kind in _OPEN for line in paper.report.lines)
        self.undo.setEnabled(bool(self._batch))
        undecided = len(result.plan.undecided)
        self.decide.setText(f"确定身份（{undecided}人）")
        self.decide.setVisible(bool(undecided))
        self.kept.keep(paper)

    def say_undone(self, removed: int, restored: int) -> None:
        """Say that the import was taken back."""
        self.words.setText(f"已撤销这次导入：移除 {removed} 人，还原 {restored} 人。")
        self.undo.setEnabled(False)
        self.decide.hide()
        self.unfinished = False
        self.lines.forget_records()

    @Slot()
    def _on_undo(self) -> None:
        self.undo_asked.emit(self._batch)
