"""Someone who types into the editor of a new meeting and never stops."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Mode, Theme
from dangjian_desktop.ui.meetings.editor import meeting_editor

BETWEEN_KEYS = 100
PAUSE_AFTER, PAUSE = 50, 2_000
"""Who thinks for a moment after so many keys, thinks so many milliseconds."""
WORDS = "断电之前写下的会议小结，一字一字地写，"


def a_shell(application: QApplication, library: Path) -> Shell:
    """What surrounds a page, with settings of its own beside the library."""
    messages, settings = Messages(), SettingsStore(library.with_suffix(".ini"))
    return Shell(
        jobs=Jobs(messages.report),
        messages=messages,
        theme=Theme(application, Mode.LIGHT),
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )


def typed(number: int) -> str:
    """The text after so many keys."""
    return (WORDS * (number // len(WORDS) + 1))[:number]


class Typist(QObject):
    """Ten characters a second, perhaps with pauses; says "typed N" after each, and "paused N"
    when a pause is over."""

    def __init__(self, desk: Desk, shell: Shell, pausing: bool) -> None:
        super().__init__()
        self._pausing = pausing
        self._editor = meeting_editor(desk, shell)
        self._number = 0
        self._keys = QTimer(self)
        self._keys.timeout.connect(self._press)
        self._editor.show()
        self._editor.start_new("committee_meeting")
        self._keys.start(BETWEEN_KEYS)

    @Slot()
    def _press(self) -> None:
        if self._editor.body is None:
            return
        area, number = self._editor.body.closing.area, self._number + 1
        area.insertPlainText(typed(number)[-1])
        self._number = number
        _say(f"typed {number}")
        if self._pausing and number % PAUSE_AFTER == 0:
            self._keys.stop()
            QTimer.singleShot(PAUSE, self, self._go_on)

    @Slot()
    def _go_on(self) -> None:
        _say(f"paused {self._number}")
        self._keys.start(BETWEEN_KEYS)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def type_on(library: Path, latest: int, pausing: bool) -> None:
    """Type until killed; a draft is kept at the latest after so many milliseconds."""
    keeper.AT_THE_LATEST = latest
    application = QApplication([])
    typist = Typist(open_desk(library), a_shell(application, library), pausing)
    application.exec()
    del typist
