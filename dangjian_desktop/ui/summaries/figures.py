"""Every number of a summary, and behind each the records that it was counted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.summaries.figure import Figure, Over
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.summaries.summaries import (
    LEDGERS,
    MEETINGS,
    MEMBERS,
    PROJECTS,
    RecordLine,
    SummarySheet,
)
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.widgets import button, column_of, label, space
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

PLACES = {MEETINGS: "meetings", MEMBERS: "roster", PROJECTS: "projects", LEDGERS: "ledgers"}
NO_RECORDS = "没有可列出的记录。"


class FiguresView(QWidget):
    """The table of figures, and in its place the records behind one of them.

    ``opened`` brings place and id of a record that the user wants to see.
    """

    opened = Signal(str, str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._figures: Mapping[str, Figure] = {}
        self._labels: Mapping[str, str] = {}
        self._sent: Mapping[str, str] = {}
        self._heads: Mapping[str, str] = {}
        self._lines: Mapping[str, RecordLine] = {}
        self._asked = ""
        self.table = self._make_table()
        self.behind = button("查看记录", shell.theme, icon="clipboard-list", name="figures.records")
        self.behind.clicked.connect(self._on_behind)
        self.title = label("", "heading", wrap=True)
        self.records = self._make_records()
        self._stack = Stage(self)
        self._stack.addWidget(self._first())
        self._stack.addWidget(self._second())
        self.table.opened.connect(self.show_records)
        self.table.chosen.connect(self._offer)
        self.records.opened.connect(self._open)
        self.records.view.clicked.connect(self._on_clicked)

    def show_sheet(self, sheet: SummarySheet) -> None:
        """Show the figures of a period; records that are shown are read again."""
        self._figures = sheet.figures
        self._labels = {
            name: (sheet.said.this if found.over is Over.PERIOD else "") + found.label
            for name, found in sheet.figures.items()
        }
        self._sent = {d.name: d.sent for d in sheet.sent[-1].differences} if sheet.sent else {}
        names = sorted(sheet.figures, key=lambda name: sheet.figures[name].place)
        groups = [sheet.figures[name].group.label for name in names]
        first = zip(names, groups, ["", *groups], strict=False)
        self._heads = {name: group for name, group, before in first if group != before}
        rows = {name: name for name in names}
        self.table.show_ids(names, foot=f"共 {len(names)} 项", rows=rows)
        if not self.table.current() and names:
            self.table.select(names[0])
        self._offer(self.table.current())
        if self._stack.currentIndex() == 1:
            self.show_records(self._asked)

    @Slot(str)
    def show_records(self, name: str) -> None:
        """List the records behind a figure."""
        figure = self._figures.get(name)
        if figure is None or not figure.records:
            self.back()
            return
        self._asked = name
        arrived = partial(self._arrived, name)
        self._shell.jobs.library(partial(self._desk.summaries.records, figure.records), arrived)

    def back(self) -> bool:
        """From the records to the figures; false when they are not shown."""
        if self._stack.currentIndex() == 0:
            return False
        self._stack.setCurrentIndex(0)
        self.table.view.setFocus()
        return True

    def _arrived(self, name: str, lines: Sequence[RecordLine]) -> None:
        if name != self._asked or name not in self._figures:
            return
        self._lines = {line.uid: line for line in lines}
        self.title.setText(f"{self._labels[name]}　{self._figures[name].text}")
        self.records.show_ids(
            [line.uid for line in lines], foot=f"共 {len(lines)} 条记录", rows=self._lines
        )
        self._stack.setCurrentIndex(1)
        if lines:
            self.records.select(lines[0].uid)
        self.records.view.setFocus()

    def _make_table(self) -> RecordTable:
        columns: tuple[Column[str], ...] = (
            Column(code="group", title="类别", text=lambda n: self._heads.get(n, ""), width=84),
            Column(code="item", title="项目", text=lambda n: self._labels[n], width=-1),
            Column(
                code="value",
                title="数值",
                text=lambda n: str(self._figures[n].value),
                right=True,
                width=110,
            ),
            Column(
                code="sent",
                title="报出时",
                text=lambda n: self._sent.get(n, ""),
                right=True,
                width=96,
            ),
            Column(code="unit", title="单位", text=lambda n: self._figures[n].unit, width=96),
            Column(code="basis", title="依据", text=self._basis, right=True, width=84),
        )
        model = PagedModel(columns, lambda names: {name: name for name in names})
        return RecordTable(
            model, self._shell.theme, self._shell.settings, name="figures", title="数据"
        )

    def _make_records(self) -> RecordTable:
        columns: tuple[Column[RecordLine], ...] = (
            Column(code="day", title="日期", text=_day, width=140),
            Column(code="title", title="名称", text=lambda line: line.title, width=-1),
        )
        model = PagedModel(columns, lambda ids: {uid: self._lines[uid] for uid in ids})
        table = RecordTable(
            model,
            self._shell.theme,
            self._shell.settings,
            name="figure_records",
            title="计入的记录",
        )
        table.set_empty(NO_RECORDS)
        return table

    def _basis(self, name: str) -> str:
        count = len(self._figures[name].records)
        return f"{count} 条" if count else "—"

    def _first(self) -> QWidget:
        page = QWidget()
        column = column_of((self.table, 1), on=page, margins=(0, 8, 0, 0))
        line = QHBoxLayout()
        line.addWidget(label("按 Enter 或双击数字，可查看它由哪些记录得出。", "soft", wrap=True), 1)
        line.addWidget(self.behind)
        column.addLayout(line)
        return page

    def _second(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        space(column, margins=(0, 8, 0, 0), gap=8)
        back = button(
            "返回数据", self._shell.theme, icon="arrow-left", look="quiet", name="figures.back"
        )
        back.clicked.connect(self.back)
        line = QHBoxLayout()
        line.addWidget(back)
        line.addWidget(self.title, 1)
        column.addLayout(line)
        column.addWidget(self.records, 1)
        return page

    @Slot(str)
    def _offer(self, name: str) -> None:
        figure = self._figures.get(name)
        self.behind.setEnabled(figure is not None and bool(figure.records))

    @Slot()
    def _on_behind(self) -> None:
        self.show_records(self.table.current())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self.records.model.id_at(index.row()))

    @Slot(str)
    def _open(self, uid: str) -> None:
        line = self._lines.get(uid)
        if line is not None:
            self.opened.emit(PLACES[line.place], line.target)


def _day(line: RecordLine) -> str:
    behind = {MEMBERS: " 入党", PROJECTS: " 起"}
    return (line.day or "待明确") + behind.get(line.place, "")
