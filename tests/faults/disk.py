"""A disk that can be watched and that fails when told, between SQLite and the system.

The functions of the system's own VFS are replaced in this process; what is not told to fail is
done by them. Only the library and its journal pass through, as SQLite reads and writes them.
"""

from __future__ import annotations

import ctypes as c
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlcipher3 import _sqlite3

IOERR, FULL, KILL = 10, 13, -1
CODES = {
    ("read", "EIO"): IOERR | 1 << 8,
    ("write", "EIO"): IOERR | 3 << 8,
    ("write", "KILL"): KILL,
    ("write", "ENOSPC"): FULL,
    ("sync", "EIO"): IOERR | 4 << 8,
    ("truncate", "EIO"): IOERR | 6 << 8,
}
_WATCHED = 0x100 | 0x800  # the main database, its journal
_CREATE = 0x4
_P, _I, _L = c.c_void_p, c.c_int, c.c_int64
# The name is handed on as the pointer that it is: SQLite keeps it.
_Open = c.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_Close = c.CFUNCTYPE(_I, _P)
_Move = c.CFUNCTYPE(_I, _P, _P, _I, _L)
_Truncate = c.CFUNCTYPE(_I, _P, _L)
_Sync = c.CFUNCTYPE(_I, _P, _I)


class _Vfs(c.Structure):
    _fields_ = [
        *[(name, _I) for name in ("version", "size", "longest")],
        *[(name, _P) for name in ("next", "name", "data", "open")],
    ]


class _Methods(c.Structure):
    _fields_ = [
        ("version", _I),
        *[(name, _P) for name in ("close", "read", "write", "truncate", "sync")],
        ("rest", _P * 14),
    ]


class Step(NamedTuple):
    """One thing that was asked of the disk: a write has its data, a truncation its length."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What happened, in order, and what is to fail: the n-th call of a kind, or all from there."""

    steps: list[Step] = field(default_factory=list)
    failing: str = ""
    code: int = 0
    first: int = 0
    for_ever: bool = False
    calls: int = 0
    failed: int = 0

    def fail(self, told: str) -> None:
        """From now on, as ``write:EIO:3`` says (once) or ``write:EIO:3+`` (from then on).

        ``write:KILL:3`` kills the process instead.
        """
        what, error, when = told.split(":")
        self.failing, self.code = what, CODES[what, error]
        self.first, self.for_ever, self.calls = int(when.rstrip("+")), when.endswith("+"), 0

    def fails(self, what: str) -> bool:
        """Whether this call is to fail; counts it."""
        if what != self.failing:
            return False
        self.calls += 1
        hit = self.calls >= self.first if self.for_ever else self.calls == self.first
        self.failed += hit
        if hit and self.code == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return hit

    def note(self, what: str, file: str = "", at: int = 0, data: bytes = b"") -> None:
        """Remember a step."""
        self.steps.append(Step(what, file, at, data))


@contextmanager
def watched(*, keep: bool = False) -> Iterator[Disk]:
    """All that SQLite does in this process passes through the disk; with ``keep`` it is noted."""
    library = c.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    between = _Between(Disk(), _Open(vfs.open), keep)
    system, vfs.open = vfs.open, c.cast(between.opening, _P).value
    _ALIVE.append(between)
    try:
        yield between.disk
    finally:
        vfs.open = system


_ALIVE: list[_Between] = []
"""Files that are still open go on calling what was put between."""


class _Between:
    """The functions that SQLite calls in place of the system's."""

    def __init__(self, disk: Disk, system: Callable[..., int], keep: bool) -> None:
        self.disk, self._system, self._keep = disk, system, keep
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._held: list[Any] = []
        self.opening = _Open(self._open)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = self._system(vfs, name, file, flags, out)
        place = c.cast(file, c.POINTER(_P))
        if code == 0 and flags & _WATCHED and place[0]:
            self._names[file] = c.string_at(name or b"").rpartition(b"/")[2].decode()
            self._note("open", file, flags & _CREATE)
            place[0] = c.addressof(self._replaced(place[0]))
        return code

    def _note(self, what: str, file: int, at: int = 0, data: bytes = b"") -> None:
        if self._keep:
            self.disk.note(what, self._names.get(file, ""), at, data)

    def _replaced(self, address: int) -> _Methods:
        """The system's methods with ours in their place."""
        if address in self._methods:
            return self._methods[address]
        own = _Methods.from_address(address)
        made = self._methods[address] = _Methods.from_buffer_copy(own)
        close, read, write = _Close(own.close), _Move(own.read), _Move(own.write)
        truncate, sync = _Truncate(own.truncate), _Sync(own.sync)

        def do(what: str, file: int, act: Callable[[], int], at: int = 0, data: bytes = b"") -> int:
            if self.disk.fails(what):
                return self.disk.code
            self._note(what, file, at, data)
            return act()

        def on_write(file: int, source: int, amount: int, at: int) -> int:
            data = c.string_at(source, amount) if self._keep else b""
            return do("write", file, lambda: write(file, source, amount, at), at, data)

        def on_read(file: int, to: int, amount: int, at: int) -> int:
            return self.disk.code if self.disk.fails("read") else read(file, to, amount, at)

        ours = {
            "close": close,
            "read": _Move(on_read),
            "write": _Move(on_write),
            "truncate": _Truncate(
                lambda f, size: do("truncate", f, lambda: truncate(f, size), size)
            ),
            "sync": _Sync(lambda f, flags: do("sync", f, lambda: sync(f, flags))),
        }
        for name, function in ours.items():
            setattr(made, name, c.cast(function, _P).value)
        self._held += ours.values()
        return made
