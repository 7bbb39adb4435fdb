"""The card of a member as a form asks for it: declared fields, plain values, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.identity import read_identity
from dangjian_desktop.domain.members.importing.names import tidy_name
from dangjian_desktop.domain.members.importing.values import (
    read_ethnicity,
    read_phone,
)
from dangjian_desktop.domain.members.member import (
    NORMAL,
    Member,
    MemberKind,
    Span,
    Spans,
    changed_from,
    kinds_by_dates,
    value_on,
)
from dangjian_desktop.domain.members.problems import number_problems
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass


def _fields(*names: str) -> tuple[Field, ...]:
    return tuple(MEMBER.field(name) for name in names)


PERSON = _fields("name", "pinyin", "sex", "ethnicity", "id_number", "birth_date", "education")
ADMISSION = _fields("join_date", "join_approved", "full_date", "full_approved")
WORK = _fields("work_post", "phone", "note")
PLAIN = (*PERSON, *ADMISSION, *WORK)
"""The fields that have one value."""


@dataclass(frozen=True, slots=True)
class Period:
    """A field whose value holds for spans of time: ``spans`` names them in ``Member``."""

    field: Field
    spans: str


def _period(spans: str, *, required: bool) -> Period:
    kept = MEMBER.field(spans)
    value = replace(kept.column("value"), name=kept.as_of, label=kept.label, required=required)
    return Period(value, spans)


MEMBER_KIND = _period("kinds", required=True)
GROUP = _period("groups", required=False)
STATUS = _period("standings", required=True)
ONE_AT_A_TIME = (MEMBER_KIND, GROUP, STATUS)
"""Fields of which one value holds on a day, changed by ``Change``."""

POSTS, SUSPENDED, WAIVED = _fields("posts", "voting_suspended", "waived")
HISTORY = tuple(replace(MEMBER.field(p.spans), required=False) for p in ONE_AT_A_TIME)
SPANS = (POSTS, SUSPENDED, WAIVED, *HISTORY)
"""The fields whose value is a table of periods."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new value from ``since`` on; without it the present entry is corrected throughout."""

    value: str | None
    since: date | None = None

    def applied(self, spans: Spans, today: date) -> Spans:
        """The periods after it; those before ``since`` stay."""
        if self.since is not None:
            return changed_from(spans, self.value, self.since)
        return _corrected(spans, self.value, today)


def _corrected(spans: Spans, value: str | None, today: date) -> Spans:
    present = next((span for span in reversed(spans) if span.covers(today)), None)
    if present is None:
        return spans if value is None else (*spans, Span(value))
    put = () if value is None else (replace(present, value=value),)
    place = spans.index(present)
    return (*spans[:place], *put, *spans[place + 1 :])


def plain(member: Member) -> dict[str, Any]:
    """What the form shows of a member: single values and tables of periods, as JSON."""
    values: dict[str, Any] = {f.name: _text(getattr(member, f.name)) for f in PLAIN}
    for field in SPANS:
        values[field.name] = [_row(span) for span in getattr(member, field.name)]
    return values


def _row(span: Span) -> dict[str, str]:
    parts = {"value": span.value, "start": _text(span.start), "end": _text(span.end)}
    return {name: text for name, text in parts.items() if text}


def spans_of(rows: Sequence[Mapping[str, Any]]) -> Spans:
    """Periods out of the rows of a table, by their beginning; what cannot be read is left out."""
    spans = [
        Span(value, _partial(row.get("start")), _partial(row.get("end")))
        for row in rows
        if (value := clean(str(row.get("value") or ""))[0])
    ]
    return tuple(sorted(spans, key=lambda s: s.start.first if s.start else date.min))


