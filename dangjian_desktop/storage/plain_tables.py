"""How the tables of a library file hang together, asked of the file itself: a later table, and an
earlier state of one, need nothing written down here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import END
from dangjian_desktop.storage.copies.accepting import KEY as ACCEPTED
from dangjian_desktop.storage.copies.second import DAYS as SECOND_DAYS
from dangjian_desktop.storage.copies.second import FOLDER as SECOND
from dangjian_desktop.storage.purges import LEFT
from dangjian_desktop.storage.records.settings import COPIES_FOLDER
from dangjian_desktop.storage.state import DRAFTS, STATE
from dangjian_desktop.storage.totals import TOTALS

LEFT_OUT: Mapping[str, str] = {
    "draft": "没有保存的草稿：先在程序里保存",
    "entry": "搜索索引：读回时重新建立",
    "terms": "搜索索引：读回时重新建立",
    "chain": "防改动的封存：读回后重新开始",
    "alembic_version": "资料库的版本：写在 manifest.json 里",
}
"""Tables that are not told, each with the reason; what SQLite adds to one goes with it."""
SETTINGS_LEFT_OUT: Mapping[str, str] = {
    COPIES_FOLDER: "备份文件夹：是这台电脑上的位置",
    STATE: "改动的标记：读回后重新开始",
    DRAFTS: "其中只改了草稿的次数：读回后重新开始",
    "library.index": "搜索索引的标记",
    TOTALS: "关闭时各有多少：读回后重新数",
    LEFT: "彻底删除后还要清理的文件：属于这个文件",
    SECOND: "这台电脑的第二备份位置",
    SECOND_DAYS: "这台电脑的第二备份位置",
    END: "防改动的封存：读回后重新开始",
    ACCEPTED: "核对过的绕过程序的改动：读回后封存重新开始",
}
"""Keys of settings that are not told, each with the reason."""
LOOSE_JSON = {("setting", "value"), ("printed", "figures")}
"""Columns that hold JSON and nothing else, written with blanks."""
_ADDED = re.compile(r"_(config|content|data|docsize|idx)$")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One table: its columns but the row id, those that hold bytes, the table below whose rows
    its rows stand, the column that names that row, and what further columns name rows of.

    ``sealed`` tables have a checksum: a text in them is told to the letter.
    """

    name: str
    columns: tuple[str, ...]
    blobs: frozenset[str]
    above: str | None
    above_by: str
    names: Mapping[str, str]

    @property
    def sealed(self) -> bool:
        """Whether a checksum covers its rows."""
        return "checksum" in self.columns


def left_out(table: str) -> str | None:
    """Why a table is not told; None for one that is."""
    return LEFT_OUT.get(table) or LEFT_OUT.get(_ADDED.sub("", table))


def plain_tables(connection: dbapi2.Connection) -> dict[str, PlainTable]:
    """The tables that are told, by name; whatever a table names stands before it."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " ORDER BY name"
    )
    told = {name: _table(connection, name) for (name,) in found.fetchall() if not left_out(name)}
    ordered: dict[str, PlainTable] = {}
    while len(ordered) < len(told):
        for name, table in told.items():
            needs = {table.above, *table.names.values()} - {None}
            if name not in ordered and needs <= ordered.keys():
                ordered[name] = table
    return ordered


def _table(connection: dbapi2.Connection, name: str) -> PlainTable:
    columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    # It stands below what it goes with; where nothing takes it along, below all that it names.
    owning = [key for key in keys if key[6] == "CASCADE"] or (keys if len(keys) == 1 else [])
    above, by = (owning[0][2], owning[0][3]) if owning else (None, "")
    return PlainTable(
        name,
        tuple(column[1] for column in columns if column[1] not in ("id", by)),
        frozenset(column[1] for column in columns if column[2].upper() == "BLOB"),
        above,
        by,
        {key[3]: key[2] for key in keys if key[3] != by},
    )


def named_tables(tables: Mapping[str, PlainTable]) -> frozenset[str]:
    """The tables whose rows others name, by their UUID."""
    return frozenset(name for table in tables.values() for name in table.names.values())
