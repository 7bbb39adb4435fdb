"""roster import, undo, list, export on the rosters that secretaries keep."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def empty(shell):
    shell("new", "--name", "中共某矿综采三队支部委员会")
    return shell


def test_the_untidy_roster_is_refused_whole_until_it_is_accepted(empty, samples):
    file = samples / "花名册-混乱.xlsx"
    refused = empty.json("roster", "import", file, code=1)
    assert [issue["row"] for issue in refused["error"]["issues"] if issue["code"] == "id_duplicate"]
    assert empty.json("info")["members"]["formal"] == 0
    tried = empty.json("roster", "import", file, "--dry-run", "--accept-partial")
    assert (tried["added"], tried["stated_total"]) == (36, 36)
    assert empty.json("info")["members"]["formal"] == 0
    done = empty.json("roster", "import", file, "--accept-partial")
    assert done["added"] == 36
    assert [(i["row"], i["code"]) for i in done["refused"]] == [(45, "id_duplicate")]
    incomplete = {(i["row"], i["code"]) for i in done["incomplete"]}
    assert {(11, "id_lost_digits"), (34, "id_lost_digits"), (40, "id_lost_digits")} <= incomplete
    assert (29, "id_checksum") in incomplete


def test_an_import_comes_again_unchanged_and_is_taken_back_whole(empty, samples):
    first = empty.json("roster", "import", samples / "花名册-规范.xlsx")
    again = empty.json("roster", "import", samples / "花名册-规范.xlsx")
    assert (first["added"], again["added"], again["unchanged"]) == (36, 0, 36)
    assert empty.json("roster", "undo", first["batch"]) == {"removed": 36, "restored": 0}
    assert empty.json("roster", "list")["members"] == []


def test_the_roster_in_gbk_is_read_like_the_workbook(empty, samples):
    done = empty.json("roster", "import", samples / "花名册-GBK.csv")
    assert done["added"] == 34
    names = {member["name"] for member in empty.json("roster", "list")["members"]}
    assert {"钱堃", "周玥", "孙犇", "李珺"} <= names


def test_an_export_holds_text_and_comes_back_as_the_same_roster(branch, tmp_path):
    out = tmp_path / "名册.xlsx"
    told = branch.json("roster", "export", out)
    assert told["rows"] == 36
    sheet = openpyxl.load_workbook(told["files"][0]).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    again = branch.json("roster", "import", told["files"][0], "--as-of", "2026-01-05")
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 36)


def test_a_masked_export_shows_no_number_whole(branch, tmp_path):
    [file] = branch.json("roster", "export", tmp_path / "x.xlsx", "--profile", "masked")["files"]
    sheet = openpyxl.load_workbook(file).active
    text = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "430111200012018955" not in text
    assert "17726821992" not in text


def test_an_export_never_replaces_a_file_unless_told(branch, tmp_path):
    out = tmp_path / "名册.xlsx"
    out.write_bytes(b"kept")
    [file] = branch.json("roster", "export", out)["files"]
    assert file != str(out)
    assert out.read_bytes() == b"kept"
    assert branch.json("roster", "export", out, "--force")["files"] == [str(out)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"not a workbook", "工作簿"),
        ("a.xlsx", b"", "空"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "姓名"),
    ],
)
def test_what_is_no_roster_gets_a_sentence_and_changes_nothing(
    empty, tmp_path, name, content, words
):
    file = tmp_path / name
    file.write_bytes(content)
    told = empty.json("roster", "import", file, code=1)["error"]
    assert words in told["message"] + told["remedy"]
    assert empty.json("roster", "list")["members"] == []


def test_the_undecided_are_listed_and_decided_on_the_command_line(empty, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text("姓名,人员类别\n张三,正式党员\n李四,领导\n王五,挂起\n", encoding="utf-8")
    done = empty.json("roster", "import", file, "--report", tmp_path / "问题.xlsx")
    assert [issue["name"] for issue in done["undecided"]] == ["李四", "王五"]
    assert empty.json("info")["members"] == {"formal": 1, "probationary": 0, "undecided": 2}
    listed = empty.json("roster", "undecided")["undecided"]
    assert [person["name"] for person in listed] == ["李四", "王五"]
    [decided] = empty.json("roster", "decide", "probationary", listed[0]["id"])["ids"]
    assert decided == listed[0]["id"]
    told, _ = empty("roster", "decide", "none", "--all")
    assert "王五" in told
    assert empty.json("info")["members"] == {"formal": 1, "probationary": 1, "undecided": 0}
    assert empty.json("roster", "decide", "formal", decided, code=1)["error"]["message"]


def test_the_balance_is_told_and_saved_beside_their_own_sheet(empty, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text(
        "序号,姓名,人员类别,党费标准\n1,张三,正式党员,5\n2,李四,群众,\n,合计,2人,\n",
        encoding="utf-8",
    )
    out, _ = empty("roster", "import", file, "--report", tmp_path / "问题.xlsx")
    assert "新增 1 人，更新 0 人，无变化 0 人，不能导入 0 行，未读作人员 2 行（共 3 行）" in out
    assert "没有导入的列：党费标准" in out
    book = openpyxl.load_workbook(tmp_path / "问题.xlsx")
    theirs = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert [row[:2] for row in theirs] == [["序号", "姓名"], ["1", "张三"], ["2", "李四"],
                                           [None, "合计"]]  # fmt: skip
    assert theirs[0][-1] == "问题"
    assert theirs[2][-1].startswith("【未读作人员】是“群众”")
    again, _ = empty("roster", "import", file, "--dry-run", "--report", tmp_path / "问题.xlsx")
    assert "问题" in again.rpartition("：")[2]
    assert len(list(tmp_path.glob("问题*.xlsx"))) == 2


def test_the_roster_stands_by_strokes_where_that_is_asked(empty, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text("姓名,人员类别\n安一,正式\n丁二,正式\n王三,正式\n", encoding="utf-8")
    empty.json("roster", "import", file)
    names = [m["name"] for m in empty.json("roster", "list", "--order", "strokes")["members"]]
    assert names == ["丁二", "王三", "安一"]
