"""What a user does with the project that the card shows: each is one call of a service."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.projects.project import MeetingLink, Project, StateChange
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.lending import Lent
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.paper.exporting import open_path, say_written
from dangjian_desktop.ui.projects.entry import Entered, save_entry
from dangjian_desktop.ui.projects.figures import TargetsView
from dangjian_desktop.ui.projects.listing import load_meetings
from dangjian_desktop.ui.projects.printing import chart_pictures

EVIDENCE = "文件 (*.*)"


class ProjectActs(QObject):
    """Works for ``card.uid``; what a service refuses comes back to the place it was asked from."""

    stepped = Signal(object)
    refused = Signal(object, str)
    entry_refused = Signal(str)
    meetings_found = Signal(object)

    def __init__(self, desk: Desk, shell: Shell, card: Any) -> None:
        super().__init__(card)
        self._desk, self._shell, self._card = desk, shell, card
        # Copies that were opened are taken away again with the window.
        self._lent = Lent()

    @property
    def _uid(self) -> str:
        return str(self._card.uid)

    @Slot(object)
    def decide(self, change: StateChange) -> None:
        """Record the decision."""
        work = partial(self._desk.projects.change_state, self._uid, change)
        self._shell.jobs.library(work, self.stepped.emit, self._refuse, title="正在保存")

    @Slot(str)
    def take_back(self, because: str) -> None:
        """Take the last decision back."""
        work = partial(self._desk.projects.take_back, self._uid, because)
        self._shell.jobs.library(work, self.stepped.emit, self._refuse, title="正在保存")

    @Slot(str, object)
    def finish(self, milestone: str, day: date) -> None:
        """Say when a milestone was done."""
        uid, projects, library = self._uid, self._desk.projects, self._shell.jobs.library
        undo = partial(library, partial(projects.finish_milestone, uid, milestone, None))
        said = partial(self._shell.toast, f"已登记 {day} 完成", undo)
        library(partial(projects.finish_milestone, uid, milestone, day), lambda _project: said())

    @Slot(object)
    def save_entry(self, entered: Entered) -> None:
        """Store words and values of a month."""
        work = partial(save_entry, self._desk, self._uid, entered)
        self._shell.jobs.library(work, self._entry_saved, self._entry_failed, title="正在保存")

    @Slot()
    def offer_meetings(self) -> None:
        """Find the meetings that can be linked."""
        project = self._project()
        if project is not None:
            work = partial(load_meetings, self._desk, project)
            self._shell.jobs.library(work, self.meetings_found.emit)

    @Slot(object)
    def link(self, link: MeetingLink) -> None:
        """Say that a meeting dealt with the project."""
        links = self._desk.project_links
        self._shell.jobs.library(partial(links.link, self._uid, link.meeting_id, link.item_id))

    @Slot(object)
    def unlink(self, link: MeetingLink) -> None:
        """Take a link away; it can be put back for ten seconds."""
        links, library = self._desk.project_links, self._shell.jobs.library
        named = (self._uid, link.meeting_id, link.item_id)
        undo = partial(library, partial(links.link, *named))
        said = partial(self._shell.toast, "已取消关联", undo)
        library(partial(links.unlink, *named), lambda _project: said())

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and keep a copy of it as evidence."""
        self._shell.choosers.open_file(
            self._widget, "添加佐证文件", EVIDENCE, self.add_file, purpose="evidence"
        )

    @Slot(str)
    def open_file(self, uid: str) -> None:
        """Open a copy with the program that the system has for it."""
        links, project, lent = self._desk.project_links, self._uid, self._lent

        def work() -> Path:
            return links.hand_out(project, uid, lent.folder())

        self._shell.jobs.library(work, open_path, title="正在打开文件")

    @Slot(str)
    def save_file(self, uid: str) -> None:
        """Ask for a folder and write a copy there."""
        links, project, jobs = self._desk.project_links, self._uid, self._shell.jobs

        def write(folder: Path) -> None:
            jobs.library(partial(links.hand_out, project, uid, folder), self._handed_out)

        self._shell.choosers.folder(self._widget, "保存到哪个文件夹", write, purpose="export")

    @Slot(str)
    def remove_file(self, uid: str) -> None:
        """Take a file off the project, with a way back."""
        project = self._project()
        files = project.evidence if project else ()
        place = next((at for at, file in enumerate(files) if file.uid == uid), None)
        if place is None:
            return
        links, library = self._desk.project_links, self._shell.jobs.library
        words = f"已移除佐证“{files[place].name}”"
        back = partial(library, partial(links.put_back_file, self._uid, files[place], place))
        remove = partial(links.remove_file, self._uid, uid)
        library(remove, lambda _project: self._shell.toast(words, back))

    def draw_charts(self, project: Project, view: TargetsView) -> None:
        """Draw the charts that are not there yet, in the papers' thread."""
        wanted = tuple(uid for uid, chart in view.charts.items() if not chart.shown)
        if not wanted:
            return

        def work(_progress: Progress) -> tuple[tuple[str, QImage], ...]:
            return chart_pictures(project, wanted)

        def done(pictures: tuple[tuple[str, QImage], ...]) -> None:
            for uid, picture in pictures:
                view.show_chart(uid, picture)

        self._shell.jobs.papers(work, done, title="正在绘制图表")

    @property
    def _widget(self) -> QWidget:
        return self._card  # type: ignore[no-any-return]

    def _project(self) -> Project | None:
        detail = self._card.detail
        return None if detail is None else detail.project

    def add_file(self, source: Path) -> None:
        """Keep a copy of a file as evidence."""
        work = partial(self._desk.project_links.add_file, self._uid, source)
        said = partial(self._shell.toast, f"已添加：{source.name}")
        self._shell.jobs.library(work, lambda _project: said(), title="正在添加文件")

    def _handed_out(self, file: Path) -> None:
        say_written(self._shell, [file], f"已保存：{file.name}")

    def _entry_saved(self, _project: Project) -> None:
        self._shell.set_saved(self._desk.clock().astimezone())
        self._shell.toast("进展已保存")
        self.entry_refused.emit("")

    def _entry_failed(self, error: Exception) -> None:
        if isinstance(error, InputError):
            words = [issue.message for issue in error.issues] or [error.message]
            self.entry_refused.emit("；".join(words))
        else:
            self.entry_refused.emit("没有保存，填写的内容仍在。")
            self._shell.messages.report(error)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self.refused.emit(dict(error.fields), error.message)
        else:
            self._shell.messages.report(error)
