"""All that a library records, kind by kind and ledger by ledger, as plain JSON."""

from __future__ import annotations

from typing import Any

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.member_form import plain


def recorded(desk: Desk) -> dict[str, Any]:
    """The records by kind and id, those of each ledger, what the branch has of its own."""
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
    return {
        "member": {uid: plain(member) for uid, member in desk.roster.get(ids).items()},
        **{code: {row["id"]: row for row in rows} for code, rows in kinds.items()},
        "kinds": desk.branch.own_kinds(),
        "categories": list(desk.projects.categories()),
    }
