"""A row of a ledger as the library keeps it, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.field_texts import value_text
from dangjian_desktop.domain.ledgers.dues import dues_of
from dangjian_desktop.domain.ledgers.figures import Entry
from dangjian_desktop.domain.ledgers.ledger import PEOPLE_TYPES, GridPrint, Ledger
from dangjian_desktop.domain.ledgers.rows import (
    LedgerRow,
    kept_values,
    loaded_value,
    loaded_values,
    subjects_in,
)
from dangjian_desktop.domain.ledgers.words import title_of
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.services.ledgers.catalogue import kind_of
from dangjian_desktop.services.records.pinyin import sort_key
from dangjian_desktop.storage.file.keys import has_password
from dangjian_desktop.storage.ledger_words import from_body
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.stored import (
    Stored,
    StoredDue,
    StoredFile,
    StoredFilter,
    StoredLink,
    StoredPerson,
    StoredRow,
)
from dangjian_desktop.storage.work import Work
from dangjian_desktop.sweeps import unswept

RowStore = RecordStore[Stored, StoredFilter, StoredRow]


def store_of(work: Work, code: str) -> RowStore:
    """The store of the rows of one ledger."""
    return work.records(kind_of(code))


def stored(ledger: Ledger, row: LedgerRow) -> Stored:
    """The row as the store wants it."""
    day = row.first_day(ledger)
    until = row.value(ledger.until_field) if ledger.until_field else None
    period = ledger.period_of(str(row.dated(ledger))) if day is not None else None
    body: dict[str, Any] = {"edition": row.edition, "values": kept_values(ledger, row)}
    if row.closed:
        body["closed"] = list(row.closed)
    return Stored(
        id=row.id,
        title=title_of(ledger, row),
        day=day,
        until=until,
        period=None if period is None else str(period),
        year=None if day is None else day.year,
        due=tuple(StoredDue(d.field, d.day, d.done) for d in dues_of(ledger, row)),
        people=tuple(StoredPerson(f, p.name, p.member_id) for f, p in row.naming(ledger)),
        links=tuple(StoredLink(f, k.subject, k.uid, k.item) for f, k in row.links(ledger)),
        files=tuple(_files(row)),
        body=body,
        deleted=row.deleted,
    )


def _files(row: LedgerRow) -> Iterable[StoredFile]:
    for name, value in row.values.items():
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, KeptFile):
                yield StoredFile(name, part.sha256)


def loaded(ledger: Ledger, kept: Stored) -> LedgerRow:
    """The row out of the store; what the declaration does not name lies in ``more``."""
    return from_body(ledger, kept.id, kept.body, deleted=kept.deleted)


def in_order(work: Work, ledger: Ledger, ids: Sequence[str]) -> list[str]:
    """These rows, found with the newest first, in the order of the ledger's ``sort``."""
    if ledger.newest_first:
        return list(ids)
    names = (name.removeprefix("-") for name in ledger.sort)
    found = {row.id: row for row in partly(work, ledger, names, ids)}
    return [row.id for row in ordered(ledger, [found[uid] for uid in ids if uid in found])]


def oldest_first(
    work: Work,
    ledger: Ledger,
    wanted: StoredFilter | None = None,
    only: Collection[str] = (),
) -> list[LedgerRow]:
    """The matching rows as a paper has them: by day, then as they were entered."""
    return _newest_first(work, ledger, wanted, only)[::-1]


def as_printed(ledger: Ledger, rows: list[LedgerRow]) -> list[LedgerRow]:
    """Rows of a period, the oldest first, as a table has them: a ledger that is sorted by persons
    is printed so too, for a list of persons is in the order of their names."""
    first = ledger.sort[0].removeprefix("-") if ledger.sort else ""
    asked = ledger.named(first)
    return ordered(ledger, rows) if asked is not None and asked.type in PEOPLE_TYPES else rows


def _newest_first(
    work: Work, ledger: Ledger, wanted: StoredFilter | None, only: Collection[str] = ()
) -> list[LedgerRow]:
    deleted = wanted is not None and wanted.deleted
    with unswept():
        return [
            from_body(ledger, uid, body, deleted=deleted, only=only)
            for uid, body in work.bodies(kind_of(ledger.code), wanted)
        ]


def partly(
    work: Work, ledger: Ledger, names: Iterable[str], uids: Sequence[str]
) -> Iterator[LedgerRow]:
    """These rows with these fields only, for a table that draws no others."""
    asked = tuple(dict.fromkeys(name for name in names if ledger.named(name) is not None))
    for uid, _day, *found in work.parts(kind_of(ledger.code), asked, uids=uids):
        plain = {n: v for n, v in zip(asked, found, strict=True) if v is not None}
        yield LedgerRow(id=uid, ledger=ledger.code, values=loaded_values(ledger, plain)[0])


def grid_entries(work: Work, ledger: Ledger, layout: GridPrint, year: int) -> Iterator[Entry]:
    """What the rows of a year give a grid, the oldest first; no row is made of them."""
    by, value = ledger.named(layout.rows), ledger.named(layout.value)
    if by is None:
        return
    names = [asked.name for asked in (by, value) if asked is not None]
    of_year = work.parts(kind_of(ledger.code), names, StoredFilter(year=year))
    for uid, day, about, *counted in reversed(of_year):
        if day is not None and about:
            found = None if value is None else loaded_value(value, counted[0])
            given = Decimal(found) if isinstance(found, int) else found
            yield uid, int(day[5:7]), subjects_in(by, about), given


