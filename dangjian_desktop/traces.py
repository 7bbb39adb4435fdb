"""What an exception may tell outside of this computer: where it happened, and nothing of whom.

Apart from the log, whose file handler imports much that the first painting does not wait for.
"""

from __future__ import annotations

import traceback


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
