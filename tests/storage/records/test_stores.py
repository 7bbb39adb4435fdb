"""What a store is given, it gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from dangjian_desktop.domain.branch import BranchHistory, BranchPeriod, BranchTerm, UnitKind
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.meeting import Attendance, Meeting, MeetingFilter, Presence
from dangjian_desktop.domain.members.member import Member, MemberFilter, Span, new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.members import SPANS
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.records.records import hints_of
from dangjian_desktop.storage.tables import journal
from dangjian_desktop.storage.tables import meeting as meeting_table
from dangjian_desktop.storage.tables import member as member_table
from dangjian_desktop.storage.waivers import Waiver
from dangjian_desktop.storage.work import Work


def _save_and_fail(library: Library, meeting: Meeting) -> None:
    with library.changing(Topic.MEETINGS) as work:
        work.meetings.save(meeting)
        raise ZeroDivisionError


def test_every_field_of_a_member_has_a_place() -> None:
    stored = {column.name for column in member_table.c} | set(SPANS) | {"deleted"}
    assert set(hints_of(Member)) <= stored


def test_columns_of_a_meeting_are_its_fields() -> None:
    own = {"uid", "held", "late", "body", "checksum"}
    own |= {"updated_at", "deleted_at", "deleted_reason"}
    assert {column.name for column in meeting_table.c} - own <= set(hints_of(Meeting))


def test_spans_of_a_member_come_back_in_their_order(library, a_member) -> None:
    person = a_member(
        birth_date=PartialDate(1980, 2),
        id_number="110101198001010010",
        posts=(
            Span("组织委员", PartialDate(2020), PartialDate(2023, 5)),
            Span("书记", PartialDate(2023, 5, 4)),
            Span("工会主席"),
        ),
        groups=(Span("第二党小组"), Span("第一党小组", PartialDate(2024, 1))),
        voting_suspended=(Span("留党察看", PartialDate(2019, 1), PartialDate(2020, 1)),),
        waived=(Span("长期患病", PartialDate(2022, 3)),),
        standings=(Span("正常", None, PartialDate(2025, 1)), Span("转出", PartialDate(2025, 1))),
    )
    with library.changing() as work:
        work.members.save(person)
    with library.reading() as work:
        assert work.members.one(person.id) == person


def test_a_full_meeting_comes_back_as_it_went(library, full_meeting) -> None:
    person, meeting = full_meeting
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(meeting)
    with library.reading() as work:
        assert work.meetings.one(meeting.id) == meeting
        assert work.meetings.version(meeting.id, 1) == meeting


def test_everybody_who_stood_there_comes_back_in_order_with_whatever_was_written(
    library, full_meeting
) -> None:
    person, meeting = full_meeting
    said = ("说“\x1e”", 'a"\\,[]', "两\n行", None)
    stood = [Attendance(Person(name), Presence.LEAVE, why) for name in "丁丙乙甲" for why in said]
    several = replace(meeting, attendance=(*meeting.attendance, *stood), excluded=())
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(several)
    with library.reading() as work:
        assert work.meetings.one(meeting.id) == several


def test_saving_the_same_twice_makes_one_record_and_one_revision(library, full_meeting) -> None:
    person, meeting = full_meeting
    for _ in range(2):
        with library.changing() as work:
            work.members.save(person)
            work.meetings.save(meeting)
    with library.reading() as work:
        assert work.meetings.all(MeetingFilter()) == (meeting,)
        assert work.members.all() == (person,)
        assert work.meetings.revision_number(meeting.id) == 1


def test_every_change_appends_a_revision_with_its_reason(library, a_meeting) -> None:
    meeting = a_meeting()
    with library.changing() as work:
        work.meetings.save(meeting)
        work.meetings.save(replace(meeting, title="改后"), reason="更正标题")
    with library.reading() as work:
        kept = work.meetings.revisions(meeting.id)
    assert [(r.number, r.reason) for r in kept] == [(1, ""), (2, "更正标题")]


def test_saving_drops_the_draft_in_the_same_transaction(library, a_meeting) -> None:
    meeting = a_meeting()
    with library.changing() as work:
        work.drafts.put(Draft("meeting", meeting.id, {"title": "半句"}, 0))
        work.drafts.put(Draft("meeting", meeting.id, {"title": "一句"}, 0))
    with library.reading() as work:
        kept = work.drafts.get("meeting", meeting.id)
        assert kept is not None
        assert kept.content == {"title": "一句"}
        assert len(work.drafts.all()) == 1
    with pytest.raises(ZeroDivisionError):
        _save_and_fail(library, meeting)
    with library.reading() as work:
        assert work.drafts.get("meeting", meeting.id) is not None
    with library.changing() as work:
        work.meetings.save(meeting)
        assert work.drafts.all() == ()


def test_a_deleted_record_leaves_the_lists_and_can_come_back(library, a_member, a_meeting) -> None:
    person, meeting = a_member(), a_meeting()
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(meeting)
        work.members.mark_deleted(person.id, reason="重复录入")
        work.meetings.mark_deleted(meeting.id)
    with library.reading() as work:
        assert work.members.all() == ()
        assert work.members.ids() == []
        assert work.members.ids(MemberFilter(deleted=True)) == [person.id]
        assert work.meetings.ids() == []
        assert work.meetings.ids(MeetingFilter(deleted=True)) == [meeting.id]
    with library.changing() as work:
        work.members.unmark(person.id)
        work.meetings.unmark(meeting.id)
    with library.reading() as work:
        assert work.members.all() == (person,)
        assert work.meetings.all() == (meeting,)


def test_members_are_found_by_every_text(library, a_member) -> None:
    wang = a_member("王芳", initials="wf", sort_key="wang fang", phone="13900001111")
    li = a_member("李四", initials="ls", sort_key="li si", posts=(Span("宣传委员"),))
    odd = a_member("100%", sort_key="zz")
    with library.changing() as work:
        for person in (wang, li, odd):
            work.members.save(person)
    with library.reading() as work:
        assert work.members.ids() == [li.id, wang.id, odd.id]
        for text, found in (
            ("王", wang),
            ("%", odd),
            ("宣传", li),
            ("1390000", wang),
        ):
            assert work.members.ids(MemberFilter(text=text)) == [found.id]
        assert list(work.members.get([wang.id, "nobody", li.id])) == [wang.id, li.id]


def test_meetings_are_narrowed_by_day_kind_group_and_words(library, a_meeting) -> None:
    spring = a_meeting(place="井口会议室", group="第一党小组")
    summer = a_meeting(date=date(2025, 6, 1), kinds=("theme_day", "party_lecture"))
    with library.changing() as work:
        work.meetings.save(spring)
        work.meetings.save(summer)
    with library.reading() as work:
        store = work.meetings
        assert store.ids() == [summer.id, spring.id]
        assert store.ids(MeetingFilter(kind="party_lecture")) == [summer.id]
        assert store.ids(MeetingFilter(group="第一党小组")) == [spring.id]
        assert store.ids(MeetingFilter(text="井口 大会")) == [spring.id]
        assert store.ids(MeetingFilter(text="井口 没有")) == []
        assert store.ids(MeetingFilter(text="place")) == []
        first, last = date(2025, 3, 18), date(2025, 5, 31)
        assert store.all(MeetingFilter(first=first, last=last)) == (spring,)
        assert store.years() == (2025,)


def test_a_sitting_is_known_again_by_kinds_day_start_and_group(library, a_meeting) -> None:
    meeting = a_meeting(kinds=("general_meeting", "party_lecture"))
    with library.changing() as work:
        work.meetings.save(meeting)
    with library.reading() as work:
        same = work.meetings.same
        like = replace(meeting, id=new_id(), kinds=("party_lecture", "general_meeting"))
        assert same(like) == meeting.id
        assert same(replace(like, kinds=("party_lecture",))) is None
        assert same(replace(like, start=time(14, 31))) is None
        assert same(replace(like, group="第一党小组")) is None


def test_a_member_that_meetings_name_is_found_there(library, a_member, a_meeting) -> None:
    person = a_member()
    named = Person(person.name, person.id)
    there = a_meeting(attendance=(Attendance(named, Presence.PRESENT),))
    chaired = a_meeting(date=date(2025, 1, 1), host=named)
    with library.changing() as work:
        work.members.save(person)
        for meeting in (there, chaired, a_meeting(date=date(2024, 1, 1))):
            work.meetings.save(meeting)
    with library.reading() as work:
        assert work.meetings.relying_on(person.id) == (there.id, chaired.id)


def test_attendance_of_an_unknown_member_is_no_record(library, a_meeting) -> None:
    meeting = a_meeting(attendance=(Attendance(Person("张三", new_id()), Presence.PRESENT),))
    with pytest.raises(KeyError), library.changing() as work:
        work.meetings.save(meeting)
    with library.reading() as work:
        assert work.meetings.ids() == []
        assert work.meetings.revision_number(meeting.id) == 0


def test_the_first_printed_number_stays(library, a_meeting) -> None:
    meeting = a_meeting()
    with library.changing() as work:
        work.meetings.save(meeting)
        assert work.prints.fix_number(meeting.id, "general_meeting", 3) == 3
        assert work.prints.fix_number(meeting.id, "general_meeting", 4) == 3
        assert work.prints.add("minutes", meeting.id, 1).version == 1
        work.meetings.save(replace(meeting, title="改后"))
    with library.reading() as work:
        stored = work.meetings.one(meeting.id)
        assert stored is not None
        assert (stored.title, stored.number) == ("改后", 3)
        assert work.prints.numbers(meeting.id) == {"general_meeting": 3}
        assert [p.paper for p in work.prints.of(meeting.id)] == ["minutes"]


def test_branch_settings_waivers_and_batches_come_back(library) -> None:
    old = BranchPeriod(name="中共旧支部", further_superiors=("中共甲", "中共乙"))
    new = replace(old, name="中共新支部", unit_kind=UnitKind.SCHOOL, since=date(2022, 7, 1))
    terms = (BranchTerm(years=5), BranchTerm(start=date(2023, 1, 9)))
    branch = BranchHistory(
        periods=(old, new), terms=terms, founded=date(2020, 7, 1), theme_day=5, sample=True
    )
    waiver = Waiver("CAD-GM", "2025-Q1", "停产检修", date(2025, 4, 1))
    batch = Batch(new_id(), "名册.xlsx", date(2025, 1, 1), (Touched("member", "a", 1),))
    with library.changing() as work:
        work.branch.save(branch)
        work.settings.put("copies.folder", "/媒体/U盘")
        work.settings.put("gone", 1)
        work.settings.put("gone", None)
        work.waivers.put(replace(waiver, reason="先写的"))
        work.waivers.put(waiver)
        work.batches.add(batch)
        work.batches.mark_undone(batch.id)
    with library.reading() as work:
        assert work.branch.get() == branch
        assert work.branch.on(date(2022, 6, 30)).name == "中共旧支部"
        assert work.settings.get("copies.folder") == "/媒体/U盘"
        assert work.settings.get("gone", "none") == "none"
        assert work.waivers.all() == {("CAD-GM", "2025-Q1"): waiver}
        kept = work.batches.get(batch.id)
        assert kept is not None
        assert kept.touched == batch.touched
        assert kept.undone_at
        assert work.batches.all() == (kept,)
        assert written(work)[-1].what == "撤销导入"
    with library.changing() as work:
        work.waivers.drop("CAD-GM", "2025-Q1")
        assert work.waivers.all() == {}


def written(work: Work) -> list[Any]:
    """The journal, oldest first."""
    return list(work._connection.execute(select(journal).order_by(journal.c.id)))


def test_no_personal_number_reaches_the_journal(library, a_member) -> None:
    with library.changing() as work:
        work.members.save(a_member(id_number="110101198001010010", phone="13900001111"))
    with library.reading() as work:
        told = repr(written(work))
    assert "110101198001010010" not in told
    assert "13900001111" not in told


def test_a_change_is_announced_after_its_commit_only(library, a_member, a_meeting) -> None:
    heard: list[frozenset[Topic]] = []
    library.announce = heard.append
    with pytest.raises(ZeroDivisionError):
        _save_and_fail(library, a_meeting())
    assert heard == []
    with library.reading() as work:
        assert work.meetings.ids() == []
    with library.changing(Topic.MEMBERS, Topic.DRAFTS) as work:
        work.members.save(a_member())
        assert heard == []
    assert heard == [frozenset({Topic.MEMBERS, Topic.DRAFTS})]


def test_reading_cannot_change_anything(library: Library) -> None:
    with pytest.raises(Exception, match="只读"), library.reading() as work:
        work.settings.put("x", 1)
