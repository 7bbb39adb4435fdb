"""What cannot be is refused in words at every entry, before anything is kept."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch_form import branch_values
from dangjian_desktop.services.papers.printing import Format, Wanted
from tests.services.make import a_library, a_meeting, clock
from tests.services.projects.test_projects import a_project

INVISIBLE = "\u200b\u2060\ufeff\x00"
LONG = "甲" * 300_000


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


def _row(topic):
    values = {"day": "2026-03-05", "topic": topic, "form": "class", "organiser": "支部"}
    return [{"values": values | {"hours": "2", "who": ["张三"], "kind": "focused"}}]


def _item(topic):
    return [a_meeting()["agenda"][0] | {"topic": topic}]


def _branch(desk):
    return branch_values(desk.branch.history())


def _member(desk, name):
    return desk.roster.listed()[0] | {"id": None, "name": name, "ethnicity": "汉族"}


ENTRIES = {
    "meeting": lambda desk, text: desk.meetings.import_json(a_meeting(title=text)),
    "agenda": lambda desk, text: desk.meetings.import_json(a_meeting(agenda=_item(text))),
    "project": lambda desk, text: desk.projects.import_json(a_project(title=text)),
    "member": lambda desk, text: desk.roster.records.import_json(_member(desk, text)),
    "row": lambda desk, text: desk.ledger_imports.run_json(
        "training", _row(text), "x.json", copy=False
    ),
    "ledger": lambda desk, text: desk.ledger_styles.define(desk.ledger_styles.new(text)),
    "category": lambda desk, text: desk.projects.add_category("书记项目", text),
    "branch": lambda desk, text: desk.branch.enter(_branch(desk) | {"name": text}),
    "kind": lambda desk, text: desk.branch.add_kind(text, Expected.ALL_MEMBERS),
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    "text", ["", " \u3000", INVISIBLE, LONG], ids=["", "blank", "none", "long"]
)
def test_a_name_of_nothing_or_without_end_is_refused(desk, entry, text):
    with pytest.raises(InputError) as refused:
        ENTRIES[entry](desk, text)
    assert all((refused.value.message, refused.value.remedy))


@pytest.mark.parametrize("state", [[], {}, 7, True, "x", [None], [["running"]]])
def test_a_state_of_another_type_is_refused(desk, state):
    with pytest.raises(InputError, match="没有导入"):
        desk.projects.import_json(a_project(state=state))


@pytest.mark.parametrize("kinds", [["theme_day"] * 2, "theme_day", [["theme_day"]], [{}], {}, 7])
def test_kinds_that_are_none_or_named_twice_are_refused(desk, kinds):
    with pytest.raises(InputError) as refused:
        desk.meetings.import_json(a_meeting(kinds=kinds, details={}))
    assert "kinds" in {issue.field for issue in refused.value.issues}


def test_an_agenda_of_more_than_a_hundred_items_is_printed(desk, tmp_path):
    agenda = [{"topic": f"议题{number}"} for number in range(1, 131)]
    [uid] = desk.meetings.import_json(a_meeting(agenda=agenda))["ids"]
    for layout in Layout.OFFICIAL, Layout.FORM:
        wanted = Wanted(layout=layout)
        sheet = desk.printing.sheet("minutes", uid, wanted)
        [file] = desk.printing.write("minutes", sheet, tmp_path, wanted, (Format.PDF,))
        assert file.stat().st_size > 10_000


def test_numerals_go_on_behind_ninety_nine():
    told = {1: "一", 10: "十", 19: "十九", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一"}
    told |= {110: "一百一十", 2026: "二千零二十六", 9999: "九千九百九十九", 10_000: "10000"}
    assert {number: numeral(number) for number in told} == told
    assert len({numeral(number) for number in range(1, 10_000)}) == 9_999
