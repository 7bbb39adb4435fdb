"""Lists of items: 问题清单, 任务清单, 责任清单, 三单合一, 台账, 时序进度表."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from dangjian_desktop.documents.model import (
    Cell,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.items.duty import MONTHS, half_of
from dangjian_desktop.domain.items.item import Item, ItemKind, late
from dangjian_desktop.domain.items.listing import asked_gaps
from dangjian_desktop.domain.projects.progress import time_share
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.items.sheet import (
    ItemsSheet,
    day_of,
    follow_ups,
    name_of,
    source_words,
)
from dangjian_desktop.papers.naming import branch_stem, paper_name

Heads = Sequence[tuple[str, float]]
_LIST = "清单"
_PROBLEMS: Heads = (
    *(("序号", 10.0), ("登记号", 19.0), ("问题", 60.0), ("来源", 20.0), ("类别", 18.0)),
    *(("提出日期", 22.0), ("措施", 48.0), ("责任人", 18.0), ("完成时限", 22.0), ("状态", 20.0)),
)
_TASKS: Heads = (
    *(("序号", 10.0), ("登记号", 19.0), ("任务", 52.0), ("来源", 19.0), ("措施", 30.0)),
    *(("责任领导", 17.0), ("责任人", 17.0), ("完成时限", 22.0), ("工作标准", 34.0)),
    *(("考核部门", 19.0), ("状态", 18.0)),
)
_DUTIES: Heads = (
    *(("责任人", 20.0), ("登记号", 20.0), ("任务", 85.0), ("工作标准", 50.0)),
    *(("考核部门", 26.0), ("完成时限", 24.0), ("状态", 32.0)),
)
_STANDING: Heads = (
    *(("责任人", 20.0), ("登记号", 20.0), ("常态责任", 65.0), ("标准", 42.0)),
    *(("上半年落实情况", 55.0), ("下半年落实情况", 55.0)),
)
_THREE: Heads = (
    *(("问题", 45.0), ("来源", 19.0), ("任务", 48.0), ("措施", 28.0), ("责任领导", 17.0)),
    *(("责任人", 17.0), ("完成时限", 22.0), ("工作标准", 28.0), ("考核部门", 16.0)),
    ("状态", 17.0),
)
_LEDGER: Heads = (
    *(("序号", 9.0), ("登记号", 18.0), ("列入", 11.0), ("内容", 42.0), ("来源", 18.0)),
    *(("提出日期", 21.0), ("责任人", 16.0), ("完成时限", 21.0), ("四个明确", 17.0)),
    *(("最近办理情况", 47.0), ("状态", 16.0), ("销号日期", 21.0)),
)
_SCHEDULE: Heads = (
    *(("序号", 10.0), ("任务", 70.0), ("责任人", 18.0), ("提出日期", 23.0), ("完成时限", 23.0)),
    *(("时序进度", 18.0), ("最近进展", 65.0), ("状态", 30.0)),
)


def compose_problems(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """Every problem with the measures of its tasks, who carries them and by when."""
    tasks = _by_problem(sheet.items)
    found = sheet.of(ItemKind.PROBLEM)
    rows = [_problem(n, item, tasks.get(item.id, []), sheet) for n, item in enumerate(found, 1)]
    return _document(sheet, sheet.titles[ItemKind.PROBLEM], found, _table(_PROBLEMS, rows))


def compose_tasks(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """Every task with its 四个明确; what lacks is left to be written."""
    found = sheet.of(ItemKind.TASK)
    rows = [
        _middle((str(n), item.number, *_task(item, sheet)), read=(2, 4, 8))
        for n, item in enumerate(found, 1)
    ]
    return _document(sheet, sheet.titles[ItemKind.TASK], found, _table(_TASKS, rows))


def compose_duties(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """Tasks by person, and below them the standing duties with their half-yearly reports."""
    tasks, standing = sheet.of(ItemKind.TASK), sheet.of(ItemKind.DUTY)
    blocks = [_table(_DUTIES, _by_person(tasks, lambda item: _duty(item, sheet), read=(1, 2)))]
    if standing:
        blocks.append(
            _table(
                _STANDING, _by_person(standing, lambda i: _standing(i, sheet), read=(1, 2, 3, 4))
            )
        )
    found = [*tasks, *standing]
    return _document(sheet, sheet.titles[ItemKind.DUTY], found, *blocks)


def compose_standing(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """The standing duties alone, by person, with what was reported in each half-year."""
    found = sheet.of(ItemKind.DUTY)
    rows = _by_person(found, lambda item: _standing(item, sheet), read=(1, 2, 3, 4))
    return _document(sheet, "主体责任清单落实情况", found, _table(_STANDING, rows))


def compose_three(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """Problem, its tasks, who carries them, in one table; tasks whose problem is not followed in
    the period, or that have none, stand last."""
    tasks = _by_problem(sheet.items)
    problems = sheet.of(ItemKind.PROBLEM)
    rows = [row for item in problems for row in _three(item, tasks.get(item.id, []), sheet)]
    own = {task.id for item in problems for task in tasks.get(item.id, [])}
    alone = [task for task in sheet.of(ItemKind.TASK) if task.id not in own]
    rows += [
        _middle((_problem_of(task, sheet), *_three_task(task, sheet)), read=(0, 2, 3, 7))
        for task in alone
    ]
    title = _joined([sheet.titles[kind] for kind in ItemKind])
    found = sheet.of(ItemKind.PROBLEM, ItemKind.TASK)
    return _document(sheet, title, found, _table(_THREE, rows), name="三单合一")


def compose_ledger(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """Everything that is followed, from its registration to its closing."""
    rows = [
        _middle(_ledger(number, item, sheet.today), read=(3, 9))
        for number, item in enumerate(sheet.items, 1)
    ]
    return _document(sheet, "督办台账", sheet.items, _table(_LEDGER, rows))


def compose_schedule(sheet: ItemsSheet, _wanted: Wanted) -> Document:
    """How far each task that is not closed is, beside how much of its time has gone."""
    found = [task for task in sheet.of(ItemKind.TASK) if not task.closed]
    rows = [
        _middle(_schedule(number, item, sheet.today), read=(1, 6))
        for number, item in enumerate(found, 1)
    ]
    return _document(sheet, "时序进度表", found, _table(_SCHEDULE, rows))


def state_words(item: Item, today: date) -> str:
    """办理中, 逾期12天."""
    days = late(item, today)
    return f"{item.state.label}\n逾期{days}天" if days else item.state.label


def time_gone(item: Item, today: date) -> str:
    """The share of its time that has gone, counted as that of a project; empty where its day is
    not known."""
    gone = time_share(item.found_on, item.due, today)
    return "" if gone is None else f"{gone}%"


def _problem(number: int, item: Item, tasks: Sequence[Item], sheet: ItemsSheet) -> Row:
    """Its own measure and person, or those of its tasks."""
    carried = tasks or [item]
    numbered = [f"{n}. " if len(carried) > 1 else "" for n in range(1, len(carried) + 1)]

    def each(words: Callable[[Item], str]) -> str:
        told = (mark + words(one) for mark, one in zip(numbered, carried, strict=True))
        return "\n".join(told)

    measure = each(lambda one: one.measure or (one.content if tasks else ""))
    head = (str(number), item.number, item.content, source_words(item), item.category)
    who = each(lambda one: name_of(one.responsible))
    due = each(lambda one: day_of(one.due))
    rest = (day_of(item.found_on), measure, who, due, state_words(item, sheet.today))
    return _middle((*head, *rest), read=(2, 6))


def _task(item: Item, sheet: ItemsSheet) -> tuple[str, ...]:
    who = (name_of(item.leader), name_of(item.responsible))
    clear = (day_of(item.due), item.standard, item.department)
    return (
        *(item.content, source_words(item), item.measure),
        *(*who, *clear, state_words(item, sheet.today)),
    )


def _duty(item: Item, sheet: ItemsSheet) -> tuple[str, ...]:
    clear = (item.standard, item.department, day_of(item.due))
    return (item.number, item.content, *clear, state_words(item, sheet.today))


def _standing(item: Item, sheet: ItemsSheet) -> tuple[str, ...]:
    year = sheet.period.year
    told = [half_of(item, Period(year, month, MONTHS)).words for month in (1, 7)]
    return (item.number, item.content, item.standard, *told)


def _by_person(
    items: Sequence[Item], told: Callable[[Item], tuple[str, ...]], *, read: Sequence[int]
) -> Iterator[Row]:
    """The rows of one person under each other, the name before the first of them."""
    names = list(dict.fromkeys(name_of(item.responsible) for item in items))
    for name in sorted(names, key=lambda each: (not each, names.index(each))):
        own = [item for item in items if name_of(item.responsible) == name]
        for number, item in enumerate(own):
            fields = [_field(text, read=n in read) for n, text in enumerate(told(item))]
            first = [] if number else [cell(name, Role.CELL_CENTER, rows=len(own))]
            yield Row((*first, *fields), splittable=False)


def _three(problem: Item, tasks: Sequence[Item], sheet: ItemsSheet) -> Iterator[Row]:
    """The problem before the rows of its tasks; one without tasks stands with its own measure."""
    for number, task in enumerate(tasks or [problem]):
        told = _three_task(task, sheet)
        if not tasks:
            told = (told[0], "", *told[2:])
        fields = [_field(text, read=n in (1, 2, 6)) for n, text in enumerate(told)]
        first = [] if number else [cell(problem.content, Role.CELL, rows=max(1, len(tasks)))]
        yield Row((*first, *fields), splittable=False)


def _problem_of(task: Item, sheet: ItemsSheet) -> str:
    return "".join(sheet.problems.get(link.uid, "") for link in task.problem)


def _three_task(task: Item, sheet: ItemsSheet) -> tuple[str, ...]:
    content, source, *rest = _task(task, sheet)
    return (source, content, *rest)


def _ledger(number: int, item: Item, today: date) -> tuple[str, ...]:
    missing, newest = asked_gaps(item), follow_ups(item)[-1:]
    clear = f"缺{len(missing)}项" if missing else "齐全"
    return (
        *(str(number), item.number, item.kind.label, item.content, source_words(item)),
        *(day_of(item.found_on), name_of(item.responsible), day_of(item.due)),
        "" if item.kind is ItemKind.PROBLEM else clear,
        *("".join(newest), state_words(item, today), day_of(item.closed_on)),
    )


def _schedule(number: int, item: Item, today: date) -> tuple[str, ...]:
    newest = "".join(follow_ups(item)[-1:])
    days = (day_of(item.found_on), day_of(item.due))
    head = (str(number), item.content, name_of(item.responsible), *days)
    return (*head, time_gone(item, today), newest, state_words(item, today))


def _joined(titles: Sequence[str]) -> str:
    """问题、任务、责任清单; each whole where they do not end alike."""
    alike = all(title.endswith(_LIST) for title in titles)
    short = [title.removesuffix(_LIST) for title in titles]
    return f"{'、'.join(short)}{_LIST}" if alike else "、".join(titles)


def _by_problem(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        for link in item.problem:
            found.setdefault(link.uid, []).append(item)
    return found


def _document(
    sheet: ItemsSheet, what: str, found: Sequence[Item], *tables: Table, name: str = ""
) -> Document:
    title = f"{sheet.period.label}{what}"
    return Document(
        name=paper_name(sheet.branch, name or what, sheet.period),
        title=f"{sheet.branch.short}{title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(title, Role.TITLE),
            Paragraph(_counts(found, sheet.today), Role.FLUSH),
            *tables,
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=frozenset(item.number for item in found if item.number),
    )


def _counts(found: Sequence[Item], today: date) -> str:
    closed = sum(item.closed for item in found)
    overdue = sum(late(item, today) > 0 for item in found)
    # What stands for ever is neither closed nor overdue.
    ends = any(item.kind is not ItemKind.DUTY for item in found) or not found
    how = f"，已销号{closed}项，逾期{overdue}项" if ends else ""
    words = f"截至{chinese_date(today)}，共{len(found)}项{how}。"
    return f"{words}　填表人：{'　' * 4}书记（签字）："


def _table(heads: Heads, rows: Iterable[Row]) -> Table:
    head = row([name for name, _ in heads], Role.CELL_HEAD, header=True)
    return Table((head, *rows), tuple(width for _, width in heads))


def _middle(texts: Sequence[str], *, read: Sequence[int]) -> Row:
    """A row of fields in the middle of their columns but for those that are read like text."""
    fields = (_field(text, read=n in read) for n, text in enumerate(texts))
    return Row(tuple(fields), splittable=False)


def _field(text: str, *, read: bool) -> Cell:
    return cell(text, Role.CELL if read else Role.CELL_CENTER)
