"""An import of any kind of record is taken back as a whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.members.roster import RosterService
from dangjian_desktop.services.undoing import take_back
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.stored import Stored, StoredLink, StoredPerson
from tests.services.make import a_library, clock


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def imported(library):
    """An old record changed and a new one added, in one batch."""
    old = Stored(id=new_id(), title="原有", body={"what": "原样"})
    with library.changing() as work:
        store = work.records("visits")
        store.save(old)
        new = store.save(Stored(id=new_id(), title="新来"))
        store.save(replace(old, body={"what": "导入"}))
        touched = tuple(
            Touched("visits", uid, store.revision_number(uid)) for uid in (old.id, new.id)
        )
        batch = work.batches.add(Batch(new_id(), "走访.xlsx", date(2026, 3, 1), touched)).id
    return batch, old, new


def test_what_was_added_goes_and_what_was_changed_is_as_before(library, imported) -> None:
    batch, old, new = imported
    with library.changing() as work:
        assert take_back(work, batch) == (1, 1)
    with library.reading() as work:
        store = work.records("visits")
        assert store.ids() == [old.id]
        assert store.one(old.id) == old
        assert store.one(new.id).deleted
        assert store.revisions(old.id)[-1].reason == "撤销导入"
    with pytest.raises(InputError, match="已经撤销过"), library.changing() as work:
        take_back(work, batch)


def test_what_others_link_to_or_somebody_changed_stays(library, imported) -> None:
    batch, old, new = imported
    with library.changing() as work:
        link = StoredLink("about", "visits", new.id)
        work.records("training").save(Stored(id=new_id(), title="培训", links=(link,)))
        work.records("visits").save(replace(old, title="又改"))
    with pytest.raises(InputError) as caught, library.changing() as work:
        take_back(work, batch)
    told = [issue.message for issue in caught.value.issues]
    assert told == ["新来：台账中有这条记录：《培训》。", "又改：导入之后又修改过。"]
    with library.reading() as work:
        assert not work.records("visits").one(new.id).deleted


def test_a_member_whom_a_ledger_names_is_not_deleted(library) -> None:
    with library.changing() as work:
        person = work.members.all()[0]
        who = StoredPerson("who", person.name, person.id)
        visit = work.records("visits").save(Stored(id=new_id(), title="走访", people=(who,)))
    roster = RosterService(library, clock)
    with pytest.raises(InputError, match="1条台账记录"):
        roster.delete(person.id)
    with library.changing() as work:
        work.records("visits").mark_deleted(visit.id)
    roster.delete(person.id)
