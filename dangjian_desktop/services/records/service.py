"""What can be done with the records of any declared kind; a subject adds only what is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from dangjian_desktop.domain.record import Facts, Problem, Record, problems_of
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.values import Links
from dangjian_desktop.services.records.writing import same_content, tails_of, to_contract
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.revisions import Revision
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.work import Work

T = TypeVar("T")
Clock = Callable[[], datetime]
_REMEDY = "请按提示改正后重新操作，资料库没有改动。"


def _nothing(*_given: Any) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What one kind of record has of its own.

    ``names`` finds people by the values that are read already, ``links`` the records that it
    links to. At an import ``settled`` puts what was read into its final form or says why it
    cannot be, ``merged`` takes over what no JSON carries, ``lost`` tells what must not change.
    ``clash`` says why a record cannot stand beside the stored ones.
    """

    record: Record
    topic: Topic
    facts: Callable[[Work, datetime], Facts]
    names: Callable[[Facts, Mapping[str, Any]], NameFinder]
    links: Callable[[Work], Links | None] = lambda _work: None
    settled: Callable[[Any, Facts], tuple[Any, Iterable[Problem]]] = lambda value, _facts: (
        value,
        (),
    )
    merged: Callable[[Any, Any], Any] = lambda value, _stored: value
    lost: Callable[[Any, Any], Iterable[Problem]] = _nothing
    clash: Callable[[Work, Any], Iterable[Problem]] = _nothing
    but: tuple[str, ...] = ()
    reason: str = ""


