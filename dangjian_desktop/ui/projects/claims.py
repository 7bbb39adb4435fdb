"""认领与台账: which member carries which project, how many carry any, and the lists as papers."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.coverage import Claim, Coverage, coverage
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.paper.paper_pane import PaperPane
from dangjian_desktop.ui.projects.listing import percent_text
from dangjian_desktop.ui.projects.printing import CASES, CLAIMS, LEDGER, MATRIX, year_paper
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.tables import Column, PagedModel

EMPTY = "名册中还没有党员。"


@dataclass(frozen=True, slots=True)
class Claims:
    """Who carries what in a year, as of a day; ``groups`` are those of the categories."""

    year: int
    day: date
    found: Coverage
    groups: tuple[str, ...]


def load_claims(desk: Desk, year: int) -> Claims:
    """Counted for the day of the library, or the last day of a year that is over."""
    day = min(desk.due.day(), date(year, 12, 31))
    roll = Roll(desk.meetings.members(), day)
    found = coverage(desk.projects.all(ProjectFilter(year=year)), roll)
    return Claims(year, day, found, tuple(g.name for g in desk.projects.categories().groups))


class ClaimsView(Page):
    """Members with their projects at the left, 认领表 and 台账 at the right."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._year = 0
        self._claims: Claims | None = None
        self._rows: dict[str, Claim] = {}
        theme = shell.theme
        self.back_button = button(
            "返回项目", theme, icon="arrow-left", look="quiet", name="claims.back"
        )
        self.back_button.clicked.connect(self.left)
        self.words = label("", "soft", wrap=True)
        self.table = self._make_table()
        self.papers = ChipRow(theme)
        self.papers.chosen.connect(self.draw)
        self.pane = PaperPane(shell, name="claims")
        self.to_paper = button("看预览", theme, icon="eye", name="claims.preview")
        self._compose()

    def show_year(self, year: int) -> None:
        """Ask for the claims of this year."""
        self._year = year
        self._shell.jobs.library(partial(load_claims, self._desk, year), self._show)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again."""
        self.show_year(self._year)

    def back(self) -> bool:
        """From the paper to the table in a narrow window."""
        return bool(self.split.back())

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)
        self.to_paper.setVisible(narrow)

    def _show(self, claims: Claims) -> None:
        self._claims = claims
        found = claims.found
        self._rows = {claim.member.id: claim for claim in found.claims}
        self.words.setText(
            f"截至 {claims.day}，党员 {found.total} 人，承担项目的 {found.covered} 人，"
            f"覆盖率 {percent_text(found.percent)}"
        )
        self.table.show_ids(list(self._rows), foot=f"共 {found.total} 人", rows=self._rows)
        ledgers = [(f"{LEDGER}/{g}", f"{g}台账") for g in claims.groups]
        more = ((MATRIX, "党建+N矩阵"), (CASES, "案例集"))
        self.papers.set_choices([(CLAIMS, "认领表"), *ledgers, *more])
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Show the chosen paper."""
        if self._claims is not None:
            code, _, group = self.papers.code().partition("/")
            self.pane.show_paper(year_paper(self._desk, code, self._claims.day, group))

    def _make_table(self) -> RecordTable:
        columns: tuple[Column[Claim], ...] = (
            Column(code="name", title="姓名", text=lambda c: c.member.name, width=84),
            Column(code="group", title="党小组", text=self._group, width=110),
            Column(code="projects", title="承担项目", text=_projects, width=-1, tooltip=_projects),
            Column(code="count", title="个数", text=_count, right=True, width=56),
        )
        model = PagedModel(columns, lambda ids: {uid: self._rows[uid] for uid in ids})
        table = RecordTable(
            model, self._shell.theme, self._shell.settings, name="claims", title="党员与承担的项目"
        )
        table.set_empty(EMPTY)
        return table

    def _group(self, claim: Claim) -> str:
        return (claim.member.group_on(self._claims.day) if self._claims else None) or "—"

    def _compose(self) -> None:
        first, second = QWidget(), QWidget()
        head = head_of(self.back_button, "认领与台账", ..., self.to_paper)
        column_of(head, self.words, (self.table, 1), on=first, gap=10)
        column_of(self.papers, (self.pane, 1), on=second)
        self.split = SplitPage(self._shell.theme, self._shell.settings, name="claims")
        self.split.hold(first, second)
        self.to_paper.clicked.connect(self.split.show_detail)
        column_of(self.split, on=self, gap=0)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _projects(claim: Claim) -> str:
    return "；".join(
        f"{c.project.title}（{c.role}{f'，{c.task}' if c.task else ''}）" for c in claim.carried
    )


def _count(claim: Claim) -> str:
    return str(len(claim.carried)) if claim.carried else "—"
