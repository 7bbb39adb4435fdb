"""Verdicts that are kept equal those of a desk that knows nothing yet, whatever was changed."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from random import Random

import pytest

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.meetings.meeting import (
    Attendance,
    Matter,
    MeetingFilter,
    Presence,
    Speech,
)
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.checks import judging
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import gather, gather_recent
from dangjian_desktop.services.records.declaring import OWN_KINDS
from dangjian_desktop.storage import meetings
from dangjian_desktop.storage.library import Library
from tests.domain.make import a_meeting, a_vote, an_item, attending, person
from tests.services.checks.changing import CHANGES, IDS, OWN, Desk, fresh
from tests.services.make import NAMES, a_library, a_member

_SEED = os.environ.get("DANGJIAN_SEED", "一")


@pytest.mark.parametrize("turn", range(2 * int(os.environ.get("DANGJIAN_FUZZ", "1"))))
def test_what_is_kept_equals_what_a_new_desk_finds(tmp_path, turn):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(f"{_SEED}{turn}"))
        for _ in range(5):
            desk.several()
        for step in range(16):
            change = desk.dice.choice(CHANGES)
            change(desk)
            assert desk.check.findings() == fresh(desk), (turn, step, change.__name__)
            recent = MeetingFilter(first=date(desk.today.year - 1, 1, 1))
            with library.reading() as work:
                kept = gather_recent(work, desk.today).meetings
                assert kept == gather(work, desk.today, recent).meetings, (turn, step)
        found = desk.check.findings()
        for uid in desk.sittings:
            own = tuple(f for f in found if f.records[:1] == (uid,))
            assert desk.check.of_meeting(uid) == own, "of another year, or of none"


def of_2024(desk: Desk, rule: str) -> str:
    found = desk.check.findings(rule=rule)
    return " ".join(f"{f.subject}：{f.message}" for f in found if f.subject.startswith("2024"))


def test_closed_years_stay_right_when_their_roster_or_a_rule_changes_later(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        ids = {member.name: member.id for member in desk.members}
        people = tuple(
            replace(a, person=replace(a.person, member_id=ids[a.person.name]))
            for a in attending(NAMES[:5])
        )
        item = an_item(matter=Matter.ADMISSION, vote=a_vote(5, issued=5, returned=5))
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(a_meeting("2024-03-05", id="one", attendance=people, agenda=(item,)))
        assert "有表决权应到 9，赞成 5" in of_2024(desk, "Q-ADM")
        with library.changing(Topic.MEMBERS) as work:
            work.members.save(a_member("刘十二"))
        assert "有表决权应到 10，赞成 5" in of_2024(desk, "Q-ADM")
        assert "2024年第二季度未见党员大会记录（应1次" in of_2024(desk, "CAD-GM")
        values = desk.check.rules()["CAD-GM"].values
        desk.check.change_rule("CAD-GM", enabled=True, values=values | {"times": 2})
        assert "2024年第二季度未见党员大会记录（应2次" in of_2024(desk, "CAD-GM")


def test_closed_years_follow_kinds_posts_and_waivers_that_change_later(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        ids = {member.name: member.id for member in desk.members}
        host = Person("张三", ids["张三"])
        item = an_item(vote=a_vote(5))
        sitting = a_meeting("2024-03-05", host=host, attendance=(), agenda=(item,))
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(replace(sitting, kinds=(*sitting.kinds, OWN)))
        assert "2024-03-05 党员大会 主持人：由党支部书记张三主持" in of_2024(desk, "CAD-CHAIR")
        with library.changing(Topic.SETTINGS) as work:
            own = {"code": OWN, "title": "形势任务教育", "expected": "all_members"}
            work.settings.put(OWN_KINDS, [own])
        assert "2024-03-05 党员大会、形势任务教育 主持人" in of_2024(desk, "CAD-CHAIR")
        with library.changing(Topic.MEMBERS) as work:
            secretary = work.members.one(ids["张三"])
            work.members.save(replace(secretary, posts=()))
        assert "名册中当日未登记党支部书记" in of_2024(desk, "CAD-CHAIR")
        wrong = desk.check.findings(rule="CAD-CHAIR")[0]
        desk.check.waive(wrong, "书记出差。")
        assert desk.check.findings(rule="CAD-CHAIR") == (replace(wrong, waiver="书记出差。"),)
        assert desk.check.findings() == fresh(desk)


def test_a_year_follows_what_the_committee_discussed_in_the_years_before(tmp_path):
    budget = an_item("年度预算安排", Matter.IMPORTANT, speeches=(Speech(person("甲"), "同意"),))
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))

        def told() -> list[str]:
            assert desk.check.findings() == fresh(desk)
            found = desk.check.findings(rule="CAD-PRE")
            # All years are read together, of one alone those before it are asked for.
            for period in (None, Period.parse("2025")):
                with closing(Library.open(library.path, write=False)) as reader:
                    new = CheckService(reader, lambda: desk.now)
                    assert new.findings(rule="CAD-PRE", period=period) == found
            return [f.message for f in found]

        def put(day: str, kind: str, **more) -> None:
            item = replace(budget, id=f"item-{next(IDS)}")
            sitting = a_meeting(day, kind, attendance=(), agenda=(item,), **more)
            with library.changing(Topic.MEETINGS) as work:
                work.meetings.save(sitting)

        put("2025-01-10", "general_meeting")
        assert "未见支委会讨论记录" in told()[0]
        put("2024-12-20", "committee_meeting", id="before")
        assert "此前经支委会讨论（2024-12-20）" in told()[0]
        put("2024-04-20", "committee_meeting", id="before")
        assert "未见支委会讨论记录" in told()[0]
        desk.check.change_rule("CAD-PRE", enabled=True, values={"days_before": 300})
        assert "此前经支委会讨论（2024-04-20）" in told()[0]
        put("2023-11-20", "committee_meeting", id="before")
        assert "未见支委会讨论记录" in told()[0]
        desk.check.change_rule("CAD-PRE", enabled=True, values={"days_before": 800})
        assert "此前经支委会讨论（2023-11-20）" in told()[0]
        put("2022-12-20", "committee_meeting", id="before")
        assert "此前经支委会讨论（2022-12-20）" in told()[0]
        put("2022-11-02", "committee_meeting", id="before")  # the first of 800 days
        assert "此前经支委会讨论（2022-11-02）" in told()[0]
        put("2022-11-01", "committee_meeting", id="before")
        assert "未见支委会讨论记录" in told()[0]
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.mark_deleted("before")
        assert "未见支委会讨论记录" in told()[0]


def test_what_another_process_changes_is_judged_anew(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        desk.several()
        with closing(Library.open(library.path, write=False)) as reader:
            seen = CheckService(reader, lambda: desk.now)
            assert seen.findings() == desk.check.findings()
            for change in (desk.member, desk.save, desk.rule, desk.branch):
                change()
                assert seen.findings() == desk.check.findings() == fresh(desk)


def test_a_save_judges_its_own_year_again_and_no_other(tmp_path, monkeypatch):
    judged: list[int | None] = []
    voted = an_item(vote=a_vote(5))
    true_judge = judging.judge
    monkeypatch.setattr(
        judging,
        "judge",
        lambda facts, **more: judged.append(facts.year) or true_judge(facts, **more),
    )
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        with library.changing(Topic.MEETINGS) as work:
            for year in (2022, 2024):
                work.meetings.save(
                    a_meeting(f"{year}-03-05", id=f"of {year}", attendance=(), agenda=(voted,))
                )
        desk.check.findings()
        judged.clear()
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(
                a_meeting("2024-04-05", id="of 2024", attendance=(), agenda=(voted,))
            )
        desk.check.findings()
        assert judged == [2024, None]
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(
                a_meeting("2022-04-05", id="of 2024", attendance=(), agenda=(voted,))
            )
        desk.check.findings()
        assert judged[2:] == [2022, 2024, None]


def test_after_a_save_only_the_year_that_it_changed_is_read_for_what_is_due(tmp_path, monkeypatch):
    with closing(a_library(tmp_path)) as library:
        this = date(2026, 6, 30)
        for day in ("2025-03-05", "2026-03-05", "2026-04-05"):
            with library.changing(Topic.MEETINGS) as work:
                work.meetings.save(a_meeting(day, id=f"of {day}", attendance=()))
            with library.reading() as work:
                gather_recent(work, this)
        read: list[str] = []
        made = meetings.meeting_from
        monkeypatch.setattr(
            meetings, "meeting_from", lambda row, *more: read.append(row.uid) or made(row, *more)
        )
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(a_meeting("2026-05-05", id="new", attendance=()))
        read.clear()
        with library.reading() as work:
            assert len(gather_recent(work, this).meetings) == 4
        assert read == ["of 2026-03-05", "of 2026-04-05", "new"]
        with library.reading() as work:
            assert len(gather_recent(work, this).meetings) == 4
        assert len(read) == 3, "nothing was changed"


def test_what_is_typed_is_held_against_the_others_as_they_are_stored_now(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        item = an_item("年度预算安排", Matter.IMPORTANT, vote=a_vote(5))
        typed = a_meeting("2025-03-10", id="typed", attendance=(), agenda=(item,))

        def told() -> str:
            found = desk.check.of_unsaved(typed)
            return " ".join(f.message for f in found if f.rule == "CAD-PRE")

        assert "未见支委会讨论记录" in told()
        before = a_meeting("2025-03-05", "committee_meeting", attendance=(), agenda=(item,))
        with library.changing(Topic.MEETINGS) as work:
            work.meetings.save(before)
        assert "此前经支委会讨论（2025-03-05）" in told()


def test_older_years_follow_one_by_one_until_everything_is_judged(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        voted = an_item(vote=a_vote(5))
        everybody = tuple(
            replace(a, person=Person(m.name, m.id))
            for m in desk.members
            for a in attending([m.name])
        )
        with library.changing(Topic.MEETINGS) as work:
            for year, there in ((2023, ()), (2024, ()), (2026, everybody)):
                work.meetings.save(a_meeting(f"{year}-03-05", attendance=there, agenda=(voted,)))
        found, whole = desk.check.at_once()
        assert not whole
        assert not any(
            f.subject.startswith(("2023-", "2024-", "2024年第", "2025年第")) for f in found
        )
        assert found == tuple(f for f in fresh(desk) if f in found)
        assert any(f.subject.startswith("2026年第一季度 党员大会") for f in found)
        assert [desk.check.go_on() for _ in range(3)] == [False, False, True]
        assert desk.check.at_once() == (fresh(desk), True)
        assert desk.check.go_on()


def owed_talks(desk: Desk) -> list[str]:
    found = desk.check.findings()
    assert found == fresh(desk)
    return [f.subject for f in found if f.rule in ("TALK-IN", "TALK-ILL")]


def test_talks_that_are_owed_follow_the_talks_and_the_clock(tmp_path):
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))
        for rule in ("TALK-IN", "TALK-ILL"):
            desk.check.change_rule(rule, enabled=True, values={"days": 30})
        first, ill, other, *_ = desk.members
        came = replace(first, standings=(Span("正常", PartialDate(2026, 3, 2)),))
        leave = Attendance(Person(ill.name, ill.id), Presence.LEAVE, "住院")
        with library.changing(Topic.MEMBERS, Topic.MEETINGS, Topic.RECORDS) as work:
            work.members.save(came)
            work.meetings.save(a_meeting("2025-12-20", id="one", attendance=(leave,)))
            work.of("heart_talk").save(talk("t1", date(2025, 1, 5), other))
        desk.now = datetime.combine(date(2026, 1, 5), time(9))
        assert owed_talks(desk) == []
        desk.now = datetime.combine(date(2026, 1, 25), time(9))
        assert owed_talks(desk) == [f"2025-12-20 {ill.name} 请病假"]
        desk.now = datetime.combine(date(2026, 6, 30), time(9))
        assert len(owed_talks(desk)) == 2
        for uid, day, member in (("t2", 10, first), ("t3", 11, ill)):
            with library.changing(Topic.RECORDS) as work:
                work.of("heart_talk").save(talk(uid, date(2026, 3, day), member))
        assert owed_talks(desk) == []


def talk(uid: str, day: date, member) -> HeartTalk:
    partner = Person(member.name, member.id)
    return HeartTalk(id=uid, day=day, talkers=(Person("上级来人"),), partners=(partner,))
