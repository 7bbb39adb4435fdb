"""What the command line tells of an import, whatever was imported."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dangjian_desktop.cli.output import Result, tell
from dangjian_desktop.errors import UserError

if TYPE_CHECKING:
    from dangjian_desktop.services.import_report import ImportReport
    from dangjian_desktop.storage.library import Library


def import_lines(told: ImportReport, options: argparse.Namespace) -> list[str]:
    """The balance, then what there is to look at, the gravest first."""
    from dangjian_desktop.services.import_report import PROBLEMS

    lines = [f"{'检查结果（没有写入）' if options.dry_run else '已导入'}：{told.words}"]
    for kind in PROBLEMS:
        if found := [f"  {line.told}" for line in told.lines if line.kind is kind]:
            lines += [f"{kind.label} {len(found)} 处：", *found]
    return lines


def import_result(
    library: Library,
    told: ImportReport,
    options: argparse.Namespace,
    data: dict[str, Any],
    lines: list[str],
) -> Result:
    """The same with the sheet that ``--report`` asks for, and how the import is taken back."""
    files = _write_report(library, told, options)
    if options.report:
        data["files"] = files
    lines += [f"原表加“问题”一列：{file}" for file in files]
    if data["batch"]:
        lines.append(f"批次：{data['batch']}（可用 {options.command} undo 撤销）")
    return Result(data, tuple(lines))


def _write_report(library: Library, told: ImportReport, options: argparse.Namespace) -> list[str]:
    """Their own sheet with a column 问题.

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
