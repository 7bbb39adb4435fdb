"""What proves a project: the meetings that dealt with it, and files kept with the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.projects.project import EvidenceFile, MeetingLink, Project
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.files import hand_out
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.work import Work


class ProjectLinks(OfLibrary):
    """Meetings and evidence files of the projects of one library."""

    def of_meeting(self, meeting_id: str) -> tuple[Project, ...]:
        """The projects that a meeting dealt with; their links tell in which item."""
        with self._library.reading() as work:
            return tuple(_of_meeting(work, meeting_id))

    def link(self, uid: str, meeting_id: str, item_id: str | None = None) -> Project:
        """Say that the meeting, perhaps in one agenda item, dealt with the project."""
        wanted = MeetingLink(meeting_id, item_id)
        with self._library.changing(Topic.PROJECTS) as work:
            _require_meeting(work, wanted)
            return _relinked(work, uid, {wanted}, set())

    def unlink(self, uid: str, meeting_id: str, item_id: str | None = None) -> Project:
        """Take such a link away."""
        with self._library.changing(Topic.PROJECTS) as work:
            return _relinked(work, uid, set(), {MeetingLink(meeting_id, item_id)})

    def set_links(
        self, meeting_id: str, item_id: str | None, project_ids: Collection[str]
    ) -> tuple[Project, ...]:
        """Make these the projects that the item (or the meeting as a whole) dealt with.

        The meeting must be saved. Links of other items stay. The projects changed are returned.
        """
        link = MeetingLink(meeting_id, item_id)
        with self._library.changing(Topic.PROJECTS) as work:
            _require_meeting(work, link)
            linked = {p.id for p in _of_meeting(work, meeting_id) if link in p.meetings}
            wanted = set(project_ids)
            added = [_relinked(work, uid, {link}, set()) for uid in sorted(wanted - linked)]
            gone = [_relinked(work, uid, set(), {link}) for uid in sorted(linked - wanted)]
        return (*added, *gone)

    def add_file(self, uid: str, source: Path, note: str = "") -> Project:
        """Keep a copy of the file as evidence; the same file a second time changes nothing.

        Raises ``InputError`` for a file that is missing, empty or too large.
        """
        self.project(uid)
        attached = self._library.keep_file(source)
        with self._library.changing(Topic.PROJECTS) as work:
            project = _one(work, uid)
            work.attachments.register(attached)
            if any(file.sha256 == attached.sha256 for file in project.evidence):
                return project
            name, words = clean(source.name)[0], clean(note, multiline=True)[0].strip()
            file = EvidenceFile(new_id(), name, attached.sha256, attached.size, words)
            changed = replace(project, evidence=(*project.evidence, file))
            return work.projects.save(changed, reason="添加佐证")

    def remove_file(self, uid: str, file_uid: str) -> Project:
        """Take a file off the project; its copy stays with the library, as all history does."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = _one(work, uid)
            files = tuple(file for file in project.evidence if file.uid != file_uid)
            return work.projects.save(replace(project, evidence=files), reason="移去佐证")

    def put_back_file(self, uid: str, file: EvidenceFile, place: int) -> Project:
        """List a file again that was taken off, where it stood; one that is listed stays so."""
        with self._library.changing(Topic.PROJECTS) as work:
            project = _one(work, uid)
            if any(each.sha256 == file.sha256 for each in project.evidence):
                return project
            files = (*project.evidence[:place], file, *project.evidence[place:])
            return work.projects.save(replace(project, evidence=files), reason="恢复佐证")

    def hand_out(self, uid: str, file_uid: str, folder: Path) -> Path:
        """Write a copy of the file under its own name into a folder, and return its path."""
        project = self.project(uid)
        file = next((f for f in project.evidence if f.uid == file_uid), None)
        if file is None:
            raise InputError("这份佐证已不在项目中。", "请重新打开项目。")
        return hand_out(self._library, file, "佐证", folder)

    def project(self, uid: str) -> Project:
        """The project; raises ``InputError`` where there is none."""
        with self._library.reading() as work:
            return _one(work, uid)


def _of_meeting(work: Work, meeting_id: str) -> Iterable[Project]:
    return work.projects.get(work.projects.linked_to("meeting", meeting_id)).values()


def _one(work: Work, uid: str) -> Project:
    found = work.projects.one(uid)
    if found is None or found.deleted:
        raise InputError(f"没有编号为 {uid} 的项目。", "请重新选择项目。")
    return found


def _require_meeting(work: Work, link: MeetingLink) -> None:
    meeting = work.meetings.one(link.meeting_id)
    if meeting is None or meeting.deleted:
        raise InputError("这次会议还没有保存，不能关联项目。", "请先保存会议记录，再关联项目。")
    if link.item_id is not None and all(item.id != link.item_id for item in meeting.agenda):
        raise InputError("会议中没有这项议题，不能关联项目。", "请先保存会议记录，再关联项目。")


def _relinked(
    work: Work, uid: str, added: Collection[MeetingLink], gone: Collection[MeetingLink]
) -> Project:
    project = _one(work, uid)
    kept = [link for link in project.meetings if link not in gone]
    new = [link for link in added if link not in kept]
    return work.projects.save(replace(project, meetings=(*kept, *new)), reason="关联会议")
