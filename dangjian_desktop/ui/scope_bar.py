"""What a form or template is filled for: the record that it is about, and the period."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.ui.fields.inputs import Today, guarded
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, label, row_of

_BRANCH = "本支部"


class ScopeBar(QWidget):
    """Two choices in a row, or ``stacked`` in two; ``changed`` tells that they are others."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Today, name: str, *, stacked: bool = False) -> None:
        super().__init__()
        self.about = guarded(FreeBox(choosing=True), f"{name}.about", "关于哪条记录")
        self.about.addItem(_BRANCH, None)
        self.period = PeriodChooser(theme, today)
        theme.fit(self.about, QWidget.setMinimumWidth, 200)
        if stacked:
            about = row_of(label("关于"), (self.about, 1))
            column_of(about, row_of(self.period, ...), on=self, gap=6)
        else:
            row_of(label("关于"), (self.about, 1), 12, self.period, on=self)
        self.about.activated.connect(self.changed)
        self.period.changed.connect(self.changed)

    def scope(self) -> FormScope:
        """What is chosen."""
        about = self.about.currentData()
        link = about if isinstance(about, Link) else None
        return FormScope(about=link, period=self.period.period)

    def show_scope(self, scope: FormScope) -> None:
        """Choose this without a signal; a record that is not offered any more is none."""
        self.about.setCurrentIndex(max(self.about.findData(scope.about), 0))
        if scope.period is not None:
            self.period.show_period(scope.period)

    def offer(self, found: Iterable[tuple[Link, str]]) -> None:
        """Offer these records; the chosen one stays chosen while it is there."""
        kept = self.about.currentData()
        self.about.clear()
        self.about.addItem(_BRANCH, None)
        for link, title in found:
            self.about.addItem(title, link)
        self.about.setCurrentIndex(max(self.about.findData(kept), 0))
