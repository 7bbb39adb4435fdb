"""The texts of stored JSON are those of the record that it holds, in its order."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.storage.leaves import days_in, texts_in
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.records import from_plain, to_plain
from tests.guards import doors
from tests.guards.walking import texts

GOLDEN = Path(__file__).parents[1] / "golden"
RECORDS = {"meetings": Meeting, "projects": Project}


def _days(value):
    """Every day at any depth, by a walk of its own."""
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, tuple):
        return [day for part in value for day in _days(part)]
    names = getattr(type(value), "__dataclass_fields__", ())
    return [day for name in names for day in _days(getattr(value, name))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Records with a word of its own in each text, and those of the first version."""
    words = (f"词{number}" for number in count())
    with doors.full_desk(tmp_path_factory.mktemp("leaves")) as desk:
        found = [
            (kind, texts(record, kind, "", words)[0])
            for kind, records in doors.records(desk).items()
            if kind in RECORDS.values()
            for record in records
        ]
    for file in sorted(GOLDEN.glob("*/*.dangjian")):
        path = shutil.copy(file, tmp_path_factory.mktemp("golden"))
        library = Library.open(Path(path), write=False)
        with library.reading() as work:
            found += [
                (kind, r) for name, kind in RECORDS.items() for r in getattr(work, name).all()
            ]
        library.close()
    return found


@pytest.mark.parametrize("kind", RECORDS.values())
def test_texts_and_days_of_stored_json_are_those_of_the_record(kept, kind):
    of_kind = [record for each, record in kept if each is kind]
    assert len(of_kind) > 3
    for record in of_kind:
        plain = to_plain(record)
        assert from_plain(kind, plain) == record
        assert texts_in(kind, plain) == list(texts_of(record))
        assert days_in(kind, plain) == _days(record)


@pytest.mark.parametrize("plain", [None, [], "话", {"agenda": 3, "host": [1]}, {"agenda": [[]]}])
def test_another_shape_has_no_texts(plain):
    assert texts_in(Meeting, plain) == days_in(Meeting, plain) == []
