"""Every paper there is to look at: those of the sample year, and each kind and layout beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.catalogue import PROJECT, Wanted, papers_of
from dangjian_desktop.services.library.demo import _subjects, make_demo_library
from dangjian_desktop.services.papers.printing import PrintingService
from tests.papers import project_sample, sample

_NOW = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - a fixed time of printing
_SEPTEMBER = Period.parse("2026-09")


@dataclass(frozen=True)
class Made:
    """One paper: ``group`` is its code and layout, ``names`` are the people it may name."""

    group: str
    document: Document
    names: frozenset[str]


def every_paper(folder: Path) -> Iterator[Made]:
    """The papers of the sample year, then those of samples of every kind."""
    yield from of_the_sample_year(folder)
    yield from of_every_kind()


def of_the_sample_year(folder: Path) -> Iterator[Made]:
    """All papers that ``dangjian demo`` makes."""
    library = make_demo_library(folder / "示例.dangjian")
    try:
        printing = PrintingService(library, clock=lambda: _NOW)
        with library.reading() as work:
            names = frozenset(member.name for member in work.members.all())
        for paper in printing.papers():
            for uid, wanted in _subjects(library, paper):
                document = printing.document(paper.code, uid, wanted)
                yield Made(f"{paper.code}/{document.layout.value}", document, names)
    finally:
        library.close()


def of_every_kind() -> Iterator[Made]:
    """Minutes in both layouts, agendas and sign-in sheets of every kind; every form of projects."""
    names = frozenset(sample.NAMES)
    for kind in sample.KINDS:
        for layout in (Layout.OFFICIAL, Layout.FORM):
            for sitting in (sample.meeting(kind.code), sample.planned(kind.code)):
                document = sample.minutes(sitting, layout)
                yield Made(f"kinds/{layout.value}", document, names)
        yield Made("kinds/signin", sample.signin(sample.planned(kind.code)), names)
    for project in (project_sample.project(), project_sample.empty_project()):
        for paper in papers_of(PROJECT):
            sheet = project_sample.sheet(project)
            document = paper.composer(sheet, Wanted(period=_SEPTEMBER))
            yield Made(f"forms/{document.layout.value}", document, names)
