"""Moments after which somebody is talked with: the branch's own rules, off as shipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.checks.talk_moments import MOMENTS, waiting
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.summaries.due import DueKind, due_items
from dangjian_desktop.domain.talks.talk import HeartTalk, Occasion
from tests.domain.make import a_meeting, facts, members, rule_table

DAY, TODAY = "2026-05-12", "2026-06-01"


def at(day=DAY):
    return PartialDate.parse(day)


CHANGES = {
    "TALK-JOIN": ({"kinds": (Span("probationary", at()),)}, Occasion.JOINING, "成为预备党员"),
    "TALK-REG": (
        {"kinds": (Span("probationary", at("2025-05-12"), at()), Span("formal", at()))},
        Occasion.REGULARISING,
        "转为正式党员",
    ),
    "TALK-IN": ({"standings": (Span("正常", at()),)}, Occasion.MOVING_IN, "转入"),
    "TALK-OUT": (
        {"standings": (Span("正常", None, at()), Span("转出", at()))},
        Occasion.MOVING_OUT,
        "转出",
    ),
    "TALK-POST": ({"posts": (Span("组织委员", at()),)}, Occasion.POST, "任组织委员"),
    "TALK-GROUP": (
        {"groups": (Span("第一党小组", None, at()), Span("第二党小组", at()))},
        Occasion.WORK,
        "编入第二党小组",
    ),
    "TALK-PUNISHED": (
        {"voting_suspended": (Span("留党察看", at()),)},
        Occasion.DISCIPLINE,
        "受到留党察看处分",
    ),
    "TALK-ILL": ({}, Occasion.ILLNESS, "请病假"),
}


def known(rule, *talks, today=TODAY, on=True, **changes):
    first, *rest = members(9)
    person = replace(first, **changes)
    there = (Attendance(Person(person.name, person.id), Presence.LEAVE, "住院手术"),)
    held = a_meeting(DAY, attendance=there if rule == "TALK-ILL" else ())
    table = {n: replace(r, enabled=on and n == rule) for n, r in rule_table().items()}
    told = facts((person, *rest), [held], today=today)
    return person, replace(told, rules=table, records={"heart_talk": talks})


def a_talk(day, *names_and_ids):
    people = tuple(Person(m.name, m.id) for m in names_and_ids)
    return HeartTalk(
        id=day, day=date.fromisoformat(day), talkers=(Person("书记"),), partners=people
    )


def test_they_are_off_as_shipped_and_say_that_they_are_the_branchs_own():
    for rule in MOMENTS:
        row = rule_table()[rule]
        assert (row.enabled, row.basis, row.severity) == (False, "本单位规定", "local")
    assert CHANGES.keys() == set(MOMENTS)


@pytest.mark.parametrize("rule", MOMENTS)
def test_what_happened_asks_for_a_talk_until_there_is_one(rule):
    changes, occasion, words = CHANGES[rule]
    person, told = known(rule, **changes)
    [moment] = waiting(told)
    assert (moment.occasion, moment.told) == (occasion, f"{person.name}5月12日{words}")
    [item] = [item for item in due_items(told) if item.kind is DueKind.TALK]
    assert (item.record, item.code) == (person.name, occasion.value)
    assert (item.day, item.words) == (
        date(2026, 6, 11),
        f"{person.name}5月12日{words}，还没有谈心谈话记录",
    )
    for day in ("2026-04-20", "2026-05-12", "2026-05-30"):
        _person, done = known(rule, a_talk(day, person), **changes)
        assert [*waiting(done)] == []


@pytest.mark.parametrize("rule", MOMENTS)
def test_nothing_is_asked_while_it_is_off_and_of_days_known_only_in_part(rule):
    changes, _occasion, _words = CHANGES[rule]
    assert [*waiting(known(rule, on=False, **changes)[1])] == []
    if changes:
        (name, spans), *_ = changes.items()
        vague = tuple(
            replace(s, **{n: PartialDate(2026, 5) for n in ("start", "end") if getattr(s, n)})
            for s in spans
        )
        assert [*waiting(known(rule, **{name: vague})[1])] == []


@pytest.mark.parametrize("rule", ["TALK-JOIN", "TALK-REG"])
def test_what_happened_in_another_branch_is_talked_about_there(rule):
    changes, _occasion, _words = CHANGES[rule]
    for came, asked in (("2026-05-20", 0), ("2026-05-12", 1), ("2026-01-01", 1)):
        there = changes | {"standings": (Span("正常", at(came)),)}
        assert len([*waiting(known(rule, **there)[1])]) == asked, came


@pytest.mark.parametrize("rule", MOMENTS)
def test_when_the_time_has_run_out_the_check_says_so(rule):
    changes, occasion, words = CHANGES[rule]
    other = members(9)[5]
    person, told = known(rule, a_talk("2026-01-05", other), today="2026-07-01", **changes)
    assert [*waiting(told)] == []
    [finding] = examine(told, only=rule)
    assert finding.message == f"{person.name}5月12日{words}，30天内未见谈心谈话记录。"
    assert finding.owed == (occasion.value, person.name)
    assert finding.late
    # Before talks were recorded at all nobody can say.
    assert examine(known(rule, today="2026-07-01", **changes)[1], only=rule) == ()
