"""Where the program is called from and where its words go to: full, closed, gone, not UTF-8."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

import pytest

from dangjian_desktop.cli.running import main
from tests.cli.test_every_door import NOT_UTF8

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices and pipes of POSIX")


def told_to(where: str | int, monkeypatch, *words: str, stream: str = "stdout") -> int:
    """The exit code of a command whose words go there."""
    with open(where, "w", encoding="utf-8") as opened:  # noqa: PTH123 - perhaps a descriptor
        monkeypatch.setattr(sys, stream, opened)
        code = main(list(words))
        opened.flush()  # nothing is left to fail when the process ends
    return code


def test_a_full_device_is_told_and_is_a_failure(monkeypatch, capfd):
    assert told_to("/dev/full", monkeypatch, "paper", "list") == 1
    assert "结果没有写出" in capfd.readouterr().err


def test_a_full_device_for_complaints_hides_no_failure(monkeypatch, capfd):
    assert told_to("/dev/full", monkeypatch, "info", stream="stderr") == 1
    assert told_to("/dev/full", monkeypatch, "没有", stream="stderr") in (1, 2)


def test_help_into_a_full_device_is_no_bug(monkeypatch, capfd):
    assert told_to("/dev/full", monkeypatch, "--help") in (0, 1)


def test_a_reader_that_has_seen_enough_ends_it_quietly(monkeypatch, capfd):
    reading, writing = os.pipe()
    os.close(reading)
    assert told_to(writing, monkeypatch, "paper", "list") == 0
    assert capfd.readouterr().err == ""


def test_without_a_terminal_it_works_all_the_same(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["paper", "list"]) == 0
    assert main(["info"]) == 1


def test_in_a_folder_that_is_gone_only_whole_paths_have_a_meaning(shell, tmp_path, monkeypatch):
    shell("new", "--name", "甲支部")
    gone = tmp_path / "将删"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "甲支部" in shell("info")[0]
    for words in (("roster", "export", "名册.xlsx"), ("verify", "副本.dangjian")):
        assert "当前所在的文件夹已被删除" in shell(*words, code=1)[1]
    monkeypatch.setenv("DANGJIAN_LIBRARY", "支部.dangjian")
    assert main(["info"]) == 1


def test_a_library_whose_folder_is_gone_is_not_made_anew(shell, tmp_path):
    shell("new", "--name", "甲支部")
    shell.library.parent.rename(tmp_path / "移走")
    for words in (("info",), ("backup",), ("roster", "undo", "x"), ("verify",)):
        assert "找不到" in "".join(shell(*words, code=1))
    assert not shell.library.parent.exists()


def test_a_folder_whose_name_is_not_utf8_is_a_folder_like_others(shell, tmp_path, samples):
    folder = Path(tmp_path / NOT_UTF8)
    folder.mkdir()
    shell.library = folder / "支部.dangjian"
    roster = folder / f"{NOT_UTF8}.xlsx"
    roster.write_bytes((samples / "花名册-规范.xlsx").read_bytes())
    shell("new", "--name", "甲支部")
    shell("roster", "import", roster, "--as-of", "2026-01-05")
    shell("backup", "--to", folder / "副本")
    shell("restore", folder / "副本.dangjian")
    shell("roster", "export", folder / "名册.xlsx")
    assert (folder / "名册.xlsx").stat().st_size > 5000


def test_what_was_cleaned_away_is_told(shell):
    _out, err = shell("new", "--name", "甲\u200b支\x07部")
    assert "中的控制字符、看不见的字符已去掉" in err
    assert "党支部：甲支部" in shell("info")[0]


@pytest.mark.parametrize("year", ["0", "-1", "99999", "1899", "2200"])
def test_a_year_that_is_none_is_told(shell, tmp_path, year):
    words = ("project", "ledger", "--out", tmp_path / "出", "--", year)
    assert "年 的值" in shell(*words, code=2)[1]


def test_output_never_takes_the_place_of_a_device_or_a_folder(branch, tmp_path):
    pipe, folder = tmp_path / "管.xlsx", tmp_path / "夹.xlsx"
    os.mkfifo(pipe)
    folder.mkdir()
    for place in (pipe, folder):
        branch("roster", "export", place, "--force", code=1)
    assert pipe.is_fifo()
    assert folder.is_dir()


def test_the_command_line_looks_for_no_catalogue_of_translations(monkeypatch, capsys):
    monkeypatch.setattr(gettext, "find", lambda *_names, **_more: pytest.fail("looked for"))
    assert main(["--help"]) == 0
    assert main(["minutes", "--format", "nonsense"]) == 2
    assert "--format 不能是" in capsys.readouterr().err
