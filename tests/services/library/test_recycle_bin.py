"""回收站: everything deleted of every kind, brought back alone or together, or refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.storage.stored import Stored
from tests.services.library.history_world import (
    a_desk,
    everything,
    put_meeting,
    put_member,
    put_project,
)
from tests.services.make import a_meeting


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made._library.close()


def said(caught) -> str:
    return "\n".join(issue.message for issue in caught.value.issues)


def subjects(desk) -> set[str]:
    """Every subject that the library itself says it has."""
    with desk._library.reading() as work:
        return {store.subject for store in work.stores()}


def test_what_was_deleted_of_every_kind_is_listed_and_comes_back(desk):
    things = everything(desk)
    assert desk.bin.listed() == ()
    for thing in things:
        thing.delete("录重了")
    found = {each.id: each for each in desk.bin.listed()}
    assert {each.subject for each in found.values()} == subjects(desk)
    for thing in things:
        binned = found[thing.uid]
        assert (binned.kind, binned.title) == (thing.kind, thing.title)
        assert binned.reason == ("删除台账" if thing.kind == "台账样式" else "录重了")
        assert binned.at[:2] == "20"
    assert str(found[things[1].uid].day) == "2026-03-18"
    heard = []
    desk.announce = heard.append
    back = desk.bin.restore([thing.uid for thing in things])
    assert {each.id for each in back} == set(found)
    assert desk.bin.listed() == ()
    told = {Topic.MEMBERS, Topic.MEETINGS, Topic.PROJECTS, Topic.LEDGERS}
    assert told <= frozenset().union(*heard)
    desk.bin.send_back(back)
    again = {each.id: each.reason for each in desk.bin.listed()}
    assert again == {uid: each.reason for uid, each in found.items()}


def test_the_newest_deletion_comes_first_and_no_reason_stays_none(desk, monkeypatch):
    meeting = put_meeting(desk)
    project = put_project(desk)
    stamps = iter(f"2026-03-31T09:00:{n:02d}+08:00" for n in range(60))
    monkeypatch.setattr("dangjian_desktop.storage.records.store.stamp", lambda: next(stamps))
    desk.projects.delete(project)
    desk.meetings.delete(meeting)
    assert [(each.id, each.reason) for each in desk.bin.listed()] == [(meeting, ""), (project, "")]


def test_what_is_not_in_the_bin_is_refused_and_nothing_comes_back(desk):
    meeting, project = put_meeting(desk), put_project(desk)
    desk.meetings.delete(meeting, "误录")
    for other in (project, "x"):
        with pytest.raises(InputError) as caught:
            desk.bin.restore([meeting, other])
        assert f"回收站里没有编号为 {other} 的内容。" in said(caught)
        assert [each.id for each in desk.bin.listed()] == [meeting]
    desk.bin.restore([meeting])
    with pytest.raises(InputError, match="没有恢复"):
        desk.bin.restore([meeting])


TWINS = [
    {"id_number": "110101199003070011", "birth_date": PartialDate(1990, 3, 7)},
    {"birth_date": PartialDate(1990, 3, 7)},
    {},
]


@pytest.mark.parametrize("known", TWINS)
def test_a_member_who_was_entered_anew_does_not_come_back_twice(desk, known):
    gone = put_member(desk, **known)
    desk.roster.delete(gone.id, "误录")
    # Who is known by the number is the same person under another spelling, too.
    put_member(desk, name="何拾壹" if "id_number" in known else "何十一", **known)
    with pytest.raises(InputError) as caught:
        desk.bin.restore([gone.id])
    assert "党员“何十一”：已有同一内容的记录在用：何" in said(caught)
    assert "110101" not in said(caught)
    assert [each.id for each in desk.bin.listed()] == [gone.id]


def test_a_namesake_born_on_another_day_comes_back(desk):
    gone = put_member(desk, birth_date=PartialDate(1990, 3, 7))
    desk.roster.delete(gone.id)
    put_member(desk, birth_date=PartialDate(1985, 1, 2))
    desk.bin.restore([gone.id])
    assert desk.bin.listed() == ()


def test_two_of_the_same_do_not_come_back_together(desk):
    twins = [put_member(desk, birth_date=PartialDate(1990, 3, 7)) for _ in range(2)]
    for twin in twins:
        desk.roster.delete(twin.id)
    with pytest.raises(InputError) as caught:
        desk.bin.restore([twin.id for twin in twins])
    assert len(caught.value.issues) == 2
    assert len(desk.bin.listed()) == 2


def test_a_meeting_and_a_project_do_not_come_back_beside_their_equals(desk):
    meeting, project = put_meeting(desk), put_project(desk)
    desk.meetings.delete(meeting, "误录")
    desk.projects.delete(project, "误录")
    put_meeting(desk)
    put_project(desk)
    with pytest.raises(InputError) as caught:
        desk.bin.restore([meeting, project])
    assert "会议“2026年第一季度支部党员大会”：已有同一内容的记录在用：" in said(caught)
    assert "项目“" in said(caught)
    assert len(caught.value.issues) == 2


def test_a_meeting_comes_back_with_its_members_or_not_at_all(desk):
    member = put_member(desk)
    plan = a_meeting(stated=None)
    plan["attendance"]["present"] = [*plan["attendance"]["present"], "何十一"]
    meeting = put_meeting(desk, **plan)
    desk.meetings.delete(meeting, "误录")
    desk.roster.delete(member.id, "误录")
    with pytest.raises(InputError) as caught:
        desk.bin.restore([meeting])
    assert "其中的何十一在回收站里，请先恢复何十一" in said(caught)
    assert len(desk.bin.listed()) == 2
    desk.bin.restore([meeting, member.id])
    assert desk.bin.listed() == ()


def test_what_the_library_no_longer_declares_comes_back_all_the_same(desk):
    with desk._library.changing() as work:
        store = work.records("ledger:from_elsewhere")
        store.save(Stored(id="u-1", title="别处的记录", body={"values": {"a": "甲"}}))
        store.mark_deleted("u-1", reason="误录")
    [binned] = desk.bin.listed()
    assert (binned.kind, binned.title, binned.reason) == ("台账", "别处的记录", "误录")
    desk.bin.restore(["u-1"])
    with desk._library.reading() as work:
        assert work.records("ledger:from_elsewhere").one("u-1") == replace(
            Stored(id="u-1", title="别处的记录", body={"values": {"a": "甲"}})
        )
