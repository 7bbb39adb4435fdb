"""What is typed into a masked field is covered while nobody types there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

from dangjian_desktop.ui.look.spoken import Problem


class Cover(QObject):
    """Shows what nobody else should read only while the cursor is in its field, or something is
    said of it below: what is wrong can be put right only where it can be read."""

    def __init__(self, line: QLineEdit, note: Problem) -> None:
        super().__init__(line)
        self._line, self._note = line, note
        self._inside = False
        for watched in (line, note):
            watched.installEventFilter(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() in _TURNS:
            if watched is self._line:
                self._inside = event.type() == QEvent.Type.FocusIn
            shown = self._inside or not self._note.isHidden()
            mode = QLineEdit.EchoMode
            self._line.setEchoMode(mode.Normal if shown else mode.Password)
        return super().eventFilter(watched, event)


_TURNS = frozenset(
    {
        *(QEvent.Type.FocusIn, QEvent.Type.FocusOut),
        *(QEvent.Type.ShowToParent, QEvent.Type.HideToParent),
    }
)
