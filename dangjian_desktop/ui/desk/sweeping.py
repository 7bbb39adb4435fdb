"""Python's garbage is looked for on the UI thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from dangjian_desktop.sweeps import sweep_when_due

_EVERY_MS = 1000


def sweep_here(while_there: QObject) -> None:
    """From now on by a timer of this object, in its thread.

    Python sweeps in whatever thread has just made one object too many. In a worker that ends
    widgets, models and timers of pages that are gone while the UI thread delivers their events: a
    timer fired on what was no longer there, and the process ended without a word.
    """
    gc.disable()
    timer = QTimer(while_there)
    timer.setInterval(_EVERY_MS)
    timer.timeout.connect(sweep_when_due)
    timer.start()
