"""A brand shows the values of its indicators; promoted projects make one book of cases."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.fusion.fusion_world import PROJECT, a_desk, named

YEAR, BEFORE = Period(2026, 1, 12), Period(2025, 1, 12)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def texts(desk, code, uid="", **wanted):
    return [*desk.printing.document(code, uid, Wanted(**wanted)).texts()]


def test_the_form_tells_what_came_of_it_with_the_value_of_the_project(desk):
    told = {
        "name": "账本支部",
        "measures": ["记到人头", "按月公布"],
        "projects": [{"subject": "project", "id": PROJECT["id"]}],
        "indicators": [{"subject": "indicator", "id": named(desk, "材料消耗").id}],
        "self_score": "92.5",
    }
    [uid] = desk.shared["brand"].import_json(told)["ids"]
    said = "\n".join(texts(desk, "brand_form", uid))
    assert "截至2026年2月，托辊材料消耗由0.45元/吨煤降至0.43元/吨煤（目标0.42元/吨煤" in said
    assert "1. 记到人头\n2. 按月公布" in said
    assert "92.5分" in said
    assert "张三" in said


def test_what_is_lost_with_a_project_in_the_bin_is_said_and_the_project_is_no_longer_told(desk):
    told = {
        "name": "账本支部",
        "projects": [{"subject": "project", "id": PROJECT["id"]}],
        "indicators": [{"subject": "indicator", "id": named(desk, "材料消耗").id}],
    }
    [uid] = desk.shared["brand"].import_json(told)["ids"]
    title = desk.projects.one(PROJECT["id"]).title
    assert title in "".join(texts(desk, "brand_form", uid))
    desk.projects.delete(PROJECT["id"])
    said = texts(desk, "brand_form", uid)
    assert "指标“材料消耗”所关联的项目指标已不在。" in said
    assert title not in "".join(said)


def test_an_empty_form_has_no_words_of_a_brand(desk):
    said = texts(desk, "brand_form")
    assert "品牌内涵" in said
    assert not [each for each in said if "待明确" in each]


def a_change(state, day):
    return StateChange(state=state, on=day, by="支部委员会", paper="会议记录")


def moved(desk, *states):
    for number, state in enumerate(states, 1):
        desk.projects.change_state(PROJECT["id"], a_change(state, date(2026, 3, number)))


WAY = (
    *(ProjectState.DECLARED, ProjectState.APPROVED, ProjectState.RUNNING),
    *(ProjectState.CLOSING, ProjectState.ACCEPTED),
)


def test_what_was_accepted_can_be_promoted_and_stands_in_the_book_of_its_year(desk):
    moved(desk, *WAY, ProjectState.PROMOTED)
    assert desk.projects.one(PROJECT["id"]).state is ProjectState.PROMOTED
    said = texts(desk, "case_book", period=YEAR)
    assert "案例一　托辊回收修旧降消耗" in said
    assert "2026年3月6日，支部委员会决定推广（会议记录）。" in said
    assert any(each.startswith("截至2026年2月，托辊材料消耗由0.45元/吨煤降至") for each in said)
    assert "这一年没有状态为“推广”的项目。" in texts(desk, "case_book", period=BEFORE)


def test_what_did_not_pass_cannot_be_promoted(desk):
    moved(desk, *WAY[:-1], ProjectState.FAILED, ProjectState.ARCHIVED)
    change = a_change(ProjectState.PROMOTED, date(2026, 3, 20))
    with pytest.raises(InputError) as refused:
        desk.projects.change_state(PROJECT["id"], change)
    assert "没有通过验收的项目不能推广" in "".join(i.message for i in refused.value.issues)
