"""Every page, every view over it and every kind of editor in one window, one after the other."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page, Place
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.places import places
from dangjian_desktop.ui.records.card import RecordCard
from dangjian_desktop.ui.window.main_window import MainWindow
from tests.services.make import a_library, a_meeting, clock
from tests.services.talks.talks_world import a_talk, talks
from tests.ui.project_world import a_stored_project
from tests.ui.records.editors_world import a_case
from tests.ui.scenes import SCENES, played
from tests.ui.shared_world import add_each

ROW = {"topic": "党章学习", "form": "class", "organiser": "支部", "who": ["张三"], "hours": 2}
SIZE = (1366, 768)
ALL = bool(os.environ.get("DANGJIAN_WALK"))
SOME = {"general_meeting", "democratic_appraisal"}
"""The kinds of meetings whose editors are looked at in the ordinary run; DANGJIAN_WALK: all."""
SAME = re.compile(
    r"-down$|^edit-meeting-\d|^settings-(?!bin|look-page)|^summary-paper|^ledger-row$"
)
"""Scenes that show what another has shown, only scrolled."""


class Stage:
    """The window over a small library in which there is one of everything."""

    def __init__(self, folder: Path, shell: Shell, desk: Desk | None = None) -> None:
        self.shell, self.desk = shell, desk or _filled(folder)
        self.window = MainWindow(shell)
        self.window.resize(*SIZE)
        made_up = Place("made_up", "事项", "file-text", partial(_made_up, self.desk, shell))
        self.window.set_search(lambda _text, _show: None)
        self.window.set_places([*places(self.desk, shell), made_up])
        self.desk.announce = shell.changes.announce
        self.window.show()
        self.to_front()

    def to_front(self) -> None:
        """It has the keys, whichever window was shown last."""
        self.window.activateWindow()
        until(self.window.isActiveWindow)
        self.settle()

    def views(self) -> Iterator[str]:
        """Shows the next view each time it is asked, and gives its name."""
        for code in self.window._places:
            self.window.go(code)
            self.settle()
            yield code
            for scene in played(lambda: self.page, SCENES.get(code, ()), self.settle):
                if not SAME.search(scene):
                    yield scene
            if code == "meetings":
                yield from self._editors_of_meetings()

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page(self.window.here)

    def settle(self) -> None:
        """Until nothing is under way any more."""
        for _turn in range(3):  # what has come is laid out, and may ask for more
            until(self._quiet)
            QApplication.processEvents()

    def close(self) -> None:
        """Give everything back."""
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.desk.close()

    def _quiet(self) -> bool:
        page: QWidget | None = self.page
        if page is None:  # what it is made of is being imported
            return False
        for parts in page.findChildren(Parts):
            parts.finish()
        waits = any(card.isVisible() and card.waiting for card in page.findChildren(RecordCard))
        return not self.shell.jobs.busy and not waits

    def _editors_of_meetings(self) -> Iterator[str]:
        for kind in Kinds():
            if not (ALL or kind.code in SOME):
                continue
            self.page.start_new(kind.code)
            self.settle()
            body = self.page.editor.body
            for part in ("actions", "vote", "speeches"):
                body.agenda.cards[0].add_part(part)
            for adder in body.more.adders.values():
                adder.click()
            self.settle()
            yield f"new {kind.code}"


def until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let events pass until this is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, done
        QApplication.processEvents()
        time.sleep(0.001)


def _made_up(desk: Desk, shell: Shell) -> Page:
    page, case = Page(), a_case("made_up", desk, shell)
    column_of(case.editor, on=page, gap=0)
    case.editor.open(case.uid)
    return page


def _filled(folder: Path) -> Desk:
    desk = Desk(a_library(folder), clock)
    desk.meetings.import_json([a_meeting(), a_meeting(title="第二次大会", date="2026-02-18")])
    [binned] = desk.meetings.import_json(a_meeting(title="误录的会", date="2026-01-18"))["ids"]
    desk.meetings.delete(binned, "误录")
    a_stored_project(desk)
    a_stored_project(desk, title="安全攻坚")
    desk.ledgers.save(desk.ledgers.read("training", ROW | {"day": "2026-01-05", "counts": True}))
    talks(desk).import_json(a_talk())
    add_each(desk)
    desk.drafts.put("meeting", new_id(), {"title": "草稿"})
    return desk
