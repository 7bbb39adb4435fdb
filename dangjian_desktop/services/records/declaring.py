"""What one library declares, and the facts by which its records are judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.meetings.kinds import Expected, Kinds, own_kind
from dangjian_desktop.domain.record import Declared, Facts
from dangjian_desktop.storage.work import Work

OWN_KINDS = "meeting_kinds"
"""The setting with the branch's own kinds: [{code, title, expected}]."""


def kinds_of(work: Work) -> Kinds:
    """All kinds of meeting of the library."""
    own = work.settings.get(OWN_KINDS, [])
    return Kinds(own_kind(k["code"], k["title"], Expected(k["expected"])) for k in own)


def declared_of(work: Work) -> Declared:
    """The built-in records with what the library adds."""
    return Declared(RECORDS, kinds=kinds_of(work))


def facts_of(work: Work, now: datetime, categories: Any = None) -> Facts:
    """Facts as of a moment; ``categories`` are those of projects, where these are judged."""
    members = work.roster()
    return Facts(
        today=now.date(),
        declared=declared_of(work),
        roll=members.on,
        members=members,
        categories=categories,
    )
