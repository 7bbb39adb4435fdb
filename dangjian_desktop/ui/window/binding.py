"""Qt's binding, compiled once instead of at every start, and kept from what is imported after it:
import this before Qt.

The binding carries 100 KB of itself as source in an archive and compiles all of it in each process,
a quarter of the start of a bare window. It imports a folder ``files.dir`` instead where one stands
beside it. Such a folder, compiled, is kept where Python keeps the byte code of this file: whoever
may write there may change the program anyway.
"""

from __future__ import annotations

import builtins
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import cache_from_source, find_spec, module_from_spec
from pathlib import Path
from zlib import crc32

BESIDE, SUM = "files.dir", "sum"
_NAME = "shiboken6"


def find_compiled() -> bool:
    """Let the binding find what was kept for it; false where nothing is, or it is there already.

    A frozen program is left alone, and so is whatever is not as it usually is.
    """
    if _NAME in sys.modules or hasattr(sys, "frozen"):
        return False
    folder, spec = _usable(), find_spec(_NAME)
    if folder is None or spec is None or spec.loader is None:
        return False
    module = sys.modules[_NAME] = module_from_spec(spec)
    # It looks for the folder beside its own file, and only while it is imported.
    own, module.__file__ = module.__file__, str(folder / "__init__.py")
    spec.loader.exec_module(module)
    module.__file__ = own
    return True


def _usable() -> Path | None:
    with suppress(OSError, ValueError, NotImplementedError):
        folder = kept()
        return folder if folder and _is_whole(folder) else None
    return None


def kept() -> Path | None:
    """Where it is kept for this binding and this Python; None for a binding without a file."""
    spec = find_spec(_NAME)
    file = Path(spec.origin or "") if spec else Path()
    if not file.is_file():
        return None
    state = f"{file.stat().st_mtime_ns:x}-{crc32(file.read_bytes()):x}"
    name = f"binding-{sys.implementation.cache_tag}-{state}"
    return Path(cache_from_source(__file__)).with_name(name)


def sum_of(folder: Path) -> str:
    """A sum of all that is kept: the program could not start with damaged byte code."""
    found = 0
    for file in sorted((folder / BESIDE).rglob("*.pyc")):
        found = crc32(file.read_bytes(), found)
    return f"{found:x}"


def _is_whole(folder: Path) -> bool:
    told = folder / SUM
    return told.is_file() and told.read_text(encoding="ascii", errors="replace") == sum_of(folder)


def import_plainly() -> None:
    """Let modules be imported as Python does it.

    The binding puts an import statement of its own in the place of Python's. That reads the source
    of every module that is imported after it, only to see whether the module could ask for a
    "feature", and this program asks for none: without it the window is complete some 10 ms sooner,
    the library 60 ms, and 14 MiB of source are not kept.
    """
    import_module(_NAME)
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        setattr(builtins, "__import__", own)  # noqa: B010 - not typed as what may be set


FOUND = find_compiled()
import_plainly()
