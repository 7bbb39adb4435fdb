"""Pictures of every place with the sample year: python -m tests.ui.pictures FOLDER (needs Xvfb).

Shows the real window at the sizes that are judged, light and dark, and writes PNGs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

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
        from dangjian_desktop.services.demo import make_demo_library

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
    from dangjian_desktop.ui.frame import Frame
    from dangjian_desktop.ui.settings_store import SettingsStore
    from dangjian_desktop.ui.tokens import Mode

    application = app.make_application()
    settings = SettingsStore()
    settings.mode, settings.points = Mode(mode), float(points)
    frame = Frame(settings.shape("window"))
    frame.show()
    program = app.furnish(application, frame, settings)
    width, height = (round(int(part) / float(scale)) for part in size.split("x"))
    frame.resize(width, height)
    name = f"{size}-{mode}-{points}pt-{scale}x"

    def shoot(scene: str) -> None:
        settle(application, program)
        frame.grab().save(str(folder / f"{scene}-{name}.png"))

    program.show_first()
    shoot("first")
    program.open(library)
    settle(application, program)
    for code in [*program.window._places]:
        program.window.go(code)
        shoot(code)
        for scene, act in SCENES.get(code, ()):
            act(program.window.page(code))
            shoot(scene)
    program.close()
    settle(application, program)


def settle(application, program, seconds: float = 1.2) -> None:
    """Let everything that is under way end, and a little more for what it starts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end or program.jobs.busy:
        application.processEvents()
        time.sleep(0.005)


def _new_meeting(page) -> None:
    page.start_new("committee_meeting")


def _edit_meeting(page) -> None:
    page.back()
    page.edit(page.table.current() or page.table.model.ids[0])


def _edit_member(page) -> None:
    page.edit(page.table.current() or page.table.model.ids[0])


def _print_roster(page) -> None:
    page.back()
    page.list.paper.click()


def _begin_import(page) -> None:
    page.back()
    page.list.bring.click()


def _show_figures(page) -> None:
    page.tabs.setCurrentIndex(1)


def _show_summary_paper(page) -> None:
    page.tabs.setCurrentIndex(0)
    page.split.show_detail()


def _go_to(card: str) -> Callable[[object], None]:
    return lambda page: page.chips.chip(card).click()


def _show_tab(code: str) -> Callable[[object], None]:
    def act(page) -> None:
        page.split.show_detail()
        page.detail.show_tab(code)

    return act


def _show_board(page) -> None:
    page.back()
    page.list.views.chip("board").click()


def _show_claims(page) -> None:
    page.list.claims.click()


def _edit_project(page) -> None:
    page.back()
    page.edit(page.list.table.model.ids[0])


Scene = tuple[str, Callable[[object], None]]
SCENES: dict[str, tuple[Scene, ...]] = {
    "roster": (
        ("member", _edit_member),
        ("roster-paper", _print_roster),
        ("roster-import", _begin_import),
    ),
    "projects": (
        *((f"project-{code}", _show_tab(code)) for code in ("overview", "targets", "progress")),
        *((f"project-{code}", _show_tab(code)) for code in ("evidence", "history", "papers")),
        ("project-board", _show_board),
        ("project-claims", _show_claims),
        ("project-edit", _edit_project),
    ),
    "meetings": (("new-meeting", _new_meeting), ("edit-meeting", _edit_meeting)),
    "summaries": (("figures", _show_figures), ("summary-paper", _show_summary_paper)),
    "settings": (
        ("settings-copies", _go_to("资料与备份")),
        ("settings-rules", _go_to("体检规则")),
        ("settings-about", _go_to("关于")),
    ),
}

if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
    else:
        main(Path(sys.argv[1]))
