"""What was done in a period, told from the records alone: studies, sittings, people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import Body
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.summaries.counting import cutoff, sittings
from dangjian_desktop.domain.summaries.of_members import Change, joined, left, regularised
from dangjian_desktop.domain.summaries.of_talks import talk_figures
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.meetings.items import topic_words
from dangjian_desktop.papers.naming import short_words

_PERSONNEL = (
    Matter.ADMISSION,
    Matter.REGULARISATION,
    Matter.EXTENSION,
    Matter.DISQUALIFICATION,
    Matter.ELECTION,
)


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """本月, 上月, 下月 and the like, and what the paper is called."""

    this: str
    former: str
    following: str
    paper: str


_WORDS = {
    1: PeriodWords("本月", "上月", "下月", "工作月报"),
    3: PeriodWords("本季度", "上季度", "下季度", "工作季报"),
    6: PeriodWords("本半年", "上一个半年", "下一个半年", "工作总结"),
    12: PeriodWords("本年度", "上年度", "下年度", "工作总结"),
}


def period_words(period: Period) -> PeriodWords:
    """The words for a period of this length."""
    return _WORDS[period.length]


def short_day(day: date) -> str:
    """3月5日."""
    return f"{day.month}月{day.day}日"


def study_lines(facts: Facts, period: Period) -> Iterator[str]:
    """Lectures and what party groups read."""
    for meeting in sittings(facts, period):
        if _teaches(facts, meeting):
            yield f"{short_day(meeting.date)}上党课{_behind(_lecture(meeting))}。"
        elif text := _study(facts, meeting):
            yield f"{short_day(meeting.date)}{meeting.group or '党小组'}学习：{text}。"


def study_counts(facts: Facts, period: Period, place: str) -> Iterator[str]:
    """How many lectures there were and how often party groups read; ``place`` has the rest."""
    found = sittings(facts, period)
    counts = (
        ("上党课", sum(1 for m in found if _teaches(facts, m))),
        ("党小组学习", sum(1 for m in found if _study(facts, m) and not _teaches(facts, m))),
    )
    if told := "，".join(f"{what}{count}次" for what, count in counts if count):
        yield f"{told}（题目、篇目{place}）。"


def sitting_lines(facts: Facts, period: Period) -> Iterator[str]:
    """Each sitting except plain lectures: day, kinds, theme, topics, attendance."""
    for meeting in sittings(facts, period):
        own = facts.kinds.of(meeting.kinds)
        if len(own) != 1 or not own[0].teaches:
            yield _sitting(facts, meeting)


def content_words(facts: Facts, meeting: Meeting) -> str:
    """What a sitting was about, a line each: theme, topics, lecture, what was read."""
    parts = [*_about(meeting)]
    if _teaches(facts, meeting) and (said := _lecture(meeting)):
        parts.append(said)
    if text := _study(facts, meeting):
        parts.append(f"学习：{text}")
    return "\n".join(parts)


def headcount(facts: Facts, meeting: Meeting) -> str:
    """实到／应到, one for each different count; nothing where no attendance is recorded."""
    said = (f"{len(c.present)}／{len(c.expected)}" for c in facts.headcounts(meeting))
    return "\n".join(dict.fromkeys(said)) if meeting.attendance else ""


def _teaches(facts: Facts, meeting: Meeting) -> bool:
    return any(kind.teaches for kind in facts.kinds.of(meeting.kinds))


def _study(facts: Facts, meeting: Meeting) -> str:
    """What a party group read."""
    of_group = any(kind.body is Body.GROUP for kind in facts.kinds.of(meeting.kinds))
    return _line(meeting.details.get("study") or "") if of_group else ""


def _lecture(meeting: Meeting) -> str:
    parts = (
        ("题目：", meeting.details.get("lecture_title")),
        ("授课人：", meeting.details.get("lecturer")),
        ("学时：", meeting.details.get("hours")),
    )
    return "；".join(f"{word}{_line(value)}" for word, value in parts if value)


def _behind(words: str) -> str:
    return f"，{words}" if words else ""


def team_lines(facts: Facts, period: Period) -> Iterator[str]:
    """Members who came and left, and what was discussed about persons."""
    first, last = period.first, cutoff(period, facts.today)
    changes = (
        ("增加党员", joined(facts, first, last)),
        ("减少党员", left(facts, first, last)),
        ("转为正式党员", regularised(facts, first, last)),
    )
    for words, found in changes:
        if found:
            yield f"{words}{len(found)}人：{'；'.join(_change(c) for c in found)}。"
    if not (changes[0][1] or changes[1][1]):
        yield f"{period_words(period).this}党员无增减。"
    if talked := talk_figures(facts, period, last):
        held = talked["talks.held"]
        yield from (f"开展谈心谈话{held.text}。",) if held.value else ()
    for meeting in sittings(facts, period):
        topics = [topic_words(i) for i in meeting.agenda if i.matter in _PERSONNEL]
        if topics:
            yield f"{short_day(meeting.date)}{sitting_name(facts, meeting)}：{'；'.join(topics)}。"


def _change(change: Change) -> str:
    return f"{change.member.name}（{short_day(change.day)}，{change.words}）"


def _sitting(facts: Facts, meeting: Meeting) -> str:
    name = sitting_name(facts, meeting)
    verb = "开展" if name.endswith(("日", "活动")) else "召开"
    year = f"{meeting.for_year}年度" if meeting.for_year else ""
    parts = (f"{short_day(meeting.date)}{verb}{year}{name}", *_about(meeting))
    return f"{'；'.join((*parts, _attendance(facts, meeting)))}。"


def _about(meeting: Meeting) -> Iterator[str]:
    """Its theme and topics."""
    if theme := meeting.details.get("theme"):
        yield f"主题：{_line(theme)}"
    if meeting.agenda:
        yield f"议题：{_numbered([topic_words(item) for item in meeting.agenda])}"


def sitting_name(facts: Facts, meeting: Meeting) -> str:
    """What the sitting is called: its group before the name of a group meeting."""
    words = short_words(facts.kinds.of(meeting.kinds))
    return f"{meeting.group}{words.removeprefix('党小组')}" if meeting.group else words


def _attendance(facts: Facts, meeting: Meeting) -> str:
    if not meeting.attendance:
        return "未登记到会情况"
    said = (
        f"应到{len(count.expected)}人，实到{len(count.present)}人"
        for count in facts.headcounts(meeting)
    )
    return "、".join(dict.fromkeys(said))


def _numbered(topics: Sequence[str]) -> str:
    if len(topics) == 1:
        return topics[0]
    return "，".join(f"（{n}）{topic}" for n, topic in enumerate(topics, 1))


def _line(value: object) -> str:
    """A value on one line without a full stop at its end."""
    lines: Iterable[str] = str(value).split("\n")
    return "；".join(line.strip().rstrip("。；") for line in lines if line.strip())
