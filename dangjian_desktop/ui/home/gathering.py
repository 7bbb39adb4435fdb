"""What the first page shows, gathered in the library's thread; knows no widget."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.summaries.due import DueItem, DueKind
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.beginning import Step
from dangjian_desktop.services.library.copying import Second
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.summaries.month import CadenceCard
from dangjian_desktop.ui.checks.leading import leads

MOST, HINTS = 8, 3
"""So many lines in all lists together, and so many hints at least among them."""
WEEKS = 4
"""So long after the first sitting no reason is asked for."""
NAMED = 2
"""So many sittings of a rule are named in its line."""
_PLACES = {
    DueKind.MILESTONE: "projects",
    DueKind.ENTRY: "projects",
    DueKind.CLOSING: "projects",
    DueKind.SITTING: "meetings",
    DueKind.PLANNED: "meetings",
    DueKind.ROW: "ledgers",
    DueKind.ASKED: "ledgers",
    DueKind.TALK: HEART_TALK.code,
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
    "item_step": ("item", "step/{0}/{1}"),
    "agreement_step": ("duty_agreement", "step/{0}/{1}"),
    "item_lists": ("item", "lists"),
    "package_order": ("package", "{0}/"),
    "package_return": ("package", "{0}"),
    "package_reply": ("package", "{0}"),
}
"""Small forms: the place, and what leads to the form there; it then shows what was typed."""
_DRAFTS = {
    "meeting": "会议记录草稿",
    "project": "项目草稿",
    "ledger_style": "台账样式草稿",
    **{record.code: f"{record.title}草稿" for record in SHARED},
    "item_step": "没有保存的事项办理",
    "agreement_step": "没有保存的责任状签订",
    "package_order": "没有生成的报送包",
    "package_return": "没有保存的退回登记",
    "package_reply": "没有保存的上级意见",
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of 待办事项: until when, what, the verb on its chip and where it leads.

    ``day`` is missing for what was only left unfinished; ``sign`` stands in its place.
    """

    day: date | None
    words: str
    verb: str
    place: str
    uid: str = ""
    sign: str = ""

    def late(self, today: date) -> bool:
        """Whether its day is past."""
        return self.day is not None and self.day < today


@dataclass(frozen=True, slots=True)
class Hint:
    """One line of 体检提示: one finding, or those of one rule together; the verb on its chip and
    where that leads. A reason is asked for where it is ``alone``, but for the first weeks."""

    verdict: Verdict
    words: str
    verb: str
    place: str
    uid: str
    alone: Finding | None = None


@dataclass(frozen=True, slots=True)
class HomeSheet:
    """One state of the page: at most ``MOST`` lines of ``steps`` and ``hints``, and ``room`` for
    those ``todos`` that are shown at first. ``hinted`` findings are behind the hints and the rest.
    ``copies`` says where copies are kept.
    """

    today: date
    sample: bool
    steps: tuple[Step, ...]
    cards: tuple[CadenceCard, ...]
    todos: tuple[Todo, ...]
    room: int
    hints: tuple[Hint, ...]
    hinted: int
    kinds: Kinds
    copies: str = ""

    @property
    def lacking(self) -> int:
        """How many kinds of sitting have still to be held this month."""
        month = Period.around(self.today, 1)
        return sum(not card.met and card.last <= month.last for card in self.cards)


def load_home(desk: Desk) -> HomeSheet:
    """Everything the page shows, as of the day that is judged."""
    asked, day = desk.first_page, desk.due.day()
    steps = asked.steps()
    cards: tuple[CadenceCard, ...] = ()
    todos, grouped = [*_drafts(desk), *_copies(desk, begun=not steps)], list[list[Finding]]()
    # While nobody is on the roster nothing is owed; what was begun is still there, and due.
    if Step.ROSTER in steps:
        todos += _sorted(_folded(_owed(desk, day, (DueKind.SITTING, DueKind.ASKED))), day)
    else:
        cards = desk.month.cards()
        todos += _todos(desk, day, {card.code for card in cards})
        grouped = _by_rule([f for f in desk.check.of_now() if f.owed is None or f.late])
    room = MOST - len(steps)
    few = min(len(grouped), max(HINTS, room - len(todos)))
    return HomeSheet(
        today=day,
        sample=desk.sample_day is not None,
        steps=steps,
        cards=cards,
        todos=tuple(todos),
        room=room - few,
        hints=tuple(_hints(desk, grouped[:few], day)),
        hinted=sum(map(len, grouped)),
        kinds=asked.kinds(),
        copies=f"备份在 {desk.copies.folder()}，有改动时自动备份" if not desk.read_only else "",
    )


def _todos(desk: Desk, day: date, on_cards: Collection[str]) -> Sequence[Todo]:
    """What is due, the earliest first, but for the sittings that a card tells of."""
    items = _owed(desk, day, (DueKind.SITTING,), on_cards)
    return _sorted((*_folded(items), *_summaries(desk, day)), day)


