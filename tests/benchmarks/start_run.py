"""One start, which ends itself: ``python -m tests.benchmarks.start_run WAY [FILE]``.

WAY is ``bare`` (a QApplication and a QMainWindow), ``first`` (the first window), ``desk FILE`` (the
desk of a library before its contents), ``complete FILE`` (until its first page is there). Whoever
started it asks what it used: nothing is imported here that the program would not import itself.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

SIZE = (1366, 768)
_REST = 0.4
"""Seconds without work after which nothing more is expected."""


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    application.processEvents()
    os._exit(0)


def furnished(library: Path | None, *, complete: bool) -> None:
    """Through the program's own start, ended when the wanted state is painted."""
    from dangjian_desktop import app

    furnish: Callable[..., None] = app._furnish
    if library:
        # The start before ended without closing: this one is not after a power cut.
        library.with_name(f"{library.name}.lock").unlink(missing_ok=True)

    def watched(application, shown, settings, wanted, programs) -> None:
        furnish(application, shown, settings, wanted, programs)
        application.processEvents()
        quiet = time.monotonic() + (_REST if complete else 0)
        while complete and (programs[0].jobs.busy or time.monotonic() < quiet):
            if programs[0].jobs.busy:
                quiet = time.monotonic() + _REST
            application.processEvents()
            time.sleep(0.01)
        os._exit(0)

    app._furnish = watched
    app.main([str(library)] if library else [])


def main(way: str, library: Path | None = None) -> None:
    if way == "bare":
        bare()
    furnished(library, complete=way == "complete")


if __name__ == "__main__":
    main(sys.argv[1], *(Path(file) for file in sys.argv[2:3]))