def ordered(ledger: Ledger, rows: list[LedgerRow]) -> list[LedgerRow]:
    """Sorted by the ledger's ``sort``; what is not filled comes last."""
    for name in reversed(ledger.sort):
        plain, back = name.removeprefix("-"), name.startswith("-")
        known = [row for row in rows if row.filled(plain)]
        known.sort(key=lambda row: _key(ledger, row, plain), reverse=back)
        rows = known + [row for row in rows if not row.filled(plain)]
    return rows


def _key(ledger: Ledger, row: LedgerRow, name: str) -> Any:
    """Numbers and days by themselves, names and other words by their pinyin."""
    value, asked = row.values[name], ledger.named(name)
    if isinstance(value, int | Decimal | date):
        return value
    if isinstance(value, Period | PartialDate):
        return value.first
    return _by_pinyin("" if asked is None else value_text(asked, value))


@lru_cache(maxsize=4096)
def _by_pinyin(words: str) -> str:
    return sort_key(words)


def unknown(ledger: Ledger) -> tuple[str, str]:
    """What to say, and to do, where no row has the ``{uid}`` that was asked for."""
    title = ledger.title.replace("{", "{{").replace("}", "}}")
    return f"“{title}”里没有编号为 {{uid}} 的记录。", "请用 ledger show 查看记录的编号。"


def one(work: Work, ledger: Ledger, uid: str) -> LedgerRow:
    """The row of this id; raises ``InputError`` where there is none."""
    found = store_of(work, ledger.code).one(uid)
    if found is None or found.deleted:
        message, remedy = unknown(ledger)
        raise InputError(message.format(uid=uid), remedy)
    return loaded(ledger, found)


def save(work: Work, ledger: Ledger, row: LedgerRow, reason: str = "") -> LedgerRow:
    """Store the row under the present edition of its ledger; raises ``InputError`` for what is
    entered behind a password alone, in a library that has none."""
    ready = replace(row, edition=max(row.edition, ledger.edition))
    if not work.protected:
        ready = _held_back(work, ledger, ready)
    store_of(work, ledger.code).save(stored(ledger, ready), reason=reason)
    return ready


def with_sensitive(work: Work, ledger: Ledger, row: LedgerRow) -> LedgerRow:
    """The row with the sensitive values that are stored, where it brings none."""
    closed = [f.name for f in ledger.all_fields if f.level is Level.SENSITIVE]
    names = [name for name in closed if not row.filled(name)]
    kept = store_of(work, ledger.code).one(row.id) if names else None
    if kept is None:
        return row
    before = loaded(ledger, kept)
    stored = {name: before.values[name] for name in names if before.filled(name)}
    return replace(row, values={**row.values, **stored}) if stored else row


def sensitive_issues(ledger: Ledger, row: LedgerRow, before: LedgerRow | None) -> list[Issue]:
    """What may not be entered in a library without a password; what stood there may stay."""
    fields = (field for field in ledger.all_fields if field.level is Level.SENSITIVE)
    return [
        Issue(f"资料库没有密码，不能填写{f.label}；请先给资料库设置密码。", "invalid", f.name)
        for f in fields
        if row.filled(f.name) and (before is None or before.value(f.name) != row.value(f.name))
    ]


def _held_back(work: Work, ledger: Ledger, row: LedgerRow) -> LedgerRow:
    """The row as it may stand where anybody can open the library."""
    # A ledger that is sensitive as a whole is not open at all there.
    fields = [field for field in ledger.all_fields if field.level is Level.SENSITIVE]
    kept = store_of(work, ledger.code).one(row.id) if fields else None
    before = None if kept is None else loaded(ledger, kept)
    if issues := sensitive_issues(ledger, row, before):
        raise InputError("有内容只能在有密码的资料库里填写。", "请先设置密码，或者不填。", issues)
    return with_sensitive(work, ledger, row)


def renew(work: Work, ledger: Ledger, reason: str = "台账样式改变") -> int:
    """Store anew what is derived from the declaration (titles, words, due dates, persons); of how
    many rows."""
    store, renewed = store_of(work, ledger.code), 0
    for wanted in (StoredFilter(), StoredFilter(deleted=True)):
        for kept in store.all(wanted):
            fresh = stored(ledger, loaded(ledger, kept))
            if fresh != kept:
                store.save(fresh, reason=reason)
                renewed += 1
    store.retell()
    return renewed


def require_open(path: Path, ledger: Ledger) -> None:
    """Raises where rows of the ledger cannot be entered: newer, or sensitive without password."""
    if ledger.newer:
        raise BlockedError(
            f"“{ledger.title}”是用新版程序设置的，本程序只能查看，不能增改。",
            "请换用新版程序后再录入。",
        )
    if ledger.level is Level.SENSITIVE and not has_password(path):
        raise BlockedError(
            f"“{ledger.title}”的内容敏感，资料库没有密码时不能录入，以免旁人打开就能看到。",
            "请先给资料库设置密码，再录入这本台账。",
        )
