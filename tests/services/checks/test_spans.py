"""Every finding tells of days, those of a year only of days of that year."""

from __future__ import annotations

from contextlib import closing
from random import Random

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.checks.checks import CheckService, _judging
from dangjian_desktop.services.papers.printing import PrintingService
from tests.services.checks.changing import Desk
from tests.services.make import a_library


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with closing(a_library(tmp_path_factory.mktemp("spans"))) as library:
        made = Desk(library, Random(0))
        for _ in range(6):
            made.several()
        yield made


def test_what_is_found_of_a_year_is_told_of_that_year(desk):
    with desk.library.reading() as work:
        judging = _judging(work, desk.today)
        for year in judging.years:
            found = [f for part in judging.of_year(year).values() for f in part]
            assert [f for f in found if {day.year for day in f.span} != {year}] == []


def test_the_years_together_are_everything(desk):
    check: CheckService = desk.check
    by_year = [f for year in check.years() for f in check.told_of(Period(year, 1, 12))]
    assert sorted(by_year, key=str) == sorted(check.findings(), key=str)


def test_what_a_period_is_told_stands_in_its_paper_rule_by_rule_with_counts(desk):
    year = desk.today.year
    found = desk.check.told_of(Period(year, 1, 12))
    printing = PrintingService(desk.library, lambda: desk.now)
    texts = printing.document("check", wanted=Wanted(period=Period(year, 1, 12))).texts()
    said = list(texts)
    assert any(f"共{len(found)}条" in text for text in said)
    for finding in found:
        told = finding.message in said
        assert told is (finding.verdict.value != "ok"), finding
    by_rule = {rule: [f for f in found if f.rule == rule] for rule in {f.rule for f in found}}
    calm = [fs for fs in by_rule.values() if all(f.verdict.value == "ok" for f in fs)]
    last = next(text for text in reversed(said) if "各项均符合：" in text)
    assert all(f"{desk.check.rules()[fs[0].rule].title}{len(fs)}" in last for fs in calm)
    assert last.count("，") == len(calm) - 1
