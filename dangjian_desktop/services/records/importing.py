"""Records of any kind that come as JSON: read, held against what is there, stored all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.record import Facts, Problem, Record
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.sensitive import held_back, with_kept
from dangjian_desktop.services.records.values import Links
from dangjian_desktop.services.records.writing import key_of, same_content
from dangjian_desktop.storage.work import Work

_REMEDY = "请按提示改正后重新操作，资料库没有改动。"


def _nothing(*_given: Any) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What one kind of record has of its own.

    ``names`` finds people by the values that are read already, ``links`` the records that it
    links to, stored or in the same import. ``settled`` puts what was read into its final form or
    says why it cannot be, ``merged`` takes over what no JSON carries, ``lost`` tells what must not
    change. ``clash`` says why a record cannot stand beside the stored ones, ``beside`` the same of
    those that come along with it.
    """

    record: Record
    topic: Topic
    facts: Callable[[Work, datetime], Facts]
    names: Callable[[Facts, Mapping[str, Any]], NameFinder]
    links: Callable[[Work, Sequence[Any]], Links | None] = lambda _work, _entries: None
    settled: Callable[[Any, Facts], tuple[Any, Iterable[Problem]]] = lambda value, _facts: (
        value,
        (),
    )
    merged: Callable[[Any, Any], Any] = lambda value, _stored: value
    lost: Callable[[Any, Any], Iterable[Problem]] = _nothing
    clash: Callable[[Work, Any], Iterable[Problem]] = _nothing
    beside: Callable[[Work, Any, Sequence[Any]], Iterable[Problem]] = _nothing
    but: tuple[str, ...] = ()
    reason: str = ""


def clashes(work: Work, subject: Subject, value: Any, *along: Any) -> Iterator[Problem]:
    """Why a record cannot stand in this library beside what is stored and comes ``along``."""
    yield from (*subject.clash(work, value), *subject.beside(work, value, along))
    yield from held_back(work, subject.record, value)


class RecordImport:
    """One import inside one transaction."""

    def __init__(self, work: Work, subject: Subject, now: datetime) -> None:
        self._work = work
        self._subject = subject
        self._record = subject.record
        self._store = work.of(subject.record.code)
        self._now = now
        self._warnings: list[Issue] = []

    def run(self, data: Any) -> dict[str, list[Any]]:
        """Store what is new or changed, and tell (``warnings``) what cleaning removed.

        Raises ``InputError`` with every problem of all.
        """
        entries = data if isinstance(data, list) else [data]
        store, unchanged, issues = self._compared(self._read(entries))
        _refuse(issues)
        for record in store:
            self._store.save(record, reason=self._subject.reason)
        told = [issue.as_json() for issue in self._warnings]
        return {"ids": [r.id for r in store], "unchanged": unchanged, "warnings": told}

    def _read(self, entries: Sequence[Any]) -> list[Any]:
        subject, issues, found = self._subject, list[Issue](), []
        facts = subject.facts(self._work, self._now)
        links = subject.links(self._work, [e for e in entries if isinstance(e, Mapping)])
        reader = RecordReader(
            self._record, facts.declared, lambda values: subject.names(facts, values), links=links
        )
        for number, entry in enumerate(entries, 1):
            title = self._record.title
            start = title if len(entries) == 1 else f"第{number}个{title}"
            reading = reader.read(entry)
            problems = [(problem, "") for problem in reading.problems]
            if reading.value is not None:
                value, more = subject.settled(reading.value, facts)
                own = () if self._record.problems is None else self._record.problems(value, facts)
                # Where rows were left out, the places of the others are no longer theirs.
                told = [p for p in (*more, *own) if reading.whole or "." not in p.place]
                problems += ((problem, "：") for problem in told)
                found.append(value)
            row = number if len(entries) > 1 else None
            if isinstance(entry, Mapping):
                self._warnings += (
                    Issue(f"{start}：{words}", "text_cleaned", key_of(field), row)
                    for field, words in removed_from(self._record.fields, entry)
                )
            issues += (
                Issue(f"{start}{gap}{p.words}。", p.code, p.place, row) for p, gap in problems
            )
        _refuse(issues)
        return found

    def _compared(self, records: Sequence[Any]) -> tuple[list[Any], list[str], list[Issue]]:
        """What is to be stored, what is there already, and what clashes with what is there."""
        subject, store, unchanged = self._subject, [], []
        issues: list[Issue] = []
        seen: set[Any] = set()
        for record in records:
            stored = self._meant(record)
            ready = record
            if stored is not None:
                ready = with_kept(self._record, subject.merged(record, stored), stored)
            identity = tuple(str(getattr(record, name)) for name in self._record.identity)
            twice = {identity, record.id} & seen
            seen |= {identity, record.id}
            same = stored is not None and same_content(self._record, stored, ready, subject.but)
            if same and not stored.deleted:
                unchanged.append(stored.id)
                continue
            if twice:
                said = f"文件中有两个{self._labels()}相同或编号相同的{self._record.title}"
                problems = [Problem(self._record.identity[0], said, "duplicate")]
            elif stored is not None and stored.id != record.id:
                said = f"已有{self._labels()}相同的{self._record.title}且内容不同"
                said = f"{said}；要修改请带上它的编号（id） {stored.id}"
                problems = [Problem(self._record.identity[0], said, "exists")]
            else:
                problems = [*clashes(self._work, subject, ready, *records)]
                problems += () if stored is None else subject.lost(stored, ready)
            if not problems:
                store.append(ready)
            start = f"{self._record.title}“{self._record.title_of(record)}”"
            issues += (Issue(f"{start}：{p.words}。", p.code, p.place) for p in problems)
        return store, unchanged, issues

    def _meant(self, record: Any) -> Any:
        """The stored record that is meant: by id, else by what makes it the same."""
        by_id = self._store.one(record.id)
        same = self._store.same(record) if by_id is None else None
        return by_id if same is None else self._store.one(same)

    def _labels(self) -> str:
        return "、".join(self._record.field(name).label for name in self._record.identity)


def _refuse(issues: Sequence[Issue]) -> None:
    if issues:
        raise InputError(f"有{len(issues)}处问题，没有导入。", _REMEDY, issues)
