"""Q-SUM: the sheets of a 民主评议 are judged as those of every other rating."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.findings import Verdict
from tests.domain.checks.test_conduct import ON, a_meeting, facts, members

ROW = {"name": "甲", "excellent": 2, "qualified": 8, "basic": 0, "unqualified": 0}


def judged(ballots, *rows):
    details = {"ballots": ballots, "grades": list(rows)}
    known = facts(members(10), [a_meeting(ON, "democratic_appraisal", details=details)])
    from dangjian_desktop.domain.checks.appraisal_sheets import appraisal_sheet_findings

    return [(f.rule, f.verdict, f.message) for f in appraisal_sheet_findings(known)]


@pytest.mark.parametrize(
    ("ballots", "row", "words"),
    [
        ({"issued": 10, "returned": 11}, {}, "收回11张，多于发出的10张"),
        ({"issued": 10, "returned": 9, "valid": 10}, {}, "有效10张，多于收回的9张"),
        ({"valid": 10}, ROW | {"excellent": 3}, "“甲”各等次合计11张，多于有效的10张"),
        ({"valid": 10}, ROW | {"excellent": 1}, "“甲”各等次合计9张，比有效的10张少1张"),
    ],
)
def test_what_does_not_agree_is_a_notice(ballots, row, words):
    assert judged(ballots, row) == [("Q-SUM", Verdict.NOTICE, f"测评票数不一致：{words}。")]


def test_what_agrees_is_in_order_and_nothing_is_said_of_nothing():
    sheets = {"issued": 10, "returned": 10, "valid": 10}
    assert judged(sheets, ROW)[0][1] is Verdict.OK
    assert judged({}, ROW) == []
    bare = {"name": "甲", "excellent": 2, "qualified": None, "basic": None, "unqualified": None}
    assert judged(sheets, bare)[0][1] is Verdict.OK, "a nought may have been left out"
