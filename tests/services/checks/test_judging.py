"""Verdicts that are kept equal those of a desk that knows nothing yet, whatever was changed."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

import pytest

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.checks.rules import CHECKS, examine
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.kinds import BUILT_IN
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, Presence, Speech
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.checks import judging
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import STATED_ROSTER, gather
from dangjian_desktop.services.ledgers.counting import hours_by_year
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.storage.library import Library
from tests.domain.make import a_meeting, a_vote, an_exclusion, an_item, attending, person, stated
from tests.services.ledgers.test_ledger_rows import TRAINING
from tests.services.make import NAMES, a_library, a_member

FIRST, LAST = 2021, 2026
_SEED = os.environ.get("DANGJIAN_SEED", "一")
_IDS = count(1)


class Desk:
    """One library at work, and what each of its changes is made of."""

    def __init__(self, library: Library, dice: Random) -> None:
        self.library, self.dice = library, dice
        self.now = datetime.combine(date(LAST, 6, 30), time(9))
        self.check = CheckService(library, lambda: self.now)
        with library.reading() as work:
            self.members = list(work.members.all())
        self.sittings: list[str] = []

    @property
    def today(self) -> date:
        return self.now.date()

    def a_day(self) -> date:
        return date(FIRST, 1, 1) + timedelta(self.dice.randrange((LAST - FIRST + 1) * 365))

    def a_sitting(self, uid: str):
        dice, day = self.dice, self.a_day()
        kind = dice.choice([*(kind.code for kind in BUILT_IN), "committee_meeting"])
        states = {p: [] for p in Presence}
        for member in self.members:
            states[dice.choice([Presence.PRESENT] * 3 + list(Presence))].append(member)
        there = attending(
            states[Presence.PRESENT],
            video=states[Presence.VIDEO],
            leave=states[Presence.LEAVE],
            absent=states[Presence.ABSENT],
        )
        ids = {member.name: member.id for member in self.members}
        people = tuple(
            replace(a, person=replace(a.person, member_id=ids[a.person.name])) for a in there
        )
        yearly = kind in ("org_life_meeting", "democratic_appraisal")
        return a_meeting(
            day.isoformat(),
            kind,
            id=uid,
            start=dice.choice([None, "09:00", "14:30"]),
            attendance=dice.choice([people, people, ()]),
            agenda=tuple(self.an_item() for _ in range(dice.randrange(3))),
            activity=dice.choice([None, None, None, "节前安全课", "倒班学习"]),
            for_year=day.year - dice.choice([0, 0, 1, 2])
            if yearly and dice.random() < 0.7
            else None,
            group=dice.choice(["第一党小组", "第二党小组"]) if kind == "group_meeting" else None,
            host=replace(person("张三"), member_id=ids["张三"]),
            stated=dice.choice([None, stated(10, 8)]),
            excluded=tuple(
                replace(e, person=replace(e.person, member_id=ids[e.person.name]))
                for e in ([an_exclusion("冯二")] if dice.random() < 0.2 else [])
            ),
            details={
                "hours": dice.choice([None, 2, 20]),
                "grades": [{"name": "钱七", "result": "优秀"}] if dice.random() < 0.3 else [],
            },
        )

    def an_item(self):
        dice = self.dice
        matter = dice.choice([*Matter, Matter.IMPORTANT, Matter.EXTENSION, Matter.REGULARISATION])
        topic = dice.choice(["年度预算安排", "讨论年度预算安排", "发展党员", "自评", "互评"])
        more = {}
        if matter is Matter.ELECTION:
            names = dice.sample(NAMES, 3)
            more = {
                "candidates": tuple(Candidate(name=n, yes=dice.randrange(10)) for n in names),
                "seats": 2,
            }
        elif matter in (Matter.EXTENSION, Matter.REGULARISATION, Matter.DISQUALIFICATION):
            more = {"person": dice.choice(["钱七", "冯二"])}
        vote = dice.choice([None, a_vote(dice.randrange(11), issued=9, returned=9)])
        item = an_item(topic, matter, vote=vote, **more)
        return replace(
            item, id=f"{item.id}-{next(_IDS)}", resolution=dice.choice([None, "全票通过"])
        )

    def save(self) -> None:
        """A new sitting, or another state of a stored one."""
        known = self.sittings and self.dice.random() < 0.5
        uid = self.dice.choice(self.sittings) if known else f"sitting-{next(_IDS)}"
        sitting = self.a_sitting(uid)
        typed = self.check.of_unsaved(sitting)
        with self.library.changing(Topic.MEETINGS) as work:
            work.meetings.save(sitting)
        if not known:
            self.sittings.append(uid)
        assert typed == self.check.of_meeting(uid)

    def several(self) -> None:
        """As an import writes them."""
        new = [self.a_sitting(f"sitting-{next(_IDS)}") for _ in range(3)]
        with self.library.changing(Topic.MEETINGS) as work:
            work.add("meeting", new)
        self.sittings += [sitting.id for sitting in new]

    def throw(self) -> None:
        """Into the bin and out of it."""
        if self.sittings:
            uid = self.dice.choice(self.sittings)
            with self.library.changing(Topic.MEETINGS) as work:
                stored = work.meetings.one(uid)
                (work.meetings.unmark if stored.deleted else work.meetings.mark_deleted)(uid)

    def member(self) -> None:
        """A member comes, changes the group or leaves, whenever that was."""
        dice, day = self.dice, PartialDate.of(self.a_day())
        place = dice.randrange(len(self.members))
        member = self.members[place]
        if dice.random() < 0.3:
            member = a_member(f"新人{next(_IDS)}", probationary=dice.random() < 0.5)
            self.members.append(member)
        elif dice.random() < 0.5:
            member = replace(
                member, groups=(Span("第一党小组", None, day), Span("第二党小组", day))
            )
            self.members[place] = member
        else:
            posts = (*member.posts, Span(dice.choice(["组织委员", "党支部书记"]), day))
            member = self.members[place] = replace(member, posts=posts)
        with self.library.changing(Topic.MEMBERS) as work:
            work.members.save(member)

    def rule(self) -> None:
        """A rule is switched or set, or as it ships again."""
        name, values = self.dice.choice(
            [
                ("CAD-GM", {"times": 2, "months": 6}),
                ("CAD-PRE", {"days_before": 800}),
                ("CAD-DAY", {"tolerance_days": 1}),
                ("APP-RATE", {"parts": 1, "of": 10}),
                ("CAD-32H", {"hours": 4}),
                *((rule, {}) for rule in CHECKS),
            ]
        )
        if self.dice.random() < 0.4:
            self.check.ship_rule(name)
        else:
            table = self.check.rules()[name].values
            on = bool(values) or self.dice.random() < 0.5
            self.check.change_rule(name, enabled=on, values={**table, **values})

    def branch(self) -> None:
        """Founded on another day, with another fixed day."""
        dice = self.dice
        founded = dice.choice([None, date(2020, 9, 1), self.a_day()])
        changed = Branch(
            name="中共测试公司机关党支部",
            founded=founded,
            theme_day=dice.choice([None, 5, 25]),
            term_start=date(2024, 1, 1),
        )
        with self.library.changing(Topic.BRANCH) as work:
            work.branch.save(BranchHistory.of(changed))

    def sheet(self) -> None:
        """The total that an imported sheet gave for itself."""
        total = {"total": self.dice.randrange(8, 14), "day": self.a_day().isoformat(), "batch": 1}
        with self.library.changing(Topic.SETTINGS) as work:
            work.settings.put(STATED_ROSTER, self.dice.choice([None, total]))

    def study(self) -> None:
        """A row of the training ledger."""
        hours = {"hours": str(self.dice.choice([5, 40])), "who": "、".join(NAMES)}
        row = TRAINING | {"day": self.a_day().isoformat()} | hours
        ledgers = LedgerService(self.library, lambda: self.now)
        ledgers.save(ledgers.read("training", row))

    def waive(self) -> None:
        """A reason is written, or taken back."""
        found = self.check.findings()
        if found:
            self.check.waive(self.dice.choice(found), self.dice.choice(["", "停产检修。"]))

    def another_day(self) -> None:
        """The clock goes on, or was put back."""
        day = date(LAST, self.dice.choice([1, 4, 6, 12]), 15)
        self.now = datetime.combine(
            day.replace(year=LAST - self.dice.choice([0, 0, 1, 4])), time(9)
        )


def fresh(desk: Desk):
    """All findings in a desk of its own, of everything that is stored."""
    with closing(Library.open(desk.library.path, write=False)) as library:
        with library.reading() as work:
            facts = replace(gather(work, desk.today), further_hours=hours_by_year(work, desk.today))
            reasons = {key: kept.reason for key, kept in work.waivers.all().items()}
        return examine(facts, waivers=reasons)


CHANGES = (
    *(Desk.save,) * 6,
    *(Desk.several, Desk.throw, Desk.throw, Desk.member, Desk.member, Desk.rule, Desk.branch),
    *(Desk.sheet, Desk.study, Desk.waive, Desk.another_day),
)


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
            for uid in desk.sittings[-2:]:
                own = tuple(f for f in desk.check.findings() if f.records[:1] == (uid,))
                assert desk.check.of_meeting(uid) == own


def of_2024(desk: Desk, rule: str) -> str:
    found = desk.check.findings(rule=rule)
    return " ".join(f.message for f in found if f.subject.startswith("2024"))


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


def test_a_year_follows_what_the_committee_discussed_in_the_years_before(tmp_path):
    budget = an_item("年度预算安排", Matter.IMPORTANT, speeches=(Speech(person("甲"), "同意"),))
    with closing(a_library(tmp_path)) as library:
        desk = Desk(library, Random(0))

        def told() -> list[str]:
            assert desk.check.findings() == fresh(desk)
            return [f.message for f in desk.check.findings(rule="CAD-PRE")]

        def put(day: str, kind: str, **more) -> None:
            item = replace(budget, id=f"item-{next(_IDS)}")
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
