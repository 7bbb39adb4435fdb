"""The clipboard forgets numbers: an ID or phone number that was copied here stays a minute."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.timers import once

KEPT_FOR = 60_000
"""Milliseconds after which it is cleared, if nothing else was copied meanwhile."""
_COVERING = (Late("domain.members.covering:covered_numbers"), Late("masking:masked"))
"""Either knows ways of writing that the other one does not."""


class Forgetting(QObject):
    """Watches what this program puts on the clipboard, wherever it is copied."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._held = ""
        self.timer = once(self, KEPT_FOR, self.forget)
        self._clipboard.dataChanged.connect(self._look)
        # A system that keeps the clipboard for others would keep it when the program has ended.
        if (application := QGuiApplication.instance()) is not None:
            application.aboutToQuit.connect(self.forget)

    @Slot()
    def _look(self) -> None:
        text = self._clipboard.text() if self._ours() else ""
        known = text and any(covers.read()(text) != text for covers in _COVERING)
        self._held = text if known else ""
        if self._held:
            self.timer.start()
        else:
            self.timer.stop()

    def _ours(self) -> bool:
        """Whether this program put there what stands there, not another one."""
        return self._clipboard.ownsClipboard()

    @Slot()
    def forget(self) -> None:
        """Clear it where it still holds the number."""
        if self._held and self._clipboard.text() == self._held:
            self._clipboard.clear()
        self._held = ""
