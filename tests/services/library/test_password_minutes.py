"""Printed minutes of a library with a password open with its key alone, and follow a change."""

from __future__ import annotations

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.salvaging import rebuild
from dangjian_desktop.storage.copies.minutes import count_minutes, kept_minutes, minutes_folder
from dangjian_desktop.storage.file.keys import has_password, let_go, slots_file
from tests.services.library.locked_world import OLD, a_branch, lock
from tests.services.make import a_meeting

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def path(tmp_path):
    made = a_branch(tmp_path)
    desk = open_desk(made)
    if not desk.meetings.find():
        desk.meetings.import_json(a_meeting())
    for uid in desk.meetings.find():
        desk.printing.export("minutes", tmp_path / "出", uid, Wanted(), force=True)
    desk._library.close()
    return made


def test_they_are_sealed_anew_when_a_password_is_set_and_when_it_is_removed(path) -> None:
    before = [kept for _, kept in kept_minutes(path)]
    assert len(before) == count_minutes(path) > 0
    lock(path)
    let_go()
    assert [*kept_minutes(path)] == [], "nothing opens without the password"
    passwords.unlock(path, OLD)
    assert [kept for _, kept in kept_minutes(path)] == before
    passwords.remove_password(path, OLD)
    let_go()
    assert [kept for _, kept in kept_minutes(path)] == before


def test_what_is_printed_in_a_locked_library_opens_with_its_key(path, tmp_path) -> None:
    lock(path)
    passwords.unlock(path, OLD)
    for file in minutes_folder(path).iterdir():
        file.unlink()
    desk = open_desk(path)
    desk.copies.backup()
    desk._library.close()
    assert count_minutes(path) > 0
    let_go()
    assert [*kept_minutes(path)] == []


def test_a_locked_library_is_made_anew_of_them_while_its_key_is_held(path) -> None:
    lock(path)
    passwords.unlock(path, OLD)
    many = count_minutes(path)
    content = bytearray(path.read_bytes())
    content[16:] = bytes(len(content) - 16)
    path.write_bytes(content)
    for copy in path.with_suffix(".copies").glob("*.dangjian"):
        copy.unlink()
    done = rebuild(path)
    assert done.from_minutes == many
    assert has_password(path)


@pytest.mark.parametrize("way", ["password", "code", "password of a copy"])
def test_years_later_they_open_with_a_password_or_with_the_sheet_of_paper_alone(
    path, capsys, monkeypatch, way
) -> None:
    """The library is gone and no copy is whole; whoever finds the folder has one of these."""
    secret = lock(path)
    many = count_minutes(path)
    path.unlink()
    for copy in path.with_suffix(".copies").glob("*.dangjian"):
        copy.unlink()
    if way != "password":
        slots_file(path).unlink()
    if way == "code":
        for left in path.with_suffix(".copies").glob("*.keys"):
            left.unlink()
    let_go()
    call = ["recover", "--rebuild", "--library", str(path)]
    assert main(call) == 1
    said = "".join(capsys.readouterr())
    assert "加了密码" in said
    assert "DANGJIAN_RECOVERY" in said
    assert not path.exists()
    if way == "code":
        monkeypatch.setenv("DANGJIAN_RECOVERY", "-".join(secret.groups).lower())
    else:
        monkeypatch.setenv("DANGJIAN_PASSWORD", OLD)
    assert main(call) == 0
    said = "".join(capsys.readouterr())
    assert f"其中 {many} 次会议来自打印时另存的会议记录" in said
    assert ("用恢复码设置新密码" if way == "code" else "仍用原来的密码打开") in said
    assert has_password(path)
    assert slots_file(path).exists() == (way != "code")
    desk = open_desk(path)
    assert len(desk.meetings.find()) == many
    desk._library.close()


def test_a_wrong_password_or_code_opens_none_of_them(path, capsys, monkeypatch) -> None:
    lock(path)
    path.unlink()
    for copy in path.with_suffix(".copies").glob("*.dangjian"):
        copy.unlink()
    let_go()
    for name, value in (
        ("DANGJIAN_PASSWORD", "另外的密码很长"),
        ("DANGJIAN_RECOVERY", "-".join(passwords.new_secret().groups)),
    ):
        monkeypatch.setenv(name, value)
        assert main(["recover", "--rebuild", "--library", str(path)]) == 1
        monkeypatch.delenv(name, raising=False)
        assert "加了密码" in "".join(capsys.readouterr())
    assert not path.exists()
