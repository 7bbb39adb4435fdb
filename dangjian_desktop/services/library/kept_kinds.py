"""Every kind of record as its bin and its versions see it: named, told, judged, put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from dangjian_desktop.domain.field_texts import COVERED, GONE, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.record import beside_shown, shown_fields
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import told_beside
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.record import problems_of, value_of
from dangjian_desktop.domain.showing import fields_shown
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import (
    code_of,
    entries,
    ledger_of,
)
from dangjian_desktop.services.ledgers.declaring import defined
from dangjian_desktop.services.ledgers.ledgers import row_json
from dangjian_desktop.services.ledgers.style_form import state_of
from dangjian_desktop.services.ledgers.style_words import ASKING, BASICS, FIELDS
from dangjian_desktop.services.library.telling import Line, lines_of
from dangjian_desktop.services.links import as_link, link_titles, links_in
from dangjian_desktop.services.record_services import STAYING, subject_for
from dangjian_desktop.services.records.declaring import declared_of, kinds_of
from dangjian_desktop.services.records.importing import Subject, clashes
from dangjian_desktop.services.records.writing import key_of, tails_of, to_contract
from dangjian_desktop.storage.ledger_words import declared_as
from dangjian_desktop.storage.ledgers import LEDGERS, StoredLedger
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.stored import Stored
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Scene:
    """Inside which transaction of which library, and when."""

    work: Work
    path: Path
    now: datetime


class Kind(Protocol):
    """``staying`` are the labels of what no older version takes the place of; ``value`` is a
    record as its store gives it, of now or of a version."""

    title: str
    topic: Topic
    staying: tuple[str, ...]

    def named(self, value: Any) -> tuple[str, date | None]:
        """Title and day of a line of its list."""

    def lines(self, value: Any) -> Iterator[Line]:
        """What stands in it."""

    def as_json(self, value: Any) -> dict[str, Any]:
        """The same for programs."""

    def refusals(self, value: Any) -> list[str]:
        """Why it cannot be the present state, in sentences; raises ``BlockedError``."""

    def twin(self, value: Any) -> str:
        """The title of another one in use that means the same; empty where there is none."""

    def put(self, value: Any, stored: Any, reason: str) -> None:
        """Make it the present state."""

    def draft(self, value: Any) -> tuple[str, str]:
        """Form and id under which a draft of it is kept."""


def kind_of_store(scene: Scene, subject: str) -> Kind:
    """The kind of record of a subject that the library has."""
    declared = subject_for(subject)
    if declared is not None:
        return _Declared(scene, declared)
    if subject == LEDGERS.subject:
        return _Styles(scene)
    code = code_of(subject)
    known = code and any(entry.ledger.code == code for entry in entries(scene.work))
    return _Rows(scene, ledger_of(scene.work, code)) if code and known else _Unknown(scene, subject)


class _Declared:
    """Records with a class: members, meetings, projects, and those of the table for all."""

    def __init__(self, scene: Scene, subject: Subject) -> None:
        self._scene, self._subject = scene, subject
        self._record = record = subject.record
        self._stay = STAYING.get(record.code, ())
        self.title, self.topic = record.title, subject.topic
        self.staying = tuple(record.field(name).label for name in self._stay)

    def named(self, value: Any) -> tuple[str, date | None]:
        title, day = _named(value)
        whole = self._record.of is not None and isinstance(value, self._record.of)
        return title or (self._record.title_of(value) if whole else ""), day

    def lines(self, value: Any) -> Iterator[Line]:
        day = self._scene.now.date()
        yield from lines_of(self._fields(value), value, day, self._links)
        yield from _place(value)

    def as_json(self, value: Any) -> dict[str, Any]:
        tails, record = tails_of(self._scene.work.roster()), self._record
        told = to_contract(record, value, tails, self._scene.now.date())
        shown = [*self._shown()]
        hidden = [key_of(field) for field in record.fields if field not in shown]
        return {name: part for name, part in told.items() if name not in hidden}

    def _shown(self) -> Iterator[Field]:
        return fields_shown(self._record, Outlet.CARD, protected=self._scene.work.protected)

    def refusals(self, value: Any) -> list[str]:
        work, subject = self._scene.work, self._subject
        found = problems_of(self._record, value, subject.facts(work, self._scene.now))
        return [f"{problem.words}。" for problem in found or clashes(work, subject, value)]

    def twin(self, value: Any) -> str:
        asked = [self._record.field(name) for name in self._record.identity]
        for line in self._scene.work.of(self._record.code).listed() if asked else ():
            if line.id != value.id and _alike(asked, line, value):
                title, day = _named(line)
                return f"{title}（{day.isoformat()}）" if day else title
        return ""

    def put(self, value: Any, stored: Any, reason: str) -> None:
        kept = {name: getattr(stored, name) for name in self._stay}
        ready = replace(value, deleted=False, **kept)
        self._scene.work.of(self._record.code).save(ready, reason=reason)

    def draft(self, value: Any) -> tuple[str, str]:
        return self._record.code, value.id

    def _fields(self, value: Any) -> Iterator[Field]:
        work, record = self._scene.work, self._record
        more = declared_of(work).fields_of(record, value)
        for field in self._shown():
            if field.name == record.more_in:
                yield replace(field, columns=more)
            elif field.type is FieldType.CHOICES and not field.choices:
                yield replace(field, choices=tuple((k.code, k.title) for k in kinds_of(work)))
            else:
                yield field

    def _links(self, field: Field, value: Iterable[Any]) -> str:
        wanted = [as_link(field, each) for each in value]
        titles = link_titles(self._scene.work, set(wanted))
        return "、".join(titles.get(link, GONE) for link in wanted)


class _Rows:
    """Rows of one ledger, told by its present declaration."""

    topic = Topic.LEDGERS
    staying: tuple[str, ...] = ()

    def __init__(self, scene: Scene, ledger: Ledger) -> None:
        self._scene, self._ledger = scene, ledger
        self.title = ledger.title

    def named(self, value: Any) -> tuple[str, date | None]:
        return _named(value)

    def lines(self, value: Stored) -> Iterator[Line]:
        ledger, row = self._ledger, keeping.loaded(self._ledger, value)
        titles = link_titles(self._scene.work, links_in(ledger.all_fields, [row.values]))
        for asked in self._shown():
            if row.filled(asked.name):
                text = value_text(asked, row.value(asked.name), titles)
                yield _line(asked.name, asked.title, text, asked)
        work = self._scene.work
        former = work.former_fields(ledger.code) if row.more else {}
        more = beside_shown(ledger, row.more, former, Outlet.CARD, protected=work.protected)
        for name, (heading, words) in told_beside(more, former, titles).items():
            yield _line(f"more.{name}", heading, words, former.get(name))
        if row.closed:
            yield Line("closed", "已手工办结", "、".join(map(ledger.label, row.closed)))
        yield from _place(value)

    def as_json(self, value: Stored) -> dict[str, Any]:
        row = keeping.loaded(self._ledger, value)
        return row_json(self._scene.work, self._ledger, Outlet.CARD, row)

    def _shown(self) -> tuple[Field, ...]:
        protected = self._scene.work.protected
        return shown_fields(self._ledger, Outlet.CARD, protected=protected)

    def refusals(self, value: Stored) -> list[str]:
        keeping.require_open(self._scene.path, self._ledger)
        now = keeping.store_of(self._scene.work, self._ledger.code).one(value.id)
        before = None if now is None else keeping.loaded(self._ledger, now)
        row = keeping.loaded(self._ledger, value)
        return [issue.message for issue in problems_of_row(self._ledger, row, before)]

    def twin(self, _value: Any) -> str:
        return ""

    def put(self, value: Stored, _stored: Stored, reason: str) -> None:
        row = replace(keeping.loaded(self._ledger, value), deleted=False)
        keeping.save(self._scene.work, self._ledger, row, reason)

    def draft(self, value: Stored) -> tuple[str, str]:
        return f"ledger:{self._ledger.code}", value.id


class _Styles:
    """Ledgers as the branch made or changed them."""

    title = LEDGERS.called
    topic = Topic.LEDGERS
    staying: tuple[str, ...] = ()

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def named(self, value: StoredLedger) -> tuple[str, date | None]:
        return declared_as(value).title, None

    def lines(self, value: StoredLedger) -> Iterator[Line]:
        ledger, day = declared_as(value), self._scene.now.date()
        fields = (*BASICS, *ASKING, replace(FIELDS, columns=(_NAME, *FIELDS.columns)))
        state = state_of(ledger)
        state["fields"] = [{"id": row["name"], **row} for row in state["fields"]]
        yield from lines_of(fields, state, day, _no_links)
        yield Line("prints", "打印样式", "\n".join(each.title for each in ledger.prints))
        rest = (ledger.figures, ledger.due, ledger.summary, ledger.name, ledger.identity)
        ties = (ledger.listed, ledger.sort, ledger.one_of, ledger.makes, ledger.prints)
        yield Line("rest", "标题、列表、统计、提醒和打印的细节", "见台账样式", repr((rest, ties)))
        yield Line("shown", "在清单台账中", "显示" if value.shown else "不显示")
        asks = "" if not value.asking else f"自{value.asking['since']}起要求填报"
        yield Line("asking", "填报要求", asks, repr(value.asking))
        yield from _place(value)

    def as_json(self, value: StoredLedger) -> dict[str, Any]:
        return {
            "id": value.id,
            "code": value.code,
            "title": declared_as(value).title,
            "declaration": value.declaration or None,
            "on": value.shown,
            "asks": value.asking is not None,
        }

    def refusals(self, _value: StoredLedger) -> list[str]:
        return []

    def twin(self, _value: Any) -> str:
        return ""

    def put(self, value: StoredLedger, _stored: StoredLedger, reason: str) -> None:
        defined(self._scene.work, self._scene.path, declared_as(value))
        store = self._scene.work.ledgers
        present = store.one(value.id)
        if present is not None:
            store.save(replace(present, shown=value.shown, asking=value.asking), reason=reason)

    def draft(self, value: StoredLedger) -> tuple[str, str]:
        return "ledger_style", value.code


class _Unknown:
    """Records whose declaration this library lacks; they are kept whole all the same."""

    topic = Topic.RECORDS
    staying: tuple[str, ...] = ()

    def __init__(self, scene: Scene, subject: str) -> None:
        self._scene, self._subject = scene, subject
        self.title = self._store.keeping.called

    @property
    def _store(self) -> RecordStore[Any, Any, Any]:
        return self._scene.work.of(self._subject)

    def named(self, value: Any) -> tuple[str, date | None]:
        return _named(value)

    def lines(self, value: Stored) -> Iterator[Line]:
        for name, plain in value.body.items():
            yield Line(name, f"其他内容：{name}", "、".join(_texts(plain)), repr(plain))
        yield from _place(value)

    def as_json(self, value: Stored) -> dict[str, Any]:
        return {"id": value.id, "title": value.title, **value.body}

    def refusals(self, _value: Stored) -> list[str]:
        return []

    def twin(self, _value: Any) -> str:
        return ""

    def put(self, value: Stored, _stored: Stored, reason: str) -> None:
        self._store.save(replace(value, deleted=False), reason=reason)

    def draft(self, value: Stored) -> tuple[str, str]:
        return self._subject, value.id


_NAME = Field("id", "编号")


def _named(line: Any) -> tuple[str, date | None]:
    title = getattr(line, "title", "") or getattr(line, "name", "")
    day = getattr(line, "date", None) or getattr(line, "day", None) or getattr(line, "start", None)
    return str(title), day if isinstance(day, date) else None


def _place(value: Any) -> Iterator[Line]:
    if value.deleted:
        yield Line("deleted", "所在位置", "回收站")


def _line(path: str, label: str, text: str, asked: Field | None) -> Line:
    """One value of a row; that of a field which is gone may be by nobody's field."""
    if asked is None:
        return Line(path, label, text, text)
    return Line(path, label, COVERED if asked.masked else text, text, secret=asked.secret)


def _texts(plain: Any) -> list[str]:
    return list(texts_of(plain)) if isinstance(plain, str | list | Mapping) else [str(plain)]


def _alike(fields: Iterable[Field], line: Any, value: Any) -> bool:
    """Whether both mean the same: by a covered value (an ID number) alone where both have it,
    else by all the others."""
    open_alike = True
    for field in fields:
        one, other = value_of(line, field), value_of(value, field)
        if field.masked and one and other:
            return bool(one == other)
        open_alike = open_alike and (field.masked or _set(one) == _set(other))
    return open_alike


def _set(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value


def _no_links(_field: Field, _value: Any) -> str:
    return ""
