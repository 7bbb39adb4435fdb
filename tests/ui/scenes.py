"""What is shown of each place beside its first view: named scenes, each from its own beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QPushButton, QScrollArea

from dangjian_desktop.domain.items.item import ItemKind
from dangjian_desktop.ui.fields.cells import Cell
from dangjian_desktop.ui.members.importing import ImportSteps

Step = Callable[[Any], object]


@dataclass(frozen=True)
class Scene:
    """``steps`` lead to it, from the page's own beginning or ``on`` from the scene before."""

    name: str
    steps: tuple[Step, ...]
    on: bool = False


def scene(name: str, *steps: Step) -> Scene:
    """A scene from the beginning of the page."""
    return Scene(name, steps)


def on(name: str, *steps: Step) -> Scene:
    """One that goes on where the one before it ended."""
    return Scene(name, steps, on=True)


def played(
    page: Callable[[], Any], scenes: tuple[Scene, ...], settle: Callable[[], object]
) -> Iterator[str]:
    """Plays them one after the other; gives the name of each while it stands. ``page`` is asked
    for before each step, ``settle`` waits for what a step has started."""
    for each in scenes:
        if not each.on:
            begin(page, settle)
        page().focus_first()
        for step in each.steps:
            step(page())
            settle()
        yield each.name


def begin(page: Callable[[], Any], settle: Callable[[], object]) -> None:
    """Step back, as Esc does, until there is no step back any more."""
    for _step in range(6):
        if not page().back():
            return
        settle()
    raise AssertionError(f"no way back in {page()}")


def _down(share: float) -> Step:
    """Scroll the longest visible area of the page."""

    def act(page) -> None:
        areas = [a for a in page.findChildren(QScrollArea) if a.isVisible() and not is_paper(a)]
        bar = max((a.verticalScrollBar() for a in areas), key=lambda each: each.maximum())
        bar.setValue(round(bar.maximum() * share))

    return act


def is_paper(area) -> bool:
    return area.accessibleName() == "打印预览"


def _press(name: str) -> Step:
    return lambda page: page.findChild(QPushButton, name).click()


def _edit(page) -> None:
    page.edit(page.table.current() or page.table.model.ids[0])


def _show_detail(page) -> None:
    page.split.show_detail()


def _begin_new(kind: str = "") -> Step:
    return lambda page: page.start_new(kind)


def _choose(fits: Callable[[Any], bool]) -> Step:
    """Put the cursor on the first record that fits."""

    def act(page) -> None:
        model = page.table.model
        ids = [uid for uid in model.ids if fits(model.record(uid))]
        page.table.select((ids or model.ids)[0])

    return act


def _act(code: str) -> Step:
    """Do what an act of the card does with the record that is shown."""
    return lambda page: page.acts.actions[code].trigger()


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


def _go_to(card: str) -> Step:
    return lambda page: page.chips.chip(card).click()


def _show_tab(code: str) -> Step:
    def act(page) -> None:
        page.split.show_detail()
        page.detail.show_tab(code)

    return act


def _open_ledger(code: str) -> Step:
    return lambda page: page.open_ledger(code)


def _edit_row(page) -> None:
    _edit(page.shown)


def _show_versions(page) -> None:
    page._show_versions([page.table.model.ids[0]])


def _tab_of_summaries(place: int) -> Step:
    return lambda page: page.tabs.setCurrentIndex(place)


def _ask_reason(page) -> None:
    page._ask_reason(())


def _save_without(field: str) -> Step:
    """Empty a field that is required, and save."""

    def act(page) -> None:
        form = page.editor.body
        next(c for c in form.findChildren(Cell) if c.editor.field.name == field).set_value("")
        page.editor.save()

    return act


def _show_asks(page) -> None:
    page.detail.parts.chip("fields").click()


def _delete_talk(page) -> None:
    talks = page.desk.shared["heart_talk"]
    talks.delete(talks.all()[0].id)


def _ask_for_purge(page) -> None:
    page.bin.purge_asked.emit([each.id for each in page.desk.bin.listed()])


def _open_bin(page) -> None:
    page.open_bin()


def _is_task(row) -> bool:
    return row.item.kind is ItemKind.TASK and row.item.responsible is not None


def _is_problem(row) -> bool:
    return row.item.kind is ItemKind.PROBLEM and row.tasks > 0


def _in_shown(name: str) -> Step:
    """Press a button of the ledger that is shown."""
    return lambda page: _press(name)(page.shown)


