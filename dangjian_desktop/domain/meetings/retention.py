"""How long papers of a sitting are kept elsewhere: told before minutes go for good; people decide.

The periods are those of one published table, not of a rule for branches.
"""

from __future__ import annotations

from dangjian_desktop.domain.meetings.meeting import ADMISSION_MATTERS, Matter, Meeting

_ELECTION = "选举会议：支部选举结果报告，保管 30 年"
_ADMISSION = (
    "研究发展党员的会议：发展党员材料和取消预备党员资格的决议，保管 30 年；"
    "本人的入党材料归入人事档案（《中国共产党发展党员工作细则》第三十六条）"
)
BASIS = (
    "期限取自一所高校公布的党建归档范围，仅供对照；国家档案局令第8号、第10号分别规定机关、"
    "企业的保管期限（待核对）。以本单位的归档规定为准。"
)
"""Where the periods come from, and what stands before them."""


def kept_elsewhere(meeting: Meeting) -> tuple[str, ...]:
    """What is kept for years of a sitting like this one; empty where nothing is known."""
    matters = {item.matter for item in meeting.agenda}
    told = (_ELECTION, Matter.ELECTION in matters), (_ADMISSION, bool(matters & ADMISSION_MATTERS))
    return tuple(words for words, there in told if there)
