"""What holds for every page and every editor: keys reach all, readers of the screen know all."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget
from shiboken6 import delete

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look import spoken as spoken_module
from dangjian_desktop.ui.look.ring import Focus
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.meetings import editor as editor_of_meetings
from dangjian_desktop.ui.records.editor import RecordEditor
from tests.ui.every_view import ALL, Stage
from tests.ui.telling import moved_by_telling
from tests.ui.test_widgets import Windows

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TAB = Qt.FocusPolicy.TabFocus
NO_ROLE = {
    QAccessible.Role.NoRole,
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Window,
    QAccessible.Role.Grouping,
    QAccessible.Role.Border,
    QAccessible.Role.LayeredPane,
}
MOST = 400
"""More steps than any view has controls, and grids have cells."""
THERE_AND_BACK = {"member", "new democratic_appraisal", "project-edit", "ledger-style"}
THERE_AND_BACK |= {"made_up", "settings"}


@dataclass
class Faults:
    """What was found wrong, by kind: the view and the widget."""

    counted: int = 0
    order: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    shifted: list[str] = field(default_factory=list)
    windows: list[str] = field(default_factory=list)


@contextmanager
def set_up(tmp_path_factory, look):
    patch = pytest.MonkeyPatch()
    patch.setenv("DANGJIAN_DATA", str(tmp_path_factory.mktemp("data")))
    # Verdicts would arrive in the middle of a walk.
    patch.setattr(editor_of_meetings, "CHECK_PAUSE", 10_000_000)
    messages = Messages()
    settings = SettingsStore(tmp_path_factory.mktemp("settings") / "window.ini")
    jobs = Jobs(messages.report)
    shell = Shell(
        jobs=jobs,
        messages=messages,
        theme=look,
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )
    focus = Focus(look)
    made = Stage(tmp_path_factory.mktemp("library"), shell)
    yield made
    delete(focus)
    made.close()
    assert jobs.close()
    patch.undo()


@pytest.fixture(scope="module")
def kept_stage(tmp_path_factory, qapp, look):
    with set_up(tmp_path_factory, look) as made:
        yield made


@pytest.fixture
def stage(kept_stage):
    """In front, whatever other window came since."""
    kept_stage.to_front()
    return kept_stage


@pytest.fixture(scope="module")
def faults(tmp_path_factory, qapp, look):
    """One walk through all of them, in a window in which nothing has been done."""
    found = Faults()
    with set_up(tmp_path_factory, look) as stage:
        windows = Windows()
        qapp.installEventFilter(windows)
        for view in stage.views():
            look_at(stage, view, found)
        found.windows += windows.beside(stage.window)
    return found


def look_at(stage: Stage, view: str, found: Faults) -> None:
    focus = QApplication.focusWidget()
    if focus is None or not stage.page.isAncestorOf(focus) or not takes_tab(focus):
        found.first.append(f"{view}: {path(focus)}")
    look_at_names(stage.window, view, found)
    found.shifted += [f"{view}, {each}" for each in moved_by_telling(stage)]
    walk(stage.window, view, found)
    if view.startswith("new "):
        save_at_once(stage, view, found)
    else:
        refresh(stage, view, found)


def takes_tab(widget: QWidget) -> bool:
    off = isinstance(widget, QAbstractButton) and widget.isCheckable() and not widget.isChecked()
    group = off and (widget.autoExclusive() or bool(widget.group() and widget.group().exclusive()))
    takes = widget.focusPolicy() & TAB and widget.focusProxy() is None and not group
    return bool(takes) and widget.isVisible() and widget.isEnabled()


def path(widget: QWidget | None) -> str:
    names = []
    while widget is not None and len(names) < 4:
        names.append(f"{type(widget).__name__} {widget.objectName()}".strip())
        widget = widget.parentWidget()
    return " in ".join(names)


def walk(window: QWidget, view: str, found: Faults) -> None:
    """Tab from the first control of the window through all; in one view of a kind back again."""
    start = in_order(window)[0]
    seen = pressed_from(start, Qt.Key.Key_Tab, found, view)
    wanted = [w for w in window.findChildren(QWidget) if takes_tab(w) and w.window() is window]
    found.counted += len(wanted)
    found.never += [f"{view}: {path(w)}" for w in wanted if w not in seen]
    pairs = [(a, b) for a, b in pairwise(seen) if not read_before(a, b)]
    found.order += [f"{view}: {path(a)} → {path(b)}" for a, b in pairs]
    if view in THERE_AND_BACK:
        back = pressed_from(start, Qt.Key.Key_Backtab, found, view)
        found.never += [f"{view}, backwards: {path(w)}" for w in seen if w not in back]


def pressed_from(start: QWidget, key: Qt.Key, found: Faults, view: str) -> list[QWidget]:
    """Every control that the key comes to before it comes to the first again."""
    start.setFocus()
    seen = [start]
    for _step in range(MOST):
        here = QApplication.focusWidget()
        assert here is not None, f"{view}: nothing has the focus after {path(seen[-1])}"
        QTest.keyClick(here, key)
        if (here := QApplication.focusWidget()) is start:
            return seen
        if here is not seen[-1]:
            seen.append(here)
    found.traps.append(f"{view}: {path(here)}")
    return seen


def read_before(one: QWidget, other: QWidget) -> bool:
    """By where they stand, or what holds them: the other below the one, else at its right."""
    around = one
    while not around.isAncestorOf(other):
        one, around = around, around.parentWidget()
    if around is one:
        return True
    while other.parentWidget() is not around:
        other = other.parentWidget()
    first, second = one.geometry(), other.geometry()
    below = second.top() > first.bottom()
    return below or (second.left() > first.right() and second.bottom() > first.top())


def look_at_names(window: QWidget, view: str, found: Faults) -> None:
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        if not takes or not widget.isVisible() or widget.window() is not window:
            continue
        if isinstance(widget, QLabel):  # its text is its name
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip() or told.role() in NO_ROLE:
            found.nameless.append(f"{view}: {path(widget)} {told.role()}")


def save_at_once(stage: Stage, view: str, found: Faults) -> None:
    """What is refused puts the cursor into the first field that is wrong, of the first part."""
    body = stage.page.editor.body
    body.agenda.cards[0].content.set_value("只有汇报，没有议题。")
    body.head.cells["start"].set_value("二十五点")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    wrong = [w for w in in_order(stage.page) if w.property("wrong")]
    here = QApplication.focusWidget()
    if not wrong or here is not wrong[0]:
        found.refused.append(f"{view}: {path(here)} not {path(wrong[0]) if wrong else 'refused'}")


def refresh(stage: Stage, view: str, found: Faults) -> None:
    """A change elsewhere leaves every control where it is, and the focus with it."""
    before = {widget: path(widget) for widget in in_order(stage.page)}
    focus = QApplication.focusWidget()
    stage.page.refresh(frozenset(Topic))
    stage.settle()
    after = in_order(stage.page)
    found.moved += [f"{view}: {where}" for widget, where in before.items() if widget not in after]
    if QApplication.focusWidget() is not focus:
        found.moved.append(f"{view}: {before.get(focus)} → {path(QApplication.focusWidget())}")


def test_tab_goes_as_one_reads(faults):
    assert faults.order == []


def test_tab_reaches_every_control(faults):
    assert faults.never == []
    assert faults.counted > 900 if ALL else faults.counted > 700


def test_no_control_keeps_tab(faults):
    assert faults.traps == []


def test_a_reader_of_the_screen_knows_name_and_role_of_every_control(faults):
    assert faults.nameless == []


def test_what_is_told_does_not_move_the_field_under_the_hand(faults):
    assert faults.shifted == []


def test_every_view_says_where_the_focus_begins(faults):
    assert faults.first == []


def test_a_refresh_moves_neither_controls_nor_focus(faults):
    assert faults.moved == []


def test_a_refused_save_puts_the_cursor_into_the_first_wrong_field(faults):
    assert faults.refused == []


def test_nothing_is_shown_as_a_window_of_its_own_for_a_moment(faults):
    # It would flicker, and take the keys from the window.
    assert faults.windows == []


class Spoken:
    """Takes the place of QtGui where messages are announced, and keeps what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.QAccessible = self

    def __getattr__(self, name: str) -> object:
        return getattr(QAccessible, name, None) or getattr(QtGui, name)

    def updateAccessibility(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.said.append(event.message())


@pytest.fixture
def spoken(monkeypatch):
    made = Spoken()
    monkeypatch.setattr(spoken_module, "QtGui", made)
    return made.said


def test_keys_work_wherever_the_focus_is(stage, monkeypatch):
    stage.window.go("roster")
    stage.settle()
    page, search = stage.page, stage.window.top.search
    if not page.views.at_home:
        page.back()
        stage.settle()
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert page.editing
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    stage.settle()
    assert page.views.at_home
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.list.filter
    QTest.keyClick(page.list.filter, Qt.Key.Key_Escape)
    page.list.focus_first()
    QTest.keyClick(page.table.view, Qt.Key.Key_Escape)
    assert stage.window.here == "roster"  # there is no step back here, and nobody goes elsewhere
    entry = stage.window.side.findChild(QToolButton, "place.meetings")
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    stage.settle()
    assert stage.window.here == "meetings"


def test_the_neighbour_takes_the_focus_of_what_goes(stage):
    stage.window.go("made_up")
    stage.settle()
    rows = stage.page.findChild(RecordEditor).body.form.editor("rows")
    first, second = rows.rows[0], rows.rows[1]
    first.remove.setFocus()
    first.remove.click()
    assert second.isAncestorOf(QApplication.focusWidget())
    cross = second.remove
    cross.setFocus()
    cross.hide()  # as whatever takes its own button away
    assert second.isAncestorOf(QApplication.focusWidget())


def test_every_message_is_spoken(stage, spoken, theme):
    shell, window = stage.shell, stage.window
    shell.toast("已移入回收站：第一件", lambda: None)
    shell.messages.notice("磁盘空间不足", "请清理后再试")
    window.strip.say("正在关闭")
    search = window.top.search
    search.setFocus()
    search.setText("没有的词")
    search.show_hits("没有的词", ())
    note = Problem()
    note.setParent(window)
    note.say("请填写议题")
    note.say("请填写议题")
    note.deleteLater()
    assert spoken == [
        "已移入回收站：第一件，按 Ctrl+Z 撤销",
        "磁盘空间不足\n请清理后再试",
        "正在关闭",
        "没有找到",
        "请填写议题",
    ]
    window.strip.hide()
    window.banner.clear()
    search.clear()


def test_a_refused_and_a_done_save_are_spoken(stage, spoken):
    stage.window.go("made_up")
    stage.settle()
    editor = stage.page.findChild(RecordEditor)
    title = editor.body.form.editor("title")
    title.set_value("")
    editor.save()
    stage.settle()
    line = title.focusProxy()
    assert stage.window.focusWidget() is line
    assert line.accessibleDescription() == "必填，有误，请填写名称"
    assert (
        "有 1 处需要改正，草稿已保留" in spoken
    )  # what the strip says of slow work may come after
    title.set_value("第一件")
    editor.save()
    stage.settle()
    assert spoken[-1].endswith("已保存")
    assert line.accessibleDescription() == "必填"


def test_verdicts_are_spoken_when_they_change_and_lines_that_stay_keep_the_focus(
    qtbot, theme, spoken
):
    told = [Finding("Q", Verdict.VIOLATION, "m", f"第{n}条不合", "《条例》") for n in (1, 2)]
    verdicts = Verdicts(theme)
    qtbot.addWidget(verdicts)
    verdicts.show_findings(told[:1], {})
    kept = verdicts.lines[0]
    verdicts.show_findings(told, {})
    verdicts.speak_of_changes(told[:1])
    assert spoken == ["不符合：第2条不合（《条例》）"]
    assert verdicts.lines[0] is kept
    verdicts.show_findings((), {})
    verdicts.speak_of_changes(told)
    assert spoken[-1] == "检查结果：没有需要处理的"
    line = QAccessible.queryAccessibleInterface(kept)
    assert line.role() is QAccessible.Role.Button
    assert line.text(QAccessible.Text.Name).startswith("不符合：")
    assert (line.state().expandable, line.state().expanded) == (True, False)
    line.actionInterface().doAction("Press")
    assert line.state().expanded
