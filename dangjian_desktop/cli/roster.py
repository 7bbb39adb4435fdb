"""Commands about the roster."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.cli.output import Result, issue_lines, tell
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.errors import InputError, UserError

if TYPE_CHECKING:
    from dangjian_desktop.services.import_report import ImportReport
    from dangjian_desktop.storage.library import Library


def read(options: argparse.Namespace) -> Result:
    """Import a roster of any layout, or only say what would happen."""
    from dangjian_desktop.services.library.opening import changing, reading
    from dangjian_desktop.services.members.import_report import report_of
    from dangjian_desktop.services.members.roster_import import RosterImport

    mapping = _mapping(options)
    opening = reading if options.dry_run else changing
    with opening(options.library) as library:
        done = RosterImport(library).run(
            options.file,
            sheet=options.sheet,
            header_row=options.header_row,
            mapping=mapping,
            as_of=options.as_of,
            dry_run=options.dry_run,
            accept_partial=options.accept_partial,
        )
        told = report_of(done)
        files = write_report(library, told, options)
    data = done.as_json()
    head = "检查结果（没有写入）" if options.dry_run else "已导入"
    lines = [head + "：" + told.words]
    for title, issues in (
        ("不能导入", done.refused),
        ("身份未定", done.plan.undecided),
        ("信息待补", done.incomplete),
        ("未读作人员", done.reading.skipped),
        ("提示", done.warnings),
    ):
        if issues:
            lines += [f"{title} {len(issues)} 处：", *issue_lines(issues)]
    if done.plan.absent:
        lines.append(f"表中没有的党员（保留不变）：{'、'.join(m.name for m in done.plan.absent)}")
    if options.report:
        data["files"] = files
    lines += [f"原表加“问题”一列：{file}" for file in files]
    if done.batch:
        lines.append(f"批次：{done.batch}（可用 roster undo 撤销）")
    return Result(data, tuple(lines))


def write_report(library: Library, told: ImportReport, options: argparse.Namespace) -> list[str]:
    """Their own sheet with a column 问题, where ``--report`` asks for it.

    What was imported by then is imported: a place that cannot be written to is told beside it.
    """
    if options.report is None:
        return []
    from dangjian_desktop.services.import_saving import ImportPaper

    try:
        paper = ImportPaper(library, datetime.now, told, options.file)
        return [str(paper.write_sheet(options.report, force=False))]
    except UserError as error:
        if options.dry_run:
            raise
        tell(f"已导入，但原表加“问题”一列没有写成。{error.message}{error.remedy}")
        return []


def undo(options: argparse.Namespace) -> Result:
    """Take one import back."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.members.roster_import import RosterImport

    with changing(options.library) as library:
        removed, restored = RosterImport(library).undo(options.batch)
    return Result(
        {"removed": removed, "restored": restored},
        (f"已撤销：移除 {removed} 人，还原 {restored} 人",),
    )


def undecided(options: argparse.Namespace) -> Result:
    """Of whom nobody has said yet whether they are members."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.members.roster import RosterService

    with reading(options.library) as library:
        people = RosterService(library).roll(options.as_of).undecided
    data = [{"id": one.id, "name": one.name} for one in people]
    lines = [f"{one.name}　{one.note or ''}　{one.id}" for one in people]
    return Result({"undecided": data}, (*lines, f"身份未定 {len(people)} 人"))


def decide(options: argparse.Namespace) -> Result:
    """Say of the undecided, all or these, what they are."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.members.roster import RosterService

    kind = None if options.kind == "none" else MemberKind(options.kind)
    with changing(options.library) as library:
        found = RosterService(library).decide(kind, None if options.all else options.ids)
    word = "非党员" if kind is None else kind.label
    names = "、".join(one.name for one in found)
    return Result({"ids": [one.id for one in found]}, (f"已定为{word} {len(found)} 人：{names}",))


def listed(options: argparse.Namespace) -> Result:
    """Members of a day."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.members.roster import RosterService

    with reading(options.library) as library:
        members = RosterService(library).listed(
            options.as_of, by_strokes=options.order == "strokes"
        )
    kinds = {"formal": "正式党员", "probationary": "预备党员"}
    lines = [
        "　".join(
            str(part)
            for part in (
                m["name"],
                m["sex"],
                kinds.get(m["member_kind"]),
                m["group"],
                m["party_post"],
            )
            if part
        )
        for m in members
    ]
    return Result({"members": members}, (*lines, f"共 {len(members)} 人"))


def export(options: argparse.Namespace) -> Result:
    """The roster as a workbook."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.members.roster_export import RosterExport

    with reading(options.library) as library:
        file, rows = RosterExport(library).export(
            options.file, as_of=options.as_of, profile=options.profile, force=options.force
        )
    return Result({"files": [str(file)], "rows": rows}, (f"已导出 {rows} 人：{file}",))


def _mapping(options: argparse.Namespace) -> dict[str, str] | None:
    if options.mapping is None:
        return None
    content = read_json(options.mapping)
    if not isinstance(content, dict) or not all(isinstance(v, str) for v in content.values()):
        raise InputError(
            f"“{options.mapping.name}”应为列名到项目的对应。", '例如：{"姓名": "name"}'
        )
    return content
