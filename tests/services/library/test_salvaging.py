"""Printed minutes in files of their own, and a library made anew of what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.salvaging import rebuild
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.comparing import readable
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.minutes import kept_minutes, minutes_folder
from dangjian_desktop.storage.copies.salvage import Source
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from tests.services.make import NAMES, a_library, a_meeting, clock


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    return made


def print_minutes(desk: Desk, folder: Path) -> str:
    (uid,) = desk.meetings.find()
    desk.printing.export("minutes", folder, uid, Wanted())
    return uid


def spoil(file: Path, every: int = 1) -> None:
    """A bit of every so many pages."""
    content = bytearray(file.read_bytes())
    for page in range(0, len(content) // 4096, every):
        content[page * 4096 + 2000] ^= 1
    file.write_bytes(content)


def test_the_first_print_seals_the_minutes_in_a_file_of_their_own(desk, tmp_path) -> None:
    uid = print_minutes(desk, tmp_path / "出")
    (file,) = minutes_folder(desk.path).iterdir()
    assert file.name == f"{uid}.minutes"
    content = file.read_bytes()
    for secret in (*NAMES, "同意接收", "审查情况"):
        assert secret.encode() not in content
    ((about, kept),) = kept_minutes(desk.path)
    assert about["branch"] == "中共测试公司机关党支部"
    assert kept.uid == uid
    assert "会议按程序进行。" in kept.state["closing"]
    assert file.stat().st_size < 8000


def test_a_later_print_of_a_changed_record_follows(desk, tmp_path) -> None:
    uid = print_minutes(desk, tmp_path / "一")
    before = next(kept_minutes(desk.path))[1]
    print_minutes(desk, tmp_path / "二")
    assert next(kept_minutes(desk.path))[1] == before
    desk.meetings.save(replace(desk.meetings.one(uid), closing="会后更正。"))
    assert next(kept_minutes(desk.path))[1].state["closing"] == "会议按程序进行。"
    print_minutes(desk, tmp_path / "三")
    ((_, kept),) = kept_minutes(desk.path)
    assert kept.state["closing"] == "会后更正。"
    assert kept.version > before.version


def test_what_could_not_be_sealed_is_with_the_next_copy(desk, tmp_path) -> None:
    """The print stands; nothing is lost by a folder that was away."""
    folder = desk.copies.folder()
    folder.write_text("in the way")
    uid = print_minutes(desk, tmp_path / "出")
    folder.unlink()
    desk.copies.backup()
    assert [kept.uid for _, kept in kept_minutes(desk.path)] == [uid]


def test_a_spoiled_file_of_minutes_is_none(desk, tmp_path) -> None:
    print_minutes(desk, tmp_path / "出")
    (file,) = minutes_folder(desk.path).iterdir()
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    assert [*kept_minutes(desk.path)] == []
    file.write_bytes(b"")
    assert [*kept_minutes(desk.path)] == []


def test_a_library_is_made_of_minutes_alone(desk, tmp_path) -> None:
    uid = print_minutes(desk, tmp_path / "出")
    desk._library.close()
    damaged = b"nothing of it" * 4000
    desk.path.write_bytes(damaged)
    done = rebuild(desk.path)
    assert (done.records, done.from_minutes, done.lost) == ({"会议": 1}, 1, 0)
    made = Desk(Library.open(desk.path, write=True), clock)
    meeting = made.meetings.one(uid)
    assert meeting.closing == "会议按程序进行。"
    assert [each.person.name for each in meeting.attendance][:2] == ["张三", "李四"]
    assert made.branch.get().name == "中共测试公司机关党支部"
    assert verify(desk.path) == ()
    made.close()
    (kept,) = (c for c in kept_copies(desk.path) if c.reason == "恢复前原样")
    assert kept.file.read_bytes() == damaged


def test_a_library_that_is_gone_is_made_of_minutes(desk, tmp_path) -> None:
    uid = print_minutes(desk, tmp_path / "出")
    desk._library.close()
    desk.path.unlink()
    assert rebuild(desk.path).records == {"会议": 1}
    made = Desk(Library.open(desk.path, write=False), clock)
    assert made.meetings.find() == [uid]
    made.close()


def test_what_the_damaged_one_and_its_copies_give_is_taken(desk, tmp_path, monkeypatch) -> None:
    """Of each record the newest state that is what was stored; nothing that was changed."""
    with desk._library.changing() as work:
        for number in range(60):
            first = work.members.one(work.members.ids()[0])
            work.members.save(
                replace(first, id=f"00000000-0000-4000-8000-{number:012d}", name=f"某{number}")
            )
    copy = desk.copies.backup().file
    print_minutes(desk, tmp_path / "出")
    everything = {kind: set(sums) for kind, sums in readable(desk.path).sums.items()}
    stored = {member.id: member for member in desk.roster.roll().members}
    desk._library.close()
    spoil(desk.path, 5)
    spoil(copy, 7)
    assert verify(desk.path) != () != verify(copy)
    done = rebuild(desk.path)
    assert done.records["会议"] == 1
    assert done.records.get("党员", 0) + done.lost <= len(everything["member"])
    assert verify(desk.path) == done.problems == ()
    made = Desk(Library.open(desk.path, write=False), clock)
    for member in made.roster.roll().members:
        assert member == stored[member.id]
    made.close()


def test_a_record_that_is_not_what_was_stored_is_left_out(desk) -> None:
    desk._library.close()
    with raw(desk.path, write=True) as connection:
        connection.execute("UPDATE member SET name = '别人' WHERE name = '张三'")
    found = Source(desk.path).sound()
    assert not found.whole
    assert (len(readable(desk.path).sums["member"]), len(found.sums["member"])) == (10, 9)
    assert rebuild(desk.path).records["党员"] == 9
    made = Desk(Library.open(desk.path, write=False), clock)
    assert not {"张三", "别人"} & {member.name for member in made.roster.roll().members}
    made.close()


def test_nothing_left_makes_nothing(tmp_path) -> None:
    library = tmp_path / "支部.dangjian"
    library.write_bytes(b"nothing of it" * 4000)
    with pytest.raises(BlockedError, match="无法重建"):
        rebuild(library)
    assert library.read_bytes() == b"nothing of it" * 4000
    assert [*tmp_path.iterdir()] == [library]


def test_what_was_purged_comes_back_out_of_no_copy_and_no_minutes(desk, tmp_path) -> None:
    uid = print_minutes(desk, tmp_path / "出")
    desk.copies.backup()
    (kept,) = minutes_folder(desk.path).iterdir()
    sealed = kept.read_bytes()
    desk.meetings.delete(uid)
    desk.purges.purge([uid], "按规定销毁")
    [act] = desk.purges.acts()
    kept.write_bytes(sealed)
    desk._library.close()
    with raw(desk.path, write=True) as connection:
        connection.execute("UPDATE member SET name = '改过' WHERE id = 1")
    rebuild(desk.path)
    library = Library.open(desk.path, write=False)
    with library.reading() as work:
        assert (work.meetings.ids(), work.thrown()) == ([], [])
        assert len(work.members.ids()) == 10
        assert work.purges.acts() == (act,)
        assert work.purges.gone([uid]) == {("meeting", uid)}
    library.close()
    assert verify(desk.path) == ()
