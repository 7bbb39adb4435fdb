"""A library with a password in which every declared field that is not for everybody holds a probe:
of the built-in records, of every shipped ledger, and of a ledger of the branch's own of each level.

Nothing here names a field of the program: a new one is probed by itself, or the walk says that it
knows no probe for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.declared import RECORDS, SHARED
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import shipped

DAY = date(2026, 3, 5)
TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
NUMBERS = {
    ("member", "id_number"): "110101198001010010",
    ("member", "phone"): "13800138000",
    ("project", "phone"): "13900139000",
}
"""Fields that take no other words."""
OWN = """format = 1
code = "own_{number}a0b0c0d"
title = "{title}"
section = "work"
origin = "own"
edition = 1
source = "本单位规定"
level = "{level}"
row = "记录"
name = "{{open}}"
day = "day"
period = "month"
identity = ["day", "open"]
listed = ["day", "open", "inner", "closed", "whom"]
sort = ["-day"]
due = [{{ field = "until", text = "试探：{{open}}" }}]
summary = {{ section = "组织生活", line = "{{open}}{{inner}}。" }}
field = [
  {{ name = "day", label = "日期", type = "date", required = true }},
  {{ name = "open", label = "公开内容", type = "text" }},
  {{ name = "inner", label = "内部内容", type = "text", level = "internal" }},
  {{ name = "closed", label = "敏感内容", type = "long_text", level = "sensitive" }},
  {{ name = "whom", label = "敏感人员", type = "person", who = "anyone", level = "sensitive" }},
  {{ name = "covered", label = "遮盖内容", type = "text", mask = true }},
  {{ name = "until", label = "期限", type = "date" }},
]

[[print]]
kind = "table"
title = "{{branch}}{{period}}{title}"
head = ["单位"]
columns = [["day", 24], ["open", 50], ["inner", 50], ["closed", 50], ["whom", 24]]

[[print]]
kind = "card"
title = "{title}登记表"
head = ["单位"]
rows = [["day"], ["open"], ["inner"], ["closed"], ["whom"], ["covered"]]
"""


@dataclass(frozen=True)
class Probe:
    """What stands in one field of one record of the library."""

    record: Record
    field: Field
    words: str

    @property
    def closed(self) -> bool:
        """Whether nothing but the record itself may show it."""
        return self.field.secret

    @property
    def whole(self) -> bool:
        """Whether its whole record is behind the password."""
        return Level(self.record.level) is Level.SENSITIVE


def words_of(record: Record, field: Field) -> str:
    """The probe of a field; a telephone number where nothing else is one."""
    return (
        NUMBERS.get((record.code, field.name))
        or f"探针{record.code.removeprefix('ledger:')}{field.name}尾"
    )


def own_ledgers():
    """A ledger of the branch's own of every level."""
    for number, level in enumerate(Level):
        yield read_ledger(OWN.format(number=number, level=level.value, title=f"试探{level.label}"))


def filled(desk: Desk) -> tuple[Probe, ...]:
    """Put all of them in; the probes."""
    return (*_of_shared(desk), *_of_others(desk), *_of_ledgers(desk))


def _of_shared(desk: Desk) -> Iterator[Probe]:
    for number, record in enumerate(each for each in SHARED if not each.frozen):
        values = {f.name: f.empty for f in record.fields}
        values |= {f.name: words_of(record, f) for f in record.fields if f.type in TEXTS}
        values |= {f.name: (Person("赵六"),) for f in record.fields if f.type is FieldType.PEOPLE}
        one = [f for f in record.fields if f.type is FieldType.PERSON and f.required]
        values |= {f.name: Person("赵六") for f in one}
        year = [f for f in record.fields if f.type is FieldType.YEAR and f.required]
        values |= {f.name: DAY.year for f in year}
        values |= {f.name: DAY for f in record.fields if f.type is FieldType.DATE}
        parts = [f for f in record.fields if f.type is FieldType.PARTIAL_DATE and f.required]
        values |= {f.name: PartialDate.of(DAY) for f in parts}
        chosen = [f for f in record.fields if f.type is FieldType.CHOICE and f.required]
        values |= {f.name: next(iter(f.of)) for f in chosen}
        values["id"] = f"11111111-1111-4111-8111-{number:0>12}"
        with desk._library.changing(Topic.RECORDS) as work:
            work.of(record.code).save(record.of(**values))
        yield from _probes(record)


def _of_others(desk: Desk) -> Iterator[Probe]:
    """Members, meetings and projects have no level of a field yet; numbers are covered."""
    for record in (each for each in RECORDS if each not in SHARED):
        asked = [f for f in record.fields if f.covered]
        with desk._library.changing(Topic.MEMBERS) as work:
            store = work.of(record.code)
            kept = next(iter(store.all()))
            store.save(replace(kept, **{f.name: words_of(record, f) for f in asked}))
        yield from _probes(record)


def _of_ledgers(desk: Desk) -> Iterator[Probe]:
    own = [desk.ledger_styles.define(each).ledger for each in own_ledgers()]
    for number, ledger in enumerate((*shipped().values(), *own)):
        record = record_of(ledger)
        values = {f.name: _value(record, f) for f in ledger.fields if not f.retired}
        values = {name: value for name, value in values.items() if value is not None}
        uid = f"22222222-2222-4222-8222-{number:0>12}"
        with desk._library.changing(Topic.LEDGERS) as work:
            row = LedgerRow(id=uid, ledger=ledger.code, values=values, edition=ledger.edition)
            keeping.save(work, ledger, row, "试探")
        yield from _probes(record)


def _value(record: Record, field: Field):
    if field.covered and field.type is FieldType.PERSON:
        return Person(words_of(record, field))
    choices = [code for code, _label in field.choices]
    values = {
        FieldType.DATE: DAY,
        FieldType.MONTH: Period(2026, 3, 1),
        FieldType.YEAR: 2026,
        FieldType.INTEGER: 2,
        FieldType.YES_NO: True,
        FieldType.CHOICE: next(iter(choices), None),
        FieldType.CHOICES: tuple(choices[:1]),
        FieldType.PERSON: Person("赵六"),
        FieldType.PEOPLE: (Person("赵六"),),
    }
    return words_of(record, field) if field.type in TEXTS else values.get(field.type)


def _probes(record: Record) -> Iterator[Probe]:
    whole = Level(record.level) is Level.SENSITIVE
    for field in record.fields:
        known = field.type in TEXTS or (field.secret and field.type is FieldType.PERSON)
        assert known or not field.covered, f"no probe is known for {record.code}.{field.name}"
        if known and (field.covered or whole) and field.name not in ("id", "note"):
            yield Probe(record, field, words_of(record, field))
