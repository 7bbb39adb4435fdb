"""One transaction's view of the library: a store for each subject."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.storage import index
from dangjian_desktop.storage.adding import add_all
from dangjian_desktop.storage.branch import BranchStore
from dangjian_desktop.storage.file.keys import has_password
from dangjian_desktop.storage.ledger_words import former_fields
from dangjian_desktop.storage.ledgers import LEDGERS
from dangjian_desktop.storage.meetings import MEETINGS, first_held, heads, standing
from dangjian_desktop.storage.members import MEMBERS
from dangjian_desktop.storage.periods import settings_under, years_in
from dangjian_desktop.storage.prints import PrintStore
from dangjian_desktop.storage.projects import PROJECTS
from dangjian_desktop.storage.records.attachments import AttachmentStore
from dangjian_desktop.storage.records.batches import BatchStore
from dangjian_desktop.storage.records.drafts import DraftStore
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.keeping import Conditions, Keeping, in_order
from dangjian_desktop.storage.records.settings import IDENTITY, SettingStore
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.recycle_bin import Thrown, thrown
from dangjian_desktop.storage.remaking import remake
from dangjian_desktop.storage.remembered import Remembered
from dangjian_desktop.storage.row_ids import MemberRows, hand_in
from dangjian_desktop.storage.sent import SentStore
from dangjian_desktop.storage.shared import kept_whole
from dangjian_desktop.storage.stored import (
    Part,
    Stored,
    StoredFilter,
    StoredRow,
    bodies,
    counts,
    kept_as,
    parts_of,
    years,
)
from dangjian_desktop.storage.tables import meeting, member, record
from dangjian_desktop.storage.taking_out import PurgeStore
from dangjian_desktop.storage.waivers import WaiverStore

T = TypeVar("T")
_OWN: dict[str, Keeping[Any, Any, Any]] = {
    keeping.subject: keeping for keeping in (MEMBERS, MEETINGS, PROJECTS, LEDGERS)
}
_WHOLE = {record.code: kept_whole(record) for record in SHARED}


class Work:
    """The stores, valid until the transaction ends."""

    def __init__(self, connection: Connection, remembered: Remembered | None = None) -> None:
        self._connection = connection
        self._remembered = remembered or Remembered()
        hand_in(connection, self._member_rows)
        self.members = RecordStore(connection, MEMBERS, index)
        self.meetings = RecordStore(connection, MEETINGS, index)
        self.projects = RecordStore(connection, PROJECTS, index)
        self.ledgers = RecordStore(connection, LEDGERS, index)
        self.attachments = AttachmentStore(connection)
        self.branch = BranchStore(connection)
        self.settings = SettingStore(connection)
        self.drafts = DraftStore(connection)
        self.batches = BatchStore(connection)
        self.waivers = WaiverStore(connection)
        self.prints = PrintStore(connection, MEETINGS)
        self.sent = SentStore(connection)
        self.journal = Journal(connection)
        self.purges = PurgeStore(connection)

    def through(self, act: Callable[[Connection], T]) -> T:
        """What another part of the storage does inside this transaction."""
        return act(self._connection)

    def attempt(self) -> AbstractContextManager[object]:
        """What is done inside is undone alone where it raises."""
        return self._connection.begin_nested()

    def _member_rows(self) -> MemberRows:
        needs = [(member, None)]
        return self._remembered.of(self._connection, "member rows", needs, MemberRows)

    def roster(self) -> Rolls:
        """Everybody ever on the roster, with the roll of any day; read only when it changed."""
        needs = [(member, None)]
        return self._remembered.of(
            self._connection, "roster", needs, lambda: Rolls(self.members.all())
        )

    def of_sittings(
        self,
        name: Hashable,
        years: Iterable[int | None],
        make: Callable[[], T],
        given: Any = None,
    ) -> T:
        """What ``make`` finds by the roster, by the sittings that lie in these years (None: in
        any) and by ``given``; kept under the name until one of them changes."""
        needs = [(member, None), *((meeting, year) for year in years)]
        return self._remembered.of(self._connection, name, needs, make, given)

    def every(self, code: str) -> tuple[Any, ...]:
        """All records of a declared kind of the table for all; kept while none there is changed."""
        needs = [(record, None)]
        return self._remembered.of(
            self._connection, ("every", code), needs, lambda: self.of(code).all()
        )

    def first_held(self, until: date) -> date | None:
        """The day of the first sitting that took place; no minutes are read."""
        return first_held(self._connection, until)

    def found(self, subject: str, text: str, most: int) -> tuple[list[str], int]:
        """The first records that contain each word of the text, in the order of a list, and how
        many there are, none from the bin. Raises ``InputError`` for a text too long."""
        keeping = self.of(subject).keeping
        listed = self._remembered.of(
            self._connection,
            ("listed", subject),
            [(keeping.table, None)],
            lambda: in_order(self._connection, keeping),
        )
        rows = listed.keys() & (index.rows_with(self._connection, keeping, text) or ())
        return list(islice((uid for row, uid in listed.items() if row in rows), most)), len(rows)

    def words(self, subject: str, uids: Iterable[str], wanted: str) -> Mapping[str, Iterable[str]]:
        """The texts by which these records are found, made as they are asked for; where that can
        be told faster, only one that holds the wanted text as a whole."""
        asked = list(uids)
        told = standing(self._connection, asked, wanted) if subject == MEETINGS.subject else {}
        return {**self.of(subject).words(uid for uid in asked if uid not in told), **told}

    def years_of(self, subject: str) -> dict[str, int]:
        """The year in which each record of a subject lies, by UUID; those of none are left out."""
        return years_in(self._connection, self.of(subject).keeping)

    def settings_under(self, prefix: str) -> dict[str, Any]:
        """The settings whose keys begin so, by the rest of the key."""
        return settings_under(self._connection, prefix)

    def heads(self, uids: Iterable[str]) -> dict[str, tuple[str, date, list[str]]]:
        """Title, day and kinds of these sittings by UUID."""
        return heads(self._connection, uids)

    @property
    def identity(self) -> str:
        """What tells this library from every other, whatever its file is called."""
        # Version 0.1.0 gave no mark: then the moment at which the library was made is the mark.
        return str(self.settings.get(IDENTITY) or self.journal.first())

    def records(self, kind: str) -> RecordStore[Stored, StoredFilter, StoredRow]:
        """The records of one further kind, by its code."""
        return RecordStore(self._connection, kept_as(kind), index)

    def bodies(
        self, kind: str, wanted: StoredFilter | None = None
    ) -> list[tuple[str, Mapping[str, Any]]]:
        """UUID and body of the matching records of a further kind, the newest first."""
        return bodies(self._connection, kind, wanted, self._worded(kind, wanted))

    def years(self, kind: str) -> list[tuple[str, int | None]]:
        """UUID and year of every record of a further kind, the newest first."""
        return years(self._connection, kind)

    def parts(
        self,
        kind: str,
        names: Sequence[str],
        wanted: StoredFilter | None = None,
        uids: Sequence[str] | None = None,
    ) -> list[Part]:
        """A few values of many records of a further kind; see ``parts_of``."""
        worded = self._worded(kind, wanted)
        return parts_of(self._connection, kind, names, wanted, uids, worded)

    def _worded(self, kind: str, wanted: StoredFilter | None) -> Conditions:
        asked = "" if wanted is None else wanted.text
        return index.found(self._connection, kept_as(kind), asked) if asked else ()

    def former_fields(self, code: str) -> Mapping[str, Field]:
        """Every field that the ledger of this code has or once had; kept while no ledger is
        changed."""
        needs = [(LEDGERS.table, None)]
        make = partial(former_fields, self._connection, code)
        return self._remembered.of(self._connection, ("former", code), needs, make)

    def counts(self) -> Mapping[str, int]:
        """How many records each further kind has, none from the bin."""
        return counts(self._connection)

    def kinds(self) -> tuple[str, ...]:
        """The codes of the further kinds that have records, also in the bin."""
        query = select(record.c.kind).distinct().order_by(record.c.kind)
        return tuple(self._connection.scalars(query))

    def of(self, subject: str) -> RecordStore[Any, Any, Any]:
        """The store of a subject: a declared record, ledger, or the code of a further kind."""
        keeping = _OWN.get(subject) or _WHOLE.get(subject) or kept_as(subject)
        return RecordStore(self._connection, keeping, index)

    def add(self, subject: str, records: Sequence[Any], *, reason: str = "") -> None:
        """Insert new records of a subject together; see ``add_all``."""
        add_all(self._connection, self.of(subject).keeping, records, reason)

    def remake(self, subject: str) -> int:
        """Make anew what is told from the records of a subject; see ``remaking``."""
        return remake(self._connection, self.of(subject).keeping)

    @property
    def protected(self) -> bool:
        """Whether the library has a password."""
        # By the file that is read: a copy may have another one.
        files = self._connection.exec_driver_sql("PRAGMA database_list")
        return has_password(Path(files.all()[0][2]))

    def stores(self) -> Iterator[RecordStore[Any, Any, Any]]:
        """The store of every subject that the library has."""
        return (self.of(subject) for subject in (*_OWN, *self.kinds()))

    @property
    def behind(self) -> int | None:
        """How many records the index has yet to take in; None where there is none to be asked."""
        return index.behind(self._connection)

    def doubt_index(self) -> None:
        """The index told what is not so: until it is made anew the records are read."""
        index.trust_in(self._connection).doubt(self._connection)

    def begin_index(self) -> None:
        """Drop the index and begin another, which has taken in nothing."""
        index.begin(self._connection)

    def take_in(self, most: int = index.AT_ONCE) -> int:
        """Let the index take in so many records; how many were left to it."""
        keepings = [s.keeping for s in self.stores() if s.keeping.texts is not None]
        return index.take_in(self._connection, keepings, most)

    def settle_index(self, *, begin: bool) -> bool:
        """Let the index take less room, a little at a time; whether there is more to do."""
        return index.settle(self._connection, begin=begin)

    def thrown(self) -> list[Thrown]:
        """Everything in the bin, whatever its kind; what was deleted last comes first."""
        found = [each for s in self.stores() for each in thrown(self._connection, s.keeping)]
        return sorted(found, key=lambda each: each.at, reverse=True)