def _owed(
    desk: Desk, day: date, kinds: Collection[DueKind], codes: Collection[str | None] | None = None
) -> Sequence[DueItem]:
    """What is due but for these kinds; of the ``codes`` alone, where some are told."""
    found = desk.due.items(day)
    return [d for d in found if d.kind not in kinds or (codes is not None and d.code not in codes)]


def _sorted(items: Iterable[DueItem | Todo], day: date) -> list[Todo]:
    found = [item if isinstance(item, Todo) else _due(item) for item in items]
    return sorted(found, key=lambda todo: todo.day or day)


def _by_rule(found: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each rule together, in the order of the worst of them."""
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(finding.rule, []).append(finding)
    return list(groups.values())


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
        uid = f"new/{item.code}/{item.day.year}/{item.group or ''}"
    elif item.kind is DueKind.TALK:
        uid = f"new/{item.code}/{item.record}"
    elif item.kind in (DueKind.ROW, DueKind.ASKED):
        uid = f"{item.code}/{uid}"
    place = _PLACES.get(item.kind, item.code or "")
    return Todo(item.day, item.words, item.kind.action, place, uid)


def _summaries(desk: Desk, day: date) -> Iterator[Todo]:
    """The summary of this month, and of the last one while nothing was written in it; none of
    months before the records begin."""
    asked, month = desk.first_page, Period.around(day, 1)
    first, before = asked.begun(day), month.previous()
    if first is None:
        return
    if before.last >= first and not asked.written(before):
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


def _copies(desk: Desk, *, begun: bool) -> Iterator[Todo]:
    """A second place that is behind; that there could be one, once."""
    second = desk.copies.second()
    go = partial(Todo, None, place="settings", uid="copies", sign="备份")
    if second is not None and (second.failed or second.old):
        yield go(words=_behind(second), verb="查看")
    elif begun and desk.sample_day is None and desk.copies.offers_second():
        yield go(words="备份只放在这个磁盘上，可在另一个磁盘或U盘上再放一份", verb="去设置")


def _behind(second: Second) -> str:
    if second.failed:
        return f"第二备份位置没有备份成：{second.failed.rstrip('。')}"
    if second.at is None:
        return "第二备份位置还没有备份"
    return f"第二备份位置已有 {second.days} 天没有备份，接好磁盘或U盘后自动补上"


def _title(draft: Draft) -> str:
    return str(draft.content.get("title") or "")


def _hints(desk: Desk, groups: Sequence[Sequence[Finding]], today: date) -> Iterator[Hint]:
    """Each rule in words, with the place where it can be looked at or settled."""
    rules, begun = desk.check.rules(), desk.first_page.begun(today)
    # In the first weeks what is missing is filled in; there is nothing to explain yet.
    young = begun is None or (today - begun).days < WEEKS * 7
    firsts = [group[0] for group in groups]
    names = _names(desk, [f for group in groups for f in group[:NAMED]], today)
    for group, first, lead in zip(groups, firsts, leads(desk, firsts), strict=True):
        if len(group) == 1:
            words = f"{names[first.key]}：{_words(first)}" if _by_name(first) else _words(first)
            alone = None if young else first
            yield Hint(first.verdict, words, lead.verb, lead.place, lead.uid, alone)
            continue
        told = "、".join(names[finding.key] for finding in group[:NAMED])
        words = f"{rules[first.rule].title} {len(group)}条：{told}{'等' * (len(group) > NAMED)}"
        old = any(f.span is not None and f.span[0].year != today.year for f in group)
        yield Hint(first.verdict, words, "查看", "checks", f"rule/{first.rule}{'/0' * old}")


def _by_name(finding: Finding) -> bool:
    """Whether the sentence does not say by itself which sitting it tells of."""
    return finding.owed is None and finding.span is not None and finding.subject[:4].isdigit()


def _names(desk: Desk, found: Sequence[Finding], today: date) -> dict[tuple[str, str], str]:
    """10月30日支委会, 第三季度党课, 书记张三: what each finding tells of."""
    asked = desk.first_page
    heads, kinds = asked.heads([uid for f in found for uid in f.records[:1]]), asked.kinds()
    told = {}
    for finding in found:
        head = heads.get(next(iter(finding.records), ""))
        if head is not None and finding.owed is None:
            day, codes = head[1:]
            names = "、".join(kind.short for kind in kinds.of(codes[:1]))
            told[finding.key] = f"{_day_words(day, today)}{names}"
        else:
            words = finding.subject.removeprefix(f"{today.year}年").replace(" ", "")
            told[finding.key] = words
    return told


def _day_words(day: date, today: date) -> str:
    """10月30日, with its year where that is not the present one."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _words(finding: Finding) -> str:
    """The sentence without the verdict's own word, which stands before the line."""
    return finding.message.removeprefix(f"{finding.verdict.label}：").rstrip("。")
