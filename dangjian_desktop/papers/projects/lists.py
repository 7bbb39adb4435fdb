"""Lists over all projects: the ledger of a year (台账), and who carries what (认领表)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll, group_order
from dangjian_desktop.domain.projects.progress import (
    attainment,
    overdue,
    percent_complete,
    reached_value,
    time_gone,
)
from dangjian_desktop.domain.projects.project import Project, ProjectState, Target
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.across import middle_row, table_of
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.projects.sheet import (
    NONE,
    SECRETARY_PROJECT,
    amount,
    name_of,
    percent,
    short_day,
)
from dangjian_desktop.papers.stamp import Stamp

_LEDGER = (
    ("序号", 10.0),
    ("编号", 17.5),
    ("项目名称", 35.0),
    ("类别", 17.0),
    ("负责人", 15.5),
    ("起止时间", 23.0),
    ("状态", 13.5),
    ("完成率", 14.0),
    ("时序\n进度", 14.0),
    ("指标（实际／目标，达成率）", 70.0),
    ("逾期节点", 27.0),
)
_CLAIMS = (
    ("序号", 10.0),
    ("姓名", 18.0),
    ("党小组", 24.0),
    ("承担项目", 62.0),
    ("分工", 62.0),
    ("项目状态", 20.0),
    ("本人签字", 24.0),
)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectsSheet:
    """The projects of a year (of one ``group``), as of ``today``; ``members`` are all ever.

    ``categories`` are the words for categories where the records keep codes.
    """

    projects: Sequence[Project]
    branch: Branch
    stamp: Stamp
    today: date
    year: int
    members: Sequence[Member] = ()
    group: str = SECRETARY_PROJECT
    categories: Mapping[str, str] = field(default_factory=dict)


def compose_ledger(sheet: ProjectsSheet, _wanted: Wanted) -> Document:
    """The projects of a year as of its last day, or as of today while it runs."""
    projects, year, branch, group = sheet.projects, sheet.year, sheet.branch, sheet.group
    title = f"{year}年“{group}”台账"
    day = min(sheet.today, date(year, 12, 31))
    words = sheet.categories
    rows = (
        middle_row(_ledger_row(number, project, day, words), read=(2, 9, 10))
        for number, project in enumerate(projects, 1)
    )
    return Document(
        name=paper_name(branch, f"{group}台账", Period(year, 1, 12)),
        title=f"{branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(branch.name) + title, Role.TITLE),
            Paragraph(_ledger_counts(projects, day), Role.FLUSH),
            table_of(_LEDGER, rows),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        # 2025-书-07 is torn as little as a name.
        names=frozenset(project.number for project in projects if project.number),
    )


def _ledger_counts(projects: Sequence[Project], day: date) -> str:
    """How many in each state, and how many milestones are overdue."""
    states = [project.state_on(day) for project in projects]
    parts = [f"{state.label}{states.count(state)}个" for state in ProjectState if state in states]
    late = sum(len(overdue(project, day)) for project in projects)
    words = f"截至{chinese_date(day)}，项目共{len(projects)}个"
    words += f"，其中{'，'.join(parts)}" if parts else ""
    return f"{words}；逾期节点{late}个。　填表人：{'　' * 4}书记（签字）："


def _ledger_row(
    number: int, project: Project, day: date, categories: Mapping[str, str]
) -> Sequence[str]:
    upto = Period(day.year, day.month, 1)
    late = [f"{m.what}（{short_day(m.planned)}）" for m in overdue(project, day)]
    gone = time_gone(project, day)
    return (
        str(number),
        project.number or NONE,
        project.title,
        categories.get(project.category, project.category) or UNKNOWN,
        name_of(project.secretary) or UNKNOWN,
        f"{short_day(project.start, UNKNOWN)}\n至{short_day(project.last_day, UNKNOWN)}",
        project.state_on(day).label,
        f"{percent_complete(project, day)}%" if project.milestones else UNKNOWN,
        percent(gone),
        "\n".join(_target_words(target, upto) for target in project.targets) or UNKNOWN,
        "\n".join(late) or NONE,
    )


def _target_words(target: Target, upto: Period) -> str:
    values = f"{amount(reached_value(target, upto))}／{amount(target.target)}"
    attained = attainment(target, upto)
    share = "" if attained is None else f"，{attained}%"
    return f"{target.indicator}：{values}{target.unit}{share}"


def compose_claims(sheet: ProjectsSheet, _wanted: Wanted) -> Document:
    """Which member of the day carries which project with what task, and how many carry any.

    Members stand by party group and pinyin. Whoever carries none has an empty field, to be
    filled in by hand.
    """
    projects, day, branch = sheet.projects, sheet.today, sheet.branch
    roll = Roll(sheet.members, day)
    ordered = sorted(roll.members, key=lambda member: group_order(member.group_on(day) or "～"))
    carried = {member.id: _carried(member, projects) for member in ordered}
    rows = (
        middle_row(_claim_row(number, member, carried[member.id], day), read=(3, 4))
        for number, member in enumerate(ordered, 1)
    )
    busy = sum(1 for found in carried.values() if found)
    words = f"截至{chinese_date(day)}，党员共{len(ordered)}人，承担项目的{busy}人，"
    words += f"覆盖率{_coverage(busy, len(ordered))}。"
    title = "党员项目认领表"
    return Document(
        name=paper_name(branch, title, day),
        title=f"{branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(branch.name) + title, Role.TITLE),
            Paragraph(words, Role.FLUSH),
            table_of(_CLAIMS, rows),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _coverage(part: int, whole: int) -> str:
    if not whole:
        return UNKNOWN
    share = Decimal(part * 100) / whole
    return f"{share.quantize(_TENTH, ROUND_HALF_UP)}%"


def _carried(member: Member, projects: Sequence[Project]) -> list[tuple[Project, str]]:
    """The projects of a member, each with what the member does in it."""
    found = []
    for project in projects:
        tasks = [
            *(["负责人"] if _is(project.secretary, member) else []),
            *(["协助责任人"] if _is(project.assistant, member) else []),
            *(m.task or UNKNOWN for m in project.team if _is(m.person, member)),
        ]
        if tasks:
            found.append((project, "、".join(dict.fromkeys(tasks))))
    return found


def _is(person: Person | None, member: Member) -> bool:
    return person is not None and person.member_id == member.id


def _claim_row(
    number: int, member: Member, carried: Sequence[tuple[Project, str]], day: date
) -> Sequence[str]:
    several = len(carried) > 1
    marks = [f"{n}. " if several else "" for n in range(1, len(carried) + 1)]
    return (
        str(number),
        member.name,
        (member.group_on(day) or NONE).removesuffix("党小组") or NONE,
        "\n".join(m + p.title for m, (p, _) in zip(marks, carried, strict=True)),
        "\n".join(m + task for m, (_, task) in zip(marks, carried, strict=True)),
        "\n".join(m + p.state_on(day).label for m, (p, _) in zip(marks, carried, strict=True)),
        "",
    )
