"""What a user does with the roster, spreadsheets aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.members.deciding import decided
from dangjian_desktop.domain.members.member import Member, MemberKind, sort_members
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.members.declared import MEMBERS, with_keys
from dangjian_desktop.services.members.naming import matching
from dangjian_desktop.services.members.strokes import stroke_key
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.storage.library import Library


class RosterService:
    """Members of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock
        self.records = records = RecordService[Member](library, MEMBERS, clock)
        self.get, self.revision = records.get, records.revision
        self.bring_back = records.bring_back

    def roll(self, as_of: date | None = None) -> Roll:
        """The roster of a day, today unless told."""
        with self._library.reading() as work:
            return work.roster().on(as_of or self._clock().date())

    def find(self, typed: str = "", *, present: bool = True) -> list[str]:
        """Ids by pinyin order: of today's members, or of those who are none today."""
        today = self._clock().date()
        with self._library.reading() as work:
            members = sort_members(work.roster())
        return [m.id for m in matching(members, typed) if m.belongs_on(today) is present]

    def listed(
        self, as_of: date | None = None, *, by_strokes: bool = False
    ) -> list[dict[str, Any]]:
        """MEMBERs of the contract, as of a day, by pinyin or by 姓氏笔画."""
        day = as_of or self._clock().date()
        members = self.roll(day).members
        if by_strokes:
            members = tuple(sorted(members, key=lambda member: stroke_key(member.name)))
        return self.records.as_json(members, day)

    def save(self, member: Member) -> Member:
        """Store a member; the draft goes in the same transaction.

        Saving the same member again makes no second record. Raises ``InputError`` by field.
        """
        return self.records.save(with_keys(member))

    def decide(
        self, kind: MemberKind | None, uids: Sequence[str] | None = None
    ) -> tuple[Member, ...]:
        """Say of these persons, or of all who are undecided, what they are; ``None``: no members.

        Raises ``InputError`` naming those who are not undecided; then nothing is changed.
        """
        today = self._clock().date()
        with self._library.changing(Topic.MEMBERS) as work:
            members = work.roster() if uids is None else work.members.get(uids).values()
            asked = [m for m in members if uids is not None or m.undecided_on(today)]
            settled = [m.name for m in asked if not m.undecided_on(today)]
            if settled or len(asked) < len(uids or ()):
                raise InputError(
                    f"{'、'.join(settled) or '所选的人'}的身份不是未定，没有改动。",
                    "请只选择“身份未定”中的人；要改已定的人员类别，请编辑党员信息。",
                )
            found = tuple(decided(one, kind, today) for one in asked)
            for one in found:
                work.members.save(one, reason="确定身份")
        return found

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
            rows = {kind: len(work.records(kind).relying_on(uid)) for kind in work.kinds()}
            if member is not None and any(rows.values()):
                shared = any(rows.get(record.code) for record in SHARED)
                raise InputError(
                    f"{member.name}已登记在{sum(rows.values())}条{'其他' if shared else '台账'}"
                    "记录中，不能删除。",
                    "请先在这些记录（台账等）中改为他人，或在党员信息中登记党籍状态的变化。",
                )
            work.members.mark_deleted(uid, reason=reason)
