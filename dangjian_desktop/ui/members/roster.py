"""The page 党员: the roster of a day, a member's card, editor, import, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.members.listing import Listing
from dangjian_desktop.services.members.participation import Participation, last_sittings
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import space
from dangjian_desktop.ui.members.acts import RosterActs
from dangjian_desktop.ui.members.drafts import DraftLine
from dangjian_desktop.ui.members.importing import ImportSteps, dropped_file
from dangjian_desktop.ui.members.listing_page import RosterList
from dangjian_desktop.ui.members.member import MemberEditor
from dangjian_desktop.ui.members.paper import RosterPaper


class RosterPage(Page):
    """List, editor, import and print take turns; Esc comes back to the list."""

    topics = frozenset({Topic.MEMBERS, Topic.MEETINGS, Topic.DRAFTS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted = ""
        self.list = RosterList(shell, desk.clock().date())
        self.table = self.list.table
        self.drafts = DraftLine(shell.theme)
        self.paper = RosterPaper(desk, shell)
        self.importing = ImportSteps(desk, shell)
        self.editor: MemberEditor | None = None
        first = QWidget()
        column = QVBoxLayout(first)
        space(column, margins=(0, 0, 0, 0), gap=10)
        column.addWidget(self.drafts)
        column.addWidget(self.list, 1)
        self._first = first
        self._stack = QStackedWidget()
        for view in (first, self.paper, self.importing):
            self._stack.addWidget(view)
        outer = QVBoxLayout(self)
        space(outer, margins=(0, 0, 0, 0), gap=0)
        outer.addWidget(self._stack)
        self.setAcceptDrops(True)
        self.acts = RosterActs(desk, shell, self.list)
        self.acts.returned.connect(self.focus_record)
        self._connect()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask for the roster of the shown day again."""
        if topics & {Topic.MEMBERS, Topic.MEETINGS}:
            self._ask(self.list.shown_day)
        if Topic.DRAFTS in topics:
            self._shell.jobs.library(partial(self._desk.drafts.all, "member"), self._show_drafts)

    def focus_record(self, uid: str) -> None:
        """Show a member in the list."""
        self._to_list()
        self._wanted = uid
        self._ask(self.list.shown_day)

    def leave(self) -> bool:
        """Keep what is typed as a draft."""
        if self.editor is not None:
            self.editor.keep()
        self.list.card.id_number.cover()
        self.list.card.phone.cover()
        return True

    def back(self) -> bool:
        """From editor, import and print to the list, from the narrow card to the list."""
        if self._stack.currentWidget() is self._first:
            return bool(self.list.split.back())
        if self._stack.currentWidget() is self.importing and self.importing.back():
            return True
        if self.editor is not None:
            self.editor.keep()
        self._to_list()
        return True

    def set_narrow(self, narrow: bool) -> None:
        """Card and list take turns."""
        self.list.set_narrow(narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102
        file = dropped_file(event.mimeData())
        if file is not None and self.leave():
            event.acceptProposedAction()
            self._open_import()
            self.importing.take_file(file)

    def _connect(self) -> None:
        parts = self.list
        parts.day_changed.connect(self._ask)
        parts.chosen.connect(self._ask_sittings)
        parts.new_asked.connect(self._add)
        parts.import_asked.connect(self._open_import)
        parts.paper_asked.connect(self._open_paper)
        parts.export_asked.connect(self.acts.choose_export)
        parts.table.opened.connect(self.edit)
        parts.table.delete_asked.connect(self.acts.ask_delete)
        parts.card.edit_asked.connect(self.edit)
        parts.card.delete_asked.connect(self.acts.ask_delete)
        parts.card.meeting_asked.connect(partial(self._shell.open, "meetings"))
        self.paper.left.connect(self._to_list)
        self.importing.left.connect(self._to_list)
        self.drafts.resumed.connect(self.edit)
        self.drafts.dropped.connect(self._drop_draft)

    @Slot(object)
    def _ask(self, day: date) -> None:
        roll = partial(self._desk.roster.roll, day)
        self._shell.jobs.library(lambda: Listing.of(roll()), self._show_listing)

    def _show_listing(self, listing: Listing) -> None:
        self.list.show_listing(listing)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.list.focus_member(wanted)

    @Slot(str)
    def _ask_sittings(self, uid: str) -> None:
        work = partial(last_sittings, self._desk.meetings, uid, self.list.shown_day)
        self._shell.jobs.library(work, partial(self._show_sittings, uid))

    def _show_sittings(self, uid: str, found: Sequence[Participation]) -> None:
        if uid == self.list.card.uid:
            self.list.card.show_sittings(found)

    def _show_drafts(self, drafts: Sequence[Draft]) -> None:
        self.drafts.show_drafts(drafts)

    @Slot()
    def _add(self) -> None:
        self._open_editor(new_id(), None)

    @Slot(str)
    def edit(self, uid: str) -> None:
        """Open the card of a member, or of a person not saved yet who has a draft."""
        get = partial(self._desk.roster.get, [uid])
        self._shell.jobs.library(get, partial(self._edit_found, uid))

    def _edit_found(self, uid: str, found: Mapping[str, Member]) -> None:
        self._open_editor(uid, found.get(uid))

    def _open_editor(self, uid: str, member: Member | None) -> None:
        self._close_editor()
        editor = MemberEditor(self._desk, self._shell, uid, member, self._groups())
        editor.saved.connect(self._on_saved)
        editor.left.connect(self.back)
        self.editor = editor
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        editor.start()

    def _groups(self) -> tuple[str, ...]:
        return () if self.list.listing is None else self.list.listing.roll.groups

    def _close_editor(self) -> None:
        if self.editor is not None:
            self._stack.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    @Slot(str)
    def _on_saved(self, uid: str) -> None:
        self._wanted = uid
        self._to_list()
        self._ask(self.list.shown_day)

    @Slot()
    def _to_list(self) -> None:
        self._close_editor()
        self._stack.setCurrentWidget(self._first)
        self.list.table.view.setFocus()

    @Slot()
    def _open_import(self) -> None:
        self._close_editor()
        self.importing.start()
        self._stack.setCurrentWidget(self.importing)

    @Slot()
    def _open_paper(self) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_day(self.list.shown_day)

    @Slot(str)
    def _drop_draft(self, uid: str) -> None:
        self._shell.jobs.library(partial(self._desk.drafts.drop, "member", uid))
