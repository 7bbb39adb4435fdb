"""The papers of the sample year are made as of its end, whenever they are printed."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.services.library.demo import _subjects, make_demo_library
from dangjian_desktop.services.papers.printing import PrintingService


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = make_demo_library(tmp_path_factory.mktemp("papers") / "示例.dangjian")
    yield made
    made.close()


def test_no_paper_of_the_year_tells_the_moment_of_its_printing(library):
    printing, feet = PrintingService(library), {}
    for paper in printing.papers():
        for uid, wanted in _subjects(library, paper):
            foot = printing.document(paper.code, uid, wanted).foot
            feet.setdefault(paper.code, set()).add(foot)
            assert "打印时间" not in foot, paper.code
            assert foot == "" or "的情况打印" in foot, paper.code
    for code in ("agenda", "minutes", "month_sheet", "check", "item_ledger", "fusion_overview"):
        assert all("按 2025-12-31 的情况打印" in foot for foot in feet[code]), code


def test_what_was_reopened_in_the_year_has_the_day_it_had_before(library):
    with library.reading() as work:
        [item] = (i for i in work.every("item") if any(step.was_due for step in i.history))
    assert item_on(item, date(2025, 2, 25)).due == date(2025, 2, 28)
    assert item.due == date(2026, 1, 31)
