"""All that a library records, kind by kind and ledger by ledger, as plain JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.checks.checks import finding_json
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.member_form import plain
from dangjian_desktop.services.summaries.summaries import figures_json


def recorded(desk: Desk, year: int) -> dict[str, Any]:
    """The records by kind and id, those of each ledger, the check and the figures of a year."""
    ids = [*desk.roster.find(), *desk.roster.find(present=False)]
    kinds: dict[str, list[dict[str, Any]]] = {
        "meeting": desk.meetings.listed(MeetingFilter()),
        "project": desk.projects.as_json(ProjectFilter()),
        **{code: service.as_json(service.all()) for code, service in desk.shared.items()},
        **{
            entry.ledger.code: desk.ledgers.as_json(entry.ledger.code)
            for entry in desk.ledgers.all()
        },
    }
    last = date(year, 12, 31)
    return {
        "member": {uid: plain(member) for uid, member in desk.roster.get(ids).items()},
        **{code: {row["id"]: row for row in rows} for code, rows in kinds.items()},
        "check": [finding_json(finding) for finding in desk.check.findings(last)],
        "figures": figures_json(desk.summaries.figures(Period(year, 1, 12))),
        "kinds": desk.branch.own_kinds(),
        "categories": list(desk.projects.categories()),
    }
