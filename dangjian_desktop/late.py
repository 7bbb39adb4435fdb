"""A function that is imported when it is first asked for, by its name."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


class Late:
    """``module:function``, the module below ``dangjian_desktop``.

    Where a list names what it lists, reading the list imports none of it.
    """

    def __init__(self, place: str) -> None:
        module, _, self._function = place.partition(":")
        self._module = f"{__package__}.{module}"

    @property
    def ready(self) -> bool:
        """Whether it is there without an import; false while another thread still imports it."""
        return hasattr(sys.modules.get(self._module), self._function)

    def read(self) -> Any:
        """The function; imported where it is not there yet, in whatever thread asks."""
        return getattr(import_module(self._module), self._function)
