"""What was changed past the program, from the command line: told, looked at, put back."""

from __future__ import annotations

import json

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from tests.services.library.locked_world import OLD, lock
from tests.services.make import a_library
from tests.storage.chain.changing import a_meeting, knowing, run

pytestmark = pytest.mark.usefixtures("quick_passwords")
CHANGED = run("UPDATE meeting SET date = '2026-03-19' WHERE title = '甲会'")


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library with a password in which one sitting was changed, and a copy of it."""
    (folder := tmp_path / "资料").mkdir()
    made = a_library(folder)
    with made.changing() as work:
        work.meetings.save(a_meeting("甲会"))
    made.close()
    backup(made.path)
    lock(made.path)
    monkeypatch.setenv("DANGJIAN_PASSWORD", OLD)
    assert main(["info", "--library", str(made.path)]) == 0
    for copy in kept_copies(made.path):
        copy.file.unlink()
    knowing(made.path, CHANGED)
    backup(made.path)
    return made.path


def said(capsys, library, *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main([*words, "--library", str(library)])
    return code, "".join(capsys.readouterr())


def test_who_has_looked_at_it_is_told_apart(library, capsys) -> None:
    code, words = said(capsys, library, "verify")
    assert code == 1
    assert "第1次保存" in words
    code, words = said(capsys, library, "verify", "--accept", "张三", "--note", "与纸质记录一致")
    assert code == 0
    assert "以下改动有人核对过：" in words
    assert "由张三核对过，说明：与纸质记录一致：" in words
    code, words = said(capsys, library, "verify", "--json")
    told = json.loads(words)
    assert told["ok"] is True
    assert told["problems"] == []
    assert "第1次保存" in told["accepted"][1]
    code, words = said(capsys, library, "verify", "--accept", " ")
    assert code == 1
    assert "请填写核对人的姓名" in words


def test_a_copy_is_not_accepted_by_name(library, capsys) -> None:
    (copy,) = kept_copies(library)
    code, words = said(capsys, library, "verify", str(copy.file), "--accept", "张三")
    assert code == 2
    assert "不用于备份文件" in words


def test_a_copy_with_changes_takes_an_option(library, capsys) -> None:
    (copy,) = kept_copies(library)
    before = library.read_bytes()
    code, words = said(capsys, library, "restore", str(copy.file))
    assert code == 1
    assert "没有通过核对" in words
    assert "第1次保存" in words
    assert "--with-findings" in words
    assert library.read_bytes() == before
    code, words = said(capsys, library, "restore", str(copy.file), "--dry-run")
    assert code == 0
    assert "注意：这份备份里有内容不是本程序保存的样子：" in words
    assert "第1次保存" in words
    assert library.read_bytes() == before
    code, words = said(capsys, library, "restore", str(copy.file), "--with-findings", "--json")
    assert code == 0
    assert "第1次保存" in "".join(json.loads(words)["findings"])
    assert Library.open(library, write=False).schema
    with raw(library) as connection:
        assert connection.execute("SELECT date FROM meeting").fetchone() == ("2026-03-19",)


def test_the_option_takes_no_damaged_copy(library, capsys, monkeypatch) -> None:
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    (copy,) = kept_copies(library)
    content = bytearray(copy.file.read_bytes())
    content[9000] ^= 1
    copy.file.write_bytes(content)
    before = library.read_bytes()
    code, words = said(capsys, library, "restore", str(copy.file), "--with-findings")
    assert code == 1
    assert "已损坏" in words
    assert library.read_bytes() == before


def test_the_ways_back_name_it(library, capsys, monkeypatch) -> None:
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    content = bytearray(library.read_bytes())
    content[9000] ^= 1
    library.write_bytes(content)
    code, words = said(capsys, library, "recover")
    assert code == 1
    assert "有改动" in words
    assert "--with-findings" in words
