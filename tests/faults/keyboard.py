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
    """Ten characters a second; says "typed N" after each."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
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
        sys.stdout.write(f"typed {number}\n")
        sys.stdout.flush()


def type_on(library: Path, latest: int) -> None:
    """Type until killed; a draft is kept at the latest after so many milliseconds."""
    keeper.AT_THE_LATEST = latest
    application = QApplication([])
    typist = Typist(open_desk(library), a_shell(application, library))
    application.exec()
    del typist
