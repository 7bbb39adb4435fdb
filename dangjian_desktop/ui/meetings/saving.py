"""Saves a meeting and checks it as it stands, each in the library's thread, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.meetings.form import in_parts
from dangjian_desktop.ui.meetings.link import save_with_links

CHECK_PAUSE = 600


class Saver(QObject):
    """``stored`` brings the meeting, the state it was read from and whether to stay."""

    stored = Signal(object, object, bool)
    refused = Signal(object)

    def __init__(self, desk: Desk, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self.busy = False

    def save(self, meeting: Meeting, state: State, *, stay: bool) -> None:
        """Store it; what the library refuses comes back as ``refused`` with sentences by field."""
        self.busy = True
        done = partial(self._done, state, stay)
        work = partial(save_with_links, self._desk, meeting, state)
        self._shell.jobs.library(work, done, self._failed, title="正在保存")

    def _done(self, state: State, stay: bool, meeting: Meeting) -> None:
        self.busy = False
        self.stored.emit(meeting, state, stay)

    def _failed(self, error: Exception) -> None:
        self.busy = False
        if isinstance(error, InputError):
            self.refused.emit(in_parts(error.fields) or {"": error.message})
        else:
            self._shell.messages.report(error)


class LiveCheck(QObject):
    """Asks the rules a while after the last change; ``found`` brings id and findings."""

    found = Signal(str, tuple)

    def __init__(
        self, desk: Desk, shell: Shell, meeting: Callable[[], Meeting | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._shell, self._meeting = desk, shell, meeting
        self._asked: Meeting | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_PAUSE)
        self._soon.timeout.connect(self._ask)

    @Slot()
    def touch(self) -> None:
        """Something was changed."""
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        meeting = self._meeting()
        if meeting is None or self._asked is not None:
            return
        self._asked = meeting
        work = partial(self._desk.check.of_unsaved, meeting)
        self._shell.jobs.library(work, self._done, self._failed, title="正在检查")

    def _done(self, findings: tuple[Finding, ...]) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        self.found.emit(asked.id, findings)
        if self._meeting() not in (asked, None):
            self._soon.start()

    def _failed(self, error: Exception) -> None:
        self._asked = None
        self._shell.messages.report(error)
