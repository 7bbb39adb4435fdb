"""目标: every target with its degree of attainment and its chart."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.projects.progress import attained, attainment, reached_value
from dangjian_desktop.domain.projects.project import Target
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, empty, frame, label, space
from dangjian_desktop.ui.projects.listing import ProjectSheet, percent_text

NOTHING = "还没有量化目标。结项时要用数据说话：先定指标、基准和目标值，再逐月填写。"


class ChartPicture(QWidget):
    """A picture of the chart, as wide as there is room; its words are told with the target."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QImage()
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def shown(self) -> bool:
        """Whether the chart has arrived."""
        return not self._picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        """Show the chart."""
        self._picture = picture
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: D102
        if not self.shown:
            return self._theme.px(24)
        return round(min(width, self._widest) * self._picture.height() / self._picture.width())

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(320, self.heightForWidth(320))

    @property
    def _widest(self) -> int:
        return self._theme.px(640)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102
        if not self.shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide = min(self.width(), self._widest)
        area = self.rect()
        area.setWidth(wide)
        area.setHeight(self.heightForWidth(wide))
        if self._theme.dark:
            # As on the ground around it: a white sheet would dazzle there.
            picture = self._picture.copy()
            picture.invertPixels()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Lighten)
            painter.drawImage(area, picture)
        else:
            painter.fillRect(area, self._theme.color("paper"))
            painter.drawImage(area, self._picture)
        painter.end()


class TargetsView(QWidget):
    """A card for each target; ``edit_asked`` wants the editor where there is none."""

    edit_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "clear")
        self.charts: dict[str, ChartPicture] = {}
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 4, 8, 0), gap=8)

    def show_detail(self, detail: ProjectSheet) -> None:
        """Show the targets of this project; charts are asked for and come later."""
        empty(self._column)
        self.charts = {}
        for number, target in enumerate(detail.project.targets, 1):
            self._column.addWidget(self._card(number, target))
        if not detail.project.targets:
            self._column.addWidget(label(NOTHING, "soft", wrap=True))
            add = button("填写量化目标", self._theme, icon="pencil", name="targets.edit")
            add.clicked.connect(self.edit_asked)
            self._column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch()

    @Slot(str, QImage)
    def show_chart(self, uid: str, picture: QImage) -> None:
        """A chart has been drawn."""
        if uid in self.charts:
            self.charts[uid].show_picture(picture)

    def _card(self, number: int, target: Target) -> QWidget:
        card = frame("card")
        layout = QVBoxLayout(card)
        space(layout, margins=(12, 8, 12, 10), gap=6)
        unit = f"（{target.unit}）" if target.unit else ""
        layout.addWidget(label(f"{number}　{target.indicator}{unit}", "heading", wrap=True))
        words = target_words(target)
        layout.addWidget(label(words, wrap=True))
        reached = attained(target)
        if reached is not None:
            sign, look = ("✓ 已达到目标值", "good") if reached else ("! 未达到目标值", "warn")
            layout.addWidget(label(sign, look))
        if target.reason:
            layout.addWidget(label(f"原因：{target.reason}", "soft", wrap=True))
        if target.values:
            chart = ChartPicture(self._theme, words)
            self.charts[target.id] = chart
            layout.addWidget(chart)
            layout.addWidget(label(values_words(target), "soft", wrap=True))
        else:
            layout.addWidget(label("还没有月度数值。", "soft"))
        return card


def values_words(target: Target) -> str:
    """逐月：2025年4月 0.45，5月 0.44."""
    said: list[str] = []
    for month in sorted(target.values):
        year, number = month.split("-")
        first = not said or number == "01"
        name = f"{year}年{int(number)}月" if first else f"{int(number)}月"
        said.append(f"{name} {number_text(target.values[month])}")
    return f"逐月：{'，'.join(said)}"


def target_words(target: Target) -> str:
    """基准 120，目标 150，现值 138（取最近值），达成率 60%."""
    parts = [
        f"基准 {number_text(target.baseline) or '待明确'}",
        f"目标 {number_text(target.target) or '待明确'}",
        f"现值 {number_text(reached_value(target)) or '—'}（{target.counting.label}）",
        f"达成率 {percent_text(attainment(target))}",
        target.direction.label,
    ]
    source = f"，来源：{target.source}" if target.source else ""
    return "，".join(parts) + source
