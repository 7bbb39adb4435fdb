"""While the window is locked nothing is lost and nothing is seen: words, dialogs, opened files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QToolTip

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services import lending
from dangjian_desktop.services.lending import Lent
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.drafts import DraftService
from dangjian_desktop.storage.file.keys import is_locked, let_go
from dangjian_desktop.storage.library import Library
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.desk.forgetting import Forgetting
from dangjian_desktop.ui.locking import NOT_KEPT
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.window import idle
from tests.ui.leaving_world import text_of, typed_into, write
from tests.ui.locking.world import OLD, enter, opened, page_of

pytestmark = [
    pytest.mark.usefixtures("quick_passwords"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
WORDS = "还没有保存的名字"


def editing(qtbot, program, path):
    """A new member of whom nothing is saved; the field that is typed into."""
    opened(qtbot, program, path)
    program.shell.open("roster")
    qtbot.waitUntil(lambda: program.window.page("roster") is not None and not program.jobs.busy)
    page = program.window.page("roster")
    page.start_new("")
    qtbot.waitUntil(lambda: page.editing and page.editor.body is not None)
    qtbot.waitUntil(lambda: not program.jobs.busy and page.editor.body.isVisible())
    return typed_into(page)


def locked(qtbot, program, path):
    program.shell.lock_asked.emit()
    page = page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
    return page


def seen(program):
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def drafts(path):
    passwords.unlock(path, OLD)
    library = Library.open(path, write=False)
    with library.reading() as work:
        found = [str(draft.content) for draft in work.drafts.all()]
    library.close()
    let_go()
    return found


def test_words_in_an_open_editor_are_there_again(qtbot, program, path):
    field = editing(qtbot, program, path)
    write(field, WORDS)
    field.setFocus()
    page = locked(qtbot, program, path)
    assert not field.isVisible()
    enter(qtbot, page, OLD)
    qtbot.waitUntil(field.isVisible)
    assert text_of(field) == WORDS
    write(field, "又写一句")
    qtbot.waitUntil(lambda: any("又写一句" in found for found in _kept(program)), timeout=10_000)
    assert program.said == []


def _kept(program):
    with program.desk._library.reading() as work:
        return [str(draft.content) for draft in work.drafts.all()]


def test_what_is_being_composed_is_typed_before(qtbot, program, path):
    field = editing(qtbot, program, path)
    program.frame.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QApplication.sendEvent(field, QInputMethodEvent("zhou li", []))
    page = locked(qtbot, program, path)
    enter(qtbot, page, OLD)
    qtbot.waitUntil(field.isVisible)
    assert text_of(field) == "zhouli"


def test_closed_while_locked_the_words_are_a_draft(qtbot, program, path):
    write(editing(qtbot, program, path), WORDS)
    locked(qtbot, program, path)
    program.frame.close()
    qtbot.waitUntil(lambda: program.left == [1])
    assert [WORDS in found for found in drafts(path)] == [True]


def test_closed_in_the_moment_of_locking_they_are_too(qtbot, program, path):
    write(editing(qtbot, program, path), WORDS)
    program.shell.lock_asked.emit()
    program.frame.close()
    qtbot.waitUntil(lambda: program.left == [1])
    assert [WORDS in found for found in drafts(path)] == [True]


def test_words_that_could_not_be_kept_keep_the_program_open(qtbot, program, path, monkeypatch):
    monkeypatch.setattr(keeper, "AGAIN", 200)
    field = editing(qtbot, program, path)
    put = DraftService.put

    def full(*_given, **_named):
        raise BlockedError("磁盘已满。", "请腾出空间。")

    monkeypatch.setattr(DraftService, "put", full)
    write(field, WORDS)
    page = locked(qtbot, program, path)
    program.frame.close()
    qtbot.waitUntil(lambda: page.problem.text() == NOT_KEPT)
    assert program.left == []
    assert program.frame.centralWidget() is page
    monkeypatch.setattr(DraftService, "put", put)
    enter(qtbot, page, OLD)
    qtbot.waitUntil(field.isVisible)
    assert text_of(field) == WORDS
    qtbot.waitUntil(lambda: any(WORDS in found for found in _kept(program)), timeout=10_000)


def a_question(program, _answers):
    program.messages.ask("要删除张三吗？", "身份证号 110105", "删除", lambda: _answers.append(1))


def a_file(program, _answers):
    program.shell.choosers.open_file(
        program.window, "选择张三的照片", "照片 (*.jpg)", _answers.append, purpose="roster"
    )


def a_print(program, _answers):
    printer = PaperPrinter(program.messages.report, program.window)
    printer.ask([program.desk.printing.preview("roster")], "张三的登记表")


@pytest.mark.parametrize(
    ("ask", "kind"), [(a_question, QMessageBox), (a_file, QFileDialog), (a_print, QPrintDialog)]
)
def test_an_open_dialog_is_hidden_when_nobody_is_there_and_goes_on_after(
    qtbot, program, path, monkeypatch, ask, kind
):
    opened(qtbot, program, path)
    qtbot.waitUntil(lambda: program.locking._idle is not None)
    answers = []
    ask(program, answers)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))
    qtbot.waitUntil(dialog.isVisible)
    watching = program.locking._idle
    now = [time.monotonic(), time.time()]
    monkeypatch.setattr(idle, "_now", lambda: tuple(now))
    watching._stir()
    now[0] += 3600
    watching.look()
    page = page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
    assert seen(program) == [program.frame]
    assert QApplication.activeModalWidget() is None
    enter(qtbot, page, OLD)
    qtbot.waitUntil(dialog.isVisible)
    assert QApplication.activeModalWidget() is dialog
    if kind is QMessageBox:
        next(each for each in dialog.buttons() if each.text() == "删除").click()
        assert answers == [1]
    else:
        dialog.reject()
    qtbot.waitUntil(lambda: seen(program) == [program.frame])


def test_what_comes_while_it_is_locked_waits_as_well(qtbot, program, path):
    opened(qtbot, program, path)
    page = locked(qtbot, program, path)
    shown = []
    box = QMessageBox(
        QMessageBox.Icon.Information, "张三", "张三的预览做好了", parent=program.window
    )
    QGuiApplication.instance().focusWindowChanged.connect(shown.append)
    box.open()
    assert box.windowOpacity() == 0
    qtbot.waitUntil(lambda: seen(program) == [program.frame])
    assert QApplication.activeModalWidget() is None
    enter(qtbot, page, OLD)
    qtbot.waitUntil(box.isVisible)
    assert box.windowOpacity() == 1
    assert QApplication.activeModalWidget() is box
    box.close()


def test_a_hint_goes_and_does_not_come_back(qtbot, program, path):
    opened(qtbot, program, path)
    QToolTip.showText(program.frame.mapToGlobal(QPoint(50, 50)), "张三 1380000", program.frame)
    qtbot.waitUntil(lambda: len(seen(program)) == 2)
    page = locked(qtbot, program, path)
    assert seen(program) == [program.frame]
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: not program.locking.covered)
    assert seen(program) == [program.frame]


def test_numbers_that_were_copied_are_forgotten_at_once(qtbot, program, path, monkeypatch):
    # The platform of the tests knows no owner of a clipboard.
    monkeypatch.setattr(Forgetting, "_ours", lambda _self: True)
    opened(qtbot, program, path)
    QGuiApplication.clipboard().setText("11010519491231002X")
    locked(qtbot, program, path)
    assert QGuiApplication.clipboard().text() == ""


def test_files_that_were_opened_are_taken_away(qtbot, program, path):
    opened(qtbot, program, path)
    lent = Lent()
    (lent.folder() / "张三.pdf").write_bytes(b"x")
    page = locked(qtbot, program, path)
    qtbot.waitUntil(lambda: not program.locking._jobs.busy)
    assert [file for file in lent_folder().rglob("*") if file.is_file()] == []
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: not program.locking.covered)
    assert program.said == []
    (lent.folder() / "再开.pdf").write_bytes(b"x")


def test_those_that_another_program_holds_are_named_after(qtbot, program, path, monkeypatch):
    opened(qtbot, program, path)
    lent = Lent()
    for name in ("甲.pdf", "乙.pdf"):
        (lent.folder() / name).write_bytes(b"x")
    gone = lending._gone
    monkeypatch.setattr(lending, "_gone", lambda file: file.name != "甲.pdf" and gone(file))
    page = locked(qtbot, program, path)
    qtbot.waitUntil(lambda: not program.locking._jobs.busy)
    assert program.said == []
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: program.said != [])
    assert program.said[0].details == ("甲.pdf",)
    assert "关闭打开它的程序" in program.said[0].remedy
    assert Path(lent.folder() / "甲.pdf").exists()


def test_ctrl_l_locks_from_within_an_editor(qtbot, program, path):
    field = editing(qtbot, program, path)
    program.frame.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
