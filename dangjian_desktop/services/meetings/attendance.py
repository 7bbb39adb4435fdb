"""Attendance by person: read, printed, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.summaries.by_person import PersonTurnout, by_person
from dangjian_desktop.domain.summaries.counting import sittings
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.dressing import dressed
from dangjian_desktop.papers.meetings.attendance import COUNTS, AttendanceSheet, compose_attendance
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.checks.gathering import gather, of_year
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.rendering import Format, pdf_of, write_document
from dangjian_desktop.services.stamping import stamped
from dangjian_desktop.services.workbooks import Workbook, covers
from dangjian_desktop.spreadsheets.columns import Column

__all__ = ["COUNTS", "AttendanceService", "AttendanceTable", "PersonTurnout"]


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """Who was where at the sittings of a period; ``least`` absences narrowed it, 0 none.

    ``as_of`` is the day as of which it was asked for, none where that was today.
    """

    about: str
    least: int
    people: tuple[PersonTurnout, ...]
    sittings: tuple[Meeting, ...]
    as_of: date | None = None

    @property
    def narrowed(self) -> str:
        """，缺席3次以上的人员; empty where everybody is there."""
        return f"，缺席{self.least}次以上的人员" if self.least else ""


class AttendanceService(OfLibrary):
    """Attendance in one library; ``clock`` tells the present time."""

    def by_person(
        self, period: Period, kind: str = "", least: int = 0, *, as_of: date | None = None
    ) -> AttendanceTable:
        """Everybody who was due in the period at sittings (of a kind, where one is told) and was
        recorded absent so often at least. Of whom nothing is recorded was not absent.

        As of a day, else of today, which the files of the table tell as theirs.
        """
        today = as_of or self._clock().date()
        with self._library.reading() as work:
            facts = gather(work, today, of_year(period.year))
        of = facts.kinds[kind] if kind else None
        found = sittings(facts, period, kind or None)
        people = tuple(p for p in by_person(facts, found, of) if p.absent >= least)
        seen = {each.meeting.id for person in people for each in person.stood}
        about = period.label + (of.title if of else "")
        there = tuple(m for m in found if m.id in seen)
        return AttendanceTable(about, least, people, there, as_of)

    def preview(self, table: AttendanceTable) -> bytes:
        """The table as PDF."""
        return pdf_of(self._document(table))

    def export(self, table: AttendanceTable, folder: Path, kind: Format) -> list[Path]:
        """The table as a file; raises ``BlockedError`` where it cannot be written."""
        return write_document(self._document(table), folder, (kind,))

    def write_sheet(self, table: AttendanceTable, path: Path, *, force: bool = False) -> Path:
        """Persons against sittings as .xlsx, with the counts before them.

        Raises ``InputError`` for another kind of file, ``BlockedError`` where it cannot be
        written.
        """
        covers(path, "full", "出勤情况")
        made = made_at(table.as_of, self._clock())
        with self._library.reading() as work:
            branch = work.branch.on(made.date())
        counted = ("应到", "实到", *COUNTS)
        days = [Column(f"{m.date.month}月{m.date.day}日{m.title}", 12) for m in table.sittings]
        book = Workbook(
            columns=(
                Column("序号", 5),
                Column("姓名", 10),
                Column("党小组", 13),
                *(Column(word, 7) for word in counted),
                *days,
            ),
            rows=_rows(table),
            title=f"{branch.name}组织生活出勤情况",
            remark=table.about + table.narrowed,
            name="出勤情况",
            made=made,
        )
        return book.write(path, force=force)

    def _document(self, table: AttendanceTable) -> Document:
        now, day = self._clock(), table.as_of
        with self._library.reading() as work:
            branch, stamp = work.branch.on(day or now.date()), stamped(work, None, now, day)
        sheet = AttendanceSheet(branch, stamp, table.about, table.narrowed, table.people)
        return dressed(compose_attendance(sheet), sheet)


def _rows(table: AttendanceTable) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for number, person in enumerate(table.people, 1):
        stood = {each.meeting.id: each for each in person.stood}
        counts = (person.due, person.present, *(person.count(state) for state in COUNTS))
        told = (stood.get(meeting.id) for meeting in table.sittings)
        states = (_state(each.state, each.reason) if each else "" for each in told)
        rows.append((str(number), person.member.name, person.group, *map(str, counts), *states))
    return rows


def _state(state: str, reason: str) -> str:
    return f"{state}（{reason}）" if reason else state
