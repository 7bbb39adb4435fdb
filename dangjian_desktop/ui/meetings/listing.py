"""What the list of meetings shows, gathered in the library's thread; makes no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.called import called_members
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.records.banner import OpenDraft
from dangjian_desktop.ui.records.subject import Listing, Narrowing, open_drafts, settled

FORM = "meeting"
"""The name under which drafts of meetings are kept."""
TYPE_AHEAD = 500
NEW = "新建会议记录"
EMPTY = "这里记录支部的每一次组织生活：一次录入，会议记录、签到表、汇总都可打印。"
EMPTY_KIND = "没有符合条件的会议记录。"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line of the table. ``present`` of ``expected`` members for its first kind."""

    sitting: SittingRow
    kinds: str
    present: int
    expected: int
    draft: bool

    @property
    def title(self) -> str:
        """What the sitting is called."""
        return self.sitting.title

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.sitting.held

    @property
    def attendance(self) -> str:
        """33 / 36; only who is expected where it has not been held."""
        return f"{self.present if self.held else '—'} / {self.expected}"

    @property
    def state(self) -> str:
        """计划 or 已召开, 草稿 where something is unsaved, with 补录 as a mark beside it."""
        word = "草稿" if self.draft else "已召开" if self.held else "计划"
        return f"{word} · 补录" if self.sitting.late else word


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """What the card at the right shows of one meeting."""

    meeting: Meeting
    line: str
    findings: tuple[Finding, ...]
    rules: Mapping[str, RuleText]
    names: Mapping[str, str]


def load_listing(desk: Desk, wanted: Narrowing, reveal: str = "") -> Listing:
    """The list as narrowed (the newest year unless told), or so that ``reveal`` is in it."""
    years, kinds = desk.meetings.years(), desk.meetings.kinds()

    def place_of(uid: str) -> Narrowing | None:
        sought = desk.meetings.get([uid]).get(uid)
        return None if sought is None or sought.deleted else Narrowing(sought.date.year)

    def find(shown: Narrowing) -> Sequence[str]:
        return desk.meetings.find(meeting_filter(shown))

    usual = years[0] if years else 0
    shown, ids = settled(wanted, reveal, find, place_of, years=years, usual=usual)
    rows = load_rows(desk, ids) if len(ids) <= TYPE_AHEAD else {}
    planned = sum(not row.held for row in rows.values())
    return Listing(
        shown=shown,
        ids=ids,
        rows=rows,
        keys=Initials({uid: row.title for uid, row in rows.items()}),
        years=years,
        parts=(("", "全部"), *((kind.code, kind.short) for kind in kinds)),
        news=tuple((kind.code, kind.title) for kind in kinds),
        foot=f"共 {len(ids)} 次" + (f"，其中计划 {planned} 次" if planned else "") if ids else "",
        empty=EMPTY_KIND if years else EMPTY,
        step="" if years else NEW,
        drafts=_drafts(desk, kinds),
    )


def meeting_filter(shown: Narrowing) -> MeetingFilter:
    """What the chips narrow to, for the service."""
    first = date(shown.year, 1, 1) if shown.year else None
    last = date(shown.year, 12, 31) if shown.year else None
    return MeetingFilter(first=first, last=last, kind=shown.part or None)


def load_rows(desk: Desk, ids: Sequence[str]) -> dict[str, MeetingRow]:
    """The lines of these meetings, counted as of their days."""
    rows, members, kinds = (
        desk.meetings.rows(ids),
        desk.meetings.members(),
        desk.meetings.kinds(),
    )
    unsaved = {draft.uid for draft in desk.drafts.all(FORM)}
    return {
        uid: _row(row, members.on(row.date), kinds, uid in unsaved) for uid, row in rows.items()
    }


def load_detail(desk: Desk, uid: str) -> MeetingSheet | None:
    """What the card shows; nothing where the meeting is gone."""
    meeting = desk.meetings.get([uid]).get(uid)
    if meeting is None or meeting.deleted:
        return None
    line = detail_line(meeting, desk.meetings.kinds())
    own = desk.check.of_meeting(uid)
    people = desk.roster.get([uid for f in own for cause in f.causes for uid in cause.people])
    names = {uid: member.name for uid, member in people.items()}
    return MeetingSheet(meeting, line, own, desk.check.rules(), names)


def detail_line(meeting: Meeting, kinds: Kinds) -> str:
    """支部党员大会 · 2026年10月30日 14:30–16:05 · 三楼会议室 · 第4次."""
    when = chinese_date(meeting.date)
    if meeting.start:
        when += f" {meeting.start:%H:%M}" + (f"–{meeting.end:%H:%M}" if meeting.end else "")
    parts = [
        "、".join(kind.title for kind in kinds.of(meeting.kinds)),
        meeting.group,
        when,
        meeting.place,
        f"第{meeting.number}次" if meeting.number else None,
    ]
    return " · ".join(part for part in parts if part)


def _row(row: SittingRow, roll: Roll, kinds: Kinds, draft: bool) -> MeetingRow:
    own = kinds.of(row.kinds)
    called = called_members(own[0], own, roll, row.group) if own else ()
    expected = {member.id for member in called}
    return MeetingRow(
        sitting=row,
        kinds="、".join(kind.short for kind in own),
        present=len(row.there & expected),
        expected=len(expected),
        draft=draft,
    )


def _drafts(desk: Desk, kinds: Kinds) -> tuple[OpenDraft, ...]:
    def words(draft: Draft) -> str:
        codes = draft.content.get("kinds")
        names = [kind.short for kind in kinds.of(codes if isinstance(codes, list) else ())]
        return str(draft.content.get("title") or "") or "、".join(names) or "会议记录"

    return open_drafts(desk, FORM, words)
