"""谈心谈话情况表: every member against the kinds of talks, and who still lacks one."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import (
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
from dangjian_desktop.domain.talks.coverage import Coverage, Part, Talked, TalkKind
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, names_of, paper_name
from dangjian_desktop.papers.talks.sheet import CoverageSheet

TITLE = "谈心谈话情况表"
KINDS = (TalkKind.COMMITTEE, TalkKind.WITH_MEMBER, TalkKind.MEMBERS, TalkKind.OTHERS)
LACKING = "缺"
_PART_OF = {
    TalkKind.COMMITTEE: Part.COMMITTEE,
    TalkKind.WITH_MEMBER: Part.WITH_MEMBER,
    TalkKind.MEMBERS: Part.MEMBERS,
}
_WIDTHS = (9.0, 19.0, 9.0, 12.0, 12.0, 12.0, 12.0)
_MISSING_WIDTHS = (30.0, 20.0, 20.0, 100.0)
_ABREAST, _FEW = 2, 14
"""Two members stand beside each other, unless all have room below each other."""
_MANY, _CLOSER, _CLOSEST = 24, 0.125, 2.5
"""For each one more the lines stand closer, so that those who lack have room on the same page."""
_OWN_READING = (
    "注：表内数字为谈话次数，“缺”为应谈而未见记录；支委和党员之间按每名党员与任一支委、"
    "党员和党员之间按每名党员与任一其他普通党员统计，口径待核对；谈话类型按谈话当天的职务确定。"
)


def compose_coverage(sheet: CoverageSheet, _wanted: Wanted) -> Document:
    """One line for each member, how often by kind; below, who still lacks a talk and with whom."""
    found = sheet.coverage
    count = len(found.people)
    return Document(
        name=paper_name(sheet.branch, TITLE, found.day),
        title=f"{sheet.branch.name}{found.year}年度{TITLE}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(f"{found.year}年度{TITLE}", Role.TITLE),
            Paragraph(
                f"截至{chinese_date(found.day)}，共登记谈心谈话{len(found.talks)}次。", Role.FLUSH
            ),
            Table((_head(), *_lines(found)), _WIDTHS, abreast=_ABREAST if count > _FEW else 0),
            Table((_missing_head(), *_missing(found)), _MISSING_WIDTHS),
            Paragraph(_OWN_READING + _open_words(found), Role.NOTE),
        ),
        layout=Layout.BRIEF,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        tight=min(_CLOSEST, max(0, count - _MANY) * _CLOSER),
        names=names_of(talked.member for talked in found.people),
    )


def _head() -> Row:
    heads = (f"{kind.label[:-2]}\n{kind.label[-2:]}" for kind in KINDS)
    titles = ("序\n号", "姓名", "支\n委", *heads)
    return row(titles, Role.CELL_HEAD, header=True)


def _lines(found: Coverage) -> Iterator[Row]:
    for number, talked in enumerate(found.people, 1):
        told = (
            *(str(number), talked.member.name, "是" if talked.committee else ""),
            *(_times(talked, kind) for kind in KINDS),
        )
        yield Row(tuple(cell(text, Role.CELL_CENTER) for text in told), splittable=False)


def _open_words(found: Coverage) -> str:
    """Talks whose kind nobody knows are in no column, and that is said."""
    known = not any(talked.count(TalkKind.OPEN) for talked in found.people)
    return "" if known else "有的谈话因职务起止日期不完整，类型待明确，没有列入各栏。"


def _times(talked: Talked, kind: TalkKind) -> str:
    """3; 缺; of a member of the committee 2缺 where others of it lack beside."""
    count, part = talked.count(kind), _PART_OF.get(kind)
    lacking = LACKING if part in talked.missing else ""
    return f"{count or ''}{lacking}"


def _missing_head() -> Row:
    return row(("每年至少1次", "应谈", "已谈", "尚未谈话"), Role.CELL_HEAD, header=True)


def _missing(found: Coverage) -> Iterator[Row]:
    """支委之间 10对 9对 张三与李四; a part that nobody is asked for has no line."""
    for part in Part:
        if asked := found.asked[part]:
            unit, lacking = "对" if part is Part.COMMITTEE else "人", found.lacking(part)
            counts = (f"{asked}{unit}", f"{found.done(part)}{unit}")
            told = (cell(text, Role.CELL_CENTER) for text in (part.label, *counts))
            names = "、".join(lacking) or "无"
            if unclear := found.open_in(part):
                names += f"；待明确：{'、'.join(unclear)}"
            yield Row((*told, cell(names, Role.CELL)))
