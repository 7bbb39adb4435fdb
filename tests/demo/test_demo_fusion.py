"""The business priorities of the sample year have a page each."""

from __future__ import annotations

from contextlib import closing

from pypdfium2 import PdfDocument

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.make import clock

YEAR = Period(2025, 1, 12)


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
