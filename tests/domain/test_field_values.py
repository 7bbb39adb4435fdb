from __future__ import annotations

import pytest

from dangjian_desktop.domain.field_values import value_problem, whole_number
from dangjian_desktop.domain.fields import Field, FieldType, missing_fields

COLUMNS = (Field("name", "姓名", required=True), Field("votes", "票数", FieldType.NUMBER))
CHOICES = (("a", "甲"), ("b", "乙"))

FITTING = [
    (FieldType.TEXT, ["", "文字"]),
    (FieldType.LONG_TEXT, ["一段"]),
    (FieldType.NAME, ["张三"]),
    (FieldType.DATE, ["2026-03-05", "2024-02-29"]),
    (FieldType.PARTIAL_DATE, ["2026", "2026-03", "2026-03-05"]),
    (FieldType.TIME, ["14:30", "00:00"]),
    (FieldType.NUMBER, [0, 2, 1.5, "3", "2.5"]),
    (FieldType.CHOICE, ["a", "b", ""]),
    (FieldType.YES_NO, [True, False]),
    (FieldType.NAMES, [[], ["张三", "李四"]]),
    (FieldType.LIST, [["一"], ("一", "二")]),
    (FieldType.RECORD, [{}, {"name": "张三", "votes": 3}, {"name": None}]),
    (FieldType.RECORDS, [[], [{"name": "张三"}]]),
]
BROKEN = [
    (FieldType.TEXT, [3, ["a"], {}]),
    (FieldType.DATE, ["2026-02-30", "2026-3-5", "20260305", 5, ["2026-03-05"]]),
    (FieldType.PARTIAL_DATE, ["2026-13", "三月", 2026]),
    (FieldType.TIME, ["25:00", "14:30:15", "9", 9]),
    (
        FieldType.NUMBER,
        [-1, "-1", "", ".", "1.", ".5", "1.2.3", "三", "３", True, float("nan"), float("inf"), []],
    ),
    (FieldType.CHOICE, ["c", 1, [], {}]),
    (FieldType.YES_NO, ["是", 1]),
    (FieldType.NAMES, ["张三", [1], {}]),
    (FieldType.LIST, ["一", [None]]),
    (FieldType.RECORD, [[], "x", {"other": 1}, {"votes": "三"}]),
    (FieldType.RECORDS, [{}, [[]], [{"other": 1}], "x"]),
]


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
    assert problem.startswith("“内容”的内容无法识别，应")


@pytest.mark.parametrize("kind", list(FieldType))
def test_nothing_fits_every_field(kind: FieldType) -> None:
    assert value_problem(a_field(kind), None) is None


def test_every_type_is_tried() -> None:
    assert {kind for kind, _ in FITTING} == set(FieldType)


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