_LEDGER = _open_ledger("training")
SCENES: dict[str, tuple[Scene, ...]] = {
    "roster": (
        scene("member", _edit),
        on("member-down", _down(1.0)),
        scene("member-card", _choose(lambda row: row.member.posts)),
        scene("roster-paper", _press("roster.paper")),
        scene("roster-import", _press("roster.import")),
        on("roster-import-found", _take_file),
        on("roster-import-agree", _agree),
    ),
    "meetings": (
        scene("new-meeting", _begin_new("committee_meeting")),
        on("new-meeting-down", _down(1.0)),
        scene("edit-meeting", _edit),
        on("edit-meeting-1", _down(0.33)),
        on("edit-meeting-2", _down(0.67)),
        on("edit-meeting-3", _down(1.0)),
        scene("meeting-detail", _show_detail),
        scene("meeting-versions", _show_versions),
    ),
    "summaries": (
        scene("summaries-down", _down(1.0)),
        scene("figures", _tab_of_summaries(1)),
        scene("summary-sent", _tab_of_summaries(2)),
        scene("summary-paper", _tab_of_summaries(0), _show_detail),
    ),
    "ledgers": (
        scene("ledger-rows", _LEDGER),
        on("ledger-row", lambda page: _show_detail(page.shown)),
        scene("ledger-edit", _LEDGER, _edit_row),
        scene("ledger-grid", _LEDGER, _in_shown("rows.grid")),
        scene("ledger-papers", _LEDGER, _in_shown("rows.papers")),
        scene("ledger-import", _LEDGER, _in_shown("rows.import")),
        scene("ledger-rota", _open_ledger("short_lessons"), _in_shown("rows.rota")),
        scene("ledger-group", _open_ledger("group_months"), _in_shown("rows.months")),
        scene("ledger-style", lambda page: page.all.start_new("training")),
    ),
    "plan": (
        scene("plan-edit", _edit),
        scene("plan-papers", _press("plans.papers")),
    ),
    "priority": (
        scene("priority-edit", _edit),
        scene("priority-overview", _press("priorities.overview")),
    ),
    "indicator": (
        scene("indicator-edit", _edit),
        scene("indicator-months", _press("indicators.months")),
    ),
    "item": (
        scene("item-task", _choose(_is_task), _show_detail),
        on("item-step", _act("close_requested")),
        scene("item-follow", _choose(_is_task), _act("follow")),
        scene("item-problem", _choose(_is_problem), _show_detail),
        scene("item-edit", _edit),
        scene("item-lists", _press("items.lists")),
        on("item-names", _press("lists.names")),
    ),
    "brand": (
        scene("brand-edit", _edit),
        scene("brand-blank", _press("brands.blank")),
    ),
    "assessment": (
        scene("assessment-edit", _edit),
        scene("assessment-paper", _act("paper")),
    ),
    "duty_agreement": (
        scene("agreement-edit", _edit),
        scene("agreement-sign", _act("sign")),
        scene("agreement-blank", _press("agreements.blank")),
    ),
    "fusion_appraisal": (
        scene("appraisal-edit", _edit),
        scene("appraisal-blank", _press("appraisals.blank")),
    ),
    "package": (scene("package-order", _begin_new()),),
    "heart_talk": (
        scene("talk-coverage", _press("talks.coverage")),
        on("talk-lacking", _press("chip.lacking")),
        on("talk-coverage-paper", _press("chip.paper")),
        scene("talk-blank", _press("talks.blank")),
        scene("talk-edit", _edit),
        on("talk-edit-down", _down(1.0)),
    ),
    "template": (
        scene("template-asks", _show_asks),
        scene("template-fields", _press("template.all_fields")),
    ),
    "projects": (
        *(
            scene(f"project-{code}", _show_tab(code))
            for code in ("overview", "targets", "progress", "evidence", "history", "papers")
        ),
        scene("project-board", _press("chip.board")),
        scene("project-claims", _press("projects.claims")),
        scene("project-edit", _edit),
    ),
    "settings": (
        scene("settings-copies", _go_to("资料与备份")),
        scene("settings-look", _go_to("外观")),
        scene("settings-kinds", _go_to("会议类型")),
        scene("settings-rules", _go_to("体检规则")),
        scene("settings-looks", _go_to("版式")),
        scene("settings-look-page", lambda page: page.open_look("handbook")),
        scene("settings-bin", _delete_talk, _open_bin),
        on("settings-bin-purge", _ask_for_purge),
        scene("settings-bin-purges", _open_bin, lambda page: page.bin.log.click()),
        scene("settings-updating", _go_to("更新")),
        scene("settings-about", _go_to("关于")),
    ),
}

MORE: dict[str, tuple[Scene, ...]] = {
    "roster": (
        scene("roster-attendance", _press("roster.attendance")),
        scene("member-open", _edit),
        on("member-wrong", _save_without("name")),
    ),
    "meetings": (
        scene("attendance", _press("meetings.attendance")),
        on("attendance-paper", _press("chip.paper")),
        scene("meeting-open", _edit),
        on("meeting-wrong", _save_without("title")),
    ),
    "checks": (scene("checks-reason", _ask_reason), scene("checks-paper", _press("checks.paper"))),
    "search": (scene("search-found", lambda page: page.focus_record("隐患")),),
}
"""What pictures show besides; keys find nothing new in it."""
