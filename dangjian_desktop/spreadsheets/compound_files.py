"""One stream out of an OLE compound file, read under limits: nothing in it is trusted."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_END = 0xFFFFFFFA
"""Numbers from here on are no sectors: free, end of a chain, parts of the table itself."""

_MOST_SECTORS = 200_000
_ENTRY = 128


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The first stream of one of the names.

    Raises ``ValueError`` or ``struct.error`` for a file that cannot be followed.
    """
    return _Container(data).stream(names)


class _Container:
    """The sectors of a file and the tables that chain them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        self._small_size = 1 << struct.unpack_from("<H", data, 32)[0]
        if self._size not in (512, 4096) or self._small_size > self._size:
            raise ValueError("no compound file")
        self._cutoff: int = struct.unpack_from("<I", data, 56)[0]
        self._table = self._numbers(b"".join(map(self._sector, self._table_sectors())))
        directory, small = (struct.unpack_from("<I", data, at)[0] for at in (48, 60))
        self._entries = self._chain(directory)
        self._small_table = self._numbers(self._chain(small))

    def stream(self, names: Sequence[str]) -> bytes:
        """The bytes of the stream of one of the names."""
        found = {
            self._name(at): struct.unpack_from("<II", self._entries, at + 116)
            for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY)
        }
        name = next((one for one in names if one in found), None)
        if name is None:
            raise ValueError("no such stream")
        start, size = found[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        whole = self._chain(found["Root Entry"][0])
        places = self._follow(start, self._small_table)
        step = self._small_size
        return b"".join(whole[at * step : (at + 1) * step] for at in places)[:size]

    def _name(self, at: int) -> str:
        length = min(struct.unpack_from("<H", self._entries, at + 64)[0], 64)
        return self._entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")

    def _table_sectors(self) -> list[int]:
        found = list(struct.unpack_from("<109I", self._data, 76))
        more: int = struct.unpack_from("<I", self._data, 68)[0]
        seen = 0
        while more < _END and seen < _MOST_SECTORS:
            *part, more = self._numbers(self._sector(more))
            found += part
            seen += 1
        return [sector for sector in found if sector < _END]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._table)))

    @staticmethod
    def _follow(start: int, table: Sequence[int]) -> list[int]:
        found: list[int] = []
        while start < _END:
            if start >= len(table) or len(found) > len(table):
                raise ValueError("a chain that leads nowhere")
            found.append(start)
            start = table[start]
        return found

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
