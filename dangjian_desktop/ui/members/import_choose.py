"""The first step of an import: which file."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.errors import UserError
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of
from dangjian_desktop.ui.paper.samples import Write, sample_button

PATTERNS = "花名册 (*.xlsx *.xls *.xlsm *.xlsb *.et *.ods *.csv *.txt);;所有文件 (*)"
_WORDS = (
    "可以是上级下发或本单位自制的任何版式，表头在第几行、列的先后都不限，"
    "能识别 Excel（.xlsx、.xls、.xlsb）、WPS 表格、.ods、.csv 和文本表格。"
)


class ChooseStep(QWidget):
    """Emits ``chosen`` with the file; says calmly why a file could not be read."""

    chosen = Signal(object)

    def __init__(self, shell: Shell, sample: Write) -> None:
        super().__init__()
        self._shell = shell
        self.choose = button(
            "选择文件", shell.theme, icon="folder-open", look="primary", name="import.choose"
        )
        self.choose.clicked.connect(self._ask)
        self.sample = sample_button(shell, self, "党员名册", sample)
        self.problem = Problem("import.problem")
        self.remedy = label("", wrap=True, name="import.remedy")
        card = frame("card")
        column_of(
            label("选择要导入的花名册", "heading"),
            label(_WORDS, "soft", wrap=True),
            label(
                "也可以把文件直接拖到这一页。导入前可以先核对，核对时不会改动名册。",
                "soft",
                wrap=True,
            ),
            row_of(self.choose, self.sample, ...),
            label("还没有表的，把样表发给各党小组填写，收回后直接导入。", "soft", wrap=True),
            self.problem,
            self.remedy,
            ...,
            on=card,
            gap=12,
            margins=(32, 32, 32, 32),
        )
        column_of(card, on=self, gap=0)
        self.clear()

    def clear(self) -> None:
        """Take an earlier problem away."""
        self.problem.say("")
        self.remedy.hide()

    def say(self, error: UserError) -> None:
        """Say why the file could not be read and what to do."""
        self.problem.say(error.message)
        self.remedy.setText(error.remedy)
        self.remedy.setVisible(bool(error.remedy))

    @Slot()
    def _ask(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self, "选择花名册", PATTERNS, self.chosen.emit, purpose="roster")
