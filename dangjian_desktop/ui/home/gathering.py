"""What the first page shows, gathered in the library's thread; knows no widget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.summaries.due import DueItem, DueKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.summaries.month import CadenceCard

SHOWN = 8
"""How many lines of a list are shown before more are asked for."""
_PLACES = {
    DueKind.MILESTONE: "projects",
    DueKind.ENTRY: "projects",
    DueKind.CLOSING: "projects",
    DueKind.SITTING: "meetings",
    DueKind.PLANNED: "meetings",
    DueKind.ROW: "ledgers",
    DueKind.ASKED: "ledgers",
}

_EDITORS = {
    "member": ("roster", ""),
    "meeting": ("meetings", ""),
    "project": ("projects", ""),
    "ledger_style": ("ledgers", "all/"),
}
"""Where the editor of a form is, where that is not the place of its name."""
_PARTS = {"progress": "projects", "summary": "summaries"}
_SMALL = {
    "project_step": ("projects", "{0}/step:{1}"),
    "project_category": ("projects", ""),
    "meeting_kind": ("settings", "kinds"),
    "rule": ("settings", "rules/{0}"),
    "waiver": ("home", ""),
    "branch": ("settings", "branch"),
}
"""Small forms: the place, and what leads to the form there; it then shows what was typed."""
_DRAFTS = {
    "meeting": "会议记录草稿",
    "project": "项目草稿",
    "ledger_style": "台账样式草稿",
    **{record.code: f"{record.title}草稿" for record in SHARED},
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of 待办事项: until when, what, the verb on its chip and where it leads.

    ``day`` is missing for what was only left unfinished.
    """

    day: date | None
    words: str
    verb: str
    place: str
    uid: str = ""

    def late(self, today: date) -> bool:
        """Whether its day is past."""
        return self.day is not None and self.day < today


@dataclass(frozen=True, slots=True)
class Hint:
    """One line of 体检提示 in words, and the page and record that it is about."""

    finding: Finding
    words: str
    place: str
    uid: str


@dataclass(frozen=True, slots=True)
class HomeSheet:
    """One state of the page; ``complete`` tells whether the hints are those of all years.

    Of ``hinted`` open findings ``hints`` are the first in words.
    """

    today: date
    cards: tuple[CadenceCard, ...]
    todos: tuple[Todo, ...]
    hints: tuple[Hint, ...]
    hinted: int
    complete: bool
    rules: Mapping[str, RuleText]
    kinds: Kinds


def load_home(desk: Desk, *, at_once: bool = False, most: int = SHOWN) -> HomeSheet:
    """Everything the page shows, as of the day that is judged, with ``most`` hints in words.

    ``at_once`` leaves out what the check finds of older years that are not judged yet.
    """
    found, complete = desk.check.at_once() if at_once else (desk.check.findings(), True)
    hinted = [f for f in found if f.verdict is not Verdict.OK and not f.waiver]
    day = desk.due.day()
    due = tuple(_due(item) for item in _folded(desk.due.items(day)))
    ordered = sorted((*due, *_summaries(desk, day)), key=lambda todo: todo.day or day)
    return HomeSheet(
        today=day,
        cards=desk.month.cards(),
        todos=(*_drafts(desk), *ordered),
        hints=tuple(_hints(desk, hinted[:most])),
        hinted=len(hinted),
        complete=complete,
        rules=desk.check.rules(),
        kinds=desk.first_page.kinds(),
    )


def _folded(items: Sequence[DueItem]) -> Iterator[DueItem]:
    """What repeats by month is one line, which leads to the first of its months."""
    entries: dict[str | None, list[DueItem]] = {}
    for item in items:
        if item.kind is DueKind.ENTRY:
            entries.setdefault(item.record, []).append(item)
        else:
            yield item
    for own in entries.values():
        first, count = own[0], len(own)
        more = f"等{count}个月进展未填写" if count > 1 else ""
        yield replace(first, words=first.words.removesuffix("进展") + more if more else first.words)


