"""The pieces of a package: each paper, sheet and file as it goes up, with what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.submissions.naming import period_words
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE
from dangjian_desktop.papers.catalogue import Paper
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.services.ledgers.exporting import LedgerExport
from dangjian_desktop.services.members.roster_export import RosterExport
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.rendering import BOTH, rendered
from dangjian_desktop.services.submissions.choosing import One, groups_of
from dangjian_desktop.services.submissions.covering import covered_document, covered_workbook
from dangjian_desktop.services.submissions.offering import EXCEL, PROJECTS, ROSTER, SHEET
from dangjian_desktop.services.submissions.project_sheet import ProjectSheet
from dangjian_desktop.services.summaries.sending import told_by
from dangjian_desktop.services.workbooks import Workbook

FILE = "file"
"""What a file is that was given, as what was sent is kept by."""
LARGEST = 50 * MEBIBYTE
"""Bytes of a file that is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a package is made; ``mark`` tells the recipient (and which version it is) in
    the foot of each paper."""

    period: Period
    recipient: str
    day: date
    as_of: date
    profile: Profile
    version: int
    mark: str

    @property
    def hidden(self) -> bool:
        """Whether numbers and masked fields are covered."""
        return self.profile is Profile.MASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One of them: ``what`` it is and ``when``, for its name; ``content`` is what it tells,
    ``files`` its bytes by their kind, of which ``handed`` go up. ``unseen``: nothing looked for
    numbers in it, as in a picture."""

    title: str
    paper: str
    about: str
    what: str
    when: str
    content: Mapping[str, Any]
    files: Mapping[str, bytes]
    handed: Sequence[str]
    due: date | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a piece is made from, read in one moment: a document or a workbook."""

    one: One
    content: Mapping[str, Any]
    made: Document | Workbook
    branch: str = ""

    def piece(self, terms: Terms) -> Piece:
        """The piece with its files; this is what takes the time."""
        chosen, made = self.one.chosen, self.made
        if isinstance(made, Workbook):
            files = {EXCEL: made.data()}
            what, when = made.name, period_words(self.one.period or terms.period)
        else:
            files = {form.value: rendered(made, form) for form in BOTH}
            what, when = self._name(made, terms)
        asked = [kind for kind in files if not chosen.formats or kind in chosen.formats]
        return Piece(
            title=chosen.title,
            paper=self.one.code,
            about=self.one.about,
            what=what,
            when=when,
            content=self.content,
            files=files,
            handed=asked or list(files),
            due=chosen.due,
        )

    def _name(self, document: Document, terms: Terms) -> tuple[str, str]:
        """What the paper calls itself; the time is its period, or the day of its record."""
        name = document.name.removeprefix(f"{self.branch}_")
        what, _, when = name.rpartition("_")
        if self.one.uid and self.one.period is None:
            return what, when
        return what, period_words(self.one.period or terms.period)


class Pieces(OfLibrary):
    """Makes them out of one library; ``clock`` tells the present time."""

    def gathered(self, one: One, terms: Terms) -> Gathered:
        """A paper or sheet as of the day. Raises ``InputError`` and ``BlockedError``."""
        of = {"uid": one.uid, "group": one.group}
        about = of | {"period": None if one.period is None else str(one.period)}
        if one.paper is None:
            book = self._sheet(one, terms)
            lines = ["　".join(row) for row in book.rows]
            return Gathered(one, {"of": about, "lines": lines}, book)
        document, told, branch = self._document(one, one.paper, terms)
        return Gathered(one, {"of": about, **told}, document, branch)

    def _document(
        self, one: One, paper: Paper, terms: Terms
    ) -> tuple[Document, dict[str, Any], str]:
        printing = PrintingService(self._library, self._clock)
        wanted = one.wanted(terms.as_of, hidden=terms.hidden)
        sheet, told = printing.sheet(paper, one.uid, wanted), dict[str, Any]()
        if isinstance(sheet, PeriodSheet):
            sheet = replace(sheet, sent_on=terms.day)
            told = told_by(sheet)
        document = printing.composed(paper, sheet, wanted)
        if terms.hidden:
            document = covered_document(document)
        told["lines"] = list(document.texts())
        foot = "　".join(filter(None, (document.foot, terms.mark)))
        return replace(document, foot=foot), told, sheet.branch.short

    def _sheet(self, one: One, terms: Terms) -> Workbook:
        code, hidden = one.code, terms.hidden
        if code == ROSTER:
            book = RosterExport(self._library, self._clock).workbook(terms.as_of, hidden=hidden)
        elif code == PROJECTS:
            year = terms.period.year
            with self._library.reading() as work:
                groups = groups_of(work, year)
            wanted = one.wanted(terms.as_of, hidden=hidden)
            sheets = ProjectSheet(self._library, self._clock)
            book = sheets.workbook(year, groups, wanted, one.chosen.offered.plain_title)
        else:
            ledger = code.removeprefix(PREFIX).removesuffix(SHEET)
            exports = LedgerExport(self._library, self._clock)
            book = exports.workbook(ledger, one.period, terms.as_of, hidden=hidden)
        book = covered_workbook(book) if hidden else book
        remark = "　".join(filter(None, (book.remark, terms.mark)))
        with self._library.reading() as work:
            author = work.branch.on(terms.as_of).name
        return replace(book, remark=remark, author=author)
