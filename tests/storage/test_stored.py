"""Records of further kinds and ledgers: one table for all, nothing of them lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.ledgers import StoredLedger
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.stored import (
    Stored,
    StoredFilter,
    StoredPerson,
    StoredRow,
)


@pytest.fixture
def visit(library, a_member, a_meeting, make_stored) -> Stored:
    """One that fills every field; the member and the meeting it names are stored."""
    person, meeting = a_member("堃喆"), a_meeting()
    with library.changing() as work:
        work.members.save(person)
        work.meetings.save(meeting)
    return make_stored(person, meeting)


def test_a_full_record_comes_back_as_it_went(library, visit) -> None:
    with library.changing() as work:
        assert work.records("visits").save(visit) == visit
    with library.reading() as work:
        store = work.records("visits")
        stored = store.one(visit.id)
        assert stored == visit
        assert store.version(visit.id, 1) == visit
        assert store.rows([visit.id]) == {
            visit.id: StoredRow(visit.id, "走访", date(2026, 1, 5), None, "2026-01", 2026, "open")
        }
        assert work.kinds() == ("visits",)
        assert work.records("training").ids() == []
        assert work.records("training").get([visit.id]) == {}
    assert verify(library.path) == ()


def test_who_names_a_member_and_what_links_to_a_record_is_found(library, visit) -> None:
    member, meeting = visit.people[0].member_id, visit.links[0].uid
    with library.changing() as work:
        store = work.records("visits")
        store.save(visit)
        assert store.relying_on(member) == (visit.id,)
        assert store.linked_to("meeting", meeting) == (visit.id,)
        assert store.linked_to("project", meeting) == ()
        store.mark_deleted(visit.id, reason="误录")
        assert store.relying_on(member) == ()
        assert store.linked_to("meeting", meeting) == ()


def test_records_are_narrowed_by_what_the_index_knows(library, visit) -> None:
    later = Stored(
        id=new_id(), title="回访", day=date(2027, 3, 1), year=2027, body={"with": "张三"}
    )
    undated = Stored(id=new_id(), title="未定")
    with library.changing() as work:
        store = work.records("visits")
        for record in (visit, later, undated):
            store.save(record)

        def titles(**wanted: object) -> list[str]:
            return [row.title for row in store.listed(StoredFilter(**wanted))]

        assert titles() == ["未定", "回访", "走访"]
        assert titles(year=2027) == ["回访"]
        assert titles(period="2026-01") == ["走访"]
        assert titles(state="open") == ["走访"]
        assert titles(first=date(2026, 1, 6)) == ["回访"]
        assert titles(last=date(2026, 12, 31)) == ["走访"]
        assert titles(text="张三 回访") == ["回访"]
        assert titles(member=visit.people[0].member_id) == ["走访"]
        assert titles(due_by=date(2026, 2, 1)) == ["走访"]
        assert titles(due_by=date(2026, 1, 31)) == []
        done = tuple(replace(due, done=True) for due in visit.due)
        store.save(replace(visit, due=done))
        assert titles(due_by=date(2026, 2, 1)) == []
        assert store.years() == (2027, 2026)
        assert list(store.words([later.id])[later.id]) == ["回访", "张三"]


def test_what_history_had_beside_the_present_is_read_with_what_was_kept_for_the_search(
    library, visit
) -> None:
    """Earlier versions wrote an empty ``words`` into history; what differs is told against it."""
    with library.changing() as work:
        store = work.records("visits")
        store.save(visit)
        assert '"words":""' in store.content_of(visit.id, 1)
        store.save(replace(visit, title="改名"))
        assert store.version(visit.id, 1) == visit


def test_saving_drops_the_draft_of_the_kind(library, visit) -> None:
    with library.changing() as work:
        work.drafts.put(Draft("visits", visit.id, {"title": "走"}))
        work.records("visits").save(visit)
        assert work.drafts.get("visits", visit.id) is None


def test_a_record_naming_nobody_known_is_not_half_stored(library, visit) -> None:
    strange = replace(visit, id=new_id(), people=(StoredPerson("who", "张三", "unknown"),))
    with pytest.raises(KeyError), library.changing() as work:
        work.records("visits").save(strange)
    with library.reading() as work:
        assert work.records("visits").ids() == []
        assert work.records("visits").revision_number(strange.id) == 0


def test_a_list_reads_no_body(library, visit) -> None:
    with library.changing() as work:
        work.records("visits").save(visit)
    asked: list[str] = []
    event.listen(library._readers, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with library.reading() as work:
        assert len(work.records("visits").listed()) == 1
        assert len(work.meetings.listed()) == 1
    queries = [text for text in asked if "FROM record" in text or "FROM meeting" in text]
    assert not any(name in text for text in queries for name in ("body", "words"))


def test_a_ledger_keeps_its_declaration_and_every_edition(library) -> None:
    ledger = StoredLedger(
        id=new_id(), code="own_1234abcd", declaration="format = 1", edition=1, asking={"per": "年"}
    )
    with library.changing() as work:
        work.ledgers.save(ledger)
        work.ledgers.save(replace(ledger, declaration="format = 1\n", edition=2, shown=False))
    with library.reading() as work:
        (stored,) = work.ledgers.all()
        assert (stored.edition, stored.shown, stored.asking) == (2, False, {"per": "年"})
        assert work.ledgers.version(ledger.id, 1) == ledger
        assert work.of("ledger").ids() == [ledger.id]
    assert verify(library.path) == ()
