"""The frame stands before anything heavy is imported; each in an interpreter of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.library.branch import new_library

OPENED = "sqlalchemy sqlcipher3"
UNUSED = "alembic reportlab docx openpyxl lxml PIL pypinyin"
LATER = " ".join(
    f"dangjian_desktop.{name}"
    for name in (
        *("ui.members.roster", "ui.meetings.meetings", "ui.projects.projects"),
        *("ui.ledgers.ledgers", "ui.summaries.summaries", "ui.settings.settings"),
        *("ui.records.editor", "ui.paper.preview", "services.ledgers.importing"),
        *("services.members.roster_import", "services.papers.printing"),
        *("services.summaries.summaries", "papers.catalogue", "documents.pdf"),
    )
)
LIGHT = "ctypes json dangjian_desktop.masking dangjian_desktop.ui.look.tab_order"
"""Some milliseconds that no first painting needs."""
HEAVY = f"{OPENED} {UNUSED} {LIGHT} pypdfium2 python_calamine dangjian_desktop.ui.opened"
SHOWN = f"""
import sys
from pathlib import Path
from dangjian_desktop import app
from dangjian_desktop.ui.window.frame import Frame
from dangjian_desktop.ui.desk.store import SettingsStore
application = app.make_application()
settings = SettingsStore()
frame = Frame()
frame.show()
heavy = {HEAVY!r}.split()
early = [name for name in (*heavy, "dangjian_desktop.ui.window.main_window") if name in sys.modules]
program = app.furnish(application, frame, settings)
program.jobs.library = lambda *_work, **_titles: None
program.start({{library!r}} and Path({{library!r}}))
application.processEvents()
assert frame.isVisible() and frame.centralWidget().isVisible()
late = [name for name in heavy if name in sys.modules]
print(type(frame.centralWidget()).__name__, early, late)
"""
READY = f"""
import enum, sys
from pathlib import Path
from dangjian_desktop import app
from dangjian_desktop.ui.window.frame import Frame
from dangjian_desktop.ui.desk.store import SettingsStore
application = app.make_application()
settings = SettingsStore()
frame = Frame()
frame.show()
program = app.furnish(application, frame, settings)
program.start(Path({{library!r}}))
page = lambda: program.window.page("home")
while program.desk is None or program.jobs.busy or not page() or page()._sheet is None:
    application.processEvents()
print(*(name for name in {f"{UNUSED} {LATER}"!r}.split() if name in sys.modules), "ready")
classes = (each.__name__ for each in enum.Enum.__subclasses__())
print(*(name for name in classes if name == "WizardButton"), "alone")
while not all(name in sys.modules for name in {LATER!r}.split()) or program.jobs.busy:
    application.processEvents()
places = program.window._places.values()
print(program.window.page("home").isVisible(), all(place.ready for place in places))
"""


def run(code, tmp_path, **environment):
    merged = {**os.environ, "DANGJIAN_DATA": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    merged.update(environment)
    merged = {name: value for name, value in merged.items() if value}
    done = [sys.executable, *code]
    return subprocess.run(done, capture_output=True, text=True, env=merged, timeout=60, check=False)


def test_the_frame_is_shown_before_the_heavy_packages(tmp_path):
    library = str(tmp_path / "a.dangjian")
    done = run(["-c", SHOWN.format(library=library)], tmp_path)
    assert done.stdout.split() == ["MainWindow", "[]", "[]"], done.stderr


def test_so_is_the_first_window(tmp_path):
    done = run(["-c", SHOWN.format(library="")], tmp_path)
    assert done.stdout.split() == ["FirstWindow", "[]", "[]"], done.stderr


def test_the_first_page_waits_for_no_other_which_are_read_behind_it(tmp_path):
    library = tmp_path / "a.dangjian"
    new_library(library, Branch(name="中共测试支部")).close()
    done = run(["-c", READY.format(library=str(library))], tmp_path)
    told, classes, later = done.stdout.splitlines()
    assert told == "ready", done.stderr
    # Qt's binding loads all of its widgets when it is asked for one that Qt made for itself.
    assert classes == "alone"
    assert later.split() == ["True", "True"]


FURNISHED = """
import gc
from dangjian_desktop import app
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.window.frame import Frame
from dangjian_desktop.ui.window.quick_start import hasten_imports
hasten_imports()
application, programs = app.make_application(), []
app._furnish(application, Frame(), SettingsStore(), None, programs)
print(len(programs), gc.isenabled(), gc.get_freeze_count() > 10_000)
programs[0].jobs.close()
"""


def test_once_it_is_complete_python_sweeps_by_itself_in_no_thread(tmp_path):
    done = run(["-c", FURNISHED], tmp_path)
    assert done.stdout.split() == ["1", "False", "True"], done.stderr


CLOSED = """
import sys
from PySide6.QtCore import QTimer
from dangjian_desktop import app
show = app._show
def closed_at_once(application, frame):
    show(application, frame)
    QTimer.singleShot(20_000, lambda: application.exit(3))
    assert not frame.close()
app._show = closed_at_once
sys.exit(app.main([]))
"""


def test_a_window_that_is_closed_before_it_holds_anything_is_closed(tmp_path):
    done = run(["-c", CLOSED], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_display_a_sentence_is_said(tmp_path):
    none = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    done = run(["-m", "dangjian_desktop"], tmp_path, **none)
    assert done.returncode == 1
    assert "没有找到可用的显示器" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_command_line_is_said(tmp_path):
    done = run(["-m", "dangjian_desktop", "--nonsense"], tmp_path)
    assert done.returncode == 2
    assert "用法" in done.stderr


def test_qt_does_not_read_the_source_of_what_is_imported_after_it(tmp_path):
    code = (
        "import linecache, sys; from dangjian_desktop import app;"
        "app.hasten_imports(); import email.message;"
        "own = lambda name: 'email' in name or name.endswith(('frame.py', 'store.py'));"
        "print(list(filter(own, linecache.cache)))"
    )
    assert run(["-c", code], tmp_path).stdout.split() == ["[]"]
