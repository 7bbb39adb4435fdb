"""A period is counted from its own year alone, with the figures that all years would give."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from dangjian_desktop.domain.checks.duties import judged_periods
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.summaries.counting import figures, fulfilment, gap_words
from dangjian_desktop.services.checks.gathering import gather, of_year
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.services.make import a_library, a_meeting, clock

TODAY = clock().date()
ALL = {"present": ["张三", "李四", "王五"], "video": [], "leave": [], "absent": [], "excluded": []}


def sitting(day: str, kind: str = "general_meeting", **more):
    given = {"title": day, "kinds": [kind], "attendance": ALL, "agenda": [], "stated": None}
    bare = {"details": {}, "observers": [], "for_year": None}
    return a_meeting(**{"date": day, **bare, **given, **more})


@pytest.fixture
def library(tmp_path):
    shift = {"activity": "节前安全课"}
    known = [
        sitting("2021-05-06", "theme_day"),
        sitting("2022-02-11", "org_life_meeting", for_year=2021),
        *(
            sitting(f"{year}-{month:02}-05", "theme_day")
            for year in (2023, 2024)
            for month in (3, 9)
        ),
        sitting("2024-12-31", "party_lecture", **shift),
        sitting("2025-01-03", "party_lecture", **shift),
        *(
            sitting(day, "theme_day", activity="轮训", attendance={**ALL, "present": there})
            for day, there in (("2022-06-01", ["张三"]), ("2024-04-20", ["李四", "王五"]))
        ),
        sitting("2025-03-20"),
        sitting("2026-02-12", "org_life_meeting", for_year=2025),
        # Entered years after, as far as a sitting may lie from the year it is for.
        sitting("2026-03-01", "democratic_appraisal", for_year=2024),
    ]
    with closing(a_library(tmp_path)) as made:
        MeetingService(made, clock).import_json(known)
        yield made


@pytest.mark.parametrize(
    "text", ["2021", "2022", "2024", "2024-H2", "2024-12", "2025", "2025-Q1", "2025-01", "2026-Q1"]
)
def test_figures_and_gaps_are_those_of_all_years(library, text):
    period = Period.parse(text)
    projects = ProjectFilter(year=period.year)
    with library.reading() as work:
        whole = gather(work, TODAY, None, projects)
        alone = gather(work, TODAY, of_year(period.year), projects)
    assert len(alone.meetings) < len(whole.meetings)
    assert figures(alone, period) == figures(whole, period)
    for kind in whole.kinds:
        assert gap_words(alone, period, kind) == gap_words(whole, period, kind)
        assert fulfilment(alone, period, kind) is fulfilment(whole, period, kind)


def test_what_is_judged_begins_with_the_first_sitting_of_all(library):
    with library.reading() as work:
        whole, alone = gather(work, TODAY), gather(work, TODAY, of_year(2025))
        before = gather(work, date(2020, 1, 1), of_year(2020))
    assert alone.first_day == date(2021, 5, 6)
    assert list(judged_periods(alone, 3)) == list(judged_periods(whole, 3))
    assert before.first_day == before.today
