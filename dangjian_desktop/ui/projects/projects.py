"""书记项目: from declaration to closing, with the figures and papers that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.paper_acts import Chosen, PaperActs
from dangjian_desktop.ui.projects.board import BoardView
from dangjian_desktop.ui.projects.category import CategoryChip
from dangjian_desktop.ui.projects.claims import ClaimsView
from dangjian_desktop.ui.projects.columns import project_columns
from dangjian_desktop.ui.projects.context import FORM
from dangjian_desktop.ui.projects.detail import ProjectDetail
from dangjian_desktop.ui.projects.editor import project_editor
from dangjian_desktop.ui.projects.listing import NEW, load_listing
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras, Subject


def projects_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list or the board with its card; the editor, and who carries what, over the width."""
    detail = ProjectDetail(desk, shell)
    category = CategoryChip(desk, shell)
    board = BoardView(shell.theme)
    claims = button("认领与台账", shell.theme, icon="clipboard-list", name="projects.claims")
    extras = Extras(
        beside=(board.views,), head=(claims,), before=(category.chip,), below=(category.own,)
    )

    def today() -> date:
        listed = page.list.listing.more
        return listed.today if listed else desk.today()

    subject = Subject(
        place="projects",
        form=FORM,
        title="书记项目",
        noun="项目",
        new=NEW,
        columns=project_columns(shell.theme, today),
        load=partial(load_listing, desk),
        rows=desk.projects.rows,
        title_of=lambda row: str(row.title),
        records=desk.projects,
    )
    editor = partial(project_editor, desk, shell)
    card = detail.as_detail()
    papers = PaperActs(desk, shell, detail, partial(_papers, desk))
    card = replace(card, acts=(*card.acts, *papers.acts(only_several=True)))
    page = RecordPage(desk, shell, subject, card, editor, extras)
    category.follow(page.list)
    board.follow(page)
    detail.edit_asked.connect(page.edit)
    take_evidence(desk, shell, page, detail)
    claims.clicked.connect(ClaimsDoor(desk, shell, page).open)
    return page


def _papers(desk: Desk) -> Sequence[Chosen]:
    """Those that any project has, whatever its state and the month."""
    offered = desk.printing.papers("project")
    return [Chosen(p.code, p.title) for p in offered if not p.part and not p.lengths]


def take_evidence(desk: Desk, shell: Shell, page: RecordPage, card: ProjectDetail) -> None:
    """A file that is dropped becomes evidence of the project that is shown."""

    def closed() -> str:
        if desk.read_only or (card.uid and page.views.at_home):
            return desk.read_only
        return "请先在列表中选择项目，再放入文件。"

    def take(file: Path) -> None:
        card.acts.add_file(file)
        card.show_tab("evidence")

    wanted = "放在这里的文件作为所选项目的佐证，一次一个。"
    Drops(page, shell.messages, take, wanted, closed=closed)


class ClaimsDoor(QObject):
    """Makes the view of who carries what when it is first wanted."""

    def __init__(self, desk: Desk, shell: Shell, page: RecordPage) -> None:
        super().__init__(page)
        self._desk, self._shell, self._page = desk, shell, page
        self._view: ClaimsView | None = None

    @Slot()
    def open(self) -> None:
        """Show the year that the list shows."""
        if self._view is None:
            self._view = ClaimsView(self._desk, self._shell)
            self._view.left.connect(self._page.to_list)
        self._view.show_year(self._page.list.listing.shown.year or self._desk.today().year)
        self._page.views.show_view(self._view)
