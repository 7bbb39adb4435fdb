"""What the program shows and prints of a library, as plain JSON; through its services alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.checks.checks import finding_json
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.search import search_json
from dangjian_desktop.services.members.member_form import plain
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.services.summaries.summaries import figures_json

NOW = datetime.fromisoformat("2026-11-27T10:00")
"""The present of everything golden."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which days, periods and words a library is asked."""

    year: int
    days: tuple[str, ...]
    months: tuple[int, ...]
    words: tuple[str, ...]

    @property
    def periods(self) -> tuple[str, ...]:
        longer = (f"{self.year}-Q1", f"{self.year}-Q4", f"{self.year}-H1", f"{self.year}-H2")
        months = (f"{self.year}-{month:02}" for month in self.months)
        return (*months, *longer, f"{self.year}")


LIBRARIES = {
    "示例": Asked(
        2025,
        ("2025-01-31", "2025-12-31"),
        (1, 6, 12),
        ("书记", "学习", "zb", "2025", "整改", "设备", "没有这个词"),
    ),
    "全字段": Asked(
        2026,
        ("2020-01-01", "2026-03-18", "2026-11-27"),
        (1, 2, 3, 5, 10),
        ("张伟", "zw", "补学", "批复", "设备", "误点", "调度日报", "读书班", "成果清单", "电工"),
    ),
}


def clock() -> datetime:
    return NOW


def shown(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Lists, cards, check, figures, search, settings and what lies in the bin."""
    members = {uid: plain(m) for uid, m in _members(desk).items()}
    return {
        "info": _without(desk.branch.info(), "schema", "size_bytes", "library"),
        "roster": {day: desk.roster.listed(date.fromisoformat(day)) for day in asked.days},
        "cards": members,
        "meetings": desk.meetings.listed(MeetingFilter()),
        "projects": desk.projects.as_json(ProjectFilter()),
        "check": {day: _findings(desk, day) for day in asked.days[1:]},
        "figures": {
            p: figures_json(desk.summaries.figures(Period.parse(p))) for p in asked.periods
        },
        "words": {p: desk.summaries.words(Period.parse(p)).as_json() for p in asked.periods},
        "search": {word: search_json(*desk.search.find(word, 500)) for word in asked.words},
        "settings": _settings(desk),
        "bin": {
            "meetings": desk.meetings.find(MeetingFilter(deleted=True)),
            "projects": [p.title for p in desk.projects.all(ProjectFilter(deleted=True))],
        },
        "saved": {
            "meetings": {uid: desk.meetings.revision(uid) for uid in _meetings(desk)},
            "projects": {p.id: desk.projects.revision(p.id) for p in desk.projects.all()},
        },
    }


def files(desk: Desk, folder: Path) -> dict[str, str]:
    """What each evidence file holds, by project and name; a copy of each goes into ``folder``."""
    found = {}
    for project in desk.projects.all():
        for file in project.evidence:
            copy = desk.project_links.hand_out(project.id, file.uid, folder)
            found[f"{project.title}/{file.name}"] = sha256(copy.read_bytes()).hexdigest()
    return found


def printed(desk: Desk, asked: Asked) -> dict[str, dict[str, Any]]:
    """The words of every paper, by its place."""
    return {name: _paper(document) for name, document in _papers(desk, asked)}


def leaves(value: Any, place: str = "") -> dict[str, Any]:
    """Every value that says something, by its place (``agenda.0.topic``)."""
    if isinstance(value, Mapping):
        parts = [(str(name), part) for name, part in value.items()]
    elif isinstance(value, list | tuple):
        parts = [(str(number), part) for number, part in enumerate(value)]
    else:
        return {} if value in (None, "") else {place: value}
    found: dict[str, Any] = {}
    for name, part in parts:
        found |= leaves(part, f"{place}.{name}" if place else name)
    return found


def _members(desk: Desk) -> dict[str, Any]:
    ids = [*desk.roster.find(), *desk.roster.find(present=False)]
    return dict(desk.roster.get(ids))


def _meetings(desk: Desk) -> list[str]:
    return list(reversed(desk.meetings.find(MeetingFilter())))


def _findings(desk: Desk, day: str) -> list[dict[str, Any]]:
    return [finding_json(f) for f in desk.check.findings(date.fromisoformat(day))]


def _settings(desk: Desk) -> dict[str, Any]:
    rules, branch = desk.check.rules(), desk.branch.get()
    return {
        "branch": [branch.superior, str(branch.founded), str(branch.term_start), branch.theme_day],
        "kinds": desk.branch.own_kinds(),
        "categories": list(desk.projects.categories()),
        "rules": {
            name: {"enabled": rules[name].enabled, "values": dict(rules[name].values)}
            for name in desk.check.changed_rules()
        },
    }


def _papers(desk: Desk, asked: Asked) -> Iterator[tuple[str, Document]]:
    printing = desk.printing

    def _plain(code: str, **wanted: Any) -> Document:
        return printing.document(code, wanted=Wanted(**wanted))

    for uid in _meetings(desk):
        meeting = desk.meetings.one(uid)
        for layout in (Layout.OFFICIAL, Layout.FORM):
            wanted = Wanted(layout=layout)
            minutes = printing.of_record("minutes", meeting, wanted)
            yield f"minutes/{layout.value}/{uid}", minutes
        yield f"signin/{uid}", printing.document("signin", uid)
    for day in asked.days:
        yield f"roster/{day}", _plain("roster", day=date.fromisoformat(day))
    last = date.fromisoformat(asked.days[-1])
    yield "roster/whole", _plain("roster", day=last, masked=False)
    yield from _project_papers(desk)
    for group in desk.projects.categories().groups:
        year = Period(asked.year, 1, 12)
        yield f"ledger/{group.name}", _plain("project_ledger", period=year, group=group.name)
    yield "claims", _plain("project_claims", day=last)
    for period in asked.periods:
        yield f"summary/{period}", _plain("summary", period=Period.parse(period))


def _project_papers(desk: Desk) -> Iterator[tuple[str, Document]]:
    printing = desk.printing
    for project in desk.projects.all():
        for paper in printing.papers("project"):
            yield f"project/{paper.word}/{project.id}", printing.document(paper.code, project.id)


def _paper(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "layout": document.layout.value,
        "foot": document.foot,
        "mark": document.mark,
        "texts": list(document.texts()),
    }


def _without(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
