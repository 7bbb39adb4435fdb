"""出勤统计: who was due, there, on leave and absent in a period; printed, and for Excel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.summaries.by_person import PersonTurnout, Stood
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.meetings.attendance import COUNTS, AttendanceTable
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage, head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.exporting import save_sheet
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.tables import Column, PagedModel, in_order

TITLE = "出勤统计"
_NOBODY = "这个时期没有登记出席情况的会议，或没有符合条件的人员。"
_MOST = 12
_SITTINGS, _PAPER = "sittings", "paper"


def _number(state: str) -> Column[PersonTurnout]:
    return Column(
        code=state,
        title=state,
        text=lambda person: str(person.count(state)),
        right=True,
        width=64,
        key=lambda person: person.count(state),
    )


_PEOPLE: tuple[Column[PersonTurnout], ...] = (
    Column(
        code="name",
        title="姓名",
        text=lambda person: person.member.name,
        width=-1,
        key=lambda person: person.member.sort_key or None,
    ),
    Column(code="group", title="党小组", text=lambda person: person.group, width=110),
    Column(
        code="due",
        title="应到",
        text=lambda person: str(person.due),
        right=True,
        width=64,
        key=lambda person: person.due,
    ),
    Column(
        code="present",
        title="实到",
        text=lambda person: str(person.present),
        right=True,
        width=64,
        key=lambda person: person.present,
    ),
    *map(_number, COUNTS),
)
_STOOD: tuple[Column[Stood], ...] = (
    Column(code="day", title="日期", text=lambda stood: str(stood.meeting.date), width=96),
    Column(code="what", title="会议", text=lambda stood: stood.meeting.title, width=-1),
    Column(
        code="state",
        title="情况",
        text=lambda s: f"{s.state}（{s.reason}）" if s.reason else s.state,
        width=120,
    ),
)


class AttendancePage(Page):
    """Persons at the left, the sittings of the chosen one or the paper at the right; ``left`` asks
    to go back to the list."""

    left = Signal()
    topics = frozenset({Topic.MEETINGS, Topic.MEMBERS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._table: AttendanceTable | None = None
        theme = shell.theme
        self._back = button("返回列表", theme, icon="arrow-left", look="quiet", name="turnout.back")
        self._back.clicked.connect(self.left)
        self.year = guarded(QComboBox(), "turnout.year", "年份")
        self.span = guarded(QComboBox(), "turnout.span", "时期")
        self.least = guarded(QComboBox(), "turnout.least", "缺席几次以上")
        self.least.addItem("缺席次数不限", 0)
        for least in range(1, _MOST + 1):
            self.least.addItem(f"缺席 {least} 次以上", least)
        self.kinds = ChipRow(theme)
        self.excel = button("导出 Excel", theme, icon="file-spreadsheet", name="turnout.excel")
        self.excel.clicked.connect(self._choose)
        self.split = SplitPage(theme, shell.settings, name="turnout", share=52, parent=self)
        people: PagedModel[PersonTurnout] = PagedModel(_PEOPLE, lambda _ids: {}, parent=self)
        stood: PagedModel[Stood] = PagedModel(_STOOD, lambda _ids: {}, parent=self)
        kept = shell.settings
        self.people = RecordTable(
            people, theme, kept, name="turnout.people", title="人员", several=True
        )
        self.stood = RecordTable(stood, theme, kept, name="turnout.stood", title="各次情况")
        self.pane = PaperPane(shell, name="turnout")
        self.sides = ChipRow(theme, ((_SITTINGS, "各次情况"), (_PAPER, "打印")))
        self._compose()
        self._connect()

    def start(self, year: int = 0) -> None:
        """Show this year, else the newest that has sittings."""

        def ask() -> tuple[tuple[int, ...], Kinds]:
            return self._desk.meetings.years(), self._desk.meetings.kinds()

        self._shell.jobs.library(ask, partial(self._offer, year))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Count again."""
        if self._table is not None and topics & self.topics:
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)

    def back(self) -> bool:
        """From the sittings to the persons; false when there is no step back."""
        return bool(self.split.back())

    @property
    def period(self) -> Period:
        """The period that is asked for."""
        start, length = self.span.currentData()
        return Period(self.year.currentData(), start, length)

    def _offer(self, year: int, found: tuple[tuple[int, ...], Kinds]) -> None:
        years, kinds = found
        offered = years or (self._desk.today().year,)
        self.year.clear()
        for each in offered:
            self.year.addItem(f"{each}年", each)
        self.year.setCurrentIndex(max(self.year.findData(year), 0))
        self.kinds.set_choices((("", "全部"), *((kind.code, kind.short) for kind in kinds)))
        self._load()

    @Slot()
    def _load(self) -> None:
        if self.year.count():
            ask = partial(
                self._desk.attendance.by_person,
                self.period,
                self.kinds.code(),
                self.least.currentData(),
            )
            self._shell.jobs.library(ask, self._show, title="正在统计出勤")

    def _show(self, table: AttendanceTable) -> None:
        self._table = table
        due = sum(person.due for person in table.people)
        there = sum(person.present for person in table.people)
        foot = f"共 {len(table.people)} 人，应到 {due} 人次，实到 {there} 人次"
        rows = {person.member.id: person for person in table.people}
        self._list(rows, foot)
        self._draw()

    def _list(self, rows: dict[str, PersonTurnout], foot: str = "") -> None:
        code, down = self.people.headings.order
        column = next((c for c in _PEOPLE if c.code == code), None)
        ids = tuple(rows)
        if column is not None:
            ids = in_order(ids, rows, column, descending=down)
        keys = {uid: person.member.initials for uid, person in rows.items()}
        self.people.show_ids(ids, foot=foot or self.people.foot.text(), keys=keys, rows=rows)
        if not self.people.current() and ids:
            self.people.select(ids[0])
        self._show_stood()

    @Slot()
    def _sort(self) -> None:
        if self._table is not None:
            self._list({person.member.id: person for person in self._table.people})

    @Slot()
    def _show_stood(self) -> None:
        person = self.people.model.record(self.people.current())
        rows = {each.meeting.id: each for each in person.stood} if person else {}
        self.stood.show_ids(tuple(rows), rows=rows)
        self.stood.select(next(iter(rows), ""))

    @Slot()
    def _draw(self) -> None:
        paper = self.sides.code() == _PAPER
        self._sides.setCurrentIndex(1 if paper else 0)
        if paper and self._table is not None:
            made, table = self._desk.attendance, self._table
            self.pane.show_paper(
                Paper("出勤情况表", partial(made.preview, table), partial(made.export, table))
            )

    @Slot(str)
    def _open(self, meeting: str) -> None:
        self._shell.open("meetings", meeting)

    @Slot(str)
    def _turn(self, _person: str) -> None:
        self.split.show_detail()
        self.stood.focus_first()

    @Slot()
    def _choose(self) -> None:
        if self._table is not None:
            name = f"出勤情况（{self._table.about}）.xlsx"
            write = partial(self._desk.attendance.write_sheet, self._table, force=True)
            save_sheet(self._shell, self, "导出出勤情况", name, write)

    def _compose(self) -> None:
        for length, words in ((12, ""), (6, "半年"), (3, "季度"), (1, "月")):
            for start in range(1, 13, length):
                period = Period(2000, start, length)
                title = period.label.removeprefix("2000年") if words else "全年"
                self.span.addItem(title, (start, length))
        self.stood.set_empty("在左侧选择一人，这里显示其各次情况。")
        self.people.set_empty(_NOBODY)
        bar = head_of(self._back, TITLE, ..., self.year, self.span, self.least, self.excel)
        right = QWidget()
        self._sides = Stage()
        column_of(self.sides, (self._sides, 1), on=right)
        self._sides.addWidget(self.stood)
        self._sides.addWidget(self.pane)
        self.split.hold(self.people, right)
        column_of(bar, self.kinds, (self.split, 1), on=self, gap=10)

    def _connect(self) -> None:
        self.year.activated.connect(self._load)
        self.span.activated.connect(self._load)
        self.least.currentIndexChanged.connect(self._load)
        self.kinds.chosen.connect(self._load)
        self.sides.chosen.connect(self._draw)
        self.people.chosen.connect(self._show_stood)
        self.people.ordered.connect(self._sort)
        self.people.opened.connect(self._turn)
        self.people.previewed.connect(self._turn)
        self.stood.opened.connect(self._open)


class AttendanceDoor(QObject):
    """The button that leads to it from a page of records; the view is made when it is wanted."""

    def __init__(self, desk: Desk, shell: Shell, name: str) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._view: AttendancePage | None = None
        self.button = button(
            TITLE, shell.theme, icon="users", name=name, tip="谁应到、实到、请假、缺席各几次"
        )
        self.button.clicked.connect(self.open)

    def follow(self, page: RecordPage) -> None:
        """Open it over this page, and live as long as it does."""
        self.setParent(page)
        self._page = page

    @Slot()
    def open(self) -> None:
        """Show the year that the list shows."""
        if self._view is None:
            self._view = AttendancePage(self._desk, self._shell)
            self._view.left.connect(self._page.to_list)
        self._view.start(self._page.list.listing.shown.year or 0)
        self._page.views.show_view(self._view)
