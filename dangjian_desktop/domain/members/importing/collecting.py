"""Putting off the cyclic garbage collector while many small records are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_put_off() -> Iterator[None]:
    """No collection inside; records in no cycle are freed all the same.

    A roster of 10,000 rows makes 150,000 objects that all stay: looking through them again and
    again took an eighth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
