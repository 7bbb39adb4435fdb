"""Figures of projects with their records, who carries what, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.coverage import coverage
from dangjian_desktop.domain.projects.project import ProgressEntry, ProjectState, TeamMember
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.summaries.due import DueKind, due_items
from dangjian_desktop.domain.summaries.of_projects import project_figures, reported_projects
from tests.domain.make import a_meeting, a_member, facts, members
from tests.domain.make_projects import a_full_project, a_step, a_target, in_state

S = ProjectState
MARCH = Period.parse("2026-03")


def _running(**fields):
    project = a_full_project(
        milestones=(
            a_step("一", 30, planned=date(2026, 2, 10), actual=date(2026, 3, 2)),
            a_step("二", 30, planned=date(2026, 3, 20)),
            a_step("三", 40, planned=date(2026, 9, 1)),
        ),
        targets=(a_target(values={"2026-02": "18", "2026-03": "15"}), a_target(unit="次")),
        **fields,
    )
    return in_state(project, S.DECLARED, S.REVIEWED, S.APPROVED, S.RUNNING)


def test_every_figure_leads_back_to_its_projects():
    one = _running()
    other = in_state(a_full_project(title="另一个"), S.DECLARED)
    draft = a_full_project(title="草稿")
    found = project_figures((one, other, draft), MARCH, date(2026, 3, 31))
    values = {name: (f.value, f.records) for name, f in found.items()}
    assert values["projects.total"] == (2, (one.id, other.id))
    assert values["projects.under_way"] == (1, (one.id,))
    assert values["projects.milestones_done"] == (1, (one.id,))
    assert values["projects.overdue"] == (1, (one.id,))
    mine = f"project.{one.id}."
    assert values[mine + "state"][0] == "推进"
    assert values[mine + "complete"][0] == "30.0"
    assert values[mine + "time"][0] == "24.7"
    assert values[mine + "overdue"] == (1, (one.id,))
    assert values[mine + one.targets[0].id] == ("15", (one.id,))
    assert values[mine + one.targets[1].id][0] == "待明确"
    assert found[mine + one.targets[0].id].unit == "小时"
    assert all(figure.records for name, figure in found.items() if figure.value)


def test_a_past_period_is_told_as_it_was():
    one = _running()
    february = Period.parse("2026-02")
    found = project_figures((one,), february, date(2026, 7, 1))
    assert found["projects.overdue"].value == 1
    assert found[f"project.{one.id}.complete"].value == "0.0"
    assert found[f"project.{one.id}.{one.targets[0].id}"].value == "18"
    assert project_figures((one,), Period.parse("2025-12"), date(2026, 7, 1)) == {}
    assert project_figures((), MARCH, date(2026, 7, 1)) == {}


def test_a_project_that_was_over_before_is_left_out():
    way = (S.DECLARED, S.REVIEWED, S.APPROVED, S.RUNNING, S.CLOSING, S.ACCEPTED)
    over = in_state(a_full_project(), *way)
    january, today = Period.parse("2026-01"), date(2026, 7, 1)
    assert reported_projects((over,), january, today) == (over,)
    assert reported_projects((over,), MARCH, today) == ()
    assert reported_projects((replace(over, deleted=True),), january, today) == ()


def test_coverage_counts_members_that_carry_a_project():
    known = tuple(a_member(name) for name in ("张三", "李四", "王五"))
    persons = [Person(m.name, m.id) for m in known]
    team = (TeamMember(persons[0], "组织"), TeamMember(persons[1], "统计"))
    one = in_state(a_full_project(secretary=persons[0], team=team), S.DECLARED)
    draft = a_full_project(team=(TeamMember(persons[2]),))
    found = coverage((one, draft), Roll(known, MARCH.last))
    assert (found.covered, found.total, found.percent) == (2, 3, Decimal("66.7"))
    carried = {c.member.name: [(w.role, w.task) for w in c.carried] for c in found.claims}
    assert carried == {"张三": [("负责人", "组织")], "李四": [("成员", "统计")], "王五": []}
    assert coverage((), Roll((), MARCH.last)).percent is None


def test_milestones_entries_and_the_end_are_due():
    entries = (ProgressEntry(period="2026-01"),)
    project = replace(_running(progress=entries), end=date(2026, 4, 20))
    project = replace(project, milestones=project.milestones[:2])
    known = replace(facts(members(3), today="2026-03-25"), projects=(project,))
    found = [i for i in due_items(known) if i.record == project.id]
    assert [(i.kind, i.day, i.code) for i in found] == [
        (DueKind.ENTRY, date(2026, 3, 5), "2026-02"),
        (DueKind.MILESTONE, date(2026, 3, 20), None),
        (DueKind.CLOSING, date(2026, 4, 20), None),
    ]
    assert found[1].words == "项目“减人提效”节点：二，已逾期5天"
    assert [i.late(known.today) for i in found] == [True, True, False]
    quarter = replace(project, progress=(ProgressEntry(period="2026-Q1"),))
    items = due_items(replace(known, projects=(quarter,)))
    assert DueKind.ENTRY not in {i.kind for i in items}
    closed = in_state(project, S.DECLARED, S.REVIEWED, S.APPROVED, S.RUNNING, S.CLOSING)
    assert not [i for i in due_items(replace(known, projects=(closed,))) if i.record]


def test_sittings_of_the_month_are_due_by_cadence():
    grouped = tuple(
        a_member(f"党员{n}", group=group)
        for n, group in enumerate(("第一党小组", "第二党小组") * 2)
    )
    held = [
        a_meeting("2026-05-05", "theme_day"),
        a_meeting("2026-05-12", "group_meeting", group="第一党小组"),
    ]
    known = facts(grouped, held, today="2026-05-20")
    words = [(i.day, i.words) for i in due_items(known)]
    assert (date(2026, 5, 31), "第二党小组5月党小组会还没有召开") in words
    assert (date(2026, 6, 30), "2026年第二季度党员大会还没有召开") in words
    told = "".join(w for _, w in words)
    assert "第一党小组" not in told
    assert "主题党日" not in told
    assert "组织生活会" not in told
    autumn = facts(grouped, held, today="2026-10-20")
    assert "2026年组织生活会还没有召开" in "".join(i.words for i in due_items(autumn))


def test_a_planned_sitting_is_due_on_its_day_and_asks_for_its_minutes_later():
    plan = a_meeting("2026-05-25", "committee_meeting", attendance=(), agenda=())
    known = facts(members(3), [plan], today="2026-05-20")
    (item,) = [i for i in due_items(known) if i.kind is DueKind.PLANNED]
    assert (item.day, item.record) == (date(2026, 5, 25), plan.id)
    later = facts(members(3), [plan], today="2026-05-28")
    (late,) = [i for i in due_items(later) if i.kind is DueKind.PLANNED]
    assert "还没有会议记录" in late.words
    assert late.late(later.today)
