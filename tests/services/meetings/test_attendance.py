from __future__ import annotations

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format
from tests.services.make import a_library, a_meeting, clock

YEAR = Period(2026, 1, 12)


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    sittings = (
        ("2026-01-15", {"present": ["张三"], "leave": [{"name": "李四", "reason": "出差"}]}),
        ("2026-02-15", {"present": ["张三", "李四"], "absent": ["王五"]}),
        ("2026-03-15", {"video": ["李四"], "absent": ["王五", "张三"]}),
    )
    for day, stood in sittings:
        made.meetings.import_json(
            a_meeting(title=f"{day}主题党日", date=day, kinds=["theme_day"], attendance=stood)
            | {"agenda": [], "details": {}}
        )
    made.meetings.import_json(
        a_meeting(
            kinds=["committee_meeting"],
            title="3月支委会",
            date="2026-03-10",
            attendance={"present": ["张三"], "absent": ["王五"]},
            agenda=[],
            details={},
        )
    )
    yield made
    made.close()


def counts(desk, **asked):
    table = desk.attendance.by_person(YEAR, **asked)
    return {
        p.member.name: (p.due, p.present, p.count("请假"), p.absent, p.count("未登记"))
        for p in table.people
    }


def test_each_person_is_counted_and_who_is_not_recorded_is_not_absent(desk):
    found = counts(desk)
    assert found["张三"] == (3, 2, 0, 1, 0)
    assert found["李四"] == (3, 2, 1, 0, 0)
    assert found["王五"] == (3, 0, 0, 2, 1)
    assert found["赵六"][2:] == (0, 0, 3)


def test_the_sums_are_the_figures_of_the_summary(desk):
    found = counts(desk)
    told = desk.printing.sheet("summary", wanted=wanted()).figures
    assert sum(each[0] for each in found.values()) == told["attendance.expected"].value
    assert sum(each[1] for each in found.values()) == told["attendance.present"].value


def wanted():
    from dangjian_desktop.services.papers.printing import Wanted

    return Wanted(period=Period(2026, 1, 3))


def test_who_was_absent_so_often_is_found(desk):
    assert set(counts(desk, least=1)) == {"张三", "王五"}
    assert set(counts(desk, least=2)) == {"王五"}
    assert counts(desk, least=3) == {}


def test_of_one_kind_and_of_the_committee_those_who_are_called(desk):
    assert counts(desk, kind="theme_day")["王五"] == (3, 0, 0, 2, 1)
    committee = counts(desk, kind="committee_meeting")
    assert set(committee) == {"张三", "李四", "王五"}
    assert committee["张三"] == (1, 1, 0, 0, 0)
    assert committee["李四"] == (1, 0, 0, 0, 1)


def test_the_table_goes_to_excel_and_on_paper(desk, tmp_path):
    table = desk.attendance.by_person(YEAR, least=2)
    file = desk.attendance.write_sheet(table, tmp_path / "出勤.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(file).active.iter_rows()]
    [line] = [row for row in rows if "王五" in row]
    assert [str(part) for part in line[3:8]] == ["3", "0", "0", "2", "1"]
    assert line[8:11] == ["未登记", "缺席", "缺席"]
    assert desk.attendance.preview(table).startswith(b"%PDF")
    [word] = desk.attendance.export(table, tmp_path, Format.DOCX)
    assert word.stat().st_size > 1000
    with pytest.raises(InputError):
        desk.attendance.write_sheet(table, tmp_path / "出勤.csv")
