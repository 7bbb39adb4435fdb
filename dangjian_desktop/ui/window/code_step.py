"""The recovery code on its way to paper: shown, printed, partly typed back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from dangjian_desktop.services.library.passwords import BOTH_LOST, group_matches
from dangjian_desktop.services.library.recovery_sheet import TITLE, sheet_pdf, write_sheet
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.widgets import button, column_of, label, mark_wrong, row_of
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter

ASKED = 2
"""Groups that are typed back."""
ACROSS = 3
COVERED = "•••••"
PDF = "PDF (*.pdf)"


class CodeStep(QWidget):
    """``proved`` comes once two groups were typed back from the paper, or at once where nothing
    new is set. The code is nowhere but here and where the user puts it."""

    proved = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, self._library = shell, ""
        self._groups: Sequence[str] = ()
        self._asked: list[int] = []
        self._shown: list[QLabel] = []
        self._printer = PaperPrinter(shell.messages.report, self)
        theme = shell.theme
        self.grid = QGridLayout()
        self.print = button("打印…", theme, icon="printer", name="code.print", then=self._print)
        self.save = button("存为 PDF…", theme, icon="save", name="code.save", then=self._save)
        again = button("再看一次", theme, look="quiet", name="code.again", then=self._look_again)
        self.again = again
        self.words = label("", wrap=True, name="code.words")
        self.lines = [QLineEdit() for _ in range(ASKED)]
        self.heads = [label("", "soft") for _ in range(ASKED)]
        self.problem = Problem("code.problem")
        self.done = button("完成", theme, look="primary", name="code.done", then=self._prove)
        self.proving = QWidget()
        self.proving.setProperty("look", "clear")
        pairs = [
            column_of(head, line, gap=4) for head, line in zip(self.heads, self.lines, strict=True)
        ]
        column_of(
            label(_BACK, wrap=True),
            row_of(*pairs, (again, 0, Qt.AlignmentFlag.AlignBottom), ...),
            self.problem,
            on=self.proving,
        )
        for number, line in enumerate(self.lines):
            line.setObjectName(f"code.group{number}")
            line.textChanged.connect(self._typed)
            line.returnPressed.connect(self._prove)
            theme.fit(line, QWidget.setFixedWidth, 130)
        column_of(
            self.words,
            self.grid,
            row_of(self.print, self.save, ...),
            label(BOTH_LOST, "warn", wrap=True),
            self.proving,
            row_of(..., self.done),
            on=self,
            gap=10,
        )

    def begin(self, groups: Sequence[str], library: str, *, prove: bool) -> None:
        """Show this code; two groups are asked for where it is to ``prove`` that it is on paper."""
        self._groups, self._library = groups, library
        self._asked = sorted(random.SystemRandom().sample(range(len(groups)), ASKED))
        for place in range(len(groups)):
            line, across = divmod(place, ACROSS)
            holder = label("", "heading", name=f"code.shown{place}")
            self._shown.append(holder)
            self.grid.addWidget(holder, line, across, Qt.AlignmentFlag.AlignLeft)
        for head, line_, place in zip(self.heads, self.lines, self._asked, strict=True):
            head.setText(f"第{place + 1}组")
            line_.setAccessibleName(f"第{place + 1}组")
            line_.clear()
        self._cover(False)
        self.proving.setVisible(prove)
        self.words.setText(_WORDS if prove else _AGAIN)
        self.done.setText("完成" if prove else "返回")
        self.print.setFocus()

    def forget(self) -> None:
        """Show it no more."""
        self._groups = ()
        self._shown.clear()
        while (item := self.grid.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.setText("")  # type: ignore[attr-defined]
                shown.hide()
                shown.deleteLater()
        for line in self.lines:
            line.clear()

    @Slot()
    def _print(self) -> None:
        self._printer.ask([sheet_pdf(self._groups, self._library)], TITLE)

    @Slot()
    def _save(self) -> None:
        save = self._shell.choosers.save_file
        save(self, "恢复码存到哪里", f"{TITLE}.pdf", PDF, self._write, purpose="recovery")

    def _write(self, file: Path) -> None:
        groups, library = self._groups, self._library
        self._shell.jobs.papers(
            lambda _progress: write_sheet(groups, library, file),
            self._written,
            title="正在写出恢复码",
        )

    def _written(self, file: Path) -> None:
        self._shell.toast(f"恢复码已存为 {file.name}，请打印后从电脑里删除")

    @Slot()
    def _prove(self) -> None:
        if self.proving.isHidden():
            self.proved.emit()
            return
        for line, place in zip(self.lines, self._asked, strict=True):
            if not group_matches(line.text(), self._groups[place]):
                self._wrong(f"第{place + 1}组与恢复码不一样，请照纸上的再输入一次。")
                mark_wrong(line, True)
                line.setFocus()
                return
        self.proved.emit()

    @Slot(str)
    def _typed(self, text: str) -> None:
        """What is read off the screen proves nothing of the paper."""
        self._wrong("")
        if text:
            self._cover(True)

    @Slot()
    def _look_again(self) -> None:
        for line in self.lines:
            line.clear()
        self._cover(False)
        self.lines[0].setFocus()

    def _cover(self, covered: bool) -> None:
        for place, (shown, group) in enumerate(zip(self._shown, self._groups, strict=True)):
            shown.setText(f"{place + 1}　{COVERED if covered else group}")
            told = "已遮住" if covered else " ".join(group)
            shown.setAccessibleName(f"第{place + 1}组 {told}")
        self.again.setVisible(covered)

    def _wrong(self, words: str) -> None:
        self.problem.say(words)
        for line in self.lines:
            mark_wrong(line, False)


_WORDS = "这是资料库的恢复码，忘记密码、钥匙文件丢失时凭它打开。请打印，或抄在纸上。"
_AGAIN = "这是资料库现在的恢复码。请打印，或抄在纸上，与电脑分开保管。"
_BACK = "为了确认纸上有，请照纸输入下面两组："
