"""Plain values (of a form, a sheet or JSON) to a row: names found, every problem by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import FILES, NOTE, PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow, day_of
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.values import StrangerError, ValueReader


class RowReader:
    """Reads plain values for one ledger; ``today`` also lets typed days such as 今天 be read.

    Persons are looked for on the roster of the row's own day.
    """

    def __init__(
        self, ledger: Ledger, members: Sequence[Member], today: date, *, typed: bool = False
    ) -> None:
        self._ledger = ledger
        self._members = members
        self._today = today
        self._typed = today if typed else None
        self._finders: dict[date, ValueReader] = {}
        self._found: list[Issue] = []

    def read(
        self, plain: Mapping[str, Any], uid: str | None = None, *, place: str = ""
    ) -> tuple[LedgerRow, list[Issue]]:
        """The row, and what could not be read of it, in sentences that begin with ``place``."""
        issues: list[Issue] = []
        values: dict[str, Any] = {}
        day = self._day(plain)
        for asked in self._ledger.all_fields:
            if asked.name not in plain:
                continue
            try:
                value = self._value(asked, plain[asked.name], day)
            except ValueError as wrong:
                said = f"{place}“{asked.label}”{wrong}。"
                issues.append(Issue(said, "invalid", asked.name))
                continue
            issues += [self._placed(issue, place, asked) for issue in self._taken()]
            if value not in (None, (), ""):
                values[asked.name] = value
        unknown = [name for name in plain if self._ledger.named(name) is None]
        issues += [
            Issue(f"{place}“{name}”不是本台账的字段，请核对名称。", "invalid", name)
            for name in unknown
        ]
        row = LedgerRow(
            id=uid or new_id(),
            ledger=self._ledger.code,
            values=values,
            edition=self._ledger.edition,
        )
        return row, issues

    def _day(self, plain: Mapping[str, Any]) -> date:
        asked = self._ledger.named(self._ledger.day) if self._ledger.day else None
        if asked is None:
            return self._today
        try:
            found = day_of(read_value(asked, plain.get(asked.name), self._typed))
        except ValueError:
            return self._today
        return found or self._today

    def _value(self, asked: Field, value: Any, day: date) -> Any:
        if asked.type in PEOPLE_TYPES:
            return self._people(asked, value, day)
        if asked.type is FieldType.LINK:
            return tuple(_link(part) for part in _list(value))
        if asked.type is FieldType.FILES:
            return tuple(_file(part) for part in _list(value))
        return read_value(asked, value, self._typed)

    def _people(self, asked: Field, value: Any, day: date) -> Any:
        names = value if isinstance(value, list | tuple) else _names(asked, value, self._typed)
        found = [self._person(asked, name, day) for name in names]
        persons = tuple(dict.fromkeys(p for p in found if p is not None))
        if asked.type is FieldType.PEOPLE:
            return persons
        if len(persons) > 1:
            raise ValueError("只能填一个人")
        return persons[0] if persons else None

    def _person(self, asked: Field, name: Any, day: date) -> Person | None:
        if isinstance(name, Person):
            return name
        finder = self._finders.get(day)
        if finder is None:
            finder = ValueReader(NameFinder([Roll(self._members, day)]), None, None)
            self._finders[day] = finder
        try:
            return finder.person(asked, name)
        except StrangerError as stranger:
            known = name if isinstance(name, str) else None
            self._found.append(Issue(f"{stranger}。", "name_unknown", asked.name, None, known))
            return None

    def _taken(self) -> list[Issue]:
        """The problems of names found since the last call."""
        found = self._found[:]
        self._found.clear()
        return found

    def _placed(self, issue: Issue, place: str, asked: Field) -> Issue:
        said = f"{place}“{asked.label}”里的{issue.message.removeprefix('：')}"
        return Issue(said, issue.code, asked.name, None, issue.name)


def _list(value: Any) -> Sequence[Any]:
    if value is None or value == "":
        return ()
    if not isinstance(value, list | tuple):
        raise ValueError("应为列表（[…]）")
    return value


def _names(asked: Field, value: Any, typed: date | None) -> Sequence[Any]:
    if value is None or value == "":
        return ()
    if isinstance(value, Person | Mapping):
        return (value,)
    if asked.type is FieldType.PERSON:
        return (read_value(asked, value, typed),)
    found: Sequence[Any] = read_value(asked, value, typed) or ()
    return found


def _link(part: Any) -> Link:
    if isinstance(part, Link):
        return part
    if isinstance(part, Mapping):
        # The contract says ``record``, a form ``subject``.
        subject = part.get("record") or part.get("subject")
        uid, item = part.get("id"), part.get("item")
        if isinstance(subject, str) and isinstance(uid, str) and isinstance(item, str | None):
            return Link(subject, uid, item)
    raise ValueError('应为关联记录，例如 {"record": "meeting", "id": "…"}')


def _file(part: Any) -> KeptFile:
    if isinstance(part, KeptFile):
        return part
    raise ValueError("要在程序里添加，不能从这里读取")


def row_plain(data: Any) -> tuple[dict[str, Any], Mapping[str, Any], str | None]:
    """Values, ``more`` and id of a ROW of the contract; raises ``ValueError`` for none."""
    if not isinstance(data, Mapping) or not isinstance(data.get("values"), Mapping):
        raise ValueError('应为台账记录，例如 {"values": {"day": "2026-03-05"}}')
    plain = dict(data["values"])
    if data.get("note"):
        plain[NOTE] = data["note"]
    plain.pop(FILES, None)
    more, uid = data.get("more") or {}, data.get("id")
    if not isinstance(more, Mapping) or not isinstance(uid, str | None):
        raise ValueError("的 more 或 id 不对")
    return plain, more, uid
