"""What is kept in memory from one transaction to the next, while nobody changes it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table

from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.storage.file.connecting import touched
from dangjian_desktop.storage.members import MEMBERS
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.state import Renewed, state_of
from dangjian_desktop.storage.tables import member


class Remembered:
    """The roster of one library, known by the mark that every change of any process renews.

    A change of ours that left the members alone takes the roster along to its new mark.
    """

    def __init__(self) -> None:
        self._kept: tuple[str, Rolls] | None = None

    def roster(self, connection: Connection) -> Rolls:
        """Everybody ever on the roster, as this transaction sees them."""
        mark = state_of(connection.connection.dbapi_connection)
        if mark is None or member in touched(connection):
            return _read(connection)
        kept = self._kept
        if kept is None or kept[0] != mark:
            kept = self._kept = mark, _read(connection)
        return kept[1]

    def follow(self, renewed: Renewed, changed: Iterable[Table]) -> None:
        """After a commit that changed these tables of records."""
        kept = self._kept
        if kept is not None and kept[0] == renewed.before and member not in set(changed):
            self._kept = renewed.after, kept[1]


def _read(connection: Connection) -> Rolls:
    return Rolls(RecordStore(connection, MEMBERS).all())
