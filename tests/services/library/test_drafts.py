"""Drafts: the revision they began from, older versions of a form, and rows that nobody can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.library.aside import read_aside, write_aside
from dangjian_desktop.services.library.drafts import DraftService, Form
from dangjian_desktop.services.library.holding import Held, Holding
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.stored import Stored
from tests.services.make import a_library


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def _visit(library) -> Stored:
    record = Stored(id=new_id(), title="走访")
    with library.changing() as work:
        for title in ("走访", "走访二", "走访三"):
            work.records("visits").save(replace(record, title=title))
    return record


def test_a_draft_of_any_form_begins_from_the_revision_of_its_own_record(library) -> None:
    drafts, record = DraftService(library), _visit(library)
    assert drafts.put("visits", record.id, {"title": "走"}).base_revision == 3
    assert drafts.put("meeting", record.id, {"title": "走"}).base_revision == 0
    assert drafts.put("visits", new_id(), {}).base_revision == 0


def test_a_draft_of_a_part_begins_from_the_revision_of_the_whole(library) -> None:
    record = _visit(library)
    drafts = DraftService(library, {"part": Form("visits")})
    assert drafts.put("part", f"{record.id}/2026-01", {}).base_revision == 3


def test_an_older_draft_is_read_through_every_version_between(library) -> None:
    DraftService(library).put("visits", "1", {"who": "张三"})
    readers = {
        1: lambda content: {"people": [content["who"]]},
        2: lambda content: {**content, "more": None},
    }
    later = DraftService(library, {"visits": Form("visits", 3, readers)})
    draft = later.get("visits", "1")
    assert draft is not None
    assert (draft.content, draft.version) == ({"people": ["张三"], "more": None}, 3)
    assert later.all("visits") == (draft,)
    assert later.put("visits", "1", draft.content).version == 3


UNREADABLE = {
    "no JSON": "UPDATE draft SET content = '{半句' WHERE uid = 'bad'",
    "no form": "UPDATE draft SET content = '[1]' WHERE uid = 'bad'",
    "newer": "UPDATE draft SET version = 9 WHERE uid = 'bad'",
}


@pytest.mark.parametrize("change", UNREADABLE)
def test_a_draft_that_cannot_be_read_hides_no_other(library, change) -> None:
    drafts = DraftService(library)
    drafts.put("meeting", "bad", {"title": "读不出"})
    good = drafts.put("meeting", "good", {"title": "完好"})
    with raw(library.path, write=True) as connection:
        connection.execute(UNREADABLE[change])
        (text,) = connection.execute("SELECT content FROM draft WHERE uid = 'bad'").fetchone()
    assert drafts.all("meeting") == (good,)
    assert drafts.get("meeting", "bad") is None
    (unreadable,) = drafts.unreadable("meeting")
    assert (unreadable.uid, unreadable.raw) == ("bad", text)
    assert drafts.unreadable("member") == ()
    drafts.drop("meeting", "bad")
    assert drafts.unreadable() == ()
    assert drafts.all() == (good,)


def test_a_draft_that_its_reader_refuses_is_told_as_unreadable(library) -> None:
    DraftService(library).put("visits", "1", {"else": 1})
    later = DraftService(library, {"visits": Form("visits", 2, {1: lambda c: {"a": c["who"]}})})
    assert later.all() == ()
    assert [draft.uid for draft in later.unreadable()] == ["1"]
    DraftService(library).put("visits", "1", {"who": "张三"})
    assert later.unreadable() == ()


def test_half_a_character_in_what_is_typed_keeps_no_draft_from_being_stored(library, tmp_path):
    typed = {"title": "走访\ud840", "note": "𠮷"}
    assert DraftService(library).put("visits", new_id(), typed).content == typed
    (kept,) = DraftService(library).all("visits")
    assert kept.content == typed

    held = Held("library", "支部", "visits", kept.uid, typed, kept.saved_at)
    Holding(tmp_path / "held").put(held)
    assert [each.content for each in Holding(tmp_path / "held").all("library")] == [typed]
    write_aside(tmp_path / "另存.txt", [held], {})
    assert [each.content for each in read_aside(tmp_path / "另存.txt")] == [typed]
