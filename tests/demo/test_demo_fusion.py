"""The business priorities of the sample year have a page each."""

from __future__ import annotations

import re
from contextlib import closing

from pypdfium2 import PdfDocument

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import _subjects, make_demo_library
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.make import clock

YEAR = Period(2025, 1, 12)
CAUSES = ("带动", "促进", "得益于")
EFFECT = re.compile(
    r"(?:截至\d{4}年\d+月|\d{4}年\d+月(?:至(?:\d{4}年)?\d+月)?(?:累计|平均))，[^，。]+?"
    r"(?:由\S+?(?:升至|降至|到)\S+?|为\S+?，基准待明确)（目标[^）]+，来源：.+?）"
)
"""Period, indicator, baseline, value, target and source, and nothing between them."""


def test_each_priority_of_the_year_is_one_page(tmp_path):
    with closing(Desk(make_demo_library(tmp_path / "示例.dangjian"), clock)) as desk:
        lengths = {}
        for priority in desk.fusion.in_year(YEAR.year):
            pdf = desk.printing.preview("fusion_page", priority.id, Wanted(period=YEAR))
            with closing(PdfDocument(pdf)) as document:
                lengths[priority.name] = len(document)
        quarter = Wanted(period=Period(YEAR.year, 1, 3))
        [uid] = [each.id for each in desk.fusion.in_year(YEAR.year) if each.name == "服务"]
        said = " ".join(desk.printing.document("fusion_page", uid, quarter).texts())
        assert "4月30日前，办理中" in said, "closed in April, told as of the end of March"
        assert lengths == {"安全": 1, "产量": 1, "成本": 1, "服务": 1}


def test_no_paper_of_the_year_says_why_and_every_effect_is_figures_alone(tmp_path):
    with closing(make_demo_library(tmp_path / "示例.dangjian")) as library:
        printing, effects = Desk(library, clock).printing, set()
        for paper in printing.papers():
            for uid, wanted in _subjects(library, paper):
                for text in printing.document(paper.code, uid, wanted).texts():
                    assert not [word for word in CAUSES if word in text], paper.code
                    if "（目标" in text and "来源：" in text:
                        assert EFFECT.search(text), text
                        effects.add((paper.code, text))
    assert {"fusion_page", "brand_form", "summary"} <= {code for code, _text in effects}
