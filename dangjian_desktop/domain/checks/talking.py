"""Whether everybody who should has had a heart-to-heart talk in a year (CAD-TALK)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.checks.duties import judged_periods
from dangjian_desktop.domain.checks.facts import DAY_UNKNOWN, Facts, of_members
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import (
    Cause,
    Finding,
    Judgement,
    Verdict,
    lacking,
    unknown,
    words_of,
)
from dangjian_desktop.domain.talks.coverage import Coverage, Part, coverage
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.talks.talk import HeartTalk, Occasion

RULE = "CAD-TALK"
_NAMED = 8
"""So many who lack a talk are named; the page names all."""
_OWN_READING = "具体口径待核对"


def talks_in(facts: Facts, year: int) -> tuple[HeartTalk, ...]:
    """The talks of a year up to today."""
    every = facts.records.get(HEART_TALK.code, ())
    return tuple(t for t in every if t.day.year == year and t.day <= facts.today)


def first_talk(facts: Facts) -> date | None:
    """The day of the first talk ever; nobody can say what was before records begin."""
    every = (t.day for t in facts.records.get(HEART_TALK.code, ()))
    return min((day for day in every if day <= facts.today), default=None)


def covered_in(facts: Facts, year: int) -> Coverage:
    """Who has talked with whom in a year, as of its end or of today."""
    day = min(facts.today, date(year, 12, 31))
    return coverage(year, talks_in(facts, year), facts.roll, day, facts.committee_on(day))


def talk_findings(facts: Facts) -> Iterator[Finding]:
    """CAD-TALK: from the year of the first talk on, and in the present one; a year without any
    record is one finding."""
    since = first_talk(facts)
    for period in judged_periods(facts, 12):
        year = period.year
        begun = year == facts.today.year or (since is not None and since.year <= year)
        found = covered_in(facts, year) if begun else None
        if found is None or len(found.people) < 2:
            continue
        if found.talks:
            yield from (_of_part(facts, found, part) for part in Part if _applies(found, part))
        else:
            judgement = _no_records(facts, year)
            yield _owed(facts, facts.judged(RULE, judgement, f"{year}年度 谈心谈话", within=period))


def _applies(found: Coverage, part: Part) -> bool:
    """Nothing is asked between members of a committee that there is not."""
    return part is not Part.COMMITTEE or found.committee is not False


def _no_records(facts: Facts, year: int) -> Judgement:
    if facts.today <= date(year, 12, 31):
        words = f"{year}年度尚未见谈心谈话记录，{_left(facts, year)}。"
        return Judgement(Verdict.NOTICE, words)
    return lacking(f"未见{year}年度谈心谈话记录", HEART_TALK.code, "day")


def _left(facts: Facts, year: int) -> str:
    left = (date(year, 12, 31) - facts.today).days
    return f"本年还有{left}天" if left else "本年今天截止"


def _of_part(facts: Facts, found: Coverage, part: Part) -> Finding:
    """One part of the rule; the branch's own reading of the last two says so."""
    rule, year = facts.rules[RULE], found.year
    basis = rule.source if part is Part.COMMITTEE else f"{rule.source}（{_OWN_READING}）"
    judgement = _judged(facts, found, part)
    subject = f"{year}年度 谈心谈话（{part.label}）"
    within = Period(year, 1, 12)
    return _owed(facts, facts.judged(RULE, judgement, subject, basis=basis, within=within))


def _owed(facts: Facts, finding: Finding) -> Finding:
    """Asks for talks where some are missing; what is still to come is told as due, not as found."""
    if finding.verdict is not Verdict.NOTICE or finding.span is None:
        return finding
    return finding.asking(Occasion.YEARLY.value, "", late=finding.span[1] < facts.today)


def _judged(facts: Facts, found: Coverage, part: Part) -> Judgement:
    if part is not Part.MEMBERS and (causes := _open_posts(facts, found)):
        return unknown(f"无法判断：{words_of(causes)}。", *causes)
    missing, asked = found.lacking(part), found.asked[part]
    unit = "对支委" if part is Part.COMMITTEE else "名党员"
    what = f"{found.year}年度{part.label}谈心谈话"
    if not missing:
        if open_ones := found.open_in(part):
            named = "、".join(open_ones[:_NAMED])
            words = f"与{named}谈话的人当天是否为支委，起止日期不完整"
            return unknown(f"无法判断：{words}。", Cause(words, "member", "posts"))
        if part is not Part.COMMITTEE and (causes := facts.missing_causes()):
            return unknown(f"无法判断：{words_of(causes)}。", *causes)
        return Judgement(Verdict.OK, f"{what}{asked}{unit}均有记录。")
    names = "、".join(missing[:_NAMED]) + ("等" if len(missing) > _NAMED else "")
    words = f"{what}应谈{asked}{unit}，其中{len(missing)}{unit[0]}未见记录：{names}"
    if facts.today <= date(found.year, 12, 31):
        return Judgement(Verdict.NOTICE, f"{words}；{_left(facts, found.year)}。")
    return Judgement(facts.rules[RULE].failed, f"{words}。")


def _open_posts(facts: Facts, found: Coverage) -> tuple[Cause, ...]:
    """What leaves open who was on the committee."""
    if found.committee is None:
        return (Cause("未见支委会成员的职务，不能确定支委", "member", "posts"),)
    if not found.asked[Part.WITH_MEMBER]:
        return (Cause("未见书记、支委的职务", "member", "posts"),)
    return (*of_members(facts.roll(found.day).open_committee, "posts", DAY_UNKNOWN),)
