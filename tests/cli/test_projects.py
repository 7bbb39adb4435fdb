"""The project commands of the contract, run as a script would."""

from __future__ import annotations

import json

import pytest

from dangjian_desktop.cli.running import main
from tests.services.make import a_library
from tests.services.projects.test_projects import a_project


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    opened.close()
    return opened.path


@pytest.fixture
def run(library, capsys):
    def command(*words: str):
        code = main(["--library", str(library), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return command


def _file(tmp_path, data):
    file = tmp_path / "projects.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(file)


def test_import_list_and_info(run, tmp_path) -> None:
    code, done = run("project", "import", _file(tmp_path, [a_project()]))
    assert code == 0
    (uid,) = done["ids"]
    code, listed = run("project", "list", "--year", "2026", "--state", "推进")
    (project,) = listed["projects"]
    assert (code, project["id"], project["state"]) == (0, uid, "running")
    assert project["targets"][0]["values"]["2026-02"] == "1200.5"
    assert run("project", "list", "--year", "2025")[1] == {"projects": []}
    assert run("info")[1]["projects"] == 1


def test_a_refused_import_says_everything_and_changes_nothing(run, tmp_path) -> None:
    bad = a_project(category="唱歌", secretary="李四")
    code, told = run("project", "import", _file(tmp_path, bad))
    assert code == 1
    assert {issue["field"] for issue in told["error"]["issues"]} == {"category", "secretary"}
    assert run("project", "list")[1] == {"projects": []}


def test_every_form_is_written_as_word_and_pdf(run, tmp_path) -> None:
    _, done = run("project", "import", _file(tmp_path, a_project()))
    (uid,) = done["ids"]
    out = str(tmp_path / "出")
    for form in ("申报", "立项", "中期", "结项", "一页"):
        code, made = run("project", "form", uid, "--form", form, "--out", out)
        assert code == 0, made
        assert [name[-4:] for name in made["files"]] == ["docx", ".pdf"]
    words = ("project", "form", uid, "--form", "推进", "--format", "pdf", "--out", out)
    for period in ("2026-03", "2026-Q1"):
        code, made = run(*words, "--period", period)
        assert (code, len(made["files"])) == (0, 1)
    for command in (("ledger", "2026"), ("ledger", "2026", "--group", "党员项目"), ("claims",)):
        code, made = run("project", *command, "--format", "docx", "--out", out)
        assert (code, len(made["files"])) == (0, 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("form", "nowhere", "--form", "申报"), "没有编号为 nowhere 的项目"),
        (("form", "UID", "--form", "总结"), "没有名为“总结”的表"),
        (("form", "UID", "--form", "推进", "--period", "2026"), "按月或按季度"),
        (("form", "UID", "--form", "申报", "--period", "2026-03"), "不分时间段"),
        (("form", "UID", "--form", "推进", "--period", "三月"), "无法识别"),
        (("ledger", "2026", "--group", "别的"), "没有名为“别的”的项目种类"),
        (("list", "--state", "flying"), "没有名为 flying 的状态"),
        (("list", "--category", "唱歌"), "没有名为 唱歌 的类别"),
    ],
)
def test_what_cannot_be_done_is_said(run, tmp_path, words, told) -> None:
    _, done = run("project", "import", _file(tmp_path, a_project()))
    given = [done["ids"][0] if word == "UID" else word for word in words]
    out = () if words[0] == "list" else ("--out", str(tmp_path / "出"))
    code, said = run("project", *given, *out)
    assert code == 1
    assert told in said["error"]["message"]
    assert said["error"]["remedy"]
    assert not (tmp_path / "出").exists()
