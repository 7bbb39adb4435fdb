"""The projects of the sample year fit its minutes, its roster and the rules."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.coverage import coverage
from dangjian_desktop.domain.projects.progress import attained, overdue, reached_value
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.summaries.due import DueKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.services.papers.printing import Wanted
from tests.demo.year import MEETINGS, MEMBERS, SUMMARY, read, said, strings
from tests.services.make import clock

PROJECTS = {project["category"]: project for project in read("projects.json")}
STOPPED, ROLLERS, MENDED = (PROJECTS[c] for c in ("党建+业务", "创效节约", "执行力提升"))
YEAR_END = date(2025, 12, 31)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "示例.dangjian"
    opened = Desk(make_demo_library(path), clock)
    yield opened
    opened.close()


def _values(project, number=0):
    return {m: Decimal(v) for m, v in project["targets"][number]["values"].items()}


def _mean(values, *months):
    wanted = [values[f"2025-{m:02}"] for m in months]
    return round(sum(wanted) / len(wanted), 1)


def _told(day):
    meetings = [m for m in MEETINGS if m["date"] == day]
    return "".join(text for meeting in meetings for text in said(meeting))


def test_three_projects_stand_in_three_states(desk):
    rows = desk.projects.listed(ProjectFilter(year=2025))
    assert {row.state.value for row in rows} == {"closing", "promoted", "running"}
    assert len({desk.projects.categories().group_of(row.category).name for row in rows}) == 3
    late = {row.id: row.overdue(YEAR_END) for row in rows}
    assert sorted(late.values()) == [0, 0, 1]


def test_the_hours_of_stoppage_are_those_of_the_minutes():
    hours = _values(STOPPED)
    assert f"1月主运系统影响时间{hours['2025-01']}小时" in _told("2025-02-13")
    assert f"一季度月均{_mean(hours, 1, 2, 3)}小时" in _told("2025-04-24")
    assert f"上半年月均{_mean(hours, *range(1, 7))}小时" in _told("2025-07-01")
    september = _told("2025-09-11")
    for month in (6, 7, 8):
        assert f"{month}月{hours[f'2025-{month:02}']}小时" in september
    assert f"三季度月均{_mean(hours, 7, 8, 9)}小时" in _told("2025-10-16")
    assert f"全年累计月均{_mean(hours, *range(1, 10))}小时" in _told("2025-10-23")
    assert f"10月为{hours['2025-10']}小时" in _told("2025-11-13")
    assert f"主运影响时间月均{_mean(hours, *range(1, 12))}小时" in _told("2025-12-18")
    summaries = "".join(strings(SUMMARY))
    for month in ("03", "08", "09"):
        assert f"主运系统影响时间{hours['2025-' + month]}小时" in summaries


def test_rollers_and_rectification_are_those_of_the_minutes():
    cost, mended = _values(ROLLERS), _values(ROLLERS, 1)
    assert f"累计每吨煤{cost['2025-09']}元" in _told("2025-10-16")
    assert f"托辊消耗每吨煤{cost['2025-11']}元" in _told("2025-12-18")
    assert f"修旧托辊{sum(mended.values()) + 180}只" in _told("2025-12-18")
    rate = _values(MENDED)
    assert f"三季度月均10.6小时；隐患按期整改率{_mean(rate, 7, 8, 9)}%" in _told("2025-10-16")
    assert f"6月至8月{_mean(rate, 6, 7, 8)}%" in _told("2025-09-11")
    assert f"11月上旬统计为{rate['2025-11']}%" in _told("2025-11-13")
    assert rate["2025-05"] < 98
    assert all(rate[f"2025-{m:02}"] >= 98 for m in range(6, 12))


@pytest.mark.parametrize("project", PROJECTS.values(), ids=list(PROJECTS))
def test_people_phones_and_words_are_those_of_the_sample(project):
    people = {project["secretary"], project["assistant"], *(m["name"] for m in project["team"])}
    assert people <= set(MEMBERS)
    assert project["phone"] in ("", MEMBERS[project["secretary"]]["phone"])
    written = "".join(strings(project))
    assert "『" not in written
    assert not re.search(r"[!！]", written)
    for step in project["milestones"]:
        assert project["start"] <= step["planned"] <= project["end"]


def test_every_link_leads_to_an_agenda_item(desk):
    for project in desk.projects.all():
        assert len(project.meetings) >= 5
        assert all(link.item_id for link in project.meetings)
        meetings = desk.meetings.get([link.meeting_id for link in project.meetings])
        assert all(project.start <= m.date or "党课" in m.title for m in meetings.values())


def test_what_is_not_attained_is_said_with_its_reason(desk):
    closing = desk.projects.one(STOPPED["id"])
    assert round(reached_value(closing.targets[0]), 1) == Decimal("12.2")
    assert [attained(target) for target in closing.targets] == [False, False]
    assert all(target.reason for target in closing.targets)
    accepted = desk.projects.one(ROLLERS["id"])
    assert [attained(target) for target in accepted.targets] == [True, True]
    (finding,) = desk.projects.missing(closing)
    assert finding.rule == "PRJ-ACCEPT"


def test_at_the_end_of_the_year_something_is_due(desk):
    assert desk.due.day() == YEAR_END
    mine = [item for item in desk.due.items() if item.record == MENDED["id"]]
    assert [item.kind for item in mine] == [DueKind.ENTRY, DueKind.MILESTONE]
    running = desk.projects.one(MENDED["id"])
    assert [step.what for step in overdue(running, YEAR_END)] == ["最低库存表按半年用量调整"]


def test_the_summary_tells_of_the_projects(desk):
    figures = desk.summaries.figures(Period.parse("2025-10"))
    hours = next(f for f in figures.values() if f.label.endswith("主运系统影响时间"))
    assert (hours.text, hours.records) == ("10.4小时/月", (STOPPED["id"],))
    assert figures["projects.total"].value == 3


def test_half_of_the_members_carry_a_project(desk):
    roll = Roll(desk.meetings.members(), YEAR_END)
    found = coverage(desk.projects.all(), roll)
    assert (found.covered, found.total) == (18, 36)


def test_every_form_of_every_project_composes(desk):
    for project in desk.projects.all():
        for paper in desk.printing.papers("project"):
            period = Period.parse("2025-10") if paper.lengths else None
            document = desk.printing.document(paper.code, project.id, Wanted(period=period))
            assert project.title in document.name
    assert "2025" in desk.printing.document("project_ledger").name
    assert desk.printing.document("project_claims").blocks
