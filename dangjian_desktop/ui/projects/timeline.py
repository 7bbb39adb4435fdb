"""Milestones on the months: planned, done, late, and where today is; painted, with its words."""

from __future__ import annotations

from datetime import date
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dangjian_desktop.domain.projects.progress import overdue
from dangjian_desktop.domain.projects.project import Milestone, Project
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.look.roles import reads_as
from dangjian_desktop.ui.look.theme import Theme

ROW = 26
NAME_SHARE, NAME_MOST = 0.34, 0.5
"""Of the width, and where a name is long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One milestone as it is painted; ``late`` when it is overdue."""

    name: str
    planned: date
    actual: date | None
    late: bool

    @property
    def words(self) -> str:
        """The same in words."""
        if self.actual is not None:
            done = f"{self.actual}完成"
        else:
            done = "已逾期" if self.late else "未完成"
        return f"{self.name}：计划{self.planned}，{done}"


def lines_of(project: Project, today: date) -> tuple[Line, ...]:
    """The milestones by planned day."""
    late = set(overdue(project, today))
    ordered = sorted(project.milestones, key=_planned)
    return tuple(Line(m.what, m.planned, m.actual, m in late) for m in ordered)


def words_of(project: Project, today: date) -> str:
    """The text alternative of the picture."""
    lines = lines_of(project, today)
    if not lines:
        return "还没有阶段节点"
    return f"今天是{today}；" + "；".join(line.words for line in lines)


class Timeline(QWidget):
    """A row for each milestone over the months of the period; ◇ planned, ● done, a line today."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._first, self._last = date.min, date.max
        self._today = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        reads_as(self, "Graphic")
        self.setAccessibleName("节点时间线")
        theme.changed.connect(self._dress)

    def show_project(self, project: Project, today: date) -> None:
        """Show the milestones of this project."""
        self._lines, self._today = lines_of(project, today), today
        days = [d for line in self._lines for d in (line.planned, line.actual) if d is not None]
        days += [day for day in (project.start, project.last_day) if day is not None]
        self._first = min(days, default=today).replace(day=1)
        self._last = max((*days, self._first))
        text = words_of(project, today)
        self.setAccessibleDescription(text)
        self.setToolTip(text.replace("；", "\n"))
        self.setVisible(bool(self._lines))
        self._dress()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(320, self._theme.px(ROW) * (len(self._lines) + 1) + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102
        if not self._lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(painter)
        for number, line in enumerate(self._lines, 1):
            self._paint_line(painter, line, number)
        if self._first <= self._today <= self._last:
            painter.setPen(QPen(self._theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
            x = self._x(self._today)
            painter.drawLine(QPointF(x, self._row * 0.9), QPointF(x, self.height() - 4))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    @property
    def _row(self) -> float:
        return float(self._theme.px(ROW))

    @property
    def _name_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        longest = max(metrics.horizontalAdvance(f"✕ {line.name}") for line in self._lines) + 8
        return min(max(self.width() * NAME_SHARE, longest), self.width() * NAME_MOST)

    def _x(self, day: date) -> float:
        left = self._name_width + 8
        whole = max((self._last - self._first).days, 1)
        return left + (self.width() - left - self._theme.px(14)) * (day - self._first).days / whole

    def _paint_months(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(self.font())
        months = _months(self._first, self._last)
        apart = (self._x(self._last) - self._x(self._first)) / max(len(months), 1)
        step = ceil((metrics.horizontalAdvance("12月") + 6) / max(apart, 1))
        for number, month in enumerate(months):
            x = self._x(month)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(QPointF(x, self._row), QPointF(x, self.height() - 4))
            if number % step == 0:
                painter.setPen(self._theme.color("soft"))
                painter.drawText(QPointF(x, self._row * 0.7), f"{month.month}月")
        years = f"{self._first.year}年"
        if self._last.year != self._first.year:
            years = f"{self._first.year}—{self._last.year}年"
        painter.setPen(self._theme.color("soft"))
        painter.drawText(QPointF(4, self._row * 0.7), years)

    def _paint_line(self, painter: QPainter, line: Line, number: int) -> None:
        middle = self._row * (number + 0.5)
        name = QRectF(4, middle - self._row / 2, self._name_width - 4, self._row)
        text = f"✕ {line.name}" if line.late else line.name
        shown = QFontMetricsF(self.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.setPen(self._theme.color("bad" if line.late else "text"))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        end = line.actual or (self._today if line.late else line.planned)
        token = "bad" if line.late else "good" if line.actual else "soft"
        painter.setPen(QPen(self._theme.color(token), 2))
        planned, reached = self._x(line.planned), self._x(min(end, self._last))
        painter.drawLine(QPointF(planned, middle), QPointF(reached, middle))
        self._paint_planned(painter, QPointF(planned, middle), token)
        if line.actual is not None:
            painter.setBrush(self._theme.color("good"))
            painter.drawEllipse(QPointF(reached, middle), self._row / 6, self._row / 6)

    def _paint_planned(self, painter: QPainter, at: QPointF, token: str) -> None:
        half = self._row / 4.5
        corners = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        painter.setPen(QPen(self._theme.color(token), 1.5))
        painter.setBrush(self._theme.color("surface"))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))

    @Slot()
    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _months(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from the first to the last."""
    found = []
    while first <= last:
        found.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return tuple(found)


def _planned(milestone: Milestone) -> date:
    return milestone.planned
