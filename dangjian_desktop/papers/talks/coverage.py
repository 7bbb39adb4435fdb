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
_WIDTHS = (10.0, 22.0, 28.0, 16.0, 20.0, 22.0, 20.0, 24.0, 14.0, 81.0)
_OWN_READING = (
    "注：支委和党员之间按每名党员与任一支委、党员和党员之间按每名党员与任一其他普通党员统计，"
    "口径待核对；谈话类型按谈话当天的职务确定。"
)


def compose_coverage(sheet: CoverageSheet, _wanted: Wanted) -> Document:
    """One line for each member; how often, and with whom not yet."""
    found = sheet.coverage
    heads = (f"{kind.label[:2]}\n{kind.label[2:]}" for kind in KINDS)
    head = row(
        ("序号", "姓名", "党小组", "支委", *heads, "合计", "尚未谈话"),
        Role.CELL_HEAD,
        header=True,
    )
    lines = [_line(number, talked) for number, talked in enumerate(found.people, 1)]
    return Document(
        name=paper_name(sheet.branch, TITLE, found.day),
        title=f"{sheet.branch.name}{found.year}年度{TITLE}",
        blocks=(
            Paragraph(f"{branch_stem(sheet.branch.name)}{found.year}年度{TITLE}", Role.TITLE),
            Paragraph(f"截至{chinese_date(found.day)}，{'；'.join(_sums(found))}。", Role.FLUSH),
            Table((head, *lines), _WIDTHS),
            Paragraph(_OWN_READING, Role.NOTE),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=names_of(talked.member for talked in found.people),
    )


def _sums(found: Coverage) -> Iterator[str]:
    """共谈话6次；支委之间应谈3对，已谈1对."""
    yield f"共登记谈心谈话{len(found.talks)}次"
    for part in Part:
        if asked := found.asked[part]:
            unit = "对" if part is Part.COMMITTEE else "人"
            done = asked - len(found.lacking(part))
            yield f"{part.label}应谈{asked}{unit}，已谈{done}{unit}"


def _line(number: int, talked: Talked) -> Row:
    counts = [talked.count(kind) for kind in KINDS]
    told = (
        str(number),
        talked.member.name,
        talked.group,
        "是" if talked.committee else "",
        *(str(count) if count else "" for count in counts),
        str(len(talked.talks)),
    )
    lacking = cell("；".join(talked.missing.values()), Role.CELL)
    return Row((*(cell(text, Role.CELL_CENTER) for text in told), lacking), splittable=False)
