"""A library whose every part changes by chance, and what a desk that knows nothing finds in it."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.checks.rules import CHECKS, examine
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.kinds import BUILT_IN, Expected
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, Presence
from dangjian_desktop.domain.members.member import NORMAL, Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import STATED_ROSTER, gather
from dangjian_desktop.services.ledgers.counting import hours_by_year
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.records.declaring import OWN_KINDS
from dangjian_desktop.storage.library import Library
from tests.domain.make import a_meeting, a_vote, an_exclusion, an_item, attending, person, stated
from tests.services.ledgers.test_ledger_rows import TRAINING
from tests.services.make import NAMES, a_member

FIRST, LAST = 2021, 2026
OWN = "briefing"
LIVES = (
    ("kinds", "probationary", "formal"),
    ("kinds", "formal", "probationary"),
    ("standings", NORMAL, "转出"),
    ("standings", NORMAL, "停止党籍", "正常"),
    ("posts", "组织委员"),
    ("posts", "党支部书记"),
    ("groups", "第一党小组", "第二党小组"),
    ("voting_suspended", "留党察看"),
    ("waived", "病"),
)
"""What may hold of a member until some day, and from it on."""
IDS = count(1)


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
        kind = dice.choice([*(kind.code for kind in BUILT_IN), "committee_meeting", OWN])
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
            item, id=f"{item.id}-{next(IDS)}", resolution=dice.choice([None, "全票通过"])
        )

    def save(self) -> None:
        """A new sitting, or another state of a stored one."""
        known = self.sittings and self.dice.random() < 0.5
        uid = self.dice.choice(self.sittings) if known else f"sitting-{next(IDS)}"
        sitting = self.a_sitting(uid)
        typed = self.check.of_unsaved(sitting)
        with self.library.changing(Topic.MEETINGS) as work:
            work.meetings.save(sitting)
        if not known:
            self.sittings.append(uid)
        assert typed == self.check.of_meeting(uid)

    def several(self) -> None:
        """As an import writes them."""
        new = [self.a_sitting(f"sitting-{next(IDS)}") for _ in range(3)]
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
        """A member comes, leaves, or something else holds of him, whenever that was."""
        dice, day = self.dice, PartialDate.of(self.a_day())
        place = dice.randrange(len(self.members))
        member = self.members[place]
        if dice.random() < 0.3:
            member = a_member(f"新人{next(IDS)}", probationary=dice.random() < 0.5)
            self.members.append(member)
        else:
            name, *values = dice.choice(LIVES)
            spans = (Span(values[0], None, day), *(Span(value, day) for value in values[1:]))
            kept = member.posts if name == "posts" else ()
            member = self.members[place] = replace(member, **{name: (*kept, *spans)})
        with self.library.changing(Topic.MEMBERS) as work:
            work.members.save(member)

    def strike(self) -> None:
        """A member goes into the bin or comes out of it."""
        uid = self.dice.choice(self.members).id
        with self.library.changing(Topic.MEMBERS) as work:
            deleted = work.members.one(uid).deleted
            (work.members.unmark if deleted else work.members.mark_deleted)(uid)

    def kinds(self) -> None:
        """The branch declares a kind of meeting of its own, or takes it back."""
        expected = self.dice.choice([*Expected]).value
        own = [{"code": OWN, "title": "形势任务教育", "expected": expected}]
        with self.library.changing(Topic.SETTINGS) as work:
            work.settings.put(OWN_KINDS, self.dice.choice([own, own, []]))

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
        # Whoever is in the bin is nobody whom a row may name.
        with suppress(InputError):
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


def talk(desk: Desk) -> None:
    """Two people talk with each other, or a talk goes into the bin."""
    one, other = (Person(m.name, m.id) for m in desk.dice.sample(desk.members, 2))
    uid, day = f"talk-{desk.dice.randrange(12)}", desk.a_day()
    with desk.library.changing(Topic.RECORDS) as work:
        work.of("heart_talk").save(HeartTalk(id=uid, day=day, talkers=(one,), partners=(other,)))
        if desk.dice.random() < 0.2:
            work.of("heart_talk").mark_deleted(uid)


def fresh(desk: Desk):
    """All findings in a desk of its own, of everything that is stored."""
    with closing(Library.open(desk.library.path, write=False)) as library:
        with library.reading() as work:
            facts = replace(gather(work, desk.today), further_hours=hours_by_year(work, desk.today))
            reasons = {key: kept.reason for key, kept in work.waivers.all().items()}
        return examine(facts, waivers=reasons)


CHANGES = (
    *(Desk.save,) * 6,
    *(Desk.several, Desk.throw, Desk.throw, Desk.member, Desk.member, Desk.member, Desk.strike),
    *(talk, talk, talk),
    *(Desk.rule, Desk.branch, Desk.kinds, Desk.sheet, Desk.study, Desk.waive, Desk.another_day),
)
