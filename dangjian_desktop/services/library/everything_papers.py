"""What people and other programs read of a library: tables, minutes, JSON of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.papers.catalogue import MEETING, Paper, Wanted
from dangjian_desktop.services.files import file_name
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.exporting import LedgerExport
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library.branch import BranchService
from dangjian_desktop.services.library.everything_data import Step, free_place
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster_export import RosterExport
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.declaring import declared_of
from dangjian_desktop.services.rendering import BOTH, rendered
from dangjian_desktop.storage.copies.attachments import files_in, folder_of
from dangjian_desktop.storage.copies.contents import content_of, digest_of
from dangjian_desktop.storage.library import Library

CONTRACT, FILES, TABLES = "约定格式", "附件", "表格"
LEDGERS, STYLES = "台账", "台账样式"


class FilesForPeople:
    """Written into the folder step by step; nothing of it is read back but the attachments, which
    bear the names of ``file_names``, by their SHA-256.

    As of a day all is made as on that day, so that the same library gives the same bytes.
    """

    def __init__(
        self,
        library: Library,
        part: Path,
        clock: Callable[[], datetime],
        as_of: date | None,
        file_names: Mapping[str, str],
    ) -> None:
        self._file_names = file_names
        self._clock = clock if as_of is None else partial(datetime.combine, as_of, time())
        self._library, self._part = library, part
        given = (library, self._clock)
        self._wanted = Wanted(day=as_of)
        self._meetings = MeetingService(*given)
        self._ledgers, self._exports = LedgerService(*given), LedgerExport(*given)
        self._printing = PrintingService(*given)
        with library.reading() as work:
            self._day = as_of or judged_day(work, self._clock().date())
            self._records = tuple(declared_of(work))

    def steps(self) -> Iterator[Step]:
        """Each writes one file, or the files of one thing."""
        yield "正在写出支部信息", self._branch
        yield "正在写出名册", self._roster
        for record in self._records:
            yield f"正在写出{record.title}记录", partial(self._of_kind, record.code)
        for entry in self._ledgers.all():
            yield "正在写出台账", partial(self._ledger, entry.ledger)
        for paper in self._printing.papers(MEETING):
            for uid in self._meetings.find() if paper.numbered else ():
                yield f"正在写出{paper.title}", partial(self._paper, paper, uid)
        for file in files_in(folder_of(self._library.path)).values():
            yield "正在写出附件", partial(self._attachment, file)

    def _branch(self) -> None:
        self._json("branch", BranchService(self._library, self._clock).as_json(self._day))

    def _roster(self) -> None:
        export = RosterExport(self._library, self._clock).export
        export(self._table(TABLES, "党员名册"), as_of=self._day)

    def _of_kind(self, code: str) -> None:
        records = service_of(self._library, code, self._clock).records
        self._json(code, records.as_json(records.all(), self._day, Outlet.EVERYTHING))
        records.export(self._table(TABLES, f"{records.record.title}记录"))

    def _ledger(self, ledger: Ledger) -> None:
        if may_be_shown(ledger.level, Outlet.EVERYTHING):
            self._json(f"ledgers/{ledger.code}", self._ledgers.as_json(ledger.code))
            self._exports.export(ledger.code, self._table(LEDGERS, ledger.title))
        LedgerStyles(self._library, self._clock).export_file(ledger.code, self._part / STYLES)

    def _paper(self, paper: Paper, uid: str) -> None:
        document = self._printing.document(paper.code, uid, self._wanted)
        year = f"{self._meetings.rows([uid])[uid].date.year}年"
        for form in BOTH:
            place = self._part / paper.folder / year / f"{file_name(document.name)}.{form}"
            free_place(place).write_bytes(rendered(document, form))

    def _attachment(self, file: Path) -> None:
        name = Path(self._file_names.get(digest_of(file), file.name))
        place = free_place(self._part / FILES / f"{file_name(name.stem)}{name.suffix}")
        place.write_bytes(content_of(file))

    def _table(self, folder: str, title: str) -> Path:
        return self._part / folder / f"{file_name(title)}.xlsx"

    def _json(self, name: str, told: Any) -> None:
        file = free_place(self._part / CONTRACT / f"{name}.json")
        file.write_text(f"{json_text(told, indent=1)}\n", encoding="utf-8", newline="\n")
