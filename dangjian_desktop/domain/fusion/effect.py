"""What became of an indicator, as one sentence of figures; it never says why."""

from __future__ import annotations

from decimal import Decimal

from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import attained, reached_value, value_in
from dangjian_desktop.domain.projects.project import Counting, Target

UNKNOWN = "待明确"
_HOW = {Counting.LATEST: "", Counting.SUM: "累计", Counting.MEAN: "平均"}


def effect(target: Target, upto: Period) -> str:
    """截至2025年11月，材料消耗由0.45元/吨降至0.41元/吨（目标0.42元/吨，来源：材料台账）。

    The months that were counted, indicator, baseline, value, target and source, and nothing else:
    what is unknown says so, and a value that was never entered makes no sentence of effect.
    """
    reached = reached_value(target, upto)
    brackets = f"（目标{_amount(target.target, target)}，来源：{target.source or UNKNOWN}）"
    if reached is None:
        return f"{upto.label}，{target.indicator}尚未填报数值{brackets}。"
    when, value = _months(target, upto), _amount(reached, target)
    if target.baseline is None:
        return f"{when}，{target.indicator}为{value}，基准{UNKNOWN}{brackets}。"
    moved = f"由{_amount(target.baseline, target)}{_verb(reached - target.baseline)}{value}"
    return f"{when}，{target.indicator}{moved}{brackets}。"


def present_words(target: Target, upto: Period) -> str:
    """现值12.24小时/月（1月至11月平均）: what is held against the target, with the months that
    it counts; empty where nothing was entered."""
    reached = reached_value(target, upto)
    if reached is None:
        return ""
    return f"现值{_amount(reached, target)}（{_months(target, upto, upto.year)}）"


def counts_more(target: Target, period: Period) -> bool:
    """Whether what is held against the target is another figure than that of the period alone."""
    return value_in(target, period) != reached_value(target, period)


def standing(target: Target, upto: Period) -> str:
    """已达到目标, 未达到目标; 待明确 while target or value is missing."""
    found = attained(target, upto)
    return UNKNOWN if found is None else "已达到目标" if found else "未达到目标"


def amount_words(value: Decimal | None, target: Target) -> str:
    """0.41元/吨 for people, empty where it is not known."""
    return "" if value is None else _amount(value, target)


def _amount(value: Decimal | None, target: Target) -> str:
    return UNKNOWN if value is None else f"{shown(value)}{target.unit}"


def _verb(way: Decimal) -> str:
    return "到" if way == 0 else "升至" if way > 0 else "降至"


def _months(target: Target, upto: Period, present: int | None = None) -> str:
    """截至2025年11月 for the newest value; 2025年4月至11月累计 for several counted together; the
    ``present`` year is left out where all is of it."""
    told = sorted(month for month in target.values if month <= f"{upto.last:%Y-%m}")
    first, last = Period.parse(told[0]), Period.parse(told[-1])
    start, end = (f"{m.start}月" if m.year == present else m.label for m in (first, last))
    if target.counting is Counting.LATEST:
        return f"截至{end}"
    if first == last:
        return f"{start}{_HOW[target.counting]}"
    end = f"{last.start}月" if first.year == last.year else last.label
    return f"{start}至{end}{_HOW[target.counting]}"
