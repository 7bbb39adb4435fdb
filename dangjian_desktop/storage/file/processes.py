"""Which process is which: whether the one that left a lock still runs, on this machine."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

_PROC = Path("/proc")
_QUERY_LIMITED_INFORMATION = 0x1000
_STILL_ACTIVE = 259


def this_host() -> str:
    """The name of this computer."""
    return platform.node()


def started(pid: int) -> str:
    """When the process began, as a text that no other process of this number has.

    Empty when there is no such process or the system does not tell.
    """
    if sys.platform == "win32":
        return _windows_start(pid)
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        stat = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return ""
    # The name in brackets may hold blanks; the fields after it do not. Field 3 is the state.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else f"{boot}/{fields[19]}"


def alive(pid: int, since: str) -> bool:
    """Whether the process of this number runs and is the one that began ``since``."""
    begun = started(pid)
    if begun or since:
        return begun == since
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def _windows_start(pid: int) -> str:
        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return ""
        process = wintypes.HANDLE(handle)
        code = wintypes.DWORD()
        times = [wintypes.FILETIME() for _ in range(4)]
        try:
            kernel.GetExitCodeProcess(process, ctypes.byref(code))
            known = kernel.GetProcessTimes(process, *(ctypes.byref(t) for t in times))
        finally:
            kernel.CloseHandle(process)
        if not known or code.value != _STILL_ACTIVE:
            return ""
        return f"{times[0].dwHighDateTime}/{times[0].dwLowDateTime}"
