"""报送: the packages that went up, beside what stands in each; a new one; the check of a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import open_path
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Detail,
    Extras,
    Listing,
    Narrowing,
    Subject,
    settled,
)
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.submissions.answering import ReplyView, ReturnView
from dangjian_desktop.ui.submissions.card import PackageCard, Told, told
from dangjian_desktop.ui.submissions.findings import FindingsView
from dangjian_desktop.ui.submissions.making import Made, Making
from dangjian_desktop.ui.submissions.order_form import OrderForm
from dangjian_desktop.ui.submissions.paper import SentPaper

TITLE = "报送包"
_HINT = "选择一个报送包，这里显示其中的文件、未报的材料、退回和上级意见。"
_EMPTY = "还没有报送包。选定时间段和材料，程序生成文件夹或 .zip，核对后报上级，并留底、登记。"
_COLUMNS: tuple[Column[Told], ...] = (
    Column(code="day", title="报出日期", text=lambda row: row.package.day.isoformat(), width=96),
    Column(code="recipient", title="报送单位", text=lambda row: row.package.recipient, width=-1),
    Column(
        code="period",
        title="时间段",
        text=lambda row: Period.parse(row.package.period).label,
        width=150,
        key=lambda row: Period.parse(row.package.period).first,
    ),
    Column(
        code="version",
        title="版次",
        text=lambda row: str(row.package.version),
        right=True,
        width=48,
    ),
    Column(code="profile", title="内容", text=lambda row: row.package.profile.label, width=56),
    Column(code="state", title="状态", text=lambda row: row.state, width=72),
)


def packages_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list of packages with its card; a new one over the width."""
    return Packages(desk, shell).page


