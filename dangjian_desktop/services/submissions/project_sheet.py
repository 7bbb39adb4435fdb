"""书记项目 as a sheet: what the ledgers of the year tell as of the day, one group below another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dangjian_desktop.documents.model import Document, Paragraph, Row, Table
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.offered import paper_in
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.workbooks import Workbook
from dangjian_desktop.spreadsheets.columns import Column

_LEDGER = "project_ledger"
_NARROW = 20
"""Millimetres up to which the texts of a column stand in its middle."""
_OF_MM = 0.62
"""Characters in a millimetre of a column."""


class ProjectSheet(OfLibrary):
    """Makes it out of one library; ``clock`` tells the present time."""

    def workbook(
        self, year: int, groups: Sequence[str | None], wanted: Wanted, name: str
    ) -> Workbook:
        """The projects of these groups in a year as of the day that is ``wanted``."""
        period, now = Period(year, 1, 12), self._clock()
        rows: list[tuple[str, ...]] = []
        columns: list[Column] = []
        branch = ""
        for group in groups:
            document, branch = self._ledger(replace(wanted, period=period, group=group))
            table = next(block for block in document.blocks if isinstance(block, Table))
            heads, *told = map(_texts, table.rows)
            columns = _columns(heads, table.widths)
            rows += [(str(len(rows) + n), group or "", *t[1:]) for n, t in enumerate(told, 1)]
        made: datetime = made_at(wanted.day, now)
        return Workbook(
            title=f"{branch}{year}年{name}情况表",
            remark=f"截至{chinese_date(made.date())}",
            name=name,
            columns=columns,
            rows=rows,
            made=made,
            foot=("合计", f"{len(rows)}个"),
        )

    def _ledger(self, wanted: Wanted) -> tuple[Document, str]:
        printing = PrintingService(self._library, self._clock)
        with self._library.reading() as work:
            paper = paper_in(work, _LEDGER)
        sheet = printing.sheet(paper, "", wanted)
        return printing.composed(paper, sheet, wanted), sheet.branch.name


def _columns(heads: Sequence[str], widths: Sequence[float]) -> list[Column]:
    first, *rest = (
        Column(head.replace("\n", ""), max(6, width * _OF_MM), centred=width <= _NARROW)
        for head, width in zip(heads, widths, strict=True)
    )
    return [first, Column("项目种类", 12), *rest]


def _texts(row: Row) -> tuple[str, ...]:
    cells = ((p.text for p in c.paragraphs if isinstance(p, Paragraph)) for c in row.cells)
    return tuple("\n".join(each) for each in cells)
