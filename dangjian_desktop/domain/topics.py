"""What a change is about, so that open pages know when to ask again."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """Subjects of announcements after a commit."""

    BRANCH = "branch"
    MEMBERS = "members"
    MEETINGS = "meetings"
    PROJECTS = "projects"
    LEDGERS = "ledgers"
    RECORDS = "records"
    DRAFTS = "drafts"
    SETTINGS = "settings"
    WAIVERS = "waivers"
    SUMMARIES = "summaries"
