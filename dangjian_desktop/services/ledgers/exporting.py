"""Rows of a ledger as a workbook that other offices can open and that can be imported again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_LABEL, Ledger, Level
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import COVERED, Titles, value_text
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.ledgers.ledgers import RowFilter
from dangjian_desktop.services.ledgers.links import titles_of
from dangjian_desktop.spreadsheets.writing import LONGEST_TEXT, Column, workbook
from dangjian_desktop.storage.library import Library

PROFILES = ("full", "masked")
MORE = "其他内容"
_WIDTHS = {
    FieldType.LONG_TEXT: 36.0,
    FieldType.TEXT: 22.0,
    FieldType.PEOPLE: 24.0,
    FieldType.LINK: 30.0,
}


class LedgerExport:
    """Exports from one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def export(
        self,
        code: str,
        path: Path,
        *,
        period: Period | None = None,
        profile: str = "full",
        force: bool = False,
    ) -> tuple[Path, int]:
        """Write the rows (of a period) to an .xlsx; the file as written and how many rows.

        ``masked`` covers masked fields, and leaves out rows that are not public. An older file
        stays and a number is added, unless ``force``. Raises ``InputError``, and ``BlockedError``
        where the ledger may not leave under this profile or the folder cannot be written.
        """
        if path.suffix.lower() != ".xlsx":
            raise InputError(
                f"台账只能导出为.xlsx文件，“{path.name}”不行。", "请把文件名改为以.xlsx结尾。"
            )
        if profile not in PROFILES:
            raise InputError(
                f"导出方式“{profile}”不认识。", "可以写：full（完整）或masked（遮盖）。"
            )
        hidden, today = profile == "masked", self._clock().date()
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            _require_allowed(ledger, hidden=hidden)
            rows = keeping.oldest_first(work, ledger, RowFilter(period=period).stored())
            titles = titles_of(work, rows, ledger)
            branch = work.branch.on(min(period.last, today) if period else today)
        texts = [[_text(asked, row, hidden, titles) for asked in _fields(ledger)] for row in rows]
        more = _more_names(rows)
        lines = [
            (str(number), *values, *(_more(row, name) for name in more))
            for number, (row, values) in enumerate(zip(rows, texts, strict=True), 1)
        ]
        data = workbook(
            title=f"{branch.name}{period.label if period else ''}{ledger.title}",
            remark=_remark(ledger, hidden=hidden, sample=branch.sample),
            columns=_columns(ledger, more),
            rows=[tuple(_fitting(text) for text in line) for line in lines],
            name=ledger.title,
        )
        return write_file(path.parent, path.stem, path.suffix, data, force=force), len(rows)


def _require_allowed(ledger: Ledger, *, hidden: bool) -> None:
    if hidden and ledger.level is not Level.PUBLIC:
        raise BlockedError(
            f"“{ledger.title}”的知悉范围是“{ledger.level.label}”，不能以遮盖方式对外导出。",
            "只在本支部内使用时，请选择完整导出。",
        )


def _fields(ledger: Ledger) -> Sequence[Field]:
    return ledger.all_fields


def _columns(ledger: Ledger, more: Sequence[str]) -> list[Column]:
    return [
        Column(NUMBER_LABEL, 6),
        *(
            Column(
                asked.title,
                _WIDTHS.get(asked.type, 13.0),
                centred=asked.type not in (FieldType.LONG_TEXT, FieldType.TEXT),
            )
            for asked in _fields(ledger)
        ),
        *(Column(f"{MORE}：{name}", 20, centred=False) for name in more),
    ]


def _text(asked: Field, row: LedgerRow, hidden: bool, titles: Titles) -> str:
    value = row.value(asked.name)
    if hidden and asked.masked and value is not None:
        return COVERED
    return value_text(asked, value, titles)


def _more_names(rows: Sequence[LedgerRow]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row.more))


def _more(row: LedgerRow, name: str) -> str:
    value = row.more.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _remark(ledger: Ledger, *, hidden: bool, sample: bool) -> str:
    def parts() -> Iterator[str]:
        if ledger.level is not Level.PUBLIC:
            yield ledger.level.label
        if hidden:
            yield "部分内容已遮盖"
        if sample:
            yield "示例"

    return "　".join(parts())
