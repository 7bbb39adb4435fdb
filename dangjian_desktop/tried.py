"""The process that tries the window off screen: a library shown, its picture, a paper printed.

What the display or Qt lacks may end the process: so it is one of its own. Asked on standard input,
answers on standard output; both hold one JSON object.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dangjian_desktop.app import furnish, make_application
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.program import Program
from dangjian_desktop.ui.window.frame import Frame
from dangjian_desktop.ui.window.input_method import plugins_in

_SECONDS = 60
_PICTURES = 100 * MEBIBYTE
_TURN, _REST = 0.005, 1.0
_SAMPLES = 64
_PLATFORMS = ("libqxcb.so",)
"""What a window on a real screen of Linux needs, beside what is tried here."""


def main() -> None:
    """Do what is asked: ``library``, ``pdf`` to be printed, ``picture`` and ``printed`` to be
    written. Answers ``window`` (width and height), ``colours``, ``places`` and ``platforms``."""
    asked = {name: Path(each) for name, each in json.load(sys.stdin).items()}
    application = make_application()
    failures: list[Exception] = []
    frame = Frame()
    frame.show()
    program = furnish(application, frame, SettingsStore())
    turn = _Turning(application.processEvents, failures)
    # Nobody reads a box here.
    program.messages.noticed.connect(lambda notice: failures.append(BlockedError(notice.message)))
    program.messages.failed.connect(lambda report: failures.append(RuntimeError(report)))
    program.start(asked["library"])
    turn.until(lambda: _shown(program))
    turn.rest()
    told = _picture(frame, asked["picture"])
    _print(frame, asked, turn, failures.append)
    program.close()
    turn.until(lambda: frame.may_close)
    program.jobs.close()
    missing = [problem for each in _PLATFORMS if (problem := _problem(each))]
    json.dump({**told, "platforms": missing}, sys.stdout)


class _Turning:
    """Lets events pass until something is so, or something failed."""

    def __init__(self, turn: Callable[[], object], failures: list[Exception]) -> None:
        self._turn, self._failures = turn, failures

    def until(self, done: Callable[[], bool]) -> None:
        """Raises what failed, and ``TimeoutError``."""
        end = time.monotonic() + _SECONDS
        while not done():
            self._turn()
            time.sleep(_TURN)
            if self._failures:
                raise self._failures[0]
            if time.monotonic() > end:
                raise TimeoutError

    def rest(self) -> None:
        """As long as a page takes to be made whole, part after part."""
        end = time.monotonic() + _REST
        self.until(lambda: time.monotonic() > end)


def _shown(program: Program) -> bool:
    window = program.window
    if program.desk is None or window is None or program.jobs.busy:
        return False
    return window.page(window.here) is not None


def _picture(frame: Frame, file: Path) -> dict[str, Any]:
    """A page is drawn in many colours: letters, lines, grounds. An empty one is of one."""
    drawn = frame.grab()
    drawn.save(str(file))
    image = drawn.toImage()
    wide, high = image.width(), image.height()
    steps = [(x, y) for x in range(0, wide, 3) for y in range(0, high, max(1, high // _SAMPLES))]
    colours = {image.pixel(x, y) for x, y in steps}
    return {"window": [wide, high], "colours": len(colours)}


def _print(
    frame: Frame, asked: dict[str, Path], turn: _Turning, report: Callable[[Exception], None]
) -> None:
    printer = PaperPrinter(report, frame)
    ended: list[bool] = []
    printer.finished.connect(lambda: ended.append(True))
    pdf = read_input(asked["pdf"], _PICTURES)
    printer.print_to_file([pdf], asked["pdf"].stem, str(asked["printed"]))
    turn.until(lambda: bool(ended))


def _problem(platform: str) -> str:
    """Why a window could not be shown on a screen; nothing where it could."""
    if sys.platform != "linux":
        return ""
    try:
        ctypes.CDLL(str(plugins_in("platforms") / platform))
    except OSError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    main()
