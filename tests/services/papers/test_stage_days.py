"""A paper about a stage tells of the day of that stage, in its text, its tables and its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.domain.projects.project import MidtermReport, ProjectState, StateChange
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.papers.printing import PrintingService
from tests.papers import project_sample
from tests.papers.sample import said
from tests.services.make import a_library, clock

STAGE, LATER = date(2026, 1, 20), date(2026, 2, 25)


@pytest.fixture
def printing(tmp_path):
    library = a_library(tmp_path)
    yield PrintingService(library, clock)
    library.close()


def the_project():
    known = project_sample.project(midterm=MidtermReport(done="三个节点完成"))
    steps = [
        replace(known.milestones[0], what=f"节点{n}", planned=STAGE, actual=day, weight=Decimal(1))
        for n, day in enumerate((STAGE, LATER))
    ]
    target = replace(
        known.targets[0],
        baseline=Decimal(0),
        target=Decimal(100),
        values={"2026-01": Decimal(40), "2026-02": Decimal(90)},
    )
    history = tuple(
        StateChange(state=state, on=day, by="", paper="")
        for state, day in ((ProjectState.MIDTERM, STAGE), (ProjectState.RUNNING, LATER))
    )
    return replace(known, milestones=tuple(steps), targets=(target,), history=history)


def test_the_midterm_report_stands_on_the_day_of_its_stage(printing):
    document = printing.of_record("project_midterm", the_project())
    text = said(document)
    assert "数据截止日：2026年1月20日" in text
    assert "截至2026年1月20日，完成率50.0%" in text
    assert "0|100|40|40.0%|否" in text
    assert document.name.endswith("_20260120")


def test_a_day_that_is_asked_for_goes_before(printing):
    text = said(printing.of_record("project_midterm", the_project(), Wanted(day=LATER)))
    assert "截至2026年2月25日，完成率100" in text
    assert "0|100|90|90.0%|否" in text


def test_without_the_stage_it_is_the_present_day(printing):
    bare = replace(the_project(), history=())
    assert f"数据截止日：{clock():%Y}年" in said(printing.of_record("project_midterm", bare))
