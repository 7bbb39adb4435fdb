"""The card at the right of the list: what a superior asks first, then the page as it prints."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format, Layout, Wanted
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, frame, label, space
from dangjian_desktop.ui.meetings.listing import Detail, load_detail
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.paper.preview import Preview
from dangjian_desktop.ui.records.meeting_verdicts import MeetingVerdicts

PAUSE = 120
LAYOUTS = ((Layout.OFFICIAL.value, "公文版式"), (Layout.FORM.value, "表格版式"))
NOTHING = "在左侧选择一次会议，这里显示检查结果和打印预览。"


class MeetingDetail(QWidget):
    """Shows one meeting by id; ``edit_asked`` wants it in the editor."""

    edit_asked = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self.uid = ""
        self._known: tuple[Finding, ...] | None = None
        self.title = label("", "heading", wrap=True)
        self.line = label("", "soft", wrap=True)
        self.verdicts = MeetingVerdicts(shell.theme)
        self.verdicts.waived.connect(self._waive)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit_verdicts)
        self.verdicts.grown.connect(self._fitting.start)
        self.layouts = ChipRow(shell.theme, LAYOUTS)
        self.layouts.chosen.connect(self._show_paper)
        self.preview = Preview(shell.theme)
        self.printer = PaperPrinter(shell.messages.report, self)
        self.printer.finished.connect(self._note_print)
        self._make_buttons()
        self._compose()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(PAUSE)
        self._asking.timeout.connect(self._ask)
        self.show_meeting("")

    @property
    def layout_chosen(self) -> Layout:
        """The layout that is shown and exported."""
        return Layout(self.layouts.code())

    def show_meeting(self, uid: str) -> None:
        """Show this meeting once the cursor rests; an empty id shows what the card is for."""
        self.uid = uid
        for one in self._buttons:
            one.setEnabled(bool(uid))
        self._card.setVisible(bool(uid))
        self._hint.setVisible(not uid)
        if uid:
            self._asking.start()

    def forget(self) -> None:
        """Something was changed: what the rules found has to be asked again."""
        self._known = None

    def _make_buttons(self) -> None:
        theme = self._shell.theme
        self.edit = button("编辑", theme, icon="pencil", name="meeting.edit")
        self.word = button("Word", theme, name="meeting.word", tip="导出会议记录（Word 文件）")
        self.pdf = button("PDF", theme, name="meeting.pdf", tip="导出会议记录（PDF 文件）")
        self.paper = button("打印", theme, icon="printer", name="meeting.print")
        self.signin = button("签到表", theme, name="meeting.signin", tip="导出签到表")
        self.edit.clicked.connect(self._on_edit)
        self.word.clicked.connect(partial(self._export, Format.DOCX))
        self.pdf.clicked.connect(partial(self._export, Format.PDF))
        self.paper.clicked.connect(self._print)
        self.signin.clicked.connect(self._export_signin)
        self._buttons = (self.edit, self.word, self.pdf, self.paper, self.signin)

    def _compose(self) -> None:
        tools = QHBoxLayout()
        space(tools, margins=(0, 0, 0, 0), gap=8)
        tools.addWidget(self.edit)
        tools.addStretch()
        for one in self._buttons[1:]:
            tools.addWidget(one)
        holder = QScrollArea()
        holder.setWidgetResizable(True)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("look", "clear")
        column = QVBoxLayout(inside)
        space(column, margins=(0, 0, 0, 0), gap=6)
        column.addWidget(self.verdicts)
        column.addStretch()
        holder.setWidget(inside)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._verdict_area = holder
        self._card = frame("card")
        body = QVBoxLayout(self._card)
        space(body, margins=(16, 12, 16, 12), gap=8)
        body.addWidget(self.title)
        body.addWidget(self.line)
        body.addLayout(tools)
        body.addWidget(holder)
        body.addWidget(self.layouts)
        body.addWidget(self.preview, 1)
        self._hint = label(NOTHING, "soft", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=0)
        layout.addWidget(self._card, 1)
        layout.addWidget(self._hint, 1)

    @Slot()
    def _ask(self) -> None:
        if self.uid:
            work = partial(load_detail, self._desk, self.uid, self._known)
            self._shell.jobs.library(work, self._show)
            self._show_paper()

    def _show(self, detail: Detail | None) -> None:
        if detail is None or detail.meeting.id != self.uid:
            return
        self._known = detail.all_findings
        self.title.setText(detail.meeting.title)
        self.line.setText(detail.line)
        self.verdicts.show_findings(detail.findings, detail.rules)
        self._fitting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fitting.start()

    @Slot()
    def _show_paper(self) -> None:
        if self.uid:
            work = partial(self._preview, self.uid, self.layout_chosen)
            self._shell.jobs.papers(work, self._show_pdf, title="正在生成预览")

    def _preview(self, uid: str, layout: Layout, _progress: Progress) -> tuple[str, Layout, bytes]:
        return uid, layout, self._desk.printing.preview("minutes", uid, Wanted(layout=layout))

    def _show_pdf(self, made: tuple[str, Layout, bytes]) -> None:
        uid, layout, pdf = made
        if (uid, layout) == (self.uid, self.layout_chosen):
            self.preview.show_pdf(pdf)

    @Slot()
    def _fit_verdicts(self) -> None:
        # The page below must stay readable: the verdicts take at most two fifths and scroll.
        width = max(self._verdict_area.viewport().width(), 200)
        layout = self._verdict_area.widget().layout()
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else 0
        wanted = max(wanted, layout.minimumSize().height()) if self.verdicts.lines else 0
        self._verdict_area.setFixedHeight(min(wanted, int(self.height() * 0.4)))
        self._verdict_area.setVisible(bool(self.verdicts.lines))

    @Slot()
    def _on_edit(self) -> None:
        if self.uid:
            self.edit_asked.emit(self.uid)

    def _export(self, form: Format) -> None:
        write = partial(self._export_to, self.uid, form)
        self._shell.choosers.folder(self, "导出到哪个文件夹", write, purpose="export")

    def _export_to(self, uid: str, form: Format, folder: Path) -> None:
        layout, printing = self.layout_chosen, self._desk.printing

        def work(_progress: Progress) -> list[Path]:
            return printing.export("minutes", folder, uid, Wanted(layout=layout), (form,))

        self._shell.jobs.papers(work, self._exported, title="正在导出会议记录")

    @Slot()
    def _export_signin(self) -> None:
        write = partial(self._signin_to, self.uid)
        self._shell.choosers.folder(self, "导出到哪个文件夹", write, purpose="export")

    def _signin_to(self, uid: str, folder: Path) -> None:
        printing = self._desk.printing

        def work(_progress: Progress) -> list[Path]:
            return printing.export("signin", folder, uid)

        self._shell.jobs.papers(work, self._exported, title="正在导出签到表")

    def _exported(self, files: list[Path]) -> None:
        names = "、".join(file.name for file in files)
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(files[0].parent)))
        self._shell.toast(f"已导出：{names}", show, label="打开文件夹")

    @Slot()
    def _print(self) -> None:
        if self.preview.pdf:
            self.printer.ask(self.preview.pdf, self.title.text())

    @Slot()
    def _note_print(self) -> None:
        self._shell.jobs.library(partial(self._desk.printing.note_print, "minutes", self.uid))

    @Slot(object, str)
    def _waive(self, finding: Finding, reason: str) -> None:
        check, library = self._desk.check, self._shell.jobs.library
        undo = partial(library, partial(check.waive, finding, ""))
        said = partial(self._shell.toast, "已保存情况说明", undo)
        library(partial(check.waive, finding, reason), lambda _none: said())
