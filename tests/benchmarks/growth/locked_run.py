"""One opening in a process of its own, which says what it took: ``python -m
tests.benchmarks.growth.locked_run FILE``, the password on its standard input where there is one.

The program has imported what opens a library before; what a password needs it has not.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import locking


def main(file: Path, password: str) -> None:
    spread = [0.0, 0.0]
    begun, used = time.perf_counter(), time.process_time()
    if password:
        _listen(spread)
        locking.unlock(file, password)
    desk = open_desk(file)
    took = time.perf_counter() - begun, time.process_time() - used
    desk._library.close()
    told = {"wall": took[0], "processor": took[1], "argon": spread[0]}
    told["argon processor"] = spread[1]
    sys.stdout.write(json.dumps(told))


def _listen(spread: list[float]) -> None:
    """Count the seconds of Argon2id, its import among the rest."""
    from dangjian_desktop.storage.file import slots

    tried = slots._argon

    def timed(*given):
        begun, used = time.perf_counter(), time.process_time()
        try:
            return tried(*given)
        finally:
            spread[0] += time.perf_counter() - begun
            spread[1] += time.process_time() - used

    slots._argon = timed


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.read())
