"""What each paper is about, gathered from the library: one function for each subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.papers.catalogue import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    BRAND,
    CASES,
    CHECKS,
    GROUP_MONTH,
    ITEM,
    ITEMS,
    LEDGER,
    MEETING,
    MEMBERS,
    PERIOD,
    PLANS,
    PLUS,
    PRIORITIES,
    PRIORITY,
    PROJECT,
    PROJECTS,
    ROW,
    SENT,
    TALK,
    TALKS,
    Paper,
    Wanted,
)
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.stamping import stamped
from dangjian_desktop.storage.work import Work

SHEETS: Mapping[str, Late] = {
    subject: Late(f"services.papers.{place}")
    for subject, place in (
        (MEETING, "of_meetings:of_meeting"),
        (PROJECT, "of_projects:of_project"),
        (MEMBERS, "of_members:of_members"),
        (PROJECTS, "of_projects:of_projects"),
        (PERIOD, "of_periods:of_period"),
        (CHECKS, "of_checks:of_checks"),
        (SENT, "of_sent:of_sent"),
        (ROW, "of_ledgers:of_row"),
        (LEDGER, "of_ledgers:of_ledger"),
        (AGREEMENT, "of_agreements:of_agreement"),
        (APPRAISAL, "of_appraisals:of_appraisal"),
        (ASSESSMENT, "of_assessments:of_assessment"),
        (GROUP_MONTH, "of_groups:of_group"),
        (TALK, "of_talks:of_talk"),
        (TALKS, "of_talks:of_talks"),
        (ITEM, "of_items:of_item"),
        (ITEMS, "of_items:of_items"),
        (BRAND, "of_fusion:of_brand"),
        (CASES, "of_projects:of_cases"),
        (PLANS, "of_plans:of_plans"),
        (PLUS, "of_projects:of_plus"),
        (PRIORITY, "of_fusion:of_priority"),
        (PRIORITIES, "of_fusion:of_priorities"),
    )
}
"""By what a paper is of; minutes import nothing of projects, verdicts, summaries and ledgers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One print that is asked for: of ``record`` where the paper is about one.

    ``today`` is the day as of which is told, ``now`` the moment that the foot shows where no
    day is wanted.
    """

    paper: Paper
    record: Any
    wanted: Wanted
    today: date
    now: datetime

    @property
    def day(self) -> date:
        """The day that is wanted, else the clock's, in the sample too."""
        return self.wanted.day or self.now.date()

    def stamp(self, work: Work, version: int | None = None) -> Stamp:
        """What the foot says."""
        return stamped(work, version, self.now, self.wanted.day)


ABOUT_ONE = (
    *(MEETING, PROJECT, ROW, TALK, ITEM, AGREEMENT),
    *(ASSESSMENT, APPRAISAL, PRIORITY, BRAND),
)
"""Papers that are about one record."""


_CALLED = {
    MEETING: "会议",
    PROJECT: "项目",
    TALK: "谈心谈话",
    ITEM: "事项",
    AGREEMENT: "责任状",
    APPRAISAL: "融合成效测评",
    ASSESSMENT: "自评",
    PRIORITY: "业务重点",
    BRAND: "支部品牌",
}


def stored(work: Work, paper: Paper, uid: str) -> Any:
    """The record that the paper is about; raises ``InputError`` where there is none."""
    if paper.ledger is not None:
        return keeping.one(work, paper.ledger, uid)
    of, called = paper.of, _CALLED[paper.of]
    found: Any = work.of(of).one(uid)
    if found is None or found.deleted:
        raise InputError(f"没有编号为 {uid} 的{called}。", f"请用 {of} list 查看{called}编号。")
    return found


def sheet_of(work: Work, asked: Asked) -> Any:
    """All that the composer of the paper wants to know."""
    return SHEETS[asked.paper.of].read()(work, asked)
