"""A library that cannot be opened, from the command line."""

from __future__ import annotations

import json

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from tests.services.make import a_library


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "PAUSE", 0)
    made = a_library(tmp_path)
    made.close()
    assert main(["backup", "--library", str(made.path)]) == 0
    return made.path


def run(capsys, *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main([*words])
    return code, "".join(capsys.readouterr())


def spoil(file) -> None:
    content = bytearray(file.read_bytes())
    content[9000] ^= 1
    file.write_bytes(content)


def test_a_whole_library_needs_nothing(library, capsys) -> None:
    code, said = run(capsys, "recover", "--library", str(library))
    assert code == 0
    assert "没有发现损坏" in said


def test_the_ways_back_are_told_and_taken(library, capsys) -> None:
    spoil(library)
    damaged = library.read_bytes()
    code, said = run(capsys, "recover", "--library", str(library))
    assert code == 1
    assert "资料库已损坏" in said
    assert "手工　完好　党员 10" in said
    code, said = run(capsys, "recover", "--library", str(library), "--json")
    found = json.loads(said)
    assert (found["damaged"], found["missing"]) == (True, False)
    (copy,) = found["copies"]
    assert copy["whole"] is True
    code, said = run(capsys, "recover", "--rebuild", "--library", str(library))
    assert code == 1
    assert "不需要重建" in said
    assert library.read_bytes() == damaged
    assert run(capsys, "restore", copy["file"], "--library", str(library))[0] == 0
    assert verify(library) == ()


def test_it_is_made_anew_where_no_copy_is_whole(library, capsys) -> None:
    (copy,) = library.with_suffix(".copies").glob("*.dangjian")
    spoil(library)
    spoil(copy)
    code, said = run(capsys, "recover", "--rebuild", "--library", str(library))
    assert code == 0
    assert "已用还能读出的内容重建" in said
    assert verify(library) == ()


def test_one_file_goes_out_and_comes_back(library, tmp_path, capsys) -> None:
    out = tmp_path / "带走.zip"
    code, said = run(capsys, "backup", "--one-file", str(out), "--library", str(library))
    assert code == 0
    assert str(out) in said
    assert run(capsys, "verify", str(out))[0] == 0
    assert (
        main(["branch", "set", "--short-name", "新", "--correct", "--library", str(library)]) == 0
    )
    code, said = run(capsys, "restore", str(out), "--dry-run", "--library", str(library))
    assert "内容与备份相同" in said
    library.unlink()
    assert run(capsys, "restore", str(out), "--library", str(library))[0] == 0
    assert verify(library) == ()


def test_a_library_that_is_gone_with_all_its_copies_is_said_to_be(tmp_path, capsys) -> None:
    gone = tmp_path / "没有" / "支部.dangjian"
    code, said = run(capsys, "recover", "--library", str(gone))
    assert code == 1
    assert "找不到资料库" in said
    assert not gone.parent.exists()


@pytest.mark.parametrize("left", [b"", bytes(8192), b"something else" * 900])
def test_a_file_that_was_emptied_beside_its_copies_is_a_damaged_library(
    library, capsys, left
) -> None:
    whole = library.read_bytes()
    library.write_bytes(left + whole[len(left) :] if left else b"")
    spoiled = library.read_bytes()
    code, said = run(capsys, "info", "--library", str(library))
    assert code == 1
    assert "已损坏" in said
    assert "“恢复”" in said
    code, said = run(capsys, "recover", "--library", str(library), "--json")
    (copy,) = json.loads(said)["copies"]
    assert copy["whole"] is True
    assert library.read_bytes() == spoiled
    code, said = run(capsys, "restore", copy["file"], "--library", str(library))
    assert code == 0
    assert "恢复前：已损坏" in said
    assert "内容与备份相同" not in said
    assert library.read_bytes()[:16] == whole[:16]
    assert verify(library) == ()


def test_an_empty_file_without_copies_is_none_of_ours(tmp_path, capsys) -> None:
    (file := tmp_path / "空.dangjian").touch()
    code, said = run(capsys, "info", "--library", str(file))
    assert code == 1
    assert "不是本程序的支部资料库" in said


def test_where_no_library_is_nothing_was_kept_or_lost(library, tmp_path, capsys) -> None:
    copy = next(library.with_suffix(".copies").glob("*.dangjian"))
    (tmp_path / "别处").mkdir()
    code, said = run(capsys, "restore", str(copy), "--library", str(tmp_path / "别处/新.dangjian"))
    assert code == 0
    assert "恢复前：原处没有资料库" in said
    assert "另存为备份" not in said
    assert "删去" not in said


def test_a_wrong_password_is_told_as_often_as_it_is_tried(library, capsys, monkeypatch) -> None:
    from dangjian_desktop.services.library import passwords
    from dangjian_desktop.storage.file import keys, slots

    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "_calibrated", lambda: 1)
    passwords.set_password(library, passwords.new_secret(), "支部的密码很长")
    spoil(library)
    for words in (["recover"], ["info"], ["verify"]):
        keys.let_go()
        monkeypatch.setenv("DANGJIAN_PASSWORD", "另外的密码很长")
        code, said = run(capsys, *words, "--library", str(library))
        assert code == 1
        assert "还没有输入" not in said


