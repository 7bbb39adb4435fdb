"""Between whom a talk was, and who still lacks one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.members.roll import rolls
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.summaries.due import due_items
from dangjian_desktop.domain.talks.coverage import Part, TalkKind, coverage, kinds_of
from dangjian_desktop.domain.talks.talk import HeartTalk
from tests.domain.make import a_meeting, facts, members

IDS = count(1)
DAY = date(2025, 6, 1)


def posted(number=9, *, committee=3, until=None):
    """Members of whom the first hold posts of the committee, perhaps until a day."""
    posts = ("党支部书记", "组织委员", "宣传委员", "纪检委员")[:committee]
    end = until and PartialDate.parse(until)
    spans = [(Span(post, None, end),) for post in posts]
    every = members(number)
    return tuple(replace(m, posts=spans[n]) if n < committee else m for n, m in enumerate(every))


def a_talk(one, *others, day=DAY):
    def person(who):
        return Person(who) if isinstance(who, str) else Person(who.name, who.id)

    return HeartTalk(
        id=f"t{next(IDS)}", day=day, talkers=(person(one),), partners=tuple(map(person, others))
    )


def covered(people, *talks, day=date(2025, 12, 31), committee=True):
    return coverage(2025, talks, rolls(people).on, day, committee)


def test_the_kind_is_told_by_the_posts_of_the_day():
    people = posted(until="2025-07-01")
    boss, post, member, other = people[0], people[1], people[3], people[4]
    on = rolls(people).on

    def kinds(talk):
        return kinds_of(talk, on(talk.day))

    assert kinds(a_talk(boss, post)) == (TalkKind.COMMITTEE,)
    assert kinds(a_talk(member, boss)) == (TalkKind.WITH_MEMBER,)
    assert kinds(a_talk(member, other)) == (TalkKind.MEMBERS,)
    assert kinds(a_talk(boss, "乙某")) == (TalkKind.OTHERS,)
    assert kinds(a_talk(boss, post, member, "乙某")) == (
        TalkKind.COMMITTEE,
        TalkKind.WITH_MEMBER,
        TalkKind.OTHERS,
    )
    later = a_talk(boss, post, day=date(2025, 7, 1))
    assert kinds(later) == (TalkKind.MEMBERS,), "the posts had ended"


def test_a_post_known_to_the_year_only_leaves_the_kind_open():
    people = posted(until="2025")
    talk = a_talk(people[0], people[3])
    assert kinds_of(talk, rolls(people).on(DAY)) == (TalkKind.OPEN,)


def test_every_pair_of_the_committee_and_every_member_are_asked():
    people = posted(5)
    one, two, three, four, five = people
    found = covered(people, a_talk(one, two), a_talk(three, four), a_talk(four, five))
    assert found.asked == {Part.COMMITTEE: 3, Part.WITH_MEMBER: 2, Part.MEMBERS: 5}
    assert found.lacking(Part.COMMITTEE) == (
        f"{one.name}与{three.name}",
        f"{two.name}与{three.name}",
    )
    assert found.lacking(Part.WITH_MEMBER) == (five.name,)
    assert found.lacking(Part.MEMBERS) == (one.name, two.name)
    by_id = {talked.member.id: talked for talked in found.people}
    assert by_id[three.id].missing == {Part.COMMITTEE: f"与{one.name}、{two.name}"}
    assert by_id[four.id].missing == {}
    assert (by_id[four.id].count(TalkKind.WITH_MEMBER), by_id[four.id].count(TalkKind.MEMBERS)) == (
        1,
        1,
    )


@pytest.mark.parametrize(
    "talk",
    [
        lambda one, two: a_talk(one, two, day=date(2024, 12, 31)),
        lambda one, two: a_talk(one, two, day=date(2026, 1, 1)),
        lambda one, two: replace(a_talk(one, two), deleted=True),
        lambda one, two: a_talk(one, "乙某"),
    ],
)
def test_talks_of_other_years_in_the_bin_and_with_others_do_not_count(talk):
    people = posted(5)
    found = covered(people, talk(*people[:2]))
    assert len(found.pairs) == 3


def test_without_a_committee_its_secretary_stands_for_it():
    people = posted(5, committee=1)
    found = covered(people, a_talk(people[0], people[1]), committee=False)
    assert found.asked == {Part.COMMITTEE: 0, Part.WITH_MEMBER: 4, Part.MEMBERS: 5}
    assert len(found.lacking(Part.WITH_MEMBER)) == 3
    assert len(found.lacking(Part.MEMBERS)) == 4


# --- the rule ---


def judged(people, *talks, today="2025-12-31", **more):
    held = a_meeting("2025-01-10")
    given = facts(people, [held], today=today, **more)
    given = replace(given, records={"heart_talk": talks})
    return [f for f in examine(given, only="CAD-TALK") if f.subject.startswith("2025")]


def verdicts(found):
    return {f.subject.removeprefix("2025年度 谈心谈话"): f.verdict for f in found}


def test_the_rule_names_who_lacks_and_says_which_reading_is_ours():
    people = posted(9)
    found = judged(people, a_talk(people[0], people[1]), today="2026-02-01")
    assert verdicts(found) == dict.fromkeys(
        ("（支委之间）", "（支委与党员）", "（党员之间）"), Verdict.NOTICE
    )
    by_subject = {f.subject[-6:-1]: f for f in found}
    pairs = next(f for f in found if "支委之间" in f.subject)
    assert "应谈3对支委，其中2对未见记录" in pairs.message
    assert "待核对" not in pairs.basis
    assert all("待核对" in f.basis for f in found if f is not pairs)
    assert len(by_subject) == 3


def test_everybody_talked_is_in_order():
    people = posted(9)
    one, two, three, *rest = people
    talks = [a_talk(one, two), a_talk(one, three), a_talk(two, three)]
    talks += [a_talk(one, each) for each in rest]
    talks += [a_talk(rest[0], each) for each in (two, three, *rest[1:])]
    assert set(verdicts(judged(people, *talks)).values()) == {Verdict.OK}


def test_what_is_not_recorded_is_unknown_and_a_year_that_runs_says_how_long_it_does():
    people = posted(9)
    later = a_talk(people[0], people[1], day=date(2026, 1, 5))
    early = a_talk(people[0], people[1], day=date(2024, 1, 5))
    assert judged(people, today="2026-02-01") == []
    [finding] = judged(people, early, later, today="2026-02-01")
    assert (finding.verdict, finding.subject) == (Verdict.UNKNOWN, "2025年度 谈心谈话")
    assert finding.message == "无法判断：未见2025年度谈心谈话记录。"
    [finding] = judged(people, today="2025-12-01")
    assert finding.message == "2025年度尚未见谈心谈话记录，本年还有30天。"


def test_unknown_posts_leave_the_committee_unknown_and_no_committee_asks_nothing_of_it():
    people = posted(9, committee=0)
    talk = a_talk(people[0], people[1])
    found = verdicts(judged(people, talk))
    assert found == {
        "（支委之间）": Verdict.UNKNOWN,
        "（支委与党员）": Verdict.UNKNOWN,
        "（党员之间）": Verdict.NOTICE,
    }
    few = posted(5, committee=0)
    assert verdicts(judged(few, a_talk(few[0], few[1]))) == {
        "（支委与党员）": Verdict.UNKNOWN,
        "（党员之间）": Verdict.NOTICE,
    }


def test_towards_the_end_of_a_year_the_first_page_says_how_many_are_left():
    people = posted(9)
    one, two, *_ = people
    said = {}
    for today in ("2025-09-30", "2025-10-01"):
        given = facts(people, [a_meeting("2025-01-10")], today=today)
        given = replace(given, records={"heart_talk": (a_talk(one, two),)})
        said[today] = [i.words for i in due_items(given) if i.code == "heart_talk"]
        assert all(not f.late for f in examine(given, only="CAD-TALK"))
    assert said == {"2025-09-30": [], "2025-10-01": ["2025年谈心谈话还有9名党员没有谈完"]}
