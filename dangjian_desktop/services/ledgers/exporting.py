"""Rows of a ledger as a workbook that other offices can open and that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_texts import COVERED, Titles, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_LABEL, Ledger
from dangjian_desktop.domain.ledgers.record import beside_shown, shown_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import told_beside
from dangjian_desktop.domain.levels import Level, Outlet, may_be_shown
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.workbooks import Workbook, covers
from dangjian_desktop.spreadsheets.columns import Column

_WIDTHS = {
    FieldType.LONG_TEXT: 36.0,
    FieldType.TEXT: 22.0,
    FieldType.PEOPLE: 24.0,
    FieldType.LINK: 30.0,
}


class LedgerExport(OfLibrary):
    """Exports from one library; ``clock`` tells the present time."""

    def export(
        self,
        code: str,
        path: Path,
        *,
        period: Period | None = None,
        as_of: date | None = None,
        profile: str = "full",
        force: bool = False,
    ) -> tuple[Path, int]:
        """Write the rows (of a period) to an .xlsx; the file as written and how many rows.

        The branch is named as of a day, else of today, which the file tells as its own.
        ``masked`` covers masked fields, and leaves out rows that are not public. An older file
        stays and a number is added, unless ``force``. Raises ``InputError``, and ``BlockedError``
        where the ledger may not leave under this profile or the folder cannot be written.
        """
        hidden = covers(path, profile, "台账")
        book = self.workbook(code, period, as_of, hidden=hidden)
        return book.write(path, force=force), len(book.rows)

    def workbook(
        self,
        code: str,
        period: Period | None = None,
        as_of: date | None = None,
        *,
        hidden: bool = False,
    ) -> Workbook:
        """The rows (of a period); ``hidden`` covers masked fields. Raises as ``export``."""
        now = self._clock()
        today = as_of or now.date()
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            _require_allowed(ledger, hidden=hidden)
            rows = keeping.oldest_first(work, ledger, narrowed(period=period))
            titles = link_titles(work, links_in(ledger.all_fields, (r.values for r in rows)))
            branch = work.branch.on(min(period.last, today) if period else today)
            former = work.former_fields(code)
        outlet = Outlet.MASKED if hidden else Outlet.WORKBOOK
        fields = shown_fields(ledger, outlet)
        texts = [[_text(asked, row, hidden, titles) for asked in fields] for row in rows]
        # Nobody says any longer what of it may leave.
        beside = {} if hidden else beside_shown(ledger, _more_of(rows), former, outlet)
        more = told_beside(beside, former)
        return Workbook(
            columns=_columns(fields, [heading for heading, _ in more.values()]),
            rows=[
                (str(number), *values, *(_more(row, name, former) for name in more))
                for number, (row, values) in enumerate(zip(rows, texts, strict=True), 1)
            ],
            title=f"{branch.name}{period.label if period else ''}{ledger.title}",
            remark=_remark(ledger, hidden=hidden, sample=branch.sample),
            name=ledger.title,
            made=made_at(as_of, now),
        )


def _require_allowed(ledger: Ledger, *, hidden: bool) -> None:
    if not may_be_shown(ledger.level, Outlet.WORKBOOK):
        raise BlockedError(
            f"“{ledger.title}”的知悉范围是“{ledger.level.label}”，不能导出为表格。",
            "请在程序里查看；需要纸质的，可逐条打印。",
        )
    if hidden and not may_be_shown(ledger.level, Outlet.MASKED):
        raise BlockedError(
            f"“{ledger.title}”的知悉范围是“{ledger.level.label}”，不能以遮盖方式对外导出。",
            "只在本支部内使用时，请选择完整导出。",
        )


def _columns(fields: Sequence[Field], more: Sequence[str]) -> list[Column]:
    return [
        Column(NUMBER_LABEL, 6),
        *(
            Column(
                asked.title,
                _WIDTHS.get(asked.type, 13.0),
                centred=asked.type not in (FieldType.LONG_TEXT, FieldType.TEXT),
            )
            for asked in fields
        ),
        *(Column(heading, 20, centred=False) for heading in more),
    ]


def _text(asked: Field, row: LedgerRow, hidden: bool, titles: Titles) -> str:
    value = row.value(asked.name)
    if hidden and asked.masked and value is not None:
        return COVERED
    return value_text(asked, value, titles)


def _more_of(rows: Sequence[LedgerRow]) -> dict[str, Any]:
    return {name: value for row in rows for name, value in row.more.items()}


def _more(row: LedgerRow, name: str, former: Mapping[str, Field]) -> str:
    value = row.more.get(name)
    return "" if value is None else told_beside({name: value}, former)[name][1]


def _remark(ledger: Ledger, *, hidden: bool, sample: bool) -> str:
    def parts() -> Iterator[str]:
        if ledger.level is not Level.PUBLIC:
            yield ledger.level.label
        if hidden:
            yield "部分内容已遮盖"
        if sample:
            yield "示例"

    return "　".join(parts())
