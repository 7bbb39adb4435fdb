"""概况: what the next state still lacks, the timeline, who carries the project and what for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.members.identity import masked_phone
from dangjian_desktop.domain.projects.project import Milestone, Project, ProjectState
from dangjian_desktop.domain.projects.states import usual_next
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.fields.inputs import DateField, Today
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.projects.listing import ProjectSheet
from dangjian_desktop.ui.projects.timeline import Timeline

LEGEND = "◇ 计划　● 完成　虚线为今天"


class Overview(QWidget):
    """``waived`` brings findings and their reason, ``finished`` a milestone's id and its day."""

    waived = Signal(object, str)
    finished = Signal(str, object)

    def __init__(self, theme: Theme, today: Today) -> None:
        super().__init__()
        self._theme = theme
        self._detail: ProjectSheet | None = None
        self.setProperty("look", "clear")
        self.wanted = label("", "heading", wrap=True)
        self.verdicts = Verdicts(theme)
        self.verdicts.waived.connect(self.waived)
        self.steps = label("节点时间线", "heading")
        self.timeline = Timeline(theme)
        self.legend = label(LEGEND, "soft")
        self.finish = FinishLine(theme, today)
        self.finish.finished.connect(self.finished)
        self.facts = Lines()
        column_of(
            self.wanted,
            self.verdicts,
            self.steps,
            self.timeline,
            self.legend,
            self.finish,
            self.facts,
            ...,
            on=self,
            margins=(0, 4, 8, 0),
        )

    def show_detail(self, detail: ProjectSheet) -> None:
        """Show this project; what its usual next state lacks."""
        self._detail = detail
        project = detail.project
        self.show_lacking(usual_next(project.state))
        shown = bool(project.milestones)
        self.timeline.show_project(project, detail.today)
        self.steps.setVisible(shown)
        self.legend.setVisible(shown)
        self.finish.show_project(project, detail.today)
        self.facts.show_lines(_facts(detail))

    def show_lacking(self, state: ProjectState | None) -> None:
        """Say what this state still lacks."""
        if self._detail is None or state is None:
            self.wanted.setText("项目已归档，记录长期保留。" if self._detail else "")
            self.verdicts.show_findings((), {})
            return
        findings = self._detail.lacking.get(state, ())
        self.verdicts.show_findings(findings, self._detail.rules)
        left = sum(1 for finding in findings if not finding.waiver)
        said = f"还有 {left} 处需要补充或说明" if left else "材料已经齐全"
        self.wanted.setText(f"下一步“{state.label}”：{said}")


class FinishLine(QWidget):
    """The next open milestone, and a day on which it was done."""

    finished = Signal(str, object)

    def __init__(self, theme: Theme, today: Today) -> None:
        super().__init__()
        self._step: Milestone | None = None
        self.words = label("", wrap=True)
        self.day = DateField(theme, today=today)
        self.day.setObjectName("finish.day")
        self.day.setAccessibleName("实际完成日期")
        theme.fit(self.day, QWidget.setFixedWidth, 130)
        self.done = button("登记完成", theme, icon="check", name="finish.done", then=self._finish)
        self.day.returnPressed.connect(self._finish)
        row_of((self.words, 1), self.day, self.done, on=self)

    def show_project(self, project: Project, today: date) -> None:
        """Offer the earliest milestone that is not done, while the project is under way."""
        waiting = sorted(
            (m for m in project.milestones if m.actual is None), key=lambda m: m.planned
        )
        self._step = waiting[0] if waiting and project.state.under_way else None
        self.setVisible(self._step is not None)
        if self._step is not None:
            self.words.setText(f"下一节点：{self._step.what}（计划 {self._step.planned}）")
            self.day.set_day(today)

    @Slot()
    def _finish(self) -> None:
        day = self.day.day()
        if self._step is not None and day is not None:
            self.finished.emit(self._step.id, day)


def _facts(detail: ProjectSheet) -> tuple[tuple[str, str], ...]:
    project = detail.project
    people = "、".join(
        f"{m.person.name}（{m.task}）" if m.task else m.person.name for m in project.team
    )
    # As on the card of a member: who needs it finds it there and on the paper.
    phone = masked_phone(project.phone)
    named = (project.secretary.name if project.secretary else "", phone)
    found = (
        (detail.responsible, "　".join(filter(None, named))),
        ("协助责任人", project.assistant.name if project.assistant else ""),
        ("起止时间", _period(project)),
        ("申报日期", _day(project.declared_on)),
        ("成员及分工", people),
        ("立项背景", project.background),
        ("拟解决的问题", project.problem),
        ("推进措施", "\n".join(project.measures)),
        ("预期成效", project.expected_effect),
    )
    return tuple((name, text or "待明确") for name, text in found)


def _period(project: Project) -> str:
    if project.start is None and project.end is None:
        return ""
    moved = project.last_day != project.end and project.last_day is not None
    more = f"，延期至{_day(project.last_day)}" if moved else ""
    return f"{_day(project.start) or '待明确'}至{_day(project.end) or '待明确'}{more}"


def _day(day: date | None) -> str:
    return "" if day is None else chinese_date(day)
