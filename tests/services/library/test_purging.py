"""彻底删除: what lies in the bin goes for good, of every kind, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library.holding import Holding
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.minutes import minutes_folder
from dangjian_desktop.storage.file.connecting import raw
from tests.services.library.history_world import (
    a_desk,
    everything,
    put_meeting,
    put_style,
    style_uid,
)
from tests.services.library.purging_world import (
    ADMISSION,
    GIST,
    PLAIN,
    WHY,
    below,
    file_of,
    in_copy,
    put_spread,
    rows_with,
    said,
)
from tests.storage.pages import clear_pages


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made._library.close()


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
    words = "这份备份里有 1 条后来彻底删除的记录，恢复后又会有，可以再彻底删除。"
    assert desk.purges.comes_back(newest.file) == words
    assert desk.purges.comes_back(desk.copies.backup().file) == ""


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
    with pytest.raises(InputError, match="号码"):
        desk.purges.purge([uid], "何十一 15400007118 申请")
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


def test_drafts_of_every_form_go(desk, tmp_path):
    uid, code = put_spread(desk, tmp_path), put_style(desk)
    style = style_uid(desk, code)
    desk.ledger_styles.remove(code)
    desk.drafts.put("ledger_style", code, {"title": GIST})
    desk.drafts.put("package_return", uid, {"reason": GIST})
    other = "22222222-2222-4222-8222-222222222222"
    desk.drafts.put("meeting", other, {"closing": "留着"})
    with raw(desk.path, write=True) as connection:
        spoil = "UPDATE draft SET content = '{' WHERE form = 'meeting' AND uid = ?"
        connection.execute(spoil, (uid,))
    desk.drafts.put("meeting", uid, {"closing": GIST})
    assert len(desk.drafts.unreadable("meeting")) == 1
    assert desk.purges.plan([uid, style]).drafts == 4
    desk.purges.purge([uid, style], WHY)
    with desk._library.reading() as work:
        assert [draft.uid for draft in work.drafts.all()] == [other]


def test_the_file_has_no_free_page_left(desk):
    for day in range(1, 9):
        uid = put_meeting(desk, date=f"2026-03-{day:02d}", closing=GIST * 900)
        desk.meetings.delete(uid)
    before = desk.path.stat().st_size
    desk.purges.purge([each.id for each in desk.bin.listed()], WHY)
    with raw(desk.path) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert desk.path.stat().st_size < before - 200_000


def test_a_damaged_record_can_be_purged(desk, tmp_path):
    uid = put_spread(desk, tmp_path)
    desk.copies.backup()
    with raw(desk.path, write=True) as connection:
        connection.execute("UPDATE meeting SET body = '{' WHERE uid = ?", (uid,))
    assert verify(desk.path) != ()
    desk.purges.purge([uid], WHY)
    assert verify(desk.path) == ()
