"""年度工作计划表 and 月度对照表: the plan in two columns, and what was done beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.plans.plan import Plan
from dangjian_desktop.papers.across import Across, Columns, middle_row, paper_across, table_of
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import names_of
from dangjian_desktop.papers.plans.sheet import PlanSheet

PLAN, COMPARED = "党建与业务工作计划表", "党建与业务工作对照表"
_PLAN = (
    ("序号", 10.0),
    ("时间", 20.0),
    ("党建工作", 78.0),
    ("业务工作", 78.0),
    ("业务重点", 21.0),
    ("责任人", 25.0),
    ("备注", 25.0),
)
_COMPARED = (
    ("序号", 10.0),
    ("时间", 20.0),
    ("党建工作", 52.0),
    ("完成情况", 52.0),
    ("业务工作", 52.0),
    ("完成情况", 52.0),
    ("责任人", 19.0),
)
_READ = ("党建工作", "业务工作", "完成情况")
_SIGNED = f"填表人：{'　' * 5}党支部书记（签字）："


def compose_plan(sheet: PlanSheet, _wanted: Wanted) -> Document:
    """What is planned, Party work and business side by side; a month may be asked for too."""
    rows = ((_when(p), p.party, p.business, p.priority, _people(p), "") for p in sheet.lines)
    counted = f"共{len(sheet.lines)}项。　{_SIGNED}"
    return _document(sheet, PLAN, counted, _PLAN, rows)


def compose_compared(sheet: PlanSheet, _wanted: Wanted) -> Document:
    """Plan and done side by side; where nothing is told of it, the field is empty."""
    rows = (
        (_when(p), p.party, p.done_party, p.business, p.done_business, _people(p))
        for p in sheet.lines
    )
    planned = [t for p in sheet.lines for t in ((p.party, p.done_party), _business(p)) if t[0]]
    told = sum(bool(done) for _plan, done in planned)
    day = chinese_date(min(sheet.today, sheet.period.last))
    counted = f"截至{day}，计划{len(planned)}项，已填写完成情况{told}项。　{_SIGNED}"
    return _document(sheet, COMPARED, counted, _COMPARED, rows)


def _business(plan: Plan) -> tuple[str, str]:
    return plan.business, plan.done_business


def _document(
    sheet: PlanSheet, what: str, counted: str, columns: Columns, rows: Iterable[Sequence[str]]
) -> Document:
    read = [n for n, (name, _) in enumerate(columns) if name in _READ]
    lines = (middle_row((str(n), *texts), read=read) for n, texts in enumerate(rows, 1))
    return paper_across(
        sheet,
        Across(
            what=what,
            title=f"{sheet.period.label}{what}",
            period=sheet.period,
            words=counted,
            table=table_of(columns, lines),
            names=names_of(person for plan in sheet.lines for person in plan.people),
        ),
    )


def _when(plan: Plan) -> str:
    """3月, 全年."""
    return f"{plan.when.month}月" if plan.when.month else "全年"


def _people(plan: Plan) -> str:
    return "、".join(person.name for person in plan.people)
