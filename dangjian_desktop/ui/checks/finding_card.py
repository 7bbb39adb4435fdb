"""The card of one finding: what was found, the rule's text with its article, the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.exporting import verdict_words, when_words
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.summaries.summaries import RecordLine
from dangjian_desktop.ui.checks.leading import Lead, leads
from dangjian_desktop.ui.checks.listing import CheckLine
from dangjian_desktop.ui.checks.verdict_line import places_of
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.subject import Heading
from dangjian_desktop.ui.records.tables import Column, PagedModel

HINT = "选择一条检查结果，这里显示依据的条文和有关记录。"
NO_RECORDS = "没有有关的记录。"
_LOOKS = {"violation": "bad", "unknown": "warn", "notice": "warn", "ok": "good"}


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """What the card shows: the finding, its rule, where it is settled, the records that it tells
    of, names by id."""

    line: CheckLine
    rule: RuleText
    lead: Lead
    records: tuple[RecordLine, ...]
    names: Mapping[str, str]


def load_sheet(desk: Desk, line: CheckLine | None) -> FindingSheet | None:
    """Reads it in the library's thread; nothing where the finding is gone."""
    if line is None:
        return None
    finding = line.finding
    people = desk.roster.get([uid for cause in finding.causes for uid in cause.people])
    return FindingSheet(
        line,
        desk.check.rules()[finding.rule],
        leads(desk, [finding])[0],
        desk.summaries.records(finding.records),
        {uid: member.name for uid, member in people.items()},
    )


class FindingCard(QWidget):
    """``asked`` brings place and id of a record that is to be opened."""

    asked = Signal(str, str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._theme = shell.theme
        self._lines: Mapping[str, RecordLine] = {}
        self.words = label("", wrap=True, name="checks.words")
        self.reason = label("", "soft", wrap=True, name="checks.reason")
        self.basis = label("", "soft", wrap=True, name="checks.basis")
        self.article = label("", wrap=True, name="checks.article")
        for each in (self.words, self.reason, self.basis, self.article):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._settle = FlowLayout(gap=6)
        self._ways: list[tuple[str, str, str]] = []
        self.records = self._table(shell)
        self.records.opened.connect(self._open)
        self.records.view.clicked.connect(self._on_clicked)
        column_of(
            *(self.words, self.reason, self._settle, self.basis, self.article),
            (self.records, 1),
            on=self,
        )

    def show_sheet(self, sheet: FindingSheet) -> Heading:
        """Show this, and say the head of the card."""
        finding, rule = sheet.line.finding, sheet.rule
        self.words.setText(finding.message)
        self.reason.setText(f"情况说明：{finding.waiver}")
        self.reason.setVisible(finding.waiver is not None)
        self.basis.setText(f"依据：{finding.basis or '支部自行规定'}")
        self.article.setText(rule.text)
        self._show_places(sheet)
        self._show_records(sheet.records)
        state = f"{finding.verdict.sign} {verdict_words(finding)}"
        look = "soft" if finding.waiver is not None else _LOOKS[finding.verdict]
        return Heading(rule.title, when_words(finding), state, look)

    def _show_places(self, sheet: FindingSheet) -> None:
        """A button for each place in which something open is settled; the same stay the same."""
        finding, lead, ways = sheet.line.finding, sheet.lead, []
        for (subject, target), words in places_of(finding, sheet.names).items():
            of_members = subject == "member"
            ways.append((words, *(("roster", target) if of_members else (lead.place, lead.uid))))
        if finding.owed is not None and not finding.causes:
            words = f"{lead.verb}{finding.subject.partition(' ')[2]}"
            ways.append((words, lead.place, lead.uid))
        if ways != self._ways:
            self._ways = ways
            empty(self._settle)
            for way in ways:
                self._offer(*way)

    def _offer(self, words: str, place: str, uid: str) -> None:
        link = button(words, self._theme, look="chip", name="settle")
        link.clicked.connect(partial(self.asked.emit, place, uid))
        self._settle.addWidget(link)

    def _show_records(self, lines: Sequence[RecordLine]) -> None:
        self._lines = {line.uid: line for line in lines}
        foot = f"有关记录 {len(lines)} 条，按 Enter 或单击打开" if lines else ""
        self.records.show_ids(tuple(self._lines), foot=foot, rows=self._lines)

    def _table(self, shell: Shell) -> RecordTable:
        columns: tuple[Column[RecordLine], ...] = (
            Column(code="day", title="日期", text=lambda line: line.day, width=96),
            Column(code="title", title="有关记录", text=lambda line: line.title, width=-1),
        )
        model = PagedModel(columns, lambda ids: {uid: self._lines[uid] for uid in ids})
        table = RecordTable(
            model, shell.theme, shell.settings, name="checks.records", title="有关记录", parent=self
        )
        table.set_empty(NO_RECORDS)
        return table

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self.records.model.id_at(index.row()))

    @Slot(str)
    def _open(self, uid: str) -> None:
        if (line := self._lines.get(uid)) is not None:
            self.asked.emit(line.place, line.target)
