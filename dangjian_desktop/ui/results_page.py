"""搜索结果: everything that holds a text, with what stands around it, by kind and year."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.search import Found
from dangjian_desktop.services.library.searched import Hit
from dangjian_desktop.ui.desk.page import NOT_INDEXED, SEARCH, Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.marked_cells import MarkedCells
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.stage import Shortened
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.places import group_of, tend, where
from dangjian_desktop.ui.records.listing import RecordList
from dangjian_desktop.ui.records.subject import Extras, Listed, Listing, Narrowing
from dangjian_desktop.ui.records.tables import Column

TITLE = "搜索结果"
REWRITE = "到搜索框"
NOT_ASKED = (
    "在上方输入要查找的文字，按回车列出全部结果。\n"
    "可以查找姓名（或拼音首字母）、会议和项目里的话、台账内容、汇总中自己写的话。"
)
NOTHING = (
    "没有找到。\n可以少写几个字，或用空格隔开几个词；姓名可以输入拼音首字母。\n"
    "已移入回收站的记录不在其中，可到“设置”的回收站查看。"
)
NONE_HERE = "这个类别、这个年份里没有，请换一个类别或年份。"
ASKING = "正在搜索……"
_ALL = Narrowing(year=0)


def _snippet(hit: Hit) -> str:
    return hit.snippet


_COLUMNS: tuple[Column[Hit], ...] = (
    Column(code="kind", title="类别", text=lambda hit: group_of(hit.type), width=72),
    Column(code="date", title="日期", text=lambda hit: hit.date or "", width=100),
    Column(
        code="title",
        title="名称",
        text=lambda hit: hit.title,
        tooltip=lambda hit: hit.title,
        width=250,
    ),
    Column(code="snippet", title="内容", text=_snippet, tooltip=_snippet, width=-1),
)


class ResultsPage(Page):
    """The record of this place is the text that is looked for. What is shown stays as it is while
    a hit is looked at, and is asked for again when something changed."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.asked, self._found, self._wanted = "", Found(), _ALL
        self._again = False
        self.text = Shortened()
        self.text.setObjectName(f"{SEARCH}.text")
        self.notice = label(NOT_INDEXED, "warn", name=f"{SEARCH}.notice")
        subject = Listed(place=SEARCH, title=TITLE, columns=_COLUMNS, rows=lambda _keys: {})
        extras = Extras(beside=(self.text,), below=(self.notice,))
        self.list = RecordList(self, shell, subject, extras)
        self.notice.hide()
        self.table = self.list.table
        view = self.table.view
        view.setAccessibleName(TITLE)
        # They stand by kind, the newest first: another order would have to read them all.
        view.horizontalHeader().setSectionsClickable(False)
        view.horizontalHeader().setSortIndicatorShown(False)
        self.marks = MarkedCells(view, self.table.model, shell.theme, (2, 3))
        column_of(self.list, on=self, gap=0)
        if (step := self.findChild(QPushButton, f"{SEARCH}.step")) is not None:
            shell.theme.wear(step, "search", pixels=16)
        self._connect()
        self._list(Listing(shown=_ALL, ids=(), empty=NOT_ASKED, step=REWRITE))

    @property
    def renewable(self) -> bool:
        """Not once something was asked: made anew it would be empty."""
        return not self.asked

    def focus_record(self, uid: str) -> None:
        """Look for this text in everything."""
        self.asked, self._found, self._wanted = uid, Found(), _ALL
        self.marks.set_words(uid.split())
        self.table.model.fetch = partial(self._desk.search.shown, uid)
        self.text.setText(f"“{uid}”")
        self._list(Listing(shown=_ALL, ids=(), empty=ASKING, step=REWRITE))
        self._ask()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again; cursor and filters stay."""
        if self.asked:
            self._ask()

    def focus_first(self) -> None:
        """Put the focus on the hits."""
        self.list.focus_first()

    def _ask(self) -> None:
        self._again = True
        self._find()

    def _find(self) -> None:
        find = partial(self._desk.search.everything, self.asked)
        self._shell.jobs.library(find, partial(self._show, self.asked), title="正在搜索")

    def _show(self, asked: str, found: Found) -> None:
        if asked != self.asked:
            return
        self._found = found
        self.notice.setVisible(not found.indexed)
        bar = self.table.view.verticalScrollBar()
        scrolled = bar.value()
        self._list(narrowed(found, self._wanted))
        bar.setValue(scrolled)
        announce(self, f"找到 {len(found.keys)} 条" if found.keys else "没有找到")
        if not found.indexed:
            tend(self._desk, self._shell, self._ask_indexed)

    def _list(self, listing: Listing) -> None:
        self._wanted = listing.shown
        self.list.show_listing(listing, "", self._desk.today())

    def _ask_indexed(self) -> None:
        self._shell.jobs.library(partial(_indexed, self._desk), self._say_indexed)

    def _say_indexed(self, indexed: bool) -> None:
        self.notice.setVisible(not indexed)

    @Slot(object)
    def _narrow_to(self, wanted: Narrowing) -> None:
        self._list(narrowed(self._found, wanted))

    @Slot(QModelIndex, QModelIndex)
    def _on_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        """Find anew where one that was found is none: the index was wrong, or it is gone."""
        ids, known = self.table.model.ids, self.table.model.record
        there = all(known(uid) for uid in ids[first.row() : last.row() + 1])
        if not there and self._again:
            self._again = False
            self._find()

    @Slot(str)
    def _open(self, key: str) -> None:
        self._shell.open(*where(*key.split("/", 1)))

    @Slot()
    def _rewrite(self) -> None:
        self._shell.search()

    @Slot(int)
    def _say_copied(self, rows: int) -> None:
        self._shell.toast(f"已复制 {rows} 行，可粘贴到 Excel")

    def _connect(self) -> None:
        self.list.narrowed.connect(self._narrow_to)
        self.list.set_first_step(self._rewrite)
        self.table.opened.connect(self._open)
        self.table.previewed.connect(self._open)
        self.table.copied.connect(self._say_copied)
        self.table.model.dataChanged.connect(self._on_rows)


def narrowed(found: Found, wanted: Narrowing) -> Listing:
    """The hits of one group of kinds (its word; empty: all) and one year (0: all); the numbers on
    the chips are those of the year."""
    years = found.years
    groups = {key: group_of(key.partition("/")[0]) for key in found.keys}
    of_year = [key for key in found.keys if wanted.year in (0, years.get(key))]
    ids = tuple(key for key in of_year if wanted.part in ("", groups[key]))
    many = Counter(groups[key] for key in of_year)
    parts = [(group, f"{group} {many[group]}") for group in dict.fromkeys(groups.values())]
    rest = "" if len(ids) == len(found.keys) else f"（全部结果 {len(found.keys)} 条）"
    return Listing(
        shown=wanted,
        ids=ids,
        years=tuple(sorted({*years.values()}, reverse=True)),
        parts=(("", f"全部 {len(of_year)}"), *parts) if parts else (),
        foot=f"共 {len(ids)} 条{rest}" if found.keys else "",
        empty=NONE_HERE if found.keys else NOTHING,
        step=REWRITE,
    )


def _indexed(desk: Desk) -> bool:
    return desk.search.indexed
