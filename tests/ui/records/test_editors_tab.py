"""Tab goes through every editor as it is read, and no control is a trap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.ui.meetings import editor as editor_of_meetings
from dangjian_desktop.ui.meetings.chips import PersonBar
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.projects.values import ValuesGrid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LINE = 14


@pytest.fixture(autouse=True)
def no_verdicts(monkeypatch):
    """They would arrive in the middle of a walk."""
    monkeypatch.setattr(editor_of_meetings, "CHECK_PAUSE", 10_000_000)


def places(editor):
    """Where each control stands, however far the form is scrolled."""
    inside = editor.leaf.form.findChild(QWidget, "form.inside")

    def place(widget):
        if inside is not None and inside.isAncestorOf(widget):
            area = inside.parentWidget()
            at = widget.mapTo(inside, QPoint()) + area.mapTo(editor, QPoint())
        else:
            at = widget.mapTo(editor, QPoint())
        return at.y(), at.x()

    return place


def reachable(editor):
    found = set()
    for widget in editor.findChildren(QWidget):
        off = isinstance(widget, QAbstractButton) and widget.autoExclusive()
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.add(widget) if not off or widget.isChecked() else None
    return found


def walk(qtbot, editor, key, most=600):
    """Every control in the order of the key, from the first one on, back to it."""
    first = QApplication.focusWidget()
    found = [first]
    for _step in range(most):
        qtbot.keyClick(QApplication.focusWidget(), key)
        # What the focus brings up (the bar of a member) takes its place in the order.
        QApplication.processEvents()
        here = QApplication.focusWidget()
        if here is first:
            return found
        if here is not found[-1]:
            assert here not in found, here.objectName()
            found.append(here)
    raise AssertionError(f"a trap at {found[-1].objectName()}")


def settled(widget):
    """Whether it is there whoever has the cursor: the bar shows whose chip is focused."""
    return not isinstance(widget.parent(), PersonBar) and not isinstance(
        widget.parent().parent(), PersonBar
    )


def check_walk(qtbot, editor):
    qtbot.waitUntil(lambda: QApplication.activeWindow() is editor)
    editor.keep()
    qtbot.waitUntil(lambda: editor.keeper.safe)
    editor.chain.settle()
    wanted = reachable(editor)
    editor.head.back.setFocus()
    found = walk(qtbot, editor, Qt.Key.Key_Tab)
    assert {w for w in found if settled(w)} == {w for w in wanted if settled(w)}
    place = places(editor)
    for before, after in pairwise(found):
        (top, left), (below, right) = place(before), place(after)
        ordered = below - top >= LINE or (abs(below - top) < LINE and right > left)
        assert ordered, (before.objectName(), (top, left), after.objectName(), (below, right))
    editor.head.back.setFocus()
    back = walk(qtbot, editor, Qt.Key.Key_Backtab)
    assert [w for w in back[1:] if settled(w)] == [w for w in found[:0:-1] if settled(w)]


def test_tab_goes_through_the_form_as_it_is_read(qtbot, case):
    rows = case.rows()
    rows.stack.add.click()
    case.editor.settle()
    QApplication.processEvents()
    check_walk(qtbot, case.editor)


@pytest.mark.parametrize("kind", [kind.code for kind in Kinds()])
def test_tab_goes_through_every_kind_of_meeting(qtbot, desk, shell, kind, disk):
    editor = meeting_editor(desk, shell)
    qtbot.addWidget(editor)
    editor.resize(1180, 700)
    editor.show()
    editor.activateWindow()
    editor.start_new(kind)
    qtbot.waitUntil(lambda: bool(editor.uid))
    card = editor.body.agenda.cards[0]
    for part in ("actions", "vote", "speeches"):
        card.add_part(part)
    for adder in editor.body.more.adders.values():
        adder.click()
    editor.settle()
    QApplication.processEvents()
    check_walk(qtbot, editor)
    editor.keeper.give_up()
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=10_000)


def test_the_grid_of_months_is_left_at_its_last_cell(qtbot, theme):
    grid = ValuesGrid(theme)
    qtbot.addWidget(grid)
    grid.show_values((("t", "单进"),), ("2026-01", "2026-02"), {})
    grid.show()
    grid.setCurrentIndex(grid.values.index(0, 0))
    assert not grid._at_end(True)
    grid.setCurrentIndex(grid.values.index(0, 1))
    assert grid._at_end(True)
