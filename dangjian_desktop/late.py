"""A function that is imported when it is first asked for, by its name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_OURS = f"{__package__}."
_WINDOWS = (f"{_OURS}ui.", "PySide6.")
"""What makes classes of Qt. Made in another thread while the window lives they ended the program
with a fault."""


class Late:
    """``module:function``, the module below ``dangjian_desktop``.

    Where a list names what it lists, reading the list imports none of it.
    """

    def __init__(self, place: str) -> None:
        module, _, self._function = place.partition(":")
        self._module = f"{_OURS}{module}"

    @property
    def ready(self) -> bool:
        """Whether it is there without an import; false while another thread still imports it."""
        return hasattr(sys.modules.get(self._module), self._function)

    def module(self) -> ModuleType:
        """The module; imported where it is not there yet, in the thread that asks."""
        return import_module(self._module)

    def read(self) -> Any:
        """The function; imported where it is not there yet, in the thread that asks."""
        return getattr(self.module(), self._function)

    def prepare(self) -> list[str]:
        """Import, in any thread, what it needs and what makes no class of Qt; the modules that the
        window's thread is left to import, each after those that it needs itself."""
        return list(_left(self._module, set()))


def _left(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen or name in sys.modules:
        return
    seen.add(name)
    if not name.startswith(_WINDOWS):
        import_module(name)
        return
    if name.startswith(_OURS):
        for each in _named(name):
            yield from _left(each, seen)
    yield name


def _named(module: str) -> Iterator[str]:
    """Modules of ours and of Qt which the code of this one names, without running it."""
    loader: Any = getattr(find_spec(module), "loader", None)
    code = loader.get_code(module) if loader else None
    return (each for each in getattr(code, "co_names", ()) if each.startswith((_OURS, "PySide6.")))