class RecordService(Generic[T]):
    """The records of one kind in one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, subject: Subject, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock
        self._subject = subject
        self.record = subject.record

    def find(self, wanted: Any = None) -> list[str]:
        """Ids of the matching records, the newest first."""
        with self._library.reading() as work:
            return self._store(work).ids(wanted)

    def get(self, ids: Sequence[str]) -> Mapping[str, T]:
        """Records by id; ids that are gone are left out."""
        with self._library.reading() as work:
            return self._store(work).get(ids)

    def one(self, uid: str) -> T:
        """The record of this id; raises ``InputError`` where there is none or it was deleted."""
        with self._library.reading() as work:
            return self.stored(work, uid)

    def stored(self, work: Work, uid: str) -> T:
        """The same inside a transaction."""
        found: Any = self._store(work).get([uid]).get(uid)
        if found is None or found.deleted:
            title, code = self.record.title, self.record.code
            message = f"没有编号为 {uid} 的{title}。"
            raise InputError(message, f"请用 {code} list 查看{title}编号。")
        kept: T = found
        return kept

    def all(self, wanted: Any = None) -> tuple[T, ...]:
        """Whole records, for papers and figures."""
        with self._library.reading() as work:
            return self._store(work).all(wanted)

    def years(self) -> tuple[int, ...]:
        """Years that have records, newest first."""
        with self._library.reading() as work:
            return self._store(work).years()

    def revision(self, uid: str) -> int:
        """How many different states were saved; 0 for a record that was never saved."""
        with self._library.reading() as work:
            return self._store(work).revision_number(uid)

    def revisions(self, uid: str) -> tuple[Revision, ...]:
        """Every saved state, oldest first."""
        with self._library.reading() as work:
            return self._store(work).revisions(uid)

    def as_json(
        self, records: Iterable[T], computed_on: date | None = None
    ) -> list[dict[str, Any]]:
        """The records in the JSON of the contract, perhaps with what is counted as of a day."""
        with self._library.reading() as work:
            tails = tails_of(work.members.all())
        return [to_contract(self.record, record, tails, computed_on) for record in records]

    def problems(self, record: T) -> list[Issue]:
        """What cannot be in a record as it stands in the editor, by place."""
        with self._library.reading() as work:
            return self._problems(work, record)

    def save(self, record: T) -> T:
        """Store what was entered; its draft goes in the same transaction.

        Saving the same record again makes no second one. Raises ``InputError`` for what cannot
        be; a broken rule is stored as it was.
        """
        with self._library.changing(self._subject.topic, Topic.DRAFTS) as work:
            return self.put(work, record)

    def put(self, work: Work, record: T) -> T:
        """The same inside a transaction."""
        issues = self._problems(work, record)
        if issues:
            message = f"{self.record.title}有不能保存的内容。"
            raise InputError(message, "请按提示改正，草稿仍在。", issues)
        kept: T = self._store(work).save(record)
        return kept

    def delete(self, uid: str, reason: str = "") -> None:
        """Mark as deleted; ``bring_back`` undoes it."""
        with self._library.changing(self._subject.topic) as work:
            self._store(work).mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Undo a deletion."""
        with self._library.changing(self._subject.topic) as work:
            self._store(work).unmark(uid)

    def import_json(self, data: Any) -> dict[str, list[str]]:
        """Store one record or a list of them, all or none; ``ids`` and ``unchanged``.

        Raises ``InputError`` with every problem of every record.
        """
        entries = data if isinstance(data, list) else [data]
        with self._library.changing(self._subject.topic) as work:
            store, unchanged, issues = self._compared(work, self._read(work, entries))
            _refuse(issues)
            for record in store:
                self._store(work).save(record, reason=self._subject.reason)
        return {"ids": [record.id for record in store], "unchanged": unchanged}

    def _read(self, work: Work, entries: Sequence[Any]) -> list[Any]:
        subject, issues, found = self._subject, list[Issue](), []
        facts = subject.facts(work, self._clock())
        links = subject.links(work)
        reader = RecordReader(
            self.record, facts.declared, lambda values: subject.names(facts, values), links=links
        )
        for number, entry in enumerate(entries, 1):
            title = self.record.title
            start = title if len(entries) == 1 else f"第{number}个{title}"
            reading = reader.read(entry)
            problems = [(problem, "") for problem in reading.problems]
            if reading.value is not None:
                value, more = subject.settled(reading.value, facts)
                own = () if self.record.problems is None else self.record.problems(value, facts)
                # Where rows were left out, the places of the others are no longer theirs.
                told = [p for p in (*more, *own) if reading.whole or "." not in p.place]
                problems += ((problem, "：") for problem in told)
                found.append(value)
            row = number if len(entries) > 1 else None
            issues += (
                Issue(f"{start}{gap}{p.words}。", p.code, p.place, row) for p, gap in problems
            )
        _refuse(issues)
        return found

    def _compared(
        self, work: Work, records: Iterable[Any]
    ) -> tuple[list[Any], list[str], list[Issue]]:
        """What is to be stored, what is there already, and what clashes with what is there."""
        subject, store, unchanged = self._subject, [], []
        issues: list[Issue] = []
        seen: set[Any] = set()
        for record in records:
            stored = self._meant(work, record)
            ready = record if stored is None else subject.merged(record, stored)
            identity = tuple(str(getattr(record, name)) for name in self.record.identity)
            twice = {identity, record.id} & seen
            seen |= {identity, record.id}
            if stored is not None and not stored.deleted and self._same(stored, ready):
                unchanged.append(stored.id)
                continue
            if twice:
                problems = [Problem(self._first, self._said_twice(), "duplicate")]
            elif stored is not None and stored.id != record.id:
                problems = [Problem(self._first, self._said_there(stored.id), "exists")]
            else:
                problems = [*subject.clash(work, ready)]
                problems += () if stored is None else subject.lost(stored, ready)
            if not problems:
                store.append(ready)
            start = f"{self.record.title}“{self.record.title_of(record)}”"
            issues += (Issue(f"{start}：{p.words}。", p.code, p.place) for p in problems)
        return store, unchanged, issues

    @property
    def _first(self) -> str:
        return self.record.identity[0]

    def _same(self, stored: Any, record: Any) -> bool:
        return same_content(self.record, stored, record, self._subject.but)

    def _meant(self, work: Work, record: Any) -> Any:
        """The stored record that is meant: by id, else by what makes it the same."""
        by_id = self._store(work).one(record.id)
        if by_id is not None:
            return by_id
        same = self._store(work).same(record)
        return None if same is None else self._store(work).one(same)

    def _said_twice(self) -> str:
        return f"文件中有两个{self._labels()}相同或编号相同的{self.record.title}"

    def _said_there(self, uid: str) -> str:
        said = f"已有{self._labels()}相同的{self.record.title}且内容不同"
        return f"{said}；要修改请带上它的编号（id） {uid}"

    def _labels(self) -> str:
        return "、".join(self.record.field(name).label for name in self.record.identity)

    def _problems(self, work: Work, record: Any) -> list[Issue]:
        found = problems_of(self.record, record, self._subject.facts(work, self._clock()))
        found = found or [*self._subject.clash(work, record)]
        return [Issue(f"{p.words}。", p.code, p.place) for p in found]

    def _store(self, work: Work) -> RecordStore[Any, Any, Any]:
        return work.of(self.record.code)


def _refuse(issues: Sequence[Issue]) -> None:
    if issues:
        raise InputError(f"有{len(issues)}处问题，没有导入。", _REMEDY, issues)
