"""Places that hold the copies of others too: nobody takes away what is not his."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.storage.copies import second
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.copies.kept import in_folder
from dangjian_desktop.storage.copies.retention import NEWEST
from dangjian_desktop.storage.library import Library

NAME = "第一 党支部 (机关).dangjian"
MORE = NEWEST + 4


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (folder := tmp_path / "U盘 一号").mkdir()
    return folder


def a_desk(folder: Path, name: str) -> Desk:
    folder.mkdir()
    return Desk(Library.create(folder / NAME, Branch(name=name)))


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.dangjian")}


def change(desk: Desk, number: int) -> None:
    with desk._library.changing() as work:
        work.settings.put("x", number)


def test_another_branch_whose_library_is_called_the_same_keeps_its_copies(tmp_path, stick) -> None:
    one, other = a_desk(tmp_path / "甲", "中共甲支部"), a_desk(tmp_path / "乙", "中共乙支部")
    one.copies.choose_second(stick)
    first = names(stick)
    other.copies.choose_second(stick)
    for number in range(MORE):
        change(other, number)
        other.copies.backup()
    assert first <= names(stick)
    assert len(names(stick)) == 1 + NEWEST
    for desk in (one, other):
        desk._library.close()


def test_the_same_in_one_folder_for_the_copies_of_both(tmp_path, stick) -> None:
    one, other = a_desk(tmp_path / "甲", "中共甲支部"), a_desk(tmp_path / "乙", "中共乙支部")
    one.copies.keep_in(stick)
    first = names(stick)
    other.copies.keep_in(stick)
    for number in range(MORE):
        change(other, number)
        other.copies.backup()
    assert first <= names(stick)
    for desk in (one, other):
        desk._library.close()


def test_two_computers_that_work_on_the_same_library_keep_theirs(tmp_path, stick) -> None:
    """One is behind by many changes: by their order all its copies would be the oldest."""
    here = a_desk(tmp_path / "甲", "中共甲支部")
    here._library.close()
    shutil.copytree(tmp_path / "甲", tmp_path / "乙")
    here, there = open_desk(tmp_path / "甲" / NAME), open_desk(tmp_path / "乙" / NAME)
    there.copies.choose_second(stick)
    change(there, 0)
    there.copies.backup()
    theirs = names(stick)
    here.copies.choose_second(stick)
    for number in range(MORE):
        change(here, number)
        here.copies.backup()
    assert theirs <= names(stick)
    assert len(names(stick) - theirs) == NEWEST
    assert all(verify(copy.file) == () for copy in in_folder(here.path, stick))
    for desk in (here, there):
        desk._library.close()


def test_a_copies_folder_of_which_a_part_is_gone_goes_on(tmp_path, stick) -> None:
    desk = a_desk(tmp_path / "甲", "中共甲支部")
    desk.copies.choose_second(stick)
    for number in range(5):
        change(desk, number)
        desk.copies.backup()
    for folder in (desk.copies.folder(), stick):
        for file in sorted(folder.iterdir())[::2]:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    change(desk, 9)
    made = desk.copies.backup()
    assert verify(made.file) == ()
    assert verify(in_folder(desk.path, desk.copies.folder())[0].file) == ()
    shutil.rmtree(desk.copies.folder())
    change(desk, 10)
    assert verify(desk.copies.backup().file) == ()
    desk._library.close()


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO])
def test_a_second_place_that_takes_nothing_is_told_and_made_up_for(
    tmp_path, stick, monkeypatch, code
) -> None:
    desk = a_desk(tmp_path / "甲", "中共甲支部")
    desk.copies.choose_second(stick)
    before = {file.name for file in stick.iterdir()}

    def refuse(_file: Path) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(second, "sync_file", refuse)
    change(desk, 1)
    assert verify(desk.copies.backup().file) == ()
    assert desk.copies.second().failed
    assert not desk.copies.second().current
    assert {file.name for file in stick.iterdir()} == before
    monkeypatch.undo()
    desk.copies.keep_up()
    assert desk.copies.second().failed == ""
    assert desk.copies.second().current
    desk._library.close()


def test_its_copies_stay_where_the_library_was_replaced_by_another(tmp_path) -> None:
    """Whoever restored the wrong file by mistake finds the way back in the list."""
    one, other = a_desk(tmp_path / "甲", "中共甲支部"), a_desk(tmp_path / "乙", "中共乙支部")
    wrong = backup(other.path).file
    other._library.close()
    one.put_back(wrong)
    (present,) = in_folder(one.path, one.path.with_suffix(".copies"))
    assert present.reason == "恢复前"
    back = open_desk(one.path)
    back.put_back(present.file)
    again = open_desk(one.path)
    assert again.branch.get().name == "中共甲支部"
    again._library.close()
