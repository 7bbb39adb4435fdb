"""彻底删除, and what others have to do with it: who names it, links to it, came with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.projects.project import MeetingLink
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.library.holding import Held, Holding
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.records.batches import Batch, Touched
from tests.services.library.history_world import (
    a_desk,
    put_meeting,
    put_member,
    put_project,
)
from tests.services.library.purging_world import (
    WHY,
    put_rule,
    said,
)
from tests.services.make import clock


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made._library.close()


# --- what others have to do with it ---


def test_a_member_whom_something_names_stays_until_that_goes_too(desk):
    member = put_member(desk)
    meeting = put_meeting(desk, host="何十一")
    desk.meetings.delete(meeting)
    desk.roster.delete(member.id)
    with pytest.raises(InputError) as caught:
        desk.purges.plan([member.id])
    assert "党员“何十一”：会议“2026年第一季度支部党员大会”写到或关联着它" in said(caught)
    desk.purges.purge([member.id, meeting], WHY)
    assert desk.bin.listed() == ()
    assert verify(desk.path) == ()


def test_a_member_whom_a_draft_names_stays(desk):
    member = put_member(desk)
    desk.roster.delete(member.id)
    other = "22222222-2222-4222-8222-222222222222"
    desk.drafts.put("meeting", other, {"host": {"member_id": member.id}})
    with pytest.raises(InputError) as caught:
        desk.purges.plan([member.id])
    assert "会议没保存的草稿写到或关联着它" in said(caught)
    desk.drafts.drop("meeting", other)
    desk.purges.purge([member.id], WHY)


def test_a_version_that_names_a_purged_member_does_not_come_back(desk):
    member = put_member(desk)
    meeting = put_meeting(desk, host="何十一")
    desk.meetings.save(replace(desk.meetings.one(meeting), host=None))
    desk.roster.delete(member.id)
    desk.purges.purge([member.id], WHY)
    assert any("何十一" in line.text for line in desk.versions.lines(meeting, 1))
    with pytest.raises(InputError) as caught:
        desk.versions.restore(meeting, 1)
    assert "已经彻底删除" in said(caught)
    assert verify(desk.path) == ()


def test_what_is_linked_says_that_it_is_gone_and_verifying_has_no_finding(desk):
    meeting = put_meeting(desk)
    link = Link("meeting", meeting)
    row = put_rule(desk, link)
    desk.meetings.delete(meeting)
    plan = desk.purges.plan([meeting])
    assert plan.linking == 1
    assert "有 1 条记录关联着它们，关联处以后显示“已彻底删除”" in plan.staying
    desk.purges.purge([meeting], WHY)
    assert desk.link_titles([link]) == {link: "（已彻底删除）"}
    lines = {line.label: line.text for line in desk.versions.lines(row.id, 1)}
    assert "（已彻底删除）" in lines.values()
    assert verify(desk.path) == ()
    # It is saved as others are.
    desk.ledgers.save(replace(row, values={**row.values, "document": "支发〔2026〕3号"}))
    assert verify(desk.path) == ()


def test_a_record_deleted_past_the_program_is_still_missed(desk):
    meeting, other = put_meeting(desk), put_meeting(desk, date="2026-02-03")
    put_rule(desk, *(Link("meeting", uid) for uid in (meeting, other)))
    desk.meetings.delete(meeting)
    desk.purges.purge([meeting], WHY)
    desk._library.close()
    with raw(desk.path, write=True) as connection:
        connection.execute("DELETE FROM meeting WHERE uid = ?", (other,))
    [problem] = verify(desk.path)
    assert other in problem
    assert meeting not in problem
    with pytest.raises(BlockedError, match="损坏"):
        open_desk(desk.path)


def test_a_sitting_that_a_project_carries_stays(desk):
    meeting, project = put_meeting(desk), put_project(desk)
    kept = desk.projects.one(project)
    desk.projects.save(replace(kept, meetings=(MeetingLink(meeting),)))
    desk.meetings.delete(meeting)
    with pytest.raises(InputError) as caught:
        desk.purges.plan([meeting])
    assert f"项目“{kept.title}”写到或关联着它" in said(caught)
    desk.projects.save(replace(desk.projects.one(project), meetings=()))
    desk.purges.purge([meeting], WHY)
    with pytest.raises(InputError) as caught:
        desk.versions.restore(project, 2)
    assert "已经彻底删除" in said(caught)
    assert verify(desk.path) == ()


def test_an_import_of_which_one_was_purged_can_be_taken_back_for_the_rest(desk):
    gone = put_member(desk, birth_date=PartialDate(1990, 3, 7))
    stays = put_member(desk, name="何十二")
    with desk._library.changing() as work:
        touched = tuple(Touched("member", uid, 1) for uid in (gone.id, stays.id))
        work.batches.add(Batch("b", "名册.xlsx", clock().date(), touched))
    desk.roster.delete(gone.id)
    desk.purges.purge([gone.id], WHY)
    assert desk.imports.undo("b") == (1, 0)


def test_a_record_that_comes_in_again_is_one_like_others(desk):
    uid = put_meeting(desk)
    [told] = desk.meetings.records.as_json([desk.meetings.one(uid)])
    desk.meetings.delete(uid)
    desk.purges.purge([uid], WHY)
    desk.meetings.import_json(told)
    assert desk.meetings.one(uid).title == told["title"]
    assert verify(desk.path) == ()


def test_a_draft_outside_that_outlived_the_purge_is_offered_no_more(desk):
    uid = put_meeting(desk)
    desk.meetings.delete(uid)
    desk.purges.purge([uid], WHY)
    with desk._library.reading() as work:
        identity = work.identity
    for of in (uid, "22222222-2222-4222-8222-222222222222"):
        held = Held(identity, "甲", "meeting", of, {"title": "会"}, "2026-03-05T09:00:00+08:00")
        Holding().put(held)
    assert [waiting.held.uid[0] for waiting in desk.unsaved.waiting()] == ["2"]
    assert [held.uid[0] for held in Holding().all(identity)] == ["2"]


def test_what_is_exported_and_read_back_knows_of_the_purge(desk, tmp_path):
    meeting = put_meeting(desk)
    put_rule(desk, Link("meeting", meeting))
    desk.meetings.delete(meeting)
    act = desk.purges.purge([meeting], WHY).act
    folder = export_all(desk.path, tmp_path / "全部", clock=clock).folder
    told = [file for file in folder.rglob("*") if file.is_file()]
    assert any(meeting.encode() in file.read_bytes() for file in told)
    back = tmp_path / "读回" / "支部.dangjian"
    back.parent.mkdir()
    import_all(folder, back)
    assert verify(back) == ()
    other = open_desk(back)
    assert other.purges.acts() == (act,)
    link = Link("meeting", meeting)
    assert other.link_titles([link]) == {link: "（已彻底删除）"}
    other._library.close()
