"""Rosters into the library: the sample files with their exact result."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.gathering import gather
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.services.records.writing import to_contract

SAMPLES = Path(__file__).parents[2] / "samples"
CLEAN, MESSY, GBK = (
    SAMPLES / name for name in ("花名册-规范.xlsx", "花名册-混乱.xlsx", "花名册-GBK.csv")
)
NOW = datetime.fromisoformat("2026-11-21T09:00")
TODAY = NOW.date()
LOST = {"钱堃": 11, "冯振华": 34, "于建国": 40}
WRONG = {"李文博": 29}


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


def members(library):
    with library.reading() as work:
        return {member.name: member for member in work.members.all()}


def revisions(library):
    with library.reading() as work:
        return {m.name: work.members.revision_number(m.id) for m in work.members.all()}


def card(row):
    """All that a row says, months instead of days."""
    dates = ("join_date", "full_date")
    plain = ("name", "sex", "ethnicity", "education", "posts", "group", "phone", "note")
    told = {name: getattr(row, name) for name in plain}
    return told | {name: str(getattr(row, name))[:7] for name in dates}


def test_the_clean_roster_is_read_without_a_word(imports):
    reading = imports.read(CLEAN)
    assert len(reading.rows) == 36
    assert reading.refused == reading.incomplete == reading.warnings == ()
    assert reading.mapping == {
        "姓名": "name",
        "性别": "sex",
        "民族": "ethnicity",
        "公民身份号码": "id_number",
        "出生日期": "birth_date",
        "学历": "education",
        "入党日期": "join_date",
        "转正日期": "full_date",
        "人员类别": "member_kind",
        "党小组": "group",
        "党内职务": "party_post",
        "工作岗位": "work_post",
        "手机号码": "phone",
        "党籍状态": "status",
        "备注": "note",
    }


def test_the_gbk_roster_says_the_same_as_the_clean_one(imports):
    clean = {row.name: row for row in imports.read(CLEAN).rows}
    reading = imports.read(GBK)
    assert reading.refused == reading.incomplete == reading.warnings == ()
    assert {row.name for row in reading.rows} == set(clean) - {"褚𠅤", "陈𫖯"}
    for row in reading.rows:
        known = clean[row.name]
        assert (card(row), row.id_number, row.kind) == (card(known), known.id_number, known.kind)
        assert (row.birth_date, row.join_date, row.full_date, row.work_post) == (
            *(known.birth_date, known.join_date, known.full_date, known.work_post),
        )


def test_the_messy_roster_says_the_same_as_the_clean_one(imports):
    clean = {row.name: row for row in imports.read(CLEAN).rows}
    reading = imports.read(MESSY)
    assert [row.name for row in reading.rows] == list(clean)
    for row in reading.rows:
        known = clean[row.name]
        assert card(row) == card(known)
        damaged = row.name in LOST or row.name in WRONG
        assert row.id_number == (None if damaged else known.id_number)
        on = [next(s.value for s in r.kinds()[::-1] if s.covers(TODAY)) for r in (row, known)]
        assert on[0] == on[1]


def test_the_messy_roster_is_told_row_by_row(imports):
    reading = imports.read(MESSY)
    assert (reading.sheet, reading.header_row, reading.stated_total) == ("Sheet1", 4, 36)
    assert reading.mapping == {
        "姓名": "name",
        "性别": "sex",
        "民族": "ethnicity",
        "身份证号": "id_number",
        "文化程度": "education",
        "入党时间": "join_date",
        "转正时间": "full_date",
        "职务/党小组": "party_post/group",
        "联系电话": "phone",
        "备注": "note",
    }
    assert [(i.row, i.name, i.code) for i in reading.refused] == [(45, "马磊", "id_duplicate")]
    assert [(i.row, i.name, i.code) for i in reading.incomplete] == [
        (11, "钱堃", "id_lost_digits"),
        (29, "李文博", "id_checksum"),
        (34, "冯振华", "id_lost_digits"),
        (40, "于建国", "id_lost_digits"),
    ]
    told = [(issue.row, issue.field) for issue in reading.warnings]
    assert {issue.code for issue in reading.warnings} == {"text_cleaned"}
    named = [5, 10, 19, 20, 26, 28, 33, 36, 37, 43, 44]
    called = [5, 10, 11, 18, 23, 28, 33, 35]
    assert told == sorted([*((r, "name") for r in named), *((r, "phone") for r in called)])


def test_months_and_days_of_the_messy_roster_keep_their_precision(imports):
    rows = {row.name: row for row in imports.read(MESSY).rows}
    assert str(rows["邓涛"].join_date) == "2024-07-28"
    assert str(rows["邓涛"].full_date) == "2025-07"
    assert str(rows["马秀英"].join_date) == "1989-06"
    assert str(rows["于红梅"].full_date) == "1989-07-26"
    assert rows["袁子轩"].kind is rows["于秀英"].kind is MemberKind.PROBATIONARY


def test_refused_rows_stop_the_import_and_nothing_is_changed(imports, library):
    with pytest.raises(InputError) as caught:
        imports.run(MESSY)
    assert [issue.row for issue in caught.value.issues] == [45]
    assert members(library) == {}
    with library.reading() as work:
        assert work.batches.all() == ()


def test_a_dry_run_tells_all_and_writes_nothing(imports, library):
    done = imports.run(MESSY, dry_run=True)
    assert (done.added, done.updated, done.unchanged, done.batch) == (36, 0, 0, None)
    assert members(library) == {}


def test_the_messy_roster_is_imported_with_consent(imports, library):
    done = imports.run(MESSY, accept_partial=True)
    result = done.as_json()
    assert {name: result[name] for name in ("added", "updated", "unchanged", "stated_total")} == {
        "added": 36,
        "updated": 0,
        "unchanged": 0,
        "stated_total": 36,
    }
    assert result["batch"]
    assert result["refused"][0] | {"message": ""} == {
        "row": 45,
        "name": "马磊",
        "field": "id_number",
        "code": "id_duplicate",
        "message": "",
    }
    stored = members(library)
    kinds = [stored[name].kind_on(TODAY) for name in stored]
    assert kinds.count(MemberKind.FORMAL) == 34
    assert kinds.count(MemberKind.PROBATIONARY) == 2
    assert to_contract(MEMBER, stored["邓涛"], None, TODAY) | {"id": ""} == {
        "id": "",
        "name": "邓涛",
        "sex": "男",
        "ethnicity": "汉族",
        "id_number": "430111200012018955",
        "birth_date": "2000-12-01",
        "education": "博士研究生",
        "join_date": "2024-07-28",
        "join_approved": None,
        "full_date": "2025-07",
        "full_approved": None,
        "member_kind": "formal",
        "status": "正常",
        "party_post": "党支部书记",
        "group": "第二党小组",
        "work_post": None,
        "phone": "17726821992",
    }
    assert stored["邓涛"].initials == "dt"
    assert all(stored[name].id_number is None for name in (*LOST, *WRONG))


def test_a_copy_is_made_before_each_import(imports, library):
    imports.run(CLEAN)
    names = [p.name for p in library.path.parent.rglob("*.dangjian") if p != library.path]
    assert any("导入前" in name for name in names)


@pytest.mark.parametrize("path", [CLEAN, MESSY, GBK], ids=lambda path: path.name)
def test_the_same_file_again_changes_nothing(imports, library, path):
    imports.run(path, accept_partial=True)
    before = members(library), revisions(library)
    again = imports.run(path, accept_partial=True, as_of=date(2026, 11, 22))
    assert (again.added, again.updated) == (0, 0)
    assert (members(library), revisions(library)) == before


def test_the_clean_roster_completes_the_messy_one(imports, library):
    imports.run(MESSY, accept_partial=True)
    done = imports.run(CLEAN)
    assert (done.added, done.updated, done.unchanged) == (0, 36, 0)
    by_name = {i.name for i in done.warnings if i.code == "matched_by_name"}
    assert by_name == {*LOST, *WRONG}
    stored = members(library)
    assert str(stored["邓涛"].full_date) == "2025-07-28"
    assert stored["邓涛"].kinds[-1].start == PartialDate(2025, 7, 28)
    assert stored["李文博"].id_number == "340421196311145071"


def test_the_messy_roster_takes_nothing_from_the_clean_one(imports, library):
    imports.run(CLEAN)
    before = members(library)
    done = imports.run(MESSY, accept_partial=True)
    assert (done.added, done.updated, done.unchanged) == (0, 0, 36)
    assert members(library) == before


def sheet(folder, total, *names):
    rows = [f"{name},男,2010-05-01,2011-05-01" for name in names]
    lines = ["姓名,性别,入党时间,转正时间", *rows, f"合计,{total},,"]
    file = folder / f"名册{total}.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def missing(library):
    with library.reading() as work:
        return gather(work, TODAY).missing_members


def test_who_is_missing_from_a_sheets_own_total_leaves_the_votes_open(tmp_path, library, imports):
    short = imports.run(sheet(tmp_path, 3, "张三", "李四"))
    assert [w.code for w in short.warnings] == ["total_mismatch"]
    assert missing(library) == 1
    imports.run(sheet(tmp_path, 2, "张三", "李四"))
    assert missing(library) == 0


def test_a_total_goes_with_the_import_that_is_taken_back(tmp_path, library, imports):
    short = imports.run(sheet(tmp_path, 3, "张三", "李四"))
    imports.undo(short.batch)
    assert missing(library) == 0
