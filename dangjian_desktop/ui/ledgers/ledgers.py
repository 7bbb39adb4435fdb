"""The place 清单台账: all ledgers, and behind each its rows."""

from __future__ import annotations

from functools import partial

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.catalogue import LedgerEntry
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.rows import rows_page
from dangjian_desktop.ui.ledgers.styles import styles_page
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.records.page import RecordPage

ALL = "all"
"""How a record of the list of ledgers is asked for: ``all/CODE``."""


class LedgersPage(Page):
    """The list of ledgers, or the rows of one. ``focus_record`` takes ``CODE/ROW``, ``CODE`` or
    ``all/…`` for what the list itself understands (``all/new/``: a ledger to make)."""

    topics = frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._narrow = False
        self._asked = ""
        self._rows: dict[str, tuple[LedgerEntry, RecordPage]] = {}
        self.all = styles_page(desk, shell, self.open_ledger)
        self._stack = Stage(self)
        self._stack.addWidget(self.all)

    @property
    def shown(self) -> RecordPage:
        """The page that is shown."""
        page = self._stack.currentWidget()
        assert isinstance(page, RecordPage)
        return page

    @property
    def renewable(self) -> bool:
        """Not while an editor or another view is open in any of its lists."""
        return all(page.renewable for page in (self.all, *(p for _, p in self._rows.values())))

    def open_ledger(self, code: str, row: str = "") -> None:
        """The rows of a ledger, perhaps with one of them under the cursor."""
        self._asked = code
        work = partial(self._desk.ledgers.one_ledger, code)
        self._shell.jobs.library(work, partial(self._open, row))

    def to_all(self) -> None:
        """Back to the list, once everything typed is kept."""
        shown = self.shown
        if shown is not self.all:
            code = next((c for c, (_, page) in self._rows.items() if page is shown), "")
            shown.views.after_keeping(partial(self._go_all, code))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again; a ledger whose style was changed is shown anew."""
        if Topic.LEDGERS in topics and self.shown is not self.all:
            code = next(c for c, (_, page) in self._rows.items() if page is self.shown)
            work = partial(self._desk.ledgers.one_ledger, code)
            self._shell.jobs.library(work, self._follow)
        self.shown.refresh(topics)

    def focus_record(self, uid: str) -> None:
        """Show a row, a ledger, or something of the list."""
        code, _, rest = uid.partition("/")
        if code == ALL:
            self.shown.views.after_keeping(partial(self._focus_all, rest))
        elif code:
            self.shown.views.after_keeping(partial(self.open_ledger, code, rest))

    def focus_first(self) -> None:
        """Put the focus on the list that is shown."""
        self.shown.focus_first()

    def back(self) -> bool:
        """From a row to its list, from the rows to all ledgers."""
        if self.shown.views.at_home and self.shown is not self.all:
            if not self.shown.split.back():
                self.to_all()
            return True
        return self.shown.back()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time, in all of them."""
        self._narrow = narrow
        for page in (self.all, *(page for _, page in self._rows.values())):
            page.set_narrow(narrow)

    def _open(self, row: str, entry: LedgerEntry) -> None:
        code = entry.ledger.code
        if code != self._asked:
            return
        page = self._page_of(entry)
        self._stack.setCurrentWidget(page)
        if row:
            page.focus_record(row)
        else:
            page.refresh(page.topics)
        page.focus_first()

    def _page_of(self, entry: LedgerEntry) -> RecordPage:
        code = entry.ledger.code
        kept = self._rows.get(code)
        if kept is not None and kept[0].ledger == entry.ledger:
            return kept[1]
        page = rows_page(self._desk, self._shell, entry.ledger, self.to_all)
        page.set_narrow(self._narrow)
        self._stack.addWidget(page)
        self._rows[code] = (entry, page)
        if kept is not None:
            self._stack.removeWidget(kept[1])
            kept[1].deleteLater()
        return page

    def _follow(self, entry: LedgerEntry) -> None:
        kept = self._rows.get(entry.ledger.code)
        if kept is not None and kept[0].ledger != entry.ledger and kept[1].views.at_home:
            shown = self.shown is kept[1]
            page = self._page_of(entry)
            if shown:
                self._stack.setCurrentWidget(page)
                page.refresh(page.topics)

    def _go_all(self, code: str) -> None:
        self._stack.setCurrentWidget(self.all)
        self.all.to_list(code)

    def _focus_all(self, rest: str) -> None:
        self._stack.setCurrentWidget(self.all)
        self.all.focus_record(rest)
