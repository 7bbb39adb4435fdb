"""Every saved state reads back as it was; what was changed behind the program is noticed."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain.meetings.meeting import AgendaItem, Attendance, Presence
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.deltas import delta, restored
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.revisions import WHOLE_EVERY, RevisionStore
from dangjian_desktop.storage.stored import Stored
from dangjian_desktop.storage.work import Work

BYTES = st.binary(max_size=60)
LONG = st.builds(lambda part, times: part * times, st.text(max_size=30), st.integers(1, 4000))


@settings(max_examples=60, deadline=None, database=None)
@given(old=BYTES | LONG.map(str.encode), new=BYTES | LONG.map(str.encode))
def test_an_old_text_comes_back_from_its_difference(old: bytes, new: bytes) -> None:
    assert restored(delta(old, new), new) == old


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_sequence_of_saves_reads_back_exactly(library, a_member, a_meeting, data) -> None:
    """Members, meetings and records of a further kind, saved and put in the bin in any order."""
    person = a_member()
    first: dict[str, Any] = {
        "member": person,
        "meeting": a_meeting(host=Person(person.name, person.id)),
        "visits": Stored(id=new_id(), title="走访", body={"what": "慰问"}),
    }
    present, kept = {}, {subject: [] for subject in first}
    with library.changing() as work:
        for subject, record in first.items():
            present[subject] = work.of(subject).save(record)
            kept[subject].append(present[subject])
        steps = st.lists(st.tuples(st.sampled_from(sorted(first)), LONG | st.none()), max_size=30)
        for subject, text in data.draw(steps):
            store = work.of(subject)
            changed = _changed(present[subject], text)
            saved = store.save(changed)
            assert saved == changed
            if to_json(saved) != to_json(present[subject]):
                kept[subject].append(saved)
            present[subject] = saved
        for subject, states in kept.items():
            store, uid = work.of(subject), present[subject].id
            assert [r.number for r in store.revisions(uid)] == [*range(1, len(states) + 1)]
            assert [store.version(uid, n + 1) for n in range(len(states))] == states
    assert verify(library.path) == ()


def _changed(record: Any, text: str | None) -> Any:
    if text is None:
        return replace(record, deleted=not record.deleted)
    if isinstance(record, Stored):
        return replace(record, body={"what": text}, title=text[:9])
    if hasattr(record, "agenda"):
        return replace(record, agenda=(AgendaItem(id="1", topic=text, content=(text,)),))
    return replace(record, note=text)


def test_every_twentieth_state_stands_alone_and_the_newest_is_the_record(
    library, a_meeting
) -> None:
    meeting = a_meeting(closing="一" * 9000)
    with library.changing() as work:
        for number in range(2 * WHOLE_EVERY + 3):
            work.meetings.save(replace(meeting, place=f"{number}号会议室"))
        assert work.meetings.version(meeting.id, 1).place == "0号会议室"
    with raw(library.path) as connection:
        rows = connection.execute(
            "SELECT number, content, length(delta), whole FROM revision ORDER BY number"
        ).fetchall()
    assert [n for n, _text, _size, whole in rows if whole] == [20, 40]
    assert {text for _n, text, _size, _whole in rows} == {""}
    assert rows[-1][2] is None
    assert all(size < 200 for _n, _text, size, whole in rows[:-1] if not whole)


def test_a_text_of_version_0_1_0_stays_as_it_is(library, a_meeting) -> None:
    meeting = a_meeting(closing="原样")
    with library.changing() as work:
        work.meetings.save(meeting)
    with raw(library.path, write=True) as connection:
        connection.execute("UPDATE revision SET content = ?", (to_json(meeting),))
    with library.changing() as work:
        work.meetings.save(replace(meeting, closing="改后"))
        work.meetings.save(replace(meeting, closing="再改"))
        closings = [work.meetings.version(meeting.id, n).closing for n in (1, 2, 3)]
    assert closings == ["原样", "改后", "再改"]
    with raw(library.path) as connection:
        (row,) = connection.execute("SELECT content, delta FROM revision WHERE number = 1")
    assert row == (to_json(meeting), None)


CHANGED_BEHIND = {
    "UPDATE meeting SET title = '偷改'": "会议记录“偷改”",
    "UPDATE attendance SET name = '偷改'": "会议记录“第一季度支部党员大会”",
    "UPDATE member_span SET value = 'probationary'": "党员记录“张三”",
    "UPDATE record SET body = '{}'": "台账记录“走访”",
    "UPDATE record_person SET name = '别人'": "台账记录“走访”",
    "DELETE FROM record_file": "台账记录“走访”",
    "UPDATE revision SET delta = zeroblob(30) WHERE number = 1": "会议记录{meeting}的第1次保存",
    "UPDATE revision SET checksum = '1:0' WHERE number = 1": "会议记录{meeting}的第1次保存",
    "DELETE FROM record_link": "台账记录“走访”",
}


@pytest.fixture
def lived_in(library, a_member, a_meeting, make_stored):
    """A library with a record of each kind, a meeting saved twice, and a file."""
    person, meeting = a_member(), a_meeting()
    sitting = replace(meeting, attendance=(_there(person),))
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(sitting)
        work.meetings.save(replace(sitting, place="三楼"))
        work.records("visits").save(make_stored(person, meeting))
    assert verify(library.path) == ()
    return library, meeting.id


def _there(person: Any) -> Any:
    return Attendance(Person(person.name, person.id), Presence.PRESENT)


@pytest.mark.parametrize("change", CHANGED_BEHIND)
def test_what_was_changed_behind_is_named(lived_in, change) -> None:
    library, meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute(change)
    found = verify(library.path)
    assert any(
        problem.startswith(CHANGED_BEHIND[change].format(meeting=meeting)) for problem in found
    )


def test_a_dead_link_is_named(lived_in) -> None:
    library, _meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in ("meeting_kind", "attendance", "meeting", "revision"):
            connection.execute(f"DELETE FROM {table}")
    (problem,) = verify(library.path)
    assert problem.startswith("台账记录“走访”关联的会议记录")
    assert problem.endswith("不在资料库中。")


def test_a_file_that_only_a_record_knows_is_named_with_its_record(lived_in) -> None:
    library, _meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute("DELETE FROM attachment")
    assert verify(library.path) == ("台账记录“走访”的附件“合影.jpg”没有在资料库中登记。",)


def test_a_file_of_a_record_that_is_not_there_is_named(lived_in) -> None:
    library, _meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute(
            "INSERT INTO record_file (subject, uid, field, attachment)"
            " SELECT 'project', 'p-1', 'evidence', sha256 FROM attachment"
        )
        (name,) = connection.execute("SELECT name FROM attachment").fetchone()
    assert verify(library.path) == (f"登记了附件“{name}”的项目记录p-1不在资料库中。",)


def test_one_record_that_was_changed_behind_is_not_read(lived_in) -> None:
    library, meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute("UPDATE meeting SET title = '偷改'")
    with pytest.raises(BlockedError, match="会议记录"), library.reading() as work:
        work.meetings.one(meeting)


def test_a_state_that_was_changed_behind_is_not_read(lived_in) -> None:
    library, meeting = lived_in
    with raw(library.path, write=True) as connection:
        connection.execute("UPDATE revision SET delta = zeroblob(40) WHERE delta NOT NULL")
    with library.reading() as work:
        assert work.meetings.one(meeting) is not None
    with pytest.raises(BlockedError, match="第1次保存"), library.reading() as work:
        work.meetings.version(meeting, 1)


@pytest.mark.parametrize("spoiled", [bytes(30), zlib.compress(b"{}")], ids=["none", "other"])
def test_a_difference_whose_base_is_damaged_takes_the_older_ones_along_and_no_newer(
    library, a_meeting, spoiled
) -> None:
    sitting = a_meeting()
    with library.changing() as work:
        for number in range(1, 8):
            work.meetings.save(replace(sitting, place=f"第{number}处"))
    with raw(library.path, write=True) as connection:
        connection.execute("UPDATE revision SET delta = ?, whole = 1 WHERE number = 4", (spoiled,))
    named = [re.search(r"第(\d)次保存", problem)[1] for problem in verify(library.path)]
    assert sorted(named) == ["1", "2", "3", "4"]
    with library.changing() as work:
        store = work.meetings
        assert [store.version(sitting.id, n).place for n in (5, 6, 7)] == [
            "第5处",
            "第6处",
            "第7处",
        ]
        for number in (1, 4):
            with pytest.raises(BlockedError, match=f"第{number}次保存"):
                store.version(sitting.id, number)
        store.save(replace(store.one(sitting.id), place="第8处"))
        assert [store.version(sitting.id, n).place for n in (7, 8)] == ["第7处", "第8处"]


def test_a_state_that_was_never_saved_is_none(lived_in) -> None:
    library, meeting = lived_in
    with library.reading() as work:
        for number in (0, 3):
            with pytest.raises(KeyError):
                work.meetings.version(meeting, number)


def test_the_number_that_printing_fixes_is_summed(library, a_meeting) -> None:
    meeting = a_meeting()
    with library.changing() as work:
        work.meetings.save(meeting)
        work.prints.fix_number(meeting.id, "general_meeting", 3)
        assert work.meetings.one(meeting.id).number == 3
        assert work.meetings.save(meeting).number == 3
    assert verify(library.path) == ()


def test_the_number_that_printing_fixes_leaves_the_states_before_it_whole(
    library, a_meeting
) -> None:
    """They are kept as what differs from the newest state, which the number changes."""
    sitting = a_meeting()
    with library.changing() as work:
        for place in ("一楼", "二楼", "三楼"):
            work.meetings.save(replace(sitting, place=place))
        work.prints.fix_number(sitting.id, "general_meeting", 3)
        work.prints.fix_number(sitting.id, "theme_day", 4)
    assert verify(library.path) == ()
    with library.reading() as work:
        places = [work.meetings.version(sitting.id, number).place for number in (1, 2, 3)]
    assert places == ["一楼", "二楼", "三楼"]


def test_many_records_are_read_in_one_breath(library, a_meeting) -> None:
    """The newest states of a whole table come with the records, not one by one."""
    with library.changing() as work:
        for number in range(30):
            work.meetings.save(a_meeting(title=f"第{number}次"))
    with engine_for(library.path, write=False).begin() as connection:
        work = Work(connection)
        texts = {m.id: to_json(m) for m in work.meetings.all()}
        found = list(RevisionStore(connection).every("meeting", texts))
    assert {uid: text for uid, _number, text in found} == texts


def test_a_clock_that_jumps_changes_no_order_and_no_state(library, a_meeting, monkeypatch) -> None:
    moments = iter(f"{year}-01-01T00:00:00+08:00" for year in (2040, 2026, 1999, 2031, 1970))
    monkeypatch.setattr("dangjian_desktop.storage.records.revisions.stamp", lambda: next(moments))
    sitting = a_meeting(place="第1处")
    for number in range(1, 6):
        with library.changing() as work:
            work.meetings.save(replace(sitting, place=f"第{number}处"))
    with library.reading() as work:
        told = [state.number for state in work.meetings.revisions(sitting.id)]
        places = [work.meetings.version(sitting.id, number).place for number in told]
        assert work.meetings.one(sitting.id).place == "第5处"
    assert told == [1, 2, 3, 4, 5]
    assert places == [f"第{number}处" for number in told]
    assert verify(library.path) == ()


def test_a_second_library_that_only_reads_sees_each_change_and_finds_it(
    library, a_member, a_meeting
) -> None:
    second = Library.open(library.path, write=False)
    for number in range(3):
        with library.changing() as work:
            work.members.save(a_member(f"张{number}"))
            work.meetings.save(a_meeting(title=f"大会{number}", place=f"第{number}会议室"))
        if number == 1:
            library.rebuild_index()
        with second.reading() as work:
            assert {m.name for m in work.roster()} >= {f"张{n}" for n in range(number + 1)}
            (found,), many = work.found("meeting", f"第{number}会议室", 50)
            assert (many, work.meetings.one(found).title) == (1, f"大会{number}")
            assert work.found("meeting", "会议室", 50)[1] == number + 1
    second.close()
