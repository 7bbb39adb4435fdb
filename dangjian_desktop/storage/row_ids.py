"""Row ids of records by UUID. Those of members are asked once and then known until a member is
changed: every sitting names dozens, and a row of the roster is a long one to read for its UUID."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Table

from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.tables import member

K = TypeVar("K")
V = TypeVar("V")
_UIDS = "SELECT id, uid FROM {} WHERE id IN (SELECT value FROM json_each(?))"
_IDS = "SELECT uid, id FROM {} WHERE uid IN (SELECT value FROM json_each(?))"


class MemberRows:
    """Row ids and UUIDs of members, as far as they were asked for; ``told`` is for what was made
    of them."""

    def __init__(self) -> None:
        self._uids: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self.told: dict[str, Any] = {}

    def itself(self) -> MemberRows:
        """These, for ``hand_in``."""
        return self

    def uids(self, connection: Connection, rows: Iterable[int]) -> Mapping[int, str]:
        """The UUIDs of at least these members."""
        return _learnt(connection, _UIDS.format(member.name), self._uids, rows)

    def ids(self, connection: Connection, uids: Iterable[str]) -> Mapping[str, int]:
        """The row ids of at least these members; one that is not stored is in no key."""
        return _learnt(connection, _IDS.format(member.name), self._ids, uids)


def hand_in(connection: Connection, known: Callable[[], MemberRows]) -> None:
    """Where ``member_rows`` finds those that are kept from one transaction to the next."""
    connection.info["member rows"] = known


def member_rows(connection: Connection) -> MemberRows:
    """Those that this transaction sees; without any handed in they last as long as it."""
    rows: MemberRows = connection.info.setdefault("member rows", MemberRows().itself)()
    return rows


def _learnt(
    connection: Connection, query: str, known: dict[K, V], asked: Iterable[K]
) -> Mapping[K, V]:
    new = [each for each in asked if each not in known]
    if new:
        known.update(driver_of(connection).execute(query, (json.dumps(new),)).fetchall())
    return known


class RowIds:
    """Row ids of records by UUID; each is asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, int]] = defaultdict(dict)

    def of(self, table: Table, uids: Iterable[str | None]) -> dict[str, int]:
        """Those of these records; one that is missing is in no key, None is nobody."""
        wanted = {uid for uid in uids if uid is not None}
        stored = self._stored(table, wanted)
        return {uid: stored[uid] for uid in wanted if uid in stored}

    def or_none(self, table: Table, uids: Iterable[str | None]) -> dict[str | None, int | None]:
        """The same, where nobody has no row."""
        found: dict[str | None, int | None] = {None: None}
        found.update(self.of(table, uids))
        return found

    def _stored(self, table: Table, uids: Iterable[str]) -> Mapping[str, int]:
        if table is member:
            return member_rows(self._connection).ids(self._connection, uids)
        known = self._known[table.name]
        return _learnt(self._connection, _IDS.format(table.name), known, uids)
