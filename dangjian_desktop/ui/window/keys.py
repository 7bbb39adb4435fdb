"""F1: the keys that the window knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

KEYS = """Ctrl+K　搜索
Ctrl+1、2、3　到各页面
Ctrl+N　新建，Ctrl+D　照选中的台账、台账记录新建
Enter　打开，空格　预览，Del　移入回收站，Ctrl+Z　撤销刚才的删除
Ctrl+S　保存
Esc 或 Alt+←　返回
名单中直接输入拼音首字母可跳到该人"""


def show_keys(window: QWidget) -> None:
    """Say them in a box over the window."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("快捷键")
    box.setText(KEYS)
    box.open()
