"""A form is filled into a folder that the user names, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dangjian_desktop.services.blank_forms.filling import FilledForm, FormScope
from dangjian_desktop.services.blank_forms.keeping import Chosen
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.paper.exporting import say_written


class FormWriter:
    """Fills forms out of one library; ``then`` is done after each."""

    def __init__(self, desk: Desk, shell: Shell, then: Callable[[], object]) -> None:
        self._desk, self._shell, self._then = desk, shell, then

    def ask(self, page: QWidget, file: Path, called: str, scope: FormScope, chosen: Chosen) -> None:
        """Ask for the folder, then fill the file that is ``called`` so."""
        write = partial(self._write, file, called, scope, chosen)
        self._shell.choosers.folder(page, "填好的表放到哪个文件夹", write, purpose="export")

    def _write(
        self, file: Path, called: str, scope: FormScope, chosen: Chosen, folder: Path
    ) -> None:
        service, keeps = self._desk.blank_forms, not self._desk.read_only

        def work() -> FilledForm:
            done = service.fill(file, scope, folder, chosen, name=called)
            if keeps:
                service.confirm(done.view.form, done.view.chosen, file, scope)
            return done

        self._shell.jobs.library(work, self._filled, title="正在填表")

    def _filled(self, done: FilledForm) -> None:
        self._then()
        empty = len(done.view.unknown)
        say_written(self._shell, [done.file], f"已填好：{done.file.name}，空着 {empty} 处")
        if done.notes:
            self._shell.messages.notice("表已填好，有几处请看一眼。", "\n".join(done.notes))
