"""Which copies go: never a good one too many, whatever the clock says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.storage.copies import retention
from dangjian_desktop.storage.copies.retention import (
    BEFORE_PURGE,
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    DAILY,
    LAST,
    LONG,
    MONTHLY,
    NEWEST,
    UNSOUND,
    Generation,
    unneeded,
)

FIRST = datetime(2024, 1, 1, 12).astimezone()
REASONS = ["关闭时", "定时", "导入前", BEFORE_UPGRADE, BEFORE_RESTORE, BEFORE_PURGE]
LATER = FIRST + timedelta(days=9000)


@dataclass(frozen=True)
class Made:
    file: Path
    at: datetime
    reason: str


def made(number: int, at: datetime, reason: str = "关闭时", *, whole: bool = True) -> Generation:
    return Generation(Made(Path(str(number)), at, reason), whole)


def left(generations: list[Generation], now: datetime = LATER) -> list[Generation]:
    gone = unneeded(generations, now)
    return [each for each in generations if each not in gone]


@st.composite
def histories(draw: st.DrawFn, least: int = 1) -> list[Generation]:
    """Copies newest first, as a clock tells that is right."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from([0, 1, 7, 24, 24 * 6, 24 * 31, 24 * 200]),
                st.sampled_from(REASONS),
                st.booleans() | st.just(True) | st.just(True),
            ),
            min_size=least,
            max_size=90,
        )
    )
    at, found = FIRST, []
    for number, (hours, reason, whole) in enumerate(steps):
        at += timedelta(hours=hours)
        found.append(made(number, at, reason, whole=whole))
    return found[::-1]


def days(found: list[Generation], span: str = "%Y-%m-%d") -> set[str]:
    return {each.copy.at.strftime(span) for each in found if each.whole}


@given(histories())
def test_no_class_loses_what_it_must_keep(before: list[Generation]) -> None:
    after = left(before)
    whole, kept = ([g for g in each if g.whole] for each in (before, after))
    assert kept[:NEWEST] == whole[:NEWEST]
    assert len(days(after)) >= min(DAILY, len(days(before)))
    assert len(days(after, "%Y-%m")) >= min(MONTHLY, len(days(before, "%Y-%m")))
    upgrades = [g for g in whole if g.copy.reason == BEFORE_UPGRADE]
    assert [g for g in kept if g.copy.reason == BEFORE_UPGRADE] == upgrades
    for reason in (BEFORE_RESTORE, BEFORE_PURGE):
        last = [g for g in whole if g.copy.reason == reason][:LAST]
        assert [g for g in kept if g.copy.reason == reason][: len(last)] == last
    assert [g for g in after if not g.whole] == [g for g in before if not g.whole][:UNSOUND]


@given(histories(), st.lists(st.integers(-9000, 9000), min_size=90, max_size=90))
def test_the_last_whole_copy_stays_whatever_the_clock_said(
    before: list[Generation], jumps: list[int]
) -> None:
    moved = [shifted(g, jump) for g, jump in zip(before, jumps, strict=False)]
    after = left(moved)
    assert next((g for g in after if g.whole), None) == next((g for g in moved if g.whole), None)
    assert set(map(str, left(after))) == set(map(str, after))


def shifted(generation: Generation, by: int) -> Generation:
    copy = generation.copy
    return replace(generation, copy=replace(copy, at=copy.at + timedelta(days=by)))


@given(
    histories(20),
    (st.integers(-4000, 4000) | st.integers(-40, 40)).filter(lambda jump: jump != 0),
    st.integers(0, 60),
    st.integers(1, 60),
)
def test_a_jump_of_the_clock_costs_no_copy_from_before_it(
    true: list[Generation], jump: int, back: int, begun: int
) -> None:
    """For a while, or for good (``back`` is 0): what would stay without the jump stays with it.

    A jump that nothing contradicts is, for all that can be known, time that has passed; it cuts a
    day or a month in two at each of its ends and moves the days over the borders of the months.
    What ten days and five months would keep stays all the same.
    """
    said = [
        shifted(each, jump) if back <= number < back + begun else each
        for number, each in enumerate(true)
    ]
    seen = any(older.copy.at > newer.copy.at for newer, older in pairwise(said))
    stays = {each.copy.file for each in left(said, said[0].copy.at)}
    often = (DAILY, MONTHLY, LONG) if seen else (10, 5, 0)
    wanted = {each.copy.file for each in kept_of(true, *often)}
    assert wanted & {each.copy.file for each in true[back + begun :]} <= stays


