"""A process that types into the editor of a new record and is then killed by its parent."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.theme import Mode, Theme
from dangjian_desktop.ui.meetings.editor import meeting_editor


def main(library: Path) -> None:
    application = QApplication([])
    messages = Messages()
    settings = SettingsStore(library.with_suffix(".ini"))
    shell = Shell(
        jobs=Jobs(messages.report),
        messages=messages,
        theme=Theme(application, Mode.LIGHT),
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )
    editor = meeting_editor(open_desk(library), shell)
    editor.show()
    editor.start_new("committee_meeting")
    waiting = QTimer()

    def type_once() -> None:
        if editor.body is not None:
            waiting.stop()
            editor.body.closing.area.setPlainText("断电之前写下的小结")

    def say_kept(_draft: object) -> None:
        sys.stdout.write(f"{editor.state()['id']}\n")
        sys.stdout.flush()

    waiting.timeout.connect(type_once)
    waiting.start(20)
    editor.keeper.kept.connect(say_kept)
    application.exec()


main(Path(sys.argv[1]))
