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
)
from dangjian_desktop.domain.members.importing.names import NameReading
from dangjian_desktop.domain.members.importing.rows import RosterRow
from dangjian_desktop.domain.members.member import MemberKind


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

    def read(self, number: int, got: dict[str, Any], line: Line) -> Person | Outsider:
        """The person of row ``number``; ``got`` holds values by field and is used up."""
        notes, said = [], []
        named = got["name"]
        if isinstance(named, NameReading):
            got["name"] = named.name
            got["sex"] = got.get("sex") or named.sex
            notes.append(named.note)
            said.append(named.told)
        for field in ("member_kind", "status"):
            told = got.pop(field, None)
            if told is not None:
                said.append(told)
                if told.neutral:
                    notes.append(f"{LABELS[field]}：{told.word}")
        notes += _words_for_dates(got, said)
        _put_posts(got, line.group)
        identity: Identity | None = got.pop("id_number", None)
        got["id_number"] = None if identity is None else identity.number
        remarks = list(self._compare(got, identity))
        answer = self._answer(got, said, line.section)
        if answer.outside:
            return Outsider(answer.outside)
        remarks += self._odd(got, answer, identity)
        got["note"] = "；".join(filter(None, (got.get("note"), *notes))) or None
        undecided = answer.doubt
        row = RosterRow(
            row=number,
            kind=None if undecided else answer.kind,
            declared=answer.by_words and not undecided,
            undecided=undecided,
            status=answer.status,
            **got,
        )
        return Person(row, tuple(remarks))

    def _answer(self, got: dict[str, Any], said: list[Told], section: Told | None) -> Belonging:
        join, full = got.get("join_date"), got.get("full_date")
        over = self._over if section is None else self._over._replace(section=section)
        if section is None and len(said) == 1 and said[0].kind and not said[0].status:
            return Belonging(said[0].kind, by_words=True)
        return belonging(said, over, join, full, self._today)

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


def _words_for_dates(got: dict[str, Any], said: list[Told]) -> Iterator[str]:
    """Words that stand for dates go to the note; 预备 in the place of 转正时间 is a kind."""
    for field in DATE_FIELDS:
        value = got.get(field)
        if isinstance(value, MemberKind):
            got[field] = None
            if all(told == NOTHING or told.neutral for told in said):
                said.append(Told(value))
        elif isinstance(value, str):
            got[field] = None
            yield f"{LABELS[field]}：{value}"


def _put_posts(got: dict[str, Any], group: str | None) -> None:
    posts = got.pop("party_post", None) or ()
    if POST_AND_GROUP in got:
        both = got.pop(POST_AND_GROUP) or ((), None)
        posts = (*posts, *both[0])
        got["group"] = got.get("group") or both[1]
    got["group"] = got.get("group") or group
    got["posts"] = posts
