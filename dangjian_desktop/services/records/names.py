"""Finding the member behind a name, as of the day of the roll."""

from __future__ import annotations

from typing import Any

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import clean, normal_name
from dangjian_desktop.errors import Issue


class NameFinder:
    """Turns names of the contract (a text, or name and ``id_number_tail``) into persons."""

    def __init__(self, roll: Roll, issues: list[Issue], place: str) -> None:
        self._roll = roll
        self._issues = issues
        self._place = place
        self._named: dict[str, list[Member]] = {}
        for member in roll.members:
            self._named.setdefault(normal_name(member.name), []).append(member)

    def member(self, value: Any, field: str) -> Person | None:
        """A member of the day; an issue with the name where there is none or more than one."""
        name, tail = _parts(value)
        if not name:
            self._complain(field, "有一处姓名没有填写或无法识别", None)
            return None
        fits = self._fitting(name, tail)
        if len(fits) == 1:
            return Person(fits[0].name, fits[0].id)
        if not fits:
            message = f"“{name}”不是{self._roll.day}当日的在册党员，请核对姓名或党员名册"
        else:
            message = f"有{len(fits)}名党员叫“{name}”，请加上身份证号后四位（id_number_tail）区分"
        self._complain(field, message, name)
        return None

    def anyone(self, value: Any, field: str) -> Person | None:
        """A member where exactly one fits, else the name as free text."""
        if value is None or value == "":
            return None
        name, tail = _parts(value)
        if not name:
            self._complain(field, "姓名无法识别", None)
            return None
        fits = self._fitting(name, tail)
        return Person(fits[0].name, fits[0].id) if len(fits) == 1 else Person(name)

    def _fitting(self, name: str, tail: str | None) -> list[Member]:
        fits = self._named.get(normal_name(name), [])
        if tail:
            fits = [m for m in fits if (m.id_number or "").endswith(tail.upper())]
        return fits

    def _complain(self, field: str, message: str, name: str | None) -> None:
        self._issues.append(Issue(f"{self._place}：{message}。", "name_unknown", field, None, name))


def _parts(value: Any) -> tuple[str, str | None]:
    if isinstance(value, dict):
        name, tail = value.get("name"), value.get("id_number_tail")
    else:
        name, tail = value, None
    cleaned = clean(name, multiline=False)[0].strip() if isinstance(name, str) else ""
    return cleaned, tail if isinstance(tail, str) and tail else None
