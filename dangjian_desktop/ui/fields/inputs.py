"""Fields that read what a person types: days, times, months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit, QMenu, QWidget, QWidgetAction

from dangjian_desktop.domain.dates import (
    Period,
    add_months,
    read_day,
    read_month,
    read_partial,
    read_time,
)
from dangjian_desktop.ui.look.theme import Theme

Today = Callable[[], date]
B = TypeVar("B", bound=QWidget)


class ReadField(QLineEdit):
    """Shows what it understood once the user goes on; what it did not is left as typed.

    ``entered`` comes with every change, typed or set. ``readable`` is false while the text is
    there but means nothing.
    """

    entered = Signal()
    unreadable = "无法识别"

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self.entered)
        self.editingFinished.connect(self._settle)

    def plain(self) -> str | None:
        """The value as JSON keeps it; nothing when empty or not readable."""
        return self.read(self.text())

    def set_plain(self, value: str | None) -> None:
        """Show a value; text that means nothing is shown as it is."""
        text = value or ""
        self.setText(self.read(text) or text)

    def read(self, text: str) -> str | None:
        """What the text means, as JSON keeps it."""
        return text.strip() or None

    def step(self, days: int) -> None:
        """An arrow key: one up or down."""

    @property
    def readable(self) -> bool:
        """Whether the field is empty or understood."""
        return not self.text().strip() or self.plain() is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers():
            self.step(steps[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        self._settle()
        super().focusOutEvent(event)

    @Slot()
    def _settle(self) -> None:
        value = self.plain()
        if value is not None and value != self.text():
            self.setText(value)


class DateField(ReadField):
    """One day; takes ``11.12``, ``今天``, ``+7``, ``2026.3.5`` and the arrow keys."""

    unreadable = "请按年、月、日填写日期，例如 2026-03-05 或 11.12"

    def __init__(self, theme: Theme, *, today: Today | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._today = today or _today
        self.setPlaceholderText("例如 11.12、今天、+7")
        self._open = QAction("日历", self)
        self._open.triggered.connect(self._show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._dress)
        self._dress()

    def day(self) -> date | None:
        """The day, if the text means one."""
        return read_day(self.text(), self._today())

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self.setText("" if day is None else day.isoformat())

    def read(self, text: str) -> str | None:
        """``YYYY-MM-DD``."""
        day = read_day(text, self._today())
        return None if day is None else day.isoformat()

    def step(self, days: int) -> None:
        """A day on or back; an empty field starts with today."""
        day = self.day()
        self.set_day(self._today() if day is None else day + timedelta(days=days))

    @Slot()
    def _dress(self) -> None:
        self._open.setIcon(self._theme.icon("calendar", "soft", 16))

    @Slot()
    def _show_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        day = self.day() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._pick)
        calendar.clicked.connect(menu.close)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        self.set_day(date(day.year(), day.month(), day.day()))
        self.setFocus()


class PartialDateField(DateField):
    """A day, or only its month or year, as old papers give it."""

    unreadable = "请填写年、年月或年月日，例如 1998-07 或 1998-07-01"

    def __init__(self, theme: Theme, *, today: Today | None = None) -> None:
        super().__init__(theme, today=today)
        self.setPlaceholderText("例如 1998.7.1 或 1998.7")

    def read(self, text: str) -> str | None:
        """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        known = read_partial(text, self._today())
        return None if known is None else str(known)

    def day(self) -> date | None:
        """The earliest day that it can be."""
        known = read_partial(self.text(), self._today())
        return None if known is None else known.first

    def step(self, days: int) -> None:
        """A day on or back where the day is known; else nothing."""
        known = read_partial(self.text(), self._today())
        if known is None or known.exact:
            super().step(days)


class TimeField(ReadField):
    """A time of day; ``1430`` becomes 14:30, arrows move by five minutes."""

    unreadable = "请按时、分填写时间，例如 14:30 或 1430"

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("例如 1430")

    def read(self, text: str) -> str | None:
        """``HH:MM``."""
        known = read_time(text)
        return None if known is None else f"{known:%H:%M}"

    def step(self, days: int) -> None:
        """Five minutes on or back, within the day."""
        known = read_time(self.text())
        if known is not None:
            minutes = min(max(known.hour * 60 + known.minute + 5 * days, 0), 24 * 60 - 1)
            self.setText(f"{minutes // 60:02}:{minutes % 60:02}")


class MonthField(ReadField):
    """A month; takes ``2026-03``, ``3月``, ``上月`` and the arrow keys."""

    unreadable = "请填写年和月，例如 2026-03"

    def __init__(self, *, today: Today | None = None) -> None:
        super().__init__()
        self._today = today or _today
        self.setPlaceholderText("例如 2026-03、上月")

    def month(self) -> Period | None:
        """The month, if the text means one."""
        return read_month(self.text(), self._today())

    def read(self, text: str) -> str | None:
        """``YYYY-MM``."""
        known = read_month(text, self._today())
        return None if known is None else str(known)

    def step(self, days: int) -> None:
        """A month on or back; an empty field starts with this month."""
        known = self.month() or Period.around(self._today(), 1)
        moved = add_months(known.first, days if self.month() else 0)
        self.setText(str(Period.around(moved, 1)))


class WheelGuard(QObject):
    """Keeps the wheel from changing a choice that the user only scrolls past."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.ignore()
            return not watched.hasFocus()
        return False


def guarded(box: B, name: str, title: str) -> B:
    """A box of choices with its name and its words for a reader of the screen, safe from the
    wheel; as wide as its choices also where these come later."""
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.installEventFilter(WheelGuard(box))
    if isinstance(box, QComboBox) and not box.isEditable():
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _today() -> date:
    return datetime.now().astimezone().date()
