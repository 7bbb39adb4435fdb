"""What the card of a project shows: state, what is lacking, and all that belongs to a project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.projects.progress import overdue, percent_complete, time_gone
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.waiving import keep_reason, waive
from dangjian_desktop.ui.desk.keeper import keep_all
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.projects.acts import ProjectActs
from dangjian_desktop.ui.projects.evidence import EvidencePane
from dangjian_desktop.ui.projects.figures import TargetsView
from dangjian_desktop.ui.projects.history import History
from dangjian_desktop.ui.projects.listing import PROGRESS_FORM, ProjectSheet, load_detail
from dangjian_desktop.ui.projects.meter import Meter
from dangjian_desktop.ui.projects.overview import Overview
from dangjian_desktop.ui.projects.papers_pane import PapersPane
from dangjian_desktop.ui.projects.progress_pane import ProgressPane
from dangjian_desktop.ui.projects.steps import NextStates, StepPanel
from dangjian_desktop.ui.records.subject import Detail, Heading

NOTHING = "在左侧选择一个项目，这里显示它的状态、节点、目标、进展和各种表格。"
TABS = (
    ("overview", "概况"),
    ("targets", "目标"),
    ("progress", "进展"),
    ("evidence", "佐证"),
    ("history", "办理记录"),
    ("papers", "文件"),
)


def _targets(card: ProjectDetail) -> TargetsView:
    made = TargetsView(card.shell.theme)
    made.edit_asked.connect(card.edit)
    return made


def _progress(card: ProjectDetail) -> ProgressPane:
    made = ProgressPane(card.shell, card.desk.unsaved.door(PROGRESS_FORM))
    card.acts.entry_refused.connect(made.form.refuse)
    made.saved.connect(card.acts.save_entry)
    return made


def _evidence(card: ProjectDetail) -> EvidencePane:
    made, acts = EvidencePane(card.shell.theme), card.acts
    made.meetings_wanted.connect(acts.offer_meetings)
    acts.meetings_found.connect(made.offer)
    made.linked.connect(acts.link)
    made.unlinked.connect(acts.unlink)
    made.meeting_asked.connect(partial(card.shell.open, "meetings"))
    made.file_wanted.connect(acts.choose_file)
    made.file_opened.connect(acts.open_file)
    made.file_saved.connect(acts.save_file)
    made.file_removed.connect(acts.remove_file)
    return made


def _history(card: ProjectDetail) -> History:
    return History(card.shell.theme)


def _papers(card: ProjectDetail) -> PapersPane:
    return PapersPane(card.desk, card.shell, card.settle)


class ProjectDetail(QWidget):
    """All that belongs to one project; ``edit_asked`` wants it in the editor.

    A part is made when it is turned to first, and filled while it is seen.
    """

    edit_asked = Signal(str)
    targets = cached_property(_targets)
    progress = cached_property(_progress)
    evidence = cached_property(_evidence)
    history = cached_property(_history)
    papers = cached_property(_papers)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self.desk, self.shell = desk, shell
        self.detail: ProjectSheet | None = None
        self._period, self._asked = "", ""
        self._holders: dict[str, QWidget] = {}
        self._other: set[str] = set()
        theme = shell.theme
        today = self._today
        self.meter = Meter(theme)
        self.next = NextStates(theme)
        self.panel = StepPanel(theme, today)
        self.tabs = ChipRow(theme, TABS)
        self.overview = Overview(theme, today)
        self.acts = ProjectActs(desk, shell, self)
        self.decision = self._kept_decision()
        self._compose()
        self._connect()

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        return Detail(
            body=self,
            load=partial(load_detail, self.desk),
            show=self._show,
            hint=NOTHING,
            typing=lambda: "progress" in self._holders and bool(self.progress.form.waiting),
            leave=partial(keep_all, self),
            back=self.back,
            part=self._show_part_of,
            focus=partial(self.show_tab, "papers"),
        )

    @property
    def uid(self) -> str:
        """The project that is shown."""
        return self.detail.project.id if self.detail else ""

    def _show_part_of(self, part: str) -> None:
        """``step:STATE`` the panel of a decision, else the entry of a period."""
        what, _, about = part.partition(":")
        if what == "step":
            self._asked = about
        else:
            self._period = part
            self.show_tab("progress")

    def show_tab(self, code: str) -> None:
        """Another part of the card."""
        self.tabs.set_codes([code])
        self._show_part(code)

    def back(self) -> bool:
        """Close the panel of a decision; false when none is open."""
        if self.panel.isHidden():
            return False
        self.panel.close_panel()
        return True

    def _kept_decision(self) -> KeptForm:
        panel = self.panel

        def key() -> str:
            return f"{self.uid}/{panel.about}" if self.uid and panel.about else ""

        kept = KeptForm(
            self.desk,
            self.shell,
            "project_step",
            name="项目状态",
            key=key,
            state=lambda: panel.form.values() if panel.form else {},
            fill=lambda content: panel.form.fill(content) if panel.form else None,
            parent=panel,
        )
        panel.typed.connect(kept.touch)
        panel.opened.connect(kept.look)
        return kept

    def _today(self) -> date:
        return self.desk.today()

    def _show(self, detail: ProjectSheet) -> Heading:
        project = detail.project
        if project.id != self.uid:
            self.panel.hide()
        self.detail, self._other = detail, {code for code, _ in TABS}
        self.meter.show_progress(percent_complete(project), time_gone(project, detail.today))
        self.next.show_project(project)
        self._fill(self.tabs.code())
        if self._period:
            self._fill("progress")
            self.progress.write(self._period)
            self._period = ""
        if self._asked:
            self.next.ask(self._asked)
            self._asked = ""
        self._ask_charts()
        return _heading(detail)

    def _part(self, code: str) -> Any:
        part: QWidget = getattr(self, code)
        if code not in self._holders:
            self._holders[code] = part if code == "papers" else scrolling(part)
            self._parts.addWidget(self._holders[code])
        return part

    def _fill(self, code: str) -> None:
        """Have a part show this project, unless it does."""
        part = self._part(code)
        if self.detail is None or code not in self._other:
            return
        self._other.discard(code)
        part.show_detail(self.detail)
        if part is self.overview and not self.panel.isHidden() and self.panel.state is not None:
            self.overview.show_lacking(self.panel.state)

    @Slot(str)
    def _show_part(self, code: str) -> None:
        self._fill(code)
        self._parts.setCurrentWidget(self._holders[code])
        if code == "papers":
            self.papers.draw()
        self._ask_charts()

    def _ask_charts(self) -> None:
        if self.tabs.code() == "targets" and self.detail is not None:
            self.acts.draw_charts(self.detail.project, self.targets)

    @Slot(object)
    def _ask_step(self, state: ProjectState) -> None:
        if self.detail is None:
            return
        self.show_tab("overview")
        self.overview.show_lacking(state)
        self.panel.ask(state, self.detail.today)

    @Slot()
    def _ask_back(self) -> None:
        if self.detail is not None:
            self.panel.ask_back(self.detail.project)

    @Slot()
    def _step_closed(self) -> None:
        if self.detail is not None:
            self.overview.show_detail(self.detail)
        self.next.setFocus()

    def _stepped(self, project: Project) -> None:
        self.decision.done()
        self.panel.hide()
        self.shell.set_saved(self.desk.clock().astimezone())
        self.shell.toast(f"项目现为“{project.state.label}”状态")

    def settle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once all is saved: the library's thread works in order."""
        self.shell.jobs.library(_nothing, lambda _none: then())

    @Slot()
    def edit(self) -> None:
        """Ask for the editor of the project that is shown."""
        if self.uid:
            self.edit_asked.emit(self.uid)

    def _compose(self) -> None:
        self.setProperty("look", "clear")
        holder = QWidget()
        self._parts = Stage(holder)
        self._part("overview")
        column_of(self.meter, self.next, self.panel, self.tabs, (holder, 1), on=self)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_part)
        self.next.asked.connect(self._ask_step)
        self.next.back_asked.connect(self._ask_back)
        self.panel.closed.connect(self._step_closed)
        acts = self.acts
        acts.stepped.connect(self._stepped)
        self.panel.decided.connect(acts.decide)
        self.panel.taken_back.connect(acts.take_back)
        acts.refused.connect(self.panel.refuse)
        self.overview.waived.connect(partial(waive, self.desk, self.shell))
        keep_reason(self.desk, self.shell, self.overview.verdicts.reason)
        self.overview.finished.connect(acts.finish)


def _heading(detail: ProjectSheet) -> Heading:
    project = detail.project
    late = len(overdue(project, detail.today))
    behind = f"，{late} 个节点逾期" if late else ""
    line = "　·　".join(filter(None, (project.category, project.number)))
    state = f"{'! ' if late else ''}{project.state.label}{behind}"
    return Heading(project.title, line, state, "warn" if late else "good")


def _nothing() -> None:
    """Comes to its turn once everything before it is saved."""
