"""What a user does with meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.checks.gathering import kinds_of
from dangjian_desktop.services.meetings.reading import MeetingReader, meeting_problems
from dangjian_desktop.services.meetings.writing import MeetingWriter, same_content
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

Clock = Callable[[], datetime]
_REMEDY = "请按提示改正后重新操作，资料库没有改动。"


class MeetingService:
    """Meetings of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def kinds(self) -> Kinds:
        """All kinds of meeting of the library."""
        with self._library.reading() as work:
            return kinds_of(work)

    def find(self, wanted: MeetingFilter) -> list[str]:
        """Ids of the matching meetings, newest first."""
        with self._library.reading() as work:
            return work.meetings.ids(wanted)

    def get(self, ids: Sequence[str]) -> Mapping[str, Meeting]:
        """Meetings by id; ids that are gone are left out."""
        with self._library.reading() as work:
            return work.meetings.get(ids)

    def one(self, uid: str) -> Meeting:
        """The meeting of this id; raises ``InputError`` where there is none."""
        found = self.get([uid]).get(uid)
        if found is None or found.deleted:
            raise InputError(f"没有编号为 {uid} 的会议。", "请用 meeting list 查看会议编号。")
        return found

    def members(self) -> tuple[Member, ...]:
        """All members ever on the roster, for rolls of any day."""
        with self._library.reading() as work:
            return work.members.all()

    def years(self) -> tuple[int, ...]:
        """Years that have meetings, newest first."""
        with self._library.reading() as work:
            return work.meetings.years()

    def revision(self, uid: str) -> int:
        """How many different states were saved; 0 for a meeting that was never saved."""
        with self._library.reading() as work:
            return work.meetings.revision_number(uid)

    def listed(self, wanted: MeetingFilter) -> list[dict[str, Any]]:
        """MEETINGs of the contract, oldest first."""
        with self._library.reading() as work:
            meetings = work.meetings.all(wanted)
            writer = MeetingWriter(work.members.all())
        return [writer.write(meeting) for meeting in meetings]

    def as_json(self, meeting: Meeting) -> dict[str, Any]:
        """MEETING of the contract."""
        with self._library.reading() as work:
            return MeetingWriter(work.members.all()).write(meeting)

    def save(self, meeting: Meeting) -> Meeting:
        """Store what was entered; its draft goes in the same transaction.

        Saving the same meeting again makes no second record. Raises ``InputError`` for what
        cannot be; a broken rule is stored as it was.
        """
        with self._library.changing(Topic.MEETINGS, Topic.DRAFTS) as work:
            today = self._clock().date()
            roll = Roll(work.members.all(), meeting.date)
            issues = meeting_problems(meeting, kinds_of(work), roll, today, "本次会议")
            if not issues:
                issues = _same_sitting(work, meeting, "本次会议")
            if issues:
                raise InputError("会议记录有不能保存的内容。", "请按提示改正，草稿仍在。", issues)
            return work.meetings.save(meeting)

    def import_json(self, data: Any) -> dict[str, list[str]]:
        """Store one MEETING or a list of them, all or none; ``ids`` and ``unchanged``.

        Raises ``InputError`` with every problem of every meeting.
        """
        entries = data if isinstance(data, list) else [data]
        with self._library.changing(Topic.MEETINGS) as work:
            meetings = self._read(work, entries)
            ids, unchanged, issues = _compare_all(work, meetings)
            if issues:
                raise InputError(f"有{len(issues)}处问题，没有导入。", _REMEDY, issues)
            for meeting in ids:
                work.meetings.save(meeting)
        return {"ids": [m.id for m in ids], "unchanged": unchanged}

    def _read(self, work: Work, entries: Sequence[Any]) -> list[Meeting]:
        reader = MeetingReader(work.members.all(), kinds_of(work), self._clock().date())
        meetings: list[Meeting] = []
        issues: list[Issue] = []
        for number, entry in enumerate(entries, 1):
            place = "会议" if len(entries) == 1 else f"第{number}个会议"
            meeting, problems = reader.read(entry, place)
            issues += problems
            if meeting is not None:
                meetings.append(meeting)
        if issues:
            raise InputError(f"有{len(issues)}处问题，没有导入。", _REMEDY, issues)
        return meetings

    def delete(self, uid: str, reason: str = "") -> None:
        """Mark as deleted; ``bring_back`` undoes it."""
        with self._library.changing(Topic.MEETINGS) as work:
            work.meetings.mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Undo a deletion."""
        with self._library.changing(Topic.MEETINGS) as work:
            work.meetings.unmark(uid)


def _compare_all(
    work: Work, meetings: Sequence[Meeting]
) -> tuple[list[Meeting], list[str], list[Issue]]:
    """What is to be stored, what is there already, and what clashes with what is there."""
    store: list[Meeting] = []
    unchanged: list[str] = []
    issues: list[Issue] = []
    sittings: set[tuple[Any, ...]] = set()
    for meeting in meetings:
        place = f"{meeting.date}“{meeting.title}”"
        sitting = (frozenset(meeting.kinds), meeting.date, meeting.start, meeting.group)
        known = work.meetings.same(meeting)
        stored = work.meetings.get([known or meeting.id]).get(known or meeting.id)
        if stored is not None and not stored.deleted and same_content(stored, meeting):
            unchanged.append(stored.id)
        elif sitting in sittings:
            issues.append(Issue(f"{place}：文件中有两次相同的会议。", "duplicate", "date"))
        elif clash := _same_sitting(work, meeting, place):
            issues += clash
        else:
            number = meeting.number or (stored.number if stored is not None else None)
            store.append(replace(meeting, number=number))
        sittings.add(sitting)
    return store, unchanged, issues


def _same_sitting(work: Work, meeting: Meeting, place: str) -> list[Issue]:
    known = work.meetings.same(meeting)
    if known is None or known == meeting.id:
        return []
    message = f"{place}：同一时间的同类会议已有记录且内容不同；要修改请打开原记录"
    return [Issue(f"{message}（编号 {known}）。", "exists", "date")]
