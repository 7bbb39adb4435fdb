"""The second place, the file for a stick, and what two states have different."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.changes import told
from dangjian_desktop.services.library.copying import changes, problems_of, put_back
from dangjian_desktop.storage.copies import carrying, kept, second
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.comparing import readable
from dangjian_desktop.storage.copies.kept import in_folder
from dangjian_desktop.storage.copies.retention import NEWEST
from dangjian_desktop.storage.file.companions import companions_of


@pytest.fixture
def desk(library) -> Desk:
    return Desk(library)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def save(library, *members) -> None:
    with library.changing() as work:
        for member in members:
            work.members.save(member)


def keep(library, tmp_path: Path, content: bytes = b"signed") -> str:
    source = tmp_path / "签到表.pdf"
    source.write_bytes(content)
    attached = library.keep_file(source)
    with library.changing() as work:
        work.attachments.register(attached)
    return attached.stored


# ---- the second place -------------------------------------------------------------------------


def test_every_copy_goes_to_the_second_place_too(desk, library, stick, a_member, tmp_path) -> None:
    name = keep(library, tmp_path)
    assert desk.copies.second() is None
    first = desk.copies.choose_second(stick)
    (there,) = in_folder(library.path, stick)
    assert there.file.read_bytes() == first.file.read_bytes()
    assert (folder_of(there.file) / name).read_bytes() == b"signed"
    assert desk.copies.second().current
    save(library, a_member())
    assert not desk.copies.second().current
    desk.close()
    newest = in_folder(library.path, stick)[0]
    assert newest.reason == "关闭时"
    assert verify(newest.file) == ()


def test_generations_of_the_second_place_share_their_attachments(
    desk, library, stick, a_member, tmp_path, monkeypatch
) -> None:
    """Where the second drive is another one, a file lies on it once; the last one takes it away."""
    name = keep(library, tmp_path)
    real = os.link

    def link(source: Path, target: Path) -> None:
        if (stick in Path(source).parents) != (stick in Path(target).parents):
            raise OSError(18, "another drive")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    desk.copies.choose_second(stick)
    save(library, a_member())
    desk.copies.backup()
    new, old = (folder_of(copy.file) / name for copy in in_folder(library.path, stick))
    assert new.samefile(old)
    assert not new.samefile(folder_of(library.path) / name)
    shutil.rmtree(old.parent)
    assert new.read_bytes() == b"signed"


def test_a_drive_that_is_not_there_gets_its_copy_when_it_comes(
    desk, library, stick, a_member
) -> None:
    desk.copies.choose_second(stick)
    away = stick.with_name("拔下")
    stick.rename(away)
    save(library, a_member())
    desk.copies.keep_up()
    stick.mkdir()
    desk.copies.backup()
    assert [*stick.iterdir()] == [], "an empty place to put a drive in is not the drive"
    stick.rmdir()
    away.rename(stick)
    found = desk.copies.second()
    assert found.here
    assert not found.current
    assert desk.copies.keep_up() is None
    assert desk.copies.second().current
    assert len(in_folder(library.path, stick)) == 2


def test_its_age_is_told_after_so_many_days_and_only_where_something_changed(
    desk, library, stick, a_member, monkeypatch
) -> None:
    desk.copies.choose_second(stick)
    desk.copies.set_days(3)
    desk.copies.keep_up()
    start = datetime.now(UTC).astimezone()

    def after(**time: int):
        monkeypatch.setattr(second, "now", lambda: start + timedelta(**time))
        return desk.copies.second()

    assert not after(days=400).old
    shutil.rmtree(stick)
    save(library, a_member())
    assert after().most == 3
    assert not after(days=2, hours=23).old
    assert after(days=3, hours=1).old
    assert after(days=5).days in (4, 5)


def test_what_fails_there_costs_no_copy_and_is_told(
    desk, library, stick, a_member, monkeypatch
) -> None:
    desk.copies.choose_second(stick)
    before = {file.name for file in stick.iterdir()}
    save(library, a_member())
    monkeypatch.setattr(second, "read_back", lambda _file: "other bytes")
    made = desk.copies.backup()
    assert verify(made.file) == ()
    assert {file.name for file in stick.iterdir()} == before
    assert "读回来不一样" in desk.copies.second().failed
    monkeypatch.undo()
    desk.copies.keep_up()
    assert desk.copies.second().failed == ""
    assert desk.copies.second().current


def test_a_place_that_cannot_be_written_is_not_chosen(desk, tmp_path) -> None:
    with pytest.raises(BlockedError):
        desk.copies.choose_second(tmp_path / "没有")
    assert desk.copies.second() is None


def test_copies_there_go_by_the_same_rules(desk, library, stick, monkeypatch) -> None:
    desk.copies.choose_second(stick)
    for _ in range(NEWEST + 3):
        desk.copies.backup()
    assert len(in_folder(library.path, stick)) == NEWEST


def test_it_is_offered_on_one_day_only(library, stick) -> None:
    first = datetime(2026, 3, 1, 9, tzinfo=UTC)
    days = [first, first + timedelta(hours=2), first + timedelta(days=1), first]
    offered = [Desk(library, lambda at=at: at).copies.offers_second() for at in days]
    assert offered == [True, True, False, True]
    desk = Desk(library, lambda: first)
    desk.copies.choose_second(stick)
    assert not desk.copies.offers_second()


# ---- one file for a stick ---------------------------------------------------------------------


def test_one_file_holds_everything_and_brings_it_back(desk, library, stick, a_member, tmp_path):
    name = keep(library, tmp_path)
    save(library, a_member("甲"))
    (keys,) = companions_of(library.path)
    keys.write_bytes(b"slots")
    made = desk.copies.carry(stick / "带走.zip")
    assert [file.name for file in stick.iterdir()] == ["带走.zip"]
    with zipfile.ZipFile(made.file) as packed:
        assert packed.read(keys.name) == b"slots"
    assert problems_of(made.file) == ()
    save(library, a_member("乙"))
    assert told(changes(made.file, library.path)) == "党员新增 1"
    library.close()
    shutil.rmtree(folder_of(library.path))
    keys.unlink()
    put_back(made.file, library.path)
    assert (folder_of(library.path) / name).read_bytes() == b"signed"
    assert not keys.exists()  # this one has no password
    assert verify(library.path) == ()
    assert len(readable(library.path).sums["member"]) == 1
    assert [*library.path.parent.glob(".*.part")] == []


def test_it_unpacks_into_a_library_without_this_program(desk, library, stick, tmp_path) -> None:
    keep(library, tmp_path)
    made = desk.copies.carry(stick / "带走")
    shutil.unpack_archive(made.file, stick / "解开")
    assert made.file.suffix == ".zip"
    assert verify(stick / "解开" / library.path.name) == ()


def test_a_stick_that_gives_back_other_bytes_keeps_nothing(
    desk, library, stick, monkeypatch
) -> None:
    (stick / "带走.zip").write_bytes(b"before")

    def spoiled(part: Path) -> None:
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 1
        part.write_bytes(content)

    monkeypatch.setattr(carrying, "sync_file", spoiled)
    with pytest.raises(BlockedError, match="读回来不一样"):
        desk.copies.carry(stick / "带走.zip")
    assert (stick / "带走.zip").read_bytes() == b"before"
    assert len([*stick.iterdir()]) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("支部.dangjian", "../外.txt"),
        ("支部.dangjian", "支部.files/../../外"),
        ("支部.dangjian", "支部.files/..\\外"),
        ("支部.dangjian", "/外"),
        ("支部.dangjian", "别的.txt"),
        ("支部.dangjian", "另一.dangjian"),
        ("支部.dangjian", "支部.files/a", "支部.files/A"),
        ("说明.txt",),
        (),
    ],
)
def test_a_strange_zip_is_refused(tmp_path: Path, names) -> None:
    with zipfile.ZipFile(tmp_path / "来.zip", "w") as packed:
        for name in names:
            packed.writestr(name, b"x")
    before = {*tmp_path.rglob("*")}
    with pytest.raises(InputError, match="不是本程序拷出的"):
        problems_of(tmp_path / "来.zip")
    assert {*tmp_path.rglob("*")} == before


def test_a_cut_zip_is_refused(desk, stick, tmp_path) -> None:
    made = desk.copies.carry(stick / "带走.zip").file
    made.write_bytes(made.read_bytes()[:-4000])
    with pytest.raises(InputError, match="不是本程序拷出的"):
        problems_of(made)


# ---- what is different ------------------------------------------------------------------------


def test_changes_are_counted_by_kind(desk, library, full_meeting, a_member) -> None:
    person, meeting = full_meeting
    gone, other = a_member("走"), a_member("改")
    save(library, person, gone, other)
    copy = desk.copies.backup().file
    with library.changing() as work:
        work.meetings.save(meeting)
        work.members.mark_deleted(gone.id, reason="")
        stored = work.members.one(other.id)
        work.members.save(type(stored)(**{**vars_of(stored), "note": "后来"}))
    found = changes(copy, library.path)
    assert told(found) == "党员改动 1、删去 1；会议新增 1"
    assert changes(copy, copy) == {}
    assert told(changes(library.path, copy)) == "党员新增 1、改动 1；会议删去 1"


def vars_of(record) -> dict:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}


def test_a_damaged_library_is_read_as_far_as_it_can_be(desk, library, a_member) -> None:
    save(library, *(a_member(f"某{number}") for number in range(300)))
    library.close()
    whole = len(readable(library.path).sums["member"])
    content = bytearray(library.path.read_bytes())
    for page in range(20, len(content) // 4096, 9):
        content[page * 4096 + 100] ^= 1
    library.path.write_bytes(content)
    found = readable(library.path)
    assert not found.whole
    assert 0 < len(found.sums["member"]) < whole == 300
    library.path.write_bytes(b"nothing" * 5000)
    assert readable(library.path).sums == {}
    assert readable(kept.copies_folder(library.path) / "没有.dangjian").sums == {}
