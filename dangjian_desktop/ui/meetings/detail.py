"""The card at the right of the list: what a superior asks first, then the page as it prints."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format, Layout, Paper, Wanted
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.checks.waiving import keep_reason, waive
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.meetings.listing import MeetingSheet, load_detail
from dangjian_desktop.ui.paper.exporting import Write, export_each
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.paper.preview import Preview
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.subject import Detail, Heading

LAYOUTS = ((Layout.OFFICIAL.value, "公文版式"), (Layout.FORM.value, "表格版式"))
NOTHING = "在左侧选择一次会议，这里显示检查结果和打印预览。"


class MeetingDetail(QWidget):
    """What the rules say of one meeting over the page as it prints."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._uid, self._title = "", ""
        self._meeting: Meeting | None = None
        self.verdicts = Verdicts(shell.theme)
        self.verdicts.waived.connect(partial(waive, desk, shell))
        keep_reason(desk, shell, self.verdicts.reason)
        self.verdicts.place_asked.connect(self._settle)
        self.place = ""
        self._fitting = once(self, 0, self._fit_verdicts)
        self.verdicts.grown.connect(self._fitting.start)
        self.layouts = ChipRow(shell.theme, LAYOUTS)
        self.layouts.chosen.connect(self._show_paper)
        self.preview = Preview(shell.theme)
        self.printer = PaperPrinter(shell.messages.report, self)
        self.printer.finished.connect(self._note_print)
        self._compose()

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        return Detail(
            body=self,
            load=partial(load_detail, self._desk),
            show=self._show,
            hint=NOTHING,
            acts=self._acts(),
            focus=self.preview.setFocus,
        )

    @property
    def layout_chosen(self) -> Layout:
        """The layout that is shown and exported."""
        return Layout(self.layouts.code())

    def _acts(self) -> tuple[Act, ...]:
        return (
            Act(
                code="word",
                title="Word",
                do=partial(self._export, Format.DOCX),
                tip="导出会议记录（Word 文件）",
                several=True,
            ),
            Act(
                code="pdf",
                title="PDF",
                do=partial(self._export, Format.PDF),
                tip="导出会议记录（PDF 文件）",
                several=True,
            ),
            Act(code="print", title="打印", do=self._print, key="Ctrl+P"),
            *(self._act_of(paper) for paper in self._desk.printing.papers("meeting")[1:]),
        )

    def _act_of(self, paper: Paper) -> Act:
        """The papers beside the minutes are exported as they are."""
        return Act(
            code=paper.code,
            title=paper.title,
            do=partial(self._export_paper, paper),
            tip=f"导出{paper.title}",
            several=not paper.part,
            fits=partial(self._suits, paper),
        )

    def _suits(self, paper: Paper) -> bool:
        """Whether the meeting that is shown has the part that the paper is about."""
        return not paper.part or getattr(self._meeting, paper.part, None) is not None

    def _compose(self) -> None:
        self.setProperty("look", "clear")
        holder = QScrollArea()
        holder.setWidgetResizable(True)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("look", "clear")
        column_of(self.verdicts, ..., on=inside, gap=6)
        holder.setWidget(inside)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._verdict_area = holder
        column_of(holder, self.layouts, (self.preview, 1), on=self)

    def _show(self, sheet: MeetingSheet) -> Heading:
        self._meeting = sheet.meeting
        self._uid, self._title = sheet.meeting.id, sheet.meeting.title
        self.verdicts.show_findings(sheet.findings, sheet.rules, names=sheet.names)
        self._fitting.start()
        self._show_paper()
        return Heading(self._title, sheet.line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fitting.start()

    @Slot()
    def _show_paper(self) -> None:
        if self._uid:
            work = partial(self._draw, self._uid, self.layout_chosen)
            self._shell.jobs.papers(work, self._show_pdf, title="正在生成预览")

    def _draw(self, uid: str, layout: Layout, _progress: Progress) -> tuple[str, Layout, bytes]:
        return uid, layout, self._desk.printing.preview("minutes", uid, Wanted(layout=layout))

    def _show_pdf(self, made: tuple[str, Layout, bytes]) -> None:
        uid, layout, pdf = made
        if (uid, layout) == (self._uid, self.layout_chosen):
            self.preview.show_pdf(pdf)

    @Slot()
    def _fit_verdicts(self) -> None:
        # The page below must stay readable: the verdicts take at most two fifths and scroll.
        width = max(self._verdict_area.viewport().width(), 200)
        layout = self._verdict_area.widget().layout()
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else 0
        wanted = max(wanted, layout.minimumSize().height()) if self.verdicts.lines else 0
        self._verdict_area.setFixedHeight(min(wanted, int(self.height() * 0.42)))
        self._verdict_area.setVisible(bool(self.verdicts.lines))

    def _export(self, form: Format, ids: Sequence[str]) -> None:
        layout, printing = self.layout_chosen, self._desk.printing

        def write(uid: str, folder: Path) -> list[Path]:
            return printing.export("minutes", folder, uid, Wanted(layout=layout), (form,))

        self._write(ids, write, "正在导出会议记录")

    def _export_paper(self, paper: Paper, ids: Sequence[str]) -> None:
        printing = self._desk.printing

        def write(uid: str, folder: Path) -> list[Path]:
            return printing.export(paper.code, folder, uid)

        self._write(ids, write, f"正在导出{paper.title}")

    def _write(self, ids: Sequence[str], write: Write, title: str) -> None:
        export_each(self._shell, self, ids, write, title=title)

    def _print(self, _ids: Sequence[str]) -> None:
        if self.preview.pdf:
            self.printer.ask(self.preview.pdf, self._title)

    @Slot()
    def _note_print(self) -> None:
        self._shell.jobs.library(partial(self._desk.printing.note_print, "minutes", self._uid))

    @Slot(str, str)
    def _settle(self, subject: str, target: str) -> None:
        """Go to the member, or into the editor, which finds the field at ``place``."""
        if subject == "member":
            self._shell.open("roster", target)
        else:
            self.place = target
            self._shell.open("meetings", f"edit/{self._uid}")

    def take_place(self) -> str:
        """The field that the editor is opened for; asked for once."""
        place, self.place = self.place, ""
        return place
