"""汇总报送: the summary of a month, quarter, half-year or year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.papers.printing import PERIOD, Wanted
from dangjian_desktop.services.summaries.summaries import SummarySheet
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.summaries.figures import FiguresView
from dangjian_desktop.ui.summaries.kept_words import KeptWords
from dangjian_desktop.ui.summaries.sent import SentView
from dangjian_desktop.ui.summaries.words import WordsForm


class SummariesPage(Page):
    """The user's words and the figures at the left, the paper at the right."""

    # Its own words are saved here and nowhere else: SUMMARIES would only echo.
    topics = frozenset({Topic.BRANCH, Topic.MEMBERS, Topic.MEETINGS, Topic.SETTINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted: Period | None = None
        theme = shell.theme
        self.state = label("", "soft")
        self.period = PeriodChooser(theme, self._today)
        self.words = WordsForm(theme)
        self.figures = FiguresView(desk, shell)
        self.sent = SentView(desk, shell, self._settle)
        self.tabs = QTabWidget()
        self.pane = PaperPane(shell, name="summary", settle=self._settle)
        self.papers = ChipRow(theme)
        self.kept = KeptWords(desk, shell, self.words, self)
        self.keeper, self.unkept = self.kept.keeper, self.kept.unkept
        self.to_paper = button("看预览", theme, icon="eye", name="summary.preview")
        self._compose()
        self._connect()
        self.words.setEnabled(False)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read words and figures again; what is being typed stays."""
        if self._wanted is None:
            self._shell.jobs.library(self._desk.summaries.newest, self._begin_newest)
        else:
            self._load()

    def focus_first(self) -> None:
        """Put the focus on the month, to be typed over."""
        if self.focusWidget() is None:
            self.period.month.setFocus()
            self.period.month.selectAll()
        else:
            super().focus_first()

    def focus_record(self, uid: str) -> None:
        """Show the period (``2026-11``) that another page asks for."""
        self._begin(Period.parse(uid))

    def back(self) -> bool:
        """From the paper to the form, from the records to the figures."""
        return self.split.back() or (self.tabs.currentIndex() == 1 and self.figures.back())

    def set_narrow(self, narrow: bool) -> None:
        """Form and paper one at a time."""
        self.split.set_narrow(narrow)
        self.to_paper.setVisible(narrow)

    def _today(self) -> date:
        return self._desk.today()

    def _compose(self) -> None:
        self.tabs.addTab(scrolling(self.words), "填写内容")
        self.tabs.addTab(self.figures, "数据与依据")
        self.tabs.addTab(self.sent, "报出")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        head = row_of(
            label("汇总报送", "title"),
            (self.state, 0, Qt.AlignmentFlag.AlignVCenter),
            ...,
            self.to_paper,
            gap=10,
        )
        left = QWidget()
        column_of(head, self.unkept, self.period, (self.tabs, 1), on=left, gap=10)
        right = QWidget()
        column_of(self.papers, (self.pane, 1), on=right)
        self.split = SplitPage(
            self._shell.theme, self._shell.settings, name="summaries", return_label="返回填写"
        )
        self.split.hold(left, right)
        column_of(self.split, on=self, gap=0)

    def _connect(self) -> None:
        self.period.changed.connect(self._on_period)
        self.words.changed.connect(self._on_typed)
        self.papers.chosen.connect(self._on_other)
        self.figures.opened.connect(self._shell.open)
        self.sent.sent.connect(self._load)
        self.sent.chosen.connect(self._on_other)
        self.tabs.currentChanged.connect(self._load)
        self.keeper.kept.connect(self._on_kept)
        self.unkept.given_up.connect(self._reread)
        self.unkept.brought_back.connect(self._reread)
        self.keeper.failed.connect(self._on_refused)
        self.to_paper.clicked.connect(self.split.show_detail)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.keeper.flush)

    def _begin_newest(self, newest: Period) -> None:
        """The month that was typed before the newest was known, else that."""
        month = self.period.month
        self._begin((month.month() if month.isModified() else None) or newest)

    def _begin(self, period: Period) -> None:
        self.period.show_period(period)
        self._on_period(period)

    @Slot(Period)
    def _on_period(self, period: Period) -> None:
        self.keeper.then(partial(self._to_period, period))

    def _to_period(self, period: Period) -> None:
        self.period.show_period(period)
        self._wanted = period
        found = self._desk.printing.papers(PERIOD)
        fitting = [(p.code, p.title) for p in found if period.length in p.lengths]
        self.papers.set_choices(fitting)
        self.papers.setVisible(len(fitting) > 1)
        self.words.setEnabled(False)
        self.state.setText("")
        self.figures.back()
        self._load()

    @Slot()
    def _load(self) -> None:
        if self._wanted is not None:
            self._shell.jobs.library(partial(self.kept.read, self._wanted), self._show)

    def _show(self, read: tuple[SummarySheet, Draft | None]) -> None:
        sheet, draft = read
        if sheet.period != self._wanted:
            return
        same = self.kept.show(sheet, draft)
        self.words.setEnabled(True)
        self.figures.show_sheet(sheet)
        self.sent.show_sheet(sheet)
        self._draw(keep_place=same)

    def _draw(self, *, keep_place: bool) -> None:
        if self.kept.sheet is None:
            return
        period, printing = self.kept.sheet.period, self._desk.printing
        wanted = Wanted(period=period)

        looked_at = self.sent.paper() if self.tabs.currentWidget() is self.sent else None
        paper = looked_at or Paper.of(
            printing, f"{period.label}汇总", self.papers.code(), wanted=wanted
        )
        self.pane.show_paper(paper, keep_place=keep_place)

    @Slot()
    def _on_other(self) -> None:
        self._draw(keep_place=False)

    @Slot()
    def _on_typed(self) -> None:
        self.state.setText("正在填写……")

    @Slot()
    def _reread(self) -> None:
        self.kept.sheet = None
        self._load()

    @Slot()
    def _on_kept(self) -> None:
        now = datetime.now().astimezone()
        self.state.setText(f"已保存 {now:%H:%M}")
        self._shell.set_saved(now)
        if self.kept.sheet is not None and self.kept.sheet.period == self._wanted:
            self._draw(keep_place=True)

    @Slot()
    def _on_refused(self) -> None:
        self.state.setText("没有保存成功，会自动再试")
        if self.kept.sheet is not None:
            self.period.show_period(self.kept.sheet.period)

    def _settle(self, then: Callable[[], None]) -> None:
        """Save what was typed last; the library's thread works in order."""
        self.keeper.flush()
        self._shell.jobs.library(_nothing, partial(self._settled, then))

    def _settled(self, then: Callable[[], None], _none: None) -> None:
        then()


def _nothing() -> None:
    """Comes to its turn once everything before it is saved."""
