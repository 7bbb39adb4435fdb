"""Copies are whole, never replace anything, and bring the library back."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies import copies, kept
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup, counts, restore
from dangjian_desktop.storage.copies.kept import copies_folder, kept_copies, newest_copy
from dangjian_desktop.storage.copies.retention import NEWEST
from dangjian_desktop.storage.copies.snapshot import snapshot
from dangjian_desktop.storage.file.companions import companions_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.settings import COPIES_FOLDER


def _save(library: Library, *members) -> None:
    with library.changing() as work:
        for member in members:
            work.members.save(member)


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_copy_holds_what_the_library_holds(library, full_meeting) -> None:
    person, meeting = full_meeting
    _save(library, person)
    with library.changing() as work:
        work.meetings.save(meeting)
    made = backup(library.path)
    assert made.file.parent == library.path.with_suffix(".copies")
    assert made.sha256 == hashlib.sha256(made.file.read_bytes()).hexdigest()
    assert made.counts == {
        "members": 1,
        "meetings": 1,
        "projects": 0,
        "records": 0,
        "revisions": 2,
        "attachments": 0,
    }
    assert verify(made.file) == ()
    copy = Library.open(made.file, write=False)
    with copy.reading() as work:
        assert work.meetings.one(meeting.id) == meeting
    copy.close()
    if os.name != "nt":
        assert made.file.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a path")
def test_a_device_or_pipe_is_no_place_for_a_copy(library, tmp_path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(BlockedError, match="设备或管道"):
        backup(library.path, tmp_path / "管道")
    assert not list(tmp_path.glob("管道?*"))


def test_a_library_knows_whether_it_changed_since_its_copy(library, a_member) -> None:
    assert library.changed_since_copy()
    backup(library.path)
    assert not library.changed_since_copy()
    with library.changing() as work:
        work.members.ids()
    assert not library.changed_since_copy()
    _save(library, a_member())
    assert library.changed_since_copy()


def test_a_copy_never_replaces_a_file_unless_forced(library, tmp_path: Path) -> None:
    wanted = tmp_path / "U盘" / "备份.dangjian"
    first, second = backup(library.path, wanted), backup(library.path, wanted)
    assert (first.file.name, second.file.name) == ("备份.dangjian", "备份-2.dangjian")
    assert backup(library.path, wanted, force=True).file == wanted
    assert backup(library.path, tmp_path / "U盘").file.parent == wanted.parent
    assert sorted(f.suffix for f in wanted.parent.iterdir()) == [".dangjian"] * 3


def test_a_copy_is_not_written_over_its_library(library) -> None:
    with pytest.raises(BlockedError, match="自己的位置"):
        backup(library.path, library.path, force=True)


def test_a_place_that_cannot_be_written_is_named(library, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BlockedError, match="文件"):
        backup(library.path, tmp_path / "文件" / "备份.dangjian")


def at_the_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    for asking in (copies, kept):
        monkeypatch.setattr(asking, "now", lambda: at)


def test_the_newest_copies_are_kept_and_the_last_of_days_and_months(
    library, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 3, 1, 8, 0).astimezone()
    for number in range(45):
        at_the_clock(monkeypatch, start + timedelta(hours=12 * number))
        newest = backup(library.path, reason="升级前" if number == 1 else "关闭时")
    found = kept_copies(library.path)
    assert found[0].file == newest.file
    assert found[0].reason == "关闭时"
    days = [(copy.at - start) // timedelta(hours=12) for copy in found]
    assert days == [*range(44, 34, -1), 33, 31, 29, 27, 25, 23, 1]


def test_nothing_goes_while_a_copy_is_put_back_and_for_a_day_after(
    library, a_member, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 3, 1, 8, 0).astimezone()
    at_the_clock(monkeypatch, start)
    for _ in range(NEWEST + 5):
        made = backup(library.path).file
    assert len(kept_copies(library.path)) == NEWEST
    library.close()
    during = []

    def seen(source: Path, part: Path):
        if source == made:
            backup(library.path)
            during.append(len(kept_copies(library.path)))
        return snapshot(source, part)

    monkeypatch.setattr(copies, "snapshot", seen)
    restore(made, library.path)
    assert during == [NEWEST + 2]
    backup(library.path)
    assert len(kept_copies(library.path)) == NEWEST + 3
    at_the_clock(monkeypatch, start + timedelta(hours=25))
    backup(library.path)
    assert len(kept_copies(library.path)) == NEWEST


def test_a_wrong_clock_never_costs_the_copy_just_made(
    library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = datetime(2030, 1, 1).astimezone()
    for day in range(10):
        monkeypatch.setattr(copies, "now", lambda day=day: ahead + timedelta(days=day))
        backup(library.path)
    monkeypatch.setattr(copies, "now", lambda: datetime(2026, 1, 1).astimezone())
    assert backup(library.path).file.exists()


def test_a_damaged_copy_is_passed_over(library, a_member) -> None:
    older = backup(library.path)
    _save(library, a_member())
    newer = backup(library.path, reason="关闭时")
    assert newest_copy(library.path).file == newer.file
    _flip(newer.file, 5000)
    assert verify(newer.file) != ()
    assert newest_copy(library.path).file == older.file
    library.close()
    with pytest.raises(BlockedError, match="没有通过核对") as refused:
        restore(newer.file, library.path)
    assert str(older.file) in refused.value.remedy


def test_copies_go_where_the_settings_say(library, tmp_path: Path) -> None:
    with library.changing() as work:
        work.settings.put(COPIES_FOLDER, str(tmp_path / "别处"))
    assert copies_folder(library.path) == tmp_path / "别处"
    assert backup(library.path).file.parent == tmp_path / "别处"


def test_restoring_brings_the_copy_back_and_keeps_the_present(library, a_member) -> None:
    first, second = a_member("甲"), a_member("乙")
    _save(library, first)
    copy = backup(library.path).file
    _save(library, second)
    library.close()
    present = library.path.read_bytes()
    before, after = restore(copy, library.path, dry_run=True)
    assert (before["members"], after["members"]) == (2, 1)
    assert library.path.read_bytes() == present
    assert restore(copy, library.path) == (before, after)
    assert counts(library.path) == after
    kept_now = [c for c in kept_copies(library.path) if c.reason == "恢复前"]
    assert counts(kept_now[0].file)["members"] == 2
    assert restore(kept_now[0].file, library.path)[1]["members"] == 2


def test_restoring_rotates_nothing_away(library, monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 1, 1).astimezone()
    made = []
    for day in range(10):
        monkeypatch.setattr(copies, "now", lambda day=day: start + timedelta(days=day))
        made.append(backup(library.path).file)
    oldest = made[0]
    library.close()
    monkeypatch.setattr(copies, "now", lambda: start + timedelta(days=20))
    restore(oldest, library.path)
    assert len(kept_copies(library.path)) == 11
    assert oldest.exists()


def test_an_open_library_is_not_restored(library) -> None:
    copy = backup(library.path).file
    present = library.path.read_bytes()
    with pytest.raises(BlockedError, match="正在本机使用"):
        copies.restore(copy, library.path, wait=0.1)
    assert library.path.read_bytes() == present


def test_a_damaged_or_missing_library_is_restored_and_kept_as_it_was(library, a_member) -> None:
    _save(library, a_member())
    copy = backup(library.path).file
    library.close()
    _flip(library.path, 5000)
    damaged = library.path.read_bytes()
    assert restore(copy, library.path)[1]["members"] == 1
    kept_raw = next(c for c in kept_copies(library.path) if c.reason == "恢复前原样")
    assert kept_raw.file.read_bytes() == damaged
    library.path.unlink()
    before, after = restore(copy, library.path)
    assert (before["members"], after["members"]) == (0, 1)
    assert verify(library.path) == ()


def test_a_hot_journal_of_the_old_file_does_not_reach_the_new_one(library) -> None:
    copy = backup(library.path).file
    library.close()
    _flip(library.path, 5000)
    library.path.with_name(library.path.name + "-journal").write_bytes(os.urandom(5000))
    restore(copy, library.path)
    assert verify(library.path) == ()


def test_the_library_is_no_copy_of_itself(path: Path) -> None:
    with pytest.raises(BlockedError, match="不是它的备份"):
        restore(path, path)


def test_attachments_go_with_the_copy_and_come_back(library) -> None:
    folder = folder_of(library.path)
    (folder / "图").mkdir(parents=True)
    (folder / "签到表.pdf").write_bytes(b"signed")
    (folder / "图" / "一.jpg").write_bytes(b"picture")
    made = backup(library.path)
    assert made.counts["attachments"] == 2
    assert (folder_of(made.file) / "图" / "一.jpg").read_bytes() == b"picture"
    library.close()
    shutil.rmtree(folder)
    (folder).mkdir()
    (folder / "后来.pdf").write_bytes(b"later")
    before, after = restore(made.file, library.path)
    assert (before["attachments"], after["attachments"]) == (1, 2)
    assert (folder / "签到表.pdf").read_bytes() == b"signed"
    assert not (folder / "后来.pdf").exists()
    assert verify(library.path) == ()
    present = next(c for c in kept_copies(library.path) if c.reason == "恢复前")
    assert (folder_of(present.file) / "后来.pdf").read_bytes() == b"later"


def _kept_file(library, tmp_path: Path, content: bytes = b"signed") -> Path:
    """A file that a record was given, where it lies beside the library."""
    source = tmp_path / "签到表.pdf"
    source.write_bytes(content)
    attached = library.keep_file(source)
    with library.changing() as work:
        work.attachments.register(attached)
    return folder_of(library.path) / attached.stored


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_a_lost_attachment_is_noticed(library, tmp_path, how: str) -> None:
    name = _kept_file(library, tmp_path).name
    made = backup(library.path)
    assert made.lost == ()
    file = folder_of(made.file) / name
    file.unlink()
    if how == "changed":
        file.write_bytes(b"forged")
    problems = verify(made.file)
    assert len(problems) == 1
    assert name in problems[0]


def test_a_copy_says_what_the_library_had_lost_and_goes_on_saying_it(library, tmp_path) -> None:
    file = _kept_file(library, tmp_path)
    file.unlink()
    first, second = backup(library.path), backup(library.path)
    assert first.lost == second.lost == (file.name,)
    assert [file.name in words for words in verify(second.file)] == [True]
    library.close()
    restore(second.file, library.path)
    assert [file.name in words for words in verify(library.path)] == [True]


def test_restoring_an_older_copy_leaves_no_record_without_its_file(library, tmp_path) -> None:
    file = _kept_file(library, tmp_path)
    made = backup(library.path)
    (folder_of(made.file) / file.name).unlink()
    library.close()
    restore(made.file, library.path)
    assert file.read_bytes() == b"signed"
    assert verify(library.path) == ()


def test_a_copy_that_has_what_the_library_lost_is_never_rotated_away(
    library, tmp_path, a_member
) -> None:
    file = _kept_file(library, tmp_path)
    whole = backup(library.path).file
    file.unlink()
    for _ in range(NEWEST + 3):
        _save(library, a_member())
        backup(library.path)
    assert (folder_of(whole) / file.name).read_bytes() == b"signed"
    assert len(kept_copies(library.path)) == NEWEST + 1


def test_a_damaged_file_never_takes_the_place_of_the_good_one(library, tmp_path) -> None:
    file = _kept_file(library, tmp_path)
    target = tmp_path / "外" / "份.dangjian"
    backup(library.path, target)
    copied = folder_of(target) / file.name
    file.unlink()
    file.write_bytes(b"forged")
    backup(library.path, target, force=True)
    assert copied.read_bytes() == b"signed"


def test_the_newest_copy_is_the_one_with_the_most_changes_whatever_the_clock_said(
    library, a_member, monkeypatch
) -> None:
    made = []
    for year in (2026, 2031, 2001):
        _save(library, a_member())
        at = datetime(year, 3, 1, 8, tzinfo=UTC)
        monkeypatch.setattr("dangjian_desktop.storage.copies.copies.now", lambda at=at: at)
        made.append(backup(library.path).file)
    assert [copy.file for copy in kept_copies(library.path)] == made[::-1]
    assert not library.changed_since_copy()


def test_what_is_put_back_is_newer_than_everything_before(library, a_member) -> None:
    old = backup(library.path).file
    for _ in range(3):
        _save(library, a_member())
        newest = backup(library.path).file
    library.close()
    restore(old, library.path)
    again = backup(library.path).file
    order = [copy.file for copy in kept_copies(library.path)]
    assert order.index(again) < order.index(newest) < order.index(old)


def test_what_opens_a_copy_goes_with_it(library, monkeypatch) -> None:
    """The key slots lie beside a library; a copy has its own, which goes when the copy goes."""
    (keys,) = companions_of(library.path)
    keys.write_bytes(b"slots of now")
    first = backup(library.path).file
    assert [file.read_bytes() for file in companions_of(first)] == [b"slots of now"]
    library.close()
    keys.write_bytes(b"slots of later")
    restore(first, library.path)
    assert not keys.exists()  # a library without a password needs none
    (present,) = (copy.file for copy in kept_copies(library.path) if copy.reason == "恢复前")
    assert [file.read_bytes() for file in companions_of(present)] == [b"slots of later"]
    monkeypatch.setattr(kept, "now", lambda: datetime(2031, 1, 1).astimezone())
    keys.write_bytes(b"slots of today")
    for _ in range(NEWEST):
        backup(library.path)
    left = {file.read_bytes() for file in copies_folder(library.path).glob("*.keys")}
    assert left == {b"slots of today", b"slots of later"}  # what was before a restore stays


def test_attachments_of_a_copy_that_was_never_made_go_a_day_later(library, tmp_path) -> None:
    _kept_file(library, tmp_path)
    made = backup(library.path).file
    orphan = folder_of(made).with_stem(f"{library.path.stem}_20260101-080000_关闭时")
    shutil.copytree(folder_of(made), orphan)
    backup(library.path)
    assert orphan.is_dir()
    yesterday = time.time() - 90_000
    os.utime(orphan, (yesterday, yesterday))
    (orphan.parent / "别的.files").mkdir()
    os.utime(orphan.parent / "别的.files", (yesterday, yesterday))
    backup(library.path)
    assert not orphan.exists()
    assert (orphan.parent / "别的.files").is_dir()
    assert folder_of(made).is_dir()
