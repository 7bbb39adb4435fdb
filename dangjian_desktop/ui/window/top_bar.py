"""The top bar: the search field, and at the right what was saved and how old the copy is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QWidget

from dangjian_desktop.ui.look.stage import Shortened
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import label, row_of
from dangjian_desktop.ui.window.search_box import SearchBox


class TopBar(QFrame):
    """``search`` is the field; the state is one line, said in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "top")
        self._saved: datetime | None = None
        self._copied: datetime | None = None
        self.search = SearchBox(theme)
        self.read_only = label("只读", "warn", name="read_only", shown=False)
        self.state = Shortened("", "soft", "state")
        line = row_of((self.search, 3), on=self, gap=16, margins=(16, 8, 16, 8))
        line.addStretch(1)
        line.addWidget(self.read_only)
        line.addWidget(self.state, 2)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def say_read_only(self) -> None:
        """Mark that nothing can be saved in this library now."""
        self.read_only.show()

    @Slot(datetime)
    def set_saved(self, when: datetime) -> None:
        """Everything up to then is saved."""
        self._saved = when
        self._say()

    @Slot(datetime)
    def set_copied(self, when: datetime) -> None:
        """The newest copy is of then."""
        self._copied = when
        self._say()

    def forget(self) -> None:
        """Another library: nothing is known yet."""
        self._saved = self._copied = None
        self._say()

    def _say(self) -> None:
        today = datetime.now().astimezone().date()
        saved = f"已保存 {self._saved:%H:%M}" if self._saved else ""
        copied = f"备份 {day_and_time(self._copied, today)}" if self._copied else "尚无备份"
        shown = [text for text in (saved, copied if saved or self._copied else "") if text]
        self.state.setText("　·　".join(shown))


def day_and_time(when: datetime, today: date) -> str:
    """今天 08:31, 昨天 17:02, 3月5日 08:31, or with the year when it is another."""
    day = when.date()
    if day == today:
        return f"今天 {when:%H:%M}"
    if day == today - timedelta(days=1):
        return f"昨天 {when:%H:%M}"
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {when:%H:%M}"
