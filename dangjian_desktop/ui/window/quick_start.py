"""What costs time while the window opens and serves nothing."""

from __future__ import annotations

import builtins
import gc

from dangjian_desktop.sweeps import sweep_seldom


def hasten_imports() -> None:
    """Call after Qt is imported.

    Qt's binding puts an import statement of its own in the place of Python's. That reads the source
    of every module that is imported after it, only to see whether the module could ask for a
    "feature", and this program asks for none: with Python's own the window is complete some 10 ms
    sooner, the library 60 ms, and 14 MiB of source are not kept.
    A sweep of the garbage collector finds nothing while only modules are loaded; ``Jobs`` sweeps
    later on.
    """
    sweep_seldom()
    gc.disable()
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        setattr(builtins, "__import__", own)  # noqa: B010 - not typed as what may be set
