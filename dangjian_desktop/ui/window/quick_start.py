"""What costs time while the window opens and serves nothing."""

from __future__ import annotations

import gc

from dangjian_desktop.sweeps import sweep_seldom


def hasten_imports() -> None:
    """A sweep of the garbage collector finds nothing while only modules are loaded; ``Jobs``
    sweeps later on."""
    sweep_seldom()
    gc.disable()
