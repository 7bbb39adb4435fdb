"""What nobody has chosen is unknown, from the declaration down to the paper: never a "no"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pytest

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.figures import grid_of
from dangjian_desktop.domain.ledgers.ledger import GridPrint
from dangjian_desktop.domain.meetings.kinds import BUILT_IN
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.papers.catalogue import MEETING, PROJECT, Wanted, papers_of
from dangjian_desktop.papers.ledgers.compose import compose_print
from dangjian_desktop.papers.ledgers.prints import papers_of_ledger
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.services.papers.sheets import Asked, sheet_of
from tests.domain.ledgers.making import a_row, entries
from tests.golden.shown import clock
from tests.guards import doors
from tests.guards.walking import hints_of
from tests.papers.ledgers.test_ledger_prints import SAMPLE, a_sheet

CHOICES = (FieldType.CHOICE, FieldType.YES_NO)
SETTLED = {
    "meeting.agenda.matter": "an item that nobody classified is held against the general rule",
    "item.state": "an item is registered until it is moved on",
    "project.state": "a project is a draft until it is moved on",
    "project.history.taken_back": "an act of the program, not a question",
    "project.targets.direction": "asked with the target",
    "project.targets.counting": "asked with the target",
    "indicator.direction": "asked with the indicator, as with a target",
    "indicator.counting": "asked with the indicator, as with a target",
}
"""Choices that have a value of their own from the start, and why."""
COUNTED = {"stated_state"}
"""What is told from the record itself where nothing is stated, and asked of nobody."""


def choices_of(place: str, declared: tuple[Field, ...]) -> Iterator[tuple[str, Field, Any]]:
    """Every choice at any depth, with the class that holds it."""
    for field in declared:
        if field.type in CHOICES:
            yield f"{place}.{field.name}", field, None
        for name, inner, of in choices_of(f"{place}.{field.name}", field.columns):
            yield name, inner, of or field.of


def declared_choices() -> list[tuple[str, Field, Any]]:
    found = [each for r in RECORDS for each in choices_of(r.code, r.fields)]
    found += [each for k in BUILT_IN for each in choices_of(f"details.{k.code}", k.fields)]
    found += [
        each for ledger in shipped().values() for each in choices_of(ledger.code, ledger.fields)
    ]
    return found


def test_every_choice_is_none_until_it_is_made() -> None:
    told = {place for place, field, _of in declared_choices() if field.empty not in (None, "")}
    assert told <= set(SETTLED)
    for place, field, of in declared_choices():
        if of is not None and not field.required and place not in SETTLED:
            default = next(f.default for f in fields(of) if f.name == field.name)
            assert default in (None, "", MISSING), place


def optional(hint: Any) -> Any:
    """The enumeration or ``bool`` that a value may be beside None."""
    if get_origin(hint) not in (Union, UnionType) or NoneType not in get_args(hint):
        return None
    kinds = [part for part in get_args(hint) if part is not NoneType]
    closed = len(kinds) == 1 and isinstance(kinds[0], type)
    return kinds[0] if closed and (kinds[0] is bool or hasattr(kinds[0], "__members__")) else None


def open_places(record: Any, place: str = "") -> Iterator[tuple[str, Any, list[Any]]]:
    """Each place that may be open: the record with it open, and with each answer."""
    hints = hints_of(type(record))
    for field in fields(record):
        value, name = getattr(record, field.name), f"{place}{field.name}"
        if (kind := optional(hints[field.name])) and name not in COUNTED:
            answers = [replace(record, **{field.name: each}) for each in _all(kind)]
            yield name, replace(record, **{field.name: None}), answers
        for number, part in enumerate(value if isinstance(value, tuple) else (value,)):
            if not is_dataclass(part) or isinstance(part, type):
                continue
            for inner, unknown, answers in open_places(part, f"{name}."):
                put = _putter(record, field.name, value, number)
                yield inner, put(unknown), [put(each) for each in answers]


def _all(kind: Any) -> tuple[Any, ...]:
    return (True, False) if kind is bool else tuple(kind)


def _putter(record: Any, name: str, value: Any, number: int) -> Any:
    def put(part: Any) -> Any:
        whole = (*value[:number], part, *value[number + 1 :]) if isinstance(value, tuple) else part
        return replace(record, **{name: whole})

    return put


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with doors.full_desk(tmp_path_factory.mktemp("full")) as opened:
        yield opened


def documents(desk: Any, subject: str, record: Any) -> dict[tuple[str, Any], Document]:
    """Every paper about a record in every layout."""
    found = {}
    with desk._library.reading() as work:
        for paper in papers_of(subject):
            if paper.part and getattr(record, paper.part) is None:
                continue
            for layout in paper.layouts:
                wanted, now = Wanted(layout=layout), clock()
                sheet = sheet_of(work, Asked(paper, record, wanted, now.date(), now))
                found[paper.code, layout] = paper.composer(sheet, wanted)
    return found


def told_alike(unknown: dict, answers: list[dict]) -> list[Any]:
    """The papers that tell the answers apart, and yet an open choice like one of them."""
    wrong = []
    for paper, document in unknown.items():
        shown = [answer[paper].blocks for answer in answers if paper in answer]
        apart = any(blocks != shown[0] for blocks in shown)
        if apart and document.blocks in shown:
            wrong.append(paper)
    return wrong


@pytest.mark.parametrize(("subject", "kind"), [(MEETING, Meeting), (PROJECT, Project)])
def test_no_paper_prints_an_open_choice_like_an_answer(desk, subject: str, kind: type) -> None:
    wrong, walked = {}, set()
    for record in doors.records(desk)[kind]:
        for place, unknown, answers in open_places(record):
            walked.add(place)
            made = [documents(desk, subject, answer) for answer in answers]
            if alike := told_alike(documents(desk, subject, unknown), made):
                wrong[place] = alike
    assert wrong == {}
    if kind is Meeting:
        assert {"late_entry.paper_original", "agenda.candidates.elected"} <= walked


def test_no_paper_prints_an_open_detail_like_an_answer(desk) -> None:
    base = next(m for m in doors.records(desk)[Meeting] if m.held)
    for kind in BUILT_IN:
        for field in kind.fields:
            for column in field.columns:
                if column.type in CHOICES:
                    rows = [{"name": "甲", column.name: code} for code, _words in column.choices]
                    made = [
                        documents(desk, MEETING, _with_detail(base, kind.code, field.name, row))
                        for row in rows
                    ]
                    bare = _with_detail(base, kind.code, field.name, {"name": "甲"})
                    assert told_alike(documents(desk, MEETING, bare), made) == []


def _with_detail(base: Meeting, code: str, name: str, row: dict[str, Any]) -> Meeting:
    return replace(base, kinds=(code,), details={name: [row]})


@pytest.mark.parametrize("code", sorted(shipped()))
def test_no_print_of_a_ledger_tells_an_open_choice_like_an_answer(code: str) -> None:
    ledger = shipped()[code]
    for field in ledger.fields:
        if field.type not in CHOICES or code not in SAMPLE:
            continue
        codes = [c for c, _ in field.choices] or [True, False]
        values = SAMPLE[code][0]["values"]
        rows = [a_row(ledger, values | {field.name: each}) for each in codes]
        blank = replace(
            rows[0], values={n: v for n, v in rows[0].values.items() if n != field.name}
        )
        for paper in papers_of_ledger(ledger):
            made = [{paper.code: _printed(ledger, paper, row)} for row in rows]
            unknown = {paper.code: _printed(ledger, paper, blank)}
            assert told_alike(unknown, made) == [], (field.name, paper.code)


def _printed(ledger: Any, paper: Any, row: Any) -> Document:
    layout, more = ledger.prints[paper.number], {}
    if isinstance(layout, GridPrint):
        more["grid"] = grid_of(ledger, layout, entries(ledger, layout, [row]), [("甲", "甲")])
    return compose_print(a_sheet(ledger, [row], layout=layout, **more), Wanted())
