"""Text read back from Word and from PDF equals the model's text, for every kind and paper."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Candidate
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.notices import compose_agenda, compose_notice
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from tests.documents.make import as_set
from tests.documents.reading import model_texts, pdf_texts, word_texts
from tests.papers.sample import (
    DAY,
    KINDS,
    MEMBERS,
    RARE,
    STAMP,
    TRAPS,
    admission,
    around,
    facts,
    item,
    meeting,
    minutes,
    person,
    planned,
    roster,
    signin,
    summary,
    vote,
)

CODES = tuple(kind.code for kind in KINDS)


def assert_the_same_in_both(document: Document) -> None:
    wanted = model_texts(as_set(document))
    assert len(wanted) > 10
    assert any(RARE in text or RARE[0] in text for text in wanted)
    assert pdf_texts(render_pdf(document, bundled_fonts())) == wanted
    assert word_texts(render_word(document)) == wanted


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.FORM])
@pytest.mark.parametrize("code", CODES)
def test_minutes_say_the_same_in_word_and_pdf(code, layout):
    candidates = (Candidate(name=f"丁{RARE}", yes=15, no=1, abstain=0, elected=True),)
    agenda = (admission(vote=vote(16)), item(vote=vote(9, no=7), candidates=candidates))
    assert_the_same_in_both(minutes(meeting(code, agenda=agenda), layout))


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.FORM])
def test_agendas_say_the_same_in_word_and_pdf(layout):
    assert_the_same_in_both(minutes(planned("general_meeting", "theme_day"), layout))


@pytest.mark.parametrize("compose", [compose_notice, compose_agenda])
def test_what_is_told_before_a_sitting_says_the_same_in_word_and_pdf(compose):
    agenda = (item(reporter=person(3), minutes=20), item(topic=TRAPS))
    sitting = planned("general_meeting", "theme_day", agenda=agenda)
    assert_the_same_in_both(compose(MeetingSheet(sitting, around(sitting), STAMP), Wanted()))


def test_sign_in_sheets_say_the_same_in_word_and_pdf():
    assert_the_same_in_both(signin(planned(), MEMBERS))


@pytest.mark.parametrize("masked", [True, False])
def test_rosters_say_the_same_in_word_and_pdf(masked):
    assert_the_same_in_both(roster(MEMBERS, DAY, masked=masked))


@pytest.mark.parametrize("period", ["2026-03", "2026-Q1", "2026-H1", "2026"])
def test_summaries_say_the_same_in_word_and_pdf(period):
    known = facts(meeting("general_meeting", "party_lecture"), meeting("theme_day", id="k2"))
    wanted = Period.parse(period)
    words = SummaryWords(problems=(f"问题{RARE}", TRAPS), plans=(f"计划{TRAPS}",))
    before = SummaryWords(plans=(TRAPS,))
    found = figures(known, wanted)
    assert_the_same_in_both(summary(known, found, words, before, wanted))
