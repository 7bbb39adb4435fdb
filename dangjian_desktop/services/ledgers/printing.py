"""Prints of ledgers: every print that a declaration names, as preview and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import (
    CardPrint,
    GridPrint,
    Ledger,
    Level,
    Print,
    SheetPrint,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.papers.ledgers.compose import compose_print
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.ledgers.counting import grid_in, in_period
from dangjian_desktop.services.ledgers.links import titles_of
from dangjian_desktop.services.rendering import BOTH, Format, pdf_of, write_document
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

OF_A_ROW = (CardPrint, SheetPrint)
"""Prints that are about one row; the others are about a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintWanted:
    """What is asked of a print: a ``period`` (the judged year unless told), the ``day`` as of
    which rows are in force, and whether masked fields are left out (``public``).
    """

    period: Period | None = None
    day: date | None = None
    public: bool = False


_PLAIN = PrintWanted()


class LedgerPrinting:
    """Prints of the ledgers of one library; ``clock`` tells the present time.

    A print is told by its ``number`` in the declaration, counted from 0.
    """

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def prints(self, code: str, *, of_a_row: bool) -> tuple[int, ...]:
        """The numbers of the prints about one row, or of those about a period."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
        return tuple(
            n for n, made in enumerate(ledger.prints) if isinstance(made, OF_A_ROW) == of_a_row
        )

    def of_period(self, code: str, number: int, wanted: PrintWanted = _PLAIN) -> Document:
        """A table or grid of a period."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
        return self.of_ledger(ledger, number, wanted)

    def of_ledger(self, ledger: Ledger, number: int, wanted: PrintWanted = _PLAIN) -> Document:
        """A print of a declaration as it stands in its editor, with the rows that are there.

        A card or sheet shows the newest row, or an empty form where there is none.
        """
        layout = _print(ledger, number)
        with self._library.reading() as work:
            today = judged_day(work, self._clock().date())
            day, period = wanted.day or today, wanted.period or Period(today.year, 1, 12)
            rows = keeping.oldest_first(work, ledger)
            grid = None
            if isinstance(layout, GridPrint):
                grid = grid_in(work, ledger, layout, period.year)
            if isinstance(layout, TablePrint) and layout.in_force:
                rows, whole = [row for row in rows if row.in_force(ledger, day)], None
            else:
                rows, whole = in_period(ledger, rows, period), period
            sheet = self._sheet(work, ledger, rows, replace(wanted, day=day, period=whole))
        last = rows[-1] if rows else LedgerRow(id="", ledger=ledger.code)
        return compose_print(sheet, layout, last, grid)

    def of_row(self, code: str, number: int, uid: str, wanted: PrintWanted = _PLAIN) -> Document:
        """A card or sheet of a stored row."""
        with self._library.reading() as work:
            row = keeping.one(work, ledger_of(work, code), uid)
        return self.of_unsaved(row, number, wanted)

    def of_unsaved(self, row: LedgerRow, number: int, wanted: PrintWanted = _PLAIN) -> Document:
        """A card or sheet of a row as it stands in the editor or in the library."""
        with self._library.reading() as work:
            today = judged_day(work, self._clock().date())
            ledger = ledger_of(work, row.ledger)
            version = keeping.store_of(work, row.ledger).revision_number(row.id) or None
            sheet = self._sheet(
                work, ledger, [row], replace(wanted, day=wanted.day or today), version
            )
        layout = _print(ledger, number)
        if not isinstance(layout, OF_A_ROW):
            raise InputError(f"“{layout.title}”不是单条记录的表。", "请换一种打印样式。")
        return compose_print(sheet, layout, row)

    def preview(self, document: Document) -> bytes:
        """Any of these papers as PDF."""
        return pdf_of(document)

    def export(
        self,
        document: Document,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write any of these papers."""
        return write_document(document, folder, formats, force=force)

    def documents(
        self, code: str, wanted: PrintWanted = _PLAIN, uid: str | None = None
    ) -> list[Document]:
        """Every print of a row (``uid``), or every print of the period."""
        numbers = self.prints(code, of_a_row=uid is not None)
        if not numbers:
            what = "单条记录" if uid is not None else "整本台账"
            raise InputError(f"这本台账没有{what}的打印样式。", "请在台账样式里增加打印样式。")
        if uid is not None:
            return [self.of_row(code, number, uid, wanted) for number in numbers]
        return [self.of_period(code, number, wanted) for number in numbers]

    def _sheet(
        self,
        work: Work,
        ledger: Ledger,
        rows: Sequence[LedgerRow],
        wanted: PrintWanted,
        version: int | None = None,
    ) -> LedgerSheet:
        if wanted.public and ledger.level is not Level.PUBLIC:
            raise BlockedError(
                f"“{ledger.title}”的知悉范围是“{ledger.level.label}”，不能作为公开材料打印。",
                "只在本支部内使用时，请按内部材料打印。",
            )
        branch = work.branch.get()
        return LedgerSheet(
            ledger=ledger,
            branch=branch,
            stamp=Stamp(version, self._clock(), branch.sample),
            day=wanted.day or self._clock().date(),
            rows=rows,
            period=wanted.period,
            titles=titles_of(work, rows, ledger),
            public=wanted.public,
        )


def _print(ledger: Ledger, number: int) -> Print:
    if not 0 <= number < len(ledger.prints):
        raise InputError(f"“{ledger.title}”没有这种打印样式。", "请重新选择打印样式。")
    return ledger.prints[number]
