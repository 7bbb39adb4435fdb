"""One person out of the values of a row, with what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import Identity
from dangjian_desktop.domain.members.importing.cells import DATE_FIELDS
from dangjian_desktop.domain.members.importing.checks import (
    Remark,
    check_dates,
    check_identity,
    contradiction,
    is_usual,
)
from dangjian_desktop.domain.members.importing.columns import Columns
from dangjian_desktop.domain.members.importing.headings import LABELS, POST_AND_GROUP
from dangjian_desktop.domain.members.importing.lines import Line
from dangjian_desktop.domain.members.importing.membership import (
    NOTHING,
    Belonging,
    Over,
    Told,
    belonging,
    told_by,
)
from dangjian_desktop.domain.members.importing.names import NameReading
from dangjian_desktop.domain.members.importing.rows import RosterRow
from dangjian_desktop.domain.members.member import NORMAL, MemberKind


class Person(NamedTuple):
    """A row as read, and remarks on what it says about itself."""

    row: RosterRow
    remarks: tuple[Remark, ...] = ()


class Outsider(NamedTuple):
    """Who is listed and is no member; ``word`` is what the sheet calls him."""

    word: str


class PersonReader:
    """Knows what stands over the rows; puts together one person at a time."""

    def __init__(self, columns: Columns, title: Told, today: date) -> None:
        has = frozenset(columns.fields.values())
        labels = [columns.labels[i] for i, name in columns.fields.items() if name == "member_kind"]
        politics = any("政治面貌" in label for label in labels)
        self._over = Over(None, title, politics, asks_full="full_date" in has)
        self._today = today
        self._dates = tuple(name for name in DATE_FIELDS if name in has)
        self._normal = told_by(NORMAL)
        self._usual = {kind: Belonging(kind, by_words=True) for kind in MemberKind}
        self._usual_normal = {kind: Belonging(kind, NORMAL, by_words=True) for kind in MemberKind}

    def read(self, number: int, got: dict[str, Any], line: Line) -> Person | Outsider:
        """The person of row ``number``; ``got`` holds values by field and is used up."""
        kind, status = got.pop("member_kind", None), got.pop("status", None)
        notes: list[str] = []
        said: list[Told] = []
        if kind is not None or status is not None:
            said = [told for told in (kind, status) if told is not None]
        if isinstance(got["name"], NameReading):
            _take_remarks(got, said, notes)
        for field in self._dates:
            if type(got[field]) in _WORDS_FOR_DATES:
                notes += _words_for_date(field, got, said)
        notes += _neutral("member_kind", kind) + _neutral("status", status)
        _put_posts(got, line.group)
        identity: Identity | None = got.pop("id_number", None)
        got["id_number"] = None if identity is None else identity.number
        answer = self._answer(got, said, line.section)
        if answer.outside:
            return Outsider(answer.outside)
        remarks = (*self._compare(got, identity), *self._odd(got, answer, identity))
        if notes:
            got["note"] = "；".join(filter(None, (got.get("note"), *notes))) or None
        doubt = answer.doubt
        got["row"], got["status"], got["undecided"] = number, answer.status, doubt
        got["kind"], got["declared"] = (None, False) if doubt else (answer.kind, answer.by_words)
        return Person(RosterRow(**got), remarks)

    def _answer(self, got: dict[str, Any], said: list[Told], section: Told | None) -> Belonging:
        if section is None and said and said[0].kind and said[0].status is None:
            if len(said) == 1:
                return self._usual[said[0].kind]
            if len(said) == 2 and said[1] is self._normal:
                return self._usual_normal[said[0].kind]
        over = self._over if section is None else self._over._replace(section=section)
        return belonging(said, over, got.get("join_date"), got.get("full_date"), self._today)

    def _compare(self, got: dict[str, Any], identity: Identity | None) -> tuple[Remark, ...]:
        if identity is None or identity.birth is None:
            return ()
        return check_identity(got.get("birth_date"), got.get("sex"), identity.birth, identity.sex)

    def _odd(
        self, got: dict[str, Any], answer: Belonging, identity: Identity | None
    ) -> Iterator[Remark]:
        join, full = got.get("join_date"), got.get("full_date")
        birth = got.get("birth_date")
        if birth is None and identity is not None and identity.birth is not None:
            birth = PartialDate.of(identity.birth)
        if answer.kind and is_usual(answer.kind, birth, join, full, self._today):
            return
        yield from check_dates(birth, join, full)
        if answer.remark is not None:
            yield answer.remark
        elif answer.by_words and full is not None:
            odd = contradiction(answer.kind, full, self._today)
            if odd is not None:
                yield odd


_WORDS_FOR_DATES = frozenset({str, MemberKind})


def _words_for_date(field: str, got: dict[str, Any], said: list[Told]) -> list[str]:
    """Words that stand for a date go to the note; 预备 in the place of 转正时间 is a kind."""
    value, got[field] = got[field], None
    if not isinstance(value, MemberKind):
        return [f"{LABELS[field]}：{value}"]
    if all(told == NOTHING or told.neutral for told in said):
        said.append(Told(value))
    return []


def _take_remarks(got: dict[str, Any], said: list[Told], notes: list[str]) -> None:
    """What stood behind the name goes to its field."""
    named: NameReading = got["name"]
    got["name"] = named.name
    got["sex"] = got.get("sex") or named.sex
    said.append(named.told)
    if named.note:
        notes.append(named.note)


def _neutral(field: str, told: Told | None) -> list[str]:
    """Words about work in the place of a kind or status are kept."""
    return [f"{LABELS[field]}：{told.word}"] if told is not None and told.neutral else []


def _put_posts(got: dict[str, Any], group: str | None) -> None:
    posts = got.pop("party_post", None) or ()
    if POST_AND_GROUP in got:
        both = got.pop(POST_AND_GROUP) or ((), None)
        posts = (*posts, *both[0])
        got["group"] = got.get("group") or both[1]
    got["group"] = got.get("group") or group
    got["posts"] = posts
