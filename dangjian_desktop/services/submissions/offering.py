"""What can be put into a package: the papers of the library, and sheets of what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.submissions.matching import IN_EXCEL, Offered
from dangjian_desktop.domain.templates.record import TEMPLATE as RECORD
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.papers.catalogue import MEETING, Paper
from dangjian_desktop.papers.catalogue import PROJECTS as OF_PROJECTS
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.papers.offered import papers_in
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.submissions.reading import words_in
from dangjian_desktop.services.templates.shipped import Shipped, shipped_templates
from dangjian_desktop.storage.work import Work

EXCEL = "xlsx"
SHEET = f".{EXCEL}"
TEMPLATE = "template:"
"""What the code of a Word template begins with."""
_OF_MEMBER = "{{ member."
ATTACHMENTS = "attachments"
"""The files that records of sittings keep, as they are."""
_ATTACHED = ("签字扫描件", "会议扫描件", "会议照片", "活动照片", "会议材料附件")
ROSTER, PROJECTS = f"roster{SHEET}", f"projects{SHEET}"


def offered_in(work: Work) -> tuple[Offered, ...]:
    """Everything that the library can send, papers first; what it does not show is left out."""
    papers = tuple(papers_in(work))
    roster = next(paper for paper in papers if paper.code == ROSTER.removesuffix(SHEET))
    ours, shipped = _templates(work)
    return (
        *ours,  # who keeps one of that very name means it
        *(_paper(p) for p in papers if may_be_shown(p.level, Outlet.PACKAGE)),
        *_sheets(work, roster),
        *_of_kinds(work, papers),
        Offered(ATTACHMENTS, "会议附件", _ATTACHED, MEETING),
        *shipped,
    )


def _templates(work: Work) -> tuple[list[Offered], list[Offered]]:
    """The Word templates that the branch keeps, and those that ship; none that is about a member
    that ships, since nobody is chosen for a package."""
    store = work.of(RECORD.code)
    ours = [each for each in store.all() if not each.builtin and not each.deleted]
    shipped = [store.one(each.uid) or each.as_template() for each in _of_branch()]
    return (
        [_template(each) for each in ours],
        [_template(each) for each in shipped if not each.deleted],
    )


def _template(each: Template) -> Offered:
    return Offered(f"{TEMPLATE}{each.id}", each.title, (each.title,))


@cache
def _of_branch() -> tuple[Shipped, ...]:
    every = shipped_templates().values()
    return tuple(s for s in every if _OF_MEMBER not in words_in(s.file, s.data()))


def _paper(paper: Paper) -> Offered:
    words = (*paper.also, *filter(None, (paper.word,)))
    return Offered(paper.code, paper.title, words, paper.of, level=paper.level)


def _sheets(work: Work, roster: Paper) -> Iterator[Offered]:
    yield Offered(ROSTER, f"{roster.title}{IN_EXCEL}", (roster.title, *roster.also), roster.of)
    yield Offered(
        PROJECTS, f"书记项目{IN_EXCEL}", ("书记项目", "书记项目情况表", "项目情况表"), OF_PROJECTS
    )
    for entry in entries(work):
        if entry.shown and may_be_shown(entry.ledger.level, Outlet.PACKAGE):
            title = entry.ledger.title
            words = (title, f"{title}台账", f"{title}登记表", f"{title}情况表")
            code, level = f"{PREFIX}{entry.ledger.code}{SHEET}", entry.ledger.level
            yield Offered(code, f"{title}{IN_EXCEL}", words, level=level)


def _of_kinds(work: Work, papers: tuple[Paper, ...]) -> Iterator[Offered]:
    """The papers of sittings of one kind, as lists name them: 支委会会议记录."""
    for paper in papers if papers else ():
        if paper.of != MEETING or paper.part:
            continue
        what = paper.title.removeprefix("会议")
        for kind in kinds_of(work):
            names = dict.fromkeys((kind.title, kind.short))
            more = [word for word in paper.also if word.startswith("会议")]
            more += [word.removeprefix("会议") for word in more]
            ways = dict.fromkeys((what, f"活动{what}", paper.title, *more))
            words = [f"{name}{way}" for name in names for way in ways]
            bare = [*names] if paper.numbered else []
            yield Offered(paper.code, f"{kind.short}{what}", (*words, *bare), paper.of, kind.code)
