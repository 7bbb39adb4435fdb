"""A declared record of any kind: its titles, its people, its fields by path."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dangjian_desktop.domain
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.record import Computed, Declared, Record, value_of
from dangjian_desktop.domain.references import Person

VISIT = Record(
    code="visit",
    title="走访",
    plural="records",
    of=None,
    fields=(
        Field("day", "日期", FieldType.DATE),
        Field("topic", "事由"),
        Field("who", "走访人", FieldType.PEOPLE, who="member", empty=()),
        Field(
            "answers",
            "答复",
            FieldType.RECORDS,
            columns=(Field("by", "答复人", FieldType.PERSON),),
        ),
    ),
    computed=(Computed("count", "人数", lambda row, _today: len(row["who"]), FieldType.INTEGER),),
    name="{topic}（{who}）",
    people=("who", "answers.by"),
)
ROW = {
    "topic": "慰问",
    "who": (Person("张三", "a"), Person("李四")),
    "answers": ({"by": Person("王五")}, {"by": None}),
}


def test_a_mapping_has_title_people_and_values_as_a_class_has() -> None:
    assert VISIT.title_of(ROW) == "慰问（张三、李四）"
    assert [(path, person.name) for path, person in VISIT.persons(ROW)] == [
        ("who", "张三"),
        ("who", "李四"),
        ("answers.by", "王五"),
    ]
    assert value_of({}, VISIT.field("who")) == ()
    assert VISIT.field("answers.by").label == "答复人"
    with pytest.raises(KeyError):
        VISIT.field("answers.other")


def test_ledgers_join_what_is_built_in() -> None:
    declared = Declared((), ledgers=(VISIT,))
    assert declared["visit"] is VISIT
    assert "other" not in declared
    assert list(declared) == [VISIT]


def test_nothing_in_the_domain_asks_for_all_declarations() -> None:
    files = Path(dangjian_desktop.domain.__file__).parent.rglob("*.py")
    asking = [
        path.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").endswith("domain.declared"))
        or (
            isinstance(node, ast.Import)
            and any(alias.name.endswith("domain.declared") for alias in node.names)
        )
    ]
    assert asking == []
