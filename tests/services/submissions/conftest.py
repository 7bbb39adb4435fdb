"""A library out of which packages are made."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.submissions.packages import PackageService
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, a_meeting
from tests.services.submissions.sending_world import (
    ID,
    NOW,
    PHONE,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A library with a sitting, and somebody whose numbers are known."""
    library = a_library(tmp_path_factory.mktemp("made"))
    text = f"请打{PHONE}联系乙某（{ID}）。"
    agenda = [a_meeting()["agenda"][0] | {"content": [text]}]
    MeetingService(library).import_json(a_meeting(agenda=agenda))
    with library.changing(Topic.MEMBERS) as work:
        first = work.members.all()[0]
        work.members.save(replace(first, id_number=ID, phone=PHONE, birth_date=PartialDate(1949)))
    library.close()
    return library.path


@pytest.fixture
def library(made, tmp_path):
    opened = Library.open(shutil.copy(made, tmp_path / "支部.dangjian"), write=True)
    yield opened
    opened.close()


@pytest.fixture
def service(library):
    return PackageService(library, NOW)
