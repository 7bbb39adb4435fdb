"""组织生活: every sitting of the branch, what the rules say of it, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.chips import ChipRow
from dangjian_desktop.ui.editors.meeting_editor import MeetingEditor
from dangjian_desktop.ui.page import Page
from dangjian_desktop.ui.pages.meeting_detail import MeetingDetail
from dangjian_desktop.ui.pages.meeting_drafts import DraftsBanner
from dangjian_desktop.ui.pages.meeting_listing import (
    FORM,
    Listing,
    MeetingRow,
    Narrowing,
    OpenDraft,
    load_listing,
    load_rows,
)
from dangjian_desktop.ui.record_table import RecordTable
from dangjian_desktop.ui.shell import Shell
from dangjian_desktop.ui.splitpage import SplitPage
from dangjian_desktop.ui.tables import Column, PagedModel
from dangjian_desktop.ui.theme import Theme
from dangjian_desktop.ui.widgets import button, label, space

EMPTY = "这里记录支部的每一次组织生活：一次录入，会议记录、签到表、汇总都可打印。"
EMPTY_KIND = "没有符合条件的会议记录。"


class MeetingsPage(Page):
    """The list with its detail, and the editor over the full width."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._listing: Listing | None = None
        self._wanted: Narrowing | None = None
        self._reveal = ""
        self._stale = False
        self.drafts = DraftsBanner(shell.theme)
        self.year = button("", shell.theme, look="chip", name="meetings.year")
        self.kinds = ChipRow(shell.theme)
        self.new = button(
            "新建会议记录", shell.theme, icon="plus", look="primary", name="meetings.new"
        )
        self.table = self._make_table()
        self.detail = MeetingDetail(desk, shell)
        self.split = SplitPage(
            self._list_side(), self.detail, shell.theme, shell.settings, name="meetings"
        )
        self.editor = MeetingEditor(desk, shell)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.editor)
        self._connect()

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return self._stack.currentIndex() == 1

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again; while the editor is open the list waits."""
        if self.editing:
            self._stale = True
            self.editor.hear(topics)
            return
        self._load()

    def focus_record(self, uid: str) -> None:
        """Select that meeting in the list, whatever the chips narrow to."""
        if self.editing:
            self.editor.keep()
            self._stack.setCurrentIndex(0)
        self._reveal = uid
        self._load()
        self.split.show_detail()

    def leave(self) -> bool:
        """Keep what is in the editor; the user may always go."""
        if self.editing:
            self.editor.keep()
        return True

    def back(self) -> bool:
        """From the editor to the list, from the detail to the list."""
        if self.editing:
            if not self.editor.step_back():
                self.editor.keep()
                self._to_list("")
            return True
        return self.split.back()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)
        self.editor.set_narrow(narrow)

    def new_menu(self) -> QMenu:
        """The kinds that a new record can be of."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._listing.kinds if self._listing else ():
            action = menu.addAction(kind.title)
            action.setData(kind.code)
            action.triggered.connect(partial(self.start_new, kind.code))
        return menu

    def start_new(self, kind: str, *_checked: bool) -> None:
        """A new record of this kind in the editor."""
        self._stack.setCurrentIndex(1)
        self.editor.start_new(kind)

    @Slot(str)
    def edit(self, uid: str) -> None:
        """A record, or the draft of one, in the editor."""
        self._stack.setCurrentIndex(1)
        self.editor.open(uid)

    def _load(self) -> None:
        work = partial(load_listing, self._desk, self._wanted, self._reveal)
        self._shell.jobs.library(work, self._show)

    def _show(self, listing: Listing) -> None:
        reveal, self._reveal, self._stale = self._reveal, "", False
        self._listing, self._wanted = listing, listing.shown
        shown = listing.shown
        self.year.setText(f"{shown.year}年 ▾" if shown.year else "全部年份 ▾")
        self.kinds.set_choices([("", "全部"), *((k.code, k.short) for k in listing.kinds)])
        self.kinds.set_codes([shown.kind])
        self.table.set_empty(*((EMPTY_KIND,) if listing.years else (EMPTY, "新建会议记录")))
        planned = f"，其中计划 {listing.planned} 次" if listing.planned else ""
        foot = f"共 {len(listing.ids)} 次{planned}" if listing.ids else ""
        self.table.show_ids(listing.ids, foot=foot, keys=listing.keys)
        self.drafts.show_drafts(listing.drafts, self._desk.clock().date())
        if reveal:
            self.table.select(reveal)
        elif not self.table.current() and listing.ids:
            self.table.select(listing.ids[0])
        self.detail.show_meeting(self.table.current())

    @Slot()
    def _offer_kinds(self) -> None:
        self.new_menu().popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 4)))

    @Slot()
    def _offer_years(self) -> None:
        self.year_menu().popup(self.year.mapToGlobal(QPoint(0, self.year.height() + 4)))

    def year_menu(self) -> QMenu:
        """The years that have meetings, and all of them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        years = self._listing.years if self._listing else ()
        for year, title in (*((y, f"{y}年") for y in years), (0, "全部年份")):
            menu.addAction(title).triggered.connect(partial(self._narrow_year, year))
        return menu

    def _narrow_year(self, year: int, *_checked: bool) -> None:
        self._wanted = Narrowing(year, self.kinds.code())
        self._load()

    @Slot(str)
    def _narrow_kind(self, kind: str) -> None:
        self._wanted = Narrowing(self._wanted.year if self._wanted else 0, kind)
        self._load()

    @Slot(str)
    def _preview(self, _uid: str) -> None:
        self.split.show_detail()
        self.detail.preview.setFocus()

    @Slot(str)
    def _delete(self, uid: str) -> None:
        row = self.table.model.record(uid)
        title = row.title if row else "会议记录"
        library, meetings = self._shell.jobs.library, self._desk.meetings
        undo = partial(self._bring_back, uid)
        said = partial(self._shell.toast, f"已移入回收站：{title}", undo)
        library(partial(meetings.delete, uid), lambda _none: said())

    def _bring_back(self, uid: str) -> None:
        self._reveal = uid
        self._shell.jobs.library(partial(self._desk.meetings.bring_back, uid))

    @Slot(object)
    def _drop_draft(self, draft: OpenDraft) -> None:
        library, drafts = self._shell.jobs.library, self._desk.drafts
        undo = partial(library, partial(drafts.put, FORM, draft.uid, draft.content))
        said = partial(self._shell.toast, f"已放弃草稿：{draft.words}", undo)
        library(partial(drafts.drop, FORM, draft.uid), lambda _none: said())

    @Slot(str)
    def _to_list(self, uid: str) -> None:
        self._stack.setCurrentIndex(0)
        self._reveal = uid
        self._load()
        self.table.view.setFocus()

    def _make_table(self) -> RecordTable:
        fetch = partial(load_rows, self._desk)
        model: PagedModel[MeetingRow] = PagedModel(
            self._columns(self._shell.theme), fetch, ask=self._ask, parent=self
        )
        return RecordTable(model, self._shell.theme, self._shell.settings, name="meetings")

    def _ask(self, work: object, done: object) -> object:
        return self._shell.jobs.library(work, done)  # type: ignore[arg-type]

    def _columns(self, theme: Theme) -> Sequence[Column[MeetingRow]]:
        return (
            Column(code="date", title="日期", text=self._day, width=96),
            Column(code="kind", title="类型", text=lambda r: r.kinds, width=96, tooltip=_kinds),
            Column(code="title", title="主题", text=lambda r: r.title, width=-1, tooltip=_title),
            Column(code="present", title="到会", text=lambda r: r.attendance, right=True, width=78),
            Column(
                code="state",
                title="状态",
                text=lambda r: r.state,
                icon=partial(_state_icon, theme),
                width=112,
            ),
        )

    def _day(self, row: MeetingRow) -> str:
        if self._wanted is not None and self._wanted.year:
            return f"{row.day:%m}月{row.day:%d}日"
        return row.day.isoformat()

    def _list_side(self) -> QWidget:
        side = QWidget()
        head = QHBoxLayout()
        head.addWidget(label("组织生活", "title"))
        head.addStretch()
        head.addWidget(self.new)
        chips = QHBoxLayout()
        space(chips, margins=(0, 0, 0, 0), gap=6)
        chips.addWidget(self.year, 0, Qt.AlignmentFlag.AlignTop)
        chips.addWidget(self.kinds, 1)
        column = QVBoxLayout(side)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addLayout(head)
        column.addWidget(self.drafts)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        return side

    def _connect(self) -> None:
        self.new.clicked.connect(self._offer_kinds)
        self.year.clicked.connect(self._offer_years)
        self.kinds.chosen.connect(self._narrow_kind)
        self.table.chosen.connect(self.detail.show_meeting)
        self.table.opened.connect(self.edit)
        self.table.previewed.connect(self._preview)
        self.table.new_asked.connect(self._offer_kinds)
        self.table.delete_asked.connect(self._delete)
        self.drafts.resumed.connect(self.edit)
        self.drafts.dropped.connect(self._drop_draft)
        self.detail.edit_asked.connect(self.edit)
        self.editor.saved.connect(self._to_list)
        self.editor.left.connect(self._to_list)
        new = QShortcut(QKeySequence("Ctrl+N"), self.split)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self._offer_kinds)


def _kinds(row: MeetingRow) -> str:
    return row.kinds


def _title(row: MeetingRow) -> str:
    return row.title


def _state_icon(theme: Theme, row: MeetingRow) -> QIcon:
    if row.draft:
        return theme.icon("circle-alert", "warn", 15)
    return (
        theme.icon("circle-check", "good", 15) if row.held else theme.icon("calendar", "soft", 15)
    )
