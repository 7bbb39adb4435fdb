"""The verbs that every declared record has, run as a script would."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.services.make import a_meeting
from tests.services.projects.test_projects import a_project


@pytest.fixture
def filled(branch, tmp_path):
    names = [m["name"] for m in branch.json("member", "list")["members"]]
    meeting = a_meeting(
        attendance={"present": names[:2]}, host=names[0], recorder=None, stated=None
    )
    meeting["agenda"] = [{"topic": "学习", "speeches": [{"speaker": names[0], "text": "发言"}]}]
    project = a_project(secretary=None, assistant=None, team=[], history=[], state=None)
    for kind, data in (("meeting", meeting), ("project", project)):
        file = tmp_path / f"{kind}.json"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        branch(kind, "import", file)
    return branch


def first(branch, kind, plural):
    return branch.json(kind, "list")[plural][0]


KINDS = [("member", "members"), ("meeting", "meetings"), ("project", "projects")]


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_a_record_is_shown_as_it_is_listed_and_in_words(filled, kind, plural):
    listed = first(filled, kind, plural)
    assert filled.json(kind, "show", listed["id"])["record"] == listed
    words, _ = filled(kind, "show", listed["id"])
    assert (listed.get("name") or listed["title"]) in words
    assert "没有编号为 x 的" in filled(kind, "show", "x", code=1)[1]


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_records_are_exported_with_every_field(filled, tmp_path, kind, plural):
    listed = filled.json(kind, "list")[plural]
    [path] = filled.json(kind, "export", tmp_path / "全部.xlsx")["files"]
    cells = [[c.value for c in row] for row in openpyxl.load_workbook(path).active.rows]
    texts = "\n".join(str(cell) for row in cells for cell in row)
    assert all((record.get("name") or record["title"]) in texts for record in listed)
    assert "拒绝" not in texts
    filled(kind, "export", tmp_path / "全部.csv", code=1)


def test_personal_numbers_are_covered_where_it_is_asked(filled, tmp_path):
    phone = next(m["phone"] for m in filled.json("member", "list")["members"] if m["phone"])
    for profile, shown in (("full", True), ("masked", False)):
        file = tmp_path / f"{profile}.xlsx"
        filled("member", "export", file, "--profile", profile)
        cells = {str(c.value) for row in openpyxl.load_workbook(file).active.rows for c in row}
        assert (phone in cells) is shown


@pytest.mark.parametrize(("kind", "plural"), KINDS[1:])
def test_a_record_goes_to_the_bin_with_a_reason(filled, kind, plural):
    uid = first(filled, kind, plural)["id"]
    assert filled(kind, "delete", uid, code=2)[1]
    assert filled.json(kind, "delete", uid, "--reason", "录错")["ids"] == [uid]
    assert filled.json(kind, "list")[plural] == []


def test_members_come_in_and_stay_as_they_are_listed(filled, tmp_path):
    file = tmp_path / "党员.json"
    members = filled.json("member", "list")["members"]
    new = {"name": "新来的", "member_kind": "probationary", "join_date": "2025-07", "group": "一组"}
    file.write_text(json.dumps([*members, new], ensure_ascii=False), encoding="utf-8")
    done = filled.json("member", "import", file)
    assert (len(done["ids"]), len(done["unchanged"])) == (1, len(members))
    found = filled.json("member", "show", done["ids"][0])["record"]
    assert {name: found[name] for name in new} == new
    assert found["status"] == "正常"


def test_a_wrong_member_is_refused_with_its_place(filled, tmp_path):
    file = tmp_path / "党员.json"
    file.write_text(json.dumps([{"name": "", "sex": [], "colour": 1}]), encoding="utf-8")
    issues = filled.json("member", "import", file, code=1)["error"]["issues"]
    assert {issue["field"] for issue in issues} >= {"name", "sex", "colour"}
