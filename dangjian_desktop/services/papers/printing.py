"""Papers out of the library: previews as PDF bytes, exports as Word and PDF files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.meetings.compose import compose_minutes
from dangjian_desktop.papers.meetings.signin import compose_signin
from dangjian_desktop.papers.members.roster import compose_roster
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.checks.gathering import kinds_of
from dangjian_desktop.services.papers.files import write_file
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

__all__ = ["BOTH", "Format", "Layout", "PrintingService", "write_document"]


class Format(StrEnum):
    """Kinds of files."""

    DOCX = "docx"
    PDF = "pdf"


BOTH = (Format.DOCX, Format.PDF)


def pdf_of(document: Document) -> bytes:
    """The document as PDF; the sample with our own faces, so that it looks alike everywhere."""
    return render_pdf(document, bundled_fonts() if document.mark else None)


_RENDER: dict[Format, Callable[[Document], bytes]] = {
    Format.DOCX: render_word,
    Format.PDF: pdf_of,
}


def write_document(
    document: Document, folder: Path, formats: Sequence[Format], *, force: bool = False
) -> list[Path]:
    """Render and write one document in each format; never replaces a file unless forced."""
    return [
        write_file(folder, document.name, f".{form}", _RENDER[form](document), force=force)
        for form in formats
    ]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every paper of a meeting needs beside the meeting."""

    branch: Branch
    kinds: Kinds
    roll: Roll
    version: int | None


class PrintingService:
    """Prints of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def minutes(self, meeting: Meeting, layout: Layout = Layout.OFFICIAL) -> Document:
        """Minutes of a meeting as it stands in the editor or in the library; fixes no number."""
        with self._library.reading() as work:
            around = self._around(work, meeting)
            shown = replace(meeting, number=meeting.number or _next_number(work, meeting))
        return compose_minutes(
            shown, around.roll, around.kinds, around.branch, self._stamp(around), layout
        )

    def preview_minutes(self, uid: str, layout: Layout = Layout.OFFICIAL) -> bytes:
        """The minutes as they will print, as PDF."""
        return pdf_of(self.minutes(self._meeting(uid), layout))

    def preview_meeting(self, meeting: Meeting, layout: Layout = Layout.OFFICIAL) -> bytes:
        """Minutes of a meeting that is not saved yet, as PDF."""
        return pdf_of(self.minutes(meeting, layout))

    def export_minutes(
        self,
        uid: str,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        layout: Layout = Layout.OFFICIAL,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write the minutes; the first export fixes 第×次."""
        document = self.minutes(self._meeting(uid), layout)
        files = write_document(document, folder, formats, force=force)
        self.note_print(uid)
        return files

    def note_print(self, uid: str) -> None:
        """Record that minutes were printed or exported; the first time fixes their number."""
        meeting = self._meeting(uid)
        with self._library.changing(Topic.MEETINGS) as work:
            for kind in kinds_of(work).of(meeting.kinds):
                if kind.ordinal and meeting.held:
                    number = meeting.number or _next_number(work, meeting)
                    if number is not None:
                        work.prints.fix_number(uid, kind.code, number)
            work.prints.add("minutes", uid, work.meetings.revision_number(uid))

    def signin(self, uid: str) -> Document:
        """The sign-in sheet to print beforehand."""
        meeting = self._meeting(uid)
        with self._library.reading() as work:
            around = self._around(work, meeting)
        return compose_signin(
            meeting, around.roll, around.kinds, around.branch, self._stamp(around)
        )

    def roster(self, as_of: date | None = None, *, masked: bool = True) -> Document:
        """The roster of a day, with ID numbers and phones masked unless told."""
        day = as_of or self._clock().date()
        with self._library.reading() as work:
            branch = work.branch.get()
            roll = Roll(work.members.all(), day)
        stamp = Stamp(None, self._clock(), branch.sample)
        return compose_roster(roll.members, day, branch, stamp, masked=masked)

    def preview(self, document: Document) -> bytes:
        """Any document as PDF."""
        return pdf_of(document)

    def export(
        self,
        document: Document,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write any document."""
        return write_document(document, folder, formats, force=force)

    def _meeting(self, uid: str) -> Meeting:
        with self._library.reading() as work:
            meeting = work.meetings.get([uid]).get(uid)
        if meeting is None or meeting.deleted:
            raise InputError(f"没有编号为 {uid} 的会议。", "请用 meeting list 查看会议编号。")
        return meeting

    def _around(self, work: Work, meeting: Meeting) -> _Setting:
        return _Setting(
            branch=work.branch.get(),
            kinds=kinds_of(work),
            roll=Roll(work.members.all(), meeting.date),
            version=work.meetings.revision_number(meeting.id) or None,
        )

    def _stamp(self, around: _Setting) -> Stamp:
        return Stamp(around.version, self._clock(), around.branch.sample)


def _next_number(work: Work, meeting: Meeting) -> int | None:
    """第×次 among the year's sittings of its first counted kind, past numbers already fixed."""
    counted = [kind for kind in kinds_of(work).of(meeting.kinds) if kind.ordinal]
    if not counted or not meeting.held:
        return None
    year = MeetingFilter(
        first=date(meeting.date.year, 1, 1),
        last=date(meeting.date.year, 12, 31),
        kind=counted[0].code,
        group=meeting.group,
    )
    others = [m for m in work.meetings.all(year) if m.held]
    others = [m for m in others if m.id != meeting.id]
    place = 1 + sum(_moment(m) < _moment(meeting) for m in others)
    taken = {m.number for m in others if m.number is not None}
    while place in taken:
        place += 1
    return place


def _moment(meeting: Meeting) -> tuple[date, str, str]:
    return meeting.date, f"{meeting.start or ''}", meeting.id
