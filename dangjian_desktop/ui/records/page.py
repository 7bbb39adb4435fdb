"""The page of a record: list beside card, the editor and other views over the full width.

A subject makes one in a function: it fills in a ``Subject`` and a ``Detail`` and hands over what
makes its editor. Nothing is overridden; what only one subject has comes in as a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.keeper import Go
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.records.acts import Act, Acts, bin_act
from dangjian_desktop.ui.records.banner import OpenDraft
from dangjian_desktop.ui.records.card import RecordCard
from dangjian_desktop.ui.records.listing import RecordList
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.subject import (
    NO_EXTRAS,
    Detail,
    Extras,
    Listing,
    Narrowing,
    Subject,
)
from dangjian_desktop.ui.records.views import Views
from dangjian_desktop.ui.versions import VersionsView

_VERSIONS = partial(Act, code="versions", title="版本", icon="history")
_ECHO = frozenset({Topic.DRAFTS})


class RecordPage(Page):
    """One page for every kind of record. ``editor`` makes its editor when it is first wanted: a
    widget with ``open(uid)``, ``start_new(*kind)``, ``keep_then(callback)``, ``step_back()`` and
    the signals ``saved(uid)`` and ``left(uid)``."""

    topics = frozenset(Topic)

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        subject: Subject,
        detail: Detail,
        editor: Callable[[], Any],
        extras: Extras = NO_EXTRAS,
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._subject, self._detail = desk, shell, subject, detail
        self._reveal, self._part, self._doors = "", "", extras.doors
        self.split = SplitPage(
            shell.theme, shell.settings, name=subject.place, share=subject.share, parent=self
        )
        self.list = RecordList(self.split.halves, shell, subject, extras)
        self.table = self.list.table
        self.acts = Acts(self._all_acts(), shell.theme, self.list, name=subject.form)
        self.table.offer_acts(self.acts)
        self.detail = detail.body
        self.card = RecordCard(self.split.halves, shell, detail, self.acts, subject.place)
        self.split.hold(self.list, self.card)
        self.views = Views(self, self.split, editor, self.to_list, detail.leave)
        order, down = self.table.headings.order
        self._wanted = Narrowing(order=order, descending=down)
        self._connect()
        self.list.new.setHidden(bool(desk.read_only) or not subject.new)

    @property
    def editor(self) -> Any:
        """The editor; made when it is first wanted."""
        return self.views.editor

    @cached_property
    def versions(self) -> VersionsView:
        """The versions of one record; made when they are first wanted."""
        made = VersionsView(self._desk, self._shell)
        made.left.connect(self.to_list)
        return made

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return self.views.editing

    @property
    def renewable(self) -> bool:
        """Not while an editor or another view is open in it."""
        return super().renewable and self.views.at_home

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again; while something else is open the list waits until it is shown."""
        if not self.views.at_home:
            self.views.hear(topics)
        elif not (topics <= _ECHO and self._detail.typing()):
            self._load()

    def focus_record(self, uid: str) -> None:
        """Select that record, whatever the list is narrowed to; ``ID/PART`` shows its part,
        ``new/KIND`` begins a record of that kind, ``edit/ID`` goes on with a draft."""
        asked, _, rest = uid.partition("/")
        doors = {"new": self.start_new, "edit": self.edit, **self._doors}
        if asked in doors:
            doors[asked](rest)
            return
        self.views.after_keeping(partial(self._seek, asked, rest))

    def focus_first(self) -> None:
        """Put the focus on the list, or back to where it was in the editor."""
        if self.views.at_home:
            self.list.focus_first()
        else:
            super().focus_first()

    def leave(self, go: Go) -> None:
        """Keep what is typed anywhere, let the card cover what nobody else should see, then go."""
        super().leave(partial(self.views.cover, go))

    def back(self) -> bool:
        """From the editor or another view to the list, from the card to the list."""
        if self.views.at_home:
            return self._detail.back() or self.split.back()
        self.views.back()
        return True

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.views.set_narrow(narrow)

    @Slot(str)
    def start_new(self, kind: str = "") -> None:
        """A new record in the editor, of a kind where there are several."""
        if _may_write(self._desk, self._shell):
            self.views.edit("start_new", *filter(None, (kind,)))

    @Slot(str)
    def edit(self, uid: str) -> None:
        """A record, or the draft of one, in the editor."""
        if _may_write(self._desk, self._shell):
            self.views.edit("open", uid)

    def to_list(self, uid: str = "") -> None:
        """Back to the list, with the cursor on this record."""
        self.views.go_home()
        self.reveal(uid)
        self.list.focus_first()

    def reveal(self, uid: str) -> None:
        """Load the list so that this record is in it and under the cursor."""
        self._reveal = uid
        self._load()

    def _seek(self, uid: str, part: str) -> None:
        self.views.go_home()
        self._part = part
        self.reveal(uid)
        (self.split.show_detail if uid else self.split.back)()

    def _load(self) -> None:
        work = partial(self._gather, self._wanted, self._reveal)
        self._shell.jobs.library(work, self._show)

    def _gather(self, wanted: Narrowing, reveal: str) -> Listing:
        """The list in the order that is asked for; runs in the library's thread."""
        with self._desk.one_moment():
            return self._subject.found(wanted, reveal)

    def _show(self, listing: Listing) -> None:
        reveal, self._reveal = self._reveal, ""
        self._wanted = listing.shown
        self.list.show_listing(listing, reveal, self._desk.clock().date())
        part, self._part = self._part, ""
        if part:
            self._detail.part(part)
        self.card.show_record(self.table.current())

    @Slot(object)
    def _narrow_to(self, wanted: Narrowing) -> None:
        self._wanted = wanted
        self._load()

    @Slot(str)
    def _preview(self, _uid: str) -> None:
        self.split.show_detail()
        self._detail.focus()

    @Slot(int)
    def _say_copied(self, rows: int) -> None:
        self._shell.toast(f"已复制 {rows} 行，可粘贴到 Excel")

    @Slot(object)
    def _drop_draft(self, draft: OpenDraft) -> None:
        library, drafts, form = self._shell.jobs.library, self._desk.drafts, self._subject.form
        undo = partial(library, partial(drafts.put, form, draft.uid, draft.content))
        said = partial(self._shell.toast, f"已放弃草稿：{draft.words}", undo)
        library(partial(drafts.drop, form, draft.uid), lambda _none: said())

    def _all_acts(self) -> Sequence[Act]:
        subject, edit = self._subject, partial(_first_of, self.edit)
        versions = _VERSIONS(do=self._show_versions, fits=subject.stored)
        if self._desk.read_only:
            return (*self._detail.acts, versions)
        return (
            Act(code="edit", title=subject.edit, do=edit, icon="pencil", key="Return"),
            *(*self._detail.acts, versions),
            bin_act(
                self._shell,
                subject.records.delete,
                subject.records.bring_back,
                self._title_of,
                self.reveal,
                tip=subject.delete_tip,
                left=self._desk.items.left_words,
            ),
        )

    def _show_versions(self, ids: Sequence[str]) -> None:
        self.views.show_view(self.versions.of(ids[0]))

    def _title_of(self, uid: str) -> str:
        row = self.table.model.record(uid)
        return (self._subject.title_of(row) if row is not None else "") or self._subject.noun

    def _connect(self) -> None:
        self.list.narrowed.connect(self._narrow_to)
        self.list.new_asked.connect(self.start_new)
        self.list.drafts.resumed.connect(self.edit)
        self.list.drafts.dropped.connect(self._drop_draft)
        self.card.stand_with(self.table)
        self.table.opened.connect(self.edit)
        self.table.copied.connect(self._say_copied)
        self.table.previewed.connect(self._preview)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(partial(_begin, self))


def _may_write(desk: Desk, shell: Shell) -> bool:
    if desk.read_only:
        shell.toast("资料库现在只能查看和打印，不能编辑。")
    return not desk.read_only


def _begin(page: RecordPage) -> None:
    """A new record, also from the editor of another, which is kept."""
    if not page.list.new.isHidden():
        page.list.ask_new(page.list.new if page.views.at_home else page)


def _first_of(act: Callable[[str], None], ids: Sequence[str]) -> None:
    act(ids[0])
