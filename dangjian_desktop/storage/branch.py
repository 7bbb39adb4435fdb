"""The one branch that a library belongs to, with all that it ever was."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.records import from_plain
from dangjian_desktop.storage.records.settings import SettingStore

_BRANCH = "library.branch"


class BranchStore:
    """The branch of the library."""

    def __init__(self, connection: Connection) -> None:
        self._settings = SettingStore(connection)
        self._journal = Journal(connection)

    def get(self) -> BranchHistory:
        """All that was true of it at any time."""
        history: BranchHistory = from_plain(BranchHistory, self._settings.get(_BRANCH))
        return history

    def on(self, day: date) -> Branch:
        """What was true of it on the day."""
        return self.get().on(day)

    def save(self, history: BranchHistory) -> BranchHistory:
        """Store it."""
        self._settings.put(_BRANCH, history)
        self._journal.add("修改支部信息", "branch")
        return history
