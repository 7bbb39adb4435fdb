"""A library with a password that is made anew stays under it, from the command line."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords, salvaging
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.minutes import count_minutes
from dangjian_desktop.storage.file.keys import has_password, key_name, let_go, slots_file
from tests.services.make import a_meeting
from tests.services.talks.talks_world import GIST, OPINION, PASSWORD, a_desk, a_talk, talks

pytestmark = pytest.mark.usefixtures("quick_passwords")
CLOSING = "会议按程序进行。"
SCAN = b"%PDF-1.7 a scan of signed minutes" * 50


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A branch with a talk, printed minutes and an attachment behind a password; locked, and no
    copy of it."""
    monkeypatch.setattr(checks, "PAUSE", 0)
    (tmp_path / "扫描.pdf").write_bytes(SCAN)
    (tmp_path / "资料").mkdir()
    with a_desk(tmp_path / "资料", protected=True) as desk:
        talks(desk).import_json(a_talk(gist=GIST, opinion=OPINION))
        desk.meetings.import_json(a_meeting())
        attached = desk._library.keep_file(tmp_path / "扫描.pdf")
        with desk._library.changing() as work:
            work.attachments.register(attached)
        (uid,) = desk.meetings.find()
        desk.printing.export("minutes", tmp_path / "出", uid, Wanted())
        made = desk.path
    for copy in made.with_suffix(".copies").glob("*.dangjian"):
        copy.unlink()
        slots_file(copy).unlink()
    let_go()
    assert count_minutes(made) == 1
    return made


@pytest.fixture
def run(capsys, monkeypatch):
    """A command in a process that knows no key yet, perhaps with a password: what it says."""

    def called(*words: object, word: str = "", code: int = 0) -> str:
        let_go()
        capsys.readouterr()
        if word:
            monkeypatch.setenv("DANGJIAN_PASSWORD", word)  # the program takes it out again
        found = main([str(each) for each in words])
        said = "".join(capsys.readouterr())
        assert found == code, said
        return said

    return called


def in_clear(path):
    """Files beside the library that hold what lies behind the password for everybody to read."""
    words = GIST.encode(), OPINION.encode(), CLOSING.encode(), SCAN[:30]
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in words)]


@pytest.fixture
def looked(monkeypatch):
    """What lay in clear, and under which key, while the new one was being made."""
    seen = []
    run_ = salvaging._Making.run

    def looking(self, *given):
        done = run_(self, *given)
        seen.append((key_name(self._made), in_clear(self._library)))
        return done

    monkeypatch.setattr(salvaging._Making, "run", looking)
    return seen


def rebuilt(run, path):
    return run("recover", "--rebuild", "--library", path, word=PASSWORD)


def stays_locked(run, path, key, slots):
    assert key_name(path) == key
    assert slots_file(path).read_bytes() == slots
    assert in_clear(path) == []
    assert "有密码，还没有输入" in run("info", "--library", path, code=1)
    run("info", "--library", path, word=PASSWORD)
    passwords.unlock(path, PASSWORD)
    assert verify(path) == ()


def spoil(file) -> None:
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)


def test_a_damaged_one_stays_under_its_key(path, run, looked) -> None:
    key, slots = key_name(path), slots_file(path).read_bytes()
    spoil(path)
    assert "仍用原来的密码打开，恢复码不变" in rebuilt(run, path)
    assert looked == [(key, [])]
    stays_locked(run, path, key, slots)
    with closing(open_desk(path)) as desk:
        (uid,) = talks(desk).find()
        assert talks(desk).one(uid).gist == GIST


@pytest.mark.parametrize("left", ["missing", "empty"])
def test_of_slots_and_sealed_minutes_alone_it_is_made_under_their_key(
    path, run, looked, left
) -> None:
    key, slots = key_name(path), slots_file(path).read_bytes()
    path.unlink()
    if left == "empty":
        path.touch()
    said = rebuilt(run, path)
    assert "其中 1 次会议来自打印时另存的会议记录" in said
    assert "仍用原来的密码打开" in said
    assert looked == [(key, [])]
    stays_locked(run, path, key, slots)


@pytest.fixture
def clear(tmp_path):
    """A library without a password."""
    (tmp_path / "别处").mkdir()
    with a_desk(tmp_path / "别处") as desk:
        return desk.path


def test_slots_that_open_sealed_minutes_are_never_dropped(path, clear, run) -> None:
    """A copy without a password takes the place of a library that is gone."""
    slots = slots_file(path).read_bytes()
    path.unlink()
    run("restore", clear, "--library", path)
    assert not has_password(path)
    assert not slots_file(path).exists()
    assert slots_file(path).with_name(f"{slots_file(path).name}.old").read_bytes() == slots


def test_the_slots_of_the_library_count_before_those_of_a_copy(path, tmp_path, run) -> None:
    """The password was changed after the copy was carried away; then the library was emptied."""
    copy, new = tmp_path / "U盘.dangjian", "another password"
    run("backup", "--to", copy, "--library", path, word=PASSWORD)
    passwords.change_password(path, PASSWORD, new)
    slots = slots_file(path).read_bytes()
    path.write_bytes(b"")
    assert "密码和恢复码打开" not in run("restore", copy, "--library", path, word=PASSWORD)
    assert slots_file(path).read_bytes() == slots
    let_go()
    passwords.unlock(path, new)


def test_an_attachment_in_clear_is_sealed_with_it(path, run) -> None:
    """It lies there from the time before the password, or somebody has put it there."""
    folder = path.with_suffix(".files")
    shutil.copyfile(path.parents[1] / "扫描.pdf", folder / f"{'0' * 32}.pdf")
    spoil(path)
    rebuilt(run, path)
    files = [file.read_bytes() for file in folder.iterdir()]
    assert files
    assert not any(SCAN[:30] in data for data in files)


def test_a_restore_says_before_and_after_which_password_opens_it(
    path, clear, tmp_path, run
) -> None:
    """A copy with a password into a library without one, and the other way round."""
    locked, plain = tmp_path / "加密.dangjian", tmp_path / "不加密.dangjian"
    run("backup", "--to", locked, "--library", path, word=PASSWORD)
    run("backup", "--to", plain, "--library", clear)
    said = run("restore", locked, "--dry-run", "--library", clear, word=PASSWORD)
    assert "这份备份有密码；恢复后资料库用这份备份的密码和恢复码打开。" in said
    assert not has_password(clear)
    said = run("restore", locked, "--library", clear, word=PASSWORD)
    assert "这份备份有密码；现在资料库用这份备份的密码和恢复码打开。" in said
    assert has_password(clear)
    said = run("restore", plain, "--dry-run", "--library", path, word=PASSWORD)
    assert "这份备份没有密码；恢复后资料库仍用原来的密码和恢复码打开。" in said
    said = run("restore", plain, "--library", path, word=PASSWORD)
    assert "现在资料库仍用原来的密码和恢复码打开" in said
    assert has_password(path)
    said = run("restore", locked, "--library", path, word=PASSWORD)
    assert "密码和恢复码打开" not in said