def kept_of(true: list[Generation], daily: int, monthly: int, long: int) -> list[Generation]:
    """What stays where so many days and months do, by a clock that is right."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "DAILY", daily)
        patch.setattr(retention, "MONTHLY", monthly)
        patch.setattr(retention, "LONG", long)
        return left(true, true[0].copy.at)


@given(histories(), st.lists(st.integers(-9000, 9000), min_size=90, max_size=90))
def test_what_goes_has_enough_behind_it_whatever_the_clock_said(
    before: list[Generation], jumps: list[int]
) -> None:
    """A whole copy goes only where ten newer ones are, by the order of the changes, and behind it
    either one of its own day and month, or as many other days and months as are kept."""
    moved = [shifted(g, jump) for g, jump in zip(before, jumps, strict=False)]
    whole = [each for each in moved if each.whole]
    for gone in (each for each in unneeded(moved, LATER) if each.whole):
        newer = whole[: whole.index(gone)]
        assert len(newer) >= NEWEST
        assert gone.copy.reason != BEFORE_UPGRADE
        if gone.copy.reason in (BEFORE_RESTORE, BEFORE_PURGE):
            assert sum(each.copy.reason == gone.copy.reason for each in newer) >= LAST
            assert LATER - gone.copy.at > timedelta(days=LONG)
        for span, most in (("%Y-%m-%d", DAILY), ("%Y-%m", MONTHLY)):
            named = [each.copy.at.strftime(span) for each in newer]
            own = gone.copy.at.strftime(span)
            assert own in named or len(set(named)) >= most


def test_summer_time_a_leap_day_and_a_clock_set_back_by_a_year() -> None:
    """Twice a day for two years; a day that has 23 or 25 hours is one day."""
    zone = ZoneInfo("America/New_York")
    start = datetime(2027, 12, 1, 1, 30, tzinfo=zone)
    true = [
        made(number, (start + timedelta(hours=12 * number)).astimezone(zone))
        for number in range(2 * 730)
    ][::-1]
    stays = left(true, true[0].copy.at)
    assert len(days(stays)) >= DAILY
    assert len(days(stays, "%Y-%m")) == MONTHLY
    year = [shifted(each, -365) if number < 30 else each for number, each in enumerate(true)]
    wanted = {each.copy.file for each in left(true, true[0].copy.at)}
    before = {each.copy.file for each in true[30:]}
    assert wanted & before <= {each.copy.file for each in left(year, year[0].copy.at)}


@given(histories())
def test_what_stays_does_not_grow_for_ever(before: list[Generation]) -> None:
    upgrades = sum(each.copy.reason == BEFORE_UPGRADE for each in before)
    # By ``LATER`` all of them are older than the days for which those before a restore stay.
    most = NEWEST + DAILY + MONTHLY + UNSOUND + upgrades + 2 * LAST
    assert len(left(before)) <= most


def test_the_state_before_a_restore_is_there_when_it_is_missed_weeks_later() -> None:
    """Fourteen copies, a restore, fourteen more on the same day, and then two months of work."""
    morning = [made(n, FIRST + timedelta(minutes=20 * n)) for n in range(14)]
    restores = [FIRST + timedelta(hours=5, minutes=n) for n in range(LAST + 2)]
    before = [made(50 + n, at, BEFORE_RESTORE) for n, at in enumerate(restores)]
    after = [made(15 + n, FIRST + timedelta(hours=5, minutes=20 + 20 * n)) for n in range(14)]
    stays = [*morning, *before, *after][::-1]
    for number in range(3 * (LONG - 1)):
        at = FIRST + timedelta(days=1, hours=8 * number)
        stays = left([made(100 + number, at), *stays], at)
        assert [each for each in stays if each in before] == before[::-1]
    many = [made(n, FIRST + timedelta(days=n), BEFORE_RESTORE) for n in range(200)][::-1]
    assert len(left(many, many[0].copy.at)) < LONG + NEWEST + MONTHLY
    assert many[:LAST] == [g for g in left(many) if g.copy.reason == BEFORE_RESTORE][:LAST]


def test_a_year_of_work() -> None:
    """Three copies a day for 400 days: the last days, the last of each month."""
    found = [made(n, FIRST + timedelta(hours=8 * n)) for n in range(1200)][::-1]
    stays = left(found)
    assert stays[:NEWEST] == found[:NEWEST]
    assert len(days(stays, "%Y-%m")) == MONTHLY
    # The newest fill four days, and one of the days is the last of its month.
    assert len(stays) == NEWEST + (DAILY - 4) + (MONTHLY - 2)
    last_of_november = next(g for g in found if g.copy.at < datetime(2024, 12, 1).astimezone())
    assert last_of_november in stays


def test_a_day_that_comes_twice_is_two_days() -> None:
    """A clock set back by five days tells the same days once more: the last of each stays twice."""
    true = [made(number, FIRST + timedelta(days=number)) for number in range(20)][::-1]
    said = [shifted(each, -5) if number < 10 else each for number, each in enumerate(true)]
    assert {each.copy.file for each in true[:DAILY]} <= {
        each.copy.file for each in left(said, said[0].copy.at)
    }
