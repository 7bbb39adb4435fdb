"""A small library with something for every form: a sitting, a project, a row of a ledger, words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.services.blank_forms.teller import Teller
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.summaries.summaries import SummaryService
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, a_meeting, clock
from tests.services.projects.test_projects import a_project

MARCH, DAY = Period(2026, 3, 1), date(2026, 3, 31)
AWARD = {
    "day": "2026-03-08",
    "kind": "personal",
    "winners": ["李四"],
    "honour": "A&B <先锋>\t岗",
    "honour_kind": "contest",
    "rank": "company",
    "awarded_by": "公司党委",
}


def a_full_library(folder: Path) -> Library:
    """A branch with one general meeting, one project, one award and words of March 2026."""
    library = a_library(folder)
    MeetingService(library, clock).import_json(a_meeting())
    planned = {"title": "四月党员大会", "date": "2026-04-20", "attendance": {}, "stated": None}
    MeetingService(library, clock).import_json(a_meeting(**planned, agenda=[], closing=None))
    ProjectService(library, clock).import_json(a_project())
    ledgers = LedgerService(library, clock)
    ledgers.save(ledgers.read("awards", AWARD))
    words = SummaryWords(problems=("学习不够", "台账不齐"), plans=("上党课",), filled_by="李四")
    SummaryService(library, clock).save_words(MARCH, words)
    return library


@contextmanager
def telling(
    library: Library, about: str = "", period: Period = MARCH, day: date = DAY, record: int = 0
) -> Iterator[Teller]:
    """What the library tells; ``about`` is the kind of the ``record`` that the form is about."""
    with library.reading() as work:
        link = Link(about, work.of(about).all()[record].id) if about else None
        yield Teller(work, link, period, day)
