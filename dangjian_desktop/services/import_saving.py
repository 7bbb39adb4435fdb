"""The balance of an import on paper, and their own sheet with a column 问题."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.members.importing.cells import as_text
from dangjian_desktop.papers.dressing import dressed
from dangjian_desktop.papers.import_balance import BalanceLine, BalanceSheet, compose_balance
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.files import file_name, write_file
from dangjian_desktop.services.import_report import TO_LOOK_AT, ImportReport
from dangjian_desktop.services.rendering import Format, pdf_of, write_document
from dangjian_desktop.services.workbooks import fitting
from dangjian_desktop.spreadsheets.columns import Column
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.library import Library

_SUFFIX = ".xlsx"


def papers_of(
    library: Library, clock: Callable[[], datetime]
) -> Callable[[ImportReport, Path], ImportPaper]:
    """Makes the papers of the imports into one library."""
    return partial(ImportPaper, library, clock)


class ImportPaper:
    """The result of one import of the file ``source``: its ``report``, printed and saved."""

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        report: ImportReport,
        source: Path,
    ) -> None:
        self._library, self._clock = library, clock
        self.report, self._source = report, source
        self._lines = [line for line in report.lines if line.kind in TO_LOOK_AT]

    @property
    def title(self) -> str:
        """What the balance is called on paper."""
        return f"{self.report.called}导入结果"

    @property
    def file_name(self) -> str:
        """Under which name the workbook is proposed."""
        return file_name(self._list_title()) + _SUFFIX

    def preview(self) -> bytes:
        """The balance as PDF."""
        return pdf_of(self._document())

    def export(self, folder: Path, kind: Format) -> list[Path]:
        """The balance as a file; raises ``BlockedError`` where it cannot be written."""
        return write_document(self._document(), folder, (kind,))

    def write_sheet(self, file: Path, *, force: bool = True) -> Path:
        """The list of what is to be looked at, then their own sheet with a column 问题, as .xlsx.

        Their own file is never replaced: a number is added to the name then, ``force`` or not.
        Raises ``InputError`` where it is there no more.
        """
        from dangjian_desktop.spreadsheets.annotating import add_annotated
        from dangjian_desktop.spreadsheets.writing import book_of, bytes_of

        report = self.report
        sheets = read_tables(self._source)
        sheet = next((one for one in sheets if one.name == report.sheet), sheets[0])
        rows = [[as_text(cell) for cell in row] for row in sheet.rows]
        listed = [(one.row, one.name, one.kind, one.text) for one in self._listed()]
        book = book_of(
            title=self._list_title(),
            remark=fitting(f"{report.words}工作表：{report.sheet}；行号为原表行号。"),
            columns=(
                Column("行号", 6),
                Column(report.one, 12),
                Column("类别", 12),
                Column("说明", 80, centred=False),
            ),
            rows=[tuple(map(fitting, line)) for line in listed],
            name="问题清单",
        )
        add_annotated(book, sheet.name, rows, report.header_row, self._remarks())
        place = file.parent / (file_name(file.stem) + _SUFFIX)
        force = force and not (place.exists() and place.samefile(self._source))
        return write_file(
            file.parent, file.stem, _SUFFIX, bytes_of(book, self._clock()), force=force
        )

    def _list_title(self) -> str:
        return f"{self.report.called}导入问题清单"

    def _listed(self) -> list[BalanceLine]:
        listed = [
            BalanceLine("" if n.row is None else str(n.row), n.name, n.kind.label, n.text)
            for n in self._lines
        ]
        untaken = "、".join(self.report.untaken)
        return listed + ([BalanceLine("", "", "没有导入的列", untaken)] if untaken else [])

    def _remarks(self) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for line in self._lines:
            if line.row is not None:
                found.setdefault(line.row, []).append(f"【{line.kind.label}】{line.text}")
        return {row: "\n".join(texts) for row, texts in found.items()}

    def _document(self) -> Document:
        sheet = self._sheet()
        return dressed(compose_balance(sheet), sheet)

    def _sheet(self) -> BalanceSheet:
        with self._library.reading() as work:
            branch = work.branch.on(self._clock().date())
        report = self.report
        return BalanceSheet(
            branch=branch,
            stamp=Stamp(None, self._clock(), branch.sample),
            source=f"{self._source.name}，工作表“{report.sheet}”",
            numbers=report.numbers,
            lines=self._listed(),
            title=self.title,
            one=report.one,
        )
