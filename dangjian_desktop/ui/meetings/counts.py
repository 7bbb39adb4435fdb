"""应到, 到会 and 有表决权 of a meeting in the editor, in words; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from dangjian_desktop.domain.meetings.kinds import Expected, Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Headcount, Roll, headcount


def nobody_words(meeting: Meeting, kinds: Kinds, roll: Roll) -> str:
    """Why nobody is expected, and what to do about it."""
    wanted = {kind.expected for kind in kinds.of(meeting.kinds)}
    if not roll.members:
        return "当日名册中没有党员，请先在“党员”中登记或导入花名册"
    if Expected.GROUP in wanted and not meeting.group:
        return "请先选择党小组"
    if Expected.COMMITTEE in wanted:
        return "当日名册中没有支部委员，请核对党员的党内职务"
    return "当日名册中没有应到人员"


def expected_members(
    codes: Sequence[str], group: str | None, kinds: Kinds, roll: Roll
) -> list[Member]:
    """Everybody expected at a sitting of these kinds, each once, by pinyin."""
    wanted = {m.id for kind in kinds.of(codes) for m in roll.expected_at(kind, group)}
    return [member for member in roll.members if member.id in wanted]


def count_words(meeting: Meeting, kinds: Kinds, roll: Roll) -> str:
    """One sentence for each kind of the sitting; the same counts of two kinds are said once."""
    own = kinds.of(meeting.kinds)
    said = {kind.short: _words(kind, headcount(meeting, kind, roll)) for kind in own}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return "　".join(f"{short}：{words}" for short, words in said.items())


def _words(kind: MeetingKind, count: Headcount) -> str:
    who = "应到委员" if kind.expected is Expected.COMMITTEE else "应到"
    words = f"{who} {len(count.expected)} 人，到会 {len(count.present)} 人"
    if kind.decides:
        words = (
            f"到会 {len(count.present)}/{len(count.expected)}；"
            f"有表决权 {len(count.voters_present)}/{len(count.voters)}"
        )
    if count.unrecorded:
        words += f"，未登记 {len(count.unrecorded)} 人"
    return words
