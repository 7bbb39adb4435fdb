"""The roster as a workbook that other offices can open and that can be imported again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.member import Member, sort_members
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.workbooks import Workbook, covers
from dangjian_desktop.spreadsheets.columns import Column

_COLUMNS = (
    Column("序号", 5),
    Column("姓名", 10),
    Column("性别", 5),
    Column("民族", 8),
    Column("公民身份号码", 20.5),
    Column("出生日期", 11.5),
    Column("学历", 11),
    Column("入党日期", 11.5),
    Column("转正日期", 11.5),
    Column("人员类别", 9.5),
    Column("党小组", 11.5),
    Column("党内职务", 13),
    Column("工作岗位", 13),
    Column("手机号码", 13),
    Column("党籍状态", 9.5),
    Column("备注", 14, centred=False),
)
_APPROVALS = (Column("预备党员批准日期", 11.5), Column("转正批准日期", 11.5))


class RosterExport(OfLibrary):
    """Exports from one library; ``clock`` tells the present time."""

    def export(
        self,
        path: Path,
        *,
        as_of: date | None = None,
        profile: str = "full",
        force: bool = False,
    ) -> tuple[Path, int]:
        """Write the members of a day to an .xlsx; the file as written and how many persons.

        ``masked`` covers ID and phone numbers. An older file stays and a number is added, unless
        ``force``. Raises ``InputError``, and ``BlockedError`` when the folder cannot be written.
        """
        hidden = covers(path, profile, "花名册", "遮盖号码")
        book = self.workbook(as_of, hidden=hidden)
        return book.write(path, force=force), len(book.rows)

    def workbook(self, as_of: date | None = None, *, hidden: bool = False) -> Workbook:
        """The members of a day (today), one a row; ``hidden`` covers ID and phone numbers."""
        day = as_of or self._clock().date()
        with self._library.reading() as work:
            branch = work.branch.on(day)
            members = [m for m in sort_members(work.roster()) if m.belongs_on(day)]
        remark = f"截至{chinese_date(day)}" + ("　示例" if branch.sample else "")
        approvals = any(member.join_approved or member.full_approved for member in members)
        return Workbook(
            columns=(*_COLUMNS, *_APPROVALS) if approvals else _COLUMNS,
            rows=[
                _row(str(number), member, day, hidden=hidden, approvals=approvals)
                for number, member in enumerate(members, start=1)
            ],
            title=f"{branch.name}党员花名册",
            remark=remark + ("　身份证号和手机号已遮盖" if hidden else ""),
            name="党员花名册",
            made=made_at(as_of, self._clock()),
            foot=("合计", f"{len(members)}人"),
        )


def _row(
    number: str, member: Member, day: date, *, hidden: bool, approvals: bool
) -> tuple[str, ...]:
    kind = member.kind_on(day)
    values: tuple[object, ...] = (
        number,
        member.name,
        member.sex,
        member.ethnicity,
        masked(member.id_number) if hidden else member.id_number,
        member.birth_date,
        member.education,
        member.join_date,
        member.full_date,
        kind.label if kind else None,
        member.group_on(day),
        "、".join(member.posts_on(day)),
        member.work_post,
        masked_phone(member.phone) if hidden else member.phone,
        member.status_on(day),
        member.note,
    )
    if approvals:
        values = (*values, member.join_approved, member.full_approved)
    return tuple("" if value is None else str(value) for value in values)
