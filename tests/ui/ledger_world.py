"""What tests of 清单台账 share: the page on a real library, and hands for its maker."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.ledgers.ledgers import LedgersPage
from tests.ui.roster_world import held, quiet

FIELDS = (
    ("月份", "月份", True, ""),
    ("党员", "一名党员", True, ""),
    ("包保班组", "一行文字", False, ""),
    ("身边三违", "数字，可有小数", False, "人次"),
    ("制止三违", "数字，可有小数", False, "次"),
    ("发现隐患", "数字，可有小数", False, "条"),
    ("说明", "多行文字", False, ""),
)
"""身边无三违, as a branch declares it: name, what is filled in, required, unit."""


def show_page(qtbot, desk, shell) -> LedgersPage:
    """The page as the frame holds it."""
    return held(qtbot, desk, shell, LedgersPage(desk, shell), (1200, 760))


def press(parent, name):
    """Click the button of this name."""
    [found] = [b for b in parent.findChildren(QPushButton, name) if b.isVisibleTo(parent)]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def choose(box, words):
    """Choose an entry by its words, with the keys alone."""
    place = box.findText(words)
    assert place >= 0, words
    box.setFocus()
    while box.currentIndex() != place:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down if before < place else Qt.Key.Key_Up)
        assert box.currentIndex() != before


def fill_in(line, text):
    """Type a text in the place of what stands there."""
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    line.insert(text)


def field_row(body, label):
    """The row of a field in the maker."""
    return next(r for r in body.table("fields").rows if r.cells["label"].value() == label)


def make_no_violations(qtbot, page, shell):
    """身边无三违 through the maker by clicks and keys; gives its code, not saved yet."""
    press(page, "ledgers.new")
    quiet(qtbot, shell)
    editor = page.all.editor
    qtbot.waitUntil(lambda: bool(editor.uid))
    body = editor.body
    fill_in(body.cells["title"].editor.line, "身边无三违")
    fill_in(body.cells["source"].editor.line, "本单位规定")
    fill_in(body.cells["row"].editor.line, "月度情况")
    while body.table("fields").rows:
        press(body.table("fields").rows[0], "row.remove")
    for label, kind, required, unit in FIELDS:
        press(body.table("fields"), "fields.add")
        row = body.table("fields").rows[-1]
        fill_in(row.cells["label"].editor.line, label)
        choose(row.cells["type"].editor.box, kind)
        if required:
            choose(row.cells["required"].editor.box, "必填")
        if unit:
            qtbot.waitUntil(row.cells["unit"].isEnabled)
            fill_in(row.cells["unit"].editor.line, unit)
    choose(body.cells["ask_who"].editor.box, "全体党员")
    press(body, "prints.add")
    grid = body.table("prints").rows[1]
    fill_in(grid.cells["title"].editor.line, "〔支部〕〔期间〕党员身边无三违统计表")
    choose(grid.cells["kind"].editor.box, "按月（季）统计表")
    qtbot.waitUntil(lambda: grid.cells["value"].editor.box.findText("身边三违") >= 0)
    choose(grid.cells["value"].editor.box, "身边三违")
    return editor


def declared(qtbot, page, shell):
    """身边无三违, made and stored; gives its code."""
    editor = make_no_violations(qtbot, page, shell)
    code = editor.uid
    editor.saver.save_and_leave()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: code in page.all.table.model.ids)
    return code


def opened(qtbot, page, shell, code):
    """The rows of a ledger."""
    page.open_ledger(code)
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: page.shown is not page.all)
    quiet(qtbot, shell)
    return page.shown


def entered(qtbot, page, shell, code, **values):
    """A row through its editor; values by label."""
    rows = opened(qtbot, page, shell, code)
    rows.start_new()
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    form = rows.editor.body.form
    names = {f.label: f.name for f in form.fields}
    for label, value in values.items():
        form.cells[names[label]].set_value(value)
    uid = rows.editor.uid
    rows.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    return uid
