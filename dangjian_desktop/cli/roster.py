"""Commands about the roster."""

from __future__ import annotations

import argparse

from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.cli.output import Result, issue_lines
from dangjian_desktop.errors import InputError


def read(options: argparse.Namespace) -> Result:
    """Import a roster of any layout, or only say what would happen."""
    from dangjian_desktop.services.library.opening import changing, reading
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
    data = done.as_json()
    head = "检查结果（没有写入）" if options.dry_run else "已导入"
    lines = [f"{head}：新增 {done.added}，更新 {done.updated}，无变化 {done.unchanged}"]
    for title, issues in (
        ("未导入", done.refused),
        ("信息待补", done.incomplete),
        ("提示", done.warnings),
    ):
        if issues:
            lines += [f"{title} {len(issues)} 处：", *issue_lines(issues)]
    if done.batch:
        lines.append(f"批次：{done.batch}（可用 roster undo 撤销）")
    return Result(data, tuple(lines))


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


def listed(options: argparse.Namespace) -> Result:
    """Members of a day."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.members.roster import RosterService

    with reading(options.library) as library:
        members = RosterService(library).listed(options.as_of)
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
