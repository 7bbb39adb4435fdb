"""Pictures of every place with the sample year: python -m tests.ui.pictures FOLDER (needs Xvfb).

Shows the real window at the sizes that are judged, light and dark, and writes PNGs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.records.card import RecordCard
from tests.ui.scenes import MORE, SCENES, played

ROOT = Path(__file__).resolve().parents[2]
SHOTS = (
    ("1366x768", "light", "10.5", "1"),
    ("1366x768", "dark", "10.5", "1"),
    ("1366x768", "light", "14", "1"),
    ("1920x1080", "light", "10.5", "1"),
    ("1920x1080", "light", "10.5", "1.5"),
    ("1920x1080", "dark", "10.5", "1.5"),
)


def main(folder: Path) -> None:
    """One process for each setting, each with its own screen."""
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / "资料" / "示例党支部.dangjian"
    if not library.exists():
        from dangjian_desktop.services.library.demo import make_demo_library

        make_demo_library(library).close()
    for size, mode, points, scale in SHOTS:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": scale,
            "DANGJIAN_DATA": str(folder / f"data-{size}-{mode}-{points}-{scale}"),
        }
        screen = ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24"]
        words = [sys.executable, "-m", "tests.ui.pictures", "--one", str(folder), str(library)]
        subprocess.run(
            [*screen, *words, size, mode, points, scale], cwd=ROOT, env=environment, check=True
        )


def one(folder: Path, library: Path, size: str, mode: str, points: str, scale: str) -> None:
    """Every place at one setting."""
    from dangjian_desktop import app
    from dangjian_desktop.ui.desk.store import SettingsStore
    from dangjian_desktop.ui.look.tokens import Mode
    from dangjian_desktop.ui.window.frame import Frame

    application = app.make_application()
    settings = SettingsStore()
    settings.mode, settings.points = Mode(mode), float(points)
    frame = Frame(settings.shape("window"))
    frame.show()
    program = app.furnish(application, frame, settings)
    width, height = (round(int(part) / float(scale)) for part in size.split("x"))
    frame.resize(width, height)
    setting = f"{size}-{mode}-{points}pt-{scale}x"

    def quiet() -> None:
        settle(application, program)

    def shoot(scene: str) -> None:
        quiet()
        frame.grab().save(str(folder / f"{scene}-{setting}.png"))

    program.show_first()
    shoot("first")
    frame.findChild(QPushButton, "new").click()
    frame.findChild(QPushButton, "make").click()
    shoot("first-new")
    program.open(library)
    settle(application, program)
    for code in [*program.window._places]:
        program.window.go(code)
        shoot(code)
        scenes = (*SCENES.get(code, ()), *MORE.get(code, ()))
        for name in played(partial(program.window.page, code), scenes, quiet):
            shoot(name)
    program.close()
    settle(application, program)


def settle(application, program, seconds: float = 0.6) -> None:
    """Let everything that is under way end, and a little more for what it starts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end or program.jobs.busy or _waiting(program):
        begun = time.monotonic()
        application.processEvents()
        if time.monotonic() - begun > 0.05:  # much was laid out, and may ask for more
            end = max(end, time.monotonic() + 0.3)
        time.sleep(0.005)


def _waiting(program) -> bool:
    window = program.window
    if window is None:
        return False
    there = not window.here or window.page(window.here) is not None  # what it is made of
    cards = window.findChildren(RecordCard)
    return not there or any(card.isVisible() and card.waiting for card in cards)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
    else:
        main(Path(sys.argv[1]))
