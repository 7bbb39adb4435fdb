"""Every page and editor at every size of screen and type: all of it can be reached and read."""

from __future__ import annotations

import os
from functools import partial

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
)
from pytestqt.exceptions import TimeoutError as Late

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui import places
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.page import Page, Place
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.late import complete
from dangjian_desktop.ui.window.first_window import FirstWindow
from dangjian_desktop.ui.window.main_window import MainWindow
from tests.services.make import a_library, a_meeting, a_member, clock
from tests.ui.look.reaching import out_of_sight, too_small, unreachable
from tests.ui.look.test_faces import RARE, boxes
from tests.ui.project_world import a_stored_project
from tests.ui.roster_world import quiet
from tests.ui.scenes import SCENES, played
from tests.ui.shared_world import add_each

SCREENS = ((1366, 768), (1093, 614), (911, 512), (683, 384), (1024, 600))
"""1366 × 768 at 1, 1.25, 1.5 and 2 times the size, and a small one."""
LETTERS = {letter for name in RARE for letter in name if letter > "\u9fff" or letter < "\u4e00"}
CODES = [code for code, *_ in places._LIST]
LEDGER = "training"
EDITORS = {"member", "roster-import-found", "new-meeting", "ledger-edit"}
EDITORS |= {"project-edit", "settings-look-page", "talk-coverage", "talk-edit"}
EDITORS |= {"indicator-months", "item-step", "agreement-sign"}
BEFORE = {"roster-import", "item-task"}
"""Scenes from which one of these goes on."""
ALL = bool(os.environ.get("DANGJIAN_WALK"))
"""Whether all scenes are walked through, at 14 points too, not only the editors."""
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A little of everything, with the rare names of the sample year in it."""
    desk = Desk(a_library(tmp_path_factory.mktemp("library")), clock)
    with desk._library.changing(Topic.MEMBERS) as work:
        for name in RARE:
            work.members.save(a_member(name))
    held = a_meeting(title=f"表彰{RARE[0]}的会议")
    held["attendance"]["present"] += RARE
    desk.meetings.import_json([held])
    a_stored_project(desk, title=f"{RARE[1]}的项目")
    plain = {"topic": "党章学习", "form": "class", "organiser": "支部", "who": [RARE[2]]}
    day = {"day": "2026-01-05", "hours": "2", "counts": True}
    desk.ledgers.save(desk.ledgers.read(LEDGER, plain | day))
    talk = {"day": "2026-01-06", "talkers": [{"name": "张三"}], "partners": [{"name": RARE[0]}]}
    desk.shared["heart_talk"].import_json(talk)
    add_each(desk, RARE)
    yield desk
    desk.close()


@pytest.fixture
def worn_shell(jobs, messages, settings, worn):
    theme, window = worn
    complete(theme)
    made = Shell(
        jobs=jobs,
        messages=messages,
        theme=theme,
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )
    return made, window


def sooner_or_later(qtbot, found):
    """Nothing, or what is still found after all layouts had their time."""
    try:
        qtbot.waitUntil(lambda: found() == [], timeout=10_000)
    except Late:
        return found()
    return []


def check(qtbot, window, where, screens=SCREENS):
    """Whether all of it can be reached and pressed on every screen."""
    wrong = []
    for width, height in screens:
        window.resize(width, height)
        if (window.width(), window.height()) != (width, height):
            wrong.append((where, "larger than the screen", window.width(), window.height()))
        for what in (unreachable, too_small, out_of_sight):
            found = sooner_or_later(qtbot, lambda what=what: what(window))
            wrong += [(where, what.__name__, width, each) for each in found]
    return wrong


def texts(view):
    """What a widget shows as text."""
    if isinstance(view, QLabel | QAbstractButton | QLineEdit):
        return [view.text()]
    if isinstance(view, QPlainTextEdit):
        return [view.toPlainText()]
    model = view.model() if isinstance(view, QAbstractItemView) else None
    if model is None:
        return []
    rows, columns = min(model.rowCount(), 30), _columns(view)
    return [str(model.index(r, c).data() or "") for r in range(rows) for c in range(columns)]


def _columns(view):
    return view.horizontalHeader().count() if isinstance(view, QTableView) else 1


KINDS = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)


def empty_boxes(window):
    """How many widgets show rare letters, and which draw one as a box."""
    seen, wrong = 0, []
    for kind in KINDS:
        for each in window.findChildren(kind):
            rare = LETTERS & set("".join(texts(each))) if each.isVisible() else set()
            seen += bool(rare)
            wrong += [(each.objectName(), b) for b in boxes(rare, each.font())]
    return seen, wrong


@pytest.mark.parametrize("code", CODES)
def test_everything_can_be_reached_pressed_and_read(qtbot, worn_shell, desk, code, monkeypatch):
    shell, window = worn_shell
    monkeypatch.setattr(Parts, "_PAUSE", 0, raising=False)
    shell.theme.choose(points=16.0)
    main = MainWindow(shell)
    window.setCentralWidget(main)
    window.resize(1366, 768)
    window.show()
    main.set_places([each for each in places.places(desk, shell) if each.code == code])
    qtbot.waitUntil(lambda: main.page(code) is not None)
    page = main.page(code)
    if (parts := page.findChild(Parts)) is not None:
        parts.finish()
    quiet(qtbot, shell)
    wrong = check(qtbot, window, code, SCREENS if ALL else SCREENS[2:])
    seen, drawn = empty_boxes(window)
    window.resize(1366, 768)
    scenes = tuple(s for s in SCENES.get(code, ()) if ALL or s.name in EDITORS | BEFORE)
    for scene in played(partial(main.page, code), scenes, partial(quiet, qtbot, shell)):
        if scene in EDITORS or ALL:
            wrong += check(qtbot, window, scene, SCREENS if ALL else SCREENS[3:4])
            more, others = empty_boxes(window)
            seen, drawn = seen + more, drawn + others
        window.resize(1366, 768)
    for points in (14.0, 10.5) if ALL else (10.5,):
        shell.theme.choose(points=points)
        wrong += check(qtbot, window, f"{code} at {points}", SCREENS if ALL else SCREENS[::3])
    assert wrong == []
    assert drawn == []
    assert seen > 0 or code in (
        "home",
        "summaries",
        "settings",
        "checks",
        "search",
        "package",
        "template",
        "blank_forms",
    )
    quiet(qtbot, shell)


def test_so_can_the_side_bar_and_the_first_window(qtbot, worn_shell):
    shell, window = worn_shell
    main = MainWindow(shell)
    window.setCentralWidget(main)
    window.show()
    main.set_places([Place(str(n), "组织生活", "users", Page, n == 9) for n in range(10)])
    wrong = check(qtbot, window, "bar")
    shell.theme.choose(points=16.0)
    wrong += check(qtbot, window, "bar at 16")
    first = FirstWindow(shell)
    window.setCentralWidget(first)
    first.show()
    for step in (first._to_start, first._to_new):
        step()
        wrong += check(qtbot, window, step.__name__)
    assert wrong == []
