"""The ledger, the claims, and projects in a summary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Layout, Table, WriteLines
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProjectState, StateChange, TeamMember
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.of_projects import project_figures, reported_projects
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from tests.documents.reading import opened
from tests.papers.project_sample import (
    HISTORY,
    TODAY,
    claims,
    empty_project,
    ledger,
    many_projects,
    project,
)
from tests.papers.sample import MEMBERS, NAMES, facts, meeting, person, said, summary

SEPTEMBER = Period.parse("2026-09")


def over(state: ProjectState, on: date):
    change = StateChange(state=state, on=on, by="矿党委", paper="验收意见")
    return project(id="p9", history=(*HISTORY, change))


def table_of(document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def test_numbers_of_projects_stand_in_one_line():
    document = ledger(tuple(replace(p, number="2026-书-07") for p in many_projects(1)))
    data = render_pdf(document, bundled_fonts())
    with opened(data) as file:
        lines = file[0].get_textpage().get_text_range().splitlines()
    assert any("2026-书-07" in line for line in lines)


def test_the_ledger_counts_states_and_lists_every_project():
    projects = (*many_projects(3), empty_project())
    document = ledger(projects, categories={"党建+业务": "融合"})
    text = said(document)
    assert "2026年“书记项目”台账" in text
    assert "截至2026年9月30日，项目共4个，其中草稿1个，推进3个；逾期节点3个。" in text
    assert "2026.5.1|至2027.4.30|推进|50.0%|41.9%|综掘单进水平：142.5／150米/月，75.0%" in text
    assert "全员轮训和比武（2026.9.10）" in text
    assert "融合" in text
    assert [row.header for row in table_of(document).rows] == [True, *[False] * 4]
    assert document.layout is Layout.LANDSCAPE


def test_the_ledger_of_a_past_year_is_as_of_its_last_day():
    text = said(ledger((project(),), date(2027, 8, 1)))
    assert "截至2026年12月31日" in text
    assert "67.1%" in text


def test_the_claims_count_members_who_carry_any():
    text = said(claims((project(),), MEMBERS))
    assert "党员共20人，承担项目的4人，覆盖率20.0%。" in text
    assert f"1|{NAMES[0]}|第一|党员攻关提升综掘单进水平堃|负责人、总体负责|推进" in text
    assert f"{NAMES[1]}|第一|党员攻关提升综掘单进水平堃|协助责任人" in text
    assert all(name in text for name in NAMES)


def test_who_carries_two_projects_is_counted_once():
    other = project(id="p2", title="另一个项目", secretary=None, assistant=None)
    text = said(claims((project(), other), MEMBERS))
    assert "承担项目的4人" in text
    assert "2.另一个项目" in text


def test_claims_know_members_by_their_record_and_not_by_name():
    stranger = replace(person(6), member_id=None)
    team = (TeamMember(stranger, "外部支援"),)
    alone = project(secretary=None, assistant=None, team=team)
    assert "承担项目的0人，覆盖率0.0%" in said(claims((alone,), MEMBERS))
    assert "覆盖率＿＿＿" in said(claims((alone,), ()))


def test_every_figure_leads_back_to_its_project():
    found = project_figures((project(), empty_project()), SEPTEMBER, TODAY)
    assert found["projects.total"].value == 1
    assert found["projects.overdue"].value == 1
    assert found["project.p1.complete"].text == "50.0%"
    assert found["project.p1.t1"].text == "142.5米/月"
    assert found["project.p1.t3"].text == "待明确"
    assert all(f.records == ("p1",) for f in found.values() if f.value != 0)


def test_a_summary_tells_the_projects_from_its_figures():
    projects = (project(), empty_project())
    known = facts(meeting(), today=TODAY, projects=projects)
    found = figures(known, SEPTEMBER)
    nothing = SummaryWords()
    document = summary(known, found, nothing, nothing, SEPTEMBER, projects)
    text = said(document)
    assert "（四）党建与业务融合|书记项目：项目共1个，逾期节点1个。" in text
    assert "推进|50.0%|41.9%|综掘单进水平：142.5米/月|达成率75.0%|" in text
    assert "全员轮训和比武（计划9月10日）" in text
    plain = summary(known, figures(known, SEPTEMBER), nothing, nothing, SEPTEMBER)
    lines = [
        sum(block.count for block in one.blocks if isinstance(block, WriteLines))
        for one in (plain, document)
    ]
    assert lines[0] - lines[1] == 2


@pytest.mark.parametrize(
    ("of", "period", "told"),
    [
        (project(), "2026-09", True),
        (project(), "2026-04", True),
        (project(), "2026-03", False),
        (empty_project(), "2026-09", False),
        (replace(project(), deleted=True), "2026-09", False),
        (over(ProjectState.ACCEPTED, date(2026, 9, 2)), "2026-09", True),
        (over(ProjectState.ACCEPTED, date(2026, 8, 2)), "2026-09", False),
        (project(history=(), stated_state=ProjectState.RUNNING), "2026-09", True),
    ],
)
def test_a_summary_tells_of_what_ran_or_was_decided_in_its_period(of, period, told):
    found = reported_projects((of,), Period.parse(period), TODAY)
    assert bool(found) is told
