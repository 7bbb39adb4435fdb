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