@pytest.mark.usefixtures("quick_passwords")
def test_copies_under_a_password_wait_for_it_and_nothing_is_given_up_before(
    library, capsys, monkeypatch
) -> None:
    from dangjian_desktop.services.library import passwords
    from dangjian_desktop.storage.file import keys

    assert main(["backup", "--library", str(library)]) == 0
    passwords.set_password(library, passwords.new_secret(), "支部的密码很长")
    library.write_bytes(b"")
    for word, told in (("", "请输入密码"), ("另外的密码很长", "密码不对")):
        for words in (["recover"], ["info"]):
            keys.let_go()
            monkeypatch.setenv("DANGJIAN_PASSWORD", word)
            code, said = run(capsys, *words, "--library", str(library))
            assert code == 1
            assert "备份有密码" in said
            assert told in said
            assert "没有完好的备份" not in said
            assert "没有找到" not in said
            assert "重建" not in said
            assert said.count("还没有输入") <= 1
    keys.let_go()
    monkeypatch.setenv("DANGJIAN_PASSWORD", "支部的密码很长")
    code, said = run(capsys, "recover", "--library", str(library))
    assert "手工　完好　党员 10" in said
    copy, _other = library.with_suffix(".copies").glob("*.dangjian")
    monkeypatch.setenv("DANGJIAN_PASSWORD", "支部的密码很长")
    assert run(capsys, "restore", str(copy), "--library", str(library))[0] == 0
    assert verify(library) == ()


def spoil_at(file, where: int) -> None:
    content = bytearray(file.read_bytes())
    content[where] ^= 1
    file.write_bytes(content)


def test_what_a_damaged_library_has_of_later_is_told_before_it_goes(library, capsys) -> None:
    from dangjian_desktop.services.meetings.meetings import MeetingService
    from dangjian_desktop.storage.library import Library
    from tests.services.make import a_meeting

    (copy,) = library.with_suffix(".copies").glob("*.dangjian")
    opened = Library.open(library, write=True)
    MeetingService(opened).import_json(a_meeting())
    opened.close()
    for file in library.with_suffix(".copies").glob("*.dangjian"):
        if file != copy:
            file.unlink()
    spoil_at(library, library.stat().st_size - 2000)
    spoiled = library.read_bytes()
    code, said = run(capsys, "restore", str(copy), "--dry-run", "--library", str(library))
    assert code == 0
    assert "这份备份以后的变化，恢复后没有了：会议新增 1。" in said
    assert library.read_bytes() == spoiled
    words = "restore", str(copy), "--dry-run", "--json", "--library", str(library)
    assert json.loads(run(capsys, *words)[1])["changes"]["会议"]["added"] == 1
    code, said = run(capsys, "restore", str(copy), "--library", str(library))
    assert "恢复后没有了：会议新增 1。" in said
    library.write_bytes(b"")
    code, said = run(capsys, "restore", str(copy), "--dry-run", "--library", str(library))
    assert "一条记录也读不出来，没有比较" in said


def test_a_backup_of_what_was_changed_past_the_program_says_so(library, tmp_path, capsys) -> None:
    from dangjian_desktop.storage.file.connecting import raw

    out = tmp_path / "带走.zip"
    for words in (("--to", str(tmp_path / "一.dangjian")), ("--one-file", str(out))):
        code, said = run(capsys, "backup", *words, "--library", str(library))
        assert "见 verify" not in said
    with raw(library, write=True) as connection:
        connection.execute("UPDATE member SET name = '李四' WHERE id = 1")
    for words in (("--to", str(tmp_path / "二.dangjian")), ("--one-file", str(out))):
        code, said = run(capsys, "backup", *words, "--library", str(library))
        assert code == 0
        assert "已备份并核验" in said
        assert "里面有内容不是本程序保存的样子（" in said
    assert run(capsys, "verify", str(out))[0] == 1
