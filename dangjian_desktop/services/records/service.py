"""What can be done with the records of any kind; a subject adds only what is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from dangjian_desktop.domain.levels import Level, Outlet, may_be_shown
from dangjian_desktop.domain.record import problems_of
from dangjian_desktop.domain.showing import fields_shown
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.records.declaring import declared_of
from dangjian_desktop.services.records.exporting import lines_of, workbook_of
from dangjian_desktop.services.records.importing import RecordImport, Subject, clashes
from dangjian_desktop.services.records.writing import key_of, tails_of, to_contract
from dangjian_desktop.services.workbooks import Workbook, covers
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.work import Work

T = TypeVar("T")
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one kind of record is kept: ``code`` names its store, ``loaded`` makes a record of what
    the store gives, ``put`` stores one, ``issues`` says what cannot be in it. ``allowed`` raises
    where none can be entered. ``unknown`` and ``refused`` are sentences, the first with ``{uid}``.
    """

    code: str
    topic: Topic
    issues: Callable[[Work, Any], list[Issue]]
    unknown: tuple[str, str]
    refused: str
    loaded: Callable[[Any], Any] = lambda kept: kept
    put: Callable[[Work, Any], Any] | None = None
    allowed: Callable[[], None] = lambda: None


class KeptService(Generic[T]):
    """The records of one kind in one library, as they are kept; ``clock`` tells the time."""

    def __init__(self, library: Library, way: Way, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock
        self._way = way

    def find(self, wanted: Any = None) -> list[str]:
        """Ids of the matching records, the newest first."""
        with self._library.reading() as work:
            return self._store(work).ids(wanted)

    def get(self, ids: Sequence[str]) -> Mapping[str, T]:
        """Records by id, also from the bin; ids that are gone are left out."""
        with self._library.reading() as work:
            found = self._store(work).get(ids)
        return {uid: self._way.loaded(kept) for uid, kept in found.items()}

    def one(self, uid: str) -> T:
        """The record of this id; raises ``InputError`` where there is none or it was deleted."""
        with self._library.reading() as work:
            return self.stored(work, uid)

    def stored(self, work: Work, uid: str) -> T:
        """The same inside a transaction."""
        found: Any = self._store(work).one(uid)
        if found is None or found.deleted:
            message, remedy = self._way.unknown
            raise InputError(message.format(uid=uid), remedy)
        kept: T = self._way.loaded(found)
        return kept

    def all(self, wanted: Any = None) -> tuple[T, ...]:
        """Whole records, for papers and figures."""
        with self._library.reading() as work:
            return tuple(map(self._way.loaded, self._store(work).all(wanted)))

    def years(self) -> tuple[int, ...]:
        """Years that have records, newest first."""
        with self._library.reading() as work:
            return self._store(work).years()

    def revision(self, uid: str) -> int:
        """How many different states were saved; 0 for a record that was never saved."""
        with self._library.reading() as work:
            return self._store(work).revision_number(uid)

    def rows(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """What a list shows of these records; no body is read."""
        with self._library.reading() as work:
            return self._store(work).rows(ids)

    def day(self) -> date:
        """The day as of which is told."""
        return self._clock().date()

    def problems(self, record: T) -> list[Issue]:
        """What cannot be in a record as it stands in the editor, by place."""
        with self._library.reading() as work:
            return self._way.issues(work, record)

    def save(self, record: T) -> T:
        """Store what was entered; its draft goes in the same transaction.

        Saving the same record again makes no second one. Raises ``InputError`` for what cannot
        be, ``BlockedError`` where none can be entered; a broken rule is stored as it was.
        """
        with self._library.changing(self._way.topic, Topic.DRAFTS) as work:
            return self.put(work, record)

    def put(self, work: Work, record: T) -> T:
        """The same inside a transaction."""
        self._way.allowed()
        if issues := self._way.issues(work, record):
            raise InputError(self._way.refused, "请按提示改正，草稿仍在。", issues)
        put = self._way.put
        kept: T = self._store(work).save(record) if put is None else put(work, record)
        return kept

    def delete(self, uid: str, reason: str = "") -> None:
        """Mark as deleted; ``bring_back`` undoes it."""
        with self._library.changing(self._way.topic) as work:
            self._store(work).mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Undo a deletion."""
        with self._library.changing(self._way.topic) as work:
            self._store(work).unmark(uid)

    def _store(self, work: Work) -> RecordStore[Any, Any, Any]:
        return work.of(self._way.code)


class RecordService(KeptService[T]):
    """The records of one declared kind; beside what all have, their JSON, words and workbook."""

    def __init__(self, library: Library, subject: Subject, clock: Clock = datetime.now) -> None:
        self._subject = subject
        self.record = record = subject.record
        code, title = record.code, record.title
        way = Way(
            code=code,
            topic=subject.topic,
            issues=self._issues,
            unknown=(f"没有编号为 {{uid}} 的{title}。", f"请用 {code} list 查看{title}编号。"),
            refused=f"{title}有不能保存的内容。",
        )
        super().__init__(library, way, clock)

    @property
    def records(self) -> RecordService[T]:
        """Itself, as the services of subjects name what every kind of record has."""
        return self

    def as_json(
        self, records: Iterable[T], day: date | None = None, outlet: Outlet = Outlet.LIST
    ) -> list[dict[str, Any]]:
        """The records in the JSON of the contract, perhaps with what holds as of a day; without
        the fields that may not be seen there."""
        with self._library.reading() as work:
            tails, protected = tails_of(work.roster()), work.protected
        shown = [*fields_shown(self.record, outlet, protected=protected)]
        hidden = [key_of(field) for field in self.record.fields if field not in shown]
        told = (to_contract(self.record, record, tails, day) for record in records)
        return [{name: part for name, part in each.items() if name not in hidden} for each in told]

    def lines(self, record: T) -> list[tuple[str, str]]:
        """Label and text of everything that stands in a record, for people."""
        with self._library.reading() as work:
            titles = link_titles(work, links_in(self.record.fields, [record]))
            given = self.record, record, declared_of(work), self.day(), titles
            return lines_of(*given, protected=work.protected)

    def export(self, path: Path, *, profile: str = "full", force: bool = False) -> Path:
        """Write all records to an .xlsx and return where; an older file stays unless ``force``.

        ``masked`` covers what is declared so. Raises ``InputError`` and ``BlockedError``.
        """
        hidden = covers(path, profile, self.record.title)
        if hidden and not may_be_shown(Level(self.record.level), Outlet.MASKED):
            level = Level(self.record.level).label
            raise InputError(
                f"“{self.record.title}”的知悉范围是“{level}”，不能以遮盖方式对外导出。",
                "如确需导出，请选择完整内容，并只在支部内部使用。",
            )
        return self.workbook(hidden=hidden).write(path, force=force)

    def workbook(
        self, wanted: Any = None, as_of: date | None = None, *, hidden: bool = False
    ) -> Workbook:
        """The matching records (all) as of a day (today); ``hidden`` covers as ``masked`` does."""
        with self._library.reading() as work:
            records, declared = self._store(work).all(wanted), declared_of(work)
            titles = link_titles(work, links_in(self.record.fields, records))
        made = made_at(as_of, self._clock())
        given = (self.record, records, declared)
        return workbook_of(*given, made=made, titles=titles, hidden=hidden)

    def import_json(self, data: Any) -> dict[str, list[Any]]:
        """Store one record or a list of them, all or none; ``ids``, ``unchanged``, ``warnings``.

        Raises ``InputError`` with every problem of every record.
        """
        with self._library.changing(self._subject.topic) as work:
            return RecordImport(work, self._subject, self._clock()).run(data)

    def _issues(self, work: Work, record: Any) -> list[Issue]:
        found = problems_of(self.record, record, self._subject.facts(work, self._clock()))
        found = found or [*clashes(work, self._subject, record)]
        return [Issue(f"{p.words}。", p.code, p.place) for p in found]
