"""A password set, changed, forgotten, taken away: on real files, opened again each time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import copying, passwords, recovering
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.passwords import Holder, SlotsLostError, WrongPasswordError
from dangjian_desktop.storage import rekeying
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.failures import DamagedError, damaged
from dangjian_desktop.storage.file.keys import LockedError, has_password, let_go, slots_file
from dangjian_desktop.storage.file.lock import Lock
from dangjian_desktop.storage.library import Library
from tests.services.library.locked_world import (
    NEW,
    OLD,
    SCAN,
    THIRD,
    a_branch,
    code,
    content,
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


# --- set, change, forget, take away ---


def test_a_password_covers_the_library_its_attachments_and_its_copies(path, secret):
    assert in_clear(path) == []
    names = {file.name for file in path.parent.rglob("*") if file.is_file()}
    assert not [name for name in names if name.endswith(".pdf")]
    assert not list(path.parent.rglob(".*"))
    with pytest.raises(LockedError):
        open_desk(path)
    assert opens(path, OLD)
    (copy,) = copies(path)
    assert verify(copy) == ()
    assert not opens(path, NEW)
    # The library and its copy have one sealed file between them.
    (sealed,) = folder_of(path).iterdir()
    assert sealed.stat().st_nlink == 2


def test_the_password_is_the_same_however_it_is_typed(path):
    passwords.set_password(path, passwords.new_secret(), "ABC密码 123")
    assert opens(path, "ＡＢＣ密码　１２３")
    assert opens(path, "ABC密\u200b码 123\ufe0f")
    assert not opens(path, "abc密码 123")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("党", "太短"),
        ("12345", "太短"),
        ("", "没有输入"),
        ("\u3000\u3000", "没有输入"),
        ("党" * 10_000, "太长"),
        ("123\x00456", "控制字符"),
        ("123\udc80456", "无法识别"),
    ],
)
def test_a_password_that_cannot_be_used_is_refused_in_words_and_nothing_is_changed(
    path, word, said
):
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    with pytest.raises(InputError, match=said) as refused:
        passwords.set_password(path, passwords.new_secret(), word)
    assert refused.value.remedy
    assert word.strip() == "" or len(word) == 1 or word not in refused.value.message
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("word", ["党" * 1_000, THIRD, "👨‍👩‍👧‍👦 family", "一二三四五六"])
def test_long_ones_and_emoji_are_passwords_like_any(path, word):
    passwords.set_password(path, passwords.new_secret(), word)
    assert opens(path, word)


def test_a_weak_password_is_warned_of():
    assert "不足8个字" in passwords.advice("1234567")
    assert "重复" in passwords.advice("11111111")
    assert passwords.advice("党支部的密码很长") == ""


def test_a_change_takes_the_old_password_away_everywhere_and_leaves_the_rest(path, secret):
    (copy,) = copies(path)
    before = path.read_bytes(), copy.read_bytes()
    assert passwords.change_password(path, OLD, NEW) is Holder.SECRETARY
    assert opens(path, NEW)
    assert not opens(path, OLD)
    with pytest.raises(WrongPasswordError):
        passwords.unlock(copy, OLD)
    passwords.unlock(copy, NEW)
    assert copy.read_bytes() == before[1]
    with pytest.raises(WrongPasswordError):
        passwords.change_password(path, OLD, THIRD)


def test_the_code_opens_when_the_password_is_forgotten(path, secret):
    passwords.recover(path, code(secret).lower().replace("0", "o"), NEW)
    assert opens(path, NEW)
    assert not opens(path, OLD)


def test_a_wrong_code_and_the_code_of_another_library_are_told_apart(path, secret):
    groups = [*secret.groups]
    groups[2] = "ZZZZZ"
    with pytest.raises(InputError, match="第3组不对"):
        passwords.recover(path, "-".join(groups), NEW)
    other = passwords.new_secret()
    with pytest.raises(InputError, match="现在用的") as told:
        passwords.recover(path, code(other), NEW)
    for keys in (other.keys, secret.keys):  # as they stand on the sheets
        assert f"编号 {keys.name[:2].hex().upper()}" in told.value.message
    assert opens(path, OLD)


@pytest.mark.parametrize("spoiled", [None, b"", b"\x00" * 500, b"{}", b"[1]", b'{"format": 9}'])
def test_a_file_of_slots_that_is_lost_or_spoiled_is_written_anew_by_the_code(path, secret, spoiled):
    file = slots_file(path)
    file.unlink()
    if spoiled is not None:
        file.write_bytes(spoiled)
    with pytest.raises(SlotsLostError) as lost:
        passwords.unlock(path, OLD)
    assert "恢复码" in lost.value.remedy
    passwords.recover(path, code(secret), NEW)
    assert opens(path, NEW)


def test_slots_of_another_library_are_told_as_such(path, secret, tmp_path):
    other = new_library(tmp_path / "乙.dangjian", Branch(name="乙支部"))
    other.close()
    passwords.set_password(other.path, passwords.new_secret(), OLD)
    shutil.copy(slots_file(other.path), slots_file(path))
    let_go()
    with pytest.raises(SlotsLostError, match="不是这个资料库的"):
        passwords.unlock(path, OLD)
    passwords.recover(path, code(secret), NEW)
    assert opens(path, NEW)
    assert not opens(path, OLD)


def test_a_slot_that_would_take_the_machine_for_minutes_is_not_tried(path, secret):
    """Each number is possible, both together are not."""
    told = json.loads(slots_file(path).read_text("utf-8"))
    told["slots"][0] |= {"memory": 1 << 20, "passes": 64}
    slots_file(path).write_text(json.dumps(told), "utf-8")
    with pytest.raises(SlotsLostError, match="已损坏"):
        passwords.unlock(path, OLD)


@pytest.mark.parametrize("name", ["memory", "passes", "lanes", "salt", "wrapped", "key"])
def test_a_slot_with_an_impossible_number_is_spoiled_and_not_tried(path, secret, name):
    told = json.loads(slots_file(path).read_text("utf-8"))
    told["slots"][0][name] = 10**9 if isinstance(told["slots"][0][name], int) else "zz"
    slots_file(path).write_text(json.dumps(told), "utf-8")
    with pytest.raises(SlotsLostError, match="已损坏"):
        passwords.unlock(path, OLD)


def test_a_slot_that_was_changed_does_not_open(path, secret):
    told = json.loads(slots_file(path).read_text("utf-8"))
    told["slots"][0]["who"] = "deputy"
    del told["sum"]  # whoever changes one on purpose
    slots_file(path).write_text(json.dumps(told), "utf-8")
    with pytest.raises(WrongPasswordError):
        passwords.unlock(path, OLD)


@pytest.mark.parametrize("name", ["wrapped", "salt"])
def test_a_slot_of_which_one_letter_is_spoiled_is_no_wrong_password(path, secret, name):
    told = json.loads(slots_file(path).read_text("utf-8"))
    text = told["slots"][0][name]
    told["slots"][0][name] = ("1" if text[0] == "0" else "0") + text[1:]
    slots_file(path).write_text(json.dumps(told), "utf-8")
    with pytest.raises(SlotsLostError, match="已损坏"):
        passwords.unlock(path, OLD)
    passwords.recover(path, code(secret), NEW)
    assert opens(path, NEW)


def spoil(path, how):
    content = path.read_bytes()
    head = {"page": 4096, "salt": 16, "empty": len(content)}[how]
    path.write_bytes(b"" if how == "empty" else b"\x5a" * head + content[head:])


@pytest.mark.parametrize("how", ["page", "salt", "empty"])
@pytest.mark.parametrize("copied", [True, False])
def test_a_damaged_beginning_is_no_question_of_the_password(path, secret, how, copied):
    if not copied:
        shutil.rmtree(path.with_suffix(".copies"))
    spoil(path, how)
    before = path.read_bytes()
    let_go()
    for write in (True, False):
        with pytest.raises(DamagedError) as told:
            Library.open(path, write=write)
        assert ("0字节" if how == "empty" else "开头认不出") in told.value.message
        assert "密码和恢复码没有问题" in told.value.message
        assert ("备份有密码" in told.value.remedy) is copied
    assert path.read_bytes() == before
    assert recovering.damage_of(path) is not None
    if copied:
        (copy,) = copies(path)
        passwords.unlock(copy, OLD)
        with pytest.raises(DamagedError, match=r"开头|0字节") as told:
            Library.open(path, write=True)
        assert "最近一份完好的备份" in told.value.remedy
        copying.put_back(copy, path)
        assert opens(path, OLD)


def test_the_deputy_has_a_password_of_his_own_that_goes_alone(path, secret):
    passwords.set_deputy(path, OLD, NEW)
    assert set(passwords.holders(path)) == {Holder.SECRETARY, Holder.DEPUTY}
    assert opens(path, OLD)
    assert opens(path, NEW)
    with pytest.raises(BlockedError, match="副书记的密码"):
        passwords.remove_password(path, NEW)
    assert passwords.change_password(path, NEW, THIRD) is Holder.DEPUTY
    assert opens(path, THIRD)
    assert opens(path, OLD)
    passwords.recover(path, code(secret), "new secretary")
    assert opens(path, THIRD)
    passwords.remove_deputy(path, "new secretary")
    assert not opens(path, THIRD)
    with pytest.raises(InputError, match="与书记的相同"):
        passwords.set_deputy(path, "new secretary", "new secretary")


def test_a_new_code_makes_the_old_one_worthless(path, secret):
    passwords.set_deputy(path, OLD, NEW)
    other = passwords.new_secret()
    assert passwords.renew_code(path, other, OLD) == passwords.Changed(1)
    assert opens(path, OLD)
    assert not opens(path, NEW)
    for file in (path, *copies(path)):
        with pytest.raises(InputError):
            passwords.recover(file, code(secret), NEW)
    passwords.recover(path, code(other), NEW)
    assert opens(path, NEW)
    assert passwords.recovery_code(path, NEW) == other.groups


def test_without_password_all_is_as_it_was(path, secret):
    assert passwords.remove_password(path, OLD) == passwords.Changed(1)
    let_go()
    assert content(path) == (10, SCAN)
    assert not has_password(path)
    assert not slots_file(path).exists()
    assert [verify(file) for file in (path, *copies(path))] == [(), ()]
    assert not list(path.parent.rglob("*.keys"))
    assert not list(path.parent.rglob("*.sealed"))
    with pytest.raises(BlockedError, match="没有设置密码"):
        passwords.unlock(path, OLD)


def test_a_password_is_not_set_twice(path, secret):
    with pytest.raises(BlockedError, match="已经有密码"):
        passwords.set_password(path, passwords.new_secret(), NEW)
    assert opens(path, OLD)


def test_nothing_is_done_to_a_library_that_is_open(path, monkeypatch):
    lock = Lock.take(path, wait=0, holder="窗口")
    monkeypatch.setattr(passwords, "WAIT", 0.1)
    with pytest.raises(BlockedError, match="正在本机使用"):
        passwords.set_password(path, passwords.new_secret(), OLD)
    lock.release()
    assert not has_password(path)


def test_a_new_library_is_made_locked(tmp_path):
    secret, file = passwords.new_secret(), tmp_path / "新.dangjian"
    slots_file(file).write_text("of somebody else")
    passwords.make_locked(file, Branch(name="新支部"), secret, NEW).close()
    let_go()
    with pytest.raises(LockedError):
        Library.open(file, write=False)
    passwords.unlock(file, NEW)
    Library.open(file, write=False).close()
    assert slots_file(file).with_name("新.keys.old").read_text() == "of somebody else"


@pytest.mark.parametrize("told", ["_same", "examine"])
def test_what_is_not_the_same_is_never_put_in_place(path, monkeypatch, told):
    """The new file is held against the old one, row by row, and looked at before it counts."""

    def wrong(file, *_given):
        if told == "_same":
            return False
        if Path(file).suffix != ".dangjian":
            raise damaged(file)
        return 8

    before = path.read_bytes()
    monkeypatch.setattr(rekeying, told, wrong)
    with pytest.raises(DamagedError):
        passwords.set_password(path, passwords.new_secret(), OLD)
    assert path.read_bytes() == before
    assert not has_password(path)
    monkeypatch.undo()
    assert content(path) == (10, SCAN)
    assert not list(path.parent.rglob("*.sealed"))
    assert not list(path.parent.glob(".*"))
