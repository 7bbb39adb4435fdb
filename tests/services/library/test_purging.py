"""彻底删除: what lies in the bin goes for good, of every kind, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.projects.project import MeetingLink
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.holding import Held, Holding
from dangjian_desktop.services.printed_minutes import keep_printed
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.minutes import minutes_folder
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import has_password, let_go
from dangjian_desktop.storage.records.batches import Batch, Touched
from tests.services.library.history_world import (
    a_desk,
    everything,
    put_meeting,
    put_member,
    put_project,
)
from tests.services.make import clock
from tests.services.talks.talks_world import PASSWORD, a_talk, talks
from tests.services.talks.talks_world import a_desk as talking
from tests.storage.pages import clear_pages

WHY = "按规定销毁"
REGULATION = {
    "regulation": "学习制度",
    "kind": "education",
    "change": "made",
    "reason": "上级要求",
    "responsible": ["张三"],
    "effective": "2026-03-20",
}
PLAIN = {"agenda": [{"topic": "学习", "matter": "general"}]}
ADMISSION = {"agenda": [{"topic": "讨论接收预备党员", "matter": "admission", "person": "孙八"}]}


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made._library.close()


def said(caught) -> str:
    return "\n".join(issue.message for issue in caught.value.issues)


def rows_with(path: Path, uid: str) -> dict[str, int]:
    """In how many rows of which table a text stands."""
    found = {}
    with raw(path) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(query).fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            if count := sum(uid in str(value) for row in rows for value in row):
                found[table] = count
    return found


def test_everything_of_every_kind_goes_and_only_a_trace_stays(desk):
    things = everything(desk)
    for thing in things:
        thing.delete("误录")
    heard = []
    desk.announce = heard.append
    done = desk.purges.purge([thing.uid for thing in things], WHY)
    assert [each.id for each in done.items] == [thing.uid for thing in things]
    assert done.left == ""
    assert heard
    assert desk.bin.listed() == ()
    for thing in things:
        assert rows_with(desk.path, thing.uid).keys() == {"journal"}
        assert rows_with(desk.path, thing.title) == {}
        with pytest.raises(InputError, match="没有编号为"):
            desk.versions.history(thing.uid)
    assert verify(desk.path) == ()
    [act] = desk.purges.acts()
    assert act == done.act
    assert (act.reason, act.by, act.files) == (WHY, "窗口", 0)
    assert act.host
    assert dict(act.kinds) == {thing.kind: 1 for thing in things}


# --- nothing is left of it ---

GIST = "这几句话以后谁也不应该再看到"
SCAN = b"%PDF-1.7 signed by hand" * 200


def put_spread(desk, tmp_path, number=1) -> str:
    """A sitting with these words in three states, in a draft here and outside, printed, and with a
    file that another program is looking at."""
    scan = tmp_path / f"签到{number}.pdf"
    scan.write_bytes(SCAN + str(number).encode())
    file = desk.record_files.keep(scan)
    uid = put_meeting(desk, closing=GIST * 40, date=f"2026-03-{number:02d}")
    for more in range(2):
        meeting = desk.meetings.one(uid)
        desk.meetings.save(replace(meeting, closing=f"{GIST}。" * (60 + more), files=(file,)))
    desk.meetings.delete(uid, "误录")
    desk.drafts.put("meeting", uid, {"closing": GIST})
    with desk._library.changing() as work:
        work.prints.add("minutes", uid, 3)
        identity = work.identity
    keep_printed(desk._library, [uid])
    Holding().put(Held(identity, "甲", "meeting", uid, {"closing": GIST}, "2026-03-05T09:00:00"))
    lent = lent_folder() / "copy"
    lent.mkdir(parents=True, exist_ok=True)
    (lent / "签到.pdf").write_bytes(scan.read_bytes())
    return uid


def put_rule(desk, *links):
    """A row of a ledger that is linked to these sittings."""
    row = desk.ledgers.read("regulations", REGULATION)
    return desk.ledgers.save(replace(row, values={**row.values, "meeting": links}))


def file_of(desk, uid):
    with desk._library.reading() as work:
        return work.meetings.one(uid).files[0]


def below(*folders: Path) -> list[Path]:
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def test_the_words_are_in_no_page_no_file_and_no_index(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    while desk._library.tend_index():
        pass
    before = clear_pages(desk.path)
    assert GIST.encode() in before
    assert len(below(minutes_folder(desk.path))) == 1
    done = desk.purges.purge([uid], WHY)
    assert done.act.files == 1
    after = clear_pages(desk.path)
    assert GIST.encode() not in after
    assert GIST.encode()[:12] not in after
    assert below(folder_of(desk.path), minutes_folder(desk.path), lent_folder()) == []
    with desk._library.reading() as work:
        assert Holding().all(work.identity) == ()
        assert work.behind == 0
    assert desk.search.find("谁也不应该") == ([], 0)
    journals = desk.path.parent.glob("*-journal")
    assert [file for file in journals if file.stat().st_size] == []
    assert verify(desk.path) == ()


def test_the_index_holds_no_place_of_it_and_is_right_for_the_rest(desk, tmp_path):
    other = put_meeting(desk, closing="安全生产十五条", date="2026-02-03")
    uid = put_spread(desk, tmp_path)
    while desk._library.tend_index():
        pass
    held = rows_of_index(desk.path)
    desk.purges.purge([uid], WHY)
    assert rows_of_index(desk.path) < held
    [hit] = desk.search.find("十五条")[0]
    assert hit.id == other
    # Whoever comes next may get its place in the table.
    third = put_meeting(desk, closing="另一次的话", date="2026-03-09")
    while desk._library.tend_index():
        pass
    assert [hit.id for hit in desk.search.find("另一次")[0]] == [third]
    assert desk.search.find("谁也不应该")[1] == 0


def rows_of_index(path: Path) -> int:
    """How many bytes its parts take."""
    with raw(path) as connection:
        return connection.execute("SELECT sum(length(block)) FROM terms_data").fetchone()[0]


# --- the copy, the reason ---


def test_a_copy_is_made_before_and_still_holds_it(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    done = desk.purges.purge([uid], WHY)
    [newest] = [kept for kept in kept_copies(desk.path) if kept.reason == "清除前"]
    assert newest.file == done.copy
    assert verify(newest.file) == ()
    assert uid in {each.uid for each in in_copy(newest.file)}
    assert GIST.encode() in clear_pages(newest.file)
    assert below(folder_of(newest.file)) != []


def in_copy(file):
    desk = open_desk(file, write=False)
    with desk._library.reading() as work:
        found = work.thrown()
    desk._library.close()
    return found


def test_where_no_copy_can_be_made_nothing_goes(desk, tmp_path, monkeypatch):
    uid = put_spread(desk, tmp_path)

    def full(*_args, **_more):
        raise BlockedError("磁盘已满。", "请删除一些文件。")

    monkeypatch.setattr("dangjian_desktop.services.library.copying.backup", full)
    with pytest.raises(
        BlockedError, match="清除前的备份没有做成，没有彻底删除任何内容。磁盘已满。"
    ):
        desk.purges.purge([uid], WHY)
    assert [each.id for each in desk.bin.listed()] == [uid]
    assert desk.purges.acts() == ()


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b"])
def test_a_reason_is_asked(desk, tmp_path, reason):
    uid = put_spread(desk, tmp_path)
    with pytest.raises(InputError, match="没有写原因"):
        desk.purges.purge([uid], reason)
    assert kept_copies(desk.path) == ()
    with pytest.raises(InputError, match="太长"):
        desk.purges.purge([uid], "长" * 201)


def test_what_is_in_use_or_gone_cannot_be_purged(desk):
    used = put_meeting(desk)
    for uid in (used, "x"):
        with pytest.raises(InputError) as caught:
            desk.purges.purge([uid], WHY)
        assert f"回收站里没有编号为 {uid} 的内容。" in said(caught)
    desk.meetings.delete(used)
    desk.purges.purge([used, used], WHY)
    with pytest.raises(InputError):
        desk.purges.purge([used], WHY)
    assert len(desk.purges.acts()) == 1


def test_a_library_opened_for_reading_purges_nothing_and_makes_no_copy(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    desk._library.close()
    reading = open_desk(desk.path, write=False)
    assert reading.purges.plan([uid]).versions == 3
    before = len(kept_copies(desk.path))
    with pytest.raises(BlockedError, match="只读"):
        reading.purges.purge([uid], WHY)
    assert len(kept_copies(desk.path)) == before
    reading._library.close()


# --- what it means is said before ---


def test_the_plan_counts_what_goes_and_what_stays(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    before = desk.path.read_bytes()
    plan = desk.purges.plan([uid])
    assert (plan.versions, plan.drafts, plan.files, plan.shared) == (3, 1, 1, 0)
    assert plan.going == (
        "1 条记录（会议 1），和搜索索引里的内容",
        "它们以前的 3 个版本",
        "没保存的草稿 1 份",
        "只有它们用到的附件 1 个",
    )
    assert desk.path.read_bytes() == before


def test_a_file_that_something_else_has_or_once_had_stays(desk, tmp_path):
    first = put_spread(desk, tmp_path)
    file = file_of(desk, first)
    other = put_meeting(desk, date="2026-02-03")
    desk.meetings.save(replace(desk.meetings.one(other), files=(file,)))
    desk.meetings.save(replace(desk.meetings.one(other), files=()))
    plan = desk.purges.plan([first])
    assert (plan.files, plan.shared) == (0, 1)
    assert "别的记录（含以前的版本）也用到的附件 1 个" in plan.staying
    desk.purges.purge([first], WHY)
    assert len(below(folder_of(desk.path))) == 1
    desk.versions.restore(other, 2)
    assert desk.record_files.hand_out(desk.meetings.one(other).files[0], tmp_path).read_bytes()
    assert verify(desk.path) == ()
    # Together with the other it goes.
    desk.meetings.delete(other)
    desk.purges.purge([other], WHY)
    assert below(folder_of(desk.path)) == []


def test_a_file_that_a_draft_has_stays(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    file = file_of(desk, uid)
    draft = {"files": [{"sha256": file.sha256}]}
    desk.drafts.put("meeting", "22222222-2222-4222-8222-222222222222", draft)
    assert desk.purges.plan([uid]).shared == 1


def test_minutes_that_are_kept_for_years_elsewhere_are_told_with_the_source(desk):
    plain, voted = put_meeting(desk, **PLAIN), put_meeting(desk, date="2026-02-03", **ADMISSION)
    for uid in (plain, voted):
        desk.meetings.delete(uid)
    assert desk.purges.plan([plain]).kept == ()
    kept = desk.purges.plan([plain, voted]).kept
    assert "保管 30 年" in kept[0]
    assert "第三十六条" in kept[0]
    assert "（1 次）" in kept[0]
    assert "高校" in kept[-1]
    desk.purges.purge([plain, voted], WHY)


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


# --- with a password ---


@pytest.fixture
def protected(tmp_path, quick_passwords):
    with talking(tmp_path, protected=True) as made:
        yield made


def put_talk(desk, gist=GIST * 30, **more) -> str:
    uid = talks(desk).import_json(a_talk(gist=gist, **more))["ids"][0]
    talks(desk).delete(uid, "误录")
    return uid


def test_a_talk_is_in_no_page_of_a_library_with_a_password(protected):
    uid = put_talk(protected)
    assert GIST.encode() in clear_pages(protected.path)
    protected.purges.purge([uid], WHY)
    assert GIST.encode() not in clear_pages(protected.path)
    assert has_password(protected.path)
    assert verify(protected.path) == ()


def test_a_password_goes_when_the_last_words_are_gone_and_copies_keep_theirs(protected):
    path, uid = protected.path, put_talk(protected)
    protected._library.close()
    with pytest.raises(BlockedError) as caught:
        passwords.remove_password(path, PASSWORD)
    assert "谈心谈话 1 条（其中回收站 1 条）" in str(caught.value)
    assert "彻底删除" in caught.value.remedy
    desk = open_desk(path, clock=clock)
    copy = desk.purges.purge([uid], WHY).copy
    after = desk.copies.backup().file
    desk._library.close()
    done = passwords.remove_password(path, PASSWORD)
    assert (done.copies, done.left) == (1, (copy,))
    let_go()
    assert not has_password(path)
    assert not has_password(after)
    assert has_password(copy)
    for file in below(path.parent):
        assert (
            file == copy
            or not file.name.endswith(".dangjian")
            or (GIST.encode() not in clear_pages(file))
        )
    desk = open_desk(path, clock=clock)
    [act] = desk.purges.acts()
    assert (dict(act.kinds), act.reason) == ({"谈心谈话": 1}, WHY)
    desk._library.close()
    passwords.unlock(copy, PASSWORD)
    assert verify(copy) == ()
    assert {each.uid for each in in_copy(copy)} == {uid}


def test_a_talk_in_use_and_a_draft_stand_in_the_way_each_in_its_place(protected):
    uid = put_talk(protected)
    talks(protected).import_json(a_talk(day="2026-03-06", gist="还有"))
    protected.drafts.put("heart_talk", "22222222-2222-4222-8222-222222222222", {"gist": "草"})
    protected.purges.purge([uid], WHY)
    protected._library.close()
    with pytest.raises(BlockedError, match="谈心谈话 1 条、谈心谈话草稿 1 份。不能去掉密码"):
        passwords.remove_password(protected.path, PASSWORD)
