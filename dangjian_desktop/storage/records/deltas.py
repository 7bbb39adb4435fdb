"""An old text as what differs from the newer one, compressed."""

from __future__ import annotations

import zlib

_WINDOW = 32 * 1024
_HEAD = 8


def delta(old: bytes, new: bytes) -> bytes:
    """What ``restored`` needs beside the newer text to give the older one.

    Equal beginnings and ends are only counted; what lies between is compressed with the same
    stretch of the newer text as its dictionary (of which zlib uses the last 32 KB).
    """
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end]
    packer = zlib.compressobj(9, zdict=_dictionary(new, start, end))
    head = start.to_bytes(_HEAD, "big") + end.to_bytes(_HEAD, "big")
    return head + packer.compress(middle) + packer.flush()


def restored(stored: bytes, new: bytes | None) -> bytes:
    """The older text; raises ``zlib.error`` or ``ValueError`` when the newer is not the one."""
    if new is None:
        raise ValueError(len(stored))
    start = int.from_bytes(stored[:_HEAD], "big")
    end = int.from_bytes(stored[_HEAD : 2 * _HEAD], "big")
    if start + end > len(new):
        raise ValueError(len(new))
    unpacker = zlib.decompressobj(zdict=_dictionary(new, start, end))
    middle = unpacker.decompress(stored[2 * _HEAD :]) + unpacker.flush()
    return new[:start] + middle + new[len(new) - end :]


def _dictionary(new: bytes, start: int, end: int) -> bytes:
    """The stretch that differs, with what stands before it where there is room."""
    stop = len(new) - end
    return new[max(0, min(start, stop - _WINDOW)) : stop] or new[:_WINDOW] or b" "


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        half = (low + high + 1) // 2
        if one[low:half] == other[low:half]:
            low = half
        else:
            high = half - 1
    return low
