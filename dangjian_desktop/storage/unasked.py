"""SQLAlchemy, imported without what it has for servers: a fifth of its import.

It names ``asyncio`` and the metadata of packages in modules that this program needs, and asks
nothing of either. Whoever does ask gets them.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from dangjian_desktop.sweeps import lasting


class _Unasked(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _leave(self)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def stood_for(name: str, **known: object) -> Iterator[None]:
    """Let what is imported meanwhile have a stand-in for this module; ``known`` is taken from it
    without asking."""
    stand = _Unasked(name)
    if name in sys.modules:
        yield
        return
    vars(stand).update(known)
    sys.modules[name] = stand
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, stand)
    try:
        yield
    finally:
        _leave(stand)


def _leave(stand: ModuleType) -> None:
    if sys.modules.get(stand.__name__) is stand:
        del sys.modules[stand.__name__]


with (
    lasting(),
    stood_for("asyncio", iscoroutine=inspect.iscoroutine),
    stood_for("importlib.metadata"),
):
    importlib.import_module("sqlalchemy.dialects.sqlite")
