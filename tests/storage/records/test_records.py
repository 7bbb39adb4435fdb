"""Records to JSON and back."""

from __future__ import annotations

import inspect
import json
from dataclasses import is_dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain import branch, dates, findings
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings import meeting as meetings
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members import member as members
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.ledgers import StoredLedger
from dangjian_desktop.storage.records.records import from_json, from_plain, to_json, to_plain
from dangjian_desktop.storage.stored import Stored

RECORDS = [
    record
    for module in (branch, dates, findings, meetings, members)
    for record in vars(module).values()
    if inspect.isclass(record) and is_dataclass(record) and record.__module__ == module.__name__
]
TEXTS = st.text(max_size=12)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def _partial(day: date, precision: int) -> PartialDate:
    return PartialDate(*(day.year, day.month, day.day)[:precision])


st.register_type_strategy(PartialDate, st.builds(_partial, st.dates(), st.integers(1, 3)))
DETAILS = st.dictionaries(TEXTS, PLAIN, max_size=3)
LOOSE = {
    Meeting: {"details": DETAILS},
    Stored: {"body": DETAILS},
    StoredLedger: {"asking": DETAILS},
}


def _any(record: type) -> st.SearchStrategy[object]:
    if record in LOOSE:
        return st.builds(record, **LOOSE[record])
    return st.from_type(record)


@pytest.mark.parametrize(
    "record", [*RECORDS, Stored, StoredLedger], ids=lambda record: record.__name__
)
def test_every_record_comes_back_as_it_went(record: type) -> None:
    @settings(
        max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(_any(record))
    def comes_back(value: object) -> None:
        assert from_json(record, to_json(value)) == value
        assert json.loads(to_json(value)) == to_plain(value)

    comes_back()


def test_a_key_of_another_version_is_left_out() -> None:
    assert from_plain(Member, {"id": "1", "name": "张三", "later": 1}) == Member(
        id="1", name="张三"
    )


@pytest.mark.parametrize(
    "damaged", ["[]", '{"id":1,"name":"张三"}', '{"id":"1","name":"张三","kinds":"x"}', "{"]
)
def test_what_is_no_record_is_refused(damaged: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_json(Member, damaged)


def test_a_person_is_read_with_what_a_later_version_adds_and_refused_where_it_is_none() -> None:
    stands = {"name": "王芳", "member_id": None}
    assert from_plain(Person, stands) == from_plain(Person, stands | {"later": ["x"]})
    for name in (["王芳"], 1, None):
        with pytest.raises(TypeError):
            from_plain(Person, stands | {"name": name})
