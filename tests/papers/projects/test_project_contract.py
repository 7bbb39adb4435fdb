"""Text read back from Word and from PDF equals the model's text, for every paper of a project.

A chart is lines and words in PDF, each of which is compared; in Word it is a picture, whose
words for those who cannot see it are compared with those of the model.
"""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document, Picture
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.papers.catalogue import PROJECT, Wanted, papers_of
from tests.documents.make import as_set
from tests.documents.reading import model_texts, model_texts_in_word, pdf_texts, word_texts
from tests.papers.project_sample import (
    TODAY,
    claims,
    crowded_project,
    empty_project,
    ledger,
    many_projects,
    project,
    sheet,
)
from tests.papers.sample import MEMBERS, RARE, facts, meeting, summary

SEPTEMBER = Period.parse("2026-09")
FORMS = {paper.word: paper for paper in papers_of(PROJECT)}


def assert_the_same_in_both(document: Document) -> None:
    printed = as_set(document)
    wanted = model_texts(printed)
    assert len(wanted) > 10
    assert any(character in text for text in wanted for character in RARE)
    assert sorted(pdf_texts(render_pdf(document, bundled_fonts()))) == sorted(wanted)
    assert word_texts(render_word(document)) == model_texts_in_word(printed)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("of", [project, empty_project, crowded_project])
def test_every_form_says_the_same_in_word_and_pdf(form, of):
    assert_the_same_in_both(form.composer(sheet(of()), Wanted(period=SEPTEMBER)))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_fields_stand_in_the_same_order_in_the_pdf(form):
    document = form.composer(sheet(), Wanted(period=SEPTEMBER))
    assert pdf_texts(render_pdf(document, bundled_fonts())) == model_texts(document)


def test_the_ledger_says_the_same_in_word_and_pdf():
    projects = (*many_projects(12), crowded_project())
    assert_the_same_in_both(ledger(projects))


def test_the_claims_say_the_same_in_word_and_pdf():
    projects = (project(), crowded_project())
    assert_the_same_in_both(claims(projects, MEMBERS))


@pytest.mark.parametrize("period", ["2026-09", "2026-Q3", "2026-H2", "2026"])
def test_a_summary_with_projects_says_the_same_in_word_and_pdf(period):
    projects = (project(), empty_project())
    known, wanted = facts(meeting(), today=TODAY, projects=projects), Period.parse(period)
    found = figures(known, wanted)
    said = SummaryWords()
    assert_the_same_in_both(summary(known, found, said, said, wanted, projects))


def test_charts_stand_in_the_closing_report_and_on_the_page():
    closing = FORMS["结项"].composer(sheet(), Wanted())
    page = FORMS["一页"].composer(sheet(), Wanted())
    assert [sum(isinstance(b, Picture) for b in d.blocks) for d in (closing, page)] == [3, 1]
