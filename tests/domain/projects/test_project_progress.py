"""Percent and attainment as properties; time gone, overdue, values of a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.listing import row_of
from dangjian_desktop.domain.projects.progress import (
    attained,
    attainment,
    latest_value,
    overdue,
    percent_complete,
    reached_value,
    time_gone,
    value_in,
)
from dangjian_desktop.domain.projects.project import Counting, Direction, ProjectState
from tests.domain.make_projects import a_project, a_step, a_target, in_state

UP, DOWN = Direction.UP, Direction.DOWN
NUMBERS = st.decimals(-1000, 1000, places=2)
WEIGHTS = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=8)


def _project(weights):
    day = date(2026, 3, 1)
    steps = tuple(a_step(weight=w, actual=day if done else None) for w, done in weights)
    return a_project(milestones=steps)


def _with(value, baseline, target, direction=UP):
    return a_target(baseline, target, direction=direction, values={"2026-03": value})


@given(WEIGHTS)
def test_percent_is_the_finished_share_of_all_weight(weights):
    percent = percent_complete(_project(weights))
    total = sum(w for w, _ in weights)
    plain = [w if total else 1 for w, _ in weights]
    share = Decimal(100 * sum(w for w, (_, d) in zip(plain, weights, strict=True) if d))
    assert abs(percent - share / sum(plain)) <= Decimal("0.1")
    assert 0 <= percent <= 100


@given(WEIGHTS)
def test_percent_is_100_only_when_every_weighted_step_is_done(weights):
    total = sum(w for w, _ in weights)
    still_open = any(not done for w, done in weights if w or not total)
    assert (percent_complete(_project(weights)) == 100) == (not still_open)


@given(WEIGHTS, st.integers(2, 50))
def test_percent_is_the_same_when_all_weights_are_a_multiple(weights, factor):
    more = [(w * factor, done) for w, done in weights]
    assert percent_complete(_project(weights)) == percent_complete(_project(more))


@given(WEIGHTS)
def test_finishing_one_more_step_never_lowers_percent(weights):
    before = percent_complete(_project(weights))
    for n in range(len(weights)):
        more = [(w, done or i == n) for i, (w, done) in enumerate(weights)]
        assert percent_complete(_project(more)) >= before


def test_nearly_all_is_not_100_and_nothing_is_0():
    assert percent_complete(_project([(9999, True), (1, False)])) == Decimal("99.9")
    assert percent_complete(a_project()) == 0
    assert percent_complete(_project([(0, True), (0, False)])) == 50


def test_percent_of_a_past_day_knows_only_what_was_done_by_then():
    project = _project([(50, True), (50, False)])
    assert percent_complete(project, date(2026, 2, 28)) == 0
    assert percent_complete(project, date(2026, 3, 1)) == 50


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from((UP, DOWN)))
def test_attainment_is_never_written_as_minus_nothing(value, baseline, target, direction):
    share = attainment(_with(value, baseline, target, direction))
    assert share is None or str(share) != "-0.0"


def test_nothing_gone_of_a_way_downwards_is_nothing():
    assert str(attainment(_with(20, 20, 10, DOWN))) == "0.0"


@given(NUMBERS, NUMBERS, NUMBERS)
def test_attainment_is_the_same_for_both_directions_mirrored(value, baseline, target):
    up = attainment(_with(value, baseline, target, UP))
    down = attainment(_with(-value, -baseline, -target, DOWN))
    assert up == down


@given(NUMBERS, NUMBERS)
def test_the_baseline_is_0_and_the_target_100_per_cent(baseline, target):
    if baseline == target:
        return
    direction = UP if target > baseline else DOWN
    assert attainment(_with(baseline, baseline, target, direction)) == 0
    assert attainment(_with(target, baseline, target, direction)) == 100


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_better_value_never_has_a_lower_attainment(one, two, baseline, target):
    direction = UP if target >= baseline else DOWN
    worse, better = sorted((one, two), reverse=direction is DOWN)
    low = attainment(_with(worse, baseline, target, direction))
    high = attainment(_with(better, baseline, target, direction))
    assert low <= high


@given(NUMBERS, NUMBERS, NUMBERS)
def test_100_per_cent_and_attained_are_one_thing(value, baseline, target):
    direction = UP if target >= baseline else DOWN
    one = _with(value, baseline, target, direction)
    assert (attainment(one) >= 100) == attained(one)


@given(NUMBERS.filter(bool), NUMBERS)
def test_a_baseline_of_zero_is_a_value_like_any_other(target, value):
    one = _with(value, "0", target, UP if target > 0 else DOWN)
    assert abs(attainment(one) - value / target * 100) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "value", "wanted"),
    [
        ("20", "10", DOWN, "15", "50.0"),
        ("20", "10", DOWN, "25", "-50.0"),
        ("20", "10", DOWN, "8", "120.0"),
        ("0", "40", UP, "10", "25.0"),
        ("98", "98", UP, "98", "100"),
        ("98", "98", UP, "97.9", "0"),
        ("5", "5", DOWN, "4", "100"),
        ("94.7", "98", UP, "97.999", "99.9"),
        ("18.6", "12", DOWN, "12.2", "97.0"),
    ],
)
def test_attainment_of_known_cases(baseline, target, direction, value, wanted):
    assert attainment(_with(value, baseline, target, direction)) == Decimal(wanted)


@pytest.mark.parametrize(
    "target",
    [
        a_target("1", "2"),
        a_target(None, "2", values={"2026-03": "1"}),
        a_target("1", None, values={"2026-03": "1"}),
        a_target("20", "10", direction=UP, values={"2026-03": "15"}),
        a_target("10", "20", direction=DOWN, values={"2026-03": "15"}),
    ],
)
def test_attainment_is_unknown_rather_than_guessed(target):
    assert attainment(target) is None


def test_values_are_held_as_the_target_counts_them():
    values = {"2026-01": "10", "2026-02": "20", "2026-04": "60"}
    upto = Period.parse("2026-03")
    for counting, until_march, whole in (
        (Counting.LATEST, "20", "60"),
        (Counting.SUM, "30", "90"),
        (Counting.MEAN, "15", "30"),
    ):
        target = a_target("0", "100", counting=counting, values=values)
        assert reached_value(target, upto) == Decimal(until_march)
        assert reached_value(target) == Decimal(whole)
        assert latest_value(target, upto) == 20
        assert value_in(target, upto) is None
        assert value_in(target, Period.parse("2026-02")) == 20
    assert value_in(target, Period.parse("2026-Q1")) == 15
    assert latest_value(target, Period.parse("2025-12")) is None


def test_time_gone_counts_today_and_stays_between_0_and_100():
    project = a_project(start=date(2026, 1, 1), end=date(2026, 1, 10))
    assert time_gone(project, date(2025, 12, 31)) == 0
    assert time_gone(project, date(2026, 1, 1)) == 10
    assert time_gone(project, date(2026, 1, 9)) == 90
    assert time_gone(project, date(2026, 1, 10)) == 100
    assert time_gone(project, date(2027, 1, 1)) == 100
    assert time_gone(a_project(end=None), date(2026, 1, 1)) is None


@given(st.integers(0, 800), st.integers(0, 800))
def test_time_gone_never_goes_back(one, two):
    first = date(2025, 11, 1)
    days = sorted((first + timedelta(days=one), first + timedelta(days=two)))
    gone = [time_gone(a_project(), day) for day in days]
    assert gone[0] <= gone[1]


def test_overdue_is_past_planned_and_not_done_by_then():
    late = a_step("晚", planned=date(2026, 3, 1))
    done = a_step("完", planned=date(2026, 2, 1), actual=date(2026, 2, 20))
    coming = a_step("后", planned=date(2026, 9, 1))
    project = in_state(a_project(milestones=(late, done, coming)), ProjectState.DECLARED)
    assert overdue(project, date(2026, 3, 1)) == ()
    assert overdue(project, date(2026, 3, 2)) == (late,)
    assert overdue(project, date(2026, 2, 10)) == (done,)
    assert overdue(project, date(2026, 12, 31)) == (late, coming)
    row = row_of(project)
    assert (row.overdue(date(2026, 3, 2)), row.percent) == (1, Decimal("33.3"))
    told = replace(project, history=(), stated_state=ProjectState.ACCEPTED)
    assert overdue(told, date(2026, 12, 31)) == ()
    assert row_of(told).overdue(date(2026, 12, 31)) == 0
