"""基层党建工作计划书: the plan of a year part by part, and what was done beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.plans.plan import Plan
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, names_of, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.plans.sheet import PlanSheet

TITLE = "基层党建工作计划书"
OTHERS = "其他工作"
"""Where lines stand that nobody put into a part."""
NOTHING = "计划中还没有登记工作。"
_HEAD = ("时间", "计划", "融合措施", "责任人", "完成情况")
_WIDTHS = (14.0, 50.0, 34.0, 18.0, 40.0)


def compose_book(sheet: PlanSheet, _wanted: Wanted) -> Document:
    """Each part as a table; the words are those of the plan, nothing is added to them."""
    parts: dict[str, list[Plan]] = {}
    for plan in sheet.lines:
        parts.setdefault(plan.section or OTHERS, []).append(plan)
    if OTHERS in parts:
        parts[OTHERS] = parts.pop(OTHERS)
    title = f"{sheet.period.label}{TITLE}"
    day = chinese_date(min(sheet.today, sheet.period.last))
    blocks: list[Block] = [
        Paragraph(full_title(sheet.branch, title), Role.TITLE),
        Paragraph(f"（完成情况截至{day}）", Role.SUBTITLE),
    ]
    for number, (name, lines) in enumerate(parts.items(), 1):
        blocks += (Paragraph(f"{numeral(number)}、{name}", Role.HEADING1), _table(lines))
    if not parts:
        blocks.append(Paragraph(NOTHING, Role.BODY))
    return Document(
        name=paper_name(sheet.branch, TITLE, sheet.period),
        title=f"{sheet.branch.short}{title}",
        blocks=tuple(blocks),
        layout=Layout.OFFICIAL,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=names_of(person for plan in sheet.lines for person in plan.people),
    )


def _table(lines: Sequence[Plan]) -> Table:
    head = row(_HEAD, Role.CELL_HEAD, header=True)
    return Table((head, *(_row(*told) for plan in lines for told in _told(plan))), _WIDTHS)


def _told(plan: Plan) -> Iterator[tuple[str, str, str, str, str]]:
    """A row for each column in which something is planned."""
    when = f"{plan.when.month}月" if plan.when.month else "全年"
    people = "、".join(person.name for person in plan.people)
    for kind, text, done in (
        ("党建", plan.party, plan.done_party),
        ("业务", plan.business, plan.done_business),
    ):
        if text:
            yield when, f"（{kind}）{text}", plan.measure, people, done


def _row(when: str, text: str, measure: str, people: str, done: str) -> Row:
    cells = (
        cell(when, Role.CELL_CENTER),
        cell(text),
        cell(measure),
        cell(people, Role.CELL_CENTER),
        cell(done),
    )
    return Row(cells, splittable=False)
