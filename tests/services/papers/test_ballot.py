"""The 选票 of a library: its names stand in the order of strokes, where every stroke is known."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    yield made
    made.close()


def ballot(library, *names: str) -> list[str]:
    election = a_meeting(
        kinds=["general_meeting", "election"],
        attendance={"present": []},
        agenda=[
            {
                "topic": "选举支部委员会委员",
                "matter": "election",
                "seats": 3,
                "candidates": [{"name": name} for name in names],
            }
        ],
        details={},
        host=None,
        stated=None,
    )
    (uid,) = MeetingService(library, clock).import_json(election)["ids"]
    return list(PrintingService(library, clock).document("ballot", uid).texts())


def test_the_names_stand_in_the_order_of_strokes_and_the_ballot_says_so(library):
    words = ballot(library, "潘海生", "石晓燕", "周立峰", "邢宝山", "丁一")
    names = ["丁一", "石晓燕", "邢宝山", "周立峰", "潘海生"]
    assert [text for text in words if text in names] == names
    assert any("候选人以姓氏笔画为序" in text for text in words)


def test_a_character_without_a_count_leaves_the_order_as_entered_and_unsaid(library):
    words = ballot(library, "潘海生", "Ж某", "丁一")
    names = ["潘海生", "Ж某", "丁一"]
    assert [text for text in words if text in names] == names
    assert not any("笔画" in text for text in words)
