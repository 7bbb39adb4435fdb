"""Forms of one item: 督办单, 销号单, 任务书, 整改回执."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.items.item import Item, ItemKind, late, verifies_itself
from dangjian_desktop.domain.items.rounds import rounds
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.items.sheet import ItemSheet, follow_ups, name_of, source_words
from dangjian_desktop.papers.naming import branch_stem, names_of, paper_name
from dangjian_desktop.papers.ruled_form import (
    form_table,
    line,
    numbered,
    opinion,
    running,
    signature,
    wide,
)

_HALF, _WHOLE = 8, 20


def compose_supervision(sheet: ItemSheet, _wanted: Wanted) -> Document:
    """督办单: what is to be done until when, how far it is, and room for what is demanded."""
    item = sheet.item
    rows = [
        *_head(sheet),
        *_clear(item),
        wide("措施", running(item.measure)),
        wide("办理情况", _followed(item), blank_mm=40.0),
        line(
            ("办理状态", item.state.label, _HALF),
            ("逾期", _late(item, sheet.today), _HALF),
        ),
        wide("督办要求", (), blank_mm=30.0),
        signature("督办人\n签字"),
        signature("责任人\n签收"),
    ]
    return _document(sheet, "督办单", rows)


def compose_closing(sheet: ItemSheet, _wanted: Wanted) -> Document:
    """销号单: the 四个明确, what was done, the evidence, and who verified it. What was asked
    for and closed before a 重新挂号 is told among what was done, and is no 销号 of now."""
    item = sheet.item
    present = rounds(item)[-1]
    asked = present.handed_in
    rows = [
        *_head(sheet),
        *_clear(item),
        wide("办理情况", _followed(item), blank_mm=40.0),
        wide("佐证材料", numbered([*item.evidence.split("\n"), *(f.name for f in item.files)])),
        wide("无书面佐证的原因", running(item.no_evidence_because), blank_mm=10.0),
        line(
            ("申请日期", _day(asked.on if asked else None), _HALF),
            ("申请人", name_of(asked.by if asked else None), _HALF),
        ),
        *_same(item),
        opinion("核查意见", f"核查人{name_of(item.verifier)}"),
        line(
            ("销号日期", _day(present.ended), _HALF),
            ("办理状态", item.state.label, _HALF),
        ),
    ]
    return _document(sheet, "销号单", rows)


def compose_assignment(sheet: ItemSheet, _wanted: Wanted) -> Document:
    """任务书: what whoever carries it signs for."""
    item = sheet.item
    rows = [
        *_head(sheet),
        *_clear(item),
        wide("措施", running(item.measure), blank_mm=40.0),
        wide("备注", (), blank_mm=20.0),
        signature("下达人\n签字"),
        signature("责任人\n签收"),
    ]
    return _document(sheet, "任务书", rows)


def compose_receipt(sheet: ItemSheet, _wanted: Wanted) -> Document:
    """整改回执: what was found, what was done about it, and the proof."""
    item = sheet.item
    carried = sheet.tasks or (item,)
    evidence = dict.fromkeys(part.evidence for part in (item, *sheet.tasks) if part.evidence)
    rows = [
        wide("问题", running(item.content)),
        line(("来源", source_words(item), _HALF), ("提出日期", _day(item.found_on), _HALF)),
        wide("整改措施", numbered([_measure(part, item) for part in carried])),
        line(
            ("责任人", _joined([name_of(part.responsible) for part in carried]), _HALF),
            ("完成时限", _joined([_day(part.due) for part in carried]), _HALF),
        ),
        wide("整改情况", _told([f for part in carried for f in follow_ups(part)]), blank_mm=50.0),
        wide("佐证材料", numbered([*evidence])),
        line(("办理状态", item.state.label, _HALF), ("销号日期", _day(item.closed_on), _HALF)),
        opinion("支部意见", "支部书记"),
        opinion("上级意见", "核查单位"),
    ]
    return _document(sheet, "整改回执", rows)


def _head(sheet: ItemSheet) -> Iterator[Row]:
    item = sheet.item
    yield line(("登记号", item.number, _HALF), ("提出日期", _day(item.found_on), _HALF))
    yield wide("任务" if item.kind is ItemKind.TASK else "内容", running(item.content))
    if sheet.problem is not None:
        yield wide("所属问题", running(sheet.problem.content))
    source = "，".join(filter(None, (source_words(item), sheet.source)))
    yield wide("来源", running(source), blank_mm=9.0)


def _clear(item: Item) -> Iterator[Row]:
    """四个明确 with who leads and who verifies; what lacks is room to write."""
    yield line(
        ("责任领导", name_of(item.leader), _HALF), ("责任人", name_of(item.responsible), _HALF)
    )
    yield line(("完成时限", _day(item.due), _HALF), ("考核部门", item.department, _HALF))
    yield wide("工作标准", running(item.standard), blank_mm=12.0)
    yield line(("核查人", name_of(item.verifier), _WHOLE))


def _same(item: Item) -> Iterator[Row]:
    """Why who carries it verifies it too; room to write where that is so and nobody told."""
    if verifies_itself(item):
        yield wide("核查人与责任人相同的原因", running(item.same_because), blank_mm=10.0)


def _measure(part: Item, item: Item) -> str:
    return part.measure or (part.content if part is not item else "")


def _joined(words: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, words)))


def _followed(item: Item) -> tuple[Paragraph, ...]:
    return _told(follow_ups(item))


def _told(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, Role.CELL) for text in lines)


def _late(item: Item, today: date) -> str:
    """Nothing where it is closed, or nobody knows its day: neither is 未逾期."""
    days = late(item, today)
    if days:
        return f"{days}天"
    return "" if item.closed or item.due is None else "未逾期"


def _day(day: date | None) -> str:
    return chinese_date(day) if day is not None else ""


def _document(sheet: ItemSheet, what: str, rows: Sequence[Row]) -> Document:
    item = sheet.item
    told = f"{what}{item.number}" if item.number else what
    people = filter(None, (item.leader, item.responsible, item.verifier))
    return Document(
        name=paper_name(sheet.branch, told, sheet.today),
        title=f"{sheet.branch.name}{what}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(what, Role.TITLE),
            form_table(rows),
        ),
        layout=Layout.FORM,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=names_of(people),
    )
