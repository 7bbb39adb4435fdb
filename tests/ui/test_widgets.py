"""What pages are made of: parts of the window only, and no more of them for more records."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QTableView, QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.projects.project import ProjectState, StateChange
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.ui import places
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.records.page import RecordPage
from tests.services.make import a_member
from tests.ui.project_world import a_stored_project
from tests.ui.roster_world import a_desk, quiet

FEW, MANY = 10, 30
"""How many records of each kind: more than the first eight lines that home shows of a kind."""
MORE = 8
"""How many more widgets there may be: the chips of a third year, the line that counts the rest."""
LEDGER = "training"
RUNNING = StateChange(state=ProjectState.RUNNING, on=date(2024, 2, 1), by="支委会", paper="纪要")
CODES = [code for code, *_ in places._LIST]


def filled(folder, number: int) -> Desk:
    """So many members, sittings, overdue projects and rows of a ledger, and as many in the bin."""
    desk = a_desk(folder)
    days = [date(2024, 1, 8) + timedelta(days=n * 800 // number) for n in range(number)]
    project = a_stored_project(desk)
    with desk._library.changing(*Topic) as work:
        for n, day in enumerate(days * 2):
            kinds = ("committee_meeting",)
            sitting = Meeting(id=new_id(), title=f"第{n}次支委会", date=day, kinds=kinds)
            work.meetings.save(replace(sitting, deleted=n >= number))
        for n in range(number):
            work.members.save(a_member(f"新{n:03}"))
            milestones = tuple(replace(each, id=new_id()) for each in project.milestones)
            copied = replace(
                project,
                id=new_id(),
                title=f"项目{n}",
                milestones=milestones,
                targets=(),
                history=(RUNNING,),  # else nothing is due, and home has no line for it
            )
            work.projects.save(copied)
    plain = {"topic": "党章学习", "form": "class", "organiser": "支部", "who": ["张三"]}
    row = desk.ledgers.read(LEDGER, plain | {"day": "2026-01-05", "hours": "2", "counts": True})
    with desk._library.changing(Topic.LEDGERS) as work:
        for day in days:
            values = {**row.values, "day": day, "who": (Person(f"客{day}"),)}
            keeping.save(work, shipped()[LEDGER], replace(row, id=new_id(), values=values))
    return desk


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    made = [filled(tmp_path_factory.mktemp("library") / str(n), n) for n in (FEW, MANY)]
    yield made
    for desk in made:
        desk.close()


def opened(qtbot, shell, desk: Desk, code: str) -> Any:
    """The page of a place, all of it read."""
    [place] = [each for each in places.places(desk, shell) if each.code == code]
    page: Any = place.factory()
    qtbot.addWidget(page)
    page.resize(1176, 690)
    page.show()
    if (parts := page.findChild(Parts)) is not None:
        parts.finish()
    page.refresh(page.topics)
    quiet(qtbot, shell)
    for each in [page, *page.findChildren(RecordPage)]:
        if isinstance(each, RecordPage):
            rested(qtbot, shell, each)
    return page


def rested(qtbot, shell, page: RecordPage) -> None:
    """Until the card shows what the cursor is on."""
    qtbot.waitUntil(lambda: not page.card.waiting)
    quiet(qtbot, shell)


def number(page: QWidget) -> int:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(page.findChildren(QWidget))


def below_nothing(page: QWidget) -> list[str]:
    """What any button or label, shown or not, says with a number less than nothing."""
    texts = [each.text() for kind in (QAbstractButton, QLabel) for each in page.findChildren(kind)]
    return [text for text in texts if re.search(r"(?<![\w-])-\s*\d", text)]


def grown(few: int, many: int) -> str:
    """The two numbers of widgets where there are too many more; else nothing."""
    return "" if many <= few + MORE else f"{few} → {many}"


class Windows(QObject):
    """Which widgets were shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[QWidget, str]] = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append((watched, f"{type(watched).__name__} {watched.objectName()}"))
        return False

    def beside(self, page: QWidget) -> list[str]:
        """All but the page; nothing is watched any more."""
        QCoreApplication.instance().removeEventFilter(self)
        return [name for widget, name in self.found if widget is not page]


@pytest.fixture
def windows(qapp):
    made = Windows()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_of_one_piece_and_no_larger_for_more_records(qtbot, shell, desks, windows, code):
    few, many = desks
    page = opened(qtbot, shell, few, code)
    assert windows.beside(page) == []
    assert below_nothing(page) == []
    assert grown(number(page), number(opened(qtbot, shell, many, code))) == ""


def test_so_is_a_ledger_and_its_grid(qtbot, shell, desks, windows):
    found = []
    for desk in desks:
        page = opened(qtbot, shell, desk, "ledgers")
        page.open_ledger(LEDGER)
        qtbot.waitUntil(lambda page=page: page.shown is not page.all)
        quiet(qtbot, shell)
        rested(qtbot, shell, page.shown)
        page.shown.findChild(QPushButton, "rows.grid").click()
        quiet(qtbot, shell)
        assert page.findChild(QTableView, "grid.table").model().rowCount() > len(desk.ledgers.all())
        found.append(number(page))
        assert desk is not desks[0] or windows.beside(page) == []
    assert grown(*found) == ""


def test_so_is_the_bin(qtbot, shell, desks):
    found = []
    for desk in desks:
        page = opened(qtbot, shell, desk, "settings")
        page.open_bin()
        quiet(qtbot, shell)
        found.append(number(page))
    assert grown(*found) == ""
