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
from tempfile import mkdtemp

from PySide6.QtWidgets import QPushButton, QScrollArea

from dangjian_desktop.ui.fields.cells import Cell
from dangjian_desktop.ui.members.importing import ImportSteps
from dangjian_desktop.ui.records.card import RecordCard

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
    name = f"{size}-{mode}-{points}pt-{scale}x"

    def shoot(scene: str) -> None:
        settle(application, program)
        frame.grab().save(str(folder / f"{scene}-{name}.png"))

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
        for scene, act in (*SCENES.get(code, ()), *MORE.get(code, ())):
            act(program.window.page(code))
            shoot(scene)
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


def _new_meeting(page) -> None:
    page.start_new("committee_meeting")


def _edit_meeting(page) -> None:
    page.back()
    page.edit(page.table.current() or page.table.model.ids[0])


def _down(share: float) -> Callable[[object], None]:
    """Scroll the longest visible area of the page."""

    def act(page) -> None:
        areas = [a for a in page.findChildren(QScrollArea) if a.isVisible() and not is_paper(a)]
        bar = max((a.verticalScrollBar() for a in areas), key=lambda each: each.maximum())
        bar.setValue(round(bar.maximum() * share))

    return act


def is_paper(area) -> bool:
    return area.accessibleName() == "打印预览"


def _press(page, name: str) -> None:
    page.findChild(QPushButton, name).click()


def _choose_secretary(page) -> None:
    page.back()
    model = page.table.model
    page.table.select(next(u for u in model.ids if model.record(u).member.posts))


def _take_file(page) -> None:
    page.findChild(ImportSteps).take_file(make_roster())


def make_roster() -> Path:
    """A roster as it comes from elsewhere, with two rows that want a question."""
    file = Path(mkdtemp()) / "花名册.csv"
    rows = [
        "中共某支部党员花名册,,,,,",
        "序号,姓名,性别,出生年月,入党时间,党小组",
        "1,赵建国,男,1985.3,2010年7月1日,第一党小组",
        "2,钱小燕,女,1990.11,2015-06-20,第二党小组",
        "3,孙立,男,1988-13,2012.6.30,第一党小组",
        "4,,男,1979.5,2003.7,第三党小组",
    ]
    file.write_text("\n".join(rows), encoding="utf-8-sig")
    return file


def _agree(page) -> None:
    page.findChild(ImportSteps).found.next.click()


def _edit_member(page) -> None:
    page.edit(page.table.current() or page.table.model.ids[0])


def _show_meeting(page) -> None:
    page.back()
    page.split.show_detail()


def _print_roster(page) -> None:
    page.back()
    _press(page, "roster.paper")


def _begin_import(page) -> None:
    page.back()
    _press(page, "roster.import")


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


def _open_ledger(code: str) -> Callable[[object], None]:
    return lambda page: page.open_ledger(code)


def _show_row(page) -> None:
    page.shown.split.show_detail()


def _edit_row(page) -> None:
    page.shown.back()
    page.shown.edit(page.shown.table.current() or page.shown.table.model.ids[0])


def _in_rows(name: str) -> Callable[[object], None]:
    def act(page) -> None:
        page.shown.back()
        _press(page.shown, name)

    return act


def _copy_style(page) -> None:
    page.shown.back()
    page.to_all()
    page.all.start_new("training")


def _show_versions(page) -> None:
    page.back()
    page._show_versions([page.table.model.ids[0]])


def _show_look(page) -> None:
    page.show_cards(page.recycled.open)
    page.open_look("handbook")


def _show_tab_of_summaries(place: int) -> Callable[[object], None]:
    return lambda page: page.tabs.setCurrentIndex(place)


def _show_board(page) -> None:
    page.back()
    _press(page, "chip.board")


def _show_claims(page) -> None:
    _press(page, "projects.claims")


def _edit_project(page) -> None:
    page.back()
    page.edit(page.list.table.model.ids[0])


def _open_at(uid: str) -> Callable[[object], None]:
    return lambda page: page.focus_record(uid)


def _ask_reason(page) -> None:
    page._ask_reason(())


def _back_and_press(name: str) -> Callable[[object], None]:
    def act(page) -> None:
        page.back()
        _press(page, name)

    return act


def _save_without(field: str) -> Callable[[object], None]:
    """Empty a field that is required, and save."""

    def act(page) -> None:
        form = page.editor.body
        next(c for c in form.findChildren(Cell) if c.editor.field.name == field).set_value("")
        page.editor.save()

    return act


