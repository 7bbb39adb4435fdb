"""The card at the right of the list: what a superior asks first, then the page as it prints."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.items.making import to_register
from dangjian_desktop.services.papers.printing import Layout, Paper, Wanted
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.checks.waiving import keep_reason, waive
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.meetings.files import KeptFiles
from dangjian_desktop.ui.meetings.listing import MeetingSheet, load_detail
from dangjian_desktop.ui.paper.paper_acts import Chosen, PaperActs
from dangjian_desktop.ui.paper.preview import Preview
from dangjian_desktop.ui.records.subject import Detail, Heading

LAYOUTS = ((Layout.OFFICIAL.value, "公文版式"), (Layout.FORM.value, "表格版式"))
_MINUTES = ((Layout.OFFICIAL.value, "会议记录（公文）"), (Layout.FORM.value, "会议记录（表格）"))
NOTHING = "在左侧选择一次会议，这里显示检查结果和打印预览。"


class MeetingDetail(QWidget):
    """What the rules say of one meeting over the page as it prints."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.uid = ""
        self._meeting: Meeting | None = None
        self.verdicts = Verdicts(shell.theme)
        self.verdicts.waived.connect(partial(waive, desk, shell))
        keep_reason(desk, shell, self.verdicts.reason)
        self.verdicts.place_asked.connect(self._settle)
        self.place = ""
        self._fitting = once(self, 0, self._fit_verdicts)
        self.verdicts.grown.connect(self._fitting.start)
        self.layouts = ChipRow(shell.theme)
        self.layouts.chosen.connect(self._show_paper)
        self._papers = desk.printing.papers("meeting")
        self._titles = {paper.code: paper.title for paper in self._papers}
        self._offer_papers()
        self.preview = Preview(shell.theme)
        self.files = KeptFiles(desk, shell)
        self.papers = PaperActs(desk, shell, self, lambda: (self._chosen(),))
        self._compose()

    @property
    def decides(self) -> bool:
        """Whether something was agreed or found in the meeting that is shown."""
        return self._meeting is not None and to_register(self._meeting)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        return Detail(
            body=self,
            load=partial(load_detail, self._desk),
            show=self._show,
            hint=NOTHING,
            acts=self.papers.acts(),
            focus=self.preview.setFocus,
        )

    def _chosen(self) -> Chosen:
        """The paper that is shown, and that is handed out."""
        code, _, layout = self.layouts.code().partition(":")
        wanted = Wanted(layout=Layout(layout)) if layout else Wanted()
        return Chosen(code, self._titles[code], wanted)

    def _offer_papers(self) -> None:
        """The minutes in each layout, then what else is printed of the meeting that is shown."""
        minutes, *others = self._papers
        shown = [(f"{minutes.code}:{layout}", words) for layout, words in _MINUTES]
        shown += [(paper.code, paper.title) for paper in others if self._suits(paper)]
        self.layouts.set_choices(shown)

    def _suits(self, paper: Paper) -> bool:
        return not paper.part or getattr(self._meeting, paper.part, None) is not None

    def _compose(self) -> None:
        self.setProperty("look", "clear")
        inside = QWidget()
        column_of(self.verdicts, ..., on=inside, gap=6)
        holder = scrolling(inside)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._verdict_area = holder
        column_of(holder, self.files, self.layouts, (self.preview, 1), on=self)

    def _show(self, sheet: MeetingSheet) -> Heading:
        self._meeting = sheet.meeting
        self.uid = sheet.meeting.id
        self.verdicts.show_findings(sheet.findings, sheet.rules, names=sheet.names)
        self._fitting.start()
        self.files.show_files(sheet.meeting.files)
        self._offer_papers()
        self._show_paper()
        return Heading(sheet.meeting.title, sheet.line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fitting.start()

    @Slot()
    def _show_paper(self) -> None:
        if self.uid:
            work = partial(self._draw, self.uid, self._chosen())
            self._shell.jobs.papers(work, self._show_pdf, title="正在生成预览")

    def _draw(self, uid: str, paper: Chosen, _progress: Progress) -> tuple[str, Chosen, bytes]:
        return uid, paper, self._desk.printing.preview(paper.code, uid, paper.wanted)

    def _show_pdf(self, made: tuple[str, Chosen, bytes]) -> None:
        uid, paper, pdf = made
        if (uid, paper) == (self.uid, self._chosen()):
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

    @Slot(str, str)
    def _settle(self, subject: str, target: str) -> None:
        """Go to the member, or into the editor, which finds the field at ``place``."""
        if subject == "member":
            self._shell.open("roster", target)
        else:
            self.place = target
            self._shell.open("meetings", f"edit/{self.uid}")

    def take_place(self) -> str:
        """The field that the editor is opened for; asked for once."""
        place, self.place = self.place, ""
        return place
