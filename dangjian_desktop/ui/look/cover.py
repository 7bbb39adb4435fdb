"""What is typed into a masked field is covered while nobody types there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QLineEdit

from dangjian_desktop.ui.look.secret import SHOWN_FOR
from dangjian_desktop.ui.look.spoken import Problem


class Cover(QObject):
    """Shows what nobody else should read only while the cursor is in its field, or something is
    said of it below: what is wrong can be put right only where it can be read. Where nothing is
    typed for a minute it is covered too, until somebody types or clicks there again."""

    def __init__(self, line: QLineEdit, note: Problem) -> None:
        super().__init__(line)
        self._line, self._note = line, note
        self._inside = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_FOR)
        self.timer.timeout.connect(self._cover)
        for watched in (line, note):
            watched.installEventFilter(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        kind = event.type()
        if watched is self._line and kind in _TOUCHES:
            self._show(True)
        elif kind in _TURNS:
            if watched is self._line:
                self._inside = kind == QEvent.Type.FocusIn
            self._show(self._inside or not self._note.isHidden())
        return super().eventFilter(watched, event)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        if self._line.echoMode() != mode:
            self._line.setEchoMode(mode)
        if shown:
            self.timer.start()
        else:
            self.timer.stop()

    @Slot()
    def _cover(self) -> None:
        self._show(False)


_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress})


_TURNS = frozenset(
    {
        *(QEvent.Type.FocusIn, QEvent.Type.FocusOut),
        *(QEvent.Type.ShowToParent, QEvent.Type.HideToParent),
    }
)
