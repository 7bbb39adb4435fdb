"""What a user does with the roster, spreadsheets aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dangjian_desktop.domain.members.identity import read_identity
from dangjian_desktop.domain.members.member import Member, sort_members
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.records.pinyin import initials, matching, sort_key
from dangjian_desktop.storage.library import Library


class RosterService:
    """Members of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def roll(self, as_of: date | None = None) -> Roll:
        """The roster of a day, today unless told."""
        with self._library.reading() as work:
            return Roll(work.members.all(), as_of or self._clock().date())

    def find(self, typed: str = "", *, present: bool = True) -> list[str]:
        """Ids by pinyin order: of today's members, or of those who are none today."""
        today = self._clock().date()
        with self._library.reading() as work:
            members = sort_members(work.members.all())
        return [m.id for m in matching(members, typed) if m.belongs_on(today) is present]

    def get(self, ids: Sequence[str]) -> Mapping[str, Member]:
        """Members by id; ids that are gone are left out."""
        with self._library.reading() as work:
            return work.members.get(ids)

    def revision(self, uid: str) -> int:
        """How often the member was saved; 0 when never."""
        with self._library.reading() as work:
            return work.members.revision_number(uid)

    def listed(self, as_of: date | None = None) -> list[dict[str, Any]]:
        """MEMBERs of the contract, as of a day, by pinyin."""
        day = as_of or self._clock().date()
        return [member_json(member, day) for member in self.roll(day).members]

    def save(self, member: Member) -> Member:
        """Store a member; the draft goes in the same transaction.

        Saving the same member again makes no second record. Raises ``InputError`` by field.
        """
        ready = replace(member, sort_key=sort_key(member.name), initials=initials(member.name))
        with self._library.changing(Topic.MEMBERS, Topic.DRAFTS) as work:
            issues = member_problems(ready, work.members.all(), self._clock().date())
            if issues:
                raise InputError("党员信息有不能保存的内容。", "请按提示改正，草稿仍在。", issues)
            return work.members.save(ready)

    def delete(self, uid: str, reason: str = "") -> None:
        """Mark a member entered by mistake as deleted; refused while meetings name the member."""
        with self._library.changing(Topic.MEMBERS) as work:
            member = work.members.get([uid]).get(uid)
            named = work.meetings.relying_on(uid)
            if member is not None and named:
                raise InputError(
                    f"{member.name}已登记在{len(named)}次会议中，不能删除。",
                    "如已转出、停止党籍或去世，请在党员信息中登记党籍状态的变化，历史记录将保留。",
                )
            carried = work.projects.relying_on(uid)
            if member is not None and carried:
                raise InputError(
                    f"{member.name}承担着{len(carried)}个项目，不能删除。",
                    "请先在项目中改由他人承担，或在党员信息中登记党籍状态的变化。",
                )
            rows = sum(len(work.records(kind).relying_on(uid)) for kind in work.kinds())
            if member is not None and rows:
                raise InputError(
                    f"{member.name}已登记在{rows}条台账记录中，不能删除。",
                    "请先在台账中改为他人，或在党员信息中登记党籍状态的变化。",
                )
            work.members.mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Undo a deletion."""
        with self._library.changing(Topic.MEMBERS) as work:
            work.members.unmark(uid)


_ID_PROBLEMS = {
    "id_length": "身份证号应为18位，请核对。",
    "id_checksum": "身份证号校验不符，请对照证件核对。",
    "id_lost_digits": "身份证号不完整，请重新输入。",
}


def member_problems(member: Member, others: Sequence[Member], today: date) -> list[Issue]:
    """What cannot be stored of a member: by field, in sentences without the numbers themselves."""
    found: list[Issue] = []
    if not member.name.strip():
        found.append(Issue("请填写姓名。", "name_missing", "name"))
    if not member.kinds:
        words = "请选择人员类别（正式党员或预备党员）。"
        found.append(Issue(words, "value_unknown", "member_kind"))
    return found + _number_problems(member, others) + _date_problems(member, today)


def _number_problems(member: Member, others: Sequence[Member]) -> list[Issue]:
    found: list[Issue] = []
    if member.id_number:
        problem = read_identity(member.id_number).problem
        if problem:
            found.append(Issue(_ID_PROBLEMS[problem], problem, "id_number"))
        same = [m for m in others if m.id_number == member.id_number and m.id != member.id]
        if same:
            words = f"身份证号与{same[0].name}的相同，请核对。"
            found.append(Issue(words, "id_duplicate", "id_number"))
    return found


def _date_problems(member: Member, today: date) -> list[Issue]:
    found: list[Issue] = []
    for name, label in (("birth_date", "出生日期"), ("join_date", "入党时间")):
        day = getattr(member, name)
        if day is not None and day.first > today:
            found.append(Issue(f"{label}在将来，请核对。", "date_order", name))
    if member.join_date and member.full_date and member.full_date.last < member.join_date.first:
        found.append(Issue("转正时间早于入党时间，请核对。", "date_order", "full_date"))
    return found


def member_json(member: Member, day: date) -> dict[str, Any]:
    """MEMBER of the contract, as of a day."""
    kind = member.kind_on(day)
    return {
        "id": member.id,
        "name": member.name,
        "sex": member.sex,
        "ethnicity": member.ethnicity,
        "id_number": member.id_number,
        "birth_date": _text(member.birth_date),
        "education": member.education,
        "join_date": _text(member.join_date),
        "join_approved": _text(member.join_approved),
        "full_date": _text(member.full_date),
        "full_approved": _text(member.full_approved),
        "member_kind": None if kind is None else kind.value,
        "status": member.status_on(day),
        "party_post": "、".join(member.posts_on(day)) or None,
        "group": member.group_on(day),
        "work_post": member.work_post,
        "phone": member.phone,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
