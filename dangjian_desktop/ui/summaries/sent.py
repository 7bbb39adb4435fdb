"""报出: the versions that were sent, and what the records say otherwise since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format
from dangjian_desktop.services.summaries.sending import DAY, Difference, SentSummary
from dangjian_desktop.services.summaries.summaries import SummarySheet
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of, space
from dangjian_desktop.ui.paper.paper_pane import Paper, Then
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

NEVER = "还没有报出过。报出后，数据、文字和当天的 Word、PDF 原样留存，记录再改也不变。"


class SentView(QWidget):
    """``sent`` comes with a new version; ``chosen`` tells that another one is looked at.

    ``settle`` saves what was typed last before it goes on.
    """

    sent = Signal()
    chosen = Signal()

    def __init__(self, desk: Desk, shell: Shell, settle: Callable[[Then], None]) -> None:
        super().__init__()
        self._desk, self._shell, self._settle = desk, shell, settle
        self._sheet: SummarySheet | None = None
        self._versions: Mapping[str, SentSummary] = {}
        self._differences: Mapping[str, Difference] = {}
        self.form = Form(
            [Field(DAY, "报送日期", FieldType.DATE, required=True)],
            shell.theme,
            columns=1,
            today=desk.today,
        )
        self.send = button("报出", shell.theme, look="primary", name="summary.send")
        self.state = label("", "soft", wrap=True)
        self.versions = self._table(
            "sent_versions",
            "报出的版本",
            Column(code="title", title="报出的版本", text=lambda s: s.title, width=-1),
            Column(code="changed", title="此后", text=lambda s: s.changed, width=190),
        )
        self.versions.set_empty(NEVER)
        self.differences = self._table(
            "sent_differences",
            "与现在不同的数据",
            Column(code="label", title="与现在不同的数据", text=lambda d: d.label, width=-1),
            Column(code="sent", title="报出时", text=lambda d: d.sent, right=True, width=96),
            Column(code="now", title="现在", text=lambda d: d.now, right=True, width=96),
        )
        self.differences.set_empty("报出的数据与现在的记录一致。")
        self._compose()
        self.send.clicked.connect(self._ask)
        self.versions.chosen.connect(self._choose)

    @property
    def current(self) -> SentSummary | None:
        """The version that is looked at."""
        return self._versions.get(self.versions.current())

    def paper(self) -> Paper | None:
        """The paper of the version that is looked at, byte for byte as it was sent."""
        sent = self.current
        if sent is None:
            return None

        def write(folder: Path, form: Format) -> list[Path]:
            return self._desk.sending.write(sent, folder, (form,))

        return Paper(f"{sent.name}第{sent.version}版", lambda: sent.files[Format.PDF], write)

    def show_sheet(self, sheet: SummarySheet) -> None:
        """Show the versions of a period; a new one is looked at at once."""
        before, self._sheet = self._sheet, sheet
        self._versions = {str(sent.version): sent for sent in reversed(sheet.sent)}
        other = before is None or before.period != sheet.period
        ids = list(self._versions)
        quiet = self.versions.blockSignals(True)
        self.versions.show_ids(ids, rows=self._versions)
        if ids and (before is None or other or len(before.sent) != len(ids)):
            self.versions.select(ids[0])
        self.versions.blockSignals(quiet)
        if other:
            self.form.fill({DAY: self._desk.today().isoformat()})
        self._compare()

    def _table(
        self, name: str, title: str, *columns: Column[SentSummary] | Column[Difference]
    ) -> RecordTable:
        model: PagedModel[object] = PagedModel(columns, self._at_hand)  # type: ignore[arg-type]
        shell = self._shell
        return RecordTable(model, shell.theme, shell.settings, name=name, title=title)

    def _at_hand(self, ids: list[str]) -> Mapping[str, object]:
        known = {**self._versions, **self._differences}
        return {uid: known[uid] for uid in ids}

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        space(column, margins=(0, 8, 0, 0), gap=8)
        # Beside the first line of the field, whatever is said under it.
        beside = column_of(label(" ", "soft"), self.send, ..., gap=3)
        column.addLayout(row_of(self.form, beside, ...))
        column.addWidget(self.versions, 2)
        column.addWidget(self.state)
        column.addWidget(self.differences, 3)

    def _compare(self) -> None:
        sent = self.current
        found = sent.differences if sent else ()
        self._differences = {d.name: d for d in found}
        self.state.setText(f"{sent.title}；{sent.changed}。" if sent else "")
        self.differences.setVisible(sent is not None)
        self.differences.show_ids(list(self._differences), rows=self._differences)

    @Slot(str)
    def _choose(self, _version: str) -> None:
        self._compare()
        self.chosen.emit()

    @Slot()
    def _ask(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            self._settle(partial(self._send, date.fromisoformat(self.form.values()[DAY])))

    def _send(self, day: date) -> None:
        if self._sheet is None:
            return
        period = self._sheet.period
        self._shell.jobs.papers(
            lambda _progress: self._desk.sending.send(period, day),
            self._done,
            self._refused,
            title=f"正在报出{period.label}汇总",
        )

    def _done(self, done: tuple[SentSummary, list[Path]]) -> None:
        self._shell.toast(f"已报出：{done[0].title}")
        self.sent.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            self.form.point_out(error.fields)
        else:
            self._shell.messages.report(error)
