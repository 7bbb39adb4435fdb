"""Every record that is built in. Nothing in the domain asks for it: it would be a circle."""

from __future__ import annotations

from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.appraisals.record import FUSION_APPRAISAL
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.fusion.record import BRAND, INDICATOR, PRIORITY
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.templates.record import TEMPLATE

SHARED: tuple[Record, ...] = (
    # One to a line.
    PLAN,
    PRIORITY,
    INDICATOR,
    BRAND,
    HEART_TALK,
    ITEM,
    AGREEMENT,
    ASSESSMENT,
    FUSION_APPRAISAL,
    PACKAGE,
    TEMPLATE,
)
"""Records of one table for all, which are listed, edited, found and exported by the code of all."""

RECORDS: tuple[Record, ...] = (MEMBER, MEETING, PROJECT, *SHARED)
