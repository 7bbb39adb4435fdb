"""Which of several versions stands in an editor: the draft, the stored record, a newer one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.services.library.drafts import DraftService
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.records.editing import Editing


class Versions(QObject):
    """Acts on an ``editor``: its ``uid``, ``keeper``, ``head`` and ``reload(uid)``.

    ``base`` is the saved state from which what stands in the form began.
    """

    def __init__(self, shell: Shell, drafts: DraftService, editing: Editing, editor: Any) -> None:
        super().__init__(editor)
        self._shell, self._drafts, self._editing = shell, drafts, editing
        self._editor = editor
        editor.head.dropped.connect(self.drop_draft)
        editor.head.mine.connect(self.keep_mine)

    @property
    def base(self) -> int:
        """The same number goes with what is kept outside of the library."""
        return int(self._editor.keeper.door.bases.get(self._editor.uid, 0))

    @base.setter
    def base(self, revision: int) -> None:
        self._editor.keeper.door.bases[self._editor.uid] = revision

    @Slot()
    def drop_draft(self) -> None:
        """Back to the stored record; the draft can be brought back for ten seconds."""
        editor = self._editor
        uid = editor.uid
        if not uid:
            return
        editor.settle()
        dropped = editor.state()
        editor.keeper.forget(uid)
        self._shell.jobs.library(partial(self._drafts.drop, self._editing.form, uid))
        self._shell.toast("已放弃草稿", partial(self._bring_back, uid, dropped))
        editor.reload(uid)

    @Slot()
    def keep_mine(self) -> None:
        """What stands in the form shall take the place of the newer record."""
        uid = self._editor.uid
        self._ask(uid, partial(self._take_base, uid))

    @Slot()
    def reread(self) -> None:
        """Show again what is stored or kept."""
        if self._editor.uid:
            self._editor.reload(self._editor.uid)

    def look(self) -> None:
        """Perhaps the record was saved elsewhere: show it, or let the user choose."""
        uid = self._editor.uid
        self._ask(uid, partial(self._compare, uid))

    @Slot(str, object)
    def offer_undo(self, text: str, undo: Callable[[], object]) -> None:
        """Say what was taken away; it comes back only into the record it was taken from."""
        self._shell.toast(text, partial(self._undo, self._editor.uid, undo))

    def _ask(self, uid: str, done: Callable[[int], None]) -> None:
        if uid:
            self._shell.jobs.library(partial(self._editing.revision, uid), done)

    def _take_base(self, uid: str, revision: int) -> None:
        if self._editor.uid == uid:
            self.base = revision
            self._editor.head.say_mine()

    def _compare(self, uid: str, revision: int) -> None:
        editor = self._editor
        if editor.uid != uid or editor.saver.busy or revision <= self.base:
            return
        if editor.pristine:
            editor.reload(uid)
        else:
            editor.head.say_overtaken()

    def _bring_back(self, uid: str, state: State) -> None:
        self._editor.keeper.keep(uid, state)
        if self._editor.isVisible() and self._editor.uid in ("", uid):
            self._editor.reload(uid)

    def _undo(self, uid: str, undo: Callable[[], object]) -> None:
        if self._editor.uid == uid:
            undo()
        else:
            self._shell.toast("原来的记录已经关闭，请打开后再恢复")
