"""A superior's table on the command line: read whole or not at all, finished, its gaps problems."""

from __future__ import annotations

import json

import openpyxl
import pytest

from dangjian_desktop.cli.running import main
from tests.services.talks.talks_world import a_desk

HEAD = ("序号", "考核项目", "考核标准", "底线/高线", "分值", "自评得分", "存在问题")
GOOD = (
    (1, "三会一课", "按期召开", "底线", 60, 55, "缺一次"),
    (2, "融合", "有数据", "高线", 40, 30, None),
)


@pytest.fixture
def library(tmp_path):
    with a_desk(tmp_path) as desk:
        return desk.path


def run(capsys, library, *words, code=0):
    assert main(["--library", str(library), "--json", *map(str, words)]) == code
    return json.loads(capsys.readouterr().out)


def a_table(folder, rows, merged=(), name="达标表.xlsx"):
    book = openpyxl.Workbook()
    for row in (("某公司达标表",), HEAD, *rows):
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / name)
    return folder / name


def test_a_table_is_looked_into_then_read_then_finished(capsys, library, tmp_path) -> None:
    file = a_table(tmp_path, GOOD)
    seen = run(capsys, library, "assessment", "read", file, "--dry-run")
    assert (seen["id"], seen["title"], seen["rows"]) == (None, "某公司达标表", 2)
    assert run(capsys, library, "assessment", "list")["records"] == []
    made = run(capsys, library, "assessment", "read", file, "--period", "2025", "--title", "自查")
    [stored] = run(capsys, library, "assessment", "list")["records"]
    assert (stored["id"], stored["title"]) == (made["id"], "自查")
    assert (stored["year"], stored["span"], stored["finished"]) == (2025, "year", None)
    done = run(capsys, library, "assessment", "finish", made["id"])
    assert done["finished"]
    again = run(capsys, library, "assessment", "finish", made["id"], code=1)
    assert "完成" in again["error"]["message"]
    assert run(capsys, library, "assessment", "finish", made["id"], "--again")["finished"] is None
    [problem] = run(capsys, library, "assessment", "problems", made["id"])["ids"]
    told = run(capsys, library, "item", "show", problem)["record"]
    assert told["content"] == "缺一次"
    assert told["source_ref"]["id"] == made["id"]
    assert told["source_ref"]["item"] == stored["criteria"][0]["id"]


def test_merged_scores_and_weights_that_do_not_make_100_are_told_and_read(
    capsys, library, tmp_path
) -> None:
    rows = (
        (1, "三会一课", "党员大会", "底线", 50, 45, None),
        (2, None, "支委会", None, None, None, None),
    )
    file = a_table(tmp_path, rows, ("B3:B4", "E3:E4", "F3:F4"))
    told = run(capsys, library, "assessment", "read", file)
    assert [issue["code"] for issue in told["warnings"]] == ["merged", "merged", "weights"]
    assert told["refused"] == []
    assert "不是100" in told["warnings"][2]["message"]
    [stored] = run(capsys, library, "assessment", "list")["records"]
    assert [row["weight"] for row in stored["criteria"]] == ["50", None]


def test_what_cannot_be_read_refuses_the_whole_unless_it_is_accepted(
    capsys, library, tmp_path
) -> None:
    rows = ((1, "三会一课", "按期", "底线", "六十", "良好", None), GOOD[1])
    file = a_table(tmp_path, rows)
    error = run(capsys, library, "assessment", "read", file, code=1)["error"]
    assert "有2处读不出，没有读入" in error["message"]
    assert "--accept-partial" in error["remedy"]
    assert [(i["row"], i["field"]) for i in error["issues"][:2]] == [(3, "weight"), (3, "score")]
    assert run(capsys, library, "assessment", "list")["records"] == []
    told = run(capsys, library, "assessment", "read", file, "--accept-partial")
    assert len(told["refused"]) == 2
    assert len(run(capsys, library, "assessment", "list")["records"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2025-03"), "按季度、半年或全年"),
        (("--sheet", "没有"), "里没有工作表“没有”"),
    ],
)
def test_a_wrong_period_or_sheet_is_refused(capsys, library, tmp_path, words, said) -> None:
    file = a_table(tmp_path, GOOD)
    error = run(capsys, library, "assessment", "read", file, *words, code=1)["error"]
    assert said in error["message"]
    assert run(capsys, library, "assessment", "list")["records"] == []