def _due(item: DueItem) -> Todo:
    uid = item.record or ""
    if item.kind is DueKind.ENTRY:
        uid = f"{item.record}/{item.code}"
    elif item.kind is DueKind.SITTING:
        uid = f"new/{item.code}"
    elif item.kind in (DueKind.ROW, DueKind.ASKED):
        uid = f"{item.code}/{uid}"
    place = _PLACES.get(item.kind, item.code or "")
    return Todo(item.day, item.words, item.kind.action, place, uid)


def _summaries(desk: Desk, day: date) -> Iterator[Todo]:
    """The summary of this month, and of the last one while nothing was written in it."""
    month = Period.around(day, 1)
    before = month.previous()
    if not desk.first_page.written(before):
        words = f"{before.start}月汇总还没有填写"
        yield Todo(before.last, words, "去填写", "summaries", str(before))
    yield Todo(month.last, f"{month.start}月汇总报送", "生成", "summaries", str(month))


def leads_to(form: str, uid: str) -> tuple[str, str]:
    """Where an unsaved form is gone on with: the place, and what it knows it by."""
    if form.startswith("ledger:"):
        return "ledgers", f"{form.removeprefix('ledger:')}/edit/{uid}"
    if form in _PARTS:
        return _PARTS[form], uid
    if form in _SMALL:
        small, words = _SMALL[form]
        about, _, part = uid.partition("/")
        return small, words.format(about, part)
    place, before = _EDITORS.get(form, (form, ""))
    return place, f"{before}edit/{uid}"


def _drafts(desk: Desk) -> Iterator[Todo]:
    if lost := len(desk.drafts.unreadable()):
        yield Todo(None, f"有{lost}份草稿无法读取", "查看", "settings", "drafts")
    found = desk.drafts.all()
    for form, words in _DRAFTS.items():
        for draft in (d for d in found if d.form == form):
            told = f"{words}：{_title(draft) or '未命名'}"
            yield Todo(None, told, "继续编辑", *leads_to(form, draft.uid))
    for draft in found:
        if draft.form.startswith("ledger:"):
            place, uid = leads_to(draft.form, draft.uid)
            yield Todo(None, "台账记录草稿", "继续编辑", place, uid)


def _title(draft: Draft) -> str:
    return str(draft.content.get("title") or "")


def _hints(desk: Desk, found: Sequence[Finding]) -> Iterator[Hint]:
    """What the check found in words, with a place where it can be looked at."""
    firsts = [uid for f in found if (uid := _leads_to(f))]
    asked = desk.first_page
    kinds, meetings, projects = asked.kinds(), asked.heads(firsts), asked.projects(firsts)
    others = [uid for uid in firsts if uid not in meetings and uid not in projects]
    rows = asked.ledger_rows(others)
    for finding in found:
        uid = _leads_to(finding)
        known = "meetings" if uid in meetings else "projects" if uid in projects else "roster"
        place = "ledgers" if uid in rows else known if uid else ""
        words = _about(*meetings[uid][1:], kinds) if uid in meetings else ""
        words += _words(finding)
        yield Hint(finding, words, place, rows.get(uid, uid))


def _leads_to(finding: Finding) -> str:
    """The member whose card settles it, where it is the only one; else the first of its records."""
    people = {uid for cause in finding.causes for uid in cause.people}
    of_members = all(cause.subject == "member" and cause.people for cause in finding.causes)
    if len(people) == 1 and of_members:
        return people.pop()
    return finding.records[0] if finding.records else ""


def _about(day: date, codes: Sequence[str], kinds: Kinds) -> str:
    """10月30日支委会： before what the check says of one meeting."""
    names = "、".join(kind.short for kind in kinds.of(codes[:1]))
    return f"{day.month}月{day.day}日{names}："


def _words(finding: Finding) -> str:
    """The sentence without the verdict's own word, which stands before the line."""
    return finding.message.removeprefix(f"{finding.verdict.label}：").rstrip("。")
