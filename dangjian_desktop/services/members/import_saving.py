"""The balance of an import on paper, and their own sheet with a column 问题."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.papers.members.import_balance import (
    BalanceLine,
    BalanceSheet,
    compose_balance,
)
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.members.import_report import (
    TO_LOOK_AT,
    balance,
    balance_words,
    lines_of,
)
from dangjian_desktop.services.members.roster_import import ImportResult
from dangjian_desktop.services.rendering import Format, pdf_of, write_document
from dangjian_desktop.spreadsheets.columns import Column
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.library import Library

_COLUMNS = (
    Column("行号", 6),
    Column("姓名", 12),
    Column("类别", 12),
    Column("说明", 80, centred=False),
)


class ImportPaper:
    """The result of one import of the file ``source``, to be printed and saved."""

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        result: ImportResult,
        source: Path,
    ) -> None:
        self._library, self._clock = library, clock
        self._result, self._source = result, source
        self._lines = [line for line in lines_of(result) if line.kind in TO_LOOK_AT]

    def preview(self) -> bytes:
        """The balance as PDF."""
        return pdf_of(compose_balance(self._sheet()))

    def export(self, folder: Path, kind: Format) -> list[Path]:
        """The balance as a file; raises ``BlockedError`` where it cannot be written."""
        return write_document(compose_balance(self._sheet()), folder, (kind,))

    def write_sheet(self, file: Path, *, force: bool = True) -> Path:
        """The list of what is to be looked at, then their own sheet with a column 问题, as .xlsx.

        Raises ``InputError`` where their file is there no more.
        """
        from dangjian_desktop.spreadsheets.annotating import add_annotated
        from dangjian_desktop.spreadsheets.writing import book_of, bytes_of

        reading = self._result.reading
        sheets = read_tables(self._source)
        sheet = next((one for one in sheets if one.name == reading.sheet), sheets[0])
        rows = [[as_text(cell) for cell in row] for row in sheet.rows]
        book = book_of(
            title="花名册导入问题清单",
            remark=balance_words(self._result) + f"工作表：{reading.sheet}；行号为原表行号。",
            columns=_COLUMNS,
            rows=[(one.row, one.name, one.kind, one.text) for one in self._listed()],
            name="问题清单",
        )
        add_annotated(book, sheet.name, rows, reading.header_row, self._remarks())
        return write_file(file.parent, file.stem, ".xlsx", bytes_of(book), force=force)

    def _listed(self) -> list[BalanceLine]:
        listed = [
            BalanceLine("" if n.row is None else str(n.row), n.name, n.kind.label, n.text)
            for n in self._lines
        ]
        untaken = "、".join(self._result.reading.untaken)
        return listed + ([BalanceLine("", "", "没有导入的列", untaken)] if untaken else [])

    def _remarks(self) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for line in self._lines:
            if line.row is not None:
                found.setdefault(line.row, []).append(f"【{line.kind.label}】{line.text}")
        return {row: "\n".join(texts) for row, texts in found.items()}

    def _sheet(self) -> BalanceSheet:
        with self._library.reading() as work:
            branch = work.branch.on(self._clock().date())
        stamp = Stamp(None, self._clock(), branch.sample)
        reading = self._result.reading
        source = f"{self._source.name}，工作表“{reading.sheet}”"
        return BalanceSheet(branch, stamp, source, balance(self._result), self._listed())
