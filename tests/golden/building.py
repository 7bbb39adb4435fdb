"""Makes the hand-made golden library with the program of its version."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members import member as members
from dangjian_desktop.domain.members.identity import check_character
from dangjian_desktop.domain.members.member import Member, MemberKind, Span, kinds_by_dates, new_id
from dangjian_desktop.domain.projects.project import ProgressEntry, ProjectFilter, ProjectState
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.papers.printing import Format
from tests.golden import everything as content
from tests.golden.drafts import put_drafts
from tests.golden.shown import clock

_DATES = ("birth_date", "join_date", "join_approved", "full_date", "full_approved")
_TEXTS = ("sex", "ethnicity", "education", "work_post", "phone", "note")


def seed(number: int) -> None:
    """The ids of what is made from now on are the same in every run."""
    drawn = random.Random(number)
    members.uuid4 = lambda: UUID(int=drawn.getrandbits(128), version=4)


def build(path: Path, scratch: Path) -> str:
    """Make the library at ``path`` and give the batch of its import.

    ``scratch`` is a folder for papers and sheets that are not kept.
    """
    dates = {n: date.fromisoformat(content.BRANCH[n]) for n in ("founded", "term_start")}
    desk = Desk(new_library(path, Branch(**(content.BRANCH | dates))), clock)
    try:
        for row in content.MEMBERS:
            desk.roster.save(_member(row))
        desk.roster.delete(desk.roster.find(content.LEFT_BY_MISTAKE)[0], "重复登记")
        _settings(desk)
        _meetings(desk, scratch)
        _projects(desk, scratch)
        _words_and_waivers(desk)
        batch = _import(desk, scratch)
        put_drafts(desk)
        return batch
    finally:
        desk._library.close()


def _member(row: dict[str, Any]) -> Member:
    dates = {name: _partial(row.get(name)) for name in _DATES}
    dates |= {"join_date": _partial(row.get("join")), "full_date": _partial(row.get("full"))}
    full = dates["full_approved"] or dates["full_date"]
    kind = MemberKind.PROBATIONARY if full is None else MemberKind.FORMAL
    number = row.get("id_number")
    spans = {
        name: tuple(_span(*period) for period in row[name])
        for name in ("posts", "groups", "standings", "voting_suspended", "waived")
        if name in row
    }
    known = {"groups": (Span(row["group"]),)} | dates | spans
    return Member(
        id=new_id(),
        name=row["name"],
        id_number=number and number + check_character(number),
        kinds=kinds_by_dates(dates["join_approved"] or dates["join_date"], full, kind),
        **{name: row.get(name) for name in _TEXTS},
        **known,
    )


def _span(value: str, start: str | None, end: str | None) -> Span:
    return Span(value, _partial(start), _partial(end))


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _settings(desk: Desk) -> None:
    desk.branch.add_kind("读书班", Expected.ALL_MEMBERS)
    desk.projects.add_category("党建+N", "品牌创建")
    desk.check.switch_rule("CAD-GR", enabled=False)
    desk.check.set_values("Q-ELE-B", {"surplus": 30})


def _meetings(desk: Desk, scratch: Path) -> None:
    kinds = desk.meetings.kinds()
    rows = (content.FULL_MEETING, content.ELECTION, *content.SINGLE, content.OWN_KIND)
    for row in (*rows, content.DELETED):
        fields = kinds.fields_of(row["kinds"])
        desk.meetings.import_json(row | {"details": {f.name: _detail(f) for f in fields}})
    gone = desk.meetings.find(MeetingFilter(text=content.DELETED["title"]))[0]
    desk.meetings.delete(gone, "录错")
    for kind in ("general_meeting", "group_meeting"):
        for uid in desk.meetings.find(MeetingFilter(kind=kind, last=clock().date())):
            desk.printing.export_minutes(uid, scratch, (Format.DOCX,))
            stored = desk.meetings.one(uid)
            desk.meetings.save(replace(stored, closing=f"{stored.closing or ''}（已核对）"))


def _detail(field: Field) -> Any:
    """A value of every type, with nought among the numbers."""
    if field.type in (FieldType.RECORD, FieldType.RECORDS):
        row = {column.name: _detail(column) for column in field.columns}
        return (
            row if field.type is FieldType.RECORD else [row, row | {field.columns[-1].name: None}]
        )
    simple = {
        FieldType.NUMBER: 0 if field.name in ("audience", "unqualified") else 7,
        FieldType.CHOICE: field.choices[0][0] if field.choices else "",
        FieldType.DATE: "2026-04-30",
        FieldType.NAMES: ["钱副", "外来人"],
        FieldType.LIST: [f"{field.label}一", f"{field.label}二"],
        FieldType.LONG_TEXT: f"{field.label}的内容\n第二段",
    }
    return simple.get(field.type, f"{field.label}的内容")


def _projects(desk: Desk, scratch: Path) -> None:
    met = desk.meetings.one(desk.meetings.find(MeetingFilter(kind="general_meeting"))[-1])
    links = [{"id": met.id, "item": met.agenda[0].id}, met.id]
    full = content.FULL_PROJECT | {"category": "党建+业务", "meetings": links}
    desk.projects.import_json(full | {"history": content.FULL_HISTORY})
    rows = [content.project_in(state.value) | {"category": "技术攻关"} for state in ProjectState]
    desk.projects.import_json(rows)
    closed = content.FULL_PROJECT | {"title": "党建+N全字段项目", "category": "品牌创建"}
    desk.projects.import_json([closed, content.TOLD, content.UNDATED, content.GONE])
    found = {project.title: project.id for project in desk.projects.all(ProjectFilter())}
    desk.projects.delete(found[content.GONE["title"]], "录错")
    uid = found[content.FULL_PROJECT["title"]]
    _evidence(desk, uid, scratch)
    project = desk.projects.one(uid)
    desk.projects.write_month(
        uid,
        ProgressEntry(period="2026-03", done="三月"),
        {project.targets[0].id: {"2026-03": Decimal(0)}},
    )
    desk.projects.finish_milestone(uid, project.milestones[1].id, date(2026, 3, 20))
    desk.projects.take_back(found["党员项目之running"], "误点推进")


def _evidence(desk: Desk, uid: str, scratch: Path) -> None:
    for name, text in (("摸底表.txt", "一"), ("照片 1.txt", "二"), ("移去.txt", "三")):
        source = scratch / name
        source.write_text(f"佐证{text}\n", encoding="utf-8", newline="\n")
        desk.project_links.add_file(uid, source, f"说明{text}\n第二行")
    gone = desk.projects.one(uid).evidence[-1]
    desk.project_links.remove_file(uid, gone.uid)


def _words_and_waivers(desk: Desk) -> None:
    for period, words in content.WORDS.items():
        desk.summaries.save_words(Period.parse(period), SummaryWords.from_json(words))
    open_ones = [f for f in desk.check.findings(clock().date()) if f.verdict.value != "ok"]
    for finding in open_ones[:3]:
        desk.check.waive(finding, f"情况说明：{finding.rule}")


def _import(desk: Desk, scratch: Path) -> str:
    """An import that can be taken back: one new, one changed, one as before."""
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "性别", "人员类别", "入党时间", "转正时间", "学历", "党小组"])
    sheet.append(["韩新来", "男", "正式党员", "2012-07-01", "2013-07-01", "大专", content.ONE])
    sheet.append(["蒋堃喆", "女", "正式党员", "2008-07-01", "2009-07-01", "大学本科", content.ONE])
    sheet.append(["卫年份", "男", "正式党员", "1998", "1999", None, content.TWO])
    path = scratch / "花名册.xlsx"
    book.save(path)
    done = desk.imports.run(path, as_of=date(2026, 11, 20), accept_partial=True)
    return done.batch or ""
