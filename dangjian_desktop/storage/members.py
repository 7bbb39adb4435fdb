"""Members and their spans in the library file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, or_, select, update

from dangjian_desktop.domain.members.member import Member, Span
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.recorded import RecordedStore
from dangjian_desktop.storage.records.records import load, new_row, values
from dangjian_desktop.storage.tables import member, member_span

SUBJECT = "member"
"""The word for members in revisions, journal and drafts."""

_SPANS: Mapping[str, str] = {
    "kinds": "kind",
    "standings": "standing",
    "posts": "post",
    "groups": "group",
    "voting_suspended": "voting_suspended",
    "waived": "waived",
}
_AT_ONCE = 500  # far below SQLite's limit of values in one statement


class MemberStore(RecordedStore[Member]):
    """Members by UUID. Every save appends a revision; nothing is deleted outright."""

    subject = SUBJECT
    called = "党员"

    def ids(self, text: str = "", *, deleted: bool = False) -> list[str]:
        """UUIDs by pinyin, those whose name or initials contain every word of the text.

        With ``deleted`` those in the bin instead.
        """
        return self._ids(_named(word) for word in text.split()) if not deleted else self._bin(text)

    def get(self, uids: Iterable[str]) -> dict[str, Member]:
        """The members by UUID, in the order asked; those that are gone are left out."""
        wanted = list(dict.fromkeys(uids))
        found: dict[str, Member] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found |= {m.id: m for m in self._loaded(member.c.uid.in_(part))}
        return {uid: found[uid] for uid in wanted if uid in found}

    def all(self, *, include_deleted: bool = False) -> tuple[Member, ...]:
        """Every member ever entered, by pinyin."""
        if include_deleted:
            return self._loaded()
        return self._loaded(member.c.deleted_at.is_(None))

    def by_id_number(self, id_number: str) -> Member | None:
        """The member with this ID number, not from the bin."""
        found = self._loaded(member.c.id_number == id_number, member.c.deleted_at.is_(None))
        return found[0] if found else None

    def search(self, text: str) -> list[str]:
        """UUIDs of members one of whose texts contains the text; ID number and phone too."""
        within = [
            column.contains(text, autoescape=True)
            for column in (
                member.c.name,
                member.c.initials,
                member.c.work_post,
                member.c.phone,
                member.c.id_number,
                member.c.note,
            )
        ]
        in_spans = select(member_span.c.member_id).where(
            member_span.c.value.contains(text, autoescape=True)
        )
        return self._ids([or_(*within, member.c.id.in_(in_spans))])

    def _put(self, record: Member, reason: str) -> None:
        self._write_spans(record, self._write(record, reason))

    def _ids(self, conditions: Iterable[ColumnElement[bool]]) -> list[str]:
        query = select(member.c.uid).where(member.c.deleted_at.is_(None), *conditions)
        return list(self._connection.scalars(query.order_by(*_BY_PINYIN)))

    def _bin(self, text: str) -> list[str]:
        query = select(member.c.uid).where(
            member.c.deleted_at.is_not(None), *(_named(word) for word in text.split())
        )
        return list(self._connection.scalars(query.order_by(*_BY_PINYIN)))

    def _loaded(self, *conditions: ColumnElement[bool]) -> tuple[Member, ...]:
        query = select(member).where(*conditions).order_by(*_BY_PINYIN)
        rows = self._connection.execute(query).all()
        spans = self._spans([row.id for row in rows])
        return tuple(_member(row, spans[row.id]) for row in rows)

    def _spans(self, row_ids: Sequence[int]) -> Mapping[int, Mapping[str, list[Span]]]:
        found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for start in range(0, len(row_ids), _AT_ONCE):
            part = row_ids[start : start + _AT_ONCE]
            query = select(member_span).where(member_span.c.member_id.in_(part))
            for row in self._connection.execute(query.order_by(member_span.c.position)):
                found[row.member_id][row.subject].append(load(Span, row))
        return found

    def _write(self, person: Member, reason: str) -> int:
        row = values(person, member) | {"updated_at": stamp()}
        known = self._connection.execute(
            select(member.c.id, member.c.deleted_at).where(member.c.uid == person.id)
        ).first()
        was = known.deleted_at if known else None
        row["deleted_at"] = (was or stamp()) if person.deleted else None
        row["deleted_reason"] = reason if person.deleted else None
        if known is None:
            return new_row(self._connection, member, row | {"uid": person.id})
        self._connection.execute(update(member).where(member.c.id == known.id).values(row))
        return int(known.id)

    def _write_spans(self, person: Member, row_id: int) -> None:
        self._connection.execute(delete(member_span).where(member_span.c.member_id == row_id))
        rows = [
            {"member_id": row_id, "subject": subject, "position": position}
            | values(span, member_span)
            for name, subject in _SPANS.items()
            for position, span in enumerate(getattr(person, name))
        ]
        if rows:
            self._connection.execute(insert(member_span), rows)


_BY_PINYIN = (member.c.sort_key, member.c.name, member.c.id)


def _named(word: str) -> ColumnElement[bool]:
    return or_(
        member.c.name.contains(word, autoescape=True),
        member.c.initials.contains(word.lower(), autoescape=True),
    )


def _member(row: Row[Any], spans: Mapping[str, list[Span]]) -> Member:
    held = {name: tuple(spans.get(subject, ())) for name, subject in _SPANS.items()}
    return load(Member, row, id=row.uid, deleted=row.deleted_at is not None, **held)
