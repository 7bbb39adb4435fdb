"""A whole program in its frame, as ``app`` makes it, and its end."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

from shiboken6 import delete

from dangjian_desktop.app import doors
from dangjian_desktop.ui.desk.page import Page, Place
from dangjian_desktop.ui.program import Program
from dangjian_desktop.ui.window.frame import Frame


def one_place(_desk, _shell):
    """For a test that looks at no page: one that is empty."""
    return (Place("roster", "党员", "users", Page),)


class Programs:
    """Makes them; ``left`` counts how often one wanted to quit, ``said`` holds its notices."""

    def __init__(self, qtbot, qapp, theme, settings, monkeypatch):
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        monkeypatch.setattr(threading, "excepthook", threading.excepthook)
        self._qtbot, self._qapp, self._theme, self._settings = qtbot, qapp, theme, settings
        self._monkeypatch = monkeypatch
        self._made: list[Program] = []

    def __call__(self, **own):
        frame = Frame()
        frame.show()
        made = Program(self._qapp, frame, self._settings, replace(doors(), **own))
        made.left, made.said, made.bugs = [], [], []
        leave = made.left.append
        self._monkeypatch.setattr(self._qapp, "quit", lambda: leave(1), raising=False)
        made.messages.noticed.connect(made.said.append)
        made.messages.failed.connect(made.bugs.append)
        self._made.append(made)
        return made

    def end(self):
        """Each ends as it does by itself: what it asked for is heard before its frame is gone."""
        for made in self._made:
            made.locking.let_through()
            self._qtbot.waitUntil(lambda made=made: not made.jobs.busy)
            assert made.jobs.close()
            if made.desk is not None:
                made.desk._library.close()
            made.frame.may_close = True
            made.frame.close()
            made.deleteLater()
            # Else the look would be given to all its widgets once more.
            delete(made.frame)
        self._theme.apply()
        assert [bug for made in self._made for bug in made.bugs] == []
