"""What is said about a draft that was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.meetings.context import context_of
from dangjian_desktop.ui.records.editing import draft_words
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def desk(tmp_path):
    library = a_library(tmp_path)
    made = Desk(library, clock)
    made.meetings.import_json(a_meeting())
    yield made
    library.close()


@pytest.mark.parametrize(("base", "words"), [(2, "还没有保存"), (1, "现为第2次保存")])
def test_a_draft_older_than_the_record_names_both(desk, base, words):
    uid = desk.meetings.find(MeetingFilter())[0]
    desk.meetings.save(replace(desk.meetings.one(uid), place="别处改的地点"))
    desk.drafts.put("meeting", uid, {"id": uid, "kinds": ["general_meeting"]})
    context = context_of(desk, uid)

    assert words in draft_words(replace(context, draft=replace(context.draft, base_revision=base)))
    assert draft_words(replace(context, stored=None)).endswith("自动保存的草稿。")
    assert draft_words(replace(context, draft=None)) == ""
