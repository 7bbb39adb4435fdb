"""One value of a declared field, its persons and links found where they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Protocol

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.references import KeptFile, Person
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.services.records.names import NameFinder


class Links(Protocol):
    """Finds the record that a link of the contract means."""

    def find(self, field: Field, plain: Any) -> Any:
        """The link; raises ``ValueError`` with what is wrong."""


class StrangerError(ValueError):
    """A name that is no member where one is needed."""


class ValueReader:
    """Reads values; with ``today`` as a form holds them. Without ``names`` all names are free."""

    def __init__(self, names: NameFinder | None, links: Links | None, today: date | None) -> None:
        self._names = names
        self._links = links
        self._today = today

    def value(self, field: Field, plain: Any) -> Any:
        """The value; raises ``StrangerError``, or ``ValueError`` with what was expected."""
        if field.type is FieldType.PERSON and field.who != "text":
            return self.person(field, plain)
        if field.type is FieldType.PEOPLE and isinstance(plain, list | tuple):
            found = [self.person(field, part) for part in plain]
            return tuple(person for person in found if person is not None)
        if field.type is FieldType.PEOPLE:
            names = read_value(field, plain, self._today) or ()
            return tuple(self.person(field, name) for name in names)
        if field.type is FieldType.LINK:
            return self._link(field, plain)
        if field.type is FieldType.FILES:
            return self._files(plain)
        found = read_value(field, plain, self._today)
        wanted = field.of is not None and found is not None and issubclass(field.of, Enum)
        return field.of(found) if wanted and field.of is not None else found

    def person(self, field: Field, plain: Any) -> Person | None:
        """Who is named; raises as ``value`` does."""
        told = plain if isinstance(plain, Mapping) else {"name": plain}
        name, tail = told.get("name"), told.get("id_number_tail") or ""
        if name is None or name == "":
            return None
        if not isinstance(name, str) or not isinstance(tail, str):
            raise ValueError("姓名无法识别")
        name = clean(name)[0].strip()
        if not name:
            raise ValueError("有一处姓名没有填写或无法识别")
        if self._today is not None and told.get("member_id"):
            return Person(name, told["member_id"])
        if self._names is None:
            return Person(name)
        ask = self._names.member if field.who == "member" else self._names.anyone
        found = ask(name, tail)
        if isinstance(found, str):
            raise StrangerError(found)
        return found

    def _files(self, plain: Any) -> tuple[KeptFile, ...]:
        if plain and self._today is None:
            raise ValueError("要在程序里添加，不能从这里读取")
        try:
            return tuple(map(file_of, plain or ()))
        except (KeyError, TypeError):
            raise ValueError("无法识别") from None

    def _link(self, field: Field, plain: Any) -> tuple[Any, ...]:
        if plain is None:
            return ()
        if not isinstance(plain, list | tuple) or self._links is None:
            raise ValueError("应为列表（[…]）")
        found = []
        for number, part in enumerate(plain, 1):
            try:
                found.append(self._links.find(field, part))
            except ValueError as wrong:
                raise ValueError(f"中第{number}个{field.label}{wrong}") from None
        return tuple(found)


def file_of(state: Mapping[str, Any]) -> KeptFile:
    """A kept file as a form holds it."""
    uid, name, note = state["uid"], state["title"], state.get("note", "")
    return KeptFile(uid, name, state["sha256"], state["size"], note)


def filled(field: Field, row: Any) -> bool:
    """Whether something stands in a row of a form beside what a new one begins with."""
    begun = {c.name for c in field.columns if c.type is FieldType.CHOICE and c.empty is not None}
    rest = {"id", *begun}
    return not isinstance(row, Mapping) or any(_says(row[n]) for n in row if n not in rest)


def _says(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_says, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_says, value))
    return bool(value.strip()) if isinstance(value, str) else value is not None
