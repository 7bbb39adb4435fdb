"""What a form is filled for: the record that it is about, and the period."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.blank_forms.filling import Asked
from dangjian_desktop.ui.fields.inputs import MonthField, Today, guarded
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import label, row_of

_BRANCH = "本支部"
_SPANS = ((1, "当月"), (3, "所在季度"), (6, "所在半年"), (12, "全年"))


class AskedBar(QWidget):
    """Two choices in a row; ``changed`` tells that they are others."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Today, name: str) -> None:
        super().__init__()
        self.about = guarded(FreeBox(choosing=True), f"{name}.about", "关于哪条记录")
        self.about.addItem(_BRANCH, None)
        self.month = MonthField(today=today)
        self.month.setObjectName(f"{name}.month")
        self.month.setAccessibleName("所属月份")
        self.span = guarded(QComboBox(), f"{name}.span", "所属期长短")
        for length, words in _SPANS:
            self.span.addItem(words, length)
        theme.fit(self.month, QWidget.setFixedWidth, 130)
        theme.fit(self.about, QWidget.setMinimumWidth, 200)
        row_of(*(label("关于"), (self.about, 1), label("所属期"), self.month, self.span), on=self)
        self.about.activated.connect(self.changed)
        self.month.editingFinished.connect(self.changed)
        self.span.activated.connect(self.changed)

    def asked(self) -> Asked:
        """What is chosen; without a month that of today."""
        about, month = self.about.currentData(), self.month.month()
        period = None if month is None else Period.around(month.first, self.span.currentData())
        return Asked(about=about if isinstance(about, Link) else None, period=period)

    def offer(self, found: Iterable[tuple[Link, str]]) -> None:
        """Offer these records; the chosen one stays chosen while it is there."""
        kept = self.about.currentData()
        self.about.clear()
        self.about.addItem(_BRANCH, None)
        for link, title in found:
            self.about.addItem(title, link)
        self.about.setCurrentIndex(max(self.about.findData(kept), 0))
