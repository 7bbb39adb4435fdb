"""The structure of an update package, byte by byte: a zip in which nothing is left to choice.

An ordinary zip has bytes that no checksum covers: times, attributes, gaps. Here all that is not
content follows from the list of contents, so that whoever holds the list knows every byte.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterable

from dangjian_desktop.frozen import dataclass

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK = b"PK\x03\x04"
_UTF8, _STORED, _XZ = 0x800, 0, 95
_NEEDED, _BY_UNIX, _TIME, _DAY = 63, (3 << 8) | 63, 0, 0x21
_LARGEST, _MOST = (1 << 32) - 1, 65_535


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the zip, as its two headers tell of it."""

    name: str
    size: int
    packed: int
    crc: int
    pressed: bool = False
    mode: int = 0o644

    @property
    def head(self) -> bytes:
        """The bytes before its content."""
        name = self.name.encode()
        fixed = (self.crc, self.packed, self.size, len(name), 0)
        return _LOCAL.pack(_LOCAL_MARK, _NEEDED, *self._how, *fixed) + name

    def listed(self, offset: int) -> bytes:
        """Its entry in the directory at the end."""
        name = self.name.encode()
        fixed = (self.crc, self.packed, self.size, len(name), 0, 0, 0, 0)
        rights = (stat.S_IFREG | self.mode) << 16
        entry = (b"PK\x01\x02", _BY_UNIX, _NEEDED, *self._how, *fixed, rights, offset)
        return _CENTRAL.pack(*entry) + name

    @property
    def _how(self) -> tuple[int, ...]:
        return _UTF8, _XZ if self.pressed else _STORED, _TIME, _DAY


def offsets(members: Iterable[Member]) -> list[int]:
    """Where the header of each begins, and at last where the directory does."""
    found = [0]
    for member in members:
        found.append(found[-1] + len(member.head) + member.packed)
    return found


def tail(members: Iterable[Member]) -> bytes:
    """The directory and what ends the file; raises ``ValueError`` for more than a zip of the plain
    kind can hold."""
    known = list(members)
    places = offsets(known)
    if len(known) > _MOST or places[-1] > _LARGEST:
        raise ValueError("too large for a plain zip")
    listed = b"".join(m.listed(place) for m, place in zip(known, places, strict=False))
    end = (b"PK\x05\x06", 0, 0, len(known), len(known), len(listed), places[-1], 0)
    return listed + _END.pack(*end)


HEAD = _LOCAL.size


def begun(head: bytes) -> tuple[int, int] | None:
    """Of the first bytes of a stored member: the length of its name and of its content; nothing
    where no such member begins there."""
    if len(head) != HEAD:
        return None
    mark, _, _, how, _, _, _, packed, size, name, more = _LOCAL.unpack(head)
    if mark != _LOCAL_MARK or how != _STORED or packed != size or more:
        return None
    return name, size
