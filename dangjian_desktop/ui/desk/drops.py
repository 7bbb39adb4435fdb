"""Files that are dropped on a part of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.messages import Messages

TABLES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".txt")
LIBRARY = (".dangjian",)


class Drops(QObject):
    """Hands one dropped file to ``take``; what is not one of ``kinds`` (empty: any) is refused,
    and ``wanted`` says what belongs here. ``closed`` tells why nothing can be taken now."""

    def __init__(
        self,
        host: QWidget,
        messages: Messages,
        take: Callable[[Path], object] | None,
        wanted: str,
        kinds: tuple[str, ...] = (),
        closed: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(host)
        self._messages, self._take, self._wanted = messages, take, wanted
        self._kinds, self._closed = kinds, closed
        host.setAcceptDrops(True)
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        # Dragging in and moving are told by this type as well.
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._dropped(event.mimeData())
        return True

    def _dropped(self, data: QMimeData) -> None:
        urls = data.urls()
        if len(urls) != 1:
            self._messages.notice(f"一次只能放一个文件，这次有 {len(urls)} 个。", self._wanted)
            return
        file = Path(urls[0].toLocalFile())
        fits = not self._kinds or file.suffix.lower() in self._kinds
        if not urls[0].isLocalFile() or not file.is_file() or not fits or self._take is None:
            self._messages.notice(f"“{file.name}”不能放在这里。", self._wanted)
        elif reason := self._closed():
            self._messages.notice(f"“{file.name}”没有放进来：{reason}", self._wanted)
        else:
            self._take(file)
