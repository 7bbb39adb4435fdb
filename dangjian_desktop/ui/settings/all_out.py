"""全部导出: the button in 资料与备份, its work beside the library's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import open_path

if TYPE_CHECKING:
    from dangjian_desktop.services.library.everything import Exported

TIP = "把全部内容导出为一个文件夹：表格、Word、PDF、JSON，不用本程序也能看，也能再读回来"


class AllOut(QObject):
    """Asks for a folder, makes one in it, says where it is; can be stopped on the way."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._shell, self._parent = desk, shell, parent
        self.button = button("全部导出…", shell.theme, icon="download", name="library.out", tip=TIP)
        self.button.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        if not self._desk.protected:
            self._choose()
            return
        said = Late("services.library.everything:IN_CLEAR").read()
        question = "要全部导出吗？"
        self._shell.messages.ask(question, said, "继续导出", self._choose, parent=self._parent)

    def _choose(self) -> None:
        title = "全部导出到哪个文件夹（在里面新建一个）"
        self._shell.choosers.folder(self._parent, title, self._export, purpose="export")

    def _export(self, folder: Path) -> None:
        self.button.setEnabled(False)
        work = partial(self._write, folder)
        job = self._shell.jobs.papers(work, self._exported, title="正在全部导出")
        job.ended.connect(self._ended)

    def _write(self, folder: Path, progress: Progress) -> Exported:
        return self._desk.everything.export(folder, progress)

    @Slot()
    def _ended(self) -> None:
        self.button.setEnabled(True)

    def _exported(self, done: Exported) -> None:
        words = f"已导出 {sum(done.records.values())} 条记录，{len(done.files)} 个文件"
        self._shell.toast(words, partial(open_path, done.folder), label="打开文件夹")
        if done.problems:
            told = f"资料库本身有{len(done.problems)}处问题，照原样导出，写在“说明.txt”里。"
            remedy = "请核验资料库，必要时用备份恢复。"
            self._shell.messages.notice(told, remedy, done.problems)
