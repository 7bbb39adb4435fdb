"""How far a project is: milestones against time, values against targets; computed, never typed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Counting, Direction, Milestone, Project, Target

HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
_ALMOST = Decimal("99.9")


def finished(milestone: Milestone, on: date | None = None) -> bool:
    """Whether the milestone is done, or was done by the day."""
    return milestone.actual is not None and (on is None or milestone.actual <= on)


def percent_complete(project: Project, on: date | None = None) -> Decimal:
    """Finished weight over all weight, per cent with one decimal; as of a day where one is given.

    Weights need not add up to 100. Without weights every milestone counts the same; without
    milestones it is 0. 100 is said only when nothing is open.
    """
    weights = [max(milestone.weight, Decimal(0)) for milestone in project.milestones]
    if not sum(weights):
        weights = [Decimal(1)] * len(project.milestones)
    done = [w for w, m in zip(weights, project.milestones, strict=True) if finished(m, on)]
    return _share(sum(done, Decimal(0)), sum(weights, Decimal(0)))


def time_gone(project: Project, today: date) -> Decimal | None:
    """时序进度: days gone of the period, today included, per cent with one decimal.

    0 before the start, 100 from the last day on; None while a border of the period is missing.
    """
    return time_share(project.start, project.last_day, today)


def time_share(start: date | None, last: date | None, today: date) -> Decimal | None:
    """The share of the days from start to last that is gone, as ``time_gone`` counts it."""
    if start is None or last is None or last < start:
        return None
    whole = (last - start).days + 1
    gone = min(max((today - start).days + 1, 0), whole)
    return _share(Decimal(gone), Decimal(whole))


def overdue(project: Project, today: date) -> tuple[Milestone, ...]:
    """Milestones whose planned day is past and that were not done by today, earliest first.

    A project that is over by then has none: what it did not do is not attained, no longer late.
    """
    if project.state_on(today).over:
        return ()
    late = (m for m in project.milestones if m.planned < today and not finished(m, today))
    return tuple(sorted(late, key=lambda milestone: milestone.planned))


def latest_value(target: Target, upto: Period | None = None) -> Decimal | None:
    """The newest monthly value, of the period or before it; None where there is none."""
    months = _months(target, upto)
    return target.values[months[-1]] if months else None


def value_in(target: Target, period: Period) -> Decimal | None:
    """The value of this very period (本期): of the month, or its months counted together."""
    months = [m for m in _months(target, period) if m >= f"{period.first:%Y-%m}"]
    return _counted(target, months)


def reached_value(target: Target, upto: Period | None = None) -> Decimal | None:
    """What is held against the target (累计): the newest value, the sum or the mean of all."""
    return _counted(target, _months(target, upto))


def attained(target: Target, upto: Period | None = None) -> bool | None:
    """Whether the target is reached; None while the target or every value is missing."""
    reached = reached_value(target, upto)
    if reached is None or target.target is None:
        return None
    if target.direction is Direction.UP:
        return reached >= target.target
    return reached <= target.target


def attainment(target: Target, upto: Period | None = None) -> Decimal | None:
    """How much of the way from baseline to target is gone (达成率), per cent with one decimal.

    The same for both directions: a baseline of 20 and a target of 10 is half reached at 15.
    More than 100 is beyond the target, less than 0 is worse than the baseline. A baseline of
    zero is a value like any other. Where target and baseline are equal (a level to be held) it
    is 100 when the value is at least as good, else 0. None while baseline, target or every
    value is missing, and where the target lies on the wrong side of the baseline.
    """
    reached = reached_value(target, upto)
    if reached is None or target.baseline is None or target.target is None:
        return None
    way = target.target - target.baseline
    if way == 0:
        return HUNDRED if attained(target, upto) else Decimal(0)
    if contradicts(target):
        return None
    return _share(reached - target.baseline, way)


def contradicts(target: Target) -> bool:
    """Whether the target is worse than the baseline by its own direction."""
    if target.baseline is None or target.target is None:
        return False
    way = target.target - target.baseline
    return way < 0 if target.direction is Direction.UP else way > 0


def _months(target: Target, upto: Period | None) -> list[str]:
    """Months that have a value, oldest first, none after the period."""
    limit = None if upto is None else f"{upto.last:%Y-%m}"
    return sorted(month for month in target.values if limit is None or month <= limit)


def _counted(target: Target, months: list[str]) -> Decimal | None:
    if not months:
        return None
    values = [target.values[month] for month in months]
    if target.counting is Counting.LATEST:
        return values[-1]
    total = sum(values, Decimal(0))
    return total if target.counting is Counting.SUM else total / len(values)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Per cent with one decimal; 100.0 is never said of a part that is less than the whole.

    Nothing gone of a way downwards is 0.0, not the -0.0 of the division.
    """
    if whole == 0:
        return Decimal(0)
    share = part / whole * HUNDRED
    rounded = share.quantize(_TENTH, ROUND_HALF_UP) + 0
    return min(rounded, _ALMOST) if share < HUNDRED else rounded
