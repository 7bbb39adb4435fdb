"""What is kept with a meeting: from a dropped file to the backup, the versions and the way out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.records.writing import to_state
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.records.records import to_json
from tests.services.make import a_library, a_meeting, clock

SCAN = b"%PDF-1.4 signed minutes"


@pytest.fixture
def desk(tmp_path):
    library = a_library(tmp_path)
    yield Desk(library, clock)
    library.close()


@pytest.fixture
def uid(desk):
    [found] = desk.meetings.import_json(a_meeting())["ids"]
    return found


@pytest.fixture
def scan(tmp_path):
    file = tmp_path / "签字记录.pdf"
    file.write_bytes(SCAN)
    return file


def told(desk, uid):
    return desk.meetings.as_json(desk.meetings.one(uid))


def test_a_file_is_kept_once_found_by_its_name_and_told_in_json(desk, uid, scan, tmp_path):
    assert "files" not in told(desk, uid)
    kept = desk.meetings.add_file(uid, scan)
    assert desk.meetings.add_file(uid, scan) is None
    assert desk.meetings.one(uid).files == (kept,)
    assert told(desk, uid)["files"] == [
        {"name": "签字记录.pdf", "sha256": kept.sha256, "size": len(SCAN), "note": ""}
    ]
    [hit], _total = desk.search.find("签字记录")
    assert (hit.id, hit.snippet) == (uid, "党员大会\u3000签字记录.pdf")
    assert desk.search.find(kept.sha256) == ([], 0)
    assert ("附件", "签字记录.pdf") in desk.meetings.records.lines(desk.meetings.one(uid))
    assert desk.record_files.hand_out(kept, tmp_path / "出").read_bytes() == SCAN


def test_json_brings_no_files_and_takes_none_away(desk, uid, scan):
    kept = desk.meetings.add_file(uid, scan)
    written = told(desk, uid)
    assert desk.meetings.import_json(written)["unchanged"] == [uid]
    desk.meetings.import_json(written | {"place": "二楼", "files": []})
    assert (desk.meetings.one(uid).place, desk.meetings.one(uid).files) == ("二楼", (kept,))
    other = a_library(scan.parent / "另一个")
    try:
        there = Desk(other, clock).meetings
        [moved] = there.import_json(written)["ids"]
        assert there.one(moved).files == ()
    finally:
        other.close()


def test_backup_and_check_cover_it_and_the_bin_keeps_it(desk, uid, scan, tmp_path):
    kept = desk.meetings.add_file(uid, scan)
    desk.meetings.delete(uid)
    desk.meetings.bring_back(uid)
    library = desk.meetings.records._library
    copy = backup(library.path, tmp_path / "备份" / "支部.dangjian").file
    assert verify(copy) == ()
    opened = Library.open(copy, write=False)
    try:
        assert Desk(opened, clock).meetings.one(uid).files == (kept,)
    finally:
        opened.close()
    [stored] = folder_of(copy).iterdir()
    assert stored.read_bytes() == SCAN
    stored.unlink()
    assert any(stored.name in words for words in verify(copy))


def test_the_check_knows_whose_file_is_not_registered(desk, uid, scan, tmp_path):
    desk.meetings.add_file(uid, scan)
    copy = backup(desk.meetings.records._library.path, tmp_path / "备份" / "支部.dangjian").file
    with raw(copy, write=True) as connection:
        connection.execute("DELETE FROM attachment")
        connection.commit()
    title = desk.meetings.one(uid).title
    assert f"会议记录“{title}”的附件“签字记录.pdf”没有在资料库中登记。" in verify(copy)


def test_what_is_taken_off_stays_in_the_versions_and_comes_back_from_there(desk, uid, scan):
    kept = desk.meetings.add_file(uid, scan)
    assert desk.meetings.remove_file(uid, kept.uid).files == ()
    assert "files" not in told(desk, uid)
    reasons = [version.reason for version in desk.versions.history(uid).versions]
    assert reasons == ["新建", "添加附件", "移去附件"]
    [before] = [d for d in desk.versions.compare(uid, 2, 3) if d.label == "附件"]
    assert (before.before, before.after) == ("签字记录.pdf", "")
    desk.versions.restore(uid, 2)
    assert desk.meetings.one(uid).files == (kept,)


def test_history_from_before_meetings_had_files_is_still_read(desk, uid, scan):
    """The text of a meeting without files is the one that its deltas were made from."""
    stored = desk.meetings.one(uid)
    desk.meetings.save(replace(stored, place="二楼"))
    with desk.meetings.records._library.reading() as work:
        text = work.meetings.keeping.text(desk.meetings.one(uid))
    assert text == to_json(desk.meetings.one(uid)).replace(',"files":[]', "")
    with raw(desk.meetings.records._library.path) as connection:
        [body] = connection.execute("SELECT body FROM meeting").fetchone()
    assert "files" not in json.loads(body)
    desk.meetings.add_file(uid, scan)
    assert desk.versions.as_json(uid, 1)["place"] == stored.place


def test_everything_out_and_in_again_carries_it(desk, uid, scan, tmp_path):
    kept = desk.meetings.add_file(uid, scan)
    library = desk.meetings.records._library
    out = export_all(library.path, tmp_path / "全部", clock=clock).folder
    assert (out / "附件" / "签字记录.pdf").read_bytes() == SCAN
    [meeting] = json.loads((out / "约定格式" / "meeting.json").read_text("utf-8"))
    assert meeting["files"][0]["sha256"] == kept.sha256
    import_all(out, tmp_path / "读回.dangjian")
    opened = Library.open(tmp_path / "读回.dangjian", write=False)
    try:
        back = Desk(opened, clock)
        assert back.meetings.one(uid).files == (kept,)
        assert back.record_files.hand_out(kept, tmp_path / "出").read_bytes() == SCAN
    finally:
        opened.close()


def test_what_is_unsaved_is_not_dropped_for_a_file(desk, uid, scan):
    kept = desk.meetings.add_file(uid, scan)
    state = to_state(MEETING, desk.meetings.one(uid)) | {"place": "未保存"}
    with desk.meetings.records._library.changing(Topic.DRAFTS) as work:
        work.drafts.put(Draft("meeting", uid, state, 2, ""))
    other = scan.with_name("照片.jpg")
    other.write_bytes(b"photo")
    for act in (
        lambda: desk.meetings.add_file(uid, other),
        lambda: desk.meetings.remove_file(uid, kept.uid),
    ):
        with pytest.raises(BlockedError, match="未保存的草稿"):
            act()
    [draft] = desk.drafts.all("meeting")
    assert draft.content["place"] == "未保存"
    assert desk.meetings.one(uid).files == (kept,)


def test_a_file_for_no_meeting_or_an_empty_one_is_refused(desk, uid, scan):
    with pytest.raises(InputError):
        desk.meetings.add_file("nowhere", scan)
    scan.write_bytes(b"")
    with pytest.raises(InputError):
        desk.meetings.add_file(uid, scan)
    assert desk.meetings.one(uid).files == ()
