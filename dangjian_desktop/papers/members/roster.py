"""The roster of a day on A4 laid across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

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
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate, chinese_date
from dangjian_desktop.domain.members.member import Member, MemberKind
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.stamp import Stamp

_NONE = "—"
_MISSING = "待补"


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: float
    text: Callable[[Member, date], str]
    center: bool = True


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """The roster of the day of ``roll``."""

    roll: Roll
    branch: Branch
    stamp: Stamp


def compose_roster(sheet: RosterSheet, wanted: Wanted) -> Document:
    """Members of the branch on the day with the counts of that day; by pinyin.

    ``masked`` hides the middle of ID numbers and phone numbers. 待补 marks what is not known.
    """
    roll, branch, day = sheet.roll, sheet.branch, sheet.roll.day
    title = "党员名册"
    # One line, so that a branch of some forty members stays on two pages.
    signed = f"　填表人：{'　' * 4}书记（签字）："
    members, words = roll.members, _counts(roll, day)
    if wanted.people:
        chosen = frozenset(wanted.people)
        members = tuple(member for member in roll.known if member.id in chosen)
        words = f"截至{chinese_date(day)}，选列{len(members)}人。"
    return Document(
        name=paper_name(branch, title, day),
        title=f"{branch.name}{title}",
        blocks=(
            Paragraph(branch_stem(branch.name) + title, Role.TITLE),
            Paragraph(words + signed, Role.FLUSH),
            _table(members, day, masked=wanted.masked),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _counts(roll: Roll, day: date) -> str:
    men = sum(1 for m in roll.members if m.sex == "男")
    women = sum(1 for m in roll.members if m.sex == "女")
    unknown = len(roll.members) - men - women
    words = f"截至{chinese_date(day)}，党员共{len(roll.members)}人，"
    words += f"其中正式党员{len(roll.formal)}人，预备党员{len(roll.probationary)}人；"
    words += f"男{men}人，女{women}人"
    return words + (f"，性别待补{unknown}人。" if unknown else "。")


def _table(members: Sequence[Member], day: date, *, masked: bool) -> Table:
    columns = _columns(masked=masked)
    head = row(("序号", *(c.head for c in columns)), Role.CELL_HEAD, header=True)
    rows = (
        Row(
            (
                cell(str(number), Role.CELL_CENTER),
                *(
                    cell(c.text(member, day), Role.CELL_CENTER if c.center else Role.CELL)
                    for c in columns
                ),
            ),
            splittable=False,
        )
        for number, member in enumerate(members, 1)
    )
    return Table((head, *rows), (8.5, *(c.width for c in columns)))


def _columns(*, masked: bool) -> tuple[_Column, ...]:
    return (
        _Column("姓名", 16.5, lambda m, _: m.name),
        _Column("性别", 8.5, lambda m, _: m.sex or _MISSING),
        _Column("民族", 14.3, lambda m, _: m.ethnicity or _MISSING),
        _Column("出生年月", 17.0, lambda m, _: _month(m.birth_date)),
        _Column("学历", 18.2, lambda m, _: m.education or _MISSING),
        _Column("入党时间", 20.5, lambda m, _: _day(m.join_date, _MISSING)),
        _Column("转正时间", 20.5, _full_day),
        _Column("人员类别", 10.8, _kind),
        _Column("党内职务", 18.2, _posts),
        _Column("党小组", 14.5, _group),
        _Column("工作岗位", 25.5, lambda m, _: m.work_post or _MISSING),
        _Column("公民身份号码", 38.7, lambda m, _: _id_number(m.id_number, masked=masked)),
        _Column("联系电话", 24.0, lambda m, _: _phone(m.phone, masked=masked)),
    )


def _month(day: PartialDate | None) -> str:
    if day is None:
        return _MISSING
    return f"{day.year}.{day.month:02}" if day.month else str(day.year)


def _day(day: PartialDate | None, otherwise: str) -> str:
    return str(day).replace("-", ".") if day else otherwise


def _full_day(member: Member, day: date) -> str:
    probationary = member.kind_on(day) is MemberKind.PROBATIONARY
    return _NONE if probationary else _day(member.full_date, _MISSING)


def _kind(member: Member, day: date) -> str:
    kind = member.kind_on(day)
    return kind.label.removesuffix("党员") if kind else _MISSING


def _posts(member: Member, day: date) -> str:
    """Posts without the words that the other columns and the title say."""
    group = member.group_on(day) or ""
    posts = (p.removeprefix(group).removeprefix("党支部") for p in member.posts_on(day))
    return "\n".join(posts) or _NONE


def _group(member: Member, day: date) -> str:
    group = member.group_on(day) or _NONE
    return group.removesuffix("党小组") or group


def _id_number(number: str | None, *, masked: bool) -> str:
    if not number:
        return _MISSING
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if masked else number


def _phone(number: str | None, *, masked: bool) -> str:
    if not number:
        return _MISSING
    hidden = masked and len(number) >= 7
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if hidden else number
