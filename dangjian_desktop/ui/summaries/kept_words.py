"""The words of a summary are saved by themselves; what could not be is taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.library.unsaved import BEFORE, SUMMARY, WORDS
from dangjian_desktop.services.summaries.summaries import SummarySheet
from dangjian_desktop.ui.desk.keeper import Keeper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.unkept import Unkept
from dangjian_desktop.ui.summaries.words import WordsForm


class KeptWords(QObject):
    """``sheet`` is the one whose words stand in the form."""

    def __init__(self, desk: Desk, shell: Shell, form: WordsForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self.sheet: SummarySheet | None = None
        self._before = SummaryWords()
        door = desk.unsaved.door(SUMMARY, self._save)
        self.keeper = Keeper(shell.jobs, door, self._typed, self)
        self.unkept = Unkept(shell, self.keeper, self._name)
        self.keeper.kept.connect(self._on_kept)
        form.changed.connect(self.keeper.touch)

    def read(self, period: Period) -> tuple[SummarySheet, Draft | None]:
        """The sheet, and what was taken up of the second place; in the library's thread."""
        return self._desk.summaries.sheet(period), self._desk.drafts.get(SUMMARY, str(period))

    def show(self, sheet: SummarySheet, draft: Draft | None) -> bool:
        """Show the words of a sheet; whether it is of the period that was shown before."""
        same = self.sheet is not None and self.sheet.period == sheet.period
        # Nobody else writes these words: what stands in the form is never older than the library.
        words = self._form.words() if same else sheet.words
        self._before = self._before if same else sheet.words
        self.sheet = sheet
        if draft is not None and not self.keeper.waiting:
            words = SummaryWords.from_json(draft.content[WORDS])
            self.keeper.touch()
        self._form.show_sheet(sheet, words)
        return same

    def _typed(self) -> tuple[str, dict[str, Any]]:
        content = {WORDS: self._form.words().as_json(), BEFORE: self._before.as_json()}
        return str(self.sheet.period if self.sheet else ""), content

    def _save(self, period: str, content: Mapping[str, Any]) -> tuple[str, SummaryWords]:
        words = SummaryWords.from_json(content[WORDS])
        kept = self._desk.summaries.save_words(Period.parse(period), words)
        if self._desk.drafts.get(SUMMARY, period) is not None:
            self._desk.drafts.drop(SUMMARY, period)
        return period, kept

    def _name(self) -> str:
        return f"{self.sheet.period.label}汇总" if self.sheet else ""

    @Slot(object)
    def _on_kept(self, kept: tuple[str, SummaryWords]) -> None:
        period, words = kept
        if self.sheet is not None and period == str(self.sheet.period):
            self._before = words
