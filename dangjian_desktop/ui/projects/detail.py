"""The card at the right of the list: state, what is lacking, and all that belongs to a project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.domain.projects.progress import overdue, percent_complete, time_gone
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, frame, label, look, space
from dangjian_desktop.ui.projects.acts import ProjectActs
from dangjian_desktop.ui.projects.evidence import EvidencePane
from dangjian_desktop.ui.projects.figures import TargetsView
from dangjian_desktop.ui.projects.history import History
from dangjian_desktop.ui.projects.listing import Detail, load_detail
from dangjian_desktop.ui.projects.meter import Meter
from dangjian_desktop.ui.projects.overview import Overview
from dangjian_desktop.ui.projects.papers_pane import PapersPane
from dangjian_desktop.ui.projects.progress_pane import ProgressPane
from dangjian_desktop.ui.projects.steps import NextStates, StepPanel

PAUSE = 120
NOTHING = "在左侧选择一个项目，这里显示它的状态、节点、目标、进展和各种表格。"
TABS = (
    ("overview", "概况"),
    ("targets", "目标"),
    ("progress", "进展"),
    ("evidence", "佐证"),
    ("history", "沿革"),
    ("papers", "文件"),
)


class ProjectDetail(QWidget):
    """Shows one project by id; ``edit_asked`` wants it in the editor."""

    edit_asked = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self.uid = ""
        self.detail: Detail | None = None
        self._period = ""
        theme = shell.theme
        today = self._today
        self.title = label("", "heading", wrap=True)
        self.state = label("", "good")
        self.line = label("", "soft", wrap=True)
        self.meter = Meter(theme)
        self.edit = button("编辑", theme, icon="pencil", name="project.edit")
        self.next = NextStates(theme)
        self.panel = StepPanel(theme, today)
        self.tabs = ChipRow(theme, TABS)
        self.overview = Overview(theme, today)
        self.targets = TargetsView(theme)
        self.progress = ProgressPane(theme)
        self.evidence = EvidencePane(theme)
        self.history = History(theme)
        self.papers = PapersPane(desk, shell, self._settle)
        self.acts = ProjectActs(desk, shell, self)
        self._compose()
        self._connect()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(PAUSE)
        self._asking.timeout.connect(self._ask)
        self.show_project("")

    def show_project(self, uid: str) -> None:
        """Show this project once the cursor rests; an empty id shows what the card is for."""
        if uid != self.uid:
            self.leave()
            self.panel.hide()
        self.uid = uid
        self._card.setVisible(bool(uid))
        self._hint.setVisible(not uid)
        if uid:
            self._asking.start()

    def show_entry(self, uid: str, period: str) -> None:
        """Show the entry of this month of the project."""
        self._period = period
        self.show_tab("progress")
        self.show_project(uid)

    def show_tab(self, code: str) -> None:
        """Another part of the card."""
        self.tabs.set_codes([code])
        self._show_part(code)

    def leave(self) -> None:
        """Keep what was typed last."""
        self.progress.form.flush()

    def back(self) -> bool:
        """Close the panel of a decision; false when none is open."""
        if self.panel.isHidden():
            return False
        self.panel.close_panel()
        return True

    def _today(self) -> date:
        return self._desk.clock().date()

    @Slot()
    def _ask(self) -> None:
        if self.uid:
            self._shell.jobs.library(partial(load_detail, self._desk, self.uid), self._show)

    def _show(self, detail: Detail | None) -> None:
        if detail is None or detail.project.id != self.uid:
            return
        self.detail = detail
        project = detail.project
        self.title.setText(project.title)
        _show_state(self.state, detail)
        self.line.setText("　·　".join(filter(None, (project.category, project.number))))
        self.line.setVisible(bool(project.category or project.number))
        self.meter.show_progress(percent_complete(project), time_gone(project, detail.today))
        self.next.show_project(project)
        self.overview.show_detail(detail)
        if not self.panel.isHidden() and self.panel.state is not None:
            self.overview.show_lacking(self.panel.state)
        self.targets.show_project(project)
        self.progress.show_detail(detail)
        self.evidence.show_detail(detail)
        self.history.show_project(project)
        self.papers.show_detail(detail)
        if self._period:
            self.progress.write(self._period)
            self._period = ""
        self._ask_charts()

    @Slot(str)
    def _show_part(self, code: str) -> None:
        self._parts.setCurrentIndex([name for name, _ in TABS].index(code))
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
        self.panel.hide()
        self._shell.set_saved(self._desk.clock().astimezone())
        self._shell.toast(f"项目现为“{project.state.label}”状态")

    def _settle(self, then: Callable[[], None]) -> None:
        """The library's thread works in order: what was saved before is in the paper."""
        self._shell.jobs.library(_nothing, lambda _none: then())

    @Slot()
    def _on_edit(self) -> None:
        if self.uid:
            self.leave()
            self.edit_asked.emit(self.uid)

    def _compose(self) -> None:
        head = QHBoxLayout()
        space(head, margins=(0, 0, 0, 0), gap=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._parts = QStackedLayout(holder)
        for part in (self.overview, self.targets, self.progress, self.evidence, self.history):
            self._parts.addWidget(_scrolled(part))
        self._parts.addWidget(self.papers)
        self._card = frame("card")
        body = QVBoxLayout(self._card)
        space(body, margins=(16, 12, 12, 12), gap=8)
        body.addLayout(head)
        for widget in (self.line, self.meter, self.next, self.panel, self.tabs):
            body.addWidget(widget)
        body.addWidget(holder, 1)
        self._hint = label(NOTHING, "soft", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=0)
        layout.addWidget(self._card, 1)
        layout.addWidget(self._hint, 1)

    def _connect(self) -> None:
        self.edit.clicked.connect(self._on_edit)
        self.targets.edit_asked.connect(self._on_edit)
        self.tabs.chosen.connect(self._show_part)
        self.next.asked.connect(self._ask_step)
        self.next.back_asked.connect(self._ask_back)
        self.panel.closed.connect(self._step_closed)
        acts = self.acts
        acts.stepped.connect(self._stepped)
        self.panel.decided.connect(acts.decide)
        self.panel.taken_back.connect(acts.take_back)
        acts.refused.connect(self.panel.refuse)
        acts.entry_refused.connect(self.progress.form.refuse)
        self.overview.waived.connect(acts.waive)
        self.overview.finished.connect(acts.finish)
        self.progress.saved.connect(acts.save_entry)
        self.progress.kept.connect(acts.keep_entry)
        self.evidence.meetings_wanted.connect(acts.offer_meetings)
        acts.meetings_found.connect(self.evidence.offer)
        self.evidence.linked.connect(acts.link)
        self.evidence.unlinked.connect(acts.unlink)
        self.evidence.meeting_asked.connect(partial(self._shell.open, "meetings"))
        self.evidence.file_wanted.connect(acts.choose_file)
        self.evidence.file_opened.connect(acts.open_file)
        self.evidence.file_saved.connect(acts.save_file)
        self.evidence.file_removed.connect(acts.remove_file)


def _show_state(chip: QLabel, detail: Detail) -> None:
    late = len(overdue(detail.project, detail.today))
    behind = f"，{late} 个节点逾期" if late else ""
    sign = "! " if late else ""
    chip.setText(f"{sign}{detail.project.state.label}{behind}")
    look(chip, "warn" if late else "good")


def _scrolled(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(part)
    return area


def _nothing() -> None:
    """Comes to its turn once everything before it is saved."""
