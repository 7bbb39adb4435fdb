"""How often Python looks for garbage in circles: seldom, and never while much is made at once."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MADE = 20_000
_TIMES = 10


class _PutOff:
    """How many acts, in whatever threads, put the sweeps off just now."""

    lock = Lock()
    by = 0


def sweep_seldom() -> None:
    """For the whole process, from its start.

    Python sweeps after every 700 objects that stay. A library read and judged is some hundred
    thousand of them, none in a circle: looking through them took a tenth of every longer act.
    """
    gc.set_threshold(_MADE, _TIMES, _TIMES)


def end_unswept() -> None:
    """Spare the process its last sweeps: all goes with it, and what must be closed is closed."""
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


@contextmanager
def unswept() -> Iterator[None]:
    """Put the sweeps off: what is made inside is kept, and looking through it takes up to a
    third of the time that making it takes."""
    sweeps = gc.isenabled()
    gc.disable()
    with _PutOff.lock:
        _PutOff.by += 1
    try:
        yield
    finally:
        with _PutOff.lock:
            _PutOff.by -= 1
        if sweeps:
            gc.enable()


def sweep_when_due() -> None:
    """As Python would by itself, in the calling thread; for a process where it may not."""
    made, young, middle = gc.get_count()
    most, times, long = gc.get_threshold()
    if _PutOff.by or made <= most:
        return
    gc.collect(0 if young <= times else 1 if middle <= long else 2)


@contextmanager
def lasting() -> Iterator[None]:
    """The same for what stays to the end of the process: no later sweep looks through it either."""
    with unswept():
        yield
        gc.freeze()
