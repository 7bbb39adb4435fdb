"""The window over a library with a password, view by view: what is sensitive stands nowhere but in
the form in which it is written, numbers are covered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.storage.file.keys import let_go
from tests.guards.test_levels_everywhere import behind, locked, names, probed, seen
from tests.services.make import clock
from tests.ui.every_view import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ROLES = (
    *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole),
    *(Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole),
)
SAYING = ("text", "toPlainText", "toolTip", "windowTitle", "accessibleName", "currentText")
OWN_FORM = {"talk-edit": "heart_talk", "talk-edit-down": "heart_talk"}
"""Views in which a record is written, whose words stand in its form."""


def said_by(widget: QWidget) -> Iterator[str]:
    """All that one widget says to eye, ear and pointer, and what a model holds behind it."""
    for name in (*SAYING, "accessibleDescription", "statusTip", "placeholderText"):
        say = getattr(widget, name, None)
        if callable(say) and not covered(widget, name):
            yield str(say())
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        top = QModelIndex()
        for row in range(min(model.rowCount(top), 60)):
            for at in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(top)):
                yield from (str(model.data(model.index(row, at, top), role)) for role in ROLES)


def covered(widget, name):
    shown = QLineEdit.EchoMode.Normal
    return name == "text" and isinstance(widget, QLineEdit) and widget.echoMode() is not shown


def said_in(window):
    # A form that was left open on a page stays there, behind the page that is shown.
    parts = [window, *(part for part in window.findChildren(QWidget) if part.isVisible())]
    return "\n".join(text for part in parts for text in said_by(part))


@pytest.mark.usefixtures("quick_passwords")
def test_no_view_of_the_window_says_what_is_sensitive(shell, qtbot, tmp_path):
    desk = open_desk(locked(tmp_path), clock=clock)
    probes = probed(desk)
    stage = Stage(tmp_path, shell, desk)
    QApplication.clipboard().clear()  # a test before may have left something
    told, walked = [], 0
    shell.toasted.connect(lambda toast: told.append(toast.text))
    try:
        for view in stage.views():
            walked += 1
            own = {p.record.code for p in probes} & {OWN_FORM.get(view)}
            others = [p for p in probes if p.record.code not in own]
            text = said_in(stage.window) + "".join(told)
            assert not seen([p for p in others if p.closed], text), view
            assert not seen([p for p in behind(others) if not p.closed], text), view
            covers = [p for p in others if p.field.masked and "-edit" not in view]
            assert not seen(covers, text), view
        for code in ("own_0a0b0c0d", "own_1a0b0c0d", "own_2a0b0c0d", "visits"):
            stage.window.go("ledgers")
            shell.open("ledgers", code)
            stage.settle()
            text = said_in(stage.window)
            mine = [p for p in probes if p.record.code == f"ledger:{code}"]
            assert not seen([p for p in probes if p.closed or p.field.masked], text), code
            assert seen(behind(probes), text) <= names(mine), code
    finally:
        stage.close()
        let_go()
    assert walked > 45
    assert QApplication.clipboard().text() == ""
