"""对标自评: self-checks, read from a superior's table, printed, their gaps made problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.assessments.reading import TableReading
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.errors import DoubtedError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.assessments.card import AssessmentCard
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.shared_page import Rows, shared_page

CODE, TITLE = "self_check", "达标自评表"
_MOST_TOLD = 12
_PATTERNS = "表格 (*.xlsx *.xls *.xlsb *.ods *.csv)"
_COLUMNS: tuple[Column[Assessment], ...] = (
    Column(
        code="span",
        title="时段",
        text=lambda row: row.span.label if row.span else "",
        width=76,
        key=lambda row: row.period.last if row.period else None,
    ),
    Column(
        code="score",
        title="得分",
        text=lambda row: "" if row.scores is None else number_text(row.scores),
        right=True,
        width=56,
        key=lambda row: row.scores,
    ),
    Column(
        code="gaps",
        title="差距",
        text=lambda row: str(len(row.gaps) or ""),
        right=True,
        width=52,
        key=lambda row: len(row.gaps),
    ),
)


def assessments_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor and the paper of one."""
    return Assessments(desk, shell).page


class AssessmentPaper(Page):
    """The table with Word, PDF and print; ``left`` asks to go back to the list."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._uid = desk, ""
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="self_check.back")
        back.clicked.connect(lambda: self.left.emit(self._uid))
        self.pane = PaperPane(shell, name="self_check")
        column_of(head_of(back, TITLE, ...), (self.pane, 1), on=self, gap=10)

    def show_one(self, uid: str) -> None:
        """Draw the table of this one."""
        self._uid = uid
        self.pane.show_paper(Paper.of(self._desk.printing, TITLE, CODE, uid))


class Assessments(QObject):
    """What the page does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.bring = button(
            *("读入上级达标表", shell.theme),
            icon="upload",
            name="assessments.read",
            tip="从 Excel 读入项目、标准、底线/高线、分值、得分",
        )
        if desk.read_only:
            self.bring.hide()
        self.card = AssessmentCard(desk, shell.theme)
        self.page = shared_page(
            ASSESSMENT,
            desk,
            shell,
            extras=Extras(head=(self.bring,)),
            acts=self._acts(),
            begin=desk.assessments.begun,
            listed=Rows(desk.shared[ASSESSMENT.code].get, lambda row: row, {"title": _COLUMNS}),
            card=self.card.as_detail(),
            share=34,
        )
        self.setParent(self.page)
        self.bring.clicked.connect(self._choose)

    @cached_property
    def paper(self) -> AssessmentPaper:
        """The table of one; made when it is first wanted."""
        made = AssessmentPaper(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    def take(self, file: Path, *, accept: bool = False) -> None:
        """Read a table and show what it became; where something in it cannot be read, nothing is
        stored unless the user accepts it."""
        work = partial(self._desk.assessments.take, file, accept=accept)
        failed = partial(self._not_taken, file)
        self._shell.jobs.library(work, self._taken, failed, title="正在读入达标表")

    def _acts(self) -> tuple[Act, ...]:
        return (
            Act(code="paper", title="自评表", do=self._print, icon="printer"),
            Act(
                code="again",
                title="再次自评",
                do=lambda ids: self.page.start_new(ids[0]),
                icon="copy",
                tip="照这张表的项目和标准新做一次，不带完成情况和得分",
                fits=self._may,
            ),
            Act(
                code="finish",
                title="完成自评",
                do=self._finish,
                icon="check",
                tip="把来源数字定为现在的数，以后卡片和打印都用它",
                fits=lambda: self._may() and not self.card.finished,
            ),
            Act(
                code="reopen",
                title="重新打开",
                do=self._reopen,
                icon="undo-2",
                tip="可以再改，来源数字重新统计",
                fits=lambda: self._may() and self.card.finished,
            ),
            Act(
                code="problems",
                title="差距转为问题",
                do=self._to_problems,
                icon="plus",
                tip="每条差距登记为一个问题，在“问题与任务”里跟到销号",
                fits=lambda: self._may() and self.card.has_gaps,
            ),
        )

    def _may(self) -> bool:
        return not self._desk.read_only

    @Slot()
    def _choose(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self.page, "读入上级达标表", _PATTERNS, self.take, purpose="import")

    def _taken(self, read: tuple[Assessment, TableReading]) -> None:
        made, found = read
        self.page.focus_record(made.id)
        when = f"，时段为{made.period.label}，可在编辑中改" if made.period else ""
        words = f"已读入“{made.title}”：{len(made.criteria)}项{when}"
        if found.remarks:
            self._shell.messages.notice(f"{words}，有几处请核对。", "\n".join(found.remarks))
        else:
            self._shell.toast(words, partial(self._remove, made.id))

    def _not_taken(self, file: Path, error: Exception) -> None:
        if not isinstance(error, DoubtedError):
            self._shell.messages.report(error)
            return
        told = "\n".join(issue.message for issue in error.issues[:_MOST_TOLD])
        left = len(error.issues) - _MOST_TOLD
        told += f"\n……另有{left}处" if left > 0 else ""
        again = partial(self.take, file, accept=True)
        self._shell.messages.ask(error.message, f"{told}\n{error.remedy}", "照样读入", again)

    def _finish(self, ids: Sequence[str]) -> None:
        service = self._desk.assessments
        undo = partial(self._shell.jobs.library, partial(service.reopen, ids[0]))
        done = partial(self._say_finished, undo)
        self._shell.jobs.library(partial(service.finish, ids[0]), done)

    def _say_finished(self, undo: Callable[[], object], made: Assessment) -> None:
        self._shell.toast(f"已完成自评：{made.title}", undo)

    def _reopen(self, ids: Sequence[str]) -> None:
        work = partial(self._desk.assessments.reopen, ids[0])
        self._shell.jobs.library(work, lambda _made: self._shell.toast("已重新打开，可以编辑"))

    def _remove(self, uid: str) -> None:
        work = partial(self._desk.shared[ASSESSMENT.code].delete, uid, "撤销读入")
        self._shell.jobs.library(work)

    def _to_problems(self, ids: Sequence[str]) -> None:
        work = partial(self._desk.assessments.to_problems, ids[0])
        self._shell.jobs.library(work, self._made)

    def _made(self, made: tuple[Item, ...]) -> None:
        undo = partial(self._desk.assessments.take_back, made)
        words = f"已登记 {len(made)} 个问题"
        self._shell.toast(words, partial(self._shell.jobs.library, undo))

    def _print(self, ids: Sequence[str]) -> None:
        self.paper.show_one(ids[0])
        self.page.views.show_view(self.paper)
