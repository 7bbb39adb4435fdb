"""The minutes as they would print, beside the form; follows the typing at a distance."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Layout, Wanted
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import frame, space
from dangjian_desktop.ui.paper.preview import Preview

PAUSE = 800
LAYOUTS = ((Layout.OFFICIAL.value, "公文版式"), (Layout.FORM.value, "表格版式"))


class UnsavedPaper(QWidget):
    """Shows the PDF of a meeting that is not saved yet; does nothing while hidden."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._meeting: Meeting | None = None
        self._shown: tuple[Meeting, Layout] | None = None
        self._working = False
        self.layouts = ChipRow(shell.theme, LAYOUTS)
        self.layouts.chosen.connect(self._draw)
        self.preview = Preview(shell.theme)
        card = frame("card")
        inside = QVBoxLayout(card)
        space(inside, margins=(12, 10, 12, 12), gap=8)
        inside.addWidget(self.layouts)
        inside.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=0)
        column.addWidget(card)
        self.setMinimumWidth(shell.theme.px(300))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._draw)

    def follow(self, meeting: Meeting | None) -> None:
        """Show this soon; a form without a readable date leaves the last page."""
        self._meeting = meeting
        if self.isVisible():
            self._soon.start(0 if self._shown is None else PAUSE)

    @Slot()
    def _draw(self) -> None:
        if self._meeting is None or self._working or self.isHidden():
            return
        wanted = (self._meeting, Layout(self.layouts.code()))
        if wanted == self._shown:
            return
        self._working = True
        work = partial(self._make, wanted)
        self._shell.jobs.papers(
            work, partial(self._made, wanted), self._failed, title="正在生成预览"
        )

    def _make(self, wanted: tuple[Meeting, Layout], _progress: Progress) -> bytes:
        meeting, layout = wanted
        return self._desk.printing.preview_of("minutes", meeting, Wanted(layout=layout))

    def _made(self, wanted: tuple[Meeting, Layout], pdf: bytes) -> None:
        self._working = False
        self._shown = wanted
        self.preview.show_pdf(pdf, keep_place=True)
        self._soon.start()

    def _failed(self, error: Exception) -> None:
        self._working = False
        self._shell.messages.report(error)
