"""What every service has: the library that it works on, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dangjian_desktop.storage.library import Library

Clock = Callable[[], datetime]


class OfLibrary:
    """What can be done with one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Clock = datetime.now) -> None:
        self._library = library
        self._clock = clock
