"""One search over everything: names (pinyin initials too), titles and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.projects.project import Project, ProjectFilter
from dangjian_desktop.services.checks.gathering import kinds_of
from dangjian_desktop.services.records.pinyin import matches
from dangjian_desktop.storage.library import Library

_AROUND = 18


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: ``type`` is member, meeting or project, ``date`` ISO text or nothing."""

    type: str
    id: str
    title: str
    date: str | None
    snippet: str


class SearchService:
    """The search of one library."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def find(self, text: str, limit: int = 50) -> tuple[list[Hit], int]:
        """The first hits and how many there are; members, meetings, projects, newest first."""
        wanted = text.strip()
        if not wanted:
            return [], 0
        today = self._clock().date()
        with self._library.reading() as work:
            named = [m for m in work.members.all() if _fits(m, wanted)]
            ids = work.meetings.ids(MeetingFilter(text=wanted))
            shown = ids[: max(0, limit - len(named))]
            meetings = work.meetings.get(shown)
            kinds = kinds_of(work)
            project_ids = work.projects.ids(ProjectFilter(text=wanted))
            left = max(0, limit - len(named) - len(shown))
            projects = work.projects.get(project_ids[:left])
        hits = [
            Hit("member", m.id, m.name, None, "　".join(_card(m, today))) for m in named[:limit]
        ]
        for uid in shown:
            if meeting := meetings.get(uid):
                kind = "、".join(k.short for k in kinds.of(meeting.kinds))
                snippet = f"{kind}　{_snippet(meeting, wanted)}"
                hits.append(Hit("meeting", uid, meeting.title, meeting.date.isoformat(), snippet))
        hits += [_project_hit(project, wanted) for project in projects.values()]
        return hits, len(named) + len(ids) + len(project_ids)


def search_json(hits: list[Hit], total: int) -> dict[str, Any]:
    """The result of the contract."""
    return {"hits": [asdict(hit) for hit in hits], "total": total}


def _fits(member: Member, wanted: str) -> bool:
    cards = (member.work_post, member.note, *(s.value for s in (*member.posts, *member.groups)))
    return matches(member, wanted) or any(wanted in (card or "") for card in cards)


def _card(member: Member, today: Any) -> Iterator[str]:
    kind = member.kind_on(today)
    if kind is not None:
        yield kind.label
    yield from member.posts_on(today)
    if group := member.group_on(today):
        yield group


def _project_hit(project: Project, wanted: str) -> Hit:
    """A project with the words around the find, or its category and state."""
    day = project.start.isoformat() if project.start else None
    card = "　".join(word for word in (project.category, project.state.label) if word)
    around = _around(_inside(asdict(project)), wanted) or project.title
    return Hit("project", project.id, project.title, day, f"{card}　{around}")


def _texts(meeting: Meeting) -> Iterator[str]:
    yield meeting.title
    for item in meeting.agenda:
        yield item.topic
        yield from item.content
        yield from (speech.text for speech in item.speeches)
        yield item.resolution or ""
        yield from (action.what for action in item.actions)
    yield meeting.closing or ""
    for value in meeting.details.values():
        yield from _inside(value)
    for stood in meeting.attendance:
        yield from filter(None, (stood.reason, stood.made_up))
    for left_out in meeting.excluded:
        yield from filter(None, (left_out.reason, left_out.consent))


def _inside(value: Any) -> Iterator[str]:
    """Every text in a value of the details, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _inside(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _inside(part)


def _snippet(meeting: Meeting, wanted: str) -> str:
    """Where the text stands, with a little around it."""
    return _around(_texts(meeting), wanted) or meeting.title


def _around(texts: Iterable[str], wanted: str) -> str | None:
    for text in texts:
        at = text.find(wanted)
        if at >= 0:
            start, end = max(0, at - _AROUND), at + len(wanted) + _AROUND
            before, behind = "…" if start else "", "…" if end < len(text) else ""
            return before + text[start:end].replace("\n", " ") + behind
    return None
