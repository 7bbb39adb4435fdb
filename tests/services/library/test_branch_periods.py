"""The branch as periods: what the form makes of a change, what it refuses, what rules judge."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.branch import BranchTerm, UnitKind
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.library.branch import BranchService
from dangjian_desktop.services.library.branch_form import branch_values
from tests.services.make import a_library, clock

OLD, NEW = "中共测试公司机关党支部", "中共测试公司总部党支部"
BEFORE, SINCE, TODAY = date(2025, 6, 30), date(2025, 7, 1), clock().date()
RENAMED = {"name": NEW, "change": "from", "since": SINCE.isoformat()}


@pytest.fixture
def service(tmp_path):
    library = a_library(tmp_path)
    yield BranchService(library, clock)
    library.close()


def names(service) -> list[tuple[str, date | None]]:
    return [(period.name, period.since) for period in service.history().periods]


def refused(service, values) -> dict[str, str]:
    before = service.history()
    with pytest.raises(InputError) as caught:
        service.enter(values)
    assert service.history() == before
    return dict(caught.value.fields)


def test_a_new_name_from_a_day_on_leaves_the_old_one_before_it(service):
    service.enter({"superior": "中共测试公司委员会", "short_name": "机关"})
    service.enter(RENAMED | {"short_name": None})
    history = service.history()
    assert names(service) == [(OLD, None), (NEW, SINCE)]
    assert history.on(BEFORE).short == "机关"
    assert history.on(SINCE).short == NEW
    assert history.on(BEFORE).superior == history.on(TODAY).superior == "中共测试公司委员会"
    assert service.get().name == NEW


def test_a_mistake_put_right_is_no_period(service):
    service.enter({"name": NEW, "change": "fix"})
    assert names(service) == [(NEW, None)]


def test_what_was_empty_is_filled_in_without_a_question(service):
    service.enter(
        {"further_superiors": ["中共乙集团委员会", "", "中共丙省委"], "unit_kind": "school"}
    )
    [period] = service.history().periods
    assert period.further_superiors == ("中共乙集团委员会", "中共丙省委")
    assert period.unit_kind is UnitKind.SCHOOL
    assert service.get().superiors == ()


def test_whether_new_or_put_right_is_asked_and_never_guessed(service):
    service.enter({"term_start": "2021-07-01"})
    told = refused(service, {"name": NEW, "term_start": "2024-07-01"})
    assert set(told) == {"change", "term_change"}
    assert "从某一天起" in told["change"]
    assert "换届" in told["term_change"]
    assert set(refused(service, {"name": NEW, "change": "from"})) == {"since"}


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-04-01", "晚于今天"),
        ("2015-06-30", "早于党支部成立日期"),
        ("2025-06-30", "2025年7月1日已经变过一次"),
        ("七月", "应为日期"),
    ],
)
def test_a_day_from_which_nothing_can_have_changed_is_refused(service, since, words):
    service.enter(RENAMED | {"founded": "2015-07-01"})
    told = refused(service, {"name": "又改", "change": "from", "since": since})
    assert words in told["since"]


def test_another_value_that_changed_later_is_carried_on(service):
    service.enter({"superior": "甲"})
    service.enter({"superior": "乙", "change": "from", "since": "2025-12-01"})
    service.enter(RENAMED)
    history = service.history()
    assert names(service) == [(OLD, None), (NEW, SINCE), (NEW, date(2025, 12, 1))]
    assert [history.on(d).superior for d in (BEFORE, SINCE, TODAY)] == ["甲", "甲", "乙"]


def test_the_form_shows_periods_and_terms_and_gives_them_back_as_they_were(service):
    service.enter({"term_start": "2021-07-01", "founded": "2015-07-01"})
    service.enter(RENAMED | {"term_start": "2024-07-01", "term_change": "new"})
    history = service.history()
    shown = branch_values(history)
    assert shown["name"] == NEW
    [row] = shown["earlier"]
    assert (row["since"], row["until"], row["name"]) == (None, "2025-07-01", OLD)
    assert shown["earlier_terms"] == [{"start": "2021-07-01", "years": 3}]
    assert service.enter(shown) == history


def test_earlier_names_are_entered_moved_and_taken_away_in_their_rows(service):
    rows = [
        {"since": "2018-01-01", "until": "2020-05-01", "name": "乙支部"},
        {"until": "2018-01-01", "name": "甲支部", "further_superiors": ["中共丙集团委员会"]},
    ]
    service.enter({"earlier": rows})
    second, third = date(2018, 1, 1), date(2020, 5, 1)
    assert names(service) == [("甲支部", None), ("乙支部", second), (OLD, third)]
    service.enter({"earlier": []})
    assert names(service) == [(OLD, None)]


FIRST = {"until": "2018-01-01", "name": "甲支部"}


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        (
            [FIRST, {"since": "2018-02-01", "until": "2020-01-01", "name": "乙"}],
            "1.since",
            "没有登记名称",
        ),
        ([FIRST, {"since": "2017-12-01", "until": "2020-01-01", "name": "乙"}], "1.since", "重叠"),
        ([FIRST, {"until": "2020-01-01", "name": "乙"}], "1.since", "只有最早的一行"),
        ([{"name": "甲支部"}], "0.until", "请填写至"),
        ([{"until": "2018-01-01"}], "0.name", "请填写党支部全称"),
        ([{"since": "2018-01-01", "until": "2018-01-01", "name": "甲"}], "0.until", "晚于开始"),
        ([{"until": "2026-12-01", "name": "甲支部"}], "0.until", "晚于今天"),
        ([{"until": "一八年", "name": "甲支部"}], "0.until", "应为日期"),
    ],
)
def test_rows_that_leave_a_gap_or_overlap_are_refused_at_their_cell(service, rows, place, words):
    told = refused(service, {"earlier": rows})
    assert words in told[f"earlier.{place}"]


def test_a_new_term_keeps_the_one_before_and_a_correction_does_not(service):
    service.enter({"term_start": "2021-07-01"})
    service.enter({"term_start": "2024-07-01", "term_years": 5, "term_change": "new"})
    terms = (BranchTerm(start=date(2021, 7, 1)), BranchTerm(start=date(2024, 7, 1), years=5))
    assert service.history().terms == terms
    service.enter({"term_start": "2024-07-10", "term_change": "fix"})
    assert [str(term.start) for term in service.history().terms] == ["2021-07-01", "2024-07-10"]
    told = refused(service, {"term_start": "2020-07-01", "term_change": "new"})
    assert "应晚于上一届的2024年7月10日" in told["term_start"]
    told = refused(service, {"earlier_terms": [{"start": "2024-07-10", "years": 3}]})
    assert "同一天" in told["term_start"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 6, 30), ""),
        (date(2023, 12, 29), "任期至2024-06-30"),
        (date(2024, 3, 1), "将于2024-06-30届满"),
        (date(2024, 7, 15), "已于2024-06-30届满"),
        (date(2024, 8, 1), "任期至2027-07-31"),
    ],
)
def test_a_rule_judges_the_term_of_its_day(tmp_path, day, words):
    library = a_library(tmp_path)
    try:
        service = BranchService(library, clock)
        service.enter({"term_start": "2021-07-01"})
        service.enter({"term_start": "2024-08-01", "term_change": "new"})
        found = CheckService(library, clock).findings(day, "CAD-TERM")
        assert bool(found) is bool(words)
        assert all(words in finding.message for finding in found)
    finally:
        library.close()


def test_info_tells_the_present_and_every_period(service):
    service.enter(RENAMED | {"unit_kind": "government", "superior": "中共测试公司委员会"})
    told = service.info()
    assert (told["branch"], told["superior"]) == (NEW, "中共测试公司委员会")
    assert (told["unit_kind"], told["further_superiors"]) == ("government", [])
    assert [(p["name"], p["since"]) for p in told["periods"]] == [(OLD, None), (NEW, "2025-07-01")]
    assert told["terms"] == [{"start": None, "years": 3}]
    past = service.as_json(BEFORE)
    assert (past["as_of"], past["name"], past["unit_kind"]) == ("2025-06-30", OLD, None)
    assert past["term"] == {"start": None, "years": 3, "end": None}
