"""Every text of every record is found by the search of the program."""

from __future__ import annotations

from itertools import count

import pytest

from tests.guards import doors
from tests.guards.walking import texts

LEFT: dict[str, set[str]] = {
    "Member": set(),
    "Meeting": {"attendance.person.name", "excluded.person.name"},
    "Project": set(),
}
"""Places whose text is not found, by record. Names of members stand on the sheet of every sitting:
a search for one finds the member, and where something was done or said."""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Of each record the places with a text, and those whose text was not found."""
    words = (f"词{number:05}尾" for number in count(1))
    there: dict[str, set[str]] = {}
    lost: dict[str, set[str]] = {}
    with doors.full_desk(tmp_path_factory.mktemp("searched")) as desk:
        for kind, found in doors.records(desk).items():
            name = kind.__name__
            there[name], lost[name] = set(), set()
            for record in found:
                changed, written = texts(record, kind, "", words)
                doors.store(desk, changed)
                for place, word in written.items():
                    if place in there[name]:
                        continue
                    there[name].add(place)
                    hits, _total = desk.search.find(word)
                    if record.id not in {hit.id for hit in hits}:
                        lost[name].add(place)
    return there, lost


@pytest.mark.parametrize("kind", doors.RECORDS)
def test_every_text_is_found(kind, places):
    there, lost = places
    assert len(there[kind.__name__]) > 10
    assert lost[kind.__name__] == LEFT[kind.__name__]
