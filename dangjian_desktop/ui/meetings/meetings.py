"""组织生活: every sitting of the branch, what the rules say of it, and how it prints."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.meetings.detail import MeetingDetail
from dangjian_desktop.ui.meetings.editor import MeetingEditor
from dangjian_desktop.ui.meetings.listing import (
    FORM,
    Listing,
    Narrowing,
    load_listing,
)
from dangjian_desktop.ui.meetings.listing_page import MeetingList
from dangjian_desktop.ui.records.drafts_banner import OpenDraft
from dangjian_desktop.ui.records.splitpage import SplitPage


class MeetingsPage(Page):
    """The list with its detail, and the editor over the full width."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted: Narrowing | None = None
        self._reveal = ""
        self.list = MeetingList(desk, shell)
        self.table = self.list.table
        self.detail = MeetingDetail(desk, shell)
        self.split = SplitPage(self.list, self.detail, shell.theme, shell.settings, name="meetings")
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
        if topics - {Topic.DRAFTS}:
            self.detail.forget()
        if self.editing:
            self.editor.hear(topics)
        else:
            self._load()

    def focus_record(self, uid: str) -> None:
        """Select that meeting, whatever the chips narrow to.

        ``new/KIND`` begins a record of that kind, ``edit/ID`` goes on with a draft.
        """
        if self.editing:
            self.editor.keep()
            self._stack.setCurrentIndex(0)
        asked, _, rest = uid.partition("/")
        if asked in ("new", "edit") and rest:
            self.start_new(rest) if asked == "new" else self.edit(rest)
            return
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
        return bool(self.split.back())

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)
        self.editor.set_narrow(narrow)

    @Slot(str)
    def start_new(self, kind: str) -> None:
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
        reveal, self._reveal = self._reveal, ""
        self._wanted = listing.shown
        self.list.show_listing(listing, reveal, self._desk.clock().date())
        self.detail.show_meeting(self.table.current())

    @Slot(object)
    def _narrow_to(self, wanted: Narrowing) -> None:
        self._wanted = wanted
        self._load()

    @Slot(str)
    def _preview(self, _uid: str) -> None:
        self.split.show_detail()
        self.detail.preview.setFocus()

    @Slot(str)
    def _delete(self, uid: str) -> None:
        row = self.table.model.record(uid)
        title = row.title if row else "会议记录"
        undo = partial(self._bring_back, uid)
        said = partial(self._shell.toast, f"已移入回收站：{title}", undo)
        delete = partial(self._desk.meetings.delete, uid)
        self._shell.jobs.library(delete, lambda _none: said())

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

    def _connect(self) -> None:
        self.list.narrowed.connect(self._narrow_to)
        self.list.new_asked.connect(self.start_new)
        self.list.drafts.resumed.connect(self.edit)
        self.list.drafts.dropped.connect(self._drop_draft)
        self.table.chosen.connect(self.detail.show_meeting)
        self.table.opened.connect(self.edit)
        self.table.previewed.connect(self._preview)
        self.table.delete_asked.connect(self._delete)
        self.detail.edit_asked.connect(self.edit)
        self.editor.saved.connect(self._to_list)
        self.editor.left.connect(self._to_list)
