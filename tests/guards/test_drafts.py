"""A draft keeps the revision at which its editing began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.guards import doors
from tests.guards.walking import classes_in


@pytest.mark.parametrize("kind", doors.RECORDS)
def test_the_revision_stays_when_the_record_is_saved_meanwhile(kind, tmp_path):
    form = kind.__name__.lower()
    with doors.full_desk(tmp_path) as desk:
        record = doors.records(desk)[kind][0]
        assert kind in classes_in(record)
        desk.drafts.drop(form, record.id)
        begun = desk.drafts.put(form, record.id, {"id": record.id}).base_revision
        name = "name" if form == "member" else "title"
        doors.store(desk, replace(record, **{name: "另存"}))
        # Saving drops the draft; the window that still holds it keeps it again.
        again = desk.drafts.put(form, record.id, {"id": record.id, "more": 1})
        later = desk.drafts.put(form, record.id, {"id": record.id, "more": 2})
    assert begun > 0
    assert again.base_revision == later.base_revision == begun + 1
