"""What a user does with meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.meetings.decided import identified, same_decisions
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.record_files import RecordFiles
from dangjian_desktop.services.records.declaring import facts_of, kinds_of
from dangjian_desktop.services.records.importing import Subject
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

Clock = Callable[[], datetime]


class MeetingService:
    """Meetings of one library; ``clock`` tells the present time.

    ``records`` does what can be done with every kind of record.
    """

    def __init__(self, library: Library, clock: Clock = datetime.now) -> None:
        self._library = library
        self.records = records = RecordService[Meeting](library, MEETINGS, clock)
        self.find, self.get, self.one = records.find, records.get, records.one
        self.years, self.revision, self.save = records.years, records.revision, records.save
        self.import_json, self.delete = records.import_json, records.delete
        self.bring_back = records.bring_back

    def kinds(self) -> Kinds:
        """All kinds of meeting of the library."""
        with self._library.reading() as work:
            return kinds_of(work)

    def members(self) -> Rolls:
        """All members ever on the roster, for rolls of any day."""
        with self._library.reading() as work:
            return work.roster()

    def rows(self, ids: Sequence[str]) -> Mapping[str, SittingRow]:
        """What a list shows of these meetings; no minutes are read."""
        with self._library.reading() as work:
            return work.meetings.rows(ids)

    def listed(self, wanted: MeetingFilter) -> list[dict[str, Any]]:
        """MEETINGs of the contract, oldest first."""
        return self.records.as_json(self.records.all(wanted))

    def as_json(self, meeting: Meeting) -> dict[str, Any]:
        """MEETING of the contract."""
        return self.records.as_json([meeting])[0]

    def add_file(self, uid: str, source: Path) -> KeptFile | None:
        """Keep a copy of the file with a meeting; None where it has this file already.

        Raises ``InputError`` for a file that is missing, empty or too large, ``BlockedError``
        while something of the meeting is unsaved: saving would drop its draft.
        """
        with self._library.reading() as work:
            self._open_to_files(work, uid)
        kept = RecordFiles(self._library).keep(source)
        with self._library.changing(Topic.MEETINGS) as work:
            meeting = self._open_to_files(work, uid)
            if any(file.sha256 == kept.sha256 for file in meeting.files):
                return None
            work.meetings.save(replace(meeting, files=(*meeting.files, kept)), reason="添加附件")
        return kept

    def remove_file(self, uid: str, file_uid: str) -> Meeting:
        """Take a file off a meeting; its copy stays with the library, as all history does.

        Raises ``BlockedError`` as ``add_file`` does.
        """
        with self._library.changing(Topic.MEETINGS) as work:
            meeting = self._open_to_files(work, uid)
            files = tuple(file for file in meeting.files if file.uid != file_uid)
            return work.meetings.save(replace(meeting, files=files), reason="移去附件")

    def _open_to_files(self, work: Work, uid: str) -> Meeting:
        meeting = self.records.stored(work, uid)
        if work.drafts.get(MEETING.code, uid) is not None:
            raise BlockedError(
                f"“{meeting.title}”有未保存的草稿，附件没有改动。",
                "请打开这次会议，在编辑页里添加附件，再一并保存。",
            )
        return meeting


def _names(facts: Facts, values: Mapping[str, Any]) -> NameFinder:
    return NameFinder([facts.roll(values.get("date") or facts.today)])


def _clash(work: Work, meeting: Meeting) -> Iterator[Problem]:
    known = work.meetings.same(meeting)
    if known not in (None, meeting.id):
        words = "同一时间的同类会议已有记录且内容不同；要修改请打开原记录"
        yield Problem("date", f"{words}（编号 {known}）", "exists")


def _merged(meeting: Meeting, stored: Meeting) -> Meeting:
    known = {item.id: item.actions for item in identified(stored).agenda}
    agenda = tuple(
        replace(item, actions=same_decisions(item.actions, known.get(item.id, ())))
        for item in meeting.agenda
    )
    number = meeting.number or stored.number
    return replace(meeting, number=number, files=stored.files, agenda=agenda)


MEETINGS = Subject(
    record=MEETING,
    topic=Topic.MEETINGS,
    facts=facts_of,
    names=_names,
    merged=_merged,
    clash=_clash,
    but=("number",),
)
