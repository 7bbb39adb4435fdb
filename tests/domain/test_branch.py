"""The branch on every day: what a change and a correction may touch, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.branch import (
    NAMED,
    Branch,
    BranchHistory,
    BranchPeriod,
    BranchTerm,
    UnitKind,
    history_problems,
)

FIRST, LAST = date(2010, 1, 1), date(2026, 11, 28)
DAYS = st.dates(FIRST, LAST)
VALUES = {
    "name": st.sampled_from(["甲支部", "乙支部", "丙支部"]),
    "short_name": st.sampled_from(["", "甲", "乙"]),
    "superior": st.sampled_from(["", "上级甲", "上级乙"]),
    "further_superiors": st.sampled_from([(), ("再上级甲",), ("再上级乙", "更上级")]),
    "unit_kind": st.sampled_from([None, UnitKind.SCHOOL, UnitKind.RURAL]),
}
CHANGES = st.sampled_from(NAMED).flatmap(lambda name: st.tuples(st.just(name), VALUES[name]))


@st.composite
def histories(draw) -> BranchHistory:
    days = sorted(draw(st.sets(DAYS, max_size=5)))
    since = [None, *days] if draw(st.booleans()) or not days else days
    periods = [BranchPeriod(**{n: draw(v) for n, v in VALUES.items()}, since=d) for d in since]
    starts = sorted(draw(st.sets(DAYS, max_size=3)))
    return BranchHistory(
        periods=tuple(periods), terms=tuple(BranchTerm(start=d, years=5) for d in starts)
    )


def known(branch: Branch) -> dict[str, object]:
    return {name: getattr(branch, name) for name in NAMED}


def borders(history: BranchHistory, *more: date) -> set[date]:
    """Every day on which something may differ, and the day before it."""
    days = {FIRST, LAST, *more, *(p.since for p in history.periods if p.since)}
    return days | {day - timedelta(days=1) for day in days}


@given(histories(), DAYS)
def test_the_branch_of_a_day_is_its_last_period_and_term_that_began(history, day):
    begun = [p for p in history.periods if p.since is None or p.since <= day]
    assert history.period_on(day) == (begun[-1] if begun else history.periods[0])
    assert known(history.on(day)) == {n: getattr(history.period_on(day), n) for n in NAMED}
    starts = [term.start for term in history.terms if term.start <= day]
    assert history.on(day).term_start == (starts[-1] if starts else None)


@given(histories(), DAYS, CHANGES)
def test_a_change_from_a_day_on_leaves_every_day_before_and_everything_else(history, day, change):
    name, value = change
    changed = history.changed(day, {name: value})
    for at in borders(history, day):
        before, after = known(history.on(at)), known(changed.on(at))
        before.pop(name), after.pop(name)
        assert after == before
        if at < day and (history.periods[0].since or date.min) <= at:
            assert getattr(changed.on(at), name) == getattr(history.on(at), name)
    assert getattr(changed.on(day), name) == value
    held = history.held_since(name, LAST)
    if held is None or held <= day:
        assert getattr(changed.on(LAST), name) == value


@given(histories(), DAYS, CHANGES)
def test_a_correction_reaches_as_far_as_the_mistake_and_no_further(history, day, change):
    name, value = change
    mistake = getattr(history.on(day), name)
    corrected = history.corrected(day, {name: value})
    assert getattr(corrected.on(day), name) == value
    for at in borders(history, day):
        before, after = known(history.on(at)), known(corrected.on(at))
        if after[name] != before[name]:
            assert (before[name], after[name]) == (mistake, value)
        before.pop(name), after.pop(name)
        assert after == before


@given(histories(), DAYS, CHANGES)
def test_no_border_stands_where_nothing_changed(history, day, change):
    for made in (history.changed(day, dict([change])), history.corrected(day, dict([change]))):
        assert all(replace(b, since=a.since) != a for a, b in pairwise(made.periods))


def test_a_typo_is_put_right_through_every_period_that_had_it():
    old = BranchPeriod(name="综菜一队", superior="甲矿")
    moved = replace(old, superior="乙矿", since=date(2020, 5, 1))
    history = BranchHistory(periods=(old, moved)).corrected(LAST, {"name": "综采一队"})
    assert [(p.name, p.superior) for p in history.periods] == [
        ("综采一队", "甲矿"),
        ("综采一队", "乙矿"),
    ]


def test_a_branch_that_was_never_anything_else_is_the_same_on_every_day():
    branch = Branch(
        name="甲支部", superior="甲矿", unit_kind=UnitKind.SCHOOL, founded=FIRST, theme_day=5
    )
    history = BranchHistory.of(branch)
    assert history.on(date.min) == history.on(date.max) == branch
    term = replace(branch, term_start=date(2024, 2, 29))
    assert BranchHistory.of(term).on(LAST) == term
    assert term.term_end == date(2027, 2, 27)
    assert branch.term_end is None


def test_days_that_cannot_be_are_told_at_their_place():
    periods = (BranchPeriod(name="甲"), BranchPeriod(name="乙"))
    terms = tuple(BranchTerm(start=date(2019, 1, 1)) for _ in range(2))
    history = BranchHistory(periods=periods, terms=terms, founded=date(2020, 1, 1))
    assert {place for place, _ in history_problems(history, LAST)} == {
        "periods.1.since",
        "terms.0.start",
        "terms.1.start",
    }
    late = replace(history, founded=LAST + timedelta(days=1), periods=periods[:1], terms=())
    assert [place for place, _ in history_problems(late, LAST)] == ["founded"]
