"""Records written together are those that would have been saved one by one."""

from __future__ import annotations

from contextlib import closing

import pytest

from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.records.sums import row_sums
from tests.guards import doors
from tests.services.make import a_library, a_meeting, a_member, clock

TABLES = ("member", "member_span", "meeting", "meeting_kind", "attendance", "revision", "journal")
PASSING = {"id", "updated_at", "saved_at", "at", "member_id", "meeting_id"}


def rows(library):
    """Everything but row ids and moments; which row belongs to which stands in the checksums."""
    told = {}
    with raw(library.path) as connection:
        for table in TABLES:
            found = connection.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in found.description]
            told[table] = [
                {n: v for n, v in zip(names, row, strict=True) if n not in PASSING | {"checksum"}}
                for row in found
            ]
    return told


@pytest.fixture
def both(tmp_path):
    """A library, and a copy that holds the same."""
    folders = tmp_path / "one", tmp_path / "all"
    with closing(a_library(folders[0])) as one:
        folders[1].mkdir()
        library = folders[1] / one.path.name
        library.write_bytes(one.path.read_bytes())
        with closing(type(one).open(library, write=True)) as together:
            yield one, together


def test_members_and_sittings_are_as_if_each_was_saved(both):
    one, together = both
    moved = (Span("第一党小组"), Span("第二党小组"))
    members = [a_member("新一", posts=(Span("党支部副书记"),), groups=moved), a_member("新二")]
    MeetingService(one, clock).import_json([a_meeting(), a_meeting(date="2026-03-19")])
    with one.reading() as work:
        sittings = work.meetings.all()
    with one.changing() as work:
        for member in members:
            work.members.save(member, reason="导入名册")
    with together.changing() as work:
        work.add("meeting", sittings)
        work.add("member", members, reason="导入名册")
        work.add("member", [])
        assert {"新一", "新二"} <= {member.name for member in work.roster()}
    assert rows(together) == rows(one)
    assert verify(together.path) == ()
    with one.reading() as first, together.reading() as second:
        assert second.members.all() == first.members.all()
        assert second.meetings.all() == first.meetings.all()
        assert second.members.content_of(members[0].id, 1)


def added_anew(kept, into):
    """All of these, by subject, written together into an empty library."""
    with into.changing() as work:
        for subject, records in kept.items():
            work.add(subject, records)


def test_sums_of_rows_just_written_are_those_of_rows_read_back(tmp_path, library, make_stored):
    """Of every kind, each with every field filled: members, sittings, projects, further records."""
    with doors.full_desk(tmp_path) as desk:
        desk.ledger_styles.switch("training", shown=False)
        with desk._library.changing() as work:
            work.records("visits").save(make_stored(work.members.all()[0], work.meetings.all()[0]))
            kept = {store.subject: store.all() for store in work.stores()}
    assert all(len(kept[name]) > 0 for name in ("member", "meeting", "project", "ledger", "visits"))
    added_anew(kept, library)
    with library.reading() as work:
        for store in work.stores():
            uids = [record.id for record in kept[store.subject]]
            found = list(row_sums(work._connection, store.keeping.sheet, uids))
            assert [held for _, held, _ in found] == [true for *_, true in found], store.subject
            assert len(found) == len(uids)
            assert store.get(uids) == {record.id: record for record in kept[store.subject]}
