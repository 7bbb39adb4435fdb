"""关于: what the program is, where its files lie, and whose work it uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from dangjian_desktop import paths
from dangjian_desktop.services.library.about import Licensed, faces, libraries, program_version
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label
from dangjian_desktop.ui.settings.card import SettingsCard

PROMISES = (
    "数据只保存在本机，程序不联网。",
    "本程序不具备涉密信息防护条件，涉及国家秘密的内容不得录入。",
    "检查结果只作提醒，不代替组织的决定；打印内容以本人录入和确认的为准。",
)
HEADINGS = ("名称", "用途", "许可")


class AboutCard(SettingsCard):
    """Texts, folders, and the list of licences when it is asked for."""

    title = "关于"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        version = program_version()
        self.add(label(f"党支部工作台　{version}".rstrip(), wrap=True))
        for promise in PROMISES:
            self.add(label(promise, wrap=True))
        places = (
            ("资料文件夹", paths.data_folder()),
            ("日志文件夹", paths.log_folder()),
            ("字体文件夹（可放入自己的 TrueType 字体）", paths.user_fonts()),
        )
        for title, folder in places:
            self.add(label(title, "soft", wrap=True))
            self.add(_place(folder, title, shell.theme))
        self.toggle = button("查看字体和程序库的许可", shell.theme, icon="info", name="licences")
        self.toggle.setCheckable(True)
        self.toggle.clicked.connect(self._on_toggle)
        line = QHBoxLayout()
        line.addWidget(self.toggle)
        line.addStretch()
        self.add(line)
        self.licences = QWidget()
        self.licences.hide()
        self.add(self.licences)

    @Slot()
    def _on_toggle(self) -> None:
        if self.licences.layout() is None:
            _list(self.licences, (("字体", faces()), ("程序库和图标", libraries())))
        self.licences.setVisible(self.toggle.isChecked())


def _place(folder: Path, title: str, theme: Theme) -> QHBoxLayout:
    line = QHBoxLayout()
    text = label(str(folder), wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.addWidget(text, 1)
    show = button(
        "打开", theme, icon="folder-open", tip=f"打开{title}", then=partial(_open, folder)
    )
    line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _open(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _list(holder: QWidget, groups: Sequence[tuple[str, Sequence[Licensed]]]) -> None:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    row = 0
    for title, parts in groups:
        grid.addWidget(label(title, "heading"), row, 0, 1, 3)
        for column, heading in enumerate(HEADINGS):
            grid.addWidget(label(heading, "soft"), row + 1, column)
        row += 2
        for part in parts:
            for column, text in enumerate((part.name, part.purpose, part.licence)):
                grid.addWidget(label(text, wrap=True), row, column)
            row += 1
