"""Projects to compose papers from: one in full, one with nothing, one with far too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Counting,
    Direction,
    EvidenceFile,
    Fund,
    MeetingLink,
    MidtermReport,
    Milestone,
    ProgressEntry,
    Project,
    ProjectState,
    StateChange,
    Target,
    TeamMember,
)
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.projects.lists import ProjectsSheet, compose_claims, compose_ledger
from dangjian_desktop.papers.projects.sheet import ProjectSheet
from tests.papers.sample import BRANCH, KINDS, RARE, STAMP, TRAPS, item, meeting, person

TODAY = date(2026, 9, 30)
VALUES = {
    "2026-05": Decimal("121.5"),
    "2026-06": Decimal("128"),
    "2026-07": Decimal("135.0"),
    "2026-08": Decimal("131"),
    "2026-09": Decimal("142.5"),
}
FOOTAGE = Target(
    id="t1",
    indicator="综掘单进水平",
    unit="米/月",
    baseline=Decimal(120),
    target=Decimal(150),
    source="生产调度月报",
    values=VALUES,
    reason="八月过断层，进度放缓",
)
MATERIAL = Target(
    id="t2",
    indicator="材料消耗",
    unit="元/米",
    direction=Direction.DOWN,
    baseline=Decimal(860),
    target=Decimal(800),
    source="材料台账",
    values={"2026-06": Decimal(842), "2026-09": Decimal(799)},
)
REPAIRS = Target(
    id="t3",
    indicator="现场隐患整改",
    unit="项",
    baseline=Decimal(0),
    target=Decimal(60),
    source="安全监察系统",
    counting=Counting.SUM,
    values={"2026-05": Decimal(9), "2026-06": Decimal(14), "2026-08": Decimal(11)},
)
UNKNOWN_TARGET = Target(id="t4", indicator="职工满意度", unit="%", target=Decimal(95))
STEPS = (
    Milestone(
        id="n1",
        what="完成现状调研和工序写实",
        weight=Decimal(20),
        planned=date(2026, 5, 31),
        actual=date(2026, 5, 28),
        evidence="调研报告",
    ),
    Milestone(
        id="n2",
        what=f"优化支护工艺并试用{RARE}",
        weight=Decimal(30),
        planned=date(2026, 7, 31),
        actual=date(2026, 8, 12),
        evidence="试用记录",
    ),
    Milestone(id="n3", what="全员轮训和比武", weight=Decimal(20), planned=date(2026, 9, 10)),
    Milestone(id="n4", what="固化标准并验收", weight=Decimal(30), planned=date(2027, 4, 15)),
)
HISTORY = (
    StateChange(
        state=ProjectState.DECLARED, on=date(2026, 4, 10), by="支部委员会", paper="支委会记录"
    ),
    StateChange(
        state=ProjectState.APPROVED,
        on=date(2026, 4, 25),
        by="矿党委",
        paper="关于2026年书记项目立项的批复",
    ),
    StateChange(state=ProjectState.RUNNING, on=date(2026, 5, 1), by="党支部", paper="实施方案"),
)
PROGRESS = (
    ProgressEntry(period="2026-05", done="完成工序写实12个班次。"),
    ProgressEntry(
        period="2026-09",
        done=f"组织两期轮训，参训38人次{RARE}。\n完成第二段支护试用。",
        problems=f"部分锚杆到货滞后{TRAPS}。",
        coordination="请物资供应部门优先安排。",
        next="10月开展岗位比武。",
    ),
)


def project(**more: Any) -> Project:
    values: dict[str, Any] = {
        "id": "p1",
        "title": f"党员攻关提升综掘单进水平{RARE[0]}",
        "category": "党建+业务",
        "secretary": person(0),
        "assistant": person(1),
        "phone": "13800001234",
        "team": (
            TeamMember(person(0), "总体负责"),
            TeamMember(person(3), "工艺改进"),
            TeamMember(person(4), "数据统计"),
        ),
        "start": date(2026, 5, 1),
        "end": date(2027, 4, 30),
        "declared_on": date(2026, 4, 8),
        "number": "2026-03",
        "background": "今年以来断层增多，单进水平连续三个月低于计划。",
        "problem": f"支护工序耗时长，班组之间衔接不紧{TRAPS}。",
        "measures": ("党员包保工序，逐班写实。", "优化支护工艺，减少无效工时。", "每月对标讲评。"),
        "targets": (FOOTAGE, MATERIAL, REPAIRS, UNKNOWN_TARGET),
        "milestones": STEPS,
        "funds": (
            Fund("工器具购置", Decimal("3000"), Decimal("2860.50")),
            Fund("比武奖励", Decimal("1500"), None),
        ),
        "expected_effect": "单进水平提高25%，形成可以推广的作业标准。",
        "progress": PROGRESS,
        "meetings": (MeetingLink("k1", "i1"), MeetingLink("k2")),
        "evidence": (EvidenceFile("e1", "写实记录.pdf", "0" * 64, 1200, "12个班次"),),
        "history": HISTORY,
        "midterm": MidtermReport(done="试用工艺后单班多进0.6米。", adjustment="轮训改为分班进行。"),
        "closing": ClosingReport(
            effect="单进水平提高到142.5米。",
            experience=f"干在前、算明白{RARE}。",
            results="作业标准1项。",
            self_score=Decimal("92.5"),
        ),
    }
    return Project(**{**values, **more})


def empty_project() -> Project:
    return Project(id="p0", title=f"只有名称的项目{RARE[1]}")


def crowded_project() -> Project:
    """More of everything than any page holds."""
    long = "这一段话写得很长，写了又写，还要再写一些才算完。" * 20
    target = replace(FOOTAGE, indicator="名称很长很长的一个综合性考核评价指标" * 2)
    return project(
        title="名称很长的项目" * 12,
        background=long,
        problem=long,
        measures=(long,) * 9,
        targets=tuple(replace(target, id=f"t{n}") for n in range(9)),
        milestones=tuple(replace(STEPS[1], id=f"n{n}", what=long) for n in range(12)),
        progress=(ProgressEntry(period="2026-09", done=long, problems=long, next=long),),
        team=tuple(TeamMember(person(n), long) for n in range(12)),
    )


def sheet(of: Project | None = None, **more: Any) -> ProjectSheet:
    values: dict[str, Any] = {
        "project": of or project(),
        "branch": BRANCH,
        "stamp": STAMP,
        "today": TODAY,
        "kinds": KINDS,
        "meetings": (
            meeting("committee_meeting", id="k1", date=date(2026, 9, 4), agenda=(item(),)),
            meeting("theme_day", id="k2", date=date(2026, 6, 5)),
        ),
    }
    return ProjectSheet(**{**values, **more})


def many_projects(count: int) -> tuple[Project, ...]:
    return tuple(
        project(id=f"p{n}", title=f"第{n}个项目{RARE[n % len(RARE)]}", number=f"2026-{n:02}")
        for n in range(count)
    )


def listed(projects, day=TODAY, members=(), **more) -> ProjectsSheet:
    known = {"projects": projects, "branch": BRANCH, "stamp": STAMP, "today": day}
    return ProjectsSheet(**known, year=2026, members=members, **more)


def ledger(projects, day=TODAY, **more) -> Document:
    return compose_ledger(listed(projects, day, **more), Wanted())


def claims(projects, members, day=TODAY) -> Document:
    return compose_claims(listed(projects, day, members), Wanted())
