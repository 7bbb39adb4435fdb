"""What one kind of record has of its own: its tables, its order, its narrowing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, false, select

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import touched
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.sums import Child, Sheet
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.tables import record_file

Conditions = Sequence[ColumnElement[bool]]
Rows = Sequence[tuple[Any, ...]]
Texts = tuple[str, Iterable[str]]
_AT_ONCE = 500  # far below SQLite's limit of values in one statement


class Kept(Protocol):
    """A frozen dataclass with a UUID, and a mark for the bin."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """The UUID."""

    @property
    def deleted(self) -> bool:
        """Whether it lies in the bin."""


class Line(Protocol):
    """What a list shows of a record."""

    @property
    def id(self) -> str:
        """The UUID of the record."""


T = TypeVar("T", bound=Kept)
F = TypeVar("F")
R = TypeVar("R", bound=Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping(Generic[T, F, R]):
    """One kind of record for the store.

    ``subject`` is its word in revisions, journal and drafts, ``called`` the Chinese one, ``of``
    the dataclass; ``own`` holds for its rows in a table that others share. ``loaded`` gives
    whole records, ``lines`` those of a list in ``order``; ``columns`` are the values of its own
    row, ``children`` those of the rows below it in the order of ``columns_below`` (raising
    ``KeyError`` for a record that is not stored), ``files`` field and SHA-256 of the files it
    names. ``narrow`` reads a filter (None: all that is not deleted), ``same`` says which stored
    record means the same, ``names`` who names a member, ``links`` who links to a record; ``text``
    is what history keeps, ``settled`` puts back what only the library decides; ``year`` is that
    in which a record lies, where what is found of one is remembered by years. ``texts`` gives
    UUIDs and texts by which records are found, the title first (none: none is), ``again`` one
    that shares nothing with the other that can change (none: nothing is kept in memory).
    """

    subject: str
    called: str
    of: type[T]
    table: Table
    sheet: Sheet
    order: Sequence[ColumnElement[Any]]
    loaded: Callable[[Connection, Conditions], Sequence[T]]
    lines: Callable[[Connection, Conditions], Sequence[R]]
    columns: Callable[[T], dict[str, Any]]
    narrow: Callable[[F | None], list[ColumnElement[bool]]]
    own: Conditions = ()
    children: Callable[[RowIds, T], Mapping[Table, Rows]] = lambda *_: {}
    files: Callable[[T], Iterable[tuple[str, str]]] = lambda *_: ()
    years: Callable[[Connection], Iterable[int]] = lambda *_: ()
    same: Callable[[Connection, T], str | None] = lambda *_: None
    names: Callable[[str], ColumnElement[bool]] = lambda *_: false()
    links: Callable[[str, str], ColumnElement[bool]] = lambda *_: false()
    text: Callable[[T], str] = to_json
    settled: Callable[[T, T], T] = lambda record, _stored: record
    year: Callable[[T], int | None] = lambda _record: None
    texts: Callable[[Connection, Conditions], Iterable[Texts]] | None = None
    again: Callable[[T], T] | None = None


def touch(connection: Connection, keeping: Keeping[T, Any, Any], records: Iterable[T]) -> None:
    """Note where these records lie that are written, each as it was and as it is."""
    places, table = touched(connection), keeping.table
    places.add((table, None))
    places.update((table, keeping.year(record)) for record in records)


class Index(Protocol):
    """What finds records by their words, as the store asks it."""

    def found(
        self, connection: Connection, keeping: Keeping[Any, Any, Any], text: str
    ) -> Conditions:
        """The records that contain each word of the text."""

    def texts_of(
        self, connection: Connection, keeping: Keeping[Any, Any, Any], uids: Iterable[str]
    ) -> Iterable[tuple[str, Iterator[str]]]:
        """UUID and texts by which each of these records is found."""

    def seal(
        self, connection: Connection, keeping: Keeping[Any, Any, Any], uids: Sequence[str]
    ) -> None:
        """Store the checksums of records just written, and note that they changed."""

    def retell(self, connection: Connection, keeping: Keeping[Any, Any, Any]) -> None:
        """All records of a kind are found by other words now."""


def sheet_of(table: Table, *children: Table, subject: str = "") -> Sheet:
    """Every column of the table and of those below it, and the files, as a sum covers them.

    Without a subject the rows tell their own, as those of ``record`` do.
    """
    below = [
        Child(
            child.name,
            columns_below(table, child),
            f"c.{table.name}_id = r.id",
            ", ".join(f'c."{name}"' for name in (*counted_by(child), "id")),
        )
        for child in children
    ]
    told = f"'{subject}'" if subject else "r.kind"
    named = f"c.subject = {told} AND c.uid = r.uid"
    files = Child(record_file.name, ("field", "attachment"), named, "c.id")
    return Sheet(table.name, _summed(table, "checksum"), (*below, files))


@cache
def columns_below(table: Table, child: Table) -> tuple[str, ...]:
    """The columns of the rows below a record, but the row ids of both."""
    return _summed(child, f"{table.name}_id")


def counted_by(child: Table) -> list[str]:
    """The columns by which the rows below a record stand in its sum, before their row ids."""
    return [name for name in ("subject", "position") if name in child.c]


def _summed(table: Table, *without: str) -> tuple[str, ...]:
    return tuple(c.name for c in table.c if c.name not in ("id", *without))


def in_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, each once, in lists that one statement may carry."""
    wanted = list(dict.fromkeys(values))
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))


def among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Whether the column holds one of the values; a single one is asked for faster."""
    return column == values[0] if len(values) == 1 else column.in_(values)


def in_bin(table: Table, deleted: bool) -> ColumnElement[bool]:
    """Whether a row lies in the bin, or does not."""
    mark = table.c.deleted_at
    return mark.is_not(None) if deleted else mark.is_(None)


def in_order(connection: Connection, keeping: Keeping[Any, Any, Any]) -> dict[int, str]:
    """UUIDs by row id of all that is not in the bin, in the order of a list."""
    table = keeping.table.c
    query = select(table.id, table.uid).where(*keeping.own, in_bin(keeping.table, False))
    return dict(connection.execute(query.order_by(*keeping.order)).all())
