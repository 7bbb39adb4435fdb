"""Those whose kind is open count nowhere until a person decides, alone or all at once."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.members.deciding import decided
from dangjian_desktop.domain.members.member import NORMAL, OUTSIDER, Member, MemberKind, Span
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.members.listing import OTHERS, UNDECIDED, Listing
from dangjian_desktop.services.members.roster import RosterService
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.storage.library import Library
from tests.services.make import NOW, clock

TODAY = NOW.date()


@pytest.fixture
def library(tmp_path):
    opened = Library.create(tmp_path / "支部.dangjian", Branch(name="中共某厂机修车间支部委员会"))
    yield opened
    opened.close()


@pytest.fixture
def roster(library, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text("姓名,人员类别\n张三,正式党员\n李四,领导\n王五,\n赵六,挂起\n", encoding="utf-8")
    done = RosterImport(library, clock).run(file)
    assert [issue.row for issue in done.plan.undecided] == [3, 4, 5]
    assert done.as_json()["undecided"][0]["code"] == "kind_unknown"
    return RosterService(library, clock)


def test_the_undecided_count_nowhere(roster):
    roll = roster.roll()
    assert [m.name for m in roll.undecided] == ["李四", "王五", "赵六"]
    assert [m.name for m in roll.members] == [m.name for m in roll.voters] == ["张三"]
    parts = Listing.of(roll)
    assert (UNDECIDED, "身份未定") in parts.parts()
    assert "身份未定 3 人" in parts.counts()


def test_one_is_decided_alone_and_the_rest_at_once(roster):
    undecided = {m.name: m.id for m in roster.roll().undecided}
    assert [m.name for m in roster.decide(MemberKind.PROBATIONARY, [undecided["李四"]])] == ["李四"]
    assert len(roster.decide(MemberKind.FORMAL)) == 2
    roll = roster.roll()
    assert (len(roll.formal), len(roll.probationary), roll.undecided) == (3, 1, ())


def test_who_is_no_member_is_kept_among_the_others(roster):
    gone = roster.decide(None)
    listing = Listing.of(roster.roll())
    assert {m.name for m in gone} == {m.name for m in listing.shown(OTHERS)}
    assert {m.status_on(TODAY) for m in gone} == {OUTSIDER}
    assert listing.roll.undecided == ()


def test_who_is_decided_is_not_decided_again(roster):
    [settled] = [m for m in roster.roll().members if m.name == "张三"]
    open_ = roster.roll().undecided[0]
    with pytest.raises(InputError, match="张三"):
        roster.decide(MemberKind.FORMAL, [open_.id, settled.id])
    assert len(roster.roll().undecided) == 3


def test_a_later_sheet_that_does_not_tell_changes_nobody(roster, library, tmp_path):
    roster.decide(MemberKind.FORMAL)
    file = tmp_path / "再.csv"
    file.write_text("姓名,人员类别\n李四,领导\n", encoding="utf-8")
    done = RosterImport(library, clock).run(file)
    assert done.plan.undecided == ()
    assert "kind_unknown" in {issue.code for issue in done.warnings}
    assert [m.name for m in done.plan.absent] == ["王五", "张三", "赵六"]
    assert len(roster.roll().formal) == 4


def test_a_later_sheet_that_tells_settles_who_was_open_since_ever(roster, library, tmp_path):
    [first, *_] = roster.roll().undecided
    roster.decide(None, [first.id])
    file = tmp_path / "再.csv"
    file.write_text(
        "姓名,人员类别,入党时间,转正时间\n李四,正式党员,2010.7,2011.7\n王五,正式党员,2010.7,2011.7\n",
        encoding="utf-8",
    )
    RosterImport(library, clock).run(file)
    roll = roster.roll(TODAY.replace(year=2020))
    assert {m.name for m in roll.formal} == {"张三", "王五"}
    assert {m.name for m in roster.roll().formal} == {"张三", "李四", "王五"}


def test_a_status_that_no_table_knows_leaves_undecided_and_is_settled_by_deciding():
    odd = Member(id="1", name="张三", kinds=(Span("formal"),), standings=(Span("挂起"),))
    assert Roll([odd], TODAY).undecided == (odd,)
    settled = decided(odd, MemberKind.FORMAL, TODAY)
    assert settled.standings == (Span(NORMAL),)
    assert Roll([settled], TODAY).voters == (settled,)
    outside = decided(odd, None, TODAY)
    assert not outside.undecided_on(TODAY)
    assert not outside.belongs_on(TODAY)
