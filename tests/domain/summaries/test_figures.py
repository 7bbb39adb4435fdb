from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.duties import cadence_of, duties
from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.summaries.counting import Fulfilment, figures, fulfilment, gap_words
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over, named_apart
from dangjian_desktop.domain.summaries.of_attendance import absences, rate
from dangjian_desktop.domain.summaries.of_members import joined, left, regularised
from tests.domain.make import rule_table
from tests.papers.project_sample import project
from tests.papers.sample import (
    BRANCH,
    KINDS,
    MEMBERS,
    everybody_but,
    facts,
    meeting,
    person,
    present,
)

MARCH = Period.parse("2026-03")
ORG_LIFE = KINDS["org_life_meeting"]


def test_members_are_counted_with_their_ids():
    found = figures(facts(), MARCH)
    counts = {n: found[f"members.{n}"].value for n in ("total", "formal", "probationary", "men")}
    assert counts == {"total": 20, "formal": 18, "probationary": 2, "men": 15}
    assert found["members.women"].value == 5
    assert found["members.probationary"].records == ("m18", "m19")
    assert found["members.committee"].records == ("m0", "m1", "m2")
    assert found["groups.total"].value == 2


def test_members_are_counted_as_of_the_end_of_the_period_or_today():
    edge = PartialDate(2026, 3, 20)
    gone = replace(MEMBERS[5], standings=(Span("正常", None, edge), Span("转出", edge)))
    members = (*MEMBERS[:5], gone, *MEMBERS[6:])
    counted = {
        day: figures(facts(members=members, today=day), MARCH)["members.total"].value
        for day in (date(2026, 3, 19), date(2026, 3, 31), date(2026, 8, 1))
    }
    assert counted == {date(2026, 3, 19): 20, date(2026, 3, 31): 19, date(2026, 8, 1): 19}


def test_a_joint_sitting_counts_in_each_kind_and_once_as_a_session():
    known = facts(
        meeting("general_meeting", "party_lecture", "theme_day", id="a"),
        meeting("committee_meeting", id="b", date=date(2026, 3, 2)),
        meeting("committee_meeting", id="c", date=date(2026, 1, 9)),
    )
    found = figures(known, MARCH)
    for kind in ("general_meeting", "party_lecture", "theme_day"):
        assert found[f"{kind}.held"].records == ("a",)
    assert found["sessions.held"].value == 2
    assert found["committee_meeting.held"].records == ("b",)
    assert found["year.committee_meeting.held"].records == ("c", "b")
    assert found["year.sessions.held"].value == 3


def test_group_meetings_count_groups_times_meetings():
    known = facts(
        meeting("group_meeting", id="a", group="第一党小组"),
        meeting("group_meeting", id="b", group="第二党小组"),
    )
    found = figures(known, MARCH)
    assert found["group_meeting.held"].value == 2
    assert found["due.group_meeting"].value == 2
    assert figures(known, Period.parse("2026-Q1"))["due.group_meeting"].value == 6


def test_planned_deleted_and_later_sittings_do_not_count():
    known = facts(
        meeting(id="a", attendance=(), agenda=()),
        meeting(id="b", date=date(2026, 4, 1)),
        meeting(id="c", deleted=True),
    )
    found = figures(known, MARCH)
    assert found["sessions.held"].value == 0
    assert found["attendance.rate"].value == "无法计算"


def test_the_rate_is_sum_over_sum_without_the_committees_own():
    known = facts(
        meeting("general_meeting", "party_lecture", id="a", attendance=everybody_but(1, 2, 3)),
        meeting("group_meeting", id="b", attendance=present(*range(10, 15))),
        meeting("committee_meeting", id="c", attendance=present(0)),
    )
    found = figures(known, MARCH)
    assert found["attendance.expected"].value == 30
    assert found["attendance.present"].value == 22
    assert found["attendance.rate"].value == "73.3"
    assert found["attendance.rate"].records == ("a", "b")


def test_waived_members_are_left_out_and_the_other_reading_is_given_too():
    waived = replace(MEMBERS[19], waived=(Span("年老体弱"),))
    known = facts(meeting(attendance=everybody_but(19)), members=(*MEMBERS[:19], waived))
    found = figures(known, MARCH)
    assert found["attendance.expected"].value == 19
    assert found["attendance.rate"].value == "100.0"
    assert found["attendance.rate_with_waived"].value == "95.0"
    assert found["attendance.waived"].value == 1


