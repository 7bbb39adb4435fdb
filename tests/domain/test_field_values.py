from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_values import read_value, value_problem, whole_number
from dangjian_desktop.domain.fields import Bounds, Field, FieldType, missing_fields

COLUMNS = (Field("name", "姓名", required=True), Field("votes", "票数", FieldType.INTEGER))
CHOICES = (("a", "甲"), ("b", "乙"))

FITTING: list[tuple[FieldType, list[object]]] = [
    (FieldType.TEXT, ["", "文字"]),
    (FieldType.LONG_TEXT, ["一段"]),
    (FieldType.PERSON, ["张三"]),
    (FieldType.GROUP, ["第一党小组"]),
    (FieldType.DATE, ["2026-03-05", "2024-02-29"]),
    (FieldType.PARTIAL_DATE, ["2026", "2026-03", "2026-03-05"]),
    (FieldType.MONTH, ["2026-03"]),
    (FieldType.YEAR, [2026, "2026"]),
    (FieldType.TIME, ["14:30", "00:00"]),
    (FieldType.INTEGER, [0, 2, "3", 3.0, "1,200", "３"]),
    (FieldType.DECIMAL, [0, 1.5, -1, "2.5", "1,200.5", "85%", "．５"]),
    (FieldType.MONEY, [0, "2.5", "1,200.50"]),
    (FieldType.CHOICE, ["a", "b", "乙", ""]),
    (FieldType.CHOICES, [[], ["a", "b"]]),
    (FieldType.YES_NO, [True, False]),
    (FieldType.PEOPLE, [[], ["张三", "李四"]]),
    (FieldType.LIST, [["一"], ("一", "二")]),
    (FieldType.RECORD, [{}, {"name": "张三", "votes": 3}, {"name": None}]),
    (FieldType.RECORDS, [[], [{"name": "张三"}]]),
]
BROKEN: list[tuple[FieldType, list[object]]] = [
    (FieldType.TEXT, [3, ["a"], {}, "长" * 5001]),
    (FieldType.DATE, ["2026-02-30", "2026-3-5", "20260305", 5, ["2026-03-05"]]),
    (FieldType.PARTIAL_DATE, ["2026-13", "三月", 2026]),
    (FieldType.MONTH, ["2026", "2026-Q1", "2026-13", 3]),
    (FieldType.YEAR, [26, "26", 3026, "去年"]),
    (FieldType.TIME, ["25:00", "14:30:15", "9", 9]),
    (FieldType.INTEGER, [-1, "-1", ".", "1.5", "12,34", "85%", "-", "无", "三", True, 1e400, []]),
    (FieldType.DECIMAL, [".", "1.", "1.2.3", "12,34", "三", "5²", True, float("nan"), []]),
    (FieldType.MONEY, ["1.234", "85%", "十元"]),
    (FieldType.CHOICE, ["c", 1, [], {}]),
    (FieldType.CHOICES, ["a", ["c"], ["a", "a"], {}]),
    (FieldType.YES_NO, ["是", 1]),
    (FieldType.PEOPLE, ["张三", [1], {}]),
    (FieldType.LIST, ["一", [None]]),
    (FieldType.RECORD, [[], "x", {"other": 1}, {"votes": "三"}]),
    (FieldType.RECORDS, [{}, [[]], [{"other": 1}], "x"]),
]
ELSEWHERE = {FieldType.LINK, FieldType.FILES}
"""Read where the records and files are known that they name."""


def a_field(kind: FieldType) -> Field:
    return Field("field", "内容", kind, choices=CHOICES, columns=COLUMNS)


def cases(table: list[tuple[FieldType, list[object]]]) -> list[tuple[FieldType, object]]:
    return [(kind, value) for kind, values in table for value in values]


@pytest.mark.parametrize(("kind", "value"), cases(FITTING))
def test_a_value_that_fits_is_taken(kind: FieldType, value: object) -> None:
    assert value_problem(a_field(kind), value) is None


@pytest.mark.parametrize(("kind", "value"), cases(BROKEN))
def test_a_value_that_does_not_fit_is_said_with_what_was_expected(
    kind: FieldType, value: object
) -> None:
    problem = value_problem(a_field(kind), value)
    assert problem is not None
    assert problem.startswith("“内容”的内容无法识别，")
    assert "应" in problem


@pytest.mark.parametrize("kind", list(FieldType))
def test_nothing_fits_every_field(kind: FieldType) -> None:
    assert value_problem(a_field(kind), None) is None


def test_every_type_is_tried() -> None:
    assert {kind for kind, _ in FITTING} == set(FieldType) - ELSEWHERE


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        ("3", 3),
        (3.0, 3),
        ("3.5", None),
        (None, None),
        ("三", None),
        (True, None),
        (-1, None),
    ],
)
def test_whole_numbers_are_read_from_number_fields(value: object, number: int | None) -> None:
    assert whole_number(value) == number


def test_required_fields_ask_for_themselves() -> None:
    fields = (COLUMNS[0], Field("kind", "类型", FieldType.CHOICE, required=True), COLUMNS[1])
    assert missing_fields(fields, {"name": ""}) == {"name": "请填写姓名", "kind": "请选择类型"}
    assert missing_fields(fields, {"name": "张三", "kind": "a"}) == {}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldType.DATE, "3.5", date(2026, 3, 5)),
        (FieldType.MONTH, "上月", Period(2026, 2, 1)),
        (FieldType.TIME, "下午2点半", time(14, 30)),
        (FieldType.YEAR, "2026年", 2026),
        (FieldType.DECIMAL, "１，２００．５", Decimal("1200.5")),
        (FieldType.DECIMAL, "—", None),
        (FieldType.INTEGER, "0", 0),
        (FieldType.YES_NO, False, False),
        (FieldType.LIST, "一\n\n二", ("一", "二")),
        (FieldType.PEOPLE, "张三、李四", ("张三", "李四")),
    ],
)
def test_what_a_person_types_is_read(kind: FieldType, typed: object, value: object) -> None:
    assert read_value(a_field(kind), typed, date(2026, 3, 5)) == value


@pytest.mark.parametrize(
    ("bounds", "fits", "broken", "words"),
    [
        (Bounds(least=Decimal(0), most=Decimal(100)), "100", "100.1", "应在0至100学时之间"),
        (Bounds(least=Decimal(1)), "1", "0", "应不小于1学时"),
        (Bounds(most=Decimal(1)), "-1", "2", "应不大于1学时"),
        (Bounds(places=1), "1.5", "1.55", "应最多有1位小数"),
    ],
)
def test_a_number_outside_its_bounds_is_refused(
    bounds: Bounds, fits: str, broken: str, words: str
) -> None:
    hours = Field("hours", "学时", FieldType.DECIMAL, unit="学时", bounds=bounds)
    assert read_value(hours, fits) == Decimal(fits)
    with pytest.raises(ValueError, match=words):
        read_value(hours, broken)


def test_a_share_is_read_only_where_the_field_is_one() -> None:
    share = Field("share", "权重", FieldType.DECIMAL, unit="%")
    assert read_value(share, "85%") == 85
    with pytest.raises(ValueError, match="百分数"):
        read_value(Field("hours", "学时", FieldType.DECIMAL, unit="学时"), "85%")


@pytest.mark.parametrize(("old", "new"), [("name", "person"), ("names", "people")])
def test_types_that_libraries_of_the_first_version_name_are_known(old: str, new: str) -> None:
    assert FieldType(old) is FieldType(new)
