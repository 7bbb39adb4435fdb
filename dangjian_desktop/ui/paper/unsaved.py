"""A paper of what is not saved yet, beside its form; follows the typing at a distance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import column_of, frame
from dangjian_desktop.ui.paper.preview import Preview

PAUSE = 800

Draw = Callable[[Any, str], bytes]
"""Makes the PDF of a record in one of its layouts (by code), in the papers thread."""


class UnsavedPaper(QWidget):
    """Shows the PDF of a record as it stands in its form; does nothing while hidden."""

    def __init__(self, shell: Shell, draw: Draw, layouts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._shell, self._drawn_by = shell, draw
        self._record: Any = None
        self._shown: tuple[Any, str] | None = None
        self._working = False
        self.layouts = ChipRow(shell.theme, layouts)
        self.layouts.chosen.connect(self._draw)
        self.preview = Preview(shell.theme)
        card = frame("card")
        column_of(self.layouts, (self.preview, 1), on=card, margins=(12, 10, 12, 12))
        column_of(card, on=self, gap=0)
        shell.theme.fit(self, QWidget.setMinimumWidth, 300)
        self._soon = once(self, PAUSE, self._draw)

    def follow(self, record: Any) -> None:
        """Show this soon; nothing (a form that cannot be read) leaves the last page."""
        self._record = record
        if self.isVisible():
            self._soon.start(0 if self._shown is None else PAUSE)

    @Slot()
    def _draw(self) -> None:
        if self._record is None or self._working or self.isHidden():
            return
        wanted = (self._record, self.layouts.code())
        if wanted == self._shown:
            return
        self._working = True
        work = partial(self._make, wanted)
        self._shell.jobs.papers(
            work, partial(self._made, wanted), self._failed, title="正在生成预览"
        )

    def _make(self, wanted: tuple[Any, str], _progress: Progress) -> bytes:
        return self._drawn_by(*wanted)

    def _made(self, wanted: tuple[Any, str], pdf: bytes) -> None:
        self._working = False
        self._shown = wanted
        self.preview.show_pdf(pdf, keep_place=True)
        self._soon.start()

    def _failed(self, error: Exception) -> None:
        self._working = False
        self._shell.messages.report(error)
