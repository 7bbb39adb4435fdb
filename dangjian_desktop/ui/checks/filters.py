"""What the list of verdicts is narrowed by beside year and state: part of the year, and rule."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.ui.checks.listing import Found, Only, period_of, rule_choices
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.records.subject import Listing, Narrowing

ALL_RULES, WHOLE_YEAR = "全部规则", "全年"


class CheckFilters(QObject):
    """Two buttons with a menu each; ``narrowed`` brings the ``Narrowing`` that is asked for."""

    narrowed = Signal(object)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._shown, self._found = Narrowing(), Found()
        self.part = button("", theme, look="chip", name="checks.part", then=self._offer_parts)
        self.rule = button("", theme, look="chip", name="checks.rule", then=self._offer_rules)

    def show_listing(self, listing: Listing) -> None:
        """Say what this listing is narrowed to."""
        self._shown, self._found = listing.shown, listing.more
        only, period = self._only, period_of(self._shown)
        if self.part.parentWidget() is not None:  # else it would be a window of its own
            self.part.setVisible(period is not None)
        words = _within_year(period) if period is not None else ""
        self.part.setText(f"{words or WHOLE_YEAR} ▾")
        rules = self._found.rules
        self.rule.setText(f"{rules[only.rule].title if only.rule else ALL_RULES} ▾")

    def part_menu(self) -> QMenu:
        """The quarters and months of the year that is shown."""
        menu = _menu(self.part)
        self._add(menu, WHOLE_YEAR, part=None)
        for length in (3, 1):
            menu.addSeparator()
            for part in Period(self._shown.year or 0, 1, 12).split(length):
                self._add(menu, _within_year(part), part=part)
        return menu

    def rule_menu(self) -> QMenu:
        """The rules that have findings in the period and state shown."""
        menu = _menu(self.rule)
        for code, words in (("", ALL_RULES), *rule_choices(self._found)):
            self._add(menu, words, rule=code)
        return menu

    @property
    def _only(self) -> Only:
        return self._shown.more if isinstance(self._shown.more, Only) else Only()

    def _add(self, menu: QMenu, words: str, **asked: Any) -> None:
        menu.addAction(words).triggered.connect(partial(self._narrow, asked))

    def _narrow(self, asked: dict[str, Any], *_checked: bool) -> None:
        self.narrowed.emit(replace(self._shown, more=replace(self._only, **asked)))

    @Slot()
    def _offer_parts(self) -> None:
        _open(self.part_menu(), self.part)

    @Slot()
    def _offer_rules(self) -> None:
        _open(self.rule_menu(), self.rule)


def _within_year(part: Period) -> str:
    """第一季度, 3月; nothing for the whole year."""
    return part.label.removeprefix(f"{part.year}年")


def _menu(under: QPushButton) -> QMenu:
    made = QMenu(under)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return made


def _open(menu: QMenu, under: QPushButton) -> None:
    menu.popup(under.mapToGlobal(QPoint(0, under.height() + 4)))
