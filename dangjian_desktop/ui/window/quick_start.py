"""What costs time while the window opens and serves nothing."""

from __future__ import annotations

import gc
import sys

from dangjian_desktop.sweeps import sweep_seldom


def hasten_imports() -> None:
    """Call after Qt is imported; ``gc.enable()`` when the window is complete.

    Qt's binding reads the source of every module that is imported after it, only to see whether
    the module could ask for a "feature", and this program asks for none: without that the
    window is complete some 10 ms sooner, the library 30 ms, and 14 MiB of source are not kept.
    A sweep of the garbage collector finds nothing while only modules are loaded.
    """
    sweep_seldom()
    gc.disable()
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", _always)  # noqa: B010 - not ours, so not typed


def _always(_module: object) -> bool:
    return True
