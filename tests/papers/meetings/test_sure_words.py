"""达到规定人数 is printed only where everything that the check finds of the vote is in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Exclusion
from dangjian_desktop.papers.catalogue import MEETING, Wanted, papers_of
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from tests.papers.sample import (
    DAY,
    STAMP,
    admission,
    around,
    everybody_but,
    meeting,
    minutes,
    person,
    said,
    vote,
)

REACHED = "达到规定人数"
IN_ORDER = Exclusion(person(6), "长期患病、生活不能自理", "上级党委批复", DAY)


def admitting(exclusion: Exclusion | None = IN_ORDER, resolution: str = "同意接收。"):
    """Seventeen entitled without the excluded one, sixteen there, all in favour."""
    item = admission(vote=vote(16), resolution=resolution)
    excluded = () if exclusion is None else (exclusion,)
    away = (4, 6) if exclusion is None else (4,)
    attendance = tuple(
        a for a in everybody_but(*away) if exclusion is None or a.person.member_id != "m6"
    )
    return meeting(agenda=(item,), excluded=excluded, attendance=attendance)


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.FORM])
@pytest.mark.parametrize(
    ("held", "printed"),
    [
        (admitting(), True),
        (admitting(None), True),
        (admitting(replace(IN_ORDER, consent=None)), False),
        (admitting(replace(IN_ORDER, reason="长期患病")), False),
        (admitting(replace(IN_ORDER, approved_on=DAY.replace(month=4))), False),
        (admitting(resolution="全票通过。"), False),
    ],
)
def test_the_paper_is_sure_just_when_the_check_is(held, printed: bool, layout: Layout) -> None:
    text = said(minutes(held, layout))
    assert (f"半数，{REACHED}" in text) is printed
    known = replace(around(held), meetings=(held,))
    rules = ("Q-ADM", "Q-SUM", "ATT-EXCL")
    sure = all(f.verdict is Verdict.OK for rule in rules for f in examine(known, rule))
    assert sure is printed


def test_a_refuted_exclusion_counts_on_paper_too_and_one_in_order_on_no_sheet() -> None:
    refuted = replace(IN_ORDER, reason="长期患病")
    assert "应到18人" in said(minutes(admitting(refuted), Layout.FORM))
    assert "应到17人" in said(minutes(admitting(), Layout.FORM))
    signin = next(paper for paper in papers_of(MEETING) if paper.code == "signin")
    for exclusion, voters in ((IN_ORDER, 17), (refuted, 18)):
        held = admitting(exclusion)
        sheet = MeetingSheet(held, around(held), STAMP)
        words = said(signin.composer(sheet, Wanted(layout=Layout.FORM)))
        assert f"其中有表决权应到{voters}人" in words