def entered(
    uid: str,
    stored: Member | None,
    values: Mapping[str, Any],
    changes: Mapping[str, Change],
    today: date,
) -> Member:
    """The member as the form stands; ``changes`` by the name of their field.

    Raises ``InputError`` by field for periods that end before they start.
    """
    tables: dict[str, Any] = {f.name: spans_of(values.get(f.name) or ()) for f in SPANS}
    issues = [issue for f in SPANS for issue in _span_problems(f, values.get(f.name) or ())]
    if issues:
        raise InputError("党员信息有不能保存的内容。", "请按提示改正，草稿仍在。", issues)
    before = stored or Member(id=uid, name="", standings=())
    member = replace(before, **_single(values), **tables)
    for period in ONE_AT_A_TIME:
        change = changes.get(period.field.name)
        if change is not None:
            spans = change.applied(getattr(member, period.spans), today)
            put: dict[str, Any] = {period.spans: spans}
            member = replace(member, **put)
    standings = member.standings or (Span(NORMAL),)
    return replace(member, standings=standings, kinds=_kinds(member, stored, changes, today))


def _kinds(
    member: Member, stored: Member | None, changes: Mapping[str, Change], today: date
) -> Spans:
    """Kinds follow the dates of admission as long as they were made from these."""
    change = changes.get(MEMBER_KIND.field.name)
    if stored is None:
        told = value_on(member.kinds, today)
        given = change is not None and change.since is not None
        return member.kinds if given else _by_dates(member, told)
    untouched = change is None and member.kinds == stored.kinds
    if untouched and stored.kinds == _by_dates(stored, value_on(stored.kinds, today)):
        return _by_dates(member, value_on(stored.kinds, today))
    return member.kinds


def _by_dates(member: Member, declared: str | None) -> Spans:
    if declared is None:
        return member.kinds
    join = member.join_approved or member.join_date
    full = member.full_approved or member.full_date
    return kinds_by_dates(join, full, MemberKind(declared))


def _single(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in PLAIN:
        value = values.get(field.name)
        if field.type is FieldType.PARTIAL_DATE:
            found[field.name] = _partial(value)
        elif value:
            long = field.type is FieldType.LONG_TEXT
            found[field.name] = clean(str(value), multiline=long)[0] or None
        else:
            found[field.name] = None
    found["name"] = tidy_name(found["name"] or "")
    found["ethnicity"] = found["ethnicity"] and read_ethnicity(found["ethnicity"]).text
    found["phone"] = found["phone"] and read_phone(found["phone"]).text
    number = found["id_number"]
    found["id_number"] = number and (read_identity(number).number or number)
    return found


def _span_problems(field: Field, rows: Sequence[Mapping[str, Any]]) -> list[Issue]:
    found: list[Issue] = []
    for number, row in enumerate(rows, 1):
        if not clean(str(row.get("value") or ""))[0]:
            words = f"第{number}行：请填写{field.columns[0].label}，或删去这一行。"
            found.append(Issue(words, "value_missing", field.name))
        start, end = _partial(row.get("start")), _partial(row.get("end"))
        if start and end and end.last < start.first:
            words = f"第{number}行：结束日期早于开始日期，请核对。"
            found.append(Issue(words, "date_order", field.name))
    return found


@dataclass(frozen=True, slots=True)
class IdentitySays:
    """What an ID number tells while it is typed; ``problem`` is a sentence, or empty."""

    problem: str = ""
    birth: str | None = None
    sex: str | None = None


def identity_says(typed: str) -> IdentitySays:
    """Read a number as typed; nothing is known of an empty one."""
    if not typed.strip():
        return IdentitySays()
    found = read_identity(typed)
    if found.problem:
        return IdentitySays(next(f"{p.words}。" for p in number_problems(typed)))
    return IdentitySays("", None if found.birth is None else found.birth.isoformat(), found.sex)


def first_day_of(name: str, values: Mapping[str, Any], today: date) -> date:
    """From which day a change most likely holds: 转正 by its approval, all else today."""
    if name == MEMBER_KIND.field.name:
        for source in ("full_approved", "full_date"):
            known = _partial(values.get(source))
            if known is not None and known.exact and known.first <= today:
                return known.first
    return today


def _partial(value: Any) -> PartialDate | None:
    try:
        return PartialDate.parse(str(value)) if value else None
    except ValueError:
        return None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
