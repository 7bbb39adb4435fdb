"""Papers of projects: forms of one project, the list of a year, who carries what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Project, ProjectFilter
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.projects.forms import ProjectForm, compose_project
from dangjian_desktop.papers.projects.lists import compose_claims, compose_ledger
from dangjian_desktop.papers.projects.sheet import ProjectSheet
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.checks.gathering import kinds_of
from dangjian_desktop.services.papers.printing import BOTH, Format, pdf_of, write_document
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

__all__ = ["ProjectForm", "ProjectPrinting", "read_form"]


def read_form(text: str) -> ProjectForm:
    """A form by its name (申报, 立项, 推进, 中期, 结项, 一页); raises ``InputError``."""
    try:
        return ProjectForm(text.strip())
    except ValueError:
        known = "、".join(form.value for form in ProjectForm)
        raise InputError(f"没有名为“{text}”的表。", f"可用的表：{known}。") from None


class ProjectPrinting:
    """Papers of the projects of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock
        self._check = CheckService(library, clock)

    def document(self, uid: str, form: ProjectForm, period: Period | None = None) -> Document:
        """One form of a project; raises ``InputError`` where there is no such project.

        ``period`` is that of a 推进表: a month or a quarter, the present month unless told.
        """
        with self._library.reading() as work:
            project = work.projects.one(uid)
        if project is None or project.deleted:
            raise InputError(f"没有编号为 {uid} 的项目。", "请用 project list 查看项目编号。")
        return self.of_project(project, form, period)

    def of_project(
        self, project: Project, form: ProjectForm, period: Period | None = None
    ) -> Document:
        """One form of a project as it stands in the editor or in the library."""
        day = self._check.judged_on()
        if period is not None:
            _require_period(form, period, day)
        with self._library.reading() as work:
            version = work.projects.revision_number(project.id) or None
            meetings = work.meetings.get(link.meeting_id for link in project.meetings)
            sheet = ProjectSheet(
                project=project,
                branch=work.branch.get(),
                stamp=self._stamp(work, version),
                today=day,
                group=categories_of(work).group_of(project.category).name,
                meetings=tuple(m for m in meetings.values() if not m.deleted),
                kinds=kinds_of(work),
            )
        return compose_project(form, sheet, period)

    def ledger(self, year: int, group: str | None = None) -> Document:
        """台账: the projects of a year, of one group or (without one) of the first, 书记项目."""
        day = self._check.judged_on()
        with self._library.reading() as work:
            categories = categories_of(work)
            wanted = categories.group(group) if group else categories.groups[0]
            if wanted is None:
                known = "、".join(g.name for g in categories.groups)
                raise InputError(f"没有名为“{group}”的项目种类。", f"可用的种类：{known}。")
            found = work.projects.all(ProjectFilter(year=year))
            of_group = [p for p in found if categories.group_of(p.category) is wanted]
            branch, stamp = work.branch.get(), self._stamp(work, None)
        projects = tuple(reversed(of_group))
        return compose_ledger(projects, year, day, branch, stamp, group=wanted.name)

    def claims(self, day: date | None = None) -> Document:
        """认领表: which member carries which project, as of a day."""
        wanted = day or self._check.judged_on()
        with self._library.reading() as work:
            projects = work.projects.all(ProjectFilter(year=wanted.year))
            members, branch = work.members.all(), work.branch.get()
            stamp = self._stamp(work, None)
        return compose_claims(tuple(reversed(projects)), members, wanted, branch, stamp)

    def preview(self, document: Document) -> bytes:
        """Any of these papers as PDF."""
        return pdf_of(document)

    def export(
        self,
        document: Document,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write any of these papers."""
        return write_document(document, folder, formats, force=force)

    def _stamp(self, work: Work, version: int | None) -> Stamp:
        return Stamp(version, self._clock(), work.branch.get().sample)


def _require_period(form: ProjectForm, period: Period, today: date) -> None:
    if not form.periodic:
        raise InputError(f"{form.paper}不分时间段。", "请去掉时间段后重试。")
    if period.length not in (1, 3):
        raise InputError(f"推进表按月或按季度填写，不能按{period.label}。", "请改用月份或季度。")
    if period.first > today:
        raise InputError(f"{period.label}还没有到。", "请选择本月或以前的时间段。")
