"""``look`` as a script runs it."""

from __future__ import annotations

import json

import docx
import pytest

from dangjian_desktop.cli.running import main
from tests.services.make import a_library


@pytest.fixture
def run(tmp_path, capsys):
    opened = a_library(tmp_path)
    opened.close()

    def command(*words, code=0):
        done = main(["--library", str(opened.path), "--json", *map(str, words)])
        told = json.loads(capsys.readouterr().out)
        assert done == code, told
        return told

    return command


def test_looks_are_listed_shown_handed_on_and_chosen(run, tmp_path):
    shipped = run("look", "list")["looks"]
    assert {each["code"] for each in shipped} == {"standard", "gb2312", "handbook", "compact"}
    assert not any(each["own"] or each["papers"] for each in shipped)
    look = run("look", "show", "工作手册")["look"]
    assert (look["code"], look["values"]["official"]["top"]) == ("handbook", 25)
    [file] = run("look", "export", "handbook", "--out", tmp_path / "出")["files"]
    taken = run("look", "import", file)
    assert taken["title"].startswith("工作手册")
    assert run("look", "choose", "ledger:visits", taken["code"])["look"] == taken["code"]
    [own] = [each for each in run("look", "list")["looks"] if each["own"]]
    assert (own["code"], own["papers"]) == (taken["code"], ["ledger:visits"])


def test_an_old_word_file_is_taken_with_what_was_left(run, tmp_path):
    file = tmp_path / "旧记录.docx"
    old = docx.Document()
    old.add_paragraph("支部召开党员大会，应到33人，实到31人。" * 5)
    old.save(file)
    taken = run("look", "import", file)
    assert taken["title"] == "旧记录"
    assert taken["left"]


def test_what_cannot_be_is_said(run, tmp_path):
    assert "没有名为“无”的版式" in run("look", "show", "无", code=1)["error"]["message"]
    refused = run("look", "choose", "nothing", "compact", code=1)["error"]
    assert "没有可以选版式的材料“nothing”" in refused["message"]
    file = tmp_path / "坏.toml"
    file.write_text("x = ", encoding="utf-8")
    run("look", "import", file, code=1)
    assert run("look", "list")["looks"][4:] == []
