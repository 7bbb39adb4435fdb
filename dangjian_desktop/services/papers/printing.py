"""Papers out of the library: previews as PDF bytes, exports as Word and PDF files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.late import Late
from dangjian_desktop.papers.catalogue import (
    GROUP_MONTH,
    LEDGER,
    PAPERS,
    PERIOD,
    PLANS,
    ROW,
    Paper,
    Wanted,
    papers_of,
)
from dangjian_desktop.papers.dressing import dressed
from dangjian_desktop.papers.ledgers.prints import bare_title, paper_code, papers_of_ledger
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.look_keeping import look_of_paper, unusual
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.of_meetings import next_number
from dangjian_desktop.services.papers.offered import paper_in, papers_in, shipped_papers
from dangjian_desktop.services.papers.sensitive import sensitive_in, warning
from dangjian_desktop.services.papers.sheets import ABOUT_ONE, Asked, sheet_of, stored
from dangjian_desktop.services.printed_minutes import keep_printed
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.rendering import BOTH, Format, pdf_of, write_document
from dangjian_desktop.storage.work import Work

__all__ = [
    "BOTH",
    "LEDGER",
    "PAPERS",
    "PERIOD",
    "ROW",
    "Format",
    "Layout",
    "Paper",
    "PrintingService",
    "Wanted",
    "bare_title",
    "paper_code",
    "papers_of_ledger",
    "shipped_papers",
]

_LENGTHS = {1: "月", 3: "季度", 6: "半年", 12: "年度"}
_PLAIN = Wanted()
_GROUPS = Late("services.papers.of_groups:groups_of_month")


class PrintingService(OfLibrary):
    """Prints of one library; ``clock`` tells the present time.

    A paper is named by its code of the catalogue, a record by its id; a print of a declaration
    that is not stored is given itself, as ``Paper``. Every method raises ``InputError`` where
    there is no such paper, record, layout or period.
    """

    def papers(self, of: str | None = None) -> tuple[Paper, ...]:
        """The papers about a record or a set (all unless told), in the order of the catalogue."""
        with self._library.reading() as work:
            found = tuple(papers_in(work, of))
        return found if of is None else papers_of(of, found)

    def of_ledger(self, code: str, of: str) -> tuple[Paper, ...]:
        """The prints of one ledger, shown or not: about a ``ROW``, or about its ``LEDGER``."""
        with self._library.reading() as work:
            return papers_of(of, papers_of_ledger(ledger_of(work, code)))

    def paper(self, code: str | Paper, of: str | None = None) -> Paper:
        """The paper of this code; of one record also by the word that its papers go by."""
        if isinstance(code, Paper):
            return code
        with self._library.reading() as work:
            return paper_in(work, code, of)

    def asked_for(
        self, code: str, ids: Sequence[str], wanted: Wanted = _PLAIN
    ) -> tuple[tuple[str, Wanted], ...]:
        """Each print that the ids of a command ask for. Of party groups they are the names, and
        none of them are all groups of the month; what is about no record takes none."""
        paper = self.paper(code)
        if paper.of in ABOUT_ONE:
            return tuple((uid, wanted) for uid in ids or [""])
        if paper.of == GROUP_MONTH:
            named = dict.fromkeys(filter(None, (*ids, wanted.group)))
            with self._library.reading() as work:
                asked = self._asked(work, paper, None, wanted)
                groups = [*named] or [*_GROUPS.read()(work, asked)]
            return tuple(("", replace(wanted, group=group)) for group in groups)
        if any(ids):
            words = f"{paper.title}不是关于某一条记录的材料，不按编号打印。"
            raise InputError(words, "请去掉编号后重试。")
        return (("", wanted),)

    def sheet(self, code: str | Paper, uid: str = "", wanted: Wanted = _PLAIN) -> Any:
        """All that the paper is made from, read in one moment; ``write`` makes the files of it."""
        with self._library.reading() as work:
            return self._gathered(work, code, uid, wanted)[1]

    def document(self, code: str | Paper, uid: str = "", wanted: Wanted = _PLAIN) -> Document:
        """The paper as it will print; fixes no number."""
        with self._library.reading() as work:
            paper, sheet = self._gathered(work, code, uid, wanted)
        return self.composed(paper, sheet, wanted)

    def warning(self, code: str | Paper, uid: str = "", wanted: Wanted = _PLAIN) -> str:
        """What is to be said once before it is printed or written: that it holds something
        sensitive; empty where it holds nothing such."""
        paper = self.paper(code)
        if not uid or paper.of not in ABOUT_ONE:
            return ""
        with self._library.reading() as work:
            held = sensitive_in(work, paper, stored(work, paper, uid))
        return warning(held, self.document(paper, uid, wanted)) if held else ""

    def of_record(self, code: str, record: Any, wanted: Wanted = _PLAIN) -> Document:
        """The paper of a record as it stands in the editor."""
        with self._library.reading() as work:
            paper = paper_in(work, code)
            sheet = self._sheet(work, paper, record, wanted)
        return self.composed(paper, sheet, wanted)

    def preview(self, code: str | Paper, uid: str = "", wanted: Wanted = _PLAIN) -> bytes:
        """The paper as PDF."""
        return pdf_of(self.document(code, uid, wanted))

    def preview_of(self, code: str, record: Any, wanted: Wanted = _PLAIN) -> bytes:
        """The paper of a record as it stands in the editor, as PDF."""
        return pdf_of(self.of_record(code, record, wanted))

    def export(
        self,
        code: str,
        folder: Path,
        uid: str = "",
        wanted: Wanted = _PLAIN,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write the files and note the print; of minutes the first print fixes 第×次."""
        sheet = self.sheet(code, uid, wanted)
        files = self.write(code, sheet, folder, wanted, formats, force=force)
        self.note_print(code, uid, wanted)
        return files

    def write(
        self,
        code: str,
        sheet: Any,
        folder: Path,
        wanted: Wanted = _PLAIN,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write the files of a sheet that was gathered before."""
        document = self.composed(self.paper(code), sheet, wanted)
        return write_document(document, folder, formats, force=force)

    def note_print(self, code: str, uid: str, wanted: Wanted = _PLAIN) -> None:
        """Record that minutes were printed and how; the first time fixes their number."""
        paper = self.paper(code)
        if not paper.numbered:
            return
        look = self._look(paper, wanted)
        with self._library.changing(Topic.MEETINGS) as work:
            note_in(work, paper, uid, look)
        keep_printed(self._library, [uid])

    def _gathered(
        self, work: Work, code: str | Paper, uid: str, wanted: Wanted
    ) -> tuple[Paper, Any]:
        """The paper with its sheet; one that is given itself needs no record of its own."""
        paper = code if isinstance(code, Paper) else paper_in(work, code)
        bare = (isinstance(code, Paper) or paper.blank) and not uid
        record = stored(work, paper, uid) if paper.of in ABOUT_ONE and not bare else None
        return paper, self._sheet(work, paper, record, wanted)

    def _asked(self, work: Work, paper: Paper, record: Any, wanted: Wanted) -> Asked:
        now = self._clock()
        return Asked(paper, record, wanted, wanted.day or judged_day(work, now.date()), now)

    def _sheet(self, work: Work, paper: Paper, record: Any, wanted: Wanted) -> Any:
        _require_allowed(paper, wanted)
        asked = self._asked(work, paper, record, wanted)
        if wanted.period is not None:
            last = {PERIOD: asked.day, LEDGER: date.max, PLANS: date.max}.get(paper.of, asked.today)
            _require_period(paper, wanted.period, last)
        return sheet_of(work, asked)

    def composed(self, paper: Paper, sheet: Any, wanted: Wanted) -> Document:
        """The paper out of a sheet that was gathered before."""
        layout, look = wanted.layout or paper.layout, self._look(paper, wanted)
        if layout not in paper.layouts:
            raise InputError(f"{paper.title}没有这种版式。", "请换一种版式。")
        asked = replace(wanted, layout=layout, look=look)
        return dressed(paper.composer(sheet, asked), sheet, look)

    def _look(self, paper: Paper, wanted: Wanted) -> Look | None:
        """The look that is asked for or kept for the paper; None is the usual one."""
        if wanted.look is not None:
            return unusual(wanted.look)
        with self._library.reading() as work:
            return look_of_paper(work, paper.code)


def note_in(work: Work, paper: Paper, uid: str, look: Look | None) -> None:
    """Record a print inside a transaction, where the paper is one of those that are numbered."""
    if not paper.numbered:
        return
    meeting = stored(work, paper, uid)
    for kind in kinds_of(work).of(meeting.kinds):
        if kind.ordinal and meeting.held:
            number = meeting.number or next_number(work, meeting)
            if number is not None:
                work.prints.fix_number(uid, kind.code, number)
    made = work.meetings.revision_number(uid)
    work.prints.add(paper.code, uid, made, (look or default_look()).title)


def _require_allowed(paper: Paper, wanted: Wanted) -> None:
    if wanted.public and not may_be_shown(paper.level, Outlet.MASKED):
        title = paper.title if paper.ledger is None else paper.ledger.title
        raise BlockedError(
            f"“{title}”的知悉范围是“{paper.level.label}”，不能作为公开材料打印。",
            "只在本支部内使用时，请按内部材料打印。",
        )


def _require_period(paper: Paper, period: Period, last: date) -> None:
    if not paper.lengths:
        raise InputError(f"{paper.title}不分时间段。", "请去掉时间段后重试。")
    if period.length not in paper.lengths:
        known = [_LENGTHS[length] for length in paper.lengths]
        words = "或".join(f"按{length}" for length in known)
        raise InputError(
            f"{paper.title}{words}填写，不能按{period.label}。", f"请改用{'、'.join(known)}。"
        )
    if period.first > last:
        raise InputError(f"{period.label}还没有到。", "请选择本月或以前的时间段。")
