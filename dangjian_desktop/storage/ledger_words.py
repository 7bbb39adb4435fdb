"""By which words the rows of a ledger are found: its declaration tells, not the row alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, select

from dangjian_desktop import paths
from dangjian_desktop.domain.field_texts import value_text
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.reading import kept_ledger, read_ledger
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.ledgers.rows import LedgerRow, loaded_values
from dangjian_desktop.domain.ledgers.words import told_beside
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.errors import InputError
from dangjian_desktop.storage import index
from dangjian_desktop.storage.file.failures import StaleError
from dangjian_desktop.storage.ledgers import LEDGERS, StoredLedger
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.tables import ledger as table

SECTIONS = ("members", "life", "care", "work", "openness", "reporting")
"""The sections of ledgers in their order."""


@cache
def shipped() -> Mapping[str, Ledger]:
    """The ledgers that come with the program, by code, in the order of their sections."""
    found = (
        read_ledger(file.read_text(encoding="utf-8"), f"随程序的台账样式“{file.name}”")
        for file in sorted(paths.resources("ledgers").glob("*.toml"))
    )
    return {ledger.code: ledger for ledger in sorted(found, key=_place)}


@cache
def parsed(declaration: str) -> Ledger:
    """A declaration that a library keeps; each text is read once."""
    return kept_ledger(declaration)


def from_body(
    ledger: Ledger,
    uid: str,
    body: Mapping[str, Any],
    *,
    deleted: bool,
    only: Collection[str] = (),
) -> LedgerRow:
    """The row of a stored body; with ``only`` no more than these fields of it, for counting."""
    plain = body.get("values", {})
    if only:
        plain = {name: plain[name] for name in only if name in plain}
    values, more = loaded_values(ledger, plain)
    return LedgerRow(
        id=uid,
        ledger=ledger.code,
        values=values,
        more=more,
        closed=tuple(body.get("closed", ())),
        edition=int(body.get("edition", 1)),
        deleted=deleted,
    )


def declared_as(kept: StoredLedger) -> Ledger:
    """The declaration of what is, or once was, stored: of an unchanged copy, which follows the
    program, none is kept."""
    built_in = shipped().get(kept.code)
    return built_in if built_in and not kept.declaration else parsed(kept.declaration)


def former_fields(connection: Connection, code: str) -> Mapping[str, Field]:
    """Every field that a ledger has or once had, by name: what its rows still hold of those that
    were taken away is told by them. A declaration that cannot be read any longer tells nothing."""
    built_in, store = shipped().get(code), RecordStore(connection, LEDGERS, index)
    told = [] if built_in is None else [built_in]
    for uid in connection.scalars(select(table.c.uid).where(table.c.code == code)).all():
        for state in store.revisions(uid):
            with suppress(StaleError, InputError, KeyError, TypeError, ValueError):
                told.append(declared_as(store.version(uid, state.number)))
    return {each.name: each for ledger in told for each in ledger.all_fields}


def words_of(ledger: Ledger, row: LedgerRow, former: Mapping[str, Field]) -> tuple[str, ...]:
    """Every text of the row that is searched; 其他内容 too, in the words that it is shown in."""
    told = [
        value_text(asked, row.values[asked.name])
        for asked in ledger.all_fields
        if row.filled(asked.name)
    ]
    return (*told, *_words_beside(row.more, former))


def _words_beside(more: Mapping[str, Any], former: Mapping[str, Field]) -> Iterator[str]:
    for name, (_heading, words) in told_beside(more, former).items():
        yield words
        if name not in former and words != more[name]:
            yield from texts_of(more[name])


def worded_by(
    connection: Connection, kind: str
) -> Callable[[str, Mapping[str, Any]], Iterable[str]]:
    """What tells the words of a row of a kind by its UUID and body; of a kind that nothing
    declares any longer every text of the body."""
    ledger = _declared(connection, kind)
    if ledger is None:
        return _plainly
    # Asked for by the first row that holds something beside its fields: most hold nothing.
    former = cache(partial(former_fields, connection, ledger.code))
    return partial(_words, ledger, former)


def _words(
    ledger: Ledger, former: Callable[[], Mapping[str, Field]], uid: str, body: Mapping[str, Any]
) -> Iterable[str]:
    row = from_body(ledger, uid, body, deleted=False)
    return words_of(ledger, row, former() if row.more else {})


def _plainly(_uid: str, body: Mapping[str, Any]) -> Iterable[str]:
    return texts_of(body)


def _declared(connection: Connection, kind: str) -> Ledger | None:
    if not kind.startswith(PREFIX):
        return None
    code = kind.removeprefix(PREFIX)
    kept = connection.scalar(select(table.c.declaration).where(table.c.code == code))
    return parsed(kept) if kept else shipped().get(code)


def _place(ledger: Ledger) -> tuple[int, str]:
    return SECTIONS.index(ledger.section.value), ledger.code
