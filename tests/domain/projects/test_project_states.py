"""From draft to archive: every change allowed and refused, taken back, kept; what is lacking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    MeetingLink,
    MidtermReport,
    ProgressEntry,
    ProjectState,
)
from dangjian_desktop.domain.projects.states import (
    ALLOWED,
    changed,
    history_problems,
    missing_for,
    next_states,
    refusals,
    taken_back,
    usual_next,
)
from tests.domain.make_projects import (
    STATES,
    a_change,
    a_full_project,
    a_project,
    a_step,
    a_target,
    in_state,
)

TODAY = date(2026, 7, 1)
S = ProjectState
WAY = (S.DECLARED, S.REVIEWED, S.APPROVED, S.RUNNING, S.MIDTERM, S.CLOSING, S.ACCEPTED, S.ARCHIVED)
LEADS_TO = {
    S.DRAFT: (),
    S.DECLARED: WAY[:1],
    S.REVIEWED: WAY[:2],
    S.APPROVED: WAY[:3],
    S.RUNNING: WAY[:4],
    S.MIDTERM: WAY[:5],
    S.CLOSING: WAY[:6],
    S.ACCEPTED: WAY[:7],
    S.ARCHIVED: WAY,
    S.PROMOTED: (*WAY, S.PROMOTED),
    S.EXTENDED: (*WAY[:6], S.EXTENDED),
    S.FAILED: (*WAY[:6], S.FAILED),
}
MAY = {
    "draft": {"declared"},
    "declared": {"reviewed", "approved", "draft"},
    "reviewed": {"approved", "draft"},
    "approved": {"running"},
    "running": {"midterm", "closing", "extended"},
    "midterm": {"closing", "extended"},
    "closing": {"accepted", "extended", "failed"},
    "extended": {"running", "closing"},
    "accepted": {"archived", "promoted"},
    "failed": {"closing", "archived"},
    "archived": {"promoted"},
    "promoted": {"archived"},
}


@pytest.mark.parametrize("now", STATES)
@pytest.mark.parametrize("wanted", STATES)
def test_every_change_is_allowed_or_refused_as_the_table_says(now, wanted):
    project = in_state(a_project(), *LEADS_TO[now])
    assert project.state is now
    change = a_change(wanted, date(2026, 2, 1), reason="原因")
    refused = [issue for issue in refusals(project, change, TODAY) if issue.field == "state"]
    assert (not refused) == (wanted.value in MAY[now.value])
    if refused:
        assert wanted.label in refused[0].message
        assert refused[0].message.endswith("。")


def test_the_usual_way_leads_from_draft_to_archive():
    state, way = S.DRAFT, []
    while (following := usual_next(state)) is not None:
        way.append(following)
        state = following
    assert tuple(way) == WAY
    assert next_states(S.ARCHIVED) == (S.PROMOTED,)
    assert set(ALLOWED) == set(STATES)


@pytest.mark.parametrize("field", ["by", "paper"])
def test_a_decision_says_who_and_on_which_paper(field):
    change = replace(a_change(S.DECLARED), **{field: " "})
    assert [issue.field for issue in refusals(a_project(), change, TODAY)] == [field]


def test_a_decision_lies_neither_ahead_nor_before_the_last():
    ahead = a_change(S.DECLARED, date(2026, 7, 2))
    assert [issue.code for issue in refusals(a_project(), ahead, TODAY)] == ["future"]
    declared = in_state(a_project(), S.DECLARED)
    before = a_change(S.REVIEWED, date(2026, 1, 9))
    (issue,) = refusals(declared, before, TODAY)
    assert "2026-01-10" in issue.message
    assert refusals(declared, a_change(S.REVIEWED, date(2026, 1, 10)), TODAY) == ()


def test_sending_back_to_draft_needs_a_reason():
    declared = in_state(a_project(), S.DECLARED)
    assert [i.field for i in refusals(declared, a_change(S.DRAFT), TODAY)] == ["reason"]
    back = a_change(S.DRAFT, reason="未能解决问题")
    assert refusals(declared, back, TODAY) == ()
    assert changed(declared, back).state is S.DRAFT


def test_declaring_sets_the_day_of_declaration_once():
    project = changed(a_project(), a_change(S.DECLARED, date(2026, 1, 10)))
    assert project.declared_on == date(2026, 1, 10)
    told = changed(a_project(declared_on=date(2026, 1, 5)), a_change(S.DECLARED))
    assert told.declared_on == date(2026, 1, 5)


def test_a_decision_taken_back_is_kept_with_its_reason():
    project = in_state(a_project(), S.DECLARED, S.REVIEWED, S.APPROVED)
    undone = taken_back(project, date(2026, 3, 1), "误录")
    assert undone.state is S.REVIEWED
    assert len(undone.history) == 3
    last = undone.history[-1]
    assert (last.taken_back, last.taken_back_on) == (True, date(2026, 3, 1))
    assert last.taken_back_because == "误录"
    twice = taken_back(undone, date(2026, 3, 2), "再误录")
    assert twice.state is S.DECLARED
    assert [change.taken_back for change in twice.history] == [False, True, True]
    again = changed(undone, a_change(S.APPROVED, date(2026, 3, 3)))
    assert (again.state, len(again.history)) == (S.APPROVED, 4)


def test_a_draft_has_nothing_to_take_back():
    with pytest.raises(ValueError, match=r".+"):
        taken_back(a_project(), TODAY, "误录")


def test_only_an_extension_moves_the_end_and_only_later():
    running = in_state(a_project(), *WAY[:4])
    day = date(2026, 6, 1)
    early = a_change(S.EXTENDED, day, until=date(2026, 12, 31))
    assert [i.field for i in refusals(running, early, TODAY)] == ["until"]
    granted = a_change(S.EXTENDED, day, until=date(2027, 3, 31))
    assert refusals(running, granted, TODAY) == ()
    extended = changed(running, granted)
    assert extended.last_day == date(2027, 3, 31)
    assert "2027-03" in extended.months()
    assert taken_back(extended, TODAY, "误录").last_day == date(2026, 12, 31)
    other = a_change(S.CLOSING, day, until=date(2027, 3, 31))
    assert [i.field for i in refusals(running, other, TODAY)] == ["until"]


def test_the_state_of_a_past_day_is_that_of_the_decisions_by_then():
    project = in_state(a_project(), S.DECLARED, S.REVIEWED, S.APPROVED)
    assert project.state_on(date(2026, 1, 9)) is S.DRAFT
    assert project.state_on(date(2026, 1, 11)) is S.REVIEWED
    assert project.state_on(TODAY) is S.APPROVED
    assert a_project(stated_state=S.RUNNING).state_on(date(2026, 1, 1)) is S.RUNNING


def test_a_history_from_elsewhere_is_held_against_the_same_rules():
    good = tuple(a_change(s, date(2026, 1, 10 + n)) for n, s in enumerate(WAY[:4]))
    assert history_problems(good, TODAY) == ()
    assert history_problems((a_change(S.DRAFT, date(2026, 1, 1)), *good), TODAY) == ()
    jump = (good[0], good[3])
    (issue,) = history_problems(jump, TODAY)
    assert issue.message.startswith("第2条状态记录")
    undone = replace(good[3], taken_back=True)
    assert history_problems((good[0], undone, good[1]), TODAY) == ()


def _rules(project, state, today=TODAY):
    return [finding.rule for finding in missing_for(project, state, today)]


def test_a_whole_declaration_lacks_nothing():
    assert missing_for(a_full_project(), S.DECLARED, TODAY) == ()
    assert missing_for(a_full_project(), None, TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "rule", "words"),
    [
        ({"milestones": (a_step(weight=50), a_step(weight=50))}, "PRJ-MS3", "只有2个"),
        ({"milestones": ()}, "PRJ-MS3", "还没有阶段节点"),
        ({"milestones": tuple(a_step(weight=30) for _ in "123")}, "PRJ-WEIGHT", "合计为90"),
        ({"targets": (a_target(target=None),)}, "PRJ-TARGET", "没有目标值，也没有写明原因"),
        ({"targets": (a_target(baseline=None),)}, "PRJ-TARGET", "没有基准"),
        ({"targets": (a_target("10", "20"),)}, "PRJ-TARGET", "核对方向"),
        ({"targets": ()}, "PRJ-TARGET", "还没有量化目标"),
        ({"problem": "", "team": ()}, "PRJ-FIELDS", "拟解决的问题、成员及分工"),
    ],
)
def test_what_is_lacking_is_a_sentence_that_can_be_waived(fields, rule, words):
    (finding,) = missing_for(a_full_project(**fields), S.DECLARED, TODAY)
    assert finding.rule == rule
    assert words in finding.message
    assert finding.verdict.value == "notice"
    assert finding.subject.startswith("2026年项目“减人提效”")
    assert refusals(a_full_project(**fields), a_change(S.DECLARED), TODAY) == ()


def test_a_target_with_a_reason_needs_no_value():
    explained = (a_target(target=None, reason="上级定量后补"),)
    assert _rules(a_full_project(targets=explained), S.DECLARED) == []


def test_skipping_review_or_midterm_is_told_not_refused():
    declared = in_state(a_full_project(), S.DECLARED)
    assert _rules(declared, S.APPROVED) == ["PRJ-REVIEW"]
    assert _rules(in_state(a_full_project(), *WAY[:2]), S.APPROVED) == []
    running = in_state(a_full_project(), *WAY[:4])
    assert "PRJ-MIDTERM" in _rules(running, S.CLOSING)
    assert "PRJ-MIDTERM" not in _rules(in_state(a_full_project(), *WAY[:5]), S.CLOSING)


def test_closing_asks_for_values_steps_entries_words_and_evidence():
    project = in_state(a_full_project(), *WAY[:5])
    assert _rules(project, S.CLOSING) == [
        "PRJ-VALUE",
        "PRJ-OPEN",
        "PRJ-ENTRY",
        "PRJ-CLOSING",
        "PRJ-EVIDENCE",
    ]
    done = tuple(replace(m, actual=date(2026, 6, 1)) for m in project.milestones)
    entries = (ProgressEntry(period="2026-Q1"), ProgressEntry(period="2026-Q2"))
    report = ClosingReport(done="完成", effect="成效", experience="经验", shortcomings="不足")
    ready = replace(
        project,
        milestones=done,
        progress=entries,
        closing=report,
        meetings=(MeetingLink("m"),),
        targets=(a_target(values={"2026-06": "9"}),),
    )
    assert missing_for(ready, S.CLOSING, TODAY) == ()
    short = replace(ready, targets=(a_target(values={"2026-06": "11"}),))
    (finding,) = missing_for(short, S.CLOSING, TODAY)
    assert "没有达到目标值" in finding.message
    reason = replace(short, targets=(replace(short.targets[0], reason="地质条件"),))
    assert missing_for(reason, S.CLOSING, TODAY) == ()


def test_midterm_asks_for_its_report_and_tells_what_is_late():
    project = in_state(a_full_project(), *WAY[:4])
    rules = _rules(project, S.MIDTERM)
    assert rules == ["PRJ-MIDTERM", "PRJ-PROGRESS", "PRJ-ENTRY", *["PRJ-LATE"] * 3]
    written = replace(project, midterm=MidtermReport(done="过半"))
    assert len(missing_for(written, S.MIDTERM, date(2026, 1, 20))) == 1


def test_a_state_without_its_decision_is_told():
    told = a_full_project(stated_state=S.RUNNING)
    assert told.state is S.RUNNING
    assert "PRJ-STATE" in _rules(told, S.MIDTERM)
    assert changed(told, a_change(S.CLOSING)).state is S.CLOSING


def test_an_extension_over_three_months_is_told():
    running = in_state(a_full_project(), *WAY[:4])
    long = changed(running, a_change(S.EXTENDED, until=date(2027, 4, 1)))
    assert "PRJ-EXTEND" in _rules(long, S.EXTENDED)
    short = changed(running, a_change(S.EXTENDED, until=date(2027, 3, 31)))
    assert "PRJ-EXTEND" not in _rules(short, S.EXTENDED)


def test_waiving_one_target_leaves_the_other():
    targets = (a_target(target=None, indicator="甲"), a_target(target=None, indicator="乙"))
    one, two = missing_for(a_full_project(targets=targets), S.DECLARED, TODAY)
    assert one.key != two.key
    early = missing_for(in_state(a_full_project(), *WAY[:4]), S.MIDTERM, date(2026, 3, 5))
    later = missing_for(in_state(a_full_project(), *WAY[:4]), S.MIDTERM, date(2026, 4, 5))
    assert not {f.key for f in early if f.rule == "PRJ-ENTRY"} & {f.key for f in later}
