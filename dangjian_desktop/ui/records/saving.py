"""Saves the record of an editor in the library's thread, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.errors import InputError
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.records.editing import Editing, Overtaken, store


class Saver(QObject):
    """Saves what stands in an ``editor``: its ``read``, ``state``, ``head``, ``body``."""

    def __init__(
        self, clock: Callable[[], datetime], shell: Shell, editing: Editing, editor: Any
    ) -> None:
        super().__init__(editor)
        self._clock, self._shell, self._editing = clock, shell, editing
        self._editor = editor
        self.busy = False

    def save(self, *, leave: bool) -> None:
        """Store the record, or say what is wrong; ``leave`` asks to go back afterwards."""
        editor = self._editor
        if not editor.uid or self.busy:
            return
        editor.keep()
        record, problems = editor.read()
        self._point_out(problems)
        if problems or record is None:
            return
        self.busy = True
        uid, state = editor.uid, editor.state()
        work = partial(store, self._editing, uid, record, state, editor.versions.base)
        done, failed = partial(self._stored, uid, state, leave), partial(self._failed, uid)
        self._shell.jobs.library(work, done, failed, title="正在保存")

    @Slot()
    def save_and_leave(self) -> None:
        """Store the record and go back."""
        self.save(leave=True)

    def _point_out(self, problems: Mapping[str, str]) -> None:
        self._editor.head.say_problems(len(problems), self._editor.body.point_out(problems))

    def _stored(self, uid: str, state: State, leave: bool, result: tuple[Any, int]) -> None:
        self.busy = False
        now = self._clock().astimezone()
        self._shell.set_saved(now)
        editor = self._editor
        same = editor.uid == uid and editor.take_stored(*result, state)
        if same:
            editor.head.say_saved(now)
        editor.saved.emit(uid)
        gone = "、".join(field.label for field, _words in self._editing.removed(state))
        said = f"，已去掉不能显示的字符：{gone}" if gone else ""
        if said or (same and leave):
            self._shell.toast(f"{self._editing.noun}已保存{said}")
        if same and leave:
            editor.left.emit(uid)

    def _failed(self, uid: str, error: Exception) -> None:
        self.busy = False
        head = self._editor.head
        if self._editor.uid != uid:
            self._shell.messages.report(error)
        elif isinstance(error, Overtaken):
            head.say_overtaken()
        elif isinstance(error, InputError):
            self._point_out(by_place(error))
        else:
            head.say_failed()
            self._shell.messages.report(error)


def by_place(error: InputError) -> dict[str, str]:
    """Every sentence of a refusal by its place."""
    found: dict[str, str] = {}
    for issue in error.issues:
        found[issue.field or ""] = found.get(issue.field or "", "") + issue.message
    return found or {"": error.message}
