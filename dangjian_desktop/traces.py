"""What an exception may tell outside of this computer: where it happened, and nothing of whom.

Apart from the log, whose file handler imports much that the first painting does not wait for.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from contextlib import suppress

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

_OPEN = frozenset({"DANGJIAN_DATA", "DANGJIAN_LIBRARY"})


def traced(error: BaseException) -> list[str]:
    """File, line and function of each frame, then type and code, of what led to the error first.

    No value and no message, since these may be about persons.
    """
    blocks: list[list[str]] = []
    seen: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in seen:
        seen.append(at)
        frames = traceback.extract_tb(at.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        codes = [getattr(at, name, None) for name in ("errno", "sqlite_errorname")]
        blocks.append([*where, " ".join([type(at).__name__, *(str(c) for c in codes if c)])])
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return [line for block in reversed(blocks) for line in block]


def be_discreet(*, keep_given: bool = False) -> None:
    """Of the whole process, at its beginning: whatever nobody catches is told by its place alone,
    no image of the memory is written when it falls, and what it starts inherits no password.

    ``keep_given`` leaves passwords and codes in the environment for the command line to take.
    """
    sys.excepthook = lambda _kind, error, _trace: _tell(error)
    threading.excepthook = lambda told: _tell(told.exc_value)
    sys.unraisablehook = lambda told: _tell(told.exc_value)
    with suppress(AttributeError, OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    for name in [] if keep_given else [*os.environ]:
        if name.startswith("DANGJIAN_") and name not in _OPEN:
            del os.environ[name]


def _tell(error: BaseException | None) -> None:
    # Windows gives a program without a console no standard error.
    if error is None or isinstance(error, KeyboardInterrupt) or sys.stderr is None:
        return
    with suppress(OSError, ValueError):
        sys.stderr.write("\n".join([*traced(error), ""]))
