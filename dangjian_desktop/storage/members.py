"""Members and their spans in the library file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Member, MemberFilter, Span
from dangjian_desktop.storage.leaves import text_names
from dangjian_desktop.storage.records.keeping import (
    Conditions,
    Keeping,
    Rows,
    Texts,
    among,
    in_bin,
    in_parts,
    sheet_of,
)
from dangjian_desktop.storage.records.records import load, values
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.tables import member, member_span

SPANS: Mapping[str, str] = {
    "kinds": "kind",
    "standings": "standing",
    "posts": "post",
    "groups": "group",
    "voting_suspended": "voting_suspended",
    "waived": "waived",
}
"""The fields of a member that are spans, and their word in the table."""

_BY_PINYIN = (member.c.sort_key, member.c.name, member.c.id)
_WHOLE = select(*(c for c in member.c if c.name != "checksum")).order_by(*_BY_PINYIN)
_SPANS = select(
    *(member_span.c[name] for name in ("member_id", "subject", "value", "start", "end"))
).order_by(member_span.c.position)

_TOLD = select(member.c.id, member.c.uid, *(member.c[n] for n in text_names(Member)))
_HELD = select(member_span.c.member_id, member_span.c.value).order_by(member_span.c.id)


def _loaded(connection: Connection, conditions: Conditions) -> tuple[Member, ...]:
    rows = connection.execute(_WHOLE.where(*conditions)).all()
    spans = _spans(connection, [row.id for row in rows])
    return tuple(_member(row, spans[row.id]) for row in rows)


def _spans(
    connection: Connection, row_ids: Sequence[int]
) -> Mapping[int, Mapping[str, list[Span]]]:
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for part in in_parts(row_ids):
        rows = connection.execute(_SPANS.where(among(member_span.c.member_id, part))).all()
        for row_id, subject, value, start, end in rows:
            found[row_id][subject].append(Span(value, _edge(start), _edge(end)))
    return found


@lru_cache(maxsize=4096)
def _edge(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def _member(row: Row[Any], spans: Mapping[str, list[Span]]) -> Member:
    held = {name: tuple(spans.get(subject, ())) for name, subject in SPANS.items()}
    return load(Member, row, id=row.uid, deleted=row.deleted_at is not None, **held)


def _texts(connection: Connection, conditions: Conditions) -> Iterator[Texts]:
    rows = connection.execute(_TOLD.where(*conditions)).all()
    held: dict[int, list[str]] = defaultdict(list)
    for part in in_parts(row.id for row in rows):
        spans = _HELD.where(among(member_span.c.member_id, part))
        for row_id, value in connection.execute(spans).all():
            held[row_id].append(value)
    # No title; the texts come first, as they stand in the class, then what once held.
    for row_id, uid, *told in rows:
        yield uid, ("", *filter(None, told), *filter(None, held[row_id]))


def _columns(person: Member) -> dict[str, Any]:
    return values(person, member)


def _children(_ids: RowIds, person: Member) -> Mapping[Table, Rows]:
    return {
        member_span: [
            (
                subject,
                position,
                span.value,
                span.start and str(span.start),
                span.end and str(span.end),
            )
            for name, subject in SPANS.items()
            for position, span in enumerate(getattr(person, name))
        ]
    }


def _narrow(wanted: MemberFilter | None) -> list[ColumnElement[bool]]:
    asked = wanted or MemberFilter()
    return [in_bin(member, asked.deleted)]


MEMBERS: Keeping[Member, MemberFilter, Member] = Keeping(
    subject="member",
    called="党员",
    of=Member,
    table=member,
    sheet=sheet_of(member, member_span, subject="member"),
    order=_BY_PINYIN,
    loaded=_loaded,
    lines=_loaded,
    columns=_columns,
    narrow=_narrow,
    children=_children,
    texts=_texts,
)
"""How members are kept; a line of their list is the member, who has no body."""
