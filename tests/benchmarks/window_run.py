"""One start of a window in a process of its own: ``python -m tests.benchmarks.window_run WAY``.

WAY is ``bare`` (a QApplication and a QMainWindow, nothing else), ``frame`` (the program's frame),
``first`` (the first window, complete) or the path of a library (the desk before its contents).
Writes the moment of the first painting, by the clock that all processes share, and ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

SIZE = (1366, 768)


def tell() -> None:
    sys.stdout.write(f"{time.clock_gettime_ns(time.CLOCK_MONOTONIC)}\n")
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            tell()

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(*SIZE)
    window.show()
    application.exec()


def frame() -> None:
    from dangjian_desktop import app

    class Watched(app.Frame):
        def paintEvent(self, event):
            super().paintEvent(event)
            tell()

    app.Frame = Watched
    app.main([])


def complete(arguments: list[str]) -> None:
    """Through the program's own start; told when all that it has put in is painted."""
    from dangjian_desktop import app

    furnish: Callable[..., None] = app._furnish

    def watched(application, shown, *others):
        furnish(application, shown, *others)
        application.processEvents()
        assert shown.centralWidget().isVisible()
        assert shown.styleSheet()
        tell()

    app._furnish = watched
    app.main(arguments)


def main(name: str) -> None:
    if name == "bare":
        bare()
    elif name == "frame":
        frame()
    else:
        complete([] if name == "first" else [name])


if __name__ == "__main__":
    main(sys.argv[1])
