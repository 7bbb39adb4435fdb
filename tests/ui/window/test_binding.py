"""Qt's binding is compiled once; each start in an interpreter of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

START = """
import sys
from dangjian_desktop.ui.window import binding
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
try:
    QSize("a")
except TypeError as error:
    print(error)
print(QLabel("甲").text(), binding.FOUND, sys.modules["shiboken6"].__file__ == binding.find_spec(
    "shiboken6").origin, "PySide6.QtWidgets" in sys.modules)
from dangjian_desktop.ui.window.binding_kept import keep_compiled
print(keep_compiled())
"""


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from dangjian_desktop import app
furnish = app._furnish
def watched(application, *more):
    furnish(application, *more)
    timer = QTimer(application)
    kept = lambda: any(Path(sys.pycache_prefix).rglob("binding-*/sum"))
    timer.timeout.connect(lambda: kept() and application.quit())
    timer.start(20)
app._furnish = watched
app.main([])
"""


@pytest.fixture
def start(tmp_path):
    def started(code=START, **more):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment |= {"PYTHONPYCACHEPREFIX": str(tmp_path), **more}
        ran = [sys.executable, "-c", code]
        done = subprocess.run(
            ran, capture_output=True, text=True, env=environment, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        if code is not START:
            return done.stdout
        *told, found, kept = done.stdout.splitlines()
        # The binding tells its signatures in any order.
        return sorted(told), found, kept

    return started


def kept_in(folder):
    return sorted(folder.rglob("binding-*"))


def test_what_the_first_start_compiled_serves_the_next_and_says_the_same(start, tmp_path):
    first, second, third = start(), start(), start()
    assert first[1:] == ("甲 False True True", "True")
    assert second[1:] == third[1:] == ("甲 True True True", "False")
    assert any("QSize" in line for line in first[0])
    assert first[0] == second[0] == third[0]
    assert len(kept_in(tmp_path)) == 1


def test_the_window_keeps_it_once_it_is_there(start, tmp_path):
    start(WINDOW, DANGJIAN_DATA=str(tmp_path / "data"))
    assert start()[1:] == ("甲 True True True", "False")


@pytest.mark.parametrize(
    "harm", [lambda f: f.unlink(), lambda f: f.write_bytes(f.read_bytes()[:99])]
)
def test_what_is_damaged_is_not_used_and_made_again(start, tmp_path, harm):
    told = start()[0]
    harm(next(kept_in(tmp_path)[0].rglob("loader.pyc")))
    assert start() == (told, "甲 False True True", "True")
    assert start() == (told, "甲 True True True", "False")
    assert len(kept_in(tmp_path)) == 1


def test_nothing_is_kept_where_no_byte_code_is(start, tmp_path):
    for _ in range(2):
        assert start(PYTHONDONTWRITEBYTECODE="1")[1:] == ("甲 False True True", "False")
    assert kept_in(tmp_path) == []


FROZEN = """
import sys
sys.frozen = True
"""


def test_a_frozen_program_is_left_alone(start, tmp_path):
    start()
    ended = start(FROZEN + START).splitlines()
    assert ended[-2:] == ["甲 False True True", "False"]


@pytest.mark.parametrize(
    "harm",
    ["binding.find_spec = lambda _name: None", "binding.kept = refuse", "binding.sum_of = refuse"],
)
def test_whatever_is_unexpected_leads_to_the_ordinary_way(start, tmp_path, harm):
    start()
    code = f"""
import sys
from dangjian_desktop.ui.window import binding
def refuse(*_given):
    raise PermissionError("kept")
for name in [name for name in sys.modules if name.startswith("shiboken")]:
    del sys.modules[name]
{harm}
print(binding.find_compiled(), "shiboken6" in sys.modules)
"""
    assert start(code) == "False False\n"
