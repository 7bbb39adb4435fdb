"""Commands about the roster."""

from __future__ import annotations

import argparse

from dangjian_desktop.cli.imports import import_lines, import_result
from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.cli.output import Result
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.errors import InputError


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
        data, lines = done.as_json(), import_lines(told, options)
        if done.plan.absent:
            names = "、".join(member.name for member in done.plan.absent)
            lines.append(f"表中没有的党员（保留不变）：{names}")
        return import_result(library, told, options, data, lines)


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


def sample(options: argparse.Namespace) -> Result:
    """A sheet to hand out."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.samples import SampleService

    with reading(options.library) as library:
        file = SampleService(library).roster(options.file, force=options.force)
    return Result({"files": [str(file)]}, (f"样表：{file}",))


def _mapping(options: argparse.Namespace) -> dict[str, str] | None:
    if options.mapping is None:
        return None
    content = read_json(options.mapping)
    if not isinstance(content, dict) or not all(isinstance(v, str) for v in content.values()):
        raise InputError(
            f"“{options.mapping.name}”应为列名到项目的对应。", '例如：{"姓名": "name"}'
        )
    return content