@pytest.mark.parametrize(
    ("there", "due", "text"),
    [
        (0, 0, "无法计算"),
        (0, 7, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
        (7, 7, "100.0"),
        (1, 16, "6.3"),
        (3, 16, "18.8"),
    ],
)
def test_rates_are_rounded_half_up_without_floats(there, due, text):
    assert rate(there, due) == text


def test_absences_carry_reason_and_what_made_up_for_them():
    noted = (*present(*range(17)), Attendance(person(17), Presence.ABSENT))
    leave = Attendance(person(18), Presence.LEAVE, "出差", "3月20日自学")
    known = facts(meeting(attendance=(*noted, leave)))
    found = list(absences(known, known.meetings))
    assert [(a.member_id, a.state, a.reason, a.made_up) for a in found] == [
        ("m17", "缺席", "", ""),
        ("m18", "请假", "出差", "3月20日自学"),
        ("m19", "未登记", "", ""),
    ]
    assert figures(known, MARCH)["attendance.absent"].value == 3


def test_coming_leaving_and_regularisation_are_told_by_their_days():
    edge = PartialDate(2026, 3, 20)
    new = replace(MEMBERS[19], kinds=(Span("probationary", edge),))
    full = replace(MEMBERS[18], kinds=(Span("probationary", None, edge), Span("formal", edge)))
    gone = replace(MEMBERS[5], standings=(Span("正常", None, edge), Span("转出", edge)))
    moved_in = replace(MEMBERS[6], standings=(Span("正常", edge),))
    known = facts(members=(new, full, gone, moved_in))
    days = date(2026, 3, 1), date(2026, 3, 31)
    assert [(c.member.id, c.words) for c in joined(known, *days)] == [
        ("m19", "新发展预备党员"),
        ("m6", "转入或恢复"),
    ]
    assert [(c.member.id, c.words) for c in left(known, *days)] == [("m5", "转出")]
    assert [c.member.id for c in regularised(known, *days)] == ["m18"]
    assert joined(known, date(2026, 3, 21), date(2026, 3, 31)) == ()
    found = figures(known, MARCH)
    assert found["members.joined"].records == ("m19", "m6")
    assert found["members.left"].value == 1


def test_what_is_due_follows_the_cadence_of_the_rule_table():
    known = facts()
    month = figures(known, MARCH)
    assert month["due.general_meeting"].value == "每季度1次"
    assert month["due.committee_meeting"].value == 1
    assert month["due.org_life_meeting"].value == "每年1次"
    assert month["due.election"].value == "—"
    year = figures(known, Period.parse("2026"))
    assert [year[f"due.{k}"].value for k in ("general_meeting", "theme_day")] == [4, 12]
    assert year["due.org_life_meeting"].value == 1


def test_nothing_is_due_from_a_branch_before_its_first_full_period():
    young = replace(BRANCH, founded=date(2026, 2, 10))
    found = figures(facts(branch=young, today=date(2026, 12, 31)), Period.parse("2026"))
    assert found["due.theme_day"].value == 10
    assert found["due.general_meeting"].value == 3


def test_a_branch_without_committee_owes_no_committee_meeting():
    alone = tuple(replace(m, posts=()) for m in MEMBERS)
    values = [
        figures(facts(members=people), MARCH)["due.committee_meeting"].value
        for people in (alone[:6], alone)
    ]
    assert values == ["不设支委会", "待明确"]


def test_a_duty_is_short_only_when_its_time_has_run_out():
    held = meeting("general_meeting", date=date(2026, 1, 20))
    running = facts(today=date(2026, 3, 15))
    over = facts(today=date(2026, 3, 31))
    assert fulfilment(running, MARCH, KINDS["theme_day"]) is Fulfilment.OPEN
    assert fulfilment(over, MARCH, KINDS["theme_day"]) is Fulfilment.SHORT
    assert fulfilment(over, Period.parse("2026-02"), KINDS["general_meeting"]) is Fulfilment.OPEN
    assert fulfilment(over, MARCH, KINDS["general_meeting"]) is Fulfilment.SHORT
    assert fulfilment(facts(held), MARCH, KINDS["general_meeting"]) is Fulfilment.MET
    assert fulfilment(over, MARCH, KINDS["org_life_meeting"]) is Fulfilment.OPEN
    assert fulfilment(over, MARCH, KINDS["election"]) is Fulfilment.MET


def test_the_year_of_an_org_life_meeting_is_the_one_it_is_for():
    december = Period.parse("2026-12")
    late = meeting("org_life_meeting", date=date(2027, 2, 3), for_year=2026)
    today = date(2027, 3, 1)
    assert fulfilment(facts(today=today), december, ORG_LIFE) is Fulfilment.SHORT
    assert fulfilment(facts(late, today=today), december, ORG_LIFE) is Fulfilment.MET


def test_every_figure_has_a_label_of_its_own_a_group_and_what_it_is_counted_over():
    twins = tuple(replace(project(), id=uid) for uid in ("p1", "p2"))
    item = Item(id="i", kind=ItemKind.TASK, content="修好", found_on=date(2026, 7, 2))
    known = facts(meeting(), projects=twins, today=date(2026, 12, 31), records={"item": [item]})
    counted = Figure(value=1, records=("r1",), label="培训次数", group=Group.LEDGERS)
    one = {"ledger.training.rows": counted}
    for period in ("2026-07", "2026-Q3", "2026"):
        found = figures(known, Period.parse(period), one)
        labels = [figure.label for figure in found.values()]
        assert len(set(labels)) == len(labels)
        assert all(
            (figure.over is Over.YEAR) == name.startswith("year.") for name, figure in found.items()
        )
        assert {figure.group for figure in found.values()} == set(Group)


LECTURES = ("2026-01-10", "2026-02-10", "2026-04-10", "2026-10-10")


def gaps(days, period, kind="party_lecture", today="2026-12-31", **more):
    """The words for what is missing, and the check's verdicts on the same."""
    sittings = [meeting(kind, id=day, date=date.fromisoformat(day)) for day in days]
    known = facts(*sittings, today=date.fromisoformat(today), **more)
    return gap_words(known, Period.parse(period), KINDS[kind])


def test_the_table_of_a_year_names_the_quarter_without_a_lecture():
    assert gaps(LECTURES, "2026") == "第三季度"
    assert gaps(LECTURES, "2026-H2") == "第三季度"
    assert gaps(LECTURES, "2026-H1") == ""
    assert gaps(LECTURES, "2026-Q3") == ""
    assert gaps(LECTURES, "2026-09") == "第三季度"
    assert gaps(LECTURES, "2026-08") == ""
    assert gaps(LECTURES[:3], "2026", today="2026-09-29") == ""
    assert gaps(LECTURES[:3], "2026", today="2026-09-30") == "第三季度"


def test_gaps_of_party_groups_name_the_group():
    found = gaps(("2026-01-10", "2026-03-10"), "2026-Q1", "group_meeting", "2026-03-31")
    assert found == "第一党小组1月、2月、3月；第二党小组2月"


@st.composite
def branches(draw):
    """A branch with sittings on any days of two years, groups and posts of any beginning."""
    days = draw(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=12))
    kinds = draw(st.lists(st.sampled_from(DUE), min_size=len(days), max_size=len(days)))
    since = draw(st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 1)))
    start = None if since is None else PartialDate.of(since)
    people = tuple(
        replace(
            m,
            groups=tuple(replace(span, start=start) for span in m.groups),
            posts=tuple(replace(span, start=start) for span in m.posts),
        )
        for m in MEMBERS[: draw(st.sampled_from([6, 20]))]
    )
    pairs = enumerate(zip(days, kinds, strict=True))
    sittings = [meeting(kind, id=f"{n}", date=day) for n, (day, kind) in pairs]
    founded = draw(st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 1)))
    today = draw(st.dates(date(2025, 6, 1), date(2027, 1, 31)))
    branch = replace(BRANCH, founded=founded)
    known = facts(*sittings, members=people, branch=branch, today=today)
    return replace(known, rules=rule_table())


