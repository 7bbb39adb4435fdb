"""The keys of the window; those of a page are its own, and work while it is in view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6 import QtWidgets
from PySide6.QtCore import QKeyCombination, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dangjian_desktop.late import Late

KEYS = """Ctrl+K　搜索（Enter　列出全部结果），Ctrl+F　在当前页面中查找
Ctrl+1、2、3　到各页面，Tab、Shift+Tab　依次到各项
Ctrl+N　新建，Ctrl+D　照选中的台账、台账记录新建
Enter　打开，空格　预览，Del　移入回收站，Ctrl+Z　撤销刚才的删除
Ctrl+S　保存，Ctrl+P　打印，Ctrl+Enter　添加一项议题
Ctrl+L　锁定（资料库有密码时）
菜单键、Shift+F10　所选记录的菜单和列表显示哪些列
Esc　返回上一步，Alt+←　返回上一步或上一个页面
名单中直接输入拼音首字母可跳到该人"""

_GO_ON = Late("ui.look.tab_order:go_on")
_MENU = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)


class Keyed(QWidget):
    """What holds all of a window: Tab goes as one reads, Enter presses a button of any kind."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: D102
        return bool(_GO_ON.read()(self, forward=forward))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        # Who knows better what Enter means has taken the key already.
        focus, enters = self.window().focusWidget(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in enters and isinstance(focus, QAbstractButton):
            focus.click()
        elif event.keyCombination() == _MENU and focus is not None:
            _ask_menu(focus)
        else:
            super().keyPressEvent(event)


def _ask_menu(focus: QWidget) -> None:
    """What the system makes of the Menu key, and not everywhere of Shift+F10."""
    where = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = QRectF(where).toRect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, focus.mapToGlobal(at))
    QApplication.sendEvent(focus, asked)


def add_keys(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Let these work wherever the focus is, and F1 tell of all."""
    for key, act in {**keys, "F1": partial(_show_keys, window)}.items():
        QShortcut(QKeySequence(key), window).activated.connect(act)


def _show_keys(window: QWidget) -> None:
    box = QtWidgets.QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("快捷键")
    box.setText(KEYS)
    box.open()
