"""The form of a project in the order of the paper: heading, reasons, people, steps, figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from dangjian_desktop.domain.amounts import amount, number_text, unreadable
from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.field_values import row_with_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate, candidates
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.form_body import FormBody, card
from dangjian_desktop.ui.look.chips import Flowing
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.projects.context import ProjectContext
from dangjian_desktop.ui.projects.fields import (
    CLOSING_FIELDS,
    FUND_ROWS,
    HEAD_FIELDS,
    MIDTERM_FIELDS,
    MILESTONE_ROWS,
    TARGET_ROWS,
    TEAM_ROWS,
    WORDS_FIELDS,
    category_field,
)
from dangjian_desktop.ui.projects.form import months_between
from dangjian_desktop.ui.projects.targets import SHARES, UNTYPED, Targets, titles
from dangjian_desktop.ui.projects.values_part import ValuesPart

SECTIONS = (
    ("head", "基本情况"),
    ("words", "立项内容"),
    ("team", "成员及分工"),
    ("milestones", "阶段节点"),
    ("targets", "量化目标"),
    ("values", "月度数值"),
    ("funds", "经费"),
    ("midterm", "中期报告"),
    ("closing", "结项报告"),
)


class ProjectBody(FormBody):
    """All parts under each other; a row of chips at the top jumps to them."""

    def __init__(self, shell: Shell, context: ProjectContext) -> None:
        super().__init__(context, settle=self._follow_figures)
        self._cards: dict[str, QWidget] = {}
        self.jumps: dict[str, QPushButton] = {}
        self._make_parts(shell)
        self._figures = once(self, 0, self._follow_figures)
        for name in ("start", "end"):
            self.head.editor(name).changed.connect(self._figures.start)
        for name in ("milestones", "targets", "funds"):
            self.tables[name].changed.connect(self._figures.start)
        self._compose(shell)

    def jump(self, name: str) -> None:
        """Bring a part to the top."""
        self.scroll_to(self._cards[name])

    def _make_parts(self, shell: Shell) -> None:
        theme, people, today = shell.theme, self._people, self.today
        category = category_field(self.opened.categories)
        fields = [category if field.name == "category" else field for field in HEAD_FIELDS]
        form = partial(Form, theme=theme, people=people, today=today)
        self.head = form(fields, columns=3)
        self.words = form(WORDS_FIELDS, columns=2)
        self.midterm = form(MIDTERM_FIELDS, columns=1)
        self.closing = form(CLOSING_FIELDS, columns=2)
        rows = partial(Rows, theme=theme, people=people, today=today, fresh=row_with_id)
        self.tables = {
            "team": rows(TEAM_ROWS, shares=(2, 5), add="添加成员"),
            "milestones": rows(MILESTONE_ROWS, shares=(6, 2, 3, 3, 4), add="添加节点"),
            "targets": rows(TARGET_ROWS, shares=SHARES, add="添加量化目标", untyped=UNTYPED),
            "funds": rows(FUND_ROWS, shares=(5, 2, 2)),
        }
        self.values = ValuesPart(shell)

    def _compose(self, shell: Shell) -> None:
        ends = {"midterm": self.midterm, "closing": self.closing}
        shown = {"head": self.head, "words": self.words, **self.tables, "values": self.values}
        for name, title in SECTIONS:
            chip = button(title, shell.theme, look="chip", name=f"jump.{name}")
            chip.clicked.connect(partial(self.jump, name))
            self.jumps[name] = chip
            self._cards[name] = card(title, {**shown, **ends}[name])
        targets = {"targets": Targets(self.tables["targets"], self.values)}
        parts = {**self.head.cells, **self.words.cells, **self.tables, **targets, **ends}
        area = self.hold(parts, *self._cards.values(), forms=(self.tables["targets"],))
        jumps = Flowing()
        for chip in self.jumps.values():
            jumps.flow.addWidget(chip)
        column_of(jumps, (area, 1), on=self, gap=10)

    @Slot()
    def _follow_figures(self) -> None:
        """The months and targets of the grid, the sums under the tables."""
        start, end = self._day("start"), self._day("end")
        stored = self.opened.stored
        granted = stored.last_day if stored is not None and stored.last_day != stored.end else None
        months = months_between(start, max(filter(None, (end, granted)), default=None))
        self.values.show_targets(titles(self.tables["targets"].rows), months)
        steps = self.tables["milestones"].value()
        weights = number_text(_sum(steps, "weight"))
        said = f"共 {len(steps)} 个节点，权重合计 {weights}" if steps else ""
        self.tables["milestones"].stack.foot.setText(said)
        funds = self.tables["funds"].value()
        planned, used = _sum(funds, "planned"), _sum(funds, "used")
        sums = f"预算合计 {number_text(planned)} 元，已使用 {number_text(used)} 元"
        self.tables["funds"].stack.foot.setText(sums if funds else "")

    def _day(self, name: str) -> date | None:
        return read_day(str(self.head.editor(name).value() or ""), self.opened.today)

    def _people(self) -> Sequence[Candidate]:
        return candidates(
            self.opened.members, lambda m: "、".join(span.value for span in m.posts[-1:])
        )


def _sum(rows: Sequence[State], name: str) -> Decimal:
    known = (row.get(name) for row in rows)
    return sum((amount(v) or Decimal(0) for v in known if not unreadable(v)), Decimal(0))
