"""Minutes of one sitting of an activity know who came to the other, read from the library."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService, Wanted
from tests.services.make import NAMES, a_library, a_meeting, clock


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    "name", ["3月主题党日", "三月活动（倒班，两场）", "2026年3月主题党日 “学雷锋”"]
)
def test_whoever_came_to_the_other_sitting_is_told_there(library, name: str) -> None:
    service = MeetingService(library, clock)
    halves = (list(NAMES[:4]), [*NAMES[4:], "钱七"])
    ids = [
        service.import_json(
            a_meeting(
                kinds=["theme_day"],
                date=day,
                attendance={"present": there},
                agenda=[],
                details={},
                activity=name,
            )
        )["ids"][0]
        for day, there in zip(("2026-03-10", "2026-03-11"), halves, strict=True)
    ]
    printing = PrintingService(library, clock)
    for uid, others in zip(ids, reversed(halves), strict=True):
        text = "".join(printing.document("minutes", uid, Wanted()).texts())
        told = text[text.index("参加同一活动的其他场次") :]
        assert all(other in told for other in others)
        assert "未登记到会情况" not in text
