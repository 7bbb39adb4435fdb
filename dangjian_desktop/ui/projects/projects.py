"""书记项目: from declaration to closing, with the figures and papers that prove it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.projects.claims import ClaimsView
from dangjian_desktop.ui.projects.context import FORM
from dangjian_desktop.ui.projects.detail import ProjectDetail
from dangjian_desktop.ui.projects.editor import ProjectEditor
from dangjian_desktop.ui.projects.listing import Listing, Narrowing, load_listing
from dangjian_desktop.ui.projects.listing_page import ProjectList
from dangjian_desktop.ui.records.drafts_banner import OpenDraft
from dangjian_desktop.ui.records.splitpage import SplitPage

LIST, EDITOR, CLAIMS = range(3)
EDIT = "edit/"
"""How another page asks for a draft."""
_ECHO = frozenset({Topic.DRAFTS})


class ProjectsPage(Page):
    """The list with its detail; the editor, and who carries what, over the full width."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted: Narrowing | None = None
        self._reveal = ""
        self.list = ProjectList(desk, shell)
        self.detail = ProjectDetail(desk, shell)
        self.split = SplitPage(self.list, self.detail, shell.theme, shell.settings, name="projects")
        self.editor = ProjectEditor(desk, shell)
        self._claims: ClaimsView | None = None
        self._alone = False
        self._stack = QStackedLayout(self)
        for part in (self.split, self.editor):
            self._stack.addWidget(part)
        self._connect()

    @property
    def claims(self) -> ClaimsView:
        """Who carries what; made when it is first wanted."""
        if self._claims is None:
            self._claims = ClaimsView(self._desk, self._shell)
            self._claims.left.connect(self._claims_left)
            self._claims.set_narrow(self._alone)
            self._stack.addWidget(self._claims)
        return self._claims

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return self._stack.currentIndex() == EDITOR

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again; while the editor is open the list waits until it is shown."""
        if self._stack.currentIndex() == CLAIMS:
            self._show_claims()
        elif not self.editing and not (topics <= _ECHO and self.detail.progress.form.waiting):
            self._load()

    def focus_record(self, uid: str) -> None:
        """Select that project, whatever the chips narrow to; ``ID/YYYY-MM`` shows its entry."""
        if self.editing:
            self.editor.keep()
        if uid.startswith(EDIT):
            self.edit(uid.removeprefix(EDIT))
            return
        self._stack.setCurrentIndex(LIST)
        project, _, period = uid.partition("/")
        self._reveal = project
        if period:
            self.detail.show_entry(project, period)
        self._load()
        self.split.show_detail()

    def leave(self) -> bool:
        """Keep what is being typed; the user may always go."""
        if self.editing:
            self.editor.keep()
        self.detail.leave()
        return True

    def back(self) -> bool:
        """From the editor to the list, from a panel to the card, from the detail to the list."""
        if self.editing:
            if not self.editor.step_back():
                self.editor.keep()
                self._to_list("")
            return True
        if self._stack.currentIndex() == CLAIMS:
            if not self.claims.back():
                self._to_list("")
            return True
        return self.detail.back() or self.split.back()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self._alone = narrow
        self.split.set_narrow(narrow)
        if self._claims is not None:
            self._claims.set_narrow(narrow)

    @Slot()
    def start_new(self) -> None:
        """A new project in the editor."""
        self._stack.setCurrentIndex(EDITOR)
        self.editor.start_new()

    @Slot(str)
    def edit(self, uid: str) -> None:
        """A project, or the draft of one, in the editor."""
        self._stack.setCurrentIndex(EDITOR)
        self.editor.open(uid)

    def _load(self) -> None:
        work = partial(load_listing, self._desk, self._wanted, self._reveal)
        self._shell.jobs.library(work, self._show)

    def _show(self, listing: Listing) -> None:
        reveal, self._reveal = self._reveal, ""
        self._wanted = listing.shown
        self.list.show_listing(listing, reveal)
        self.detail.show_project(self.list.current())

    @Slot(object)
    def _narrow(self, wanted: Narrowing) -> None:
        self._wanted = wanted
        self._load()

    @Slot()
    def _show_claims(self) -> None:
        listing = self.list.listing
        year = listing.shown.year if listing else 0
        self.claims.show_year(year or self._desk.clock().year)
        self._stack.setCurrentIndex(CLAIMS)

    @Slot(str)
    def _preview(self, _uid: str) -> None:
        self.split.show_detail()
        self.detail.show_tab("papers")

    @Slot(str)
    def _delete(self, uid: str) -> None:
        row = self.list.table.model.record(uid)
        title = row.title if row else "项目"
        undo = partial(self._bring_back, uid)
        said = partial(self._shell.toast, f"已移入回收站：{title}", undo)
        self._shell.jobs.library(partial(self._desk.projects.delete, uid), lambda _none: said())

    def _bring_back(self, uid: str) -> None:
        self._reveal = uid
        self._shell.jobs.library(partial(self._desk.projects.bring_back, uid))

    @Slot(object)
    def _drop_draft(self, draft: OpenDraft) -> None:
        library, drafts = self._shell.jobs.library, self._desk.drafts
        undo = partial(library, partial(drafts.put, FORM, draft.uid, draft.content))
        said = partial(self._shell.toast, f"已放弃草稿：{draft.words}", undo)
        library(partial(drafts.drop, FORM, draft.uid), lambda _none: said())

    @Slot(str)
    def _to_list(self, uid: str) -> None:
        self._stack.setCurrentIndex(LIST)
        self._reveal = uid
        self._load()
        self.list.focus_list()

    @Slot()
    def _claims_left(self) -> None:
        self._to_list("")

    def _connect(self) -> None:
        listed = self.list
        listed.new.clicked.connect(self.start_new)
        listed.claims.clicked.connect(self._show_claims)
        listed.narrowed.connect(self._narrow)
        listed.chosen.connect(self.detail.show_project)
        listed.opened.connect(self.edit)
        listed.table.previewed.connect(self._preview)
        listed.table.new_asked.connect(self.start_new)
        listed.table.delete_asked.connect(self._delete)
        listed.drafts.resumed.connect(self.edit)
        listed.drafts.dropped.connect(self._drop_draft)
        self.detail.edit_asked.connect(self.edit)
        self.editor.saved.connect(self._to_list)
        self.editor.left.connect(self._to_list)
        new = QShortcut(QKeySequence("Ctrl+N"), self.split)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.start_new)
