"""The sentence of an effect: figures, period and source, and never a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import counts_more, effect, present_words, standing
from dangjian_desktop.domain.projects.project import Counting, Direction, Target

YEAR = Period(2025, 1, 12)
WHY = ("带动", "促进", "得益于", "推动", "通过", "使得", "因此", "显著", "有效")


def a_target(**more) -> Target:
    given = {
        "id": "t",
        "indicator": "材料消耗",
        "unit": "元/吨",
        "direction": Direction.DOWN,
        "baseline": Decimal("0.45"),
        "target": Decimal("0.42"),
        "source": "材料台账",
        "values": {"2025-04": Decimal("0.45"), "2025-11": Decimal("0.41")},
    }
    return Target(**(given | more))


def test_it_states_period_indicator_baseline_value_target_and_source():
    said = "截至2025年11月，材料消耗由0.45元/吨降至0.41元/吨（目标0.42元/吨，来源：材料台账）。"
    assert effect(a_target(), YEAR) == said


def test_what_lies_after_the_period_is_not_told():
    said = effect(a_target(), Period(2025, 4, 3))
    assert said.startswith("截至2025年4月，材料消耗由0.45元/吨到0.45元/吨")


@pytest.mark.parametrize(
    ("counting", "said"),
    [
        (Counting.SUM, "2025年4月至11月累计，材料消耗由0.45元/吨升至0.86元/吨"),
        (Counting.MEAN, "2025年4月至11月平均，材料消耗由0.45元/吨降至0.43元/吨"),
    ],
)
def test_how_the_months_were_counted_is_said(counting, said):
    assert effect(a_target(counting=counting), YEAR).startswith(said)


def test_what_is_unknown_says_so_and_no_value_is_no_effect():
    open_target = a_target(baseline=None, target=None, source="")
    said = effect(open_target, YEAR)
    assert said == "截至2025年11月，材料消耗为0.41元/吨，基准待明确（目标待明确，来源：待明确）。"
    assert effect(a_target(values={}), YEAR).startswith("2025年，材料消耗尚未填报数值（")
    assert standing(a_target(values={}), YEAR) == "待明确"


@pytest.mark.parametrize(
    ("counting", "values", "said"),
    [
        (Counting.LATEST, {"2025-04": 3, "2025-10": 5}, "现值5元/吨（截至10月）"),
        (Counting.MEAN, {"2025-04": 3, "2025-11": 5}, "现值4元/吨（4月至11月平均）"),
        (Counting.SUM, {"2025-11": 5}, "现值5元/吨（11月累计）"),
        (Counting.SUM, {"2024-12": 3, "2025-11": 5}, "现值8元/吨（2024年12月至2025年11月累计）"),
        (Counting.LATEST, {"2024-12": 3}, "现值3元/吨（截至2024年12月）"),
        (Counting.LATEST, {}, ""),
    ],
)
def test_the_present_value_says_which_months_it_counts(counting, values, said):
    target = a_target(counting=counting, values={month: Decimal(n) for month, n in values.items()})
    november = Period(2025, 11, 1)
    assert present_words(target, november) == said
    alone = values == {} or list(values) == ["2025-11"]
    assert counts_more(target, november) is not alone


def test_zero_is_a_value():
    zero = a_target(baseline=Decimal(0), values={"2025-01": Decimal(0)}, target=Decimal(0))
    assert "由0元/吨到0元/吨（目标0元/吨" in effect(zero, YEAR)
    assert standing(zero, YEAR) == "已达到目标"


@pytest.mark.parametrize("counting", Counting)
@pytest.mark.parametrize("baseline", [None, Decimal(1), Decimal("0.3")])
@pytest.mark.parametrize("values", [{}, {"2025-02": Decimal("0.5")}])
def test_it_never_says_why(counting, baseline, values):
    said = effect(a_target(counting=counting, baseline=baseline, values=values), YEAR)
    assert not [word for word in WHY if word in said]