DUE = [kind.code for kind in KINDS if kind.cadence and not kind.yearly]


@given(branches(), st.sampled_from(DUE), st.sampled_from(["2025", "2026-H1", "2026-Q2", "2026-03"]))
def test_check_and_summary_agree_on_what_is_due_held_and_missing(known, code, text):
    kind, period = KINDS[code], Period.parse(text)
    months = cadence_of(known, kind).months
    if period.length < months:
        return
    labels = {part.label for part in period.split(months)}
    found = [
        f
        for f in examine(known, kind.cadence)
        if f.subject.split()[0] in labels and "固定日" not in f.subject
    ]
    owed = duties(known, kind, period)
    judged = [duty for duty in owed if duty.judged and duty.period.first <= known.today]
    assert {f.subject for f in found} == {f"{d.period.label} {d.name}" for d in judged}
    fine = {f.subject for f in found if f.verdict is Verdict.OK}
    assert fine == {f"{d.period.label} {d.name}" for d in judged if not d.lacking}
    due = figures(known, period)[f"due.{code}"].value
    if isinstance(due, int):
        assert due == sum(duty.times for duty in owed if duty.certain)
    if fulfilment(known, period, kind) is Fulfilment.MET:
        assert not [f for f in found if f.verdict in (Verdict.NOTICE, Verdict.VIOLATION)]


def test_a_group_formed_in_mid_month_owes_its_first_meeting_in_the_next():
    edge = PartialDate(2026, 3, 15)
    new = tuple(replace(m, groups=(Span("第三党小组", edge),)) for m in MEMBERS[10:14])
    known = facts(members=(*MEMBERS[:10], *new, *MEMBERS[14:]), today=date(2026, 4, 30))
    values = [figures(known, Period.parse(f"2026-0{n}"))["due.group_meeting"].value for n in (3, 4)]
    assert values == [2, 3]


def test_figures_that_are_called_alike_have_their_subject_else_a_number() -> None:
    def counted(label: str, subject: str = "", over: Over = Over.PERIOD) -> Figure:
        return Figure(
            value=1, records=(), label=label, group=Group.LEDGERS, over=over, subject=subject
        )

    found = named_apart(
        {
            "a": counted("次数", "走访慰问"),
            "b": counted("次数", "志愿服务"),
            "c": counted("金额", "走访慰问"),
            "d": counted("次数", "走访慰问", Over.YEAR),
            "e": counted("报告"),
            "f": counted("报告"),
        }
    )
    labels = [figure.label for figure in found.values()]
    assert labels == [
        *("走访慰问：次数", "志愿服务：次数", "金额", "本年累计：次数", "报告", "报告（2）")
    ]
