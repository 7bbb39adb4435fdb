from __future__ import annotations

import subprocess
import sys
import threading

from dangjian_desktop.ui.desk import reading_on
from dangjian_desktop.ui.desk.reading_on import ReadingOn


class Part:
    def __init__(self, read, name, ready=False):
        self._read, self.name, self.ready = read, name, ready

    def prepare(self):
        self._read.append((self.name, threading.current_thread() is threading.main_thread()))
        return []


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


def test_what_makes_classes_of_qt_is_imported_in_the_thread_of_the_window(tmp_path):
    """In a process of its own, in which nothing of a page is imported yet."""
    told = subprocess.run(
        [sys.executable, "-c", _PREPARED], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    behind, left, wrong = told[0].split(), told[1].split(), told[2]
    assert "dangjian_desktop.services.ledgers.style_offers" in behind
    assert not [name for name in behind if name.startswith(("dangjian_desktop.ui.", "PySide6."))]
    assert left[-1] == "dangjian_desktop.ui.ledgers.ledgers"
    assert "dangjian_desktop.ui.ledgers.rows" in left
    # Each of these imports but itself, so that no turn of the window's thread takes long.
    assert wrong == "[]"


_PREPARED = """
import sys
from importlib import import_module
from dangjian_desktop.late import Late
before = set(sys.modules)
left = Late("ui.ledgers.ledgers:LedgersPage").prepare()
behind = {n for n in set(sys.modules) - before if not hasattr(sys.modules[n], '__path__')}
many = []
for name in left:
    before = set(sys.modules)
    import_module(name)
    new = [n for n in set(sys.modules) - before if n in left and n != name]
    many += new[1:]
print(*behind)
print(*left)
print(many)
"""
