"""The page 党员: the roster of a day, a member's card, editor, import, print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.listing import UNDECIDED
from dangjian_desktop.ui.attendance_page import AttendanceDoor
from dangjian_desktop.ui.desk.drops import TABLES, Drops
from dangjian_desktop.ui.desk.keeper import Go
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import DateField
from dangjian_desktop.ui.look.widgets import button, label
from dangjian_desktop.ui.members.card import MemberCard
from dangjian_desktop.ui.members.deciding import DecideBar
from dangjian_desktop.ui.members.editor import member_editor
from dangjian_desktop.ui.members.gathering import FORM, load_listing, load_sheet
from dangjian_desktop.ui.members.importing import ImportSteps
from dangjian_desktop.ui.members.paper import RosterPaper
from dangjian_desktop.ui.members.rows import COLUMNS
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.paper.samples import SAMPLE, hand_out
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Detail, Extras, Subject

DAY_WIDTH = 132


def roster_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card; editor, import and print over the full width."""
    tools = RosterTools(desk, shell)
    card = MemberCard(shell.theme, read_only=bool(desk.read_only))
    card.asked.connect(shell.open)

    def leave(go: Go) -> None:
        card.cover()
        go()

    subject = Subject(
        place="roster",
        form=FORM,
        title="党员",
        noun="党员",
        new="新增党员",
        new_icon="user-plus",
        columns=COLUMNS,
        load=partial(load_listing, desk),
        rows=lambda _ids: {},
        title_of=lambda row: str(row.member.name),
        records=desk.roster,
        filter_hint="姓名或拼音首字母",
        delete_tip="仅用于误录的人员；已转出、停止党籍或去世的，请编辑党籍状态",
        share=68,
    )
    detail = Detail(
        body=card,
        load=lambda uid: load_sheet(desk, page.table.model.record(uid)),
        show=card.show_sheet,
        hint="选择一名党员，这里显示其信息和参加组织生活情况。",
        leave=leave,
        part=tools.open_part,
        acts=(tools.chosen_paper,),
    )
    editor = partial(member_editor, desk, shell)
    page = RecordPage(desk, shell, subject, detail, editor, tools.extras())
    tools.follow(page)
    return page


class RosterTools(QObject):
    """What only the roster has: its day, import, print, and the way to Excel."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        theme, today = shell.theme, desk.today()
        self.day = DateField(theme, today=lambda: today)
        self.day.setObjectName("roster.day")
        self.day.setAccessibleName("截至日期")
        self.day.set_day(today)
        theme.fit(self.day, QWidget.setFixedWidth, DAY_WIDTH)
        self.paper = button("打印名册", theme, icon="printer", name="roster.paper")
        self.bring = button("导入花名册", theme, icon="upload", name="roster.import")
        self.excel = button(
            "导出 Excel", theme, icon="file-spreadsheet", look="menu", name="roster.excel"
        )
        menu = QMenu(self.excel)
        menu.addAction("隐去部分号码").triggered.connect(lambda: self._choose("masked"))
        menu.addAction("完整号码").triggered.connect(lambda: self._choose("full"))
        menu.addSeparator()
        menu.addAction(SAMPLE).triggered.connect(self._hand_out)
        self.excel.setMenu(menu)
        self.attendance = AttendanceDoor(desk, shell, "roster.attendance")
        self.decide = DecideBar(desk, shell)

    @cached_property
    def papers(self) -> RosterPaper:
        """The roster on paper; made, as the import, when it is first wanted."""
        made = RosterPaper(self._desk, self._shell)
        made.left.connect(self._page.to_list)
        return made

    @cached_property
    def importing(self) -> ImportSteps:
        """The way from a file to the roster."""
        made = ImportSteps(self._desk, self._shell)
        made.deciding.connect(self._to_undecided)
        made.left.connect(self._page.to_list)
        return made

    def extras(self) -> Extras:
        """Where they stand in the list."""
        head = (self.attendance.button, self.paper, self.excel, self.bring)
        return Extras(head=head, after=(label("截至日期", "soft"), self.day), below=(self.decide,))

    def follow(self, page: RecordPage) -> None:
        """Work on this page, and live as long as it does."""
        self.setParent(page)
        self._page = page
        self.day.entered.connect(self._on_day)
        self.paper.clicked.connect(self._open_paper)
        self.bring.clicked.connect(self.open_import)
        self.decide.follow(page)
        self.attendance.follow(page)
        page.list.set_first_step(self.open_import)
        wanted = "这里可以放入花名册（Excel、WPS 表格或 CSV），放入后先核对，确认后才导入。"
        Drops(page, self._shell.messages, self._take, wanted, TABLES, self._closed)

    def _closed(self) -> str:
        return self._desk.read_only

    def _take(self, file: Path) -> None:
        self.open_import()
        self.importing.take_file(file)

    @property
    def shown_day(self) -> date:
        """The day whose roster is wanted; today while the field is empty."""
        return self.day.day() or self._desk.today()

    def open_part(self, part: str) -> None:
        """``/import`` begins an import."""
        if part == "import":
            self.open_import()

    @Slot()
    def open_import(self) -> None:
        """Begin an import with the choice of a file, or go on with one that was left."""
        self._page.views.show_view(self.importing)
        self.importing.resume()

    @Slot()
    def _to_undecided(self) -> None:
        self._page.to_list()
        self._page.list.narrow(part=UNDECIDED)

    @Slot()
    def _on_day(self) -> None:
        if self.day.readable:
            self._page.list.narrow(more=self.day.day())

    @property
    def chosen_paper(self) -> Act:
        """The roster of those who are chosen."""
        return Act(
            code="paper",
            title="打印名册",
            do=self._open_chosen,
            icon="printer",
            tip="预览、打印或导出只含选定人员的名册",
            several=True,
            least=2,
        )

    def _open_chosen(self, ids: Sequence[str]) -> None:
        self.papers.show_day(self.shown_day, ids)
        self._page.views.show_view(self.papers)

    @Slot()
    def _open_paper(self) -> None:
        self.papers.show_day(self.shown_day)
        self._page.views.show_view(self.papers)

    def _choose(self, profile: str) -> None:
        self._shell.choosers.save_file(
            self._page,
            "导出党员名册",
            f"党员名册（{self.shown_day}）.xlsx",
            "Excel 工作簿 (*.xlsx)",
            partial(self._export, self.shown_day, profile),
            purpose="export",
        )

    @Slot()
    def _hand_out(self) -> None:
        write = partial(self._desk.samples.roster, force=True)
        hand_out(self._shell, self._page, "党员名册", write)

    def _export(self, day: date, profile: str, file: Path) -> None:
        export = partial(self._desk.exports.export, file, as_of=day, profile=profile, force=True)
        self._shell.jobs.library(export, self._exported, title="正在导出名册")

    def _exported(self, done: tuple[Path, int]) -> None:
        say_written(self._shell, [done[0]], f"已导出 {done[1]} 人：{done[0].name}")
