"""应到, 到会 and 有表决权 of a meeting in the editor, in words; knows no widget."""

from __future__ import annotations

from dangjian_desktop.domain.meetings.called import Headcount, called_by, headcounts
from dangjian_desktop.domain.meetings.kinds import Expected, Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.roll import Roll


def nobody_words(meeting: Meeting, kinds: Kinds, roll: Roll) -> str:
    """Why nobody is expected, and what to do about it."""
    own = kinds.of(meeting.kinds)
    wanted = {called_by(kind, own) for kind in own}
    if not roll.members:
        return "当日名册中没有党员，请先在“党员”中登记或导入花名册"
    if Expected.GROUP in wanted and not meeting.group:
        return "请先选择党小组"
    if Expected.COMMITTEE in wanted:
        return "当日名册中没有支部委员，请核对党员的党内职务"
    return "当日名册中没有应到人员"


def count_words(meeting: Meeting, kinds: Kinds, roll: Roll) -> str:
    """One sentence for each kind of the sitting; the same counts of two kinds are said once."""
    said = {c.kind.short: _words(c) for c in headcounts(meeting, kinds, roll)}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return "　".join(f"{short}：{words}" for short, words in said.items())


def _words(count: Headcount) -> str:
    who = "应到委员" if count.of_committee else "应到"
    words = f"{who} {len(count.expected)} 人，到会 {len(count.present)} 人"
    if count.decides:
        words = (
            f"到会 {len(count.present)}/{len(count.expected)}；"
            f"有表决权 {len(count.voters_present)}/{len(count.voters)}"
        )
    if count.unrecorded:
        words += f"，未登记 {len(count.unrecorded)} 人"
    return words
