"""Two rows of one name that no ID number tells apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.domain.members.importing.names import is_plain_name
from dangjian_desktop.domain.members.importing.rows import RosterRow
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.errors import Issue


def look_alikes(rows: Sequence[RosterRow]) -> Iterator[Issue]:
    """A remark on each later row of the name."""
    wanted = {_compared(person) for person in rows if not person.id_number}
    by_name: dict[str, list[RosterRow]] = {name: [] for name in wanted}
    for person in rows if wanted else ():
        name = _compared(person)
        if name in wanted:
            by_name[name].append(person)
    for people in by_name.values():
        for place, person in enumerate(people[1:], start=1):
            twin = next((p for p in people[:place] if _may_be_same(p, person)), None)
            if twin is not None:
                text = (
                    f"第{person.row}行 {person.name}：与第{twin.row}行同名，"
                    "没有两个身份证号可以区分，请核对是不是同一人。"
                )
                yield Issue(text, "possible_duplicate", "name", person.row, person.name)


def _compared(person: RosterRow) -> str:
    return person.name if is_plain_name(person.name) else normal_name(person.name)


def _may_be_same(one: RosterRow, other: RosterRow) -> bool:
    if one.id_number and other.id_number:
        return False
    births = {str(person.born) for person in (one, other) if person.born}
    return len(births) < 2