def _show_asks(page) -> None:
    page.detail.parts.chip("fields").click()


def _ask_for_purge(page) -> None:
    page.desk.shared["heart_talk"].delete(page.desk.shared["heart_talk"].all()[0].id)
    page.bin.purge_asked.emit([each.id for each in page.desk.bin.listed()])


def _edit_talk(page) -> None:
    page.back()
    page.edit(page.table.model.id_at(0))


Scene = tuple[str, Callable[[object], None]]
SCENES: dict[str, tuple[Scene, ...]] = {
    "roster": (
        ("member", _edit_member),
        ("member-down", _down(1.0)),
        ("member-card", _choose_secretary),
        ("roster-paper", _print_roster),
        ("roster-import", _begin_import),
        ("roster-import-found", _take_file),
        ("roster-import-agree", _agree),
    ),
    "meetings": (
        ("new-meeting", _new_meeting),
        ("new-meeting-down", _down(1.0)),
        ("edit-meeting", _edit_meeting),
        ("edit-meeting-1", _down(0.33)),
        ("edit-meeting-2", _down(0.67)),
        ("edit-meeting-3", _down(1.0)),
        ("meeting-detail", _show_meeting),
        ("meeting-versions", _show_versions),
    ),
    "summaries": (
        ("summaries-down", _down(1.0)),
        ("figures", _show_figures),
        ("summary-sent", _show_tab_of_summaries(2)),
        ("summary-paper", _show_summary_paper),
    ),
    "ledgers": (
        ("ledger-rows", _open_ledger("training")),
        ("ledger-row", _show_row),
        ("ledger-edit", _edit_row),
        ("ledger-grid", _in_rows("rows.grid")),
        ("ledger-papers", _in_rows("rows.papers")),
        ("ledger-import", _in_rows("rows.import")),
        ("ledger-style", _copy_style),
    ),
    "plan": (("plan-papers", lambda page: _press(page, "plans.papers")),),
    "priority": (("priority-overview", lambda page: _press(page, "priorities.overview")),),
    "indicator": (("indicator-months", lambda page: _press(page, "indicators.months")),),
    "item": (("item-step", lambda page: _press(page, "item.close_requested")),),
    "brand": (("brand-blank", lambda page: _press(page, "brands.blank")),),
    "heart_talk": (
        ("talk-coverage", lambda page: _press(page, "talks.coverage")),
        ("talk-lacking", lambda page: _press(page, "chip.lacking")),
        ("talk-coverage-paper", lambda page: _press(page, "chip.paper")),
        ("talk-blank", _back_and_press("talks.blank")),
        ("talk-edit", _edit_talk),
        ("talk-edit-down", _down(1.0)),
    ),
    "template": (
        ("template-asks", _show_asks),
        ("template-fields", lambda page: _press(page, "template.all_fields")),
    ),
    "projects": (
        *((f"project-{code}", _show_tab(code)) for code in ("overview", "targets", "progress")),
        *((f"project-{code}", _show_tab(code)) for code in ("evidence", "history", "papers")),
        ("project-board", _show_board),
        ("project-claims", _show_claims),
        ("project-edit", _edit_project),
    ),
    "settings": (
        ("settings-copies", _go_to("资料与备份")),
        ("settings-look", _go_to("外观")),
        ("settings-kinds", _go_to("会议类型")),
        ("settings-rules", _go_to("体检规则")),
        ("settings-looks", _go_to("版式")),
        ("settings-look-page", _show_look),
        ("settings-bin", lambda page: page.open_bin()),
        ("settings-bin-purge", _ask_for_purge),
        ("settings-bin-purges", lambda page: page.bin.log.click()),
        ("settings-about", _go_to("关于")),
    ),
}

MORE: dict[str, tuple[Scene, ...]] = {
    "roster": (
        ("roster-attendance", _back_and_press("roster.attendance")),
        ("member-open", _edit_member),
        ("member-wrong", _save_without("name")),
    ),
    "meetings": (
        ("attendance", _back_and_press("meetings.attendance")),
        ("attendance-paper", lambda page: _press(page, "chip.paper")),
        ("meeting-open", _edit_meeting),
        ("meeting-wrong", _save_without("title")),
    ),
    "checks": (("checks-reason", _ask_reason), ("checks-paper", _back_and_press("checks.paper"))),
    "search": (("search-found", _open_at("隐患")),),
}
"""What pictures show besides; keys find nothing new in it."""

if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
    else:
        main(Path(sys.argv[1]))
