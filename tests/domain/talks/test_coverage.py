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


# --- worked by hand ---


def joined(member, day):
    """Came to the branch on that day."""
    return replace(member, standings=(Span("正常", PartialDate.parse(day)),))


def left(member, day):
    there, away = Span("正常", None, PartialDate.parse(day)), Span("转出", PartialDate.parse(day))
    return replace(member, standings=(there, away))


def lacking(found):
    return {part: found.lacking(part) for part in Part}


def test_four_members_by_hand():
    """A secretary and B on the committee, C and D not. A–B, A–C, C–D were talked.

    (a) one pair, talked. (b) C with A; D with nobody of the committee. (c) C with D, D with C, A
    with C; B with no ordinary member.
    """
    one, two, three, four = people = posted(4, committee=2)
    found = covered(people, a_talk(one, two), a_talk(one, three), a_talk(three, four))
    assert lacking(found) == {
        Part.COMMITTEE: (),
        Part.WITH_MEMBER: (four.name,),
        Part.MEMBERS: (two.name,),
    }
    assert [found.done(part) for part in Part] == [1, 1, 3]


def test_the_secretary_alone_fills_no_part_but_her_own():
    """A talked with everybody: (a) B–C is missing, (b) is whole, (c) A alone has met ordinary
    members."""
    one, *rest = people = posted(5)
    found = covered(people, a_talk(one, *rest))
    assert lacking(found) == {
        Part.COMMITTEE: (f"{people[1].name}与{people[2].name}",),
        Part.WITH_MEMBER: (),
        Part.MEMBERS: tuple(member.name for member in rest),
    }


def test_who_left_in_the_year_is_asked_no_more_but_was_talked_with():
    *stay, gone = posted(5)
    gone = left(gone, "2025-08-01")
    people = (*stay, gone)
    four = stay[3]
    found = covered(people, a_talk(four, gone, day=date(2025, 6, 1)))
    assert found.asked == {Part.COMMITTEE: 3, Part.WITH_MEMBER: 1, Part.MEMBERS: 4}
    assert gone.name not in f"{lacking(found)}"
    assert four.name not in found.lacking(Part.MEMBERS), "they were both members that day"
    after = covered(people, a_talk(four, gone, day=date(2025, 9, 1)))
    assert four.name in after.lacking(Part.MEMBERS), "no member of the branch any more"
    # As of a day before, who left later is asked.
    before = covered(people, day=date(2025, 7, 1))
    assert before.asked[Part.MEMBERS] == 5


def test_who_came_in_the_year_is_asked_and_counts_from_that_day_on():
    *there, new = posted(5)
    people = (*there, joined(new, "2025-07-01"))
    early = covered(people, a_talk(there[0], new, day=date(2025, 6, 1)))
    assert new.name in early.lacking(Part.WITH_MEMBER)
    later = covered(people, a_talk(there[0], new, day=date(2025, 7, 2)))
    assert new.name not in later.lacking(Part.WITH_MEMBER)
    assert covered(people, day=date(2025, 6, 30)).asked[Part.MEMBERS] == 4


def test_a_post_that_ended_in_the_year_counts_for_the_talks_of_its_days():
    """C was on the committee until July: D's talk with C in June is one with the committee, that in
    August one among members; C herself is an ordinary member at the end."""
    people = list(posted(4, committee=3))
    ended = (Span("宣传委员", None, PartialDate.parse("2025-07-01")),)
    people[2] = replace(people[2], posts=ended)
    three, four = people[2:]
    june = covered(people, a_talk(three, four, day=date(2025, 6, 1)))
    assert june.asked == {Part.COMMITTEE: 1, Part.WITH_MEMBER: 2, Part.MEMBERS: 4}
    assert june.lacking(Part.WITH_MEMBER) == (three.name,)
    assert four.name in june.lacking(Part.MEMBERS)
    august = covered(people, a_talk(three, four, day=date(2025, 8, 1)))
    assert august.lacking(Part.WITH_MEMBER) == (three.name, four.name)
    assert not {three.name, four.name} & {*august.lacking(Part.MEMBERS)}


def test_a_talk_with_somebody_whose_post_is_not_known_that_day_leaves_open_what_it_was():
    """C's post began some day of 2025: whether D talked with the committee in June nobody knows."""
    people = list(posted(5, committee=3))
    people[2] = replace(people[2], posts=(Span("宣传委员", PartialDate.parse("2025")),))
    three, four, five = people[2:]
    found = covered(people, a_talk(three, four), day=date(2026, 1, 1) - date.resolution)
    for part in (Part.WITH_MEMBER, Part.MEMBERS):
        assert found.open_in(part) == (four.name,), part
        assert four.name not in found.lacking(part)
        assert five.name in found.lacking(part)
        assert found.done(part) == found.asked[part] - len(found.lacking(part)) - 1
    one, two = people[:2]
    rest = [a_talk(one, two), a_talk(one, three), a_talk(two, three), a_talk(one, five)]
    rest += [a_talk(five, each) for each in (two, three)]
    [finding] = [
        f
        for f in judged(people, a_talk(three, four), *rest, today="2026-02-01")
        if "党员之间" in f.subject
    ]
    assert (finding.verdict, four.name in finding.message) == (Verdict.UNKNOWN, True)