class Packages(QObject):
    """What the page of packages does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.opening: Callable[[Path], object] = open_path
        records = desk.shared[PACKAGE.code]
        subject = Subject(
            place=PACKAGE.code,
            form=PACKAGE.code,
            title=TITLE,
            noun=PACKAGE.title,
            new="新建报送包",
            edit="重报…",
            columns=_COLUMNS,
            load=self._load,
            rows=lambda ids: _rows(desk, ids),
            title_of=lambda row: row.package.title,
            records=records,
            filter_hint="在报送包中查找",
        )
        self.body = PackageCard(desk, shell)
        detail = Detail(
            body=self.body,
            load=self.body.load,
            show=self.body.show_package,
            hint=_HINT,
            acts=self._acts(),
        )
        self.check = button(
            "核对文件夹…", shell.theme, icon="circle-check", name="package.check_folder"
        )
        self.print = button("打印清单", shell.theme, icon="printer", name="package.print")
        self.print.clicked.connect(self.show_paper)
        self.check.clicked.connect(self._ask_checked)
        extras = Extras(head=(self.print, self.check))
        self.page = RecordPage(desk, shell, subject, detail, self._form, extras)
        self.setParent(self.page)
        self.making = Making(desk, shell, self)

    @cached_property
    def findings(self) -> FindingsView:
        """What was found; made when it is first wanted."""
        made = FindingsView(self._shell, self._desk.today)
        made.left.connect(self.page.to_list)
        made.asked.connect(self.check_folder)
        return made

    @cached_property
    def returning(self) -> ReturnView:
        """The form of a return; made when it is first wanted."""
        made = ReturnView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    @cached_property
    def replying(self) -> ReplyView:
        """The form of an opinion; made when it is first wanted."""
        made = ReplyView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    @cached_property
    def paper(self) -> SentPaper:
        """The list of what went up; made when it is first wanted."""
        made = SentPaper(self._desk, self._shell, self._desk.today)
        made.left.connect(self.page.to_list)
        return made

    @Slot()
    def show_paper(self) -> None:
        """What went up in the year of the package that is looked at, as it will print."""
        package = self._package
        day = package.day if package is not None else self._desk.today()
        self.paper.period.show_period(Period.around(day, 12))
        self.page.views.show_view(self.paper)
        self.paper.load()

    def _form(self) -> OrderForm:
        made = OrderForm(self._desk, self._shell)
        made.made.connect(self.show_made)
        return made

    @Slot(object)
    def show_made(self, made: Made) -> None:
        """Show what was made or looked through, with what was found in it."""
        self.findings.show_found(
            made.place, made.found, title=made.title, words=made.words, uid=made.uid
        )
        self.page.views.show_view(self.findings)

    def _acts(self) -> Sequence[Act]:
        always = (
            Act(
                code="place",
                title="打开位置",
                do=self._open_place,
                icon="folder-open",
                fits=lambda: self.body.place is not None,
            ),
            Act(code="write", title="取出…", do=self._write, icon="download"),
            Act(code="check", title="核对…", do=self._check, icon="circle-check"),
            Act(code="compare", title="与现在比较", do=self._compare),
        )
        if self._desk.read_only:
            return always
        returned, replied = partial(self._answer, "return"), partial(self._answer, "reply")
        return (
            *always,
            Act(code="return", title="登记退回…", do=returned, icon="undo-2"),
            Act(code="reply", title="登记上级意见…", do=replied, icon="pencil"),
        )

    def _load(self, wanted: Narrowing, reveal: str) -> Listing:
        records = self._desk.shared[PACKAGE.code]
        years = records.years()

        def find(shown: Narrowing) -> Sequence[str]:
            return records.find(narrowed(shown.year, shown.typed))

        def place_of(uid: str) -> Narrowing | None:
            there = records.get([uid]).get(uid)
            return None if there is None or there.deleted else Narrowing(0)

        usual = max(years, default=0)
        shown, ids = settled(wanted, reveal, find, place_of, years=years, usual=usual)
        rows = _rows(self._desk, ids)
        step = "" if years or self._desk.read_only else "新建报送包"
        return Listing(
            shown=shown,
            ids=ids,
            rows=rows,
            keys=Initials({uid: row.package.recipient for uid, row in rows.items()}),
            years=years,
            foot=f"共 {len(ids)} 个报送包" if ids else "",
            empty="没有符合条件的报送包。" if years else _EMPTY,
            step=step,
        )

    @property
    def _package(self) -> Package | None:
        row = self.page.table.model.record(self.page.table.current())
        return row.package if row is not None else None

    def _open_place(self, _ids: Sequence[str]) -> None:
        if (place := self.body.place) is not None:
            self.opening(place)

    def _write(self, _ids: Sequence[str]) -> None:
        if (package := self._package) is not None:
            if (place := self.body.place) is not None:
                self._shell.settings.remember_folder("export", place.parent)
            into = partial(self.making.write, package)
            self._shell.choosers.folder(self.page, "取出到哪个文件夹", into, purpose="export")

    def _check(self, _ids: Sequence[str]) -> None:
        if (package := self._package) is not None:

            def into(folder: Path) -> None:
                self.making.look_through(package, folder, self.show_made)

            title = "取出到哪个文件夹核对"
            self._shell.choosers.folder(self.page, title, into, purpose="export")

    def _compare(self, ids: Sequence[str]) -> None:
        uid, changes = ids[0], self._desk.follow_up.changes
        self._shell.jobs.papers(
            lambda _progress: changes(uid),
            partial(self.body.show_changes, uid),
            title="正在与现在的记录比较",
        )

    def show_answer(self, act: str, package: Package) -> None:
        """The form of a return or of an opinion on this package."""
        view = self.returning if act == "return" else self.replying
        view.about_package(package)
        self.page.views.show_view(view)

    def _answer(self, act: str, _ids: Sequence[str]) -> None:
        if (package := self._package) is not None:
            self.show_answer(act, package)

    @Slot()
    def _ask_checked(self) -> None:
        title = "核对哪个文件夹"
        self._shell.choosers.folder(self.page, title, self.check_folder, purpose="delivery")

    def check_folder(
        self, folder: Path, period: Period | None = None, listed: Path | None = None
    ) -> None:
        """Look through any folder or .zip; its period and the superior's list are asked for beside
        what was found."""
        self.making.check(folder, period, self.show_made, listed)


def _rows(desk: Desk, ids: Sequence[str]) -> dict[str, Told]:
    every = told(desk.shared[PACKAGE.code].all())
    return {uid: every[uid] for uid in ids if uid in every}
