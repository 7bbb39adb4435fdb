from __future__ import annotations

import threading

from dangjian_desktop.ui.desk import reading_on
from dangjian_desktop.ui.desk.reading_on import ReadingOn


class Part:
    def __init__(self, read, name, ready=False):
        self._read, self.name, self.ready = read, name, ready

    def read(self):
        self._read.append((self.name, threading.current_thread() is threading.main_thread()))


def test_what_is_missing_is_read_part_after_part_behind_the_window(qtbot, jobs, monkeypatch):
    monkeypatch.setattr(reading_on, "REST", 1)
    read = []
    made = ReadingOn(jobs)
    made.read([Part(read, "a"), Part(read, "b", ready=True), Part(read, "c")])
    qtbot.waitUntil(lambda: len(read) == 2 and not jobs.busy)
    assert read == [("a", False), ("c", False)]


def test_nothing_is_read_before_other_work_is_done(qtbot, jobs, monkeypatch):
    monkeypatch.setattr(reading_on, "REST", 1)
    read, go, told = [], threading.Event(), []
    made = ReadingOn(jobs)
    jobs.papers(lambda _step: go.wait(20), told.append)
    made.read([Part(read, "a")])
    qtbot.wait(20)
    assert (read, told) == ([], [])
    go.set()
    qtbot.waitUntil(lambda: read == [("a", False)])
