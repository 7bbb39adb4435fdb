"""The columns of the roster's table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.services.members.listing import age_on, missing_facts
from dangjian_desktop.ui.records.tables import Column


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as of the day that is shown."""

    member: Member
    day: date

    @property
    def kind(self) -> str:
        """人员类别, or the reason why the person is no member on the day."""
        kind = self.member.kind_on(self.day)
        status = self.member.status_on(self.day)
        if status not in (None, "正常"):
            return str(status)
        return "" if kind is None else kind.label

    @property
    def age(self) -> str:
        """（41岁）, or empty while it is not known."""
        age = age_on(self.member, self.day)
        return "" if age is None else f"（{age}岁）"

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still wanted."""
        return missing_facts(self.member, self.day)


def month(day: PartialDate | None) -> str:
    """Year and month of a date as far as they are known."""
    return "" if day is None else str(day)[:7]


def rows_of(members: Sequence[Member], day: date) -> dict[str, MemberRow]:
    """Rows by id."""
    return {member.id: MemberRow(member, day) for member in members}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _first(day: PartialDate | None) -> date | None:
    return None if day is None else day.first


# What is looked for most comes first and fits beside the card; the rest is a right-click away.
COLUMNS: tuple[Column[MemberRow], ...] = (
    Column(
        code="name",
        title="姓名",
        text=lambda r: r.member.name,
        width=78,
        key=lambda r: r.member.sort_key or None,
    ),
    Column(
        code="missing",
        title="待补",
        text=lambda r: "待补" if r.missing else "",
        tooltip=lambda r: "待补：" + "、".join(r.missing) if r.missing else "",
        width=50,
    ),
    Column(code="sex", title="性别", text=lambda r: _text(r.member.sex), width=50),
    Column(
        code="born",
        title="出生年月（年龄）",
        text=lambda r: month(r.member.birth_date) + r.age,
        width=142,
        key=lambda r: _first(r.member.birth_date),
    ),
    Column(code="kind", title="人员类别", text=lambda r: r.kind, width=78),
    Column(
        code="group",
        title="党小组",
        text=lambda r: _text(r.member.group_on(r.day)),
        tooltip=lambda r: _text(r.member.group_on(r.day)),
        width=92,
    ),
    Column(
        code="posts",
        title="党内职务",
        text=lambda r: "、".join(r.member.posts_on(r.day)),
        tooltip=lambda r: "、".join(r.member.posts_on(r.day)),
        width=120,
    ),
    Column(
        code="join",
        title="入党时间",
        text=lambda r: _text(r.member.join_date),
        width=96,
        key=lambda r: _first(r.member.join_date),
    ),
    Column(
        code="full",
        title="转正时间",
        text=lambda r: _text(r.member.full_date),
        width=96,
        shown=False,
        key=lambda r: _first(r.member.full_date),
    ),
    Column(
        code="ethnicity",
        title="民族",
        text=lambda r: _text(r.member.ethnicity),
        width=72,
        shown=False,
    ),
    Column(
        code="education",
        title="学历",
        text=lambda r: _text(r.member.education),
        width=84,
        shown=False,
    ),
    Column(
        code="work",
        title="工作岗位",
        text=lambda r: _text(r.member.work_post),
        tooltip=lambda r: _text(r.member.work_post),
        width=116,
        shown=False,
    ),
    Column(
        code="phone",
        title="联系电话",
        text=lambda r: masked_phone(r.member.phone),
        width=116,
        shown=False,
    ),
    Column(
        code="id_number",
        title="身份证号",
        text=lambda r: masked(r.member.id_number),
        width=170,
        shown=False,
    ),
)
