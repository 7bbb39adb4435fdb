"""无法读取的草稿: what lies in the library and no form can show, kept elsewhere or given up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.aside import write_text
from dangjian_desktop.services.library.drafts import UnreadableDraft
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, empty, label, row_of, space
from dangjian_desktop.ui.settings.card import SettingsCard

TITLE = "无法读取的草稿"
_PURPOSE = (
    "下列自动保存的草稿已经损坏，或由较新的版本写成，不能在编辑页打开；其余草稿和记录不受影响。"
)
_SHOWN = 20

Line = tuple[UnreadableDraft, str]


class DraftsCard(SettingsCard):
    """Shown only while there is such a draft; ``turned`` tells that it came or went."""

    title = TITLE
    topics = frozenset({Topic.DRAFTS})
    turned = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(_PURPOSE)
        self._desk, self._shell = desk, shell
        self.list = QVBoxLayout()
        space(self.list, margins=(0, 0, 0, 0), gap=4)
        self.add(self.list)
        self.hide()

    def load(self) -> None:
        """Read them again."""
        self._shell.jobs.library(self._gather, self._show)

    def _gather(self) -> Sequence[Line]:
        drafts = self._desk.drafts
        return [(draft, drafts.title_of(draft.form)) for draft in drafts.unreadable()]

    def _show(self, lines: Sequence[Line]) -> None:
        empty(self.list)
        for draft, title in lines[:_SHOWN]:
            self.list.addWidget(self._line(draft, title))
        if len(lines) > _SHOWN:
            self.list.addWidget(label(f"另有 {len(lines) - _SHOWN} 份，处理后依次显示", "soft"))
        self.setVisible(bool(lines))
        self.turned.emit()

    def _line(self, draft: UnreadableDraft, title: str) -> QWidget:
        words = f"{title}草稿　{draft.saved_at[:16].replace('T', ' ')} 自动保存"
        line = QWidget()
        row = row_of((label(words, wrap=True), 1), on=line)
        theme = self._shell.theme
        export = button("导出原文", theme, name="unreadable.export")
        export.clicked.connect(partial(self._ask_file, draft, title))
        drop = button("放弃", theme, look="quiet", name="unreadable.drop")
        drop.clicked.connect(partial(self._drop, draft, title))
        for act in (export, drop):
            act.setAccessibleName(f"{act.text()}：{words}")
            row.addWidget(act)
        return line

    def _ask_file(self, draft: UnreadableDraft, title: str, *_checked: bool) -> None:
        name = f"{title}草稿原文（{draft.saved_at[:10]}）.txt"
        write = partial(self._write, draft)
        kinds = "文本文件 (*.txt)"
        self._shell.choosers.save_file(self, "导出草稿原文", name, kinds, write, purpose="aside")

    def _write(self, draft: UnreadableDraft, file: Path) -> None:
        said = partial(self._shell.toast, f"已导出：{file.name}")
        work = partial(write_text, file, draft.raw)
        self._shell.jobs.papers(lambda _step: work(), lambda _none: said())

    def _drop(self, draft: UnreadableDraft, title: str, *_checked: bool) -> None:
        drafts, library = self._desk.drafts, self._shell.jobs.library
        undo = partial(library, partial(drafts.restore, draft))
        said = partial(self._shell.toast, f"已放弃{title}草稿", undo)
        library(partial(drafts.drop, draft.form, draft.uid), lambda _none: said())
