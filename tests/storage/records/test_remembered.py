"""The roster is read once and known again, and never older than what the library holds."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.storage import meetings
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, a_meeting, a_member, clock


@pytest.fixture
def library(tmp_path):
    with closing(a_library(tmp_path)) as made:
        yield made


def roster(library):
    with library.reading() as work:
        return work.roster()


def stored(library):
    """As it lies there, by a library that remembers nothing."""
    with closing(Library.open(library.path, write=False)) as other, other.reading() as work:
        return work.members.all()


def test_it_is_read_again_only_after_a_change_of_a_member(library):
    known = roster(library)
    assert known == stored(library)
    assert roster(library) is known
    with library.changing(Topic.SETTINGS) as work:
        work.settings.put("summary/2026", {"a": 1})
    assert roster(library) is known
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(replace(known[0], name="张三丰"))
    assert roster(library) is not known
    assert roster(library) == stored(library) != known


@pytest.mark.parametrize("act", ["mark_deleted", "unmark"])
def test_the_bin_counts_too(library, act):
    member = roster(library)[0]
    with library.changing() as work:
        work.members.mark_deleted(member.id)
    roster(library)
    with library.changing() as work:
        getattr(work.members, act)(member.id)
    assert roster(library) == stored(library)


def test_a_change_that_is_not_committed_is_seen_only_inside(library):
    known = roster(library)
    new = a_member("新来")
    halting = pytest.raises(RuntimeError, match="halt")
    with halting, library.changing() as work:
        work.members.save(new)
        raise RuntimeError("halt" if new in work.roster() else "not seen")
    assert roster(library) is known
    with library.changing() as work:
        assert work.roster() is known
        work.members.save(new)
        assert new in work.roster()
    assert new in roster(library)


def test_what_another_program_changed_is_seen(library):
    with closing(Library.open(library.path, write=False)) as reader:
        assert roster(reader) is roster(reader)
        new = a_member("新来")
        with library.changing() as work:
            work.members.save(new)
        assert new in roster(reader)
        with library.changing() as work:
            work.members.save(replace(new, name="改名"))
        assert roster(reader) == stored(library)


def test_two_changes_between_two_readings(library):
    """One that leaves the members alone does not take along what another made old."""
    known = roster(library)
    with library.changing() as work:
        work.members.save(a_member("新来"))
    with library.changing() as work:
        work.settings.put("summary/2026", {"a": 1})
    assert roster(library) == stored(library) != known


@pytest.fixture
def met(library):
    """The library with a sitting."""
    MeetingService(library, clock).import_json([a_meeting()])
    return library


def with_everybody(library, *members):
    """A stored sitting, once more with these members, who stood in no list before."""
    with library.reading() as work:
        sitting = work.meetings.all()[-1]
    stood = (Attendance(Person(m.name, m.id), Presence.PRESENT) for m in members)
    return replace(sitting, attendance=(*sitting.attendance, *stood))


def sittings(library):
    with library.reading() as work:
        return work.meetings.all()


def test_whose_row_is_whose_is_never_older_than_the_roster(met):
    """One who is not stored after all leaves his row to the next, who stands in a sitting then."""
    gone, stays = a_member("没有"), a_member("有的")
    halting = pytest.raises(RuntimeError)
    with halting, met.changing() as work:
        work.members.save(gone)
        work.meetings.save(with_everybody(met, gone))
        assert gone.id in work.meetings.all()[-1].present_ids()
        raise RuntimeError
    with met.changing() as work:
        work.members.save(stays)
        work.meetings.save(with_everybody(met, stays))
    assert stays.id in sittings(met)[-1].present_ids()
    with closing(Library.open(met.path, write=False)) as other:
        assert sittings(other) == sittings(met)
    with pytest.raises(KeyError), met.changing() as work:
        work.meetings.save(with_everybody(met, gone))


def test_who_came_by_another_program_stands_in_a_sitting(met):
    new = [a_member("新来"), a_member("又来")]
    with closing(Library.open(met.path, write=False)) as reader:
        assert sittings(reader) == sittings(met)
        with met.changing() as work:
            work.add("member", new)
            work.meetings.save(with_everybody(met, *new))
        assert {member.id for member in new} <= sittings(reader)[-1].present_ids()
        assert sittings(reader) == sittings(met)


def test_more_ways_of_standing_than_are_kept_are_read_all_the_same(met, monkeypatch):
    known = sittings(met)
    monkeypatch.setattr(meetings, "_KNOWN", 1)
    with closing(Library.open(met.path, write=False)) as other:
        assert sittings(other) == known
        assert sittings(other) == known


def one_of(library):
    with library.reading() as work:
        return work.meetings.one(work.meetings.ids()[0])


def test_a_sitting_read_again_is_as_it_lies_there_and_nobodys_else(met, monkeypatch):
    """Known by its sum it is not read once more; what somebody did to his is his own."""
    read = []
    known = meetings.meeting_from
    monkeypatch.setattr(meetings, "meeting_from", lambda *rows: read.append(1) or known(*rows))
    first = one_of(met)
    first.details["tellers"].append("别人")
    assert one_of(met).details["tellers"] == ["周九"]
    assert read == [1]
    with met.changing() as work:
        saved = work.meetings.save(replace(one_of(met), place="别处"))
        assert work.meetings.one(saved.id) == saved
    with closing(Library.open(met.path, write=False)) as reader:
        assert one_of(reader) == one_of(met) == saved
        with met.changing() as work:
            work.meetings.mark_deleted(saved.id)
        with reader.reading() as work:
            assert work.meetings.one(saved.id) == replace(saved, deleted=True)


def test_a_sitting_that_was_changed_behind_is_not_known_any_more(met):
    sitting = one_of(met)
    with raw(met.path, write=True) as connection:
        connection.execute("UPDATE attendance SET state = 'absent' WHERE position = 1")
    for act in (lambda store: store.one(sitting.id), lambda store: store.save(sitting)):
        with pytest.raises(BlockedError, match="不一致"), met.changing() as work:
            act(work.meetings)


def test_what_is_seen_while_a_member_is_new_is_forgotten(met, monkeypatch):
    """Two who had one row, and one new sitting of the same sum at the same second."""
    moment = "2026-07-01T09:00:00+08:00"
    monkeypatch.setattr("dangjian_desktop.storage.records.store.stamp", lambda: moment)
    gone, stays, uid = a_member("同名"), a_member("同名"), new_id()
    halting = pytest.raises(RuntimeError)
    with halting, met.changing() as work:
        work.members.save(gone)
        work.meetings.save(replace(with_everybody(met, gone), id=uid))
        assert gone.id in work.meetings.one(uid).present_ids()
        raise RuntimeError
    with met.changing() as work:
        work.members.save(stays)
        work.meetings.save(replace(with_everybody(met, stays), id=uid))
    with met.reading() as work:
        assert stays.id in work.meetings.one(uid).present_ids()
