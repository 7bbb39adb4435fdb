"""``fill`` as a script runs it."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from dangjian_desktop.cli.running import main
from tests.documents.blank_forms import forms
from tests.services.make import a_library

FORM = forms.MONTH


@pytest.fixture
def run(tmp_path, capsys):
    opened = a_library(tmp_path)
    opened.close()

    def command(*words, code=0, plain=False):
        how = () if plain else ("--json",)
        done = main(["--library", str(opened.path), *how, *map(str, words)])
        said = capsys.readouterr().out
        assert done == code, said
        return said if plain else json.loads(said)

    return command


def a_map(folder, content):
    path = folder / "对应.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_form_is_filled_with_what_is_unmistakable_and_the_rest_is_listed(run, tmp_path):
    told = run("fill", FORM, "--period", "2026-03", "--out", tmp_path / "出")
    assert (told["filled"]["填报党支部"], told["filled"]["党员总数"]) == (
        "中共测试公司机关党支部",
        "10",
    )
    assert {*told["filled"]} | {*told["unknown"]} >= {*told["proposed"]}
    assert not {*told["filled"]} & {*told["unknown"]}
    assert told["proposed"]["主要内容"]
    assert told["certainty"]["主要内容"] != "sure"
    assert "主要内容" in told["unknown"]
    assert (told["changed"], told["notes"]) == ([], [])
    [file] = told["files"]
    assert docx.Document(file).tables[0].cell(1, 1).text == "10"
    keys = ["t0.r0.c1", "t0.r0.c3", "p1"]
    keys += [f"t0.r{row}.c{column}" for row in range(1, 8) for column in (1, 3)]
    there = [key for key in keys if not (key.endswith("c3") and key[4] in "567")]
    assert forms.differences(FORM.read_bytes(), Path(file).read_bytes(), there) == []


def test_a_map_is_kept_for_the_next_month(run, tmp_path):
    wanted = {"存在问题": "branch.name", "党员总数": None}
    out = ("--out", tmp_path / "出")
    first = run("fill", FORM, "--period", "2026-03", "--map", a_map(tmp_path, wanted), *out)
    second = run("fill", FORM, "--period", "2026-04", *out)
    for told in (first, second):
        assert told["filled"]["存在问题"] == "中共测试公司机关党支部"
        assert "党员总数" in told["unknown"]
    assert second["filled"]["填报月份"] == "2026年4月"


def test_a_person_reads_what_was_filled_what_is_left_and_what_changed(run, tmp_path):
    out = ("--out", tmp_path / "出")
    run("fill", FORM, "--map", a_map(tmp_path, {"存在问题": "period"}), *out)
    path = tmp_path / "新.docx"
    path.write_bytes(forms.with_part(FORM.read_bytes(), forms.MAIN, "下月计划", "下步重点"))
    said = run("fill", path, "--period", "2026-03", *out, plain=True)
    assert "已生成：" in said
    assert "“下月计划”改为“下步重点”" in said
    assert "空着" in said
    assert "  主要内容（“主要内容”常用来填写" in said


def test_the_record_that_a_form_is_about_is_named_by_its_kind_and_id(run, tmp_path):
    path = tmp_path / "登记表.docx"
    path.write_bytes(forms.a_form(*forms.PERSON))
    person = run("roster", "list")["members"][0]
    told = run("fill", path, "--query", f"member:{person['id']}", "--out", tmp_path / "出")
    assert told["filled"]["姓名"] == person["name"]
    assert told["filled"]["党员类别"] == "正式党员"
    listed = tmp_path / "名册.docx"
    listed.write_bytes(forms.a_form(*forms.LEDGER))
    [rows] = run("fill", listed, "--query", "branch", "--out", tmp_path / "出")["filled"].values()
    assert len(rows) == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--query", "张三"), "看不出指哪一条记录"),
        (("--query", "member:x"), "没有编号为 x"),
        (("--query", "thing:x"), "不是记录的种类"),
        (("--period", "三月"), "无法识别"),
        (("--map", "坏.json"), "应为表上的项目到内容的对应"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    Path("坏.json").write_text('{"党员总数": 1}', encoding="utf-8")
    refused = run("fill", FORM, *words, "--out", tmp_path / "出", code=1)["error"]
    assert said in refused["message"]
    assert refused["remedy"]
    assert not (tmp_path / "出").exists()
