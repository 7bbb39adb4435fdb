"""Later imports change periods, never the past; an import is taken back as a whole."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster import RosterService
from dangjian_desktop.services.members.roster_import import RosterImport
from tests.spreadsheets.make import a_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
CLEAN = SAMPLES / "花名册-规范.xlsx"
NOW = datetime.fromisoformat("2026-11-21T09:00")
HEAD = ["姓名", "身份证号", "出生日期", "入党时间", "转正时间", "职务/党小组", "学历", "联系电话"]
GOOD, OTHER = "110101198001010010", "650101197602291023"


def clock():
    return NOW


@pytest.fixture
def library(tmp_path):
    library = new_library(tmp_path / "支部.dangjian", Branch(name="中共测试支部委员会"))
    yield library
    library.close()


@pytest.fixture
def imports(library):
    return RosterImport(library, clock)


def a_roster(folder, *rows, head=HEAD, name="名册.xlsx"):
    return a_workbook(folder / name, [head, *rows])


def members(library):
    with library.reading() as work:
        return {member.name: member for member in work.members.all()}


def test_what_the_first_import_finds_holds_since_ever(imports, library, tmp_path):
    imports.run(a_roster(tmp_path, ["张三", GOOD, "", "2010.7", "2011.7", "书记/第一党小组"]))
    member = members(library)["张三"]
    early = date(2015, 1, 1)
    assert (member.group_on(early), member.posts_on(early)) == ("第一党小组", ("书记",))
    assert member.kind_on(date(2010, 12, 1)) is MemberKind.PROBATIONARY
    assert member.kind_on(date(2010, 6, 30)) is None
    assert (member.sex, member.birth_date) == ("男", PartialDate(1980, 1, 1))


def test_a_later_import_changes_periods_from_its_day_on(imports, library, tmp_path):
    first = ["张三", GOOD, "", "2010.7", "2011.7", "组织委员、书记/第一党小组", "高中"]
    later = ["张三", GOOD, "", "2010.7", "2011.7", "书记/第二党小组", "大专"]
    imports.run(a_roster(tmp_path, first))
    day = date(2026, 5, 1)
    done = imports.run(a_roster(tmp_path, later), as_of=day)
    member = members(library)["张三"]
    assert member.group_on(date(2026, 4, 30)) == "第一党小组"
    assert member.group_on(day) == "第二党小组"
    assert set(member.posts_on(date(2026, 4, 30))) == {"组织委员", "书记"}
    assert member.posts_on(day) == ("书记",)
    assert member.education == "大学专科"
    [planned] = done.plan.updated
    told = {c.field: (c.before, c.after) for c in planned.changes}
    assert told == {
        "group": ("第一党小组", "第二党小组"),
        "party_post": ("组织委员、书记", "书记"),
        "education": ("高中", "大学专科"),
    }


def test_a_probationary_member_becomes_formal_from_the_day_of_the_later_import(
    imports, library, tmp_path
):
    head = ["姓名", "身份证号", "入党时间", "转正时间", "人员类别"]
    imports.run(a_roster(tmp_path, ["张三", GOOD, "2025-01-08", "", "预备党员"], head=head))
    row = ["张三", GOOD, "2025-01-08", "2026-01-08", "正式党员"]
    imports.run(a_roster(tmp_path, row, head=head), as_of=date(2026, 3, 1))
    member = members(library)["张三"]
    assert member.kind_on(date(2026, 2, 28)) is MemberKind.PROBATIONARY
    assert member.kind_on(date(2026, 3, 1)) is MemberKind.FORMAL
    assert str(member.full_date) == "2026-01-08"


def test_who_comes_with_a_later_import_belongs_from_its_day_on(imports, library, tmp_path):
    imports.run(a_roster(tmp_path, ["张三", GOOD, "", "2010.7", "2011.7"]))
    later = a_roster(tmp_path, ["李四", OTHER, "", "2012.7", "2013.7"])
    imports.run(later, as_of=date(2026, 5, 1))
    stored = members(library)
    assert stored["李四"].belongs_on(date(2026, 5, 1))
    assert not stored["李四"].belongs_on(date(2026, 4, 30))
    assert stored["张三"].belongs_on(date(2026, 5, 1)), "absent from the file, yet a member"


def test_a_status_holds_from_the_day_on(imports, library, tmp_path):
    head = ["姓名", "身份证号", "入党时间", "转正时间", "党籍状态"]
    imports.run(a_roster(tmp_path, ["张三", GOOD, "2010.7", "2011.7", "正常"], head=head))
    path = a_roster(tmp_path, ["张三", GOOD, "2010.7", "2011.7", "已转出"], head=head)
    imports.run(path, as_of=date(2026, 5, 1))
    member = members(library)["张三"]
    assert member.belongs_on(date(2026, 4, 30))
    assert member.status_on(date(2026, 5, 1)) == "转出"


def test_a_blank_cell_never_erases(imports, library, tmp_path):
    full = [
        "张三",
        GOOD,
        "1980-01-01",
        "2010-07-01",
        "2011-07-01",
        "书记/第一党小组",
        "高中",
        "6234567",
    ]
    imports.run(a_roster(tmp_path, full))
    before = members(library)["张三"]
    done = imports.run(a_roster(tmp_path, ["张三", GOOD, "", "", "", "", "", ""]))
    assert members(library)["张三"] == before
    assert [issue.code for issue in done.warnings if issue.code == "post_kept"] == ["post_kept"]


def test_people_are_known_by_name_and_birth_date_where_the_number_is_missing(
    imports, library, tmp_path
):
    people = (
        ["张三", GOOD, "", "2010.7", "2011.7"],
        ["张三", OTHER, "", "2010.7", "2011.7"],
    )
    imports.run(a_roster(tmp_path, *people))
    row = ["张三", "", "1976-02-29", "2010.7", "2011.7", "第二党小组"]
    done = imports.run(a_roster(tmp_path, row))
    assert (done.added, done.updated) == (0, 1)
    [planned] = done.plan.updated
    assert planned.after.id_number == OTHER


def test_another_person_of_a_known_name_is_added_with_a_warning(imports, tmp_path):
    imports.run(a_roster(tmp_path, ["张三", GOOD, "", "2010.7", "2011.7"]))
    done = imports.run(a_roster(tmp_path, ["张三", OTHER, "", "2010.7", "2011.7"]))
    assert done.added == 1
    assert "possible_duplicate" in {issue.code for issue in done.warnings}


def test_two_rows_never_become_one_member(imports, library, tmp_path):
    imports.run(a_roster(tmp_path, ["张三", GOOD, "", "2010.7", "2011.7"]))
    rows = (["张三", "", "1980-01-01", "2010.7", "2011.7"], ["张三", GOOD, "", "2010.7", "2011.7"])
    done = imports.run(a_roster(tmp_path, *rows))
    assert (done.added, done.updated, done.unchanged) == (1, 0, 1)


# Taking back.


def test_an_import_is_taken_back_as_a_whole(imports, library, tmp_path):
    imports.run(CLEAN)
    before = members(library)
    rows = (
        ["邓涛", "430111200012018955", "", "", "", "第一党小组", "高中"],
        ["张三", GOOD, "", "2010.7", "2011.7"],
    )
    done = imports.run(a_roster(tmp_path, *rows))
    assert imports.undo(done.batch) == (1, 1)
    assert members(library) == before
    with pytest.raises(InputError, match="已经撤销过"):
        imports.undo(done.batch)


def test_an_unknown_import_cannot_be_taken_back(imports):
    with pytest.raises(InputError, match="没有找到"):
        imports.undo("没有")


def test_an_import_that_minutes_rely_on_stays(imports, library):
    done = imports.run(CLEAN)
    meeting = {
        "kinds": ["committee_meeting"],
        "title": "三月支委会",
        "date": "2026-03-18",
        "start": "14:30",
        "end": "16:00",
        "attendance": {"present": ["邓涛", "高玉珍", "马秀英"]},
        "agenda": [],
    }
    MeetingService(library, clock).import_json(meeting)
    before = members(library)
    with pytest.raises(InputError) as caught:
        imports.undo(done.batch)
    assert "《三月支委会》" in caught.value.issues[0].message
    assert {"邓涛", "高玉珍", "马秀英"} <= {issue.name for issue in caught.value.issues}
    assert members(library) == before


def test_an_import_after_which_somebody_was_changed_stays(imports, library, tmp_path):
    imports.run(CLEAN)
    row = ["邓涛", "430111200012018955", "", "", "", "", "高中"]
    done = imports.run(a_roster(tmp_path, row))
    later = ["邓涛", "430111200012018955", "", "", "", "", "大专"]
    imports.run(a_roster(tmp_path, later))
    with pytest.raises(InputError) as caught:
        imports.undo(done.batch)
    assert [issue.name for issue in caught.value.issues] == ["邓涛"]
    assert members(library)["邓涛"].education == "大学专科"


def test_one_added_by_mistake_and_binned_since_does_not_hinder(imports, library, tmp_path):
    done = imports.run(a_roster(tmp_path, ["张三", GOOD, "", "2010.7", "2011.7"]))
    roster = RosterService(library, clock)
    roster.delete(members(library)["张三"].id)
    assert imports.undo(done.batch) == (0, 0)
