"""The commands of indicators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dangjian_desktop.cli.running import main
from tests.services.fusion.fusion_world import PROJECT, a_desk


@pytest.fixture
def library(tmp_path):
    with a_desk(tmp_path) as desk:
        return desk.path


def told(capsys, library, *words):
    assert main(["--library", str(library), *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_list_tells_what_the_project_tells(library, capsys):
    found = {each["name"]: each for each in told(capsys, library, "indicator", "list")["records"]}
    cost, safety = found["材料消耗"], found["隐患按期整改率"]
    assert cost["measured"]["value"] == "0.43"
    assert cost["measured"]["values"] == {"2026-01": "0.44", "2026-02": "0.43"}
    assert cost["project"][0]["id"] == PROJECT["id"]
    assert (safety["baseline"], safety["target"], safety["measured"]["attained"]) == (
        *("94.7", "98"),
        False,
    )


def test_one_is_shown_as_the_sentence_of_its_effect(library, capsys):
    [uid] = [
        each["id"]
        for each in told(capsys, library, "indicator", "list")["records"]
        if each["name"] == "材料消耗"
    ]
    assert main(["--library", str(library), "indicator", "show", uid]) == 0
    said = capsys.readouterr().out
    assert "由0.45元/吨煤降至0.43元/吨煤（目标0.42元/吨煤，来源：材料台账）" in said


def test_what_was_listed_can_be_read_again_and_exported(library, capsys, tmp_path):
    listed = told(capsys, library, "indicator", "list")["records"]
    file = tmp_path / "指标.json"
    file.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    assert len(told(capsys, library, "indicator", "import", str(file))["unchanged"]) == 2
    [book] = told(capsys, library, "indicator", "export", str(tmp_path / "指标.xlsx"))["files"]
    assert book.endswith("指标.xlsx")


def test_the_pages_of_a_period_are_printed_with_their_overview(library, capsys, tmp_path):
    file = tmp_path / "重点.json"
    file.write_text('[{"name": "成本"}, {"name": "安全"}]', encoding="utf-8")
    assert len(told(capsys, library, "priority", "import", str(file))["ids"]) == 2
    out = tmp_path / "融合"
    files = told(capsys, library, "fusion", "2026-Q1", "--out", str(out), "--format", "pdf")[
        "files"
    ]
    assert sorted(Path(each).name for each in files) == [
        "中共测试公司机关党支部_党建与业务融合一览表_2026年第一季度.pdf",
        "中共测试公司机关党支部_党建与业务融合页（安全）_2026年第一季度.pdf",
        "中共测试公司机关党支部_党建与业务融合页（成本）_2026年第一季度.pdf",
    ]


def test_without_a_priority_it_says_what_to_do(library, capsys, tmp_path):
    assert main(["--library", str(library), "fusion", "2026", "--out", str(tmp_path / "融合")]) == 1
    assert "还没有业务重点" in capsys.readouterr().err
    assert not (tmp_path / "融合").exists()
