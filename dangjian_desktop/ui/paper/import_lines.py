"""What an import finds and does, as a list that can be narrowed by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.services.import_report import PROBLEMS, ImportLine, LineKind
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

ALL = "problems"
NO_FILE = "选择文件后，这里逐行显示将怎样导入。"
_ICONS = {
    LineKind.REFUSED: ("circle-x", "bad"),
    LineKind.INCOMPLETE: ("circle-alert", "warn"),
    LineKind.WARNING: ("info", "soft"),
    LineKind.UNDECIDED: ("circle-question-mark", "warn"),
    LineKind.SKIPPED: ("circle-x", "soft"),
    LineKind.NO_RECORD: ("circle-x", "soft"),
    LineKind.ADDED: ("plus", "good"),
    LineKind.UPDATED: ("pencil", "soft"),
    LineKind.UNCHANGED: ("check", "soft"),
    LineKind.ABSENT: ("users", "warn"),
}


class LineList(QWidget):
    """Chips with counts over a table of lines; ``opened`` brings the record of a line, by Enter, a
    double click or the button ``open``, which the page places. ``one`` heads the names, ``this``
    is what a line is about; chips of other kinds than the ``usual`` are there where lines are."""

    opened = Signal(str)

    def __init__(
        self, shell: Shell, name: str, one: str, this: str, usual: Sequence[LineKind]
    ) -> None:
        super().__init__()
        self._lines: tuple[ImportLine, ...] = ()
        self._usual = usual
        theme = shell.theme
        self.open = button(f"打开{this}", theme, icon="pencil", name=f"{name}.open")
        self.open.setToolTip("去补充或更正（回车或双击这一行也可以）")
        self.open.clicked.connect(self._open)
        columns: tuple[Column[ImportLine], ...] = (
            Column(
                code="row",
                title="行号",
                text=lambda line: "" if line.row is None else str(line.row),
                right=True,
                width=56,
            ),
            Column(code="name", title=one, text=lambda line: line.name, width=84),
            Column(
                code="kind",
                title="类别",
                text=lambda line: line.kind.label,
                icon=lambda line: theme.icon(*_ICONS[line.kind], 16),
                width=112,
            ),
            Column(
                code="text",
                title="说明",
                text=lambda line: line.text,
                tooltip=lambda line: line.text,
                width=-1,
            ),
        )
        model: PagedModel[ImportLine] = PagedModel(columns, lambda _ids: {})
        self.chips = ChipRow(theme)
        self.chips.chosen.connect(self._show)
        self.table = RecordTable(model, theme, shell.settings, name=name, title="各行")
        self.whole = label("", wrap=True, name=f"{name}.whole", shown=False)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._open)
        column_of(self.chips, (self.table, 1), self.whole, on=self)

    def forget_records(self) -> None:
        """What the lines are about is not there any more."""
        self._lines = tuple(replace(line, uid="") for line in self._lines)
        self._show()

    def show_lines(self, lines: tuple[ImportLine, ...]) -> None:
        """Show all lines of an import, the problems first."""
        self._lines = lines
        counts = Counter(line.kind for line in self._lines)
        problems = sum(counts[kind] for kind in PROBLEMS)
        choices = [(ALL, f"全部问题 {problems}")]
        kinds = [kind for kind in _ICONS if counts[kind] or kind in self._usual]
        choices += [(kind.value, f"{kind.label} {counts[kind]}") for kind in kinds]
        self.chips.set_choices(choices)
        self.chips.setVisible(bool(lines))
        self.chips.set_codes([ALL if problems else LineKind.ADDED.value])
        self._show()

    @Slot()
    def _show(self) -> None:
        code = self.chips.code()
        wanted = {kind.value for kind in PROBLEMS} if code == ALL else {code}
        rows = {str(n): line for n, line in enumerate(self._lines) if line.kind.value in wanted}
        nothing = "没有发现问题。" if code == ALL else "没有这一类的行。"
        self.table.set_empty(nothing if self._lines else NO_FILE)
        self.table.show_ids(list(rows), rows=rows, foot=f"共 {len(rows)} 条")
        self._on_chosen(self.table.current())

    @Slot(str)
    def _on_chosen(self, uid: str) -> None:
        """The whole sentence of the line under the cursor, which the table may shorten."""
        line = self.table.model.record(uid) if uid else None
        self.whole.setText("" if line is None else line.text)
        self.whole.setVisible(line is not None)
        self.open.setEnabled(line is not None and bool(line.uid))

    @Slot()
    def _open(self) -> None:
        line = self.table.model.record(self.table.current())
        if line is not None and line.uid:
            self.opened.emit(line.uid)


def person_lines(shell: Shell, name: str) -> LineList:
    """The lines of a roster."""
    usual = [kind for kind in _ICONS if kind is not LineKind.NO_RECORD]
    return LineList(shell, name, "姓名", "此人", usual)


def record_lines(shell: Shell, name: str) -> LineList:
    """The lines of a ledger."""
    usual = (LineKind.REFUSED, LineKind.INCOMPLETE, LineKind.ADDED, LineKind.UPDATED)
    return LineList(shell, name, "记录", "此条", usual)
