"""A declared record out of plain JSON: that of the contract, and the state of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.field_values import kept_plain, value_problem
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.record import Declared, Problem, Record, value_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.values import Links, StrangerError, ValueReader, filled
from dangjian_desktop.services.records.writing import key_of, spread

_ID = Field("id", "编号")
NamesFor = Callable[[Mapping[str, Any]], NameFinder]
"""Whose names count, by the values that name nobody (the day among them)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` as far as it can be read; ``whole`` unless a part of it had to be left out."""

    value: Any
    problems: list[Problem]
    whole: bool = True

    @property
    def places(self) -> dict[str, str]:
        """What is wrong by place: of one place the first sentence."""
        return {problem.place: problem.words for problem in reversed(self.problems)}


@dataclass(frozen=True, slots=True)
class _Place:
    path: str = ""
    words: str = ""

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def part(self, field: Field, number: int | None = None) -> _Place:
        path = self.at(key_of(field))
        if number is None:
            return _Place(path, f"{self.words}的{field.label}")
        return _Place(f"{path}.{number}", f"{self.words}的{field.label}{number + 1}")


class RecordReader:
    """Reads one kind of record; every problem has its place.

    With ``today`` it reads the state of a form: dates and numbers as people type them, rows in
    which nothing stands left out, names that no field has passed over. Without it the JSON of the
    contract, in which an unknown name is a problem. ``own`` narrows the fields that are read.
    """

    def __init__(
        self,
        record: Record,
        declared: Declared,
        names_for: NamesFor,
        *,
        today: date | None = None,
        links: Links | None = None,
        but: Sequence[str] = (),
    ) -> None:
        self._record = record
        self._declared = declared
        self._names_for = names_for
        self._links = links
        self._values = ValueReader(None, links, today)
        self._today = today
        self._fields = [f for f in record.fields if f.json is not None and f.name not in but]
        self._spans = [f for f in record.fields if f.as_of and today is None]
        self._problems: list[Problem] = []
        self._whole = True

    def read(self, plain: Any, base: Any = None) -> Reading:
        """The record that the object means; ``base`` gives what the object does not hold.

        Without a value that the record cannot be without there is none.
        """
        self._problems, self._whole = [], True
        if not isinstance(plain, Mapping):
            self._problems.append(Problem("", "应为一个对象（{…}）"))
            return Reading(None, self._problems, whole=False)
        if self._today is None and self._record.shape is not None:
            plain, problems = self._record.shape.from_json(plain)
            self._problems += (replace(p, words=f"的 {p.place} {p.words}") for p in problems)
        values = self._top(plain)
        if values["id"] is None:
            values["id"] = new_id() if base is None else value_of(base, _ID)
        lost = any(f.required and values[f.name] is None for f in self._fields)
        value = None if lost else _made(self._record.of, values, base)
        return Reading(value, self._problems, whole=self._whole and not lost)

    def _top(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        place, values = _Place(), {"id": plain.get("id") or None}
        nameless = [f for f in self._fields if not _names_somebody(f)]
        for field in sorted(nameless, key=lambda f: f.name == self._record.more_in):
            raw, more = plain.get(key_of(field)), field.name == self._record.more_in
            found = self._more(field, raw, values) if more else self._value(field, raw, place)
            values[field.name] = found
        self._values = ValueReader(self._names_for(values), self._links, self._today)
        for field in self._fields:
            if field.name not in values:
                values[field.name] = self._value(field, _raw(field, plain), place)
        held = {field.name: self._held(field, plain, place) for field in self._spans}
        passed = {computed.name for computed in self._record.computed}
        passed |= {field.as_of for field in self._spans}
        self._check_names(self._fields, plain, place, passed)
        read = {field.name: values[field.name] for field in self._fields}
        return read | held | {"id": values["id"]}

    def _held(self, field: Field, plain: Mapping[str, Any], place: _Place) -> tuple[Any, ...]:
        """What the contract gives as of a day, as rows without borders."""
        column = replace(field.column("value"), json=field.as_of, required=False)
        told = self._value(column, plain.get(field.as_of), place)
        values = str(told).split("、") if field.key and told else [told]
        return tuple(_made(field.of, {"value": v}, None) for v in values if v)

    def _object(self, fields: Sequence[Field], plain: Any, place: _Place) -> dict[str, Any] | None:
        """The parts of an object; nothing where one is missing that it cannot be without."""
        if not isinstance(plain, Mapping):
            self._problems.append(Problem(place.path, f"{place.words}应为一个对象（{{…}}）"))
            return None
        found = {}
        for field in fields:
            found[field.name] = self._value(field, _raw(field, plain), place)
            if field.name == "id" and found["id"] is None:
                found["id"] = new_id()
        self._check_names(fields, plain, place, set())
        lost = any(f.required and found[f.name] is None for f in fields)
        return None if lost else found

    def _check_names(
        self, fields: Sequence[Field], plain: Mapping[str, Any], place: _Place, passed: set[str]
    ) -> None:
        known = {key_of(field) for field in fields} | passed
        known |= {"id_number_tail"} if any(map(spread, fields)) else set()
        for name in plain:
            if self._today is None and name not in known:
                self._complain(place, str(name), "不是可识别的名称，请核对拼写")

    def _value(self, field: Field, plain: Any, place: _Place) -> Any:
        if field.type is FieldType.RECORDS:
            return self._rows(field, plain, place)
        if field.type is FieldType.RECORD:
            return self._part(field, plain, place)
        before = len(self._problems)
        try:
            found = self._values.value(field, plain)
        except StrangerError as stranger:
            where = place.words if spread(field) else f"{place.words}的{field.label}"
            words = str(stranger) if self._today else f"{where}：{stranger}"
            self._problems.append(Problem(place.at(key_of(field)), words, "name_unknown"))
            return field.empty
        except ValueError as wrong:
            self._complain(place, key_of(field), str(wrong), field, plain)
            return field.empty
        if field.required and found in (None, ()) and len(self._problems) == before:
            self._complain(place, key_of(field), "没有填写", field)
        return field.empty if found is None else found

    def _rows(self, field: Field, plain: Any, place: _Place) -> tuple[Any, ...]:
        if plain is None:
            return ()
        if not isinstance(plain, list | tuple):
            self._complain(place, key_of(field), "应为列表（[…]）", field)
            return ()
        rows, ids = [], set[str]()
        # Rows of a form in which nothing stands are none, and do not count in places.
        told = [row for row in plain if self._today is None or filled(field, row)]
        for number, row in enumerate(told):
            values = self._object(field.columns, row, place.part(field, number))
            if values is None:
                self._whole = False
            else:
                if (uid := values.get("id")) in ids:
                    self._complain(place.part(field, number), "id", "与前面另一项的编号相同")
                ids |= {uid} if uid else set()
                rows.append(_made(field.of, values, None))
        return tuple(rows)

    def _part(self, field: Field, plain: Any, place: _Place) -> Any:
        if plain is None or (self._today is not None and not filled(field, plain)):
            return field.empty
        if not field.key:
            values = self._object(field.columns, plain, place.part(field))
            return field.empty if values is None else _made(field.of, values, None)
        if not isinstance(plain, Mapping):
            self._complain(place, key_of(field), "应为一个对象（{…}）", field)
            return field.empty
        inner, column = place.part(field), field.columns[0]
        keyed = (
            (str(key), self._value(replace(column, json=str(key)), plain[key], inner))
            for key in sorted(plain, key=str)
        )
        return {key: value for key, value in keyed if value is not None}

    def _more(self, field: Field, plain: Any, values: Mapping[str, Any]) -> Any:
        """What the record declares by itself, as plain JSON; of other names only a form keeps."""
        if plain is None:
            return {}
        if not isinstance(plain, Mapping):
            self._complain(_Place(), key_of(field), "应为一个对象（{…}）", field)
            return {}
        known = {f.name: f for f in self._declared.fields_of(self._record, values)}
        found = {}
        for name, part in plain.items():
            if name not in known and self._today is None:
                words = f"中的“{name}”不是该{self._record.title}的内容"
                self._complain(_Place(), key_of(field), words, field)
            elif name in known and part not in (None, "", [], {}):
                if problem := value_problem(known[name], part, self._today):
                    words = problem if self._today else f"的 {key_of(field)} 中{problem}"
                    self._problems.append(Problem(f"{key_of(field)}.{name}", words))
                elif (kept := kept_plain(known[name], part, self._today)) != "":
                    found[name] = kept
        return found

    def _complain(
        self, place: _Place, key: str, words: str, field: Field | None = None, typed: Any = None
    ) -> None:
        said = f"{place.words}的 {key} {words}"
        if self._today is not None and field is not None:
            # Beside a field of its own the sentence needs no name of the field.
            label = field.label if place.path else ""
            shown = f"“{typed}”无法识别，" if isinstance(typed, str) and typed not in words else ""
            said = field.missing if words == "没有填写" else f"{label}{shown}{words}"
        self._problems.append(Problem(place.at(key), said, "invalid"))


def _raw(field: Field, plain: Mapping[str, Any]) -> Any:
    if not spread(field):
        return plain.get(key_of(field))
    return {name: plain.get(name) for name in ("name", "id_number_tail", "member_id")}


def _names_somebody(field: Field) -> bool:
    named = field.type in (FieldType.PERSON, FieldType.PEOPLE)
    return named or any(map(_names_somebody, field.columns))


def _made(of: type[Any] | None, values: Mapping[str, Any], base: Any) -> Any:
    if of is None:
        return {**(base or {}), **values}
    return of(**values) if base is None else replace(base, **values)
