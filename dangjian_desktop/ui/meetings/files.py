"""What is kept with a meeting: shown on its card, and taken from a file that is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.lending import Lent
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, row_of
from dangjian_desktop.ui.paper.exporting import open_path
from dangjian_desktop.ui.records.page import RecordPage

_WANTED = "放在这里的文件作为所选会议的附件，一次一个。"
_SHOWN = 18


class KeptFiles(QWidget):
    """One button with a menu of the files; each opens as a copy. Hidden where there is none."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        # Copies that were opened are taken away again with the window.
        self._lent = Lent()
        self.open = button(
            "附件", shell.theme, icon="folder-open", look="quiet", name="meeting.files"
        )
        self.open.setProperty("menu", True)
        self.menu = QMenu(self)
        self.open.setMenu(self.menu)
        row_of(self.open, ..., on=self, gap=0)
        self.hide()

    def show_files(self, files: Sequence[KeptFile]) -> None:
        """Offer these."""
        self.menu.clear()
        for file in files:
            act = self.menu.addAction(file.name.replace("&", "&&"))
            act.triggered.connect(partial(self._open, file))
        names = "、".join(file.name for file in files)
        short = names if len(names) <= _SHOWN else f"{names[:_SHOWN]}…"
        self.open.setText(f" 附件 {len(files)} 个：{short}".replace("&", "&&"))
        self.open.setAccessibleName(f"附件 {len(files)} 个：{names}")
        self.setVisible(bool(files))

    def _open(self, file: KeptFile, *_triggered: bool) -> None:
        files, lent = self._desk.record_files, self._lent

        def work() -> Path:
            return files.hand_out(file, lent.folder())

        self._shell.jobs.library(work, open_path, title="正在打开文件")


class FileDrops(Drops):
    """A file that is dropped is kept with the meeting in the editor, else with the chosen one."""

    def __init__(self, desk: Desk, shell: Shell, page: RecordPage) -> None:
        super().__init__(page, shell.messages, self._keep, _WANTED, closed=self._reason)
        self._desk, self._shell, self._page = desk, shell, page

    def _reason(self) -> str:
        if self._desk.read_only:
            return self._desk.read_only
        page = self._page
        ready = page.editor.opened if page.editing else page.views.at_home and self._chosen()
        return "" if ready else "请先在列表中选择会议，再放入文件。"

    def _chosen(self) -> str:
        return self._page.detail.uid  # type: ignore[no-any-return, attr-defined]

    def _keep(self, file: Path) -> None:
        if self._page.editing:
            self._page.editor.body.files.keep(file)
            return
        uid = self._chosen()
        work = partial(self._desk.meetings.add_file, uid, file)
        self._shell.jobs.library(work, partial(self._kept, uid, file.name), title="正在复制附件")

    def _kept(self, uid: str, name: str, kept: KeptFile | None) -> None:
        if kept is None:
            self._shell.toast(f"这次会议已有附件“{name}”")
            return
        take_off = partial(self._desk.meetings.remove_file, uid, kept.uid)
        self._shell.toast(f"已添加附件：{name}", partial(self._shell.jobs.library, take_off))
