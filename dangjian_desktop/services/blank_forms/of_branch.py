"""What is known of the branch, of the period, and of what the period counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from dangjian_desktop.domain.branch import UNIT_KINDS
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.services.blank_forms.facts import Fact
from dangjian_desktop.services.blank_forms.occasion import Occasion
from dangjian_desktop.services.blank_forms.words import words
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import entries, kind_of
from dangjian_desktop.services.ledgers.counting import in_period
from dangjian_desktop.storage.work import Work

_BRANCH, _PERIOD, _FIGURES = "党支部", "期间和填报", "数字"
_OF_YEAR = "本年累计"
SAID = ("words.filled_by", "words.reviewed_by", "words.problems", "words.plans", "meetings.told")
"""What was said and done of the period by the branch: of a single record it may tell nothing."""
_PROJECT = "project."
_POSTS = {
    "organisation": "组织委员",
    "publicity": "宣传委员",
    "inspection": "纪检委员",
    "youth": "青年委员",
}
"""Posts of a committee that forms ask for."""
_ALL_SITTINGS, _DUE = "sessions.held", "due."
_UNIT_CHOICES = tuple((kind.value, word) for kind, word in UNIT_KINDS.items())


def branch_facts() -> tuple[Fact, ...]:
    """Names, superior, posts and term as of the day."""
    return (
        _fact("branch.name", "党支部名称", lambda o: o.branch.name),
        _fact("branch.short_name", "党支部简称", lambda o: o.branch.short_name),
        _fact("branch.superior", "上级党组织", lambda o: o.branch.superior),
        _fact("branch.secretary", "支部书记", lambda o: _held(o, PostRole.SECRETARY)),
        _fact("branch.deputy", "支部副书记", lambda o: _held(o, PostRole.DEPUTY_SECRETARY)),
        _fact("branch.committee", "支部委员会成员", lambda o: _names(o.roll.committee)),
        *(
            _fact(f"branch.{key}", post, partial(_posted, post), FieldType.TEXT)
            for key, post in _POSTS.items()
        ),
        _fact("branch.groups", "党小组", lambda o: "、".join(o.roll.groups)),
        _fact("branch.founded", "党支部成立日期", lambda o: o.branch.founded, FieldType.DATE),
        _fact("branch.term_start", "本届任期开始", lambda o: o.branch.term_start, FieldType.DATE),
        _fact("branch.term_end", "本届任期届满", lambda o: o.branch.term_end, FieldType.DATE),
        Fact(
            "branch.unit_kind",
            Field("unit_kind", "单位类别", FieldType.CHOICE, choices=_UNIT_CHOICES),
            lambda o: o.branch.unit_kind,
            _BRANCH,
        ),
    )


def period_facts() -> tuple[Fact, ...]:
    """The period itself, the day of the form, and what people said of the period."""
    return (
        _of_period("period", "所属期", lambda o: o.period.label),
        _of_period("period.year", "年度", lambda o: f"{o.period.year}年"),
        _of_period("period.quarter", "所属季度", lambda o: _quarter(o.period)),
        _of_period("period.cutoff", "数据截止日", lambda o: o.day, FieldType.DATE),
        _of_period("as_of", "填报日期", lambda o: o.as_of, FieldType.DATE),
        _of_period("words.filled_by", "填报人", lambda o: o.said.filled_by),
        _of_period("words.reviewed_by", "审核人", lambda o: o.said.reviewed_by),
        _of_period("words.problems", "存在问题", lambda o: o.said.problems, FieldType.LIST),
        _of_period("words.plans", "下期计划", lambda o: o.said.plans, FieldType.LIST),
        _of_period("meetings.told", "本期组织生活", _told, FieldType.LIST),
    )


def figure_facts(occasion: Occasion) -> Iterator[Fact]:
    """Every figure of the period but those of single projects."""
    titles = _kind_titles(occasion.facts.kinds)
    for name, figure in occasion.figures.items():
        if not name.startswith(_PROJECT):
            yield _of_figure(name, figure, titles)


def ledger_facts(work: Work) -> Iterator[Fact]:
    """How many rows each ledger has in the period; sensitive ones tell nothing."""
    for entry in entries(work):
        ledger = entry.ledger
        if entry.shown and may_be_shown(ledger.level, Outlet.FORM):
            label = f"{ledger.title}记录"
            counted = any(figure.label == ledger.title for figure in ledger.figures)
            also = () if counted else (ledger.title,)
            field = Field(ledger.code, label, FieldType.INTEGER, unit="条", also=also)
            yield Fact(f"ledger:{ledger.code}:count", field, _counting(ledger.code), "台账")


def _fact(
    key: str,
    label: str,
    tell: Callable[[Occasion], Any],
    kind: FieldType = FieldType.TEXT,
    group: str = _BRANCH,
) -> Fact:
    return Fact(key, Field(key, label, kind), tell, group)


def _of_period(
    key: str, label: str, tell: Callable[[Occasion], Any], kind: FieldType = FieldType.TEXT
) -> Fact:
    return _fact(key, label, tell, kind, _PERIOD)


def _names(members: Iterable[Member]) -> str:
    return "、".join(member.name for member in members)


def _posted(post: str, occasion: Occasion) -> str:
    """Who of the committee has the post, perhaps beside another (组织委员兼纪检委员)."""
    day = occasion.day
    held = ((m, [s.value for s in m.posts if s.covers(day)]) for m in occasion.roll.committee)
    return _names(member for member, posts in held if any(post in each for each in posts))


def _held(occasion: Occasion, role: PostRole) -> str:
    return _names(occasion.roll.with_role(role))


def _quarter(period: Period) -> str:
    return Period.around(period.last, 3).label if period.length <= 3 else ""


def _told(occasion: Occasion) -> tuple[str, ...]:
    """3月18日召开的会议 with their topics, one a line, as they were recorded."""
    lines = []
    for sitting in occasion.sittings:
        meeting = sitting.meeting
        topics = "；".join(item.topic for item in meeting.agenda if item.topic)
        about = f"：{topics}" if topics else ""
        lines.append(f"{meeting.date.month}月{meeting.date.day}日，{meeting.title}{about}")
    return tuple(lines)


def _kind_titles(kinds: Kinds) -> dict[str, str]:
    """The full title behind the short word that labels of figures begin with."""
    return {kind.short: kind.title for kind in kinds if kind.title != kind.short}


def _of_figure(name: str, figure: Figure, titles: dict[str, str]) -> Fact:
    of_year = figure.over is Over.YEAR
    plain = name.removeprefix(Over.YEAR.prefix)
    also = [*words().also.get(plain, ())]
    also += [title for short, title in titles.items() if figure.label.endswith(short)]
    also += [f"{title}应开" for s, title in titles.items() if figure.label == f"{s}应开"]
    if of_year:
        also = [f"{_OF_YEAR}{word}" for word in also]
    field = Field(name, figure.label, FieldType.TEXT, unit=figure.unit, also=tuple(also))

    def tell(occasion: Occasion) -> str | None:
        found = occasion.figures.get(name)
        if found is None or not found.known or not _recorded(occasion, name, found):
            return None
        return str(found.value)

    return Fact(name, field, tell, _FIGURES)


def _recorded(occasion: Occasion, name: str, figure: Figure) -> bool:
    """Whether anything was recorded of which a number could be counted: where no sitting of the
    whole period is, none is not said to have been held."""
    if not occasion.begun:
        return False
    if figure.group in (Group.SITTINGS, Group.ATTENDANCE) and not name.startswith(_DUE):
        return bool(occasion.figures[f"{figure.over.prefix}{_ALL_SITTINGS}"].value)
    if figure.group is Group.LEDGERS:
        return _written(occasion, name.split(".")[1])
    return figure.group is not Group.MEMBERS or bool(occasion.roll.members)


def _written(occasion: Occasion, code: str) -> bool:
    """Whether anybody has ever written in the ledger: of any other nothing is known."""
    return occasion.begun and bool(occasion.work.counts().get(kind_of(code)))


def _counting(code: str) -> Callable[[Occasion], int | None]:
    def tell(occasion: Occasion) -> int | None:
        return len(ledger_rows(occasion, code) or ()) if _written(occasion, code) else None

    return tell


def ledger_rows(occasion: Occasion, code: str) -> list[Any] | None:
    """The rows of the period, the oldest first; None for a period to come."""
    if not occasion.begun:
        return None
    found = next(entry.ledger for entry in entries(occasion.work) if entry.ledger.code == code)
    rows = in_period(found, keeping.oldest_first(occasion.work, found), occasion.period)
    days = ((row, row.first_day(found)) for row in rows)
    return [row for row, day in days if day is None or day <= occasion.as_of]
