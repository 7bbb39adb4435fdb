"""The catalogue is the one list of papers: each can be composed, and listing imports none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.papers.catalogue import MEETING, PROJECT, papers_of
from dangjian_desktop.services.papers.offered import shipped_papers
from dangjian_desktop.services.papers.sheets import SHEETS


def test_every_paper_has_a_code_of_its_own_and_a_subject_that_is_gathered():
    codes = [paper.code for paper in shipped_papers()]
    assert len(set(codes)) == len(codes)
    assert {paper.of for paper in shipped_papers()} == set(SHEETS)


@pytest.mark.parametrize("paper", shipped_papers(), ids=lambda paper: paper.code)
def test_its_composer_is_found(paper):
    assert callable(paper.composer)
    assert paper.layout in Layout
    assert paper.folder


def test_the_words_for_the_papers_of_one_record_differ():
    for subject in (MEETING, PROJECT):
        words = [paper.word or paper.code for paper in papers_of(subject)]
        assert len(set(words)) == len(words)


def test_listing_papers_imports_no_composer():
    code = (
        "import sys; from dangjian_desktop.papers.catalogue import PAPERS;"
        "sys.exit(any(p.compose.split(':')[0] in name for name in sys.modules for p in PAPERS))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
