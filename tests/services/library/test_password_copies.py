"""Copies of a library with a password, and what lies beside one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.paths import data_folder
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.holding import FOLDER, Holding
from dangjian_desktop.services.library.passwords import Holder
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup, restore
from dangjian_desktop.storage.file import slots
from dangjian_desktop.storage.file.keys import has_password, let_go, slots_file
from dangjian_desktop.storage.library import Library
from tests.services.library.locked_world import (
    NEW,
    OLD,
    a_branch,
    copies,
    in_clear,
    lock,
    opens,
)

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def path(tmp_path):
    return a_branch(tmp_path)


@pytest.fixture
def secret(path):
    return lock(path)


# --- copies ---


def test_a_copy_carries_its_slots_and_opens_on_another_computer(path, secret, tmp_path):
    passwords.unlock(path, OLD)
    made = backup(path, tmp_path / "U盘.dangjian").file
    let_go()
    passwords.unlock(made, OLD)
    assert verify(made) == ()


def test_a_copy_in_clear_put_back_does_not_take_the_password_away(path, secret, tmp_path):
    passwords.unlock(path, OLD)
    clear = tmp_path / "旧.dangjian"
    shutil.copy(path, clear)
    shutil.copytree(folder_of(path), folder_of(clear))
    shutil.copy(slots_file(path), slots_file(clear))
    passwords.remove_password(clear, OLD)
    restore(clear, path)
    assert opens(path, OLD)
    assert in_clear(path) == []
    assert not list(path.parent.glob(".*"))


def test_a_copy_under_another_password_put_back_opens_by_the_present_one(path, secret, tmp_path):
    passwords.unlock(path, OLD)
    made = backup(path, tmp_path / "另存.dangjian").file
    passwords.change_password(path, OLD, NEW)
    restore(made, path)
    assert opens(path, NEW)
    assert not opens(path, OLD)
    passwords.unlock(path, NEW)
    passwords.renew_code(path, passwords.new_secret(), NEW)
    let_go()
    passwords.unlock(path, NEW)
    with pytest.raises(BlockedError, match="有密码，还没有输入"):
        restore(made, path)
    passwords.unlock(made, OLD)
    restore(made, path)
    assert opens(path, NEW)
    assert not opens(path, OLD)


def test_a_copy_with_a_password_brings_it_to_a_library_that_has_none(path, secret, tmp_path):
    passwords.unlock(path, OLD)
    made = backup(path, tmp_path / "加密.dangjian").file
    passwords.remove_password(path, OLD)
    restore(made, path)
    assert opens(path, OLD)


def test_copies_in_the_second_place_follow_while_their_drive_is_there(path, tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    desk = open_desk(path)
    desk.copies.choose_second(folder)
    desk.close()
    there = [*folder.glob("*.dangjian")]
    assert there
    passwords.set_password(path, passwords.new_secret(), OLD)
    assert all(has_password(file) for file in there)
    passwords.change_password(path, OLD, NEW)
    let_go()
    passwords.unlock(there[0], NEW)
    assert verify(there[0]) == ()


def test_copies_that_could_not_be_changed_are_named(path):
    damaged = copies(path)[0].with_name("支部_20260101-000000_手工.dangjian")
    damaged.write_bytes(b"SQLite" * 1000)
    done = passwords.set_password(path, passwords.new_secret(), OLD)
    assert (done.copies, done.left) == (1, (damaged,))
    assert passwords.unprotected_copies(path) == (damaged,)


# --- beside it ---


def test_stale_slots_beside_a_library_without_password_are_put_aside(path):
    slots_file(path).write_text("{}")
    Library.open(path, write=True).close()
    assert not slots_file(path).exists()
    assert slots_file(path).with_name("支部.keys.old").exists()


def test_a_file_added_to_a_locked_library_lies_there_sealed(path, secret, tmp_path):
    passwords.unlock(path, OLD)
    (tmp_path / "新.docx").write_bytes(b"words of a new file")
    library = Library.open(path, write=True)
    attached = library.keep_file(tmp_path / "新.docx")
    again = library.keep_file(tmp_path / "新.docx")
    assert again == attached
    assert re.fullmatch(r"[0-9a-f]{32}\.[0-9a-f]{8}\.sealed", attached.stored)
    assert b"words" not in (folder_of(path) / attached.stored).read_bytes()
    assert library.kept_file(attached.stored) == b"words of a new file"
    library.close()


def test_a_sealed_file_that_was_changed_is_found_by_verify(path, secret):
    passwords.unlock(path, OLD)
    (sealed,) = folder_of(path).iterdir()
    data = bytearray(sealed.read_bytes())
    data[-1] ^= 1
    sealed.write_bytes(data)
    (problem,) = verify(path)
    assert sealed.name in problem


def test_sensitive_ledgers_ask_the_file_itself(path, secret):
    assert has_password(path)
    passwords.remove_password(path, OLD)
    assert not has_password(path)


def test_trying_a_password_takes_what_it_should(monkeypatch):
    monkeypatch.undo()
    assert (slots.MEMORY, slots.LANES) == (65_536, 4)
    passes = slots._calibrated()
    assert slots.PASSES <= passes <= 64
    made = slots.new_slot(bytes(20), bytes(8), Holder.SECRETARY, OLD)
    assert (made.memory, made.passes, made.kdf) == (65_536, passes, "argon2id")
    assert slots.opened(Path("支部.dangjian"), [made], OLD)[0] == bytes(20)


def test_no_file_of_the_secret_is_left_anywhere(path, secret, tmp_path):
    groups = secret.groups
    data = [f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()]
    data += [f.read_bytes() for f in Path(tmp_path).parent.rglob("*.log") if f.is_file()]
    for word in (*groups, OLD, secret.master.hex()):
        assert not [d for d in data if word.encode() in d]


def test_a_draft_that_waits_outside_is_sealed_where_there_is_a_password(path, tmp_path, secret):
    passwords.unlock(path, OLD)
    desk = open_desk(path)
    desk.unsaved.learn()
    held = desk.unsaved.as_held("meeting", "7f", {"title": "未存的标题"}, None)
    assert desk.unsaved.hold(held)
    (file,) = (data_folder() / FOLDER).glob("*.json")
    assert "未存的标题".encode() not in file.read_bytes()
    assert set(json.loads(file.read_text("utf-8"))) == {"library", "name", "key", "sealed"}
    assert [each.held.content for each in desk.unsaved.waiting()] == [{"title": "未存的标题"}]
    assert Holding().libraries() == {"支部": 1}
    let_go()
    # Locked it is neither read nor written, and counted all the same.
    assert Holding().all(held.library) == ()
    assert Holding().libraries() == {"支部": 1}
    assert not desk.unsaved.hold(held)
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(told | {"name": "另一个"}), "utf-8")
    passwords.unlock(path, OLD)
    assert Holding().all(held.library) == ()
    desk._library.close()
