"""Whatever is told while one types, the field under the hand stays where it is, and is seen."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from dangjian_desktop.ui.records.editor import RecordEditor
from tests.ui.every_view import Stage

TYPED = QLineEdit | QPlainTextEdit | QComboBox
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def moved_by_telling(stage: Stage) -> list[str]:
    """Where the field with the focus went when banners came and when they went."""
    focus, window = QApplication.focusWidget(), stage.window
    if not isinstance(focus, TYPED):
        return []
    editors = [each for each in window.findChildren(RecordEditor) if each.isVisible()]
    before = top(focus)
    stage.shell.messages.notice("磁盘空间不足", "请清理后再试")
    for editor in editors:
        editor.head.say_overtaken()
        editor.head.problem.say("没有填完")
        editor.unkept.show()
    stage.settle()
    found = went(focus, before, "told")
    before = top(focus)
    window.banner.clear()
    for editor in editors:
        editor.head.say_saved(AT)
        editor.head.problem.say("")
        editor.unkept.hide()
    stage.settle()
    return found + went(focus, before, "no longer told")


def went(field: QWidget, before: int, when: str) -> list[str]:
    """What is wrong with the place of a field; what found no room goes up, and no further."""
    area = field
    while not isinstance(area.parentWidget(), QAbstractScrollArea):
        area = area.parentWidget()
    lowest = top(area) + area.height() - field.height()
    hidden = field.visibleRegion().boundingRect() != field.rect()
    if not hidden and (top(field) == before or lowest - 2 * field.height() <= top(field) <= before):
        return []
    return [f"{when}: {field.objectName()} {before} → {top(field)}"]


def top(widget: QWidget) -> int:
    """How far below the upper edge of the window it begins."""
    return widget.mapTo(widget.window(), QPoint()).y()
