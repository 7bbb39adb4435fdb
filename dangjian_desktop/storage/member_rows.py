"""Which member has which row: every sitting names dozens, and a row of the roster is a long one to
read for its UUID alone. Asked once, then known until a member is changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection

from dangjian_desktop.storage.file.connecting import driver_of

K = TypeVar("K")
V = TypeVar("V")
_UIDS = "SELECT id, uid FROM member WHERE id IN (SELECT value FROM json_each(?))"
_IDS = "SELECT uid, id FROM member WHERE uid IN (SELECT value FROM json_each(?))"


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
        return _learnt(connection, _UIDS, self._uids, rows)

    def ids(self, connection: Connection, uids: Iterable[str]) -> Mapping[str, int]:
        """The row ids of at least these members; one that is not stored is in no key."""
        return _learnt(connection, _IDS, self._ids, uids)


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
