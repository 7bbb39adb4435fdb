"""Every meeting of the sample year goes through the editor unchanged."""

from __future__ import annotations

from functools import partial

import pytest

from dangjian_desktop.domain.meetings.decided import identified
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.meetings.record import FILES
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.ui.declared_form import FilesEditor
from dangjian_desktop.ui.meetings.body import MeetingBody
from dangjian_desktop.ui.meetings.context import context_of


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    library = make_demo_library(tmp_path_factory.mktemp("sample") / "示例.dangjian")
    yield Desk(library)
    library.close()


def test_every_meeting_of_the_sample_year_is_read_back_as_it_was_shown(qtbot, theme, sample, shell):
    ids = sample.meetings.find(MeetingFilter())
    stored = sample.meetings.get(ids)
    context = context_of(sample, ids[0])
    body = MeetingBody(theme, partial(FilesEditor, FILES, sample, shell), context)
    qtbot.addWidget(body)

    assert len(ids) >= 60
    for uid in ids:
        context = context_of(sample, uid)
        body.show_context(context, context.state)
        reading = body.read(body.state())

        assert reading.problems == {}, stored[uid].title
        assert reading.meeting == identified(stored[uid]), stored[uid].title
