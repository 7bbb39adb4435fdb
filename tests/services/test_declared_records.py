"""What every declared record gets from its declaration, tried on one that is made up."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.record import Declared, Record
from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.reading import RecordReader
from dangjian_desktop.services.records.writing import same_content, to_contract, to_state
from tests.services.make import NAMES, a_member

TODAY = date(2026, 3, 31)
MEMBERS = tuple(a_member(name) for name in NAMES)
TYPES, KINDS = FieldType, Kinds()
VISIT = Record(
    code="visit",
    title="走访",
    plural="records",
    of=None,
    fields=(
        Field("id", "编号"),
        Field("day", "日期", TYPES.DATE, required=True),
        Field("topic", "事由", required=True, json="subject"),
        Field("words", "情况", TYPES.LONG_TEXT),
        Field("count", "人数", TYPES.INTEGER),
        Field("hours", "学时", TYPES.DECIMAL, unit="学时", bounds=Bounds(least=Decimal(0))),
        Field("money", "金额", TYPES.MONEY, unit="元"),
        Field("since", "始于", TYPES.PARTIAL_DATE),
        Field("month", "月份", TYPES.MONTH),
        Field("year", "年度", TYPES.YEAR),
        Field("at", "时间", TYPES.TIME),
        Field("form", "方式", TYPES.CHOICE, choices=(("a", "座谈"), ("b", "走访"))),
        Field("ways", "办法", TYPES.CHOICES, choices=(("a", "甲"), ("b", "乙")), empty=()),
        Field("done", "办结", TYPES.YES_NO),
        Field("who", "走访人", TYPES.PERSON, who="member"),
        Field("there", "参加人", TYPES.PEOPLE, empty=()),
        Field("group", "党小组", TYPES.GROUP),
        Field("links", "关联", TYPES.LINK, to=("meeting", "project"), empty=()),
        Field("measures", "措施", TYPES.LIST, empty=()),
        Field(
            "steps",
            "步骤",
            TYPES.RECORDS,
            empty=(),
            columns=(
                Field("what", "内容", required=True),
                Field("due", "期限", TYPES.DATE),
                Field("ready", "完成", TYPES.YES_NO),
            ),
        ),
        Field(
            "sums",
            "数值",
            TYPES.RECORD,
            key="month",
            columns=(Field("value", "值", TYPES.DECIMAL),),
        ),
    ),
    name="{topic}",
    day="day",
    people=("who", "there"),
    identity=("day", "topic"),
)
FULL = {
    "id": "1",
    "day": date(2026, 3, 5),
    "topic": "慰问",
    "words": "一\n二",
    "count": 0,
    "hours": Decimal("1.5"),
    "money": Decimal("0"),
    "since": PartialDate(1998, 7),
    "month": Period(2026, 3, 1),
    "year": 2026,
    "at": time(9, 5),
    "form": "b",
    "ways": ("a", "b"),
    "done": False,
    "who": Person("张三", MEMBERS[0].id),
    "there": (Person("李四", MEMBERS[1].id), Person("外人")),
    "group": "一组",
    "links": (Link("meeting", "m"), Link("project", "p", "i")),
    "measures": ("甲", "乙"),
    "steps": ({"what": "问", "due": None, "ready": False},),
    "sums": {"2026-01": Decimal("0"), "2026-02": Decimal("2.5")},
}


class AnyLink:
    def find(self, _field, plain):
        return Link(plain["subject"], plain["id"], plain.get("item"))


def reader(*, form: bool = False, record: Record = VISIT, known=None) -> RecordReader:
    names = NameFinder([Roll(MEMBERS, TODAY)], known=known)
    today = TODAY if form else None
    return RecordReader(
        record, Declared((record,)), lambda _values: names, today=today, links=AnyLink()
    )


def read(plain, *, form: bool = False):
    reading = reader(form=form).read(json.loads(json.dumps(plain, ensure_ascii=False)))
    return reading.value, {problem.place: problem.words for problem in reading.problems}


EMPTY = {field.name: field.empty for field in VISIT.fields} | {
    "id": "2",
    "day": date(2026, 3, 5),
    "topic": "慰问",
}


@pytest.mark.parametrize("value", [FULL, EMPTY], ids=["full", "empty"])
def test_a_mapping_comes_back_from_json_and_from_its_form(value):
    assert read(to_contract(VISIT, value)) == (value, {})
    assert read(to_state(VISIT, value), form=True) == (value, {})
    assert same_content(VISIT, value, value | {"id": "other"})
    assert not same_content(VISIT, value, value | {"topic": "另一件"})


def test_zero_no_and_nothing_are_told_apart():
    told = to_contract(VISIT, FULL)
    assert (told["count"], told["done"], told["money"], told["sums"]["2026-01"]) == (
        0,
        False,
        "0",
        "0",
    )
    told = to_contract(VISIT, EMPTY)
    assert (told["count"], told["done"], told["money"], told["steps"]) == (None, None, None, [])


def test_the_contract_refuses_with_the_place_and_the_form_speaks_to_its_user():
    plain = {"day": "5日", "colour": 1, "steps": [{"due": "月底", "when": 1}], "sums": {"a": "三"}}
    _, problems = read(plain)
    assert problems == {
        "day": "的 day 应为日期，例如 2026-03-18",
        "subject": "的 subject 没有填写",
        "colour": "的 colour 不是可识别的名称，请核对拼写",
        "steps.0.what": "的步骤1的 what 没有填写",
        "steps.0.due": "的步骤1的 due 应为日期，例如 2026-03-18",
        "steps.0.when": "的步骤1的 when 不是可识别的名称，请核对拼写",
        "sums.a": "的数值的 a “三”不是数字，应为数字，例如 1,200.5",
    }
    value, problems = read(plain | {"steps": [{"what": " "}, {"due": "月底"}]}, form=True)
    assert problems == {
        "subject": "请填写事由",
        "steps.0.what": "请填写内容",
        "steps.0.due": "期限“月底”无法识别，应为日期，例如 2026-03-18 或 3.18",
        "sums.a": "值“三”不是数字，应为数字，例如 1,200.5",
    }
    assert value is None


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"form": []}, "form"),
        ({"ways": ["a", "a"]}, "ways"),
        ({"ways": "a"}, "ways"),
        ({"who": "外人"}, "who"),
        ({"who": 3}, "who"),
        ({"there": [3]}, "there"),
        ({"links": "x"}, "links"),
        ({"steps": {}}, "steps"),
        ({"steps": [3]}, "steps.0"),
        ({"sums": []}, "sums"),
        ({"count": "12,34"}, "count"),
        ({"hours": "85%"}, "hours"),
        ({"hours": "-1"}, "hours"),
        ({"money": "1.234"}, "money"),
        ({"topic": None, "subject": ["x"]}, "subject"),
        ({"words": "长" * 200_001}, "words"),
    ],
)
def test_what_is_of_a_wrong_type_is_refused_and_nothing_else_is(wrong, place):
    _, problems = read(to_contract(VISIT, FULL) | wrong)
    assert place in problems
    assert set(problems) <= {place, "topic"}


@pytest.mark.parametrize("plain", [None, [], 3, "x"])
def test_what_is_no_object_gets_a_sentence(plain):
    assert read(plain) == (None, {"": "应为一个对象（{…}）"})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(RECORDS), st.data())
def test_no_json_and_no_form_fails_otherwise_than_in_words(record, data):
    keys = st.sampled_from([field.json or field.name for field in record.fields] + ["attendance"])
    plain = data.draw(st.dictionaries(keys | st.text(max_size=4), ANYTHING, max_size=6))
    for today in (None, TODAY):
        RecordReader(
            record,
            Declared(RECORDS, kinds=KINDS),
            lambda _values: NameFinder([Roll(MEMBERS, TODAY)]),
            today=today,
        ).read(plain)
