"""Every paper of a library that knows next to nothing: room to write, no word of the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal
from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Candidate,
    Matter,
    Meeting,
    Presence,
    Vote,
)
from dangjian_desktop.domain.projects.project import (
    Project,
    ProjectState,
    StateChange,
    Target,
    TeamMember,
)
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.papers.catalogue import (
    AGREEMENT,
    APPRAISAL,
    ASSESSMENT,
    MEETING,
    PRIORITY,
    PROJECT,
    ROW,
    Wanted,
)
from dangjian_desktop.papers.catalogue import ITEM as OF_ITEM
from dangjian_desktop.papers.followed import CLOSING
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.papers.offered import shipped_papers
from tests.domain.ledgers.making import a_row
from tests.papers.sample import KINDS
from tests.services.make import a_member, clock

DAY = date(2026, 3, 18)
WHO = Person(member_id=None, name="张三")
ITEM = AgendaItem(id="i", topic="某事", vote=Vote(), actions=(Action(what="办理"),))
PERIODS = {1: "2026-03", 3: "2026-Q1", 6: "2026-H1", 12: "2026"}
WORDS_OF_THE_SCREEN = ("待明确", "None", "未填", "……", "无法判断", "无法计算")
SAYS_THEM = "check"
"""The paper whose matter is what cannot be said, and why."""
PAPERS = {paper.code: paper for paper in shipped_papers()}


def a_project(uid: str, state: ProjectState) -> Project:
    return Project(
        id=uid,
        title="某项目",
        start=DAY,
        team=(TeamMember(WHO),),
        targets=(Target(id="t", indicator="某指标"),),
        history=(StateChange(state=state, on=DAY, by="", paper=""),),
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sparse")
    made = Desk(new_library(folder / "支部.dangjian", Branch(name="中共某某支部委员会")), clock)
    with made._library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("张三", join_date=None, full_date=None, kinds=(), groups=()))
        # A page of a group is there where somebody is in one.
        work.members.save(a_member("李四"))
        work.projects.save(a_project("p", ProjectState.APPROVED))
        for kind in KINDS:
            sitting = Meeting(id=kind.code, kinds=(kind.code,), title="", date=DAY, agenda=(ITEM,))
            work.meetings.save(sitting)
        for ledger in {p.ledger.code: p.ledger for p in PAPERS.values() if p.ledger}.values():
            keeping.save(work, ledger, a_row(ledger, {ledger.day: plain_day(ledger)}))
    made.shared["priority"].import_json({"name": "某重点"})
    bare = {"name": "某指标", "priority": "某重点", "unit": "元"}
    made.shared["indicator"].import_json(bare)
    yield made
    made.close()


def plain_day(ledger):
    lengths = {"date": 10, "partial_date": 7, "month": 7, "year": 4}
    text = DAY.isoformat()[: lengths[ledger.named(ledger.day).type.value]]
    return int(text) if len(text) == 4 else text


ELECTION = replace(ITEM, matter=Matter.ELECTION, candidates=(Candidate(name="张三"),))


BARE = {
    AGREEMENT: Agreement(id="a", title="某责任状", signer=WHO, starts=DAY, ends=DAY),
    APPRAISAL: FusionAppraisal(id="a", title="某测评", held_on=DAY, year=DAY.year),
    ASSESSMENT: Assessment(id="a", title="某表", day=DAY),
    PRIORITY: Priority(id="p", name="某重点"),
}


def records(paper):
    """What each paper about one record is printed of, beside nothing at all."""
    if paper.of == ROW:
        return [a_row(paper.ledger, {})]
    if paper.of == OF_ITEM:
        # What stands for ever is never closed.
        left_out = {ItemKind.DUTY} if paper.code == CLOSING else set()
        kinds = [kind for kind in ItemKind if kind not in left_out]
        return [Item(id="i", kind=kind, content="某事", found_on=DAY) for kind in kinds]
    if paper.of in BARE:
        return [BARE[paper.of]]
    if paper.of == PROJECT:
        state = ProjectState(paper.stage) if paper.stage else ProjectState.APPROVED
        return [Project(id="bare", title="某项目"), a_project("p", state)]
    seen = (Attendance(WHO, Presence.PRESENT), Attendance(WHO, Presence.LEAVE))
    items = (ELECTION,) if paper.part else (ITEM,)
    return [
        Meeting(id=kind.code, kinds=(kind.code,), title="", date=DAY, agenda=agenda, attendance=who)
        for kind in KINDS
        for agenda, who in ((items if paper.part else (), ()), (items, seen))
    ]


def documents(desk, paper):
    layouts = paper.layouts
    if paper.of in (MEETING, PROJECT, ROW, OF_ITEM, *BARE):
        period = Period.parse(PERIODS[paper.lengths[0]]) if paper.lengths else None
        for record in records(paper):
            for layout in layouts:
                wanted = Wanted(layout=layout, period=period)
                yield desk.printing.of_record(paper.code, record, wanted)
        return
    for length in paper.lengths or (0,):
        period = Period.parse(PERIODS[length]) if length else None
        yield desk.printing.document(paper.code, wanted=Wanted(period=period))


@pytest.mark.parametrize("code", PAPERS)
def test_a_paper_leaves_room_where_nothing_is_known(desk, code):
    for document in documents(desk, PAPERS[code]):
        texts = (document.title, document.name, *document.texts())
        words = () if code == SAYS_THEM else WORDS_OF_THE_SCREEN
        found = [text for text in texts if any(word in text for word in words)]
        assert found == []
        assert WHO.name in document.names, "a member's name would be torn"
