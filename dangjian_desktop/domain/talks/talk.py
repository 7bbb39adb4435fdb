"""A heart-to-heart talk, and what cannot be in one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass


class Occasion(Labelled):
    """Why they talked just then."""

    YEARLY = "yearly", "年度谈心谈话"
    ORG_LIFE = "org_life", "组织生活会前"
    JOINING = "joining", "入党"
    REGULARISING = "regularising", "转正"
    POST = "post", "党内职务变动"
    WORK = "work", "工作岗位变动"
    MOVING_IN = "moving_in", "组织关系转入"
    MOVING_OUT = "moving_out", "组织关系转出"
    RETIRING = "retiring", "退休"
    ILLNESS = "illness", "生病住院"
    FAMILY = "family", "家庭变故或困难"
    AWARD = "award", "受到表彰奖励"
    DISCIPLINE = "discipline", "受到处分处置或有不良反映"
    MOOD = "mood", "思想波动"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartTalk:
    """``talkers`` talked with ``partners``. What somebody told of them in words (``about``,
    ``gist``, ``opinion``, ``follow_up``) is kept behind a password alone; ``kept`` says where the
    paper lies. ``followed`` is when the follow-up was done."""

    id: str
    day: date
    talkers: tuple[Person, ...]
    partners: tuple[Person, ...]
    place: str = ""
    occasion: Occasion | None = None
    about: str = ""
    gist: str = ""
    opinion: str = ""
    follow_up: str = ""
    follow_by: Person | None = None
    follow_due: date | None = None
    followed: date | None = None
    kept: str = ""
    deleted: bool = False


def talk_problems(talk: HeartTalk, _facts: Facts) -> Iterator[Problem]:
    """Somebody on both sides, a follow-up before the talk; its words may be on paper alone."""
    both = {_who(person) for person in talk.talkers} & {_who(person) for person in talk.partners}
    if both:
        names = "、".join(p.name for p in talk.partners if _who(p) in both)
        yield Problem("partners", f"{names}同时填写为谈话人和谈话对象")
    if talk.followed is not None and talk.followed < talk.day:
        yield Problem("followed", "办结日期早于谈话日期")
    if talk.follow_due is not None and talk.follow_due < talk.day:
        yield Problem("follow_due", "跟进期限早于谈话日期")


def _who(person: Person) -> str:
    return person.member_id or person.name
