"""The field that holds files: copied beside the library as soon as they are chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.picked import PickedEditor, Titled
from dangjian_desktop.ui.look.widgets import button


class FilesEditor(PickedEditor):
    """Files, copied beside the library as soon as they are chosen."""

    def __init__(self, field: Field, desk: Desk, shell: Shell) -> None:
        self._desk, self._shell = desk, shell
        self.choose = button("添加附件", shell.theme, icon="plus", name="files.add")
        super().__init__(field, shell.theme, self.choose)
        self._layout.setAlignment(self.choose, Qt.AlignmentFlag.AlignLeft)
        self.choose.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        choosers = self._shell.choosers
        choosers.open_file(self, "选择附件", "所有文件 (*)", self._keep, purpose="evidence")

    def _keep(self, file: Path) -> None:
        work = partial(self._desk.ledger_files.keep, file)
        self._shell.jobs.library(work, self._kept, title="正在复制附件")

    def _kept(self, kept: KeptFile) -> None:
        self.add(file_state(kept))


def file_state(kept: KeptFile) -> dict[str, Any]:
    """A kept file as plain JSON."""
    return {
        "title": kept.name,
        "uid": kept.uid,
        "sha256": kept.sha256,
        "size": kept.size,
        "note": kept.note,
    }


def kept_file(state: Titled) -> KeptFile:
    """The same as a value."""
    return KeptFile(
        state["uid"], state["title"], state["sha256"], state["size"], state.get("note", "")
    )
