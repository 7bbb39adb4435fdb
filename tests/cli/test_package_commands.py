"""What goes up to the superior, by the command line."""

from __future__ import annotations

import json

import docx
import openpyxl
import pytest

from dangjian_desktop.cli.running import main
from tests.services.make import a_library, a_meeting


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    library = a_library(tmp_path)
    library.close()
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0):
        assert main(["--library", str(library.path), "--json", *words]) == code
        said = capsys.readouterr()
        return json.loads(said.out), said.err

    (tmp_path / "会议.json").write_text(json.dumps(a_meeting()), encoding="utf-8")
    run("meeting", "import", "会议.json")
    return run


TERMS = ("--period", "2026-03", "--profile", "full", "--to", "公司党委", "--as-of", "2026-03-31")


def write_list(path):
    rows = [
        ["2026年3月报送材料清单"],
        ["序号", "材料名称", "格式", "报送时限"],
        ["1", "党员花名册", "Excel", "4月5日前"],
        ["", "", "", ""],
        ["2", "支部党员大会会议记录", "Word", ""],
        ["3", "述职报告", "", ""],
    ]
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in rows), encoding="gb18030")
    else:
        lines = ["1. 党员花名册（Excel，4月5日前）", ""]
        lines += ["2. 支部党员大会会议记录（Word）", "述职报告"]
        path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("name", ["清单.xlsx", "清单.csv", "清单.txt"])
def test_a_list_of_the_superior_makes_the_package(run, tmp_path, name):
    write_list(tmp_path / name)
    done, said = run("package", "make", "--list", name, *TERMS, "--out", "出")
    assert sorted(file.name for file in (tmp_path / "出").iterdir()) == [
        "manifest.json",
        "中共测试公司机关党支部_党员花名册_202603.xlsx",
        "中共测试公司机关党支部_支部党员大会会议记录_20260318.docx",
        "清单.xlsx",
    ]
    assert (done["missing"], done["version"], done["again"]) == (["述职报告"], 1, False)
    assert "述职报告" in said
    assert json.loads((tmp_path / done["manifest"]).read_text())["missing"] == ["述职报告"]
    [package] = run("package", "list")[0]["packages"]
    assert (package["recipient"], package["period"], package["as_of"]) == (
        *("公司党委", "2026-03"),
        "2026-03-31",
    )
    assert package["asked"] == ["党员花名册", "支部党员大会会议记录", "述职报告"]
    registered = run("ledger", "show", "submissions")[0]["rows"]
    assert {row["values"]["material"]: row["values"]["due_day"] for row in registered} == {
        "党员花名册": "2026-04-05",
        "支部党员大会会议记录": None,
    }


def test_it_is_written_again_compared_and_answered(run, tmp_path):
    done, _ = run("package", "make", "--papers", "minutes", "党员名册", *TERMS, "--out", "出")
    uid = done["id"]
    again, _ = run("package", "write", uid, "--out", "再")
    assert [(tmp_path / f).read_bytes() for f in again["files"]] == [
        (tmp_path / f).read_bytes() for f in done["files"]
    ]
    assert run("package", "compare", uid)[0] == {"changed": []}
    file = docx.Document()
    file.add_paragraph("机关党支部：会议记录缺签字。")
    file.save(tmp_path / "意见.docx")
    told = ("--returned", "2026-04-02", "--reason", "缺签字")
    answered, _ = run("package", "reply", uid, "意见.docx", *told)
    assert answered["record"]["returned"] == "2026-04-02"
    assert "缺签字" in answered["record"]["reply_text"]
    second, _ = run(
        *("package", "make", "--papers", "minutes", "党员名册", *TERMS, "--out", "二", "--zip"),
    )
    assert second["version"] == 2
    assert [file.suffix for file in (tmp_path / "二").iterdir()] == [".zip"]


def test_what_left_the_machine_is_told_to_people_with_its_sums(run, tmp_path, capsys):
    done, _ = run("package", "make", "--papers", "党员名册", *TERMS, "--out", "出")
    library = next(tmp_path.glob("*.dangjian"))
    assert main(["--library", str(library), "package", "list"]) == 0
    told = capsys.readouterr().out
    line = "2026年3月报送公司党委（第1版）　2026-03-31　完整　3个文件"
    assert line in told
    assert main(["--library", str(library), "package", "show", done["id"]]) == 0
    told = capsys.readouterr().out
    for file in json.loads((tmp_path / done["manifest"]).read_text())["files"]:
        assert f"{file['sha256']}　{file['name']}" in told


def test_files_alone_make_a_package(run, tmp_path):
    (tmp_path / "表.txt").write_text("表", encoding="utf-8")
    done, _ = run("package", "make", "--file", "表.txt", *TERMS, "--out", "出")
    assert len(done["files"]) == 3
    refused, _ = run("package", "make", *TERMS, "--out", "空", code=1)
    assert "没有选定" in refused["error"]["message"]


@pytest.mark.parametrize("name", ["清单.docx", "空.txt", "没有.txt"])
def test_a_list_that_is_none_is_refused_in_words(run, tmp_path, name):
    (tmp_path / "清单.docx").write_bytes(b"PK")
    (tmp_path / "空.txt").write_text("\n\n", encoding="utf-8")
    refused, _ = run("package", "make", "--list", name, *TERMS, "--out", "出", code=1)
    assert name in refused["error"]["message"]
    assert refused["error"]["remedy"]
    assert not (tmp_path / "出").exists()
